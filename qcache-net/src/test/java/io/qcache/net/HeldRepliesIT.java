package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.NotLoggedException;
import io.qcache.QCache;
import io.qcache.disk.Directory;
import io.qcache.embedded.EmbeddedCache;
import io.qcache.engine.Engine;
import io.qcache.log.ForcePolicy;
import io.qcache.net.loop.Wire;
import io.qcache.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No reply leaves before the log is as far as what it tells; and what is told where the log cannot be written. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
class HeldRepliesIT {
  private static final String FULL = "-MISCONF Errors writing to the AOF file: No space left on device\r";
  private static final String CONFIRMED = "*3\r\n$9\r\nsubscribe\r\n$16\r\n__keyspace@0__:m\r\n:1\r\n";
  private static final String EVENT = "*3\r\n$7\r\nmessage\r\n$16\r\n__keyspace@0__:m\r\n";
  private static final String EVENTS = EVENT + "$3\r\nset\r\n" + EVENT + "$6\r\nincrby\r\n";
  private static final int FLOOD = 24; // messages of a megabyte: more than the system takes
  private static final int BIG = 3 << 20;
  private static final long SETTLE_MILLIS = 60; // for what must not come; what must is waited for

  @TempDir private Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();
  private GatedDirectory disk;
  private Engine opened;
  private QCacheServer server;

  private void open(ForcePolicy policy) throws IOException {
    disk = new GatedDirectory(Directory.at(directory));
    Engine engine = Engine.open(new Engine.Settings().log((level, line) -> { }));
    opened = engine;
    open.add(engine);
    Snapshots snapshots = new Snapshots(engine, disk);
    engine.snapshots(snapshots);
    snapshots.restore(false, policy);
    server = QCacheServer.builder().port(-1).eventLoops(2).option("notify-keyspace-events", "KEA").log((level, line) -> { })
        .host(new EmbeddedCache(engine));
    open.add(server);
  }

  @AfterEach void closeAll() throws Exception {
    disk.shut(false);
    disk.full = false;
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private Wire wire() throws IOException {
    Wire wire = new Wire(server.port());
    open.add(wire);
    return wire;
  }

  private static String ask(Wire wire, String command) throws IOException {
    return wire.ask(command + "\r").trim();
  }

  /** What each client sends, and what it is to get for it when it may. */
  private record Client(Wire wire, String sends, String gets) {}

  @Test void under_always_nothingLeavesBeforeTheForce_andThenEverythingInItsOrder() throws Exception {
    open(ForcePolicy.ALWAYS);
    Wire first = wire();
    first.send("*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$" + BIG + "\r\n" + "b".repeat(BIG) + "\r\n");
    assertThat(first.line()).isEqualTo("+OK\r");
    Map<String, Client> clients = new TreeMap<>();
    StringBuilder pipeline = new StringBuilder();
    StringBuilder replies = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      pipeline.append("SET p").append(i).append(" 1\r\nGET p").append(i).append("\r\n");
      replies.append("+OK\r\n$1\r\n1\r\n");
    }
    clients.put("a pipeline", new Client(wire(), pipeline.toString(), replies.toString()));
    String big = "$" + BIG + "\r\n" + "b".repeat(BIG) + "\r\n";
    clients.put("replies in chunks", new Client(wire(), "GET big\r\nSET c 1\r\nGET big\r\nPING\r\n", big + "+OK\r\n" + big + "+PONG\r\n"));
    clients.put("a transaction", new Client(wire(), "MULTI\r\nSET m 1\r\nINCR m\r\nEXEC\r\n", "+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n+OK\r\n:2\r\n"));
    clients.put("a push", new Client(wire(), "RPUSH waited x\r\n", ":1\r\n"));
    clients.put("who goes", new Client(wire(), "SET q 1\r\nQUIT\r\n", "+OK\r\n+OK\r\n"));
    Wire taker = wire();
    taker.send("BLPOP waited 0\r\n");
    Wire subscriber = wire();
    subscriber.send("SUBSCRIBE __keyspace@0__:m\r\n").read(CONFIRMED.length());
    Wire slow = new Wire(server.port(), 64 << 10);
    open.add(slow);
    slow.send("SUBSCRIBE __keyspace@0__:m\r\n").read(CONFIRMED.length());
    slow.send("SUBSCRIBE flood\r\n").read("*3\r\n$9\r\nsubscribe\r\n$5\r\nflood\r\n:2\r\n".length());
    String message = "m".repeat(1 << 20);
    for (int i = 0; i < FLOOD; i++) {
      assertThat(first.send(Wire.command("PUBLISH", "flood", message)).line()).isEqualTo(":1\r");
    }
    Wire.await("it waits", () -> text(first, "INFO clients").contains("blocked_clients:1"));
    disk.shut(true);
    first.send("SET before 1\r\n");
    Wire.await("a force is under way", () -> disk.waiting() == 1);
    for (Client client : clients.values()) {
      client.wire.send(client.sends);
    }
    Wire reader = wire();
    reader.send("GET before\r\nPING\r\n");
    Thread.sleep(SETTLE_MILLIS);
    clients.forEach((what, client) -> assertThat(available(client.wire)).as(what).isZero());
    assertThat(available(first)).as("who wrote").isZero();
    assertThat(available(taker)).as("who was served").isZero();
    assertThat(available(subscriber)).as("who listens").isZero();
    assertThat(available(reader)).as("who reads what is not safe").isZero();
    int seen = 0;
    while (available(slow) > 0) {
      int count = available(slow);
      assertThat(slow.read(count)).as("who listens slowly").doesNotContain("incrby");
      seen += count;
      Thread.sleep(2);
    }
    disk.shut(false);
    assertThat(first.line()).isEqualTo("+OK\r");
    for (Map.Entry<String, Client> each : clients.entrySet()) {
      String gets = each.getValue().gets;
      assertThat(each.getValue().wire.read(gets.length()).equals(gets)).as(each.getKey()).isTrue();
    }
    String popped = "*2\r\n$6\r\nwaited\r\n$1\r\nx\r\n";
    assertThat(taker.read(popped.length())).isEqualTo(popped);
    assertThat(subscriber.read(EVENTS.length())).isEqualTo(EVENTS);
    slow.skip(FLOOD * ("*3\r\n$7\r\nmessage\r\n$5\r\nflood\r\n$1048576\r\n".length() + message.length() + 2L) - seen);
    assertThat(slow.read(EVENTS.length())).isEqualTo(EVENTS);
    assertThat(reader.read(14)).isEqualTo("$1\r\n1\r\n+PONG\r\n");
    assertThat(ask(clients.get("a pipeline").wire, "PING")).as("and they go on").isEqualTo("+PONG");
    assertThat(clients.get("who goes").wire.isClosed()).isTrue();
  }

