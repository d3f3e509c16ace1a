package io.qcache.client;

import static io.qcache.client.ScriptedServer.OK;
import static io.qcache.client.ScriptedServer.bulk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.ClosedException;
import io.qcache.ConflictException;
import io.qcache.ConnectionException;
import io.qcache.MemoryLimitException;
import io.qcache.ServerException;
import io.qcache.TimedOutException;
import io.qcache.WrongTypeException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code atomically} says to the server, and what comes of the server's and the network's answers. */
@Timeout(30)
final class TransactionsTest {
  private static final String QUEUED = "+QUEUED\r\n";

  /** Answers as a server does whose keys all hold "v"; EXEC as said. */
  private static ScriptedServer server(String exec) throws IOException {
    return ScriptedServer.answering((peer, command) -> peer.say(switch (command.get(0)) {
      case "WATCH", "UNWATCH", "MULTI" -> OK;
      case "GET" -> bulk("v");
      case "EXEC" -> exec;
      default -> QUEUED;
    }));
  }

  @Test void keysAreWatchedBeforeTheyAreRead_onAConnectionOfItsOwn() throws IOException {
    try (ScriptedServer server = server("*1\r\n+OK\r\n"); QCacheClient client = server.client().connect()) {
      client.atomically(List.of("a", "b"), t -> {
        t.read().get("a");
        t.read().get("c");
        t.read().get("c");
        return t.write().set("a", "w");
      });
      assertThat(server.heardCommands()).containsExactly("2 WATCH a b", "2 GET a", "2 WATCH c", "2 GET c", "2 GET c",
          "2 MULTI", "2 SET a w", "2 EXEC");
    }
  }

  @Test void aBodyThatThrows_isFollowedByUnwatch_andTheConnectionIsUsedAgain() throws IOException {
    try (ScriptedServer server = server("*0\r\n"); QCacheClient client = server.client().connect()) {
      assertThatThrownBy(() -> client.atomically(List.of("a"), t -> {
        t.write().set("a", "w");
        throw new IllegalArgumentException();
      })).isInstanceOf(IllegalArgumentException.class);
      client.atomically(List.of("b"), t -> 1);
      assertThat(server.heardCommands())
          .containsExactly("2 WATCH a", "2 UNWATCH", "2 WATCH b", "2 MULTI", "2 EXEC");
    }
  }

  @Test void nothingWatchedAndNothingWritten_saysNothing() throws IOException {
    try (ScriptedServer server = server("*0\r\n"); QCacheClient client = server.client().connect()) {
      int result = client.atomically(List.of(), t -> 7);
      assertThat(result).isEqualTo(7);
      assertThat(server.heardCommands()).isEmpty();
    }
  }

  @Test void aNullReplyToExec_isAConflict_inBothProtocols() throws IOException {
    for (String nothing : List.of("_\r\n", "*-1\r\n")) {
      try (ScriptedServer server = server(nothing); QCacheClient client = server.client().connect()) {
        assertThatThrownBy(() -> client.atomically(List.of("a"), t -> t.write().set("a", "w")))
            .isInstanceOf(ConflictException.class).hasMessageContaining("64");
        assertThat(server.heardCommands()).filteredOn("2 EXEC"::equals).hasSize(64);
      }
    }
  }

