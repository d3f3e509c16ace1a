package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.QCache;
import io.qcache.net.loop.Wire;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thousand connections that wait for a hundred lists, and what must hold when others push, through both doors.  As many
 * schedules as {@code -Dqcache.schedules} says.
 */
@Timeout(600)
class BlockingStressIT {
  private static final int KEYS = 100;
  private static final int LAYERS = 10; // of waiters, one a key
  private static final int CONNECTIONS = 50;
  private static final int THREADS = 4;
  private static final int SCHEDULES = Integer.getInteger("qcache.schedules", 2);

  private final long seed = System.nanoTime();
  private final List<Waiting> waiters = new ArrayList<>();
  private final List<Wire> pushers = new ArrayList<>();
  private QCache cache;
  private QCacheServer server;
  private Wire control;

  /** A connection that waits. */
  private static final class Waiting implements Closeable {
    private final Socket socket = new Socket();
    private final InputStream in;
    private final long id;
    private List<String> keys;
    private boolean moves;
    private boolean stillWaited; // when all was over

    Waiting(int port) throws IOException {
      socket.connect(new InetSocketAddress("127.0.0.1", port), Wire.PATIENCE_MILLIS);
      socket.setSoTimeout(Wire.PATIENCE_MILLIS);
      in = new BufferedInputStream(socket.getInputStream(), 256);
      send("CLIENT ID");
      id = Long.parseLong(line().substring(1));
    }

