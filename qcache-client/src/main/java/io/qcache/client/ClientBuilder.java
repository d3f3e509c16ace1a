package io.qcache.client;

import io.qcache.client.wire.Connections;
import io.qcache.client.wire.Place;
import io.qcache.client.wire.Settings;
import io.qcache.tls.Identity;
import io.qcache.tls.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** How a {@link QCacheClient} is connected.  Not thread-safe; can be used for several clients. */
public final class ClientBuilder {
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(24);
  private static final Duration LEAST_SILENCE = Duration.ofSeconds(30);

  private String host = "localhost";
  private int port = ServerUri.QCACHE_PORT;
  private Path unixSocket; // null: host and port
  private boolean tls;
  private SSLContext context;    // null: of the two below
  private TrustManager[] trust;  // null: the JDK's own
  private KeyManager[] identity; // null: none
  private String user = "";
  private String password = "";
  private int database;
  private String clientName = "";
  private Duration connectTimeout = Duration.ofSeconds(5);
  private Duration commandTimeout = Duration.ofSeconds(10);
  private Duration longestSilence; // null: three command timeouts
  private int poolSize = 8;
  private LongSupplier nanoTime = System::nanoTime;

  ClientBuilder() {}

  /**
   * Host and port or Unix socket, and what else the address says: see {@link QCacheClient#connect}.  What it does not say of user,
   * password and database stays as it was set.
   */
  public ClientBuilder address(String address) {
    ServerUri uri = ServerUri.parse(address);
    host = uri.host();
    port = uri.port();
    unixSocket = uri.unixSocket();
    tls |= uri.tls();
    user = uri.user().isEmpty() ? user : uri.user();
    password = uri.password().isEmpty() ? password : uri.password();
    database = uri.database() == 0 ? database : uri.database();
    return this;
  }

  public ClientBuilder host(String name) {
    require(!name.isBlank(), "host must not be blank: was", "'" + name + "'");
    host = name;
    unixSocket = null;
    return this;
  }

  public ClientBuilder port(int number) {
    require(number >= 1 && number <= 65_535, "port must be from 1 to 65535: was", number);
    port = number;
    unixSocket = null;
    return this;
  }

  /** A Unix socket to connect to, instead of host and port. */
  public ClientBuilder unixSocket(Path path) {
    unixSocket = Objects.requireNonNull(path, "path");
    return this;
  }

  /**
   * Speaks TLS, as an address that begins with {@code rediss://} says too.  The server must show a certificate for the
   * host that was given, and that goes back to one which is trusted: the JDK's own, unless said.
   */
  public ClientBuilder tls() {
    tls = true;
    return this;
  }

  /**
   * TLS that trusts the certificates of a PEM file, and no others.
   *
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  public ClientBuilder tlsTrust(Path certificates) {
    try {
      trust = Trust.read(certificates);
    } catch (IOException e) {
      throw new IllegalArgumentException("tlsTrust must be certificates: " + e.getMessage(), e);
    }
    return tls();
  }

  /** TLS that trusts the certificates of a store, and no others. */
  public ClientBuilder tlsTrust(KeyStore store) {
    try {
      trust = Trust.of(Objects.requireNonNull(store, "store"));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("tlsTrust must have certificates: " + e.getMessage(), e);
    }
    return tls();
  }

  /**
   * TLS that shows the server a certificate, which PEM files hold with its key; {@code password} is what the key is
   * encrypted by, empty for a plain one.
   *
   * @throws IllegalArgumentException naming the file and what is wrong with it
   */
  public ClientBuilder tlsIdentity(Path certificate, Path key, String password) {
    try {
      identity = new KeyManager[] {Identity.read(certificate, key, password.toCharArray())};
    } catch (IOException e) {
      throw new IllegalArgumentException("tlsIdentity must be a certificate and its key: " + e.getMessage(), e);
    }
    return tls();
  }

  /** TLS by a context of your own, which then says whom to trust and what to show; the host is checked all the same. */
  public ClientBuilder sslContext(SSLContext own) {
    context = Objects.requireNonNull(own, "sslContext");
    return tls();
  }

