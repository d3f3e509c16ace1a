package io.qcache.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.net.QCacheServer;
import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What works over TLS, and how it is set up. */
class TlsIT extends TlsHouse {
  private static final String[] ANY = {};

  private static void inBackground(Wire wire, String bytes) {
    Thread sender = new Thread(() -> {
      try {
        wire.send(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    sender.setDaemon(true);
    sender.start();
  }

  private static String configSet(Wire wire, String name, Path value) throws IOException {
    return wire.send("*4\r\n$6\r\nCONFIG\r\n$3\r\nSET\r\n$" + name.length() + "\r\n" + name + "\r\n$"
        + value.toString().length() + "\r\n" + value + "\r\n").line();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void aLongPipeline_andALongValue_goBothWays(String protocol) throws Exception {
    QCacheServer server = server();
    SSLSocket socket = tls(server, protocol);
    Wire wire = closing(new Wire(socket));
    assertThat(wire.ask("PING\r")).isEqualTo("+PONG\r");
    assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
    int count = 20_000;
    inBackground(wire, "INCR n\r\n".repeat(count));
    for (int i = 1; i <= count; i++) {
      assertThat(wire.line()).isEqualTo(":" + i + "\r");
    }
    byte[] value = new byte[6 << 20];
    new Random(7).nextBytes(value);
    wire.send("*3\r\n$3\r\nSET\r\n$1\r\nv\r\n$" + value.length + "\r\n").send(value).send("\r\n");
    assertThat(wire.line()).isEqualTo("+OK\r");
    assertThat(wire.send("GET v\r\n").line()).isEqualTo("$" + value.length + "\r");
    assertThat(wire.read(value.length).equals(new String(value, StandardCharsets.ISO_8859_1))).isTrue();
  }

  @Test void aClientThatDoesNotRead_makesTheServerWait_andGetsItAllInTheEnd() throws Exception {
    QCacheServer server = server("event-loops", "1");
    Wire wire = wire(server);
    String value = "0123456789abcdef".repeat(1 << 14);
    wire.send("*3\r\n$3\r\nSET\r\n$1\r\nv\r\n$" + value.length() + "\r\n" + value + "\r\n").line();
    int count = 200; // 50 MiB
    wire.send("GET v\r\n".repeat(count));
    Wire.await("the server waits", () -> clients(server).contains(" events=w "));
    String line = clients(server).lines().filter(each -> each.contains(" events=w ")).findAny().orElseThrow();
    String total = line.substring(line.indexOf("tot-mem=") + 8);
    assertThat(Long.parseLong(total.substring(0, total.indexOf(' ')))).isLessThan(3 << 20);
    for (int i = 0; i < count; i++) {
      assertThat(wire.line()).isEqualTo("$" + value.length() + "\r");
      assertThat(wire.read(value.length()).equals(value)).isTrue();
      assertThat(wire.line()).isEqualTo("\r");
    }
    assertThat(wire.ask("PING\r")).isEqualTo("+PONG\r");
  }

  @Test void aByteARecord_isACommandAllTheSame() throws Exception {
    Wire wire = wire(server());
    String commands = "SET k 1\r\n" + "INCR k\r\n".repeat(300);
    for (byte each : commands.getBytes(StandardCharsets.US_ASCII)) {
      wire.send(new byte[] {each});
    }
    assertThat(wire.line()).isEqualTo("+OK\r");
    for (int i = 2; i <= 301; i++) {
      assertThat(wire.line()).isEqualTo(":" + i + "\r");
    }
  }

  @Test void messages_arePushed_betweenPlainAndEncryptedConnections() throws Exception {
    QCacheServer server = server();
    Wire subscriber = wire(server);
    String subscribed = "*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n";
    assertThat(subscriber.send("SUBSCRIBE news\r\n").read(subscribed.length())).isEqualTo(subscribed);
    Wire publisher = plain(server);
    for (int length : new int[] {5, 100_000, 5, 300_000}) {
      String text = "$" + length + "\r\n" + "x".repeat(length) + "\r\n";
      String message = "*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n" + text;
      assertThat(publisher.send("*3\r\n$7\r\nPUBLISH\r\n$4\r\nnews\r\n" + text).line()).isEqualTo(":1\r");
      assertThat(subscriber.read(message.length())).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void whoSaysThatHeSendsNoMore_getsHisReplies_andAnEndThatIsSaid(String protocol) throws Exception {
    QCacheServer server = server();
    SSLSocket socket = tls(server, protocol);
    socket.getOutputStream().write("SET k v\r\nGET k\r\n".getBytes(StandardCharsets.US_ASCII));
    if (protocol.equals("TLSv1.3")) {
      socket.shutdownOutput(); // before, closing one way closes both
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .isEqualTo("+OK\r\n$1\r\nv\r\n");
    } else {
      assertThat(socket.getInputStream().readNBytes(12)).hasSize(12);
    }
    socket.close();
    Wire.await("it is gone", () -> clientCount(server) == 0);
  }

  @Test void whomTheServerCloses_isToldSo() throws Exception {
    QCacheServer server = server();
    SSLSocket socket = tls(server);
    socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    assertThat(in.readNBytes(5)).isEqualTo("+OK\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(in.read()).isEqualTo(-1); // a cut would throw
    Wire other = wire(server);
    other.ask("PING\r");
    server.close();
    assertThat(other.isClosed()).isTrue();
  }

  @Test void certificates_areAskedFor_asTlsAuthClientsSays() throws Exception {
    QCacheServer server = server("tls-auth-clients", "yes", "tls-ca-cert-file", authorityFile.toString());
    assertThat(with(server, authority.context(forClient)).ask("PING\r")).isEqualTo("+PONG\r");
    TestCertificate stranger = TestCertificate.authority("Another").issue("client", "client.example");
    TestCertificate expired = authority.issueExpired("client", "client.example");
    TestCertificate own = TestCertificate.selfSigned("client", "client.example");
    for (TestCertificate bad : new TestCertificate[] {null, stranger, expired, own}) {
      assertThatThrownBy(() -> with(server, authority.context(bad)).ask("PING\r")).isInstanceOf(IOException.class);
    }
    Wire.await("they are gone", () -> clientCount(server) == 1); // but the right one
    Wire admin = plain(server);
    assertThat(admin.ask("CONFIG SET tls-auth-clients optional\r")).isEqualTo("+OK\r");
    assertThat(with(server, authority.context(forClient)).ask("PING\r")).isEqualTo("+PONG\r");
    assertThat(with(server, authority.context(null)).ask("PING\r")).isEqualTo("+PONG\r");
    assertThatThrownBy(() -> with(server, authority.context(expired)).ask("PING\r")).isInstanceOf(IOException.class);
    assertThat(admin.ask("CONFIG SET tls-auth-clients no\r")).isEqualTo("+OK\r");
    assertThat(with(server, authority.context(expired)).ask("PING\r")).isEqualTo("+PONG\r");
    assertThat(plain(server).send("GET k\r\n").read(5)).isEqualTo("$-1\r\n");
  }

  private Wire with(QCacheServer server, SSLContext context) throws Exception {
    return closing(new Wire(tls(raw(server), context)));
  }

  @Test void files_areReadAnew_forConnectionsFromThenOn() throws Exception {
    Path certificate = Files.copy(certificateFile, directory.resolve("current.pem"));
    Path key = Files.copy(keyFile, directory.resolve("current.key"));
    QCacheServer server = server("tls-cert-file", certificate.toString(), "tls-key-file", key.toString());
    Wire before = wire(server);
    assertThat(before.ask("PING\r")).isEqualTo("+PONG\r");
    TestCertificate next = authority.issue("next", "localhost");
    Files.copy(next.certificateFile(directory, "next.pem"), certificate, StandardCopyOption.REPLACE_EXISTING);
    String refusal = "-ERR CONFIG SET failed (possibly related to argument 'tls-cert-file') - "
        + "Unable to update TLS configuration. Check server logs.\r";
    assertThat(configSet(plain(server), "tls-cert-file", certificate)).isEqualTo(refusal);
    assertThat(log).anyMatch(line -> line.contains(key + ": its key is not the one that the certificate is for"));
    assertThat(name(tls(server))).isEqualTo("CN=server");
    Files.copy(next.keyFile(directory, "next.key"), key, StandardCopyOption.REPLACE_EXISTING);
    assertThat(configSet(plain(server), "tls-cert-file", certificate)).isEqualTo("+OK\r");
    assertThat(name(tls(server))).isEqualTo("CN=next");
    assertThat(before.ask("PING\r")).isEqualTo("+PONG\r");
    assertThat(configSet(plain(server), "tls-cert-file", directory.resolve("none"))).isEqualTo(refusal);
    assertThat(name(tls(server))).isEqualTo("CN=next");
  }

  private static String name(SSLSocket socket) throws Exception {
    return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName();
  }

  @Test void protocolsAndSuites_areThoseOfTheOptions() throws Exception {
    QCacheServer server = server("tls-protocols", "TLSv1.2", "tls-ciphers", "ECDHE-ECDSA-AES128-GCM-SHA256");
    assertThatThrownBy(() -> tls(server, "TLSv1.3").startHandshake()).isInstanceOf(SSLException.class);
    assertThat(suite(server)).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    Wire admin = plain(server);
    assertThat(admin.send("CONFIG SET tls-protocols TLSv1.3 tls-ciphersuites TLS_CHACHA20_POLY1305_SHA256\r\n").line())
        .isEqualTo("+OK\r");
    assertThat(suite(server)).isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
    for (String bad : new String[] {"tls-protocols SSLv3", "tls-ciphers HIGH", "tls-ciphersuites AES"}) {
      assertThat(admin.ask("CONFIG SET " + bad + "\r")).endsWith("Check server logs.\r");
    }
    assertThat(log).anyMatch(line -> line.contains("tls-protocols may be TLSv1.2 and TLSv1.3, not 'SSLv3'"))
        .anyMatch(line -> line.contains("tls-ciphers: there is no suite 'HIGH'"));
  }

  private String suite(QCacheServer server) throws Exception {
    SSLSocket socket = tls(server);
    socket.startHandshake();
    return socket.getSession().getCipherSuite();
  }

  @Test void aServerThatCannotShowItself_doesNotStart_andSaysWhy() throws Exception {
    QCacheServer.Builder builder = QCacheServer.builder().port(-1).tlsPort(-1);
    assertThatThrownBy(builder::open).hasMessageContaining("could not set up TLS: tls-cert-file is not given");
    builder.tlsIdentity(certificateFile, keyFile);
    assertThatThrownBy(builder::open).hasMessageContaining(
        "could not set up TLS: tls-ca-cert-file must be given, unless tls-auth-clients is no");
    builder.tlsIdentity(certificateFile, certificateFile).option("tls-auth-clients", "no");
    assertThatThrownBy(builder::open)
        .hasMessageContaining("could not set up TLS: " + certificateFile + ": there is no private key in it");
    builder.tlsIdentity(keyFile, keyFile);
    assertThatThrownBy(builder::open)
        .hasMessageContaining("could not set up TLS: " + keyFile + ": there is no certificate in it");
  }

  @Test void port0_isNoPlainPort_whereThereIsOneForTls() throws Exception {
    QCacheServer server = closing(QCacheServer.builder().port(0).tlsPort(-1).tlsIdentity(certificateFile, keyFile)
        .option("tls-auth-clients", "no").open());
    assertThat(server.port()).isZero();
    assertThat(server.uri()).isEqualTo("rediss://127.0.0.1:" + server.tlsPort());
    String port = Integer.toString(server.tlsPort());
    String reply = "*2\r\n$8\r\ntls-port\r\n$" + port.length() + "\r\n" + port + "\r\n";
    assertThat(wire(server, ANY).send("CONFIG GET tls-port\r\n").read(reply.length())).isEqualTo(reply);
  }
}
