package io.qcache.net;

import io.qcache.EvictionPolicy;
import io.qcache.Log;
import io.qcache.QCache;
import io.qcache.engine.Engine;
import io.qcache.log.WriteLog;
import io.qcache.net.loop.Conversation;
import io.qcache.net.loop.Loops;
import io.qcache.net.loop.Server;
import io.qcache.net.option.Option;
import io.qcache.net.option.OptionException;
import io.qcache.net.option.Options;
import io.qcache.net.session.Host;
import io.qcache.net.session.Peer;
import io.qcache.net.session.Persistence;
import io.qcache.net.session.Session;
import io.qcache.resp.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * A server in this JVM: any client that speaks RESP2 or RESP3 can work with its cache, over TCP or a Unix socket.
 * Thread-safe.
 *
 * <pre>{@code
 * try (QCache cache = QCache.open(); QCacheServer server = QCacheServer.host(cache)) {
 *   System.out.println(server.uri()); // redis://127.0.0.1:5001
 * }
 * }</pre>
 *
 * <p>It listens on the loopback interface, port 5001, unless its {@link Builder} says otherwise; port 0 takes a free
 * one. Its event loops are threads of their own that keep the JVM alive until it is closed; it adds no shutdown hook.
 * When a loop dies of an error the whole server closes, says so once to its log, and {@link #isOpen()} is false; the
 * cache is as it was.
 */
public final class QCacheServer implements AutoCloseable {
  private final Engine engine;
  private final boolean ownsEngine;
  private final Options options;
  private final Log log;
  private final Host host;
  private final Loops loops;
  private final Persistence persistence;
  private volatile Throwable deathReason;

  private QCacheServer(Engine engine, boolean ownsEngine, Options options, Log log) throws IOException {
    this.engine = engine;
    this.ownsEngine = ownsEngine;
    this.options = options;
    this.log = log;
    this.host = new Host(engine, options, log);
    this.loops = Loops.open(new Work());
    options.ports(loops.port(), loops.tlsPort());
    host.port(loops.port());
    this.persistence = host.persistence();
    persistence.end(new Ender());
    persistence.followLog(new Following());
  }

  /** Serves a new cache of its own, on port 5001; {@link Builder#open()} says what is thrown. */
  public static QCacheServer open() {
    return builder().open();
  }

  /** Serves an embedded cache on port 5001, and leaves it open when it is closed; see {@link Builder#host}. */
  public static QCacheServer host(QCache cache) {
    return builder().host(cache);
  }

  /** To say how it is to be served. */
  public static Builder builder() {
    return new Builder();
  }

  /** Ends it by a thread of its own, as SHUTDOWN asks; no lambda, for it is made at start. */
  private final class Ender implements Runnable {
    @Override public void run() {
      new Thread(QCacheServer.this::close, "qcache-shutdown").start();
    }
  }

  /** Lets replies wait for the log, if there is one. */
  private final class Following implements Runnable {
    @Override public void run() {
      loops.log(persistence.logOrNull());
    }
  }

  /**
   * A server of its own engine with those options, which become its own.  Until {@link #load} has returned it refuses clients where there is
   * something to load.
   */
  static QCacheServer open(Options options, Log log, Engine engine) throws IOException {
    QCacheServer server;
    try {
      server = new QCacheServer(engine, true, options, log);
    } catch (IOException | RuntimeException | Error e) {
      engine.close();
      throw e;
    }
    server.persistence.own();
    server.persistence.wantsLoading();
    server.loops.start();
    return server;
  }

  /**
   * Loads what the directory holds, if it holds something.
   *
   * @throws IOException where that cannot be loaded, naming the file; then the server is to be closed
   */
  void load() throws IOException {
    if (persistence.isLoading()) {
      persistence.load();
    }
    persistence.begin();
  }

  /** The port that it listens on, also when it is closed; 0 for none. */
  public int port() {
    return loops.port();
  }

  /** The port that it listens on for TLS, also when it is closed; 0 for none. */
  public int tlsPort() {
    return loops.tlsPort();
  }

  /**
   * Where a client on this computer finds it, without the password: {@code redis://127.0.0.1:5001}, or
   * {@code rediss://127.0.0.1:6380} if it listens for TLS alone, {@code redis+unix:///run/qcache.sock} if on no port.
   */
  public String uri() {
    if (port() != 0) {
      return "redis://127.0.0.1:" + port();
    }
    return tlsPort() != 0 ? "rediss://127.0.0.1:" + tlsPort()
        : "redis+unix://" + options.path(Option.UNIXSOCKET).toAbsolutePath().toUri().getRawPath();
  }

  /** For a line of the log, {@code , port 5001, Unix socket /run/qcache.sock}: what it listens on. */
  String entrances() {
    boolean hasPath = !options.text(Option.UNIXSOCKET).isEmpty();
    return (port() != 0 ? ", port " + port() : "") + (tlsPort() != 0 ? ", TLS port " + tlsPort() : "")
        + (hasPath ? ", Unix socket " + options.path(Option.UNIXSOCKET) : "");
  }

  /** Whether it serves: false from the first call of {@link #close} on, and when it has died. */
  public boolean isOpen() {
    return loops.isOpen();
  }

  /**
   * Ends it: accepts nobody any more, answers what it has received, sends that, closes its connections, and then its
   * cache if it is its own.  Returns when that is done, after ten seconds at the latest; what a client has not taken by
   * then is lost.  A second call waits for the same.
   */
  @Override public void close() {
    host.pause().end();
    loops.close();
    if (ownsEngine) {
      engine.close();
    }
  }

  /** Waits until it has ended, and says why it died; null where it was closed. */
  Throwable awaitEnd() throws InterruptedException {
    loops.await();
    return deathReason;
  }

  Loops loops() {
    return loops;
  }

  /** What the loops know of their server. */
  private final class Work implements Server {
    @Override public Options options() {
      return options;
    }

    @Override public Log log() {
      return log;
    }

    @Override public Conversation open(Peer peer, Output output) {
      return new SessionConversation(host, peer, output);
    }

    @Override public void announced() {
      Session.announced();
    }

    @Override public void rejected() {
      host.counters().rejectedConnection();
    }

    @Override public void evicted() {
      host.counters().evictedClient();
    }

    @Override public void died(Throwable reason, String loop) {
      deathReason = reason;
      log.log(Level.ERROR, "the event loop " + loop + " has died, so the server closes", reason);
    }
  }

  /**
   * How a server is to be.  Each value is checked when it is given, and refused by an IllegalArgumentException that
   * names it.  Not thread-safe; can be used for several servers.
   */
  public static final class Builder {
    private final Options options = new Options();
    private Log log = Log.system();

    private Builder() {}

    /** The TCP port, up to 65,535; -1 takes one that is free, 0 too unless there is a TLS port or a Unix socket, then it is none. */
    public Builder port(int port) {
      return set(Option.PORT, Integer.toString(port));
    }

    /**
     * The addresses to listen on, {@code 127.0.0.1} and {@code -::1} unless given: {@code *} and {@code ::*} are all of
     * IPv4 and of IPv6, and one with a leading {@code -} may be missing on this computer.
     */
    public Builder bind(String... addresses) {
      return set(Option.BIND, addresses);
    }

    /** The TCP port for TLS, up to 65,535; -1 takes one that is free, 0 is none. */
    public Builder tlsPort(int port) {
      return set(Option.TLS_PORT, Integer.toString(port));
    }

    /** The server's certificate, and its private key: PEM files. */
    public Builder tlsIdentity(Path certificate, Path key) {
      return set(Option.TLS_CERT_FILE, certificate.toString()).set(Option.TLS_KEY_FILE, key.toString());
    }

    /** A Unix socket to listen on too; it is deleted when the server closes.  None unless given. */
    public Builder unixSocket(Path path) {
      return set(Option.UNIXSOCKET, path.toString());
    }

    /** The password that clients must give; an empty one, the default, for none. */
    public Builder requirePass(String password) {
      return set(Option.REQUIREPASS, password);
    }

    /** Whether clients from other computers are refused while there is no password; they are, unless said otherwise. */
    public Builder protectedMode(boolean on) {
      return set(Option.PROTECTED_MODE, on ? "yes" : "no");
    }

    /** The threads that serve, from 1 to 1,024; one less than there are processors, but one at least, unless given. */
    public Builder eventLoops(int count) {
      return set(Option.EVENT_LOOPS, Integer.toString(count));
    }

    /** The most connections at a time; 10,000 unless given. */
    public Builder maxClients(int count) {
      return set(Option.MAXCLIENTS, Integer.toString(count));
    }

    /**
     * The bound on what the keys and values of a cache of its own take, in bytes, at most three quarters of the JVM's
     * heap; 0, as unless given, is half of the heap.
     */
    public Builder maxMemory(long bytes) {
      return set(Option.MAXMEMORY, Long.toString(bytes));
    }

    /** What a cache of its own drops when it is full; nothing unless given, so that writes are refused. */
    public Builder evictionPolicy(EvictionPolicy policy) {
      return set(Option.MAXMEMORY_POLICY, policy.redisName());
    }

    /**
     * Where a cache of its own keeps its snapshots, and its log if it has one, which must be there; the working directory unless given.
     * What {@code dump.rdb} and a log there hold is loaded when it opens.
     */
    public Builder directory(Path path) {
      return set(Option.DIR, path.toString());
    }

    /** The databases of a cache of its own, from 1 to 65,536; 16 unless given. */
    public Builder databases(int count) {
      return set(Option.DATABASES, Integer.toString(count));
    }

    /** An option by the name and in the words that the command line has for it, such as {@code ("timeout", "300")}. */
    public Builder option(String name, String... words) {
      try {
        options.setNamed(name, "", words);
      } catch (OptionException e) {
        throw new IllegalArgumentException(e.getMessage());
      }
      return this;
    }

    /** Where the server says what happens to it; {@link Log#system()} unless given. */
    public Builder log(Log log) {
      this.log = Objects.requireNonNull(log, "log");
      return this;
    }

    private Builder set(Option option, String... words) {
      return option(option.title(), words);
    }

    /**
     * Serves a new cache that lives and ends with the server.
     *
     * @throws UncheckedIOException where it cannot listen, naming address and port, or cannot load what its directory holds, naming the
     *     file
     */
    public QCacheServer open() {
      int databases = (int) options.number(Option.DATABASES);
      long maxBytes = options.number(Option.MAXMEMORY);
      Engine engine = Engine.open(new Engine.Settings().databases(databases).maxBytes(maxBytes)
          .evictionPolicy(options.evictionPolicy()).log(log));
      try {
        QCacheServer server = QCacheServer.open(options.copy(), log, engine);
        try {
          server.load();
        } catch (IOException | RuntimeException | Error e) {
          server.close();
          throw e;
        }
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /**
     * Serves an embedded cache, which stays open when the server is closed and has its own number of databases, bound on
     * memory and eviction policy; the latter two may be changed through either.
     *
     * @throws UncheckedIOException where it cannot listen, naming address and port
     * @throws IllegalArgumentException where the cache is not one of this JVM, or has no log and the server is to have one
     */
    public QCacheServer host(QCache cache) {
      Engine engine = Engine.of(cache);
      Options own = options.copy();
      own.databases(engine.databases());
      own.maxMemory(engine.memory().maxBytes());
      own.evictionPolicy(engine.evictionPolicy());
      WriteLog written = engine.snapshots() == null ? null : engine.snapshots().log();
      if (written == null && own.isOn(Option.APPENDONLY)) {
        throw new IllegalArgumentException("appendonly 'yes': the cache is its application's, which says when it opens it whether it has a log");
      }
      own.log(written != null, written == null ? "" : written.policy().name().toLowerCase(Locale.ROOT));
      try {
        QCacheServer server = new QCacheServer(engine, false, own, log);
        server.loops.start();
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
