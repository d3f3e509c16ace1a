package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.QCache;
import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that keep a log in their directory. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
class LogIT {
  private static final String RUNNABLE =
      Path.of(System.getProperty("project.build.directory", "target"), "qcache-net.jar").toString();

  @TempDir private Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private QCacheServer server(String appendOnly, String policy) {
    QCacheServer server = QCacheServer.builder().port(-1).directory(directory).option("appendonly", appendOnly)
        .option("appendfsync", policy).eventLoops(2).log((level, line) -> { }).open();
    open.add(server);
    return server;
  }

  private Wire wire(int port) throws IOException {
    Wire wire = new Wire(port);
    open.add(wire);
    return wire;
  }

  private static String ask(Wire wire, String command) throws IOException {
    return wire.ask(command + "\r").trim();
  }

  private static String get(Wire wire, String key) throws IOException {
    String length = ask(wire, "GET " + key);
    return length.equals("$-1") ? null : wire.line().trim();
  }

  private static String option(Wire wire, String name) throws IOException {
    wire.send("CONFIG GET " + name + "\r\n");
    for (int skipped = 0; skipped < 4; skipped++) {
      wire.line();
    }
    return wire.line().trim();
  }

  private static String info(Wire wire, String field) throws IOException {
    wire.send("INFO persistence\r\n");
    String text = wire.read(Integer.parseInt(wire.line().trim().substring(1)) + 2);
    int at = text.indexOf("\r\n" + field + ":") + field.length() + 3;
    return text.substring(at, text.indexOf("\r\n", at));
  }