  @Test void whatTheServerWouldNotQueue_isTheReason() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> peer.say(switch (command.get(0)) {
          case "SET" -> "-OOM command not allowed when used memory > 'maxmemory'.\r\n";
          case "EXEC" -> "-EXECABORT Transaction discarded because of previous errors.\r\n";
          default -> OK;
        }));
        QCacheClient client = server.client().connect()) {
      List<CompletableFuture<?>> asked = new ArrayList<>();
      assertThatThrownBy(() -> client.atomically(List.of(), t -> asked.add(t.write().set("a", "w"))))
          .isInstanceOf(MemoryLimitException.class);
      assertThat(asked.get(0)).isCompletedExceptionally();
    }
  }

  @Test void aFailureWithinExec_isItsOwnFuturesAlone_andOfComputeTheCallers() throws IOException {
    String wrongType = "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n";
    try (ScriptedServer server = server("*2\r\n" + wrongType + "+OK\r\n");
        QCacheClient client = server.client().connect()) {
      List<CompletableFuture<?>> all = client.atomically(List.of(), t ->
          List.of(t.write().strings().append("a", "w"), t.write().set("b", "w")));
      assertThatThrownBy(all.get(0)::join).isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(WrongTypeException.class);
      assertThat(all.get(1)).isCompletedWithValue(null);
    }
    try (ScriptedServer server = server("*1\r\n" + wrongType); QCacheClient client = server.client().connect()) {
      assertThatThrownBy(() -> client.strings().compute("k", old -> old)).isInstanceOf(WrongTypeException.class);
    }
  }

  @Test void aConnectionLostAtExec_mayHaveRun_andBeforeIt_not() throws IOException {
    for (String last : List.of("EXEC", "GET")) {
      try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
            if (command.get(0).equals(last)) {
              peer.cut();
            } else {
              peer.say(OK);
            }
          });
          QCacheClient client = server.client().connect()) {
        List<CompletableFuture<?>> asked = new ArrayList<>();
        assertThatThrownBy(() -> client.atomically(List.of("a"), t -> {
          asked.add(t.write().set("a", "w"));
          return last.equals("GET") ? t.read().get("b") : null;
        })).isInstanceOf(ConnectionException.class);
        Class<? extends Throwable> failure = last.equals("EXEC") ? ConnectionException.class : ConflictException.class;
        assertThatThrownBy(asked.get(0)::join).hasCauseInstanceOf(failure);
        assertThat(client.toString()).contains(":" + server.port());
      }
    }
  }

  @Test void anErrorToWatch_isThrown() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> peer.say("-NOPERM no\r\n"));
        QCacheClient client = server.client().connect()) {
      assertThatThrownBy(() -> client.atomically(List.of("a"), t -> 1)).isInstanceOf(ServerException.class);
      assertThatThrownBy(() -> client.atomically(List.of(), t -> t.read().get("a")))
          .isInstanceOf(ServerException.class);
    }
  }

  @Test void aTransactionWithoutReply_timesOut_andItsConnectionIsNotUsedAgain() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
          if (peer.number != 2) {
            peer.say(command.get(0).equals("EXEC") ? "*0\r\n" : OK);
          }
        });
        QCacheClient client = server.client().poolSize(1).commandTimeout(Duration.ofSeconds(1)).connect()) {
      assertThatThrownBy(() -> client.atomically(List.of("a"), t -> 1)).isInstanceOf(TimedOutException.class);
      assertThat(client.<Integer>atomically(List.of("a"), t -> 1)).isEqualTo(1);
      assertThat(server.heardCommands()).containsExactly("2 WATCH a", "3 WATCH a", "3 MULTI", "3 EXEC");
    }
  }

  @Test void whenThePoolIsInUse_othersWait_andTimeOut() throws IOException {
    try (ScriptedServer server = server("*0\r\n");
        QCacheClient client = server.client().poolSize(1).commandTimeout(Duration.ofSeconds(1)).connect()) {
      assertThatThrownBy(() -> client.atomically(List.of("a"), outer -> client.atomically(List.of("b"), inner -> 1)))
          .isInstanceOf(TimedOutException.class).hasMessageContaining("pooled");
      assertThat(client.<Integer>atomically(List.of("a"), t -> 1)).as("it came back").isEqualTo(1);
    }
  }

  @Test void close_endsThoseWhoWaitForThePool_andThoseWhoUseIt() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (ScriptedServer server = server("*0\r\n")) {
      QCacheClient client = server.client().poolSize(1).connect();
      FutureTask<Object> using = new FutureTask<>(() -> client.atomically(List.of("a"), t -> {
        inside.countDown();
        try {
          closed.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return t.read().get("a");
      }));
      new Thread(using).start();
      inside.await();
      FutureTask<Object> waiting = new FutureTask<>(() -> client.atomically(List.of("b"), t -> 1));
      Thread waiter = new Thread(waiting);
      waiter.start();
      while (waiter.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      client.close();
      closed.countDown();
      assertThatThrownBy(waiting::get).hasCauseInstanceOf(ClosedException.class);
      assertThatThrownBy(using::get).hasCauseInstanceOf(ClosedException.class);
      assertThat(Threads.of(server.port())).isEmpty();
    }
  }

  @Test void anIdleConnectionThatTheServerClosed_isReplaced() throws IOException {
    try (ScriptedServer server = server("*0\r\n"); QCacheClient client = server.client().connect()) {
      client.atomically(List.of("a"), t -> 1);
      server.peers.get(1).cut();
      while (Threads.of(server.port()).size() > 1) {
        Thread.onSpinWait();
      }
      assertThat(client.<Integer>atomically(List.of("a"), t -> 2)).isEqualTo(2);
      assertThat(server.accepted()).isEqualTo(3);
    }
  }
}