    void send(String command) throws IOException {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException("after '" + line + "'");
        }
        line.append((char) c);
      }
      return line.toString().trim();
    }

    /** The element that came; the first line where none did; null where the server has closed. */
    String reply() throws IOException {
      try {
        String first = line();
        if (first.startsWith("*2")) {
          line();
          assertThat(line()).isIn(keys);
        }
        boolean isElement = first.startsWith("*2") || first.startsWith("$") && !first.equals("$-1");
        if (first.startsWith("*2")) {
          line();
        }
        return isElement ? line() : first;
      } catch (EOFException | SocketException killed) {
        return null;
      }
    }

    @Override public void close() throws IOException {
      socket.close();
    }
  }

  @BeforeEach void open() throws IOException {
    cache = QCache.open();
    server = QCacheServer.builder().port(0).eventLoops(2).log((level, message) -> { }).host(cache);
    control = new Wire(server.port());
  }

  @AfterEach void close() throws Exception {
    for (Waiting each : waiters) {
      each.close();
    }
    for (Wire each : pushers) {
      each.close();
    }
    control.close();
    server.close();
    cache.close();
  }

  private void connect(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      waiters.add(new Waiting(server.port()));
    }
    for (int i = 0; i < CONNECTIONS; i++) {
      pushers.add(new Wire(server.port()));
    }
  }

  private void awaitBlocked(int count) throws Exception {
    Wire.await(count + " blocked", () -> {
      control.send("INFO clients\r\n");
      String line = control.line();
      while (!line.startsWith("blocked_clients:")) {
        line = control.line();
      }
      control.line(); // of the end
      return line.equals("blocked_clients:" + count + "\r");
    });
  }

  /** What one pusher sends; elements are {@code key:pusher:number}. */
  private static final class Batch {
    private final int pusher;
    private final StringBuilder text = new StringBuilder();
    private final List<String[]> pushes = new ArrayList<>(); // a key and its elements
    private int lines;

    Batch(int pusher) {
      this.pusher = pusher;
    }

    String element(String key, int number) {
      return key + ":" + pusher + ":" + number;
    }

    void push(String key, int from, int count) {
      String[] words = new String[count + 1];
      words[0] = key;
      for (int i = 0; i < count; i++) {
        words[i + 1] = element(key, from + i);
      }
      pushes.add(words);
      text.append("RPUSH ").append(String.join(" ", words)).append("\r\n");
      lines++;
    }
  }

  private static String key(int number) {
    return "k" + number;
  }

  private static Thread thread(Queue<Throwable> failures, Wire.Condition body) {
    Thread thread = new Thread(() -> {
      try {
        body.holds();
      } catch (Throwable failure) {
        failures.add(failure);
      }
    });
    thread.start();
    return thread;
  }

  @Test void aThousand_areServedInTheirOrder_nothingLostOrServedTwice() throws Exception {
    connect(KEYS * LAYERS);
    for (int schedule = 0; schedule < SCHEDULES; schedule++) {
      ordered(new Random(seed + schedule), "seed " + (seed + schedule));
    }
  }

  private void ordered(Random random, String seed) throws Exception {
    for (int layer = 0; layer < LAYERS; layer++) {
      for (int key = 0; key < KEYS; key++) {
        Waiting waiter = waiters.get(layer * KEYS + key);
        waiter.keys = List.of(key(key));
        waiter.send(random.nextBoolean() ? "BLPOP " + key(key) + " 0" : "BLPOP " + key(key) + " 60");
      }
      awaitBlocked((layer + 1) * KEYS);
    }
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS + THREADS; i++) {
      batches.add(new Batch(i));
    }
    int[] owed = new int[KEYS];
    Set<String> pushed = new HashSet<>();
    for (int left = KEYS * LAYERS; left > 0; ) {
      int key = random.nextInt(KEYS);
      if (owed[key] >= LAYERS) {
        continue;
      }
      Batch batch = batches.get(random.nextInt(batches.size()));
      int count = Math.min(1 + random.nextInt(3), LAYERS - owed[key] + random.nextInt(2));
      boolean within = batch.pusher < CONNECTIONS && random.nextInt(4) == 0;
      if (within) {
        batch.text.append("MULTI\r\n");
      }
      batch.push(key(key), owed[key], count);
      if (within) {
        batch.text.append("EXEC\r\n");
        batch.lines += 3;
      }
      for (int i = 0; i < count; i++) {
        pushed.add(batch.element(key(key), owed[key] + i));
      }
      left -= Math.min(count, LAYERS - owed[key]);
      owed[key] += count;
    }
    run(batches, random);
    Map<String, Integer> last = new HashMap<>();
    for (int layer = 0; layer < LAYERS; layer++) {
      for (int key = 0; key < KEYS; key++) {
        receive(waiters.get(layer * KEYS + key).reply(), key(key), pushed, last, seed);
      }
    }
    for (int key = 0; key < KEYS; key++) {
      for (String each : cache.lists().pollFirst(key(key), 1_000)) {
        receive(each, key(key), pushed, last, seed);
      }
    }
    assertThat(pushed).as(seed).isEmpty();
  }

  private static void receive(String element, String key, Set<String> pushed, Map<String, Integer> last, String seed) {
    assertThat(pushed.remove(element)).as("%s: %s, pushed and not received before", seed, element).isTrue();
    int at = element.lastIndexOf(':');
    assertThat(element).as(seed).startsWith(key + ":");
    int number = Integer.parseInt(element.substring(at + 1));
    assertThat(last.getOrDefault(element.substring(0, at), -1)).as("%s: before %s", seed, element).isLessThan(number);
    last.put(element.substring(0, at), number);
  }

  /** Pushes all, by connections and threads at once. */
  private void run(List<Batch> batches, Random random) throws Exception {
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (Batch batch : batches.subList(CONNECTIONS, batches.size())) {
      threads.add(thread(failures, () -> {
        for (String[] push : batch.pushes) {
          cache.lists().addAllLast(push[0], List.of(push).subList(1, push.length));
        }
        return true;
      }));
    }
    int parts = 1 + random.nextInt(4);
    for (int part = 0; part < parts; part++) {
      for (int i = 0; i < CONNECTIONS; i++) {
        String text = batches.get(i).text.toString();
        pushers.get(i).send(text.substring(text.length() * part / parts, text.length() * (part + 1) / parts));
      }
    }
    for (int i = 0; i < CONNECTIONS; i++) {
      for (int line = 0; line < batches.get(i).lines; line++) {
        pushers.get(i).line();
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  @Test void whenTheyGiveUp_areKilledOrUnblocked_everyElementIsReceivedOnce_orStillInItsList() throws Exception {
    connect(KEYS * LAYERS);
    for (int schedule = 0; schedule < SCHEDULES; schedule++) {
      mixed(new Random(seed - schedule), "seed " + (seed - schedule));
    }
  }

  private void mixed(Random random, String seed) throws Exception {
    for (int i = 0; i < waiters.size(); i++) {
      Waiting waiter = waiters.get(i);
      List<String> keys = new ArrayList<>();
      for (int left = random.nextInt(4) == 0 ? 3 : 1; left > 0; left--) {
        keys.add(key(random.nextInt(KEYS)));
      }
      waiter.keys = keys;
      waiter.moves = random.nextInt(3) == 0;
      waiter.stillWaited = false;
      String timeout = random.nextBoolean() ? " 0" : " 0.0" + (1 + random.nextInt(99));
      String to = random.nextBoolean() ? "done" + random.nextInt(KEYS) : key(random.nextInt(KEYS));
      waiter.send(waiter.moves ? "BLMOVE " + keys.get(0) + " " + to + " LEFT RIGHT" + timeout
          : (random.nextBoolean() ? "BLPOP " : "BRPOP ") + String.join(" ", keys) + timeout);
      waiter.keys = waiter.moves ? keys.subList(0, 1) : keys;
    }
    Set<String> pushed = ConcurrentHashMap.newKeySet();
    Set<String> received = ConcurrentHashMap.newKeySet();
    Set<Long> killed = ConcurrentHashMap.newKeySet();
    AtomicInteger twice = new AtomicInteger();
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    long ownSeed = random.nextLong();
    for (int i = 0; i < THREADS; i++) {
      int self = i;
      Random own = new Random(ownSeed + i);
      threads.add(thread(failures, () -> {
        for (int n = 0; n < 60; n++) {
          String key = key(own.nextInt(KEYS));
          if (own.nextInt(4) == 0) {
            cache.lists().pollLast(key).ifPresent(each -> twice.addAndGet(received.add(each) ? 0 : 1));
          } else {
            String element = "java" + self + ":" + n;
            pushed.add(element);
            cache.lists().addLast(key, element);
          }
        }
        return true;
      }));
      threads.add(thread(failures, () -> { // a fifth of the connections, or so, one after the other
        for (int n = 0; n < 100; n++) {
          int number = self + THREADS * own.nextInt(CONNECTIONS / THREADS);
          pushBy(pushers.get(number), own, number + ":" + n, pushed);
        }
        return true;
      }));
    }
    threads.add(thread(failures, () -> {
      Random own = new Random(ownSeed - 1);
      for (int n = 0; n < 150; n++) {
        long id = waiters.get(own.nextInt(waiters.size())).id;
        switch (own.nextInt(3)) {
          case 0 -> {
            control.ask("CLIENT KILL ID " + id);
            killed.add(id);
          }
          case 1 -> control.ask("CLIENT UNBLOCK " + id + " ERROR");
          default -> control.ask("CLIENT UNBLOCK " + id);
        }
      }
      return true;
    }));
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).as(seed).isEmpty();
    Set<String> full = new HashSet<>();
    for (int key = 0; key < KEYS; key++) {
      if (cache.lists().length(key(key)) > 0) {
        full.add(key(key));
      }
    }
    for (Waiting waiter : waiters) {
      waiter.stillWaited = control.ask("CLIENT UNBLOCK " + waiter.id).equals(":1\r");
      if (waiter.stillWaited) {
        assertThat(waiter.keys).as("%s: waited for, and there", seed).doesNotContainAnyElementsOf(full);
      }
    }
    int mayBeLost = 0; // served to one that was killed before it could read that
    int served = 0;
    for (int i = 0; i < waiters.size(); i++) {
      Waiting waiter = waiters.get(i);
      String reply = waiter.reply();
      if (killed.contains(waiter.id)) {
        mayBeLost += reply == null && !waiter.moves ? 1 : 0;
        waiter.close();
        waiters.set(i, new Waiting(server.port()));
      }
      if (reply != null && !reply.equals("*-1") && !reply.startsWith("-UNBLOCKED")) {
        assertThat(pushed).as(seed).contains(reply);
        assertThat(waiter.stillWaited).as(seed).isFalse();
        served++;
        if (!waiter.moves) {
          twice.addAndGet(received.add(reply) ? 0 : 1);
        }
      }
    }
    for (int key = 0; key < KEYS; key++) {
      for (String list : List.of(key(key), "done" + key)) {
        cache.lists().pollFirst(list, 10_000).forEach(each -> twice.addAndGet(received.add(each) ? 0 : 1));
      }
    }
    assertThat(twice.get()).as("%s: received twice", seed).isZero();
    assertThat(pushed).as(seed).containsAll(received);
    assertThat(pushed.size() - received.size()).as("%s: lost", seed).isLessThanOrEqualTo(mayBeLost);
    assertThat(served).as(seed).isGreaterThan(50);
    assertThat(cache.keys().size()).as(seed).isZero();
  }

  private static void pushBy(Wire wire, Random random, String element, Set<String> pushed) throws IOException {
    String key = key(random.nextInt(KEYS));
    int kind = random.nextInt(4);
    if (kind > 1) {
      pushed.add(element);
      assertThat(wire.ask((kind == 2 ? "RPUSH " : "LPUSH ") + key + " " + element)).startsWith(":");
      return;
    }
    String other = key(random.nextInt(KEYS));
    wire.send("WATCH " + key + "\r\nLLEN " + other + "\r\nMULTI\r\nRPUSH " + key + " " + element + "\r\nLPUSH " + other + " "
        + element + "b\r\n");
    for (String expected : List.of("+OK", ":", "+OK", "+QUEUED", "+QUEUED")) {
      assertThat(wire.line()).startsWith(expected);
    }
    pushed.add(element); // others may have it before the reply is here
    pushed.add(element + "b");
    if (!wire.ask("EXEC").startsWith("*2")) {
      pushed.remove(element);
      pushed.remove(element + "b");
      return;
    }
    assertThat(wire.line()).startsWith(":");
    assertThat(wire.line()).startsWith(":");
  }

  @Test void aServerThatCloses_takesNothingForThoseWhoWaited() throws Exception {
    connect(200);
    for (int i = 0; i < waiters.size(); i++) {
      waiters.get(i).keys = List.of(key(i % KEYS));
      waiters.get(i).send((i % 2 == 0 ? "BLPOP " : "BRPOP other ") + key(i % KEYS) + " " + (i % 3 == 0 ? "0" : "30"));
    }
    awaitBlocked(200);
    long start = System.nanoTime();
    server.close();
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    for (Waiting each : waiters) {
      assertThat(each.reply()).isNull();
    }
    for (int key = 0; key < KEYS; key++) {
      assertThat(cache.lists().addLast(key(key), "later")).isEqualTo(1);
      assertThat(cache.lists().pollFirst(key(key))).contains("later");
    }
  }

  @Test void aCacheThatCloses_endsTheWaitsForIt() throws Exception {
    connect(100);
    for (int i = 0; i < waiters.size(); i++) {
      waiters.get(i).send("BLMOVE " + key(i) + " done LEFT LEFT 0");
    }
    awaitBlocked(100);
    cache.close();
    for (Waiting each : waiters) {
      assertThat(each.reply()).isNull();
    }
  }
}