  @ParameterizedTest @ValueSource(strings = {"always", "everysec", "no"})
  void aProcessThatIsKilled_hasLostNothingThatItAcknowledged(String policy) throws Exception {
    Launched program = Launched.java(List.of("-jar", RUNNABLE), "--port", "0", "--dir", directory.toString(), "--appendonly", "yes",
        "--appendfsync", policy);
    open.add(program);
    int port = program.readyPort();
    int writers = 4;
    AtomicInteger[] acknowledged = new AtomicInteger[writers];
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      AtomicInteger mine = acknowledged[w] = new AtomicInteger();
      String name = "w" + w;
      threads.add(new Thread(() -> write(port, name, mine)));
    }
    threads.forEach(Thread::start);
    Wire.await("much is written", () -> acknowledged[writers - 1].get() > 400);
    program.signal("KILL");
    for (Thread thread : threads) {
      thread.join();
    }
    program.exitCode();
    Wire again = wire(server("yes", policy).port());
    for (int w = 0; w < writers; w++) {
      int counted = Integer.parseInt(get(again, "count:w" + w));
      int pushed = Integer.parseInt(ask(again, "LLEN list:w" + w).substring(1));
      assertThat(counted).as("of " + acknowledged[w]).isGreaterThanOrEqualTo(acknowledged[w].get());
      assertThat(pushed).as("of one transaction").isEqualTo(counted);
      assertThat(get(again, "key:w" + w + ":" + acknowledged[w])).isEqualTo("v".repeat(100));
    }
  }

  /** Writes in three ways until the server is gone, and counts what was acknowledged. */
  private static void write(int port, String name, AtomicInteger acknowledged) {
    try (Wire wire = new Wire(port)) {
      for (int i = 1; ; i++) {
        wire.send("SET key:" + name + ":" + i + " " + "v".repeat(100) + "\r\nMULTI\r\nINCR count:" + name + "\r\nRPUSH list:" + name + " " + i
            + "\r\nEXEC\r\n");
        for (int line = 0; line < 7; line++) {
          String reply = wire.line();
          if (reply.startsWith("-")) {
            throw new IOException(reply);
          }
        }
        acknowledged.set(i);
      }
    } catch (IOException gone) {
      // as it was meant to be
    }
  }

  @Test void whatWasLogged_isThereForTheNext_embeddedToo_andOnceItIsTurnedOff() throws Exception {
    QCacheServer first = server("yes", "everysec");
    Wire wire = wire(first.port());
    assertThat(ask(wire, "SET a 1")).isEqualTo("+OK");
    assertThat(info(wire, "aof_enabled")).isEqualTo("1");
    first.close();
    try (QCache cache = QCache.builder().directory(directory).fsync(io.qcache.Fsync.ALWAYS).open()) {
      assertThat(cache.get("a")).contains("1");
      cache.set("b", "2");
      try (QCacheServer host = QCacheServer.builder().port(-1).host(cache); Wire hosted = new Wire(host.port())) {
        assertThat(option(hosted, "appendonly")).isEqualTo("yes");
        assertThat(option(hosted, "appendfsync")).isEqualTo("always");
        assertThat(ask(hosted, "SET c 3")).isEqualTo("+OK");
        assertThat(ask(hosted, "CONFIG SET appendonly no")).startsWith("-ERR CONFIG SET failed").contains("the cache is its application's");
      }
    }
    QCacheServer second = server("no", "everysec");
    Wire again = wire(second.port());
    assertThat(get(again, "c")).isEqualTo("3");
    assertThat(info(again, "aof_enabled")).isEqualTo("0");
    assertThat(ask(again, "CONFIG SET appendonly yes")).isEqualTo("+OK");
    assertThat(ask(again, "CONFIG SET appendonly yes")).isEqualTo("+OK");
    Wire.await("it has begun", () -> info(again, "aof_rewrite_in_progress").equals("0"));
    assertThat(ask(again, "SET d 4")).isEqualTo("+OK");
    assertThat(ask(again, "CONFIG SET appendonly no")).isEqualTo("+OK");
    assertThat(ask(again, "SET lost 1")).isEqualTo("+OK");
    second.close();
    Wire last = wire(server("yes", "always").port());
    assertThat(ask(last, "EXISTS a b c d lost")).isEqualTo(":4");
  }

  @Test void aCacheWithoutALog_isHostedWithoutOne_andSaysSo() throws Exception {
    try (QCache cache = QCache.open(); QCacheServer host = QCacheServer.builder().port(-1).host(cache); Wire hosted = new Wire(host.port())) {
      assertThat(ask(hosted, "CONFIG SET appendonly yes")).startsWith("-ERR CONFIG SET failed (possibly related to argument 'appendonly') - ");
      assertThat(option(hosted, "appendonly")).isEqualTo("no");
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> QCacheServer.builder().port(-1).option("appendonly", "yes").host(cache)))
          .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("appendonly");
    }
  }

  @Test void aDirectoryThatIsInUse_isNotLoggedTo_andTheOptionStaysAsItWas() throws Exception {
    assertThat(ask(wire(server("no", "everysec").port()), "SAVE")).isEqualTo("+OK");
    Wire second = wire(server("no", "everysec").port());
    assertThat(ask(second, "CONFIG SET appendonly yes"))
        .isEqualTo("-ERR CONFIG SET failed (possibly related to argument 'appendonly') - Unable to turn on AOF. Check server logs.");
    assertThat(option(second, "appendonly")).isEqualTo("no");
    assertThat(ask(second, "SET a 1")).isEqualTo("+OK");
  }

  @Test void bgrewriteaof_shortensTheLog_underLoad_andTellsInRedisWords() throws Exception {
    QCacheServer first = server("yes", "everysec");
    Wire wire = wire(first.port());
    AtomicInteger acknowledged = new AtomicInteger();
    Thread writer = new Thread(() -> write(first.port(), "w", acknowledged));
    writer.start();
    for (int round = 1; round <= 5; round++) {
      int before = acknowledged.get();
      Wire.await("more is written", () -> acknowledged.get() > before + 50);
      String reply = ask(wire, "BGREWRITEAOF");
      assertThat(reply).isEqualTo("+Background append only file rewriting started");
      String again = ask(wire, "BGREWRITEAOF"); // it may be over
      assertThat(again).isIn("-ERR Background append only file rewriting already in progress", "+Background append only file rewriting started");
      Wire.await("it is over", () -> info(wire, "aof_rewrite_in_progress").equals("0"));
    }
    assertThat(Integer.parseInt(info(wire, "aof_rewrites"))).isGreaterThanOrEqualTo(5);
    assertThat(info(wire, "aof_last_bgrewrite_status")).isEqualTo("ok");
    assertThat(wire.send("MULTI\r\nBGREWRITEAOF\r\nEXEC\r\n").line()).isEqualTo("+OK\r");
    assertThat(wire.line()).isEqualTo("+QUEUED\r");
    assertThat(wire.line()).isEqualTo("*1\r");
    assertThat(wire.line()).isEqualTo("+Background append only file rewriting scheduled\r");
    Wire.await("it is over", () -> info(wire, "aof_rewrite_in_progress").equals("0"));
    assertThat(ask(wire, "CONFIG SET auto-aof-rewrite-min-size 1 auto-aof-rewrite-percentage 10")).isEqualTo("+OK");
    int rewrites = Integer.parseInt(info(wire, "aof_rewrites"));
    Wire.await("by itself too", () -> Integer.parseInt(info(wire, "aof_rewrites")) > rewrites + 2);
    first.close();
    writer.join();
    Wire last = wire(server("yes", "no").port());
    int counted = Integer.parseInt(get(last, "count:w"));
    assertThat(counted).isGreaterThanOrEqualTo(acknowledged.get());
    assertThat(ask(last, "LLEN list:w")).isEqualTo(":" + counted);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.filter(file -> file.toString().endsWith(".aof")).count()).as("older segments go").isLessThanOrEqualTo(2);
    }
  }
}
