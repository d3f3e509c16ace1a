package io.qcache.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.net.QCacheServer;
import io.qcache.net.loop.Wire;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not harm a server with TLS: each ends with its connection closed, and the server as it was. */
class TlsHostileIT extends TlsHouse {
  /** A client's socket that breaks off after so many bytes of its stream. */
  private static final class CutSocket extends Socket {
    private long left;
    private final boolean reset;

    CutSocket(int port, long bytes, boolean reset) throws IOException {
      this.left = bytes;
      this.reset = reset;
      connect(new InetSocketAddress("127.0.0.1", port), Wire.PATIENCE_MILLIS);
      setSoTimeout(Wire.PATIENCE_MILLIS);
      setTcpNoDelay(true);
    }

    @Override public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override public void write(int one) throws IOException {
          write(new byte[] {(byte) one}, 0, 1);
        }

        @Override public void write(byte[] bytes, int offset, int length) throws IOException {
          int now = (int) Math.min(left, length);
          out.write(bytes, offset, now);
          left -= now;
          if (now < length) {
            cut();
          }
        }
      };
    }

    private void cut() throws IOException {
      if (reset) {
        setSoLinger(true, 0);
      }
      close();
      throw new IOException("cut");
    }
  }

  private void requireUnharmed(QCacheServer server) throws Exception {
    Wire.await("nobody is connected", () -> clientCount(server) == 0);
    assertThat(wire(server).ask("PING\r")).isEqualTo("+PONG\r");
    assertThat(plain(server).send("DBSIZE\r\n").line()).isEqualTo(":0\r");
    assertThat(log).noneMatch(line -> line.startsWith("ERROR") || line.startsWith("WARNING"));
  }

  private static boolean isClosed(Socket socket) throws IOException {
    return new Wire(socket).isClosed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PING\r\n", "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n", "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
      "\26\3\1\0\5hello", "\26\3\1\100\1", "\25\3\1\0\2\2\0", "\27\3\3\0\5hello", "\200\56\1\3\1\0\0\0\0\0\0\0\0\0",
      "\0\0\0\0\0\0\0\0\0\0"})
  void bytesThatAreNoHandshake_endTheirConnection(String bytes) throws Exception {
    QCacheServer server = server("tls-handshake-timeout", "1");
    Socket socket = raw(server);
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(isClosed(socket)).isTrue();
    requireUnharmed(server);
  }

  @Test void noise_endsItsConnection() throws Exception {
    QCacheServer server = server("tls-handshake-timeout", "1");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      byte[] bytes = new byte[random.nextInt(2_000)];
      random.nextBytes(bytes);
      if (bytes.length > 5 && random.nextBoolean()) {
        System.arraycopy(new byte[] {22, 3, 1, (byte) (bytes.length >> 8), (byte) bytes.length}, 0, bytes, 0, 5);
      }
      Socket socket = raw(server);
      sockets.add(socket);
      socket.getOutputStream().write(bytes);
    }
    for (Socket socket : sockets) {
      assertThat(isClosed(socket)).as("seed " + seed).isTrue();
    }
    requireUnharmed(server);
  }

  @Test void halfAHandshake_isCutAfterATime_whateverItsPace() throws Exception {
    QCacheServer server = server("tls-handshake-timeout", "1");
    List<Socket> slow = new ArrayList<>();
    for (int bytes : new int[] {0, 1, 5, 60}) {
      CutSocket socket = closing(new CutSocket(server.tlsPort(), Long.MAX_VALUE, false));
      socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3}, 0, Math.min(bytes, 11));
      socket.getOutputStream().write(new byte[Math.max(0, bytes - 11)]);
      slow.add(socket);
    }
    try (Wire wire = wire(server)) {
      assertThat(wire.ask("PING\r")).isEqualTo("+PONG\r");
    }
    for (Socket socket : slow) {
      assertThat(isClosed(socket)).isTrue();
    }
    requireUnharmed(server);
  }

  @Test void aFloodOfHandshakes_isBounded_andOthersGetThrough() throws Exception {
    QCacheServer server = server("event-loops", "1", "tls-max-handshakes", "8", "tls-handshake-timeout", "60");
    List<Socket> flood = new ArrayList<>();
    List<Wire> through = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Socket socket = raw(server);
      socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
      flood.add(socket);
      if (i % 25 == 24) {
        through.add(wire(server));
        assertThat(through.get(through.size() - 1).ask("PING\r")).isEqualTo("+PONG\r");
      }
    }
    Wire.await("seven are left, and those who got through", () -> clientCount(server) == 7 + 4);
    for (Socket socket : flood) {
      socket.close();
    }
    for (Wire wire : through) {
      wire.close();
    }
    requireUnharmed(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void aConnectionCutAtAnyByte_leavesNothing(String protocol) throws Exception {
    QCacheServer server = server("event-loops", "1");
    byte[] commands = ("GET k\r\n".repeat(20) + "GET " + "x".repeat(20_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    Random random = new Random(protocol.hashCode());
    int most = 24_000;
    int cuts = 0;
    for (int at = 0; at < most; at += at < 12 ? 1 : at < 600 ? 1 + random.nextInt(40) : 1 + random.nextInt(3_000)) {
      CutSocket cut = closing(new CutSocket(server.tlsPort(), at, random.nextBoolean()));
      try (SSLSocket socket = tls(cut, authority.context(null), protocol)) {
        socket.getOutputStream().write(commands);
        socket.getInputStream().readNBytes(20 * 5);
      } catch (IOException broken) {
        cuts++;
      }
    }
    assertThat(cuts).isGreaterThan(30);
    requireUnharmed(server);
  }

  @Test void anotherHandshake_isNotTaken() throws Exception {
    QCacheServer server = server();
    SSLSocket socket = tls(server, "TLSv1.2");
    Wire wire = new Wire(socket);
    assertThat(wire.ask("PING\r")).isEqualTo("+PONG\r");
    assertThatThrownBy(() -> {
      socket.startHandshake();
      wire.ask("PING\r");
    }).isInstanceOf(IOException.class);
    requireUnharmed(server);
  }

  @Test void above_maxclients_orInProtectedMode_nothingIsSaidInTheClear() throws Exception {
    QCacheServer server = server("maxclients", "1");
    Wire first = wire(server);
    assertThat(first.ask("PING\r")).isEqualTo("+PONG\r");
    Socket second = raw(server);
    assertThat(second.getInputStream().read()).isEqualTo(-1);
    assertThat(first.ask("PING\r")).isEqualTo("+PONG\r");
  }

  @Test void tamperedRecords_endTheirConnection_andRunNothing() throws Exception {
    QCacheServer server = server();
    for (int at : new int[] {0, 7, 15}) {
      TamperSocket tamper = closing(new TamperSocket(server.tlsPort()));
      SSLSocket socket = tls(tamper, authority.context(null), "TLSv1.3");
      Wire wire = new Wire(socket);
      assertThat(wire.ask("PING\r")).isEqualTo("+PONG\r");
      tamper.from = 5 + at;
      assertThatThrownBy(() -> wire.ask("SET k v\r")).isInstanceOf(IOException.class);
    }
    requireUnharmed(server);
  }

  /** Flips a bit of the next write, once it is told where. */
  private static final class TamperSocket extends Socket {
    volatile int from = -1;

    TamperSocket(int port) throws IOException {
      connect(new InetSocketAddress("127.0.0.1", port), Wire.PATIENCE_MILLIS);
      setSoTimeout(Wire.PATIENCE_MILLIS);
    }

    @Override public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override public void write(byte[] bytes, int offset, int length) throws IOException {
          byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
          if (from >= 0 && from < length) {
            copy[from] ^= 1;
            from = -1;
          }
          out.write(copy);
        }
      };
    }
  }
}
