package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are reached by a file. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
class UnixSocketIT {
  @TempDir private Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();
  private Path path;

  @BeforeEach void choosePath() {
    path = directory.resolve("q.sock");
  }

  @AfterEach void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private <T extends AutoCloseable> T closing(T one) {
    open.add(one);
    return one;
  }

  private QCacheServer.Builder builder() {
    return QCacheServer.builder().port(0).unixSocket(path);
  }

  private QCacheServer server() {
    return closing(builder().open());
  }

  private Wire client() throws Exception {
    return closing(new Wire(path));
  }

  private Set<PosixFilePermission> permissions() throws Exception {
    return Files.getPosixFilePermissions(path);
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test void port0_isNoPortThen_andTheUriNamesThePath() throws Exception {
    QCacheServer server = server();
    assertThat(server.port()).isZero();
    assertThat(server.uri()).isEqualTo("redis+unix://" + path);
    Wire wire = client();
    assertThat(wire.ask("PING\r")).isEqualTo("+PONG\r");
    assertThat(wire.send("CONFIG GET port\r\n").read(21)).isEqualTo("*2\r\n$4\r\nport\r\n$1\r\n0\r\n");
    assertThat(files()).containsExactly(path);
  }

  @Test void aPortBesideIt_isListenedOnToo() throws Exception {
    QCacheServer server = closing(builder().port(-1).open());
    assertThat(server.uri()).isEqualTo("redis://127.0.0.1:" + server.port());
    assertThat(closing(new Wire(server.port())).ask("SET k v\r")).isEqualTo("+OK\r");
    assertThat(client().send("GET k\r\n").read(7)).isEqualTo("$1\r\nv\r\n");
  }

  @Test void itsClients_areShownAsRedisShowsThem() throws Exception {
    server();
    Wire wire = client();
    wire.send("CLIENT INFO\r\n").line();
    String address = path + ":0";
    assertThat(wire.line()).contains(" addr=" + address + " laddr=" + address + " ").contains(" flags=U ");
    wire.line();
    wire.ask("CLIENT NO-EVICT ON\r");
    wire.ask("MULTI\r");
    assertThat(wire.ask("CLIENT INFO\r")).isEqualTo("+QUEUED\r");
    wire.send("EXEC\r\n").line();
    wire.line();
    assertThat(wire.line()).contains(" flags=xUe ");
    wire.line();
    assertThat(wire.ask("CLIENT KILL " + address + "\r")).isEqualTo("+OK\r");
    assertThat(wire.isClosed()).isTrue();
  }

  @Test void itsClients_areLocalToProtectedMode_butNotAboveMaxclients() throws Exception {
    closing(builder().maxClients(1).open());
    assertThat(client().ask("PING\r")).isEqualTo("+PONG\r");
    assertThat(client().line()).isEqualTo("-ERR max number of clients reached\r");
  }

  @Test void itsPermissions_areThoseOfTheOption_orOfTheUmask() throws Exception {
    QCacheServer server = closing(builder().option("unixsocketperm", "620").open());
    assertThat(permissions()).isEqualTo(PosixFilePermissions.fromString("rw--w----"));
    assertThat(client().send("CONFIG GET unixsocketperm\r\n").read(34))
        .isEqualTo("*2\r\n$14\r\nunixsocketperm\r\n$3\r\n620\r\n");
    server.close();
    server();
    assertThat(permissions()).contains(PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE);
  }

  @Test void itsFile_goesWhenTheServerCloses_whoseClientsAreAnsweredBefore() throws Exception {
    QCacheServer server = server();
    Wire wire = client();
    assertThat(wire.ask("PING\r")).isEqualTo("+PONG\r");
    server.close();
    assertThat(wire.isClosed()).isTrue();
    assertThat(files()).isEmpty();
  }

  @Test void aStaleFile_isReplaced() throws Exception {
    ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    dead.bind(UnixDomainSocketAddress.of(path)).close();
    assertThat(path).exists();
    server();
    assertThat(client().ask("PING\r")).isEqualTo("+PONG\r");
  }

  @Test void aFileAtWhichSomebodyListens_isLeftAlone() throws Exception {
    server();
    assertThatThrownBy(() -> builder().open())
        .hasMessageContaining("could not listen on " + path + ": Address already in use");
    assertThat(client().ask("PING\r")).isEqualTo("+PONG\r");
    assertThat(files()).containsExactly(path);
  }

  @Test void aFileThatIsNoSocket_isLeftAlone() throws Exception {
    Files.writeString(path, "precious");
    assertThatThrownBy(() -> builder().open())
        .hasMessageContaining("could not listen on " + path + ": there is a file which is no socket");
    assertThat(path).hasContent("precious");
    assertThat(files()).containsExactly(path);
  }

  @Test void aPathThatCannotBe_isNamed_andLeavesNothingOpen() throws Exception {
    path = directory.resolve("missing").resolve("q.sock");
    assertThatThrownBy(() -> builder().port(-1).open())
        .hasMessageContaining("could not listen on " + path + ": there is no directory " + path.getParent());
    path = directory.resolve("x".repeat(120));
    assertThatThrownBy(() -> builder().open()).hasMessageContaining("could not listen on " + path + ": the path is longer than 107 bytes");
    assertThat(files()).isEmpty();
  }

  @Test void aServerWhosePathWasTakenOver_leavesItToTheOther() throws Exception {
    QCacheServer first = server();
    Files.delete(path);
    server();
    first.close();
    assertThat(client().ask("PING\r")).isEqualTo("+PONG\r");
  }

  @Test void aLongPipeline_andALongValue_goBothWays() throws Exception {
    server();
    Wire wire = client();
    Thread sender = new Thread(() -> {
      try {
        wire.send("INCR n\r\n".repeat(20_000));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    sender.start();
    for (int i = 1; i <= 20_000; i++) {
      assertThat(wire.line()).isEqualTo(":" + i + "\r");
    }
    sender.join();
    String value = "0123456789abcdef".repeat(1 << 18);
    assertThat(wire.send("*3\r\n$3\r\nSET\r\n$1\r\nv\r\n$" + value.length() + "\r\n" + value + "\r\n").line())
        .isEqualTo("+OK\r");
    assertThat(wire.send("GET v\r\n").line()).isEqualTo("$" + value.length() + "\r");
    assertThat(wire.read(value.length()).equals(value)).isTrue();
  }
}
