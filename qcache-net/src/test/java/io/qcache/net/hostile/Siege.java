package io.qcache.net.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.QCacheServer;
import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * A server that clients mean harm to, one for all cases of a class, so that what each leaves behind adds up.  They have
 * database 0; a good client watches over two sentinels in another.  After each case, when the attackers have gone: the
 * server answers, the sentinels are whole, memory and descriptors are back, and nothing has failed inside.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Siege {
  static final int MEGABYTE = 1 << 20;

  private static final long HEAP_SLACK = 6 * MEGABYTE; // 4 of them the loop's pool, which keeps what it has lent
  private static final long DIRECT_SLACK = MEGABYTE;   // of this process's client threads
  private static final String SMALL = "s".repeat(1_000);
  private static final String LARGE = "L".repeat(300_000);
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<AutoCloseable> attackers = new ArrayList<>();
  private QCacheServer server;
  private Wire good;
  private long heapBefore;
  private long directBefore;
  private long socketsBefore;

  @BeforeAll void open() throws Exception {
    server = QCacheServer.builder().port(0).log((level, message) -> {
      if (level.compareTo(System.Logger.Level.ERROR) >= 0) {
        failures.add(message);
      }
    }).open();
    good = new Wire(server.port());
    good.ask("SELECT 9\r");
    good.ask("SET small " + SMALL + "\r");
    assertThat(good.send(Wire.command("SET", "large", LARGE)).line()).isEqualTo("+OK\r");
    theServerAnswers();
    heapBefore = heap();
    directBefore = direct();
    socketsBefore = sockets();
  }

  @AfterAll void close() throws IOException {
    good.close();
    server.close();
  }

  @AfterEach void everythingIsAsBefore() throws Exception {
    for (AutoCloseable attacker : attackers) {
      attacker.close();
    }
    attackers.clear();
    Wire.await("the attackers have gone", () -> info("connected_clients") == 1);
    forgetTheirKeys();
    theServerAnswers();
    assertThat(good.ask("EXISTS small large\r")).isEqualTo(":2\r");
    Wire.await("descriptors are back", () -> sockets() <= socketsBefore);
    Wire.await("memory is back", () -> grown() < HEAP_SLACK);
    assertThat(direct()).isLessThan(directBefore + DIRECT_SLACK);
    assertThat(failures).isEmpty();
  }

  /** PING, and both sentinels as they were. */
  void theServerAnswers() throws IOException {
    assertThat(good.ask("PING\r")).isEqualTo("+PONG\r");
    assertThat(bulk(good, "GET small\r\n")).isEqualTo(SMALL);
    assertThat(bulk(good, "GET large\r\n").equals(LARGE)).isTrue();
  }

  /** What the process holds more than before the first case, in bytes: client and server together. */
  long grown() {
    return heap() - heapBefore;
  }

  /** How many keys the attackers have. */
  int keys() throws IOException {
    return inTheirs(":", "DBSIZE");
  }

  private void forgetTheirKeys() throws IOException {
    inTheirs("+", "FLUSHDB");
  }

  private int inTheirs(String type, String command) throws IOException {
    good.ask("SELECT 0\r");
    String reply = good.ask(command + "\r");
    good.ask("SELECT 9\r");
    assertThat(reply).startsWith(type);
    return type.equals(":") ? Integer.parseInt(reply.substring(1).trim()) : 0;
  }

  /** What the good client is answered. */
  String ask(String line) throws IOException {
    return good.ask(line + "\r");
  }

  /** A number of INFO. */
  long info(String field) throws IOException {
    for (String line : bulk(good, "INFO\r\n").split("\r\n")) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.substring(field.length() + 1));
      }
    }
    throw new AssertionError("no " + field);
  }

  // Attackers, gone after the case

  Wire attacker() throws IOException {
    return attacker(0);
  }

  /** Whose system takes so many bytes before it makes the server wait. */
  Wire attacker(int receiveBytes) throws IOException {
    Wire wire = new Wire(server.port(), receiveBytes);
    attackers.add(wire);
    return wire;
  }

  /** One that costs next to nothing on its own side. */
  Socket bare() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
    attackers.add(socket);
    return socket;
  }

  static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The bulk string that the command is answered with. */
  static String bulk(Wire wire, String command) throws IOException {
    int length = Integer.parseInt(wire.send(command).line().substring(1).trim());
    return wire.read(length + 2).substring(0, length);
  }

  // Measures of this process

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long direct() {
    long bytes = 0;
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      bytes += pool.getMemoryUsed();
    }
    return bytes;
  }

  /** Open sockets, where the system tells: files come and go with the classes that are loaded. */
  private static long sockets() throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return 0;
    }
    long count = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path one : all) {
        try {
          count += Files.readSymbolicLink(one).toString().startsWith("socket:") ? 1 : 0;
        } catch (IOException gone) {
          // it was the one that lists them
        }
      }
    }
    return count;
  }
}
