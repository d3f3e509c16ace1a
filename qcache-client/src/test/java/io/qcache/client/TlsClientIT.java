package io.qcache.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.Bytes;
import io.qcache.Codecs;
import io.qcache.ConnectionException;
import io.qcache.Message;
import io.qcache.Subscription;
import io.qcache.net.QCacheServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client whose server speaks TLS: whom it believes, whom it shows, and that all else is as ever. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
final class TlsClientIT {
  @TempDir private static Path directory;
  private static TestCertificate authority;
  private static Path trusted;

  @BeforeAll static void certify() throws Exception {
    authority = TestCertificate.authority("Test Authority");
    trusted = authority.certificateFile(directory, "ca.pem");
  }

  private static QCacheServer server(TestCertificate shown, String... options) throws Exception {
    Path files = Files.createTempDirectory(directory, "server");
    QCacheServer.Builder builder = QCacheServer.builder().port(0).tlsPort(-1)
        .tlsIdentity(shown.certificateFile(files, "cert"), shown.keyFile(files, "key")).option("tls-auth-clients", "no");
    for (int i = 0; i < options.length; i += 2) {
      builder.option(options[i], options[i + 1]);
    }
    return builder.open();
  }

  private static ClientBuilder client(QCacheServer server) {
    return QCacheClient.builder().address("rediss://localhost:" + server.tlsPort()).tlsTrust(trusted);
  }

  private static TestCertificate forLocalhost() throws Exception {
    return authority.issue("server", "localhost", "127.0.0.1");
  }

  private static void isRefused(QCacheServer server, ClientBuilder by, String reason) {
    assertThatThrownBy(by::connect).isInstanceOf(ConnectionException.class)
        .hasMessageContaining("cannot connect to localhost:" + server.tlsPort() + ": ").hasMessageContaining(reason);
  }

  @Test void allKindsOfConnections_work_andValuesOfAnySizeGoBothWays() throws Exception {
    try (QCacheServer server = server(forLocalhost());
        QCacheClient client = QCacheClient.builder().address(server.uri()).tlsTrust(trusted).connect()) {
      Random random = new Random(3);
      for (int length : new int[] {1, 16_000, 16_384, 16_385, 70_000, 9 << 20}) {
        byte[] value = new byte[length];
        random.nextBytes(value);
        client.execute("SET", Bytes.of("v"), Bytes.copyOf(value));
        assertThat(client.strings().length("v")).isEqualTo(length);
        assertThat(client.as(Codecs.utf8(), Codecs.bytes()).get("v").map(Bytes::toArray)
            .filter(came -> Arrays.equals(came, value))).as("length " + length).isPresent();
      }
      client.set("k", "v");
      assertThat(client.atomically(List.of("k"), t -> t.write().get("k")).join()).contains("v");
      try (Subscription<String, String> news = client.channels().subscribe("news")) {
        client.channels().publish("news", "hello");
        assertThat(news.iterator().next()).extracting(Message::payload).isEqualTo("hello");
      }
    }
  }