  @ParameterizedTest @EnumSource
  void whereTheDiskIsFull_writesAreRefused_readsGoOn_andItHealsByItself(ForcePolicy policy) throws Exception {
    open(policy);
    Wire wire = wire();
    Wire other = wire();
    assertThat(ask(wire, "SET a 1")).isEqualTo("+OK");
    disk.full = true;
    assertThat(wire.send("SET a 2\r\nGET a\r\nINCR b\r\n").line()).as("in flight").isEqualTo(FULL);
    assertThat(wire.line()).isEqualTo(FULL);
    assertThat(wire.line()).isEqualTo(FULL);
    for (Wire each : List.of(wire, other)) {
      assertThat(ask(each, "PING")).isEqualTo("+PONG");
      assertThat(ask(each, "EXISTS a")).isEqualTo(":1");
      Wire.await("it is refused before it is run", () -> each.send("APPEND e x\r\n").line().equals(FULL) && isRefused(each));
      assertThat(each.send("MULTI\r\nSET c 1\r\n").line()).isEqualTo("+OK\r");
      assertThat(each.line()).isEqualTo(FULL);
      assertThat(ask(each, "EXEC")).startsWith("-EXECABORT");
    }
    assertThat(text(wire, "INFO persistence")).contains("aof_last_write_status:err");
    disk.full = false;
    long start = System.nanoTime();
    Wire.await("it heals", () -> ask(wire, "SET d 1").equals("+OK"));
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1_000);
    assertThat(text(wire, "INFO persistence")).contains("aof_last_write_status:ok");
    restart(policy);
    assertThat(text(wire(), "GET a")).as("what was in flight is logged then").isEqualTo("2");
    assertThat(ask(wire(), "EXISTS a b c d")).as("what was refused is not").isEqualTo(":3");
  }

  @Test void whereAForceFails_writesAreRefused_untilASnapshotIsSafe_behindWhichItGoesOn() throws Exception {
    open(ForcePolicy.ALWAYS);
    Wire wire = wire();
    assertThat(ask(wire, "SET a 1")).isEqualTo("+OK");
    disk.forcesFail = true;
    assertThat(ask(wire, "SET a 2")).isEqualTo("-MISCONF Errors writing to the AOF file: Input/output error");
    assertThat(ask(wire, "PING")).isEqualTo("+PONG");
    disk.forcesFail = false;
    Wire.await("it heals", () -> ask(wire, "SET b 1").equals("+OK"));
    restart(ForcePolicy.ALWAYS);
    assertThat(ask(wire(), "EXISTS a b")).isEqualTo(":2");
  }

  @Test void anEmbeddedChange_returnsWhenItIsSafe_andFailsWhereItCannotBe() throws Exception {
    open(ForcePolicy.ALWAYS);
    QCache cache = new EmbeddedCache(opened);
    cache.set("a", "1");
    disk.shut(true);
    Thread writer = new Thread(() -> cache.set("a", "2"));
    writer.start();
    Wire.await("a force is under way", () -> disk.waiting() == 1);
    writer.join(SETTLE_MILLIS);
    assertThat(writer.isAlive()).isTrue();
    disk.shut(false);
    writer.join();
    disk.full = true;
    assertThatThrownBy(() -> cache.set("a", "3")).isInstanceOf(NotLoggedException.class)
        .hasMessage("MISCONF Errors writing to the AOF file: No space left on device");
    assertThatThrownBy(() -> cache.setAll(Map.of("a", "4", "b", "4"))).isInstanceOf(NotLoggedException.class);
    assertThat(cache.get("a")).contains("4");
    disk.full = false;
    Wire.await("it heals", () -> {
      try {
        cache.set("c", "1");
        return true;
      } catch (NotLoggedException still) {
        return false;
      }
    });
    restart(ForcePolicy.EVERYSEC);
    assertThat(ask(wire(), "EXISTS a b c")).isEqualTo(":3");
  }

  private static boolean isRefused(Wire wire) throws IOException {
    String before = ask(wire, "STRLEN e");
    return wire.send("APPEND e x\r\n").line().equals(FULL) && ask(wire, "STRLEN e").equals(before);
  }

  private void restart(ForcePolicy policy) throws Exception {
    closeAll();
    open.clear();
    open(policy);
  }

  private static int available(Wire wire) {
    try {
      return wire.available();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a bulk reply has. */
  private static String text(Wire wire, String command) throws IOException {
    int length = Integer.parseInt(ask(wire, command).substring(1));
    return wire.read(length + 2).trim();
  }
}
