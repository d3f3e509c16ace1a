package io.qcache.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Slices;
import io.qcache.net.command.Row;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransactionTest {
  private final Harness harness = new Harness();

  @AfterEach void close() {
    harness.close();
  }

  @Test void aWatchedKeyWhoseTimeComes_voidsTheTransaction() {
    Client client = harness.client();
    client.send("set a 1 px 1000\r\nwatch a\r\nmulti\r\nping");
    harness.clock.forward(1_000);
    assertThat(client.send("exec")).isEqualTo("*-1\r\n");
  }

  @Test void aWatchedKeyThatWasDueBefore_isAMissingOne() {
    Client client = harness.client();
    client.send("set a 1 px 1000");
    harness.clock.forward(1_000);
    client.send("watch a\r\nmulti\r\nping");
    assertThat(client.send("exec")).isEqualTo("*1\r\n+PONG\r\n");
  }

  @Test void theTransactionsOwnChanges_voidNotTheNext() {
    Client client = harness.client();
    client.send("watch a\r\nmulti\r\nset a 1");
    assertThat(client.send("exec")).isEqualTo("*1\r\n+OK\r\n");
    client.send("multi\r\nget a");
    assertThat(client.send("exec")).isEqualTo("*1\r\n$1\r\n1\r\n");
  }

  @Test void repliesOffInsideExec_silenceTheWhole_andSkipIsAnswered() {
    Client client = harness.client();
    client.send("multi\r\nclient reply skip\r\nping");
    assertThat(client.send("exec")).isEqualTo("*2\r\n+OK\r\n+PONG\r\n");
    assertThat(client.send("ping\r\nping")).isEqualTo("+PONG\r\n");
    client.send("multi\r\nset a 1\r\nclient reply off\r\nping");
    assertThat(client.send("exec\r\nping")).isEmpty();
    assertThat(client.send("client reply on\r\nget a")).isEqualTo("+OK\r\n$1\r\n1\r\n");
  }

  @Test void queuedMemory_isSeen_andGivenBack() {
    Client client = harness.client();
    client.send("multi");
    client.call("SET", "a", "x".repeat(100_000));
    assertThat(client.session.transaction().queuedBytes()).isBetween(100_000L, 300_000L);
    assertThat(client.session.transaction().queued()).isEqualTo(1);
    client.send("foo"); // from here on nothing of it can ever run
    assertThat(client.session.transaction().queuedBytes()).isLessThan(1_000);
    for (int i = 0; i < 100; i++) {
      assertThat(client.call("SET", "a", "x".repeat(100_000))).isEqualTo("+QUEUED\r\n");
    }
    assertThat(client.session.transaction().queuedBytes()).isLessThan(1_000);
    assertThat(client.send("exec")).startsWith("-EXECABORT");
    assertThat(client.session.transaction().queuedBytes()).isZero();
  }

  @Test void theQueue_givesBackWhatItWasGiven_andRefusesWhatIsTooMuch() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Queue queue = new Queue();
    List<List<String>> given = new ArrayList<>();
    Row row = harness.host.commands().rows().get(0);
    for (int i = 0; i < 2_000; i++) {
      List<String> command = new ArrayList<>();
      Slices args = new Slices();
      for (int n = random.nextInt(8); n >= 0; n--) {
        String text = "x".repeat(random.nextInt(40));
        command.add(text);
        args.add(text.getBytes(StandardCharsets.ISO_8859_1));
      }
      boolean added = queue.add(row, args, 100_000);
      if (added) {
        given.add(command);
      }
    }
    assertThat(queue.size()).as("seed %d", seed).isEqualTo(given.size()).isLessThan(2_000);
    assertThat(queue.bytes()).as("seed %d", seed).isLessThan(400_000);
    Queue.Reader reader = queue.reader();
    Slices args = new Slices();
    for (List<String> command : given) {
      assertThat(reader.next(args)).isSameAs(row);
      List<String> read = new ArrayList<>();
      for (int i = 0; i < args.size(); i++) {
        read.add(args.get(i).toString());
      }
      assertThat(read).as("seed %d", seed).isEqualTo(command);
    }
    assertThat(reader.next(args)).isNull();
  }

  /** Two loops count with WATCH, each on its own thread: no increment may be lost. */
  @Test void optimisticCounting_byTwoSessions_losesNothing() throws Exception {
    ExecutorService loops = Executors.newFixedThreadPool(2);
    try {
      Future<Integer> one = loops.submit(() -> countUp(500));
      Future<Integer> two = loops.submit(() -> countUp(500));
      int conflicts = one.get(60, TimeUnit.SECONDS) + two.get(60, TimeUnit.SECONDS);
      assertThat(harness.client().send("get n")).isEqualTo("$4\r\n1000\r\n");
      assertThat(conflicts).isNotNegative();
    } finally {
      loops.shutdownNow();
    }
  }

  private int countUp(int times) {
    Client client = harness.client();
    int conflicts = 0;
    for (int done = 0; done < times; ) {
      client.send("watch n");
      String value = client.send("get n");
      int n = value.startsWith("$-1") ? 0 : Integer.parseInt(value.split("\r\n")[1]);
      client.send("multi\r\nset n " + (n + 1) + "\r\nset other-" + n + " x");
      if (client.send("exec").startsWith("*2")) {
        done++;
      } else {
        conflicts++;
      }
    }
    client.disconnect();
    return conflicts;
  }

  /** Transactions, whole-database commands and single ones from four threads end, and nobody sees half of an EXEC. */
  @Test void transactionsOfManySessions_neverWaitInACircle_andAreSeenWhole() throws Exception {
    long seed = new Random().nextLong();
    ExecutorService loops = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Random random = new Random(seed + i);
        all.add(loops.submit(() -> transfer(random)));
      }
      for (Future<String> each : all) {
        assertThat(each.get(60, TimeUnit.SECONDS)).as("seed %d", seed).isEmpty();
      }
      assertThat(harness.logged).isEmpty();
    } finally {
      loops.shutdownNow();
    }
  }

  private String transfer(Random random) {
    Client client = harness.client();
    for (int i = 0; i < 1_000; i++) {
      int from = random.nextInt(8);
      int to = random.nextInt(8);
      switch (random.nextInt(8)) {
        case 0 -> client.send("multi\r\ndbsize\r\nkeys a*\r\nscan 0\r\nrandomkey\r\ninfo keyspace\r\nexec");
        case 1 -> client.send("swapdb 1 2");
        case 2 -> client.send("watch a" + from + " a" + to + "\r\nunwatch");
        case 3, 4 -> {
          String sums = client.send("mget a0 a1 a2 a3 a4 a5 a6 a7");
          long sum = 0;
          for (String line : sums.split("\r\n")) {
            sum += line.startsWith("$") || line.startsWith("*") ? 0 : Long.parseLong(line);
          }
          if (sum != 0) {
            return "half a transaction seen: " + sums;
          }
        }
        default -> client.send("multi\r\nincrby a" + from + " 1\r\nselect 1\r\nset x 1\r\nselect 0\r\ndecrby a" + to
            + " 1\r\nexec");
      }
    }
    client.disconnect();
    return "";
  }
}