  @Test void manyThreadsAtOnce_getTheirOwnReplies() throws Exception {
    try (QCacheServer server = server(forLocalhost()); QCacheClient client = client(server).connect()) {
      String padding = "x".repeat(5_000);
      List<CompletableFuture<?>> all = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int thread = t;
        all.add(CompletableFuture.runAsync(() -> {
          for (int i = 0; i < 300; i++) {
            String key = "k" + thread + ":" + i;
            client.set(key, key + padding);
            assertThat(client.get(key)).contains(key + padding);
          }
        }));
      }
      for (int i = 0; i < 2_000; i++) {
        all.add(client.async().set("a" + i, "a" + i + padding));
      }
      CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).join();
      assertThat(client.get("a1999")).contains("a1999" + padding);
    }
  }

  @Test void aServerForAnotherHost_isRefused() throws Exception {
    try (QCacheServer server = server(authority.issue("server", "other.example", "127.0.0.9"))) {
      isRefused(server, client(server), "localhost");
      isRefused(server, QCacheClient.builder().address("rediss://localhost:" + server.tlsPort())
          .sslContext(authority.context(null)), "localhost");
    }
  }

  @Test void anExpiredOne_andOneThatVouchesForItself_areRefused() throws Exception {
    try (QCacheServer server = server(authority.issueExpired("server", "localhost"))) {
      isRefused(server, client(server), "validity check failed");
    }
    TestCertificate own = TestCertificate.selfSigned("server", "localhost");
    try (QCacheServer server = server(own)) {
      isRefused(server, client(server), "unable to find valid certification path");
      try (QCacheClient client = client(server).tlsTrust(own.certificateFile(directory, "own.pem")).connect()) {
        client.set("k", "v"); // unless it is trusted itself
      }
    }
  }

  @Test void theJdksOwnTrust_isTaken_whereNothingElseIsSaid() throws Exception {
    try (QCacheServer server = server(forLocalhost())) {
      isRefused(server, QCacheClient.builder().address("rediss://localhost:" + server.tlsPort()),
          "unable to find valid certification path");
    }
  }

  @Test void aStore_isTrustedLikeAFile() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("ca", authority.certificate);
    try (QCacheServer server = server(forLocalhost()); QCacheClient client = client(server).tlsTrust(store).connect()) {
      client.set("k", "v");
    }
  }

  @Test void aServerThatAsksForACertificate_getsIt() throws Exception {
    TestCertificate self = authority.issue("client", "client.example");
    Path certificate = self.certificateFile(directory, "client.pem");
    Path key = self.keyFile(directory, "client.key");
    try (QCacheServer server = server(forLocalhost(), "tls-auth-clients", "yes", "tls-ca-cert-file", trusted.toString())) {
      try (QCacheClient client = client(server).tlsIdentity(certificate, key, "").connect()) {
        client.set("k", "v");
      }
      assertThatThrownBy(() -> client(server).connect()).isInstanceOf(ConnectionException.class);
    }
    assertThatThrownBy(() -> QCacheClient.builder().tlsIdentity(certificate, certificate, ""))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(certificate + ": there is no private key in it");
    assertThatThrownBy(() -> QCacheClient.builder().tlsTrust(key)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key + ": there is no certificate in it");
  }

  @Test void theServer_isToldWhichHostIsAskedFor() throws Exception {
    try (SSLServerSocket listening = (SSLServerSocket) authority.context(forLocalhost()).getServerSocketFactory()
        .createServerSocket(0)) {
      CompletableFuture<String> told = CompletableFuture.supplyAsync(() -> {
        try (SSLSocket socket = (SSLSocket) listening.accept()) {
          socket.startHandshake();
          return ((SNIHostName) ((ExtendedSSLSession) socket.getSession()).getRequestedServerNames().get(0)).getAsciiName();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      assertThatThrownBy(() -> QCacheClient.builder().address("rediss://localhost:" + listening.getLocalPort())
          .tlsTrust(trusted).connect()).isInstanceOf(ConnectionException.class);
      assertThat(told.join()).isEqualTo("localhost"); // though it has no dot
    }
  }

  @Test void aServerThatDoesNotSpeakTls_isRefused_andSoIsPlainTextToOneThatDoes() throws Exception {
    try (QCacheServer server = QCacheServer.builder().port(0).open()) {
      assertThatThrownBy(() -> QCacheClient.builder().address("rediss://localhost:" + server.port()).connect())
          .isInstanceOf(ConnectionException.class);
    }
    try (QCacheServer server = server(forLocalhost())) {
      assertThatThrownBy(() -> QCacheClient.builder().address("localhost:" + server.tlsPort()).connect())
          .isInstanceOf(ConnectionException.class);
    }
    assertThatThrownBy(() -> QCacheClient.builder().unixSocket(directory).tls().connect())
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("TLS is not spoken over a Unix socket");
  }

  @Test void aServerThatSaysNothing_isGivenUpInTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      assertThatThrownBy(() -> QCacheClient.builder().address("rediss://127.0.0.1:" + silent.getLocalPort())
          .connectTimeout(Duration.ofMillis(300)).connect())
          .isInstanceOf(ConnectionException.class).hasMessageContaining("no answer within");
    }
  }
}
