package io.qcache.client;

import static io.qcache.client.ScriptedServer.OK;
import static io.qcache.client.ScriptedServer.bulk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.ClosedException;
import io.qcache.ConnectionException;
import io.qcache.MemoryLimitException;
import io.qcache.QCacheException;
import io.qcache.ServerException;
import io.qcache.TimedOutException;
import io.qcache.WrongTypeException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens on the connection that all share when things go wrong. */
@Timeout(30)
final class SharedConnectionTest {
  private static final Duration SOON = Duration.ofMillis(50);
  /** Where other calls have to get through on a machine that is busy. */
  private static final Duration NOT_TOO_SOON = Duration.ofSeconds(1);

  private static Throwable failureOf(CompletableFuture<?> future) throws Exception {
    try {
      future.get(20, TimeUnit.SECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  @Test void theLateReplyOfACallThatTimedOut_isDropped_andTheNextGetsItsOwn() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
          if (command.get(1).equals("second")) {
            peer.say(bulk("late") + bulk("mine"));
          }
        });
        QCacheClient client = server.client().commandTimeout(NOT_TOO_SOON).connect()) {
      assertThatThrownBy(() -> client.get("first")).isInstanceOf(TimedOutException.class).hasMessageContaining("GET");
      assertThat(client.get("second")).contains("mine");
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test void repliesCutAtEveryByte_failWhatWasSent_andTheNextCallHasANewConnection() throws IOException {
    String reply = "$5\r\nhello\r\n";
    AtomicLong clock = new AtomicLong();
    int[] length = new int[1];
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
          if (command.get(1).equals("cut")) {
            peer.say(reply.substring(0, length[0]));
            peer.cut();
          } else {
            peer.say(reply);
          }
        });
        QCacheClient client = server.client().nanoTime(clock::get).connect()) {
      for (length[0] = 0; length[0] < reply.length(); length[0]++) {
        assertThatThrownBy(() -> client.get("cut")).as("cut after " + length[0])
            .isInstanceOfSatisfying(ConnectionException.class, e -> assertThat(e.mayHaveRun()).isTrue());
        clock.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(client.get("whole")).contains("hello");
      }
      assertThat(server.accepted()).isEqualTo(1 + reply.length());
    }
  }

  @Test void repliesThatComeByteByByte_areWhole() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
          peer.socket.setTcpNoDelay(true);
          for (char c : (">2\r\n+news\r\n:1\r\n" + bulk("hello")).toCharArray()) {
            peer.say(String.valueOf(c));
          }
        });
        QCacheClient client = server.client().connect()) {
      assertThat(client.get("k")).as("pushes are nobody's reply").contains("hello");
      assertThat(client.get("k")).contains("hello");
    }
  }

  @Test void errorReplies_areTheExceptionsOfTheFamily() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> peer.say("-" + command.get(1) + "\r\n"));
        QCacheClient client = server.client().connect()) {
      assertThatThrownBy(() -> client.get("LOADING Redis is loading the dataset in memory"))
          .isInstanceOfSatisfying(ServerException.class, e -> assertThat(e.prefix()).isEqualTo("LOADING"));
      assertThatThrownBy(() -> client.get("WRONGTYPE Operation against a key holding the wrong kind of value"))
          .isInstanceOf(WrongTypeException.class);
      assertThatThrownBy(() -> client.get("OOM command not allowed when used memory > 'maxmemory'."))
          .isInstanceOf(MemoryLimitException.class)
          .satisfies(e -> assertThat(e.getStackTrace()).as("thrown where it is caught")
              .anyMatch(frame -> frame.getMethodName().contains("errorReplies_are")));
    }
  }

  @Test void whatIsNoReply_endsTheConnection() throws Exception {
    for (String bad : List.of("?\r\n", "$5\r\nhelloXX", "$-2\r\n", bulk("mine") + bulk("unasked"))) {
      try (ScriptedServer server = ScriptedServer.answering((peer, command) -> peer.say(bad));
          QCacheClient client = server.client().connect()) {
        CompletableFuture<Optional<String>> first = client.async().get("k");
        Throwable failure = failureOf(first);
        assertThat(failure == null || failure instanceof ConnectionException).as(bad + " gave " + failure).isTrue();
        assertThat(server.peers.get(0).socket.getInputStream().read()).as("closed").isEqualTo(-1);
      } catch (IOException reset) {
        // Read while the server's own thread reads too, or reset: closed either way.
      }
    }
  }

  @Test void whatWaitedToBeSentWhenConnectingFailed_hasNotRun() throws Exception {
    AtomicLong clock = new AtomicLong();
    CountDownLatch cut = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.answeringAll((peer, command) -> {
          if (peer.number == 1) {
            peer.say(command.get(0).equals("GET") ? "" : OK);
            return;
          }
          try {
            cut.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          peer.cut();
        });
        QCacheClient client = server.client().nanoTime(clock::get).connect()) {
      CompletableFuture<?> sent = client.async().get("k");
      while (!server.heard.contains("1 GET k")) {
        Thread.onSpinWait();
      }
      server.peers.get(0).cut();
      assertThat(failureOf(sent))
          .isInstanceOfSatisfying(ConnectionException.class, e -> assertThat(e.mayHaveRun()).isTrue());
      CompletableFuture<?> unsent = client.async().get("k");
      cut.countDown();
      assertThat(failureOf(unsent))
          .isInstanceOfSatisfying(ConnectionException.class, e -> assertThat(e.mayHaveRun()).isFalse());
    }
  }

  @Test void whatTheSocketDidNotTake_hasNotRun_butWhatItTookInPartMay() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
          try {
            Thread.currentThread().join(); // reads no more
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
        QCacheClient client = server.client().connect()) {
      String large = "x".repeat(4 << 20);
      List<CompletableFuture<?>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        all.add(client.async().set("k" + i, large));
      }
      server.peers.get(0).cut();
      List<Boolean> mayHaveRun = new ArrayList<>();
      for (CompletableFuture<?> future : all) {
        mayHaveRun.add(((ConnectionException) failureOf(future)).mayHaveRun());
      }
      assertThat(mayHaveRun).startsWith(true).endsWith(false);
      assertThat(mayHaveRun.lastIndexOf(true)).as("in order").isLessThan(mayHaveRun.indexOf(false));
    }
  }

  @Test void aServerThatDoesNotRead_makesCallersWait_notMemoryGrow() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
          try {
            Thread.currentThread().join();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
        QCacheClient client = server.client().commandTimeout(SOON).connect()) {
      String large = "x".repeat(1 << 20);
      List<CompletableFuture<?>> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        all.add(client.async().set("k" + i, large));
        if (all.get(i).isCompletedExceptionally()) {
          break;
        }
      }
      assertThat(all.size()).as("MiB sent or queued").isBetween(16, 100);
      assertThat(failureOf(all.get(all.size() - 1))).isInstanceOf(TimedOutException.class);
    }
  }

  @Test void whileConnectingFails_callsFailAtOnce_andTriesAreFew() throws Exception {
    AtomicLong clock = new AtomicLong();
    try (ScriptedServer server = ScriptedServer.answeringAll((peer, command) -> {
          if (peer.number == 1) {
            peer.say(OK);
          } else {
            peer.cut();
          }
        });
        QCacheClient client = server.client().nanoTime(clock::get).connect()) {
      clock.addAndGet(Duration.ofSeconds(60).toNanos());
      server.peers.get(0).cut();
      while (!Threads.of(server.port()).isEmpty()) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < 100; i++) {
        assertThatThrownBy(() -> client.get("k"))
            .isInstanceOfSatisfying(ConnectionException.class, e -> assertThat(e.mayHaveRun()).isFalse());
      }
      assertThat(server.accepted()).as("one try, then a pause").isEqualTo(2);
      clock.addAndGet(Duration.ofSeconds(3).toNanos());
      assertThatThrownBy(() -> client.get("k")).isInstanceOf(ConnectionException.class);
      assertThat(server.accepted()).isEqualTo(3);
      server.script((peer, command) -> peer.say(command.get(0).equals("GET") ? bulk("back") : OK));
      clock.addAndGet(Duration.ofSeconds(3).toNanos());
      assertThat(client.get("k")).contains("back");
    }
  }

  @Test void aServerThatOwesAReplyAndSaysNothing_isGivenUp() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> { });
        QCacheClient client = server.client().longestSilence(SOON).connect()) {
      assertThat(failureOf(client.async().get("k"))).isInstanceOf(ConnectionException.class)
          .hasMessageContaining("no word for PT0.05S");
    }
  }

  @Test void close_endsWaitingCalls_andLeavesNoThread() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> heard.countDown())) {
      QCacheClient client = server.client().connect();
      FutureTask<Object> waiting = new FutureTask<>(() -> client.get("k"));
      new Thread(waiting).start();
      heard.await();
      CompletableFuture<?> future = client.async().get("k");
      client.close();
      assertThatThrownBy(waiting::get).hasCauseInstanceOf(ClosedException.class);
      assertThat(failureOf(future)).isInstanceOf(ClosedException.class);
      assertThat(Threads.of(server.port())).isEmpty();
      assertThatThrownBy(() -> client.get("k")).isInstanceOf(ClosedException.class);
    }
  }

  @Test void anInterrupt_endsTheCall_keepsTheFlag_andLeavesTheConnection() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
          heard.countDown();
          if (command.get(1).equals("second")) {
            peer.say(bulk("late") + bulk("mine"));
          }
        });
        QCacheClient client = server.client().connect()) {
      FutureTask<Boolean> flag = new FutureTask<>(() -> {
        assertThatThrownBy(() -> client.get("first")).isExactlyInstanceOf(QCacheException.class)
            .hasCauseInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> client.get("unsent")).isExactlyInstanceOf(QCacheException.class);
        return Thread.currentThread().isInterrupted();
      });
      Thread thread = new Thread(flag);
      thread.start();
      heard.await();
      thread.interrupt();
      assertThat(flag.get()).isTrue();
      assertThat(client.get("second")).contains("mine");
      assertThat(server.heardCommands()).containsExactly("1 GET first", "1 GET second");
    }
  }

  @Test void selectGoesOutWithTheCommandWhoseDatabaseDiffers() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) ->
            peer.say(command.get(0).equals("SELECT") ? OK : bulk("v")));
        QCacheClient client = server.client().connect()) {
      client.get("a");
      var third = client.database(3);
      third.get("b");
      third.get("c");
      client.get("d");
      assertThat(server.heardCommands()).containsExactly("1 GET a", "1 SELECT 3", "1 SELECT 0", // is there such a one?
          "1 SELECT 3", "1 GET b", "1 GET c", "1 SELECT 0", "1 GET d");
    }
  }

  @Test void aSelectThatFailsInTheStream_endsTheConnection_asWhatFollowsRunsInTheWrongDatabase() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) ->
            peer.say(command.get(0).equals("SELECT") ? OK : bulk("v")));
        QCacheClient client = server.client().connect()) {
      var third = client.database(3);
      server.script((peer, command) ->
          peer.say(command.get(0).equals("SELECT") ? "-NOPERM no such luck\r\n" : bulk("of the wrong database")));
      assertThatThrownBy(() -> third.get("b")).isInstanceOf(ConnectionException.class).hasMessageContaining("NOPERM");
    }
  }

  @Test void aCallOnTheConnectionsOwnThread_isRefusedRatherThanHanging() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          peer.say(bulk("v"));
        });
        QCacheClient client = server.client().connect()) {
      CompletableFuture<?> refused = client.async().get("a").thenApply(v -> client.get("b"));
      CompletableFuture<?> asking = client.async().get("a").thenApply(v -> client.database(3));
      CompletableFuture<?> throwing = client.async().get("a").thenApply(v -> {
        throw new IllegalArgumentException("mine");
      });
      CompletableFuture<?> chained = client.async().get("a").thenCompose(v -> client.async().get("b"));
      go.countDown();
      assertThat(failureOf(refused)).isInstanceOf(IllegalStateException.class);
      assertThat(failureOf(asking)).isInstanceOf(IllegalStateException.class);
      assertThat(failureOf(throwing)).isInstanceOf(IllegalArgumentException.class);
      assertThat(failureOf(chained)).isNull();
    }
  }

  @Test void aFutureThatWasCancelled_isLeftOut_andTheOthersKeepTheirReplies() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          peer.say(bulk(command.get(1)));
        });
        QCacheClient client = server.client().connect()) {
      CompletableFuture<Optional<String>> first = client.async().get("first");
      CompletableFuture<Optional<String>> second = client.async().get("second");
      first.cancel(true);
      go.countDown();
      assertThat(second.get()).contains("second");
      assertThatThrownBy(first::join).isInstanceOf(CancellationException.class);
    }
  }

  @Test void aPipelineOnALostConnection_isSeenInItsFutures() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
          if (command.get(1).equals("b")) {
            peer.cut();
          } else {
            peer.say(bulk("v"));
          }
        });
        QCacheClient client = server.client().connect()) {
      List<CompletableFuture<Optional<String>>> all = client.pipeline(p -> List.of(p.get("a"), p.get("b"), p.get("c")));
      assertThat(all).allMatch(CompletableFuture::isDone);
      assertThatThrownBy(all.get(2)::join).isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(ConnectionException.class);
    }
  }

  @Test void aPipelineWithoutReplies_timesOut_andSoDoItsFutures() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
          if (command.get(1).equals("a")) {
            peer.say(bulk("v"));
          }
        });
        QCacheClient client = server.client().commandTimeout(NOT_TOO_SOON).connect()) {
      List<CompletableFuture<Optional<String>>> all = new ArrayList<>();
      assertThatThrownBy(() -> client.pipeline(p -> {
        all.add(p.get("a"));
        all.add(p.get("b"));
        return 0;
      })).isInstanceOf(TimedOutException.class);
      assertThat(all.get(0).join()).contains("v");
      assertThat(failureOf(all.get(1))).isInstanceOf(TimedOutException.class);
    }
  }
}
