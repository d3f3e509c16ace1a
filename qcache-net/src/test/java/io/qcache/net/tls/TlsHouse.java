package io.qcache.net.tls;

import io.qcache.Log;
import io.qcache.net.QCacheServer;
import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Servers with TLS for a test, on free ports, and their clients; closed when the test ends. */
abstract class TlsHouse {
  static TestCertificate authority;
  static TestCertificate forServer;
  static TestCertificate forClient;
  @TempDir static Path directory;
  static Path authorityFile;
  static Path certificateFile;
  static Path keyFile;

  final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll static void certify() throws Exception {
    authority = TestCertificate.authority("Test Authority");
    forServer = authority.issue("server", "localhost", "127.0.0.1");
    forClient = authority.issue("client", "client.example");
    authorityFile = authority.certificateFile(directory, "ca.pem");
    certificateFile = forServer.certificateFile(directory, "server.pem");
    keyFile = forServer.keyFile(directory, "server.key");
  }

  @AfterEach void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  <T extends AutoCloseable> T closing(T one) {
    open.add(one);
    return one;
  }

  /** Of a server on both ports, with options and their values. */
  QCacheServer server(String... options) {
    QCacheServer.Builder builder = QCacheServer.builder().port(-1).tlsPort(-1).tlsIdentity(certificateFile, keyFile)
        .option("tls-auth-clients", "no").log(new Log() {
          @Override public void log(Level level, String message) {
            log.add(level + " " + message);
          }
        });
    for (int i = 0; i < options.length; i += 2) {
      builder.option(options[i], options[i + 1]);
    }
    return closing(builder.open());
  }

  Wire plain(QCacheServer server) throws IOException {
    return closing(new Wire(server.port()));
  }

  /** A TCP connection to the TLS port that has said nothing yet. */
  Socket raw(QCacheServer server) throws IOException {
    Socket socket = closing(new Socket());
    socket.connect(new InetSocketAddress("127.0.0.1", server.tlsPort()), Wire.PATIENCE_MILLIS);
    socket.setSoTimeout(Wire.PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** The same with TLS over it, those protocols or any, its handshake still to come. */
  SSLSocket tls(Socket over, SSLContext context, String... protocols) throws IOException {
    SSLSocket socket = closing((SSLSocket) context.getSocketFactory()
        .createSocket(over, "localhost", over.getPort(), true));
    socket.setSoTimeout(Wire.PATIENCE_MILLIS);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    return socket;
  }

  SSLSocket tls(QCacheServer server, String... protocols) throws Exception {
    return tls(raw(server), authority.context(null), protocols);
  }

  Wire wire(QCacheServer server, String... protocols) throws Exception {
    return closing(new Wire(tls(server, protocols)));
  }

  /** What the server says of its connections: the lines of CLIENT LIST. */
  String clients(QCacheServer server) throws Exception {
    try (Wire wire = new Wire(server.port())) {
      String header = wire.ask("CLIENT LIST\r");
      return wire.read(Integer.parseInt(header.substring(1, header.length() - 1)));
    }
  }

  /** How many of them came in for TLS. */
  long clientCount(QCacheServer server) throws Exception {
    return clients(server).lines().filter(line -> line.contains(" laddr=127.0.0.1:" + server.tlsPort() + " ")).count();
  }
}