  /** Whom to log in as; empty for the server's default user. */
  public ClientBuilder user(String name) {
    user = Objects.requireNonNull(name, "user");
    return this;
  }

  /** What to log in with; empty not to log in. */
  public ClientBuilder password(String secret) {
    password = Objects.requireNonNull(secret, "password");
    return this;
  }

  /** The database that the client itself is the view of; 0 unless said. */
  public ClientBuilder database(int index) {
    require(index >= 0, "database must be >= 0: was", index);
    database = index;
    return this;
  }

  /** What the server's lists of clients show: printable ASCII without a blank; empty for nothing. */
  public ClientBuilder clientName(String name) {
    require(name.chars().allMatch(c -> c > ' ' && c <= '~'), "clientName must be printable and without a blank: was",
        "'" + name + "'");
    clientName = name;
    return this;
  }

  /** How long connecting may take, logging in included; 5 seconds unless said. */
  public ClientBuilder connectTimeout(Duration timeout) {
    connectTimeout = timeout("connectTimeout", timeout);
    return this;
  }

  /** How long a call waits for its reply; 10 seconds unless said. */
  public ClientBuilder commandTimeout(Duration timeout) {
    commandTimeout = timeout("commandTimeout", timeout);
    return this;
  }

  /**
   * After how long a server that owes a reply and says nothing counts as gone, and its connection as lost; three
   * command timeouts, at least 30 seconds, unless said.
   */
  public ClientBuilder longestSilence(Duration silence) {
    longestSilence = timeout("longestSilence", silence);
    return this;
  }

  /**
   * How many connections there are at most beside the shared one; 8 unless said.  So many bodies of {@code atomically}
   * run, and operations with a timeout wait, at a time; the others wait for one, up to the command timeout.
   */
  public ClientBuilder poolSize(int connections) {
    require(connections >= 1 && connections <= 10_000, "poolSize must be from 1 to 10000: was", connections);
    poolSize = connections;
    return this;
  }

  /** The monotonic clock of back-off and silence, for tests. */
  ClientBuilder nanoTime(LongSupplier clock) {
    nanoTime = clock;
    return this;
  }

  /**
   * Connects, and waits until the server has let us in.
   *
   * @throws io.qcache.ConnectionException if it can't be reached
   * @throws io.qcache.ServerException if it does not let us in
   */
  public QCacheClient connect() {
    require(!tls || unixSocket == null, "TLS is not spoken over a Unix socket: was", unixSocket);
    require(context == null || trust == null && identity == null,
        "sslContext stands in for tlsTrust and tlsIdentity: was", context);
    require(user.isEmpty() || !password.isEmpty(), "a user needs a password: user was", user);
    Connections connections = new Connections(settings());
    try {
      connections.connect();
      return new QCacheClient(connections);
    } catch (RuntimeException | Error e) {
      connections.close();
      throw e;
    }
  }

  private Settings settings() {
    Duration three = commandTimeout.multipliedBy(3);
    Duration silence = longestSilence != null ? longestSilence
        : three.compareTo(LEAST_SILENCE) > 0 ? three : LEAST_SILENCE;
    Place place = unixSocket != null ? new Place.Unix(unixSocket) : new Place.Tcp(host, port);
    return new Settings(place, tls ? context() : null, user, password, database, clientName, connectTimeout, commandTimeout, silence,
        poolSize, nanoTime);
  }

  private SSLContext context() {
    if (context != null) {
      return context;
    }
    try {
      SSLContext made = SSLContext.getInstance("TLS");
      made.init(identity, trust, null);
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no TLS", e);
    }
  }

  private static Duration timeout(String name, Duration timeout) {
    require(timeout.compareTo(Duration.ofMillis(1)) >= 0 && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
        name + " must be from 1 ms to 24 days: was", timeout);
    return timeout;
  }

  private static void require(boolean condition, String text, Object was) {
    if (!condition) {
      throw new IllegalArgumentException(text + " " + was);
    }
  }
}
