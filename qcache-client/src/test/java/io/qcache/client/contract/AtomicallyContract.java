package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.ConflictException;
import io.qcache.NotANumberException;
import io.qcache.ReadOnly;
import io.qcache.TimeToLive;
import io.qcache.Transaction;
import io.qcache.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** {@code atomically}: one step, or none. */
interface AtomicallyContract extends Contract {
  @Test default void everyRead_seesWhatIsThere() {
    cache().setAll(Map.of("a", "1", "b", "22"));
    String result = cache().atomically(List.of(), t -> {
      everyRead(t.read());
      return "done";
    });
    assertThat(result).isEqualTo("done");
  }

  private static void everyRead(ReadOnly<String, String> read) {
    assertThat(read.get("a")).contains("1");
    assertThat(read.getAll(List.of("a", "b", "x"))).isEqualTo(Map.of("a", "1", "b", "22"));
    assertThat(read.exists("b")).isTrue();
    byte[] into = new byte[2];
    assertThat(read.strings().get("b", into, 0)).isEqualTo(2);
    assertThat(into).containsExactly('2', '2');
    assertThat(read.strings().get("x")).isEmpty();
    assertThat(read.strings().getAll(List.of("b"))).isEqualTo(Map.of("b", "22"));
    assertThat(read.strings().getAll(List.of())).isEmpty();
    assertThat(read.strings().length("b")).isEqualTo(2);
    assertThat(read.strings().getRange("b", 0, 0)).isEqualTo("2");
    assertThat(read.keys().exists("x")).isFalse();
    assertThat(read.keys().countExisting(List.of("a", "b", "x"))).isEqualTo(2);
    assertThat(read.keys().type("a")).contains(ValueType.STRING);
    assertThat(read.keys().timeToLive("a")).isEqualTo(TimeToLive.none());
    assertThat(read.keys().deadline("a")).isEmpty();
  }

  @Test default void writes_areAppliedWhenTheBodyReturns_andTheirFuturesCompleteThen() {
    CompletableFuture<Long> sum = cache().atomically(List.of("a", "b"), t -> {
      t.write().set("a", "5");
      CompletableFuture<Long> increment = t.write().strings().increment("a", 2);
      assertThat(increment).isNotDone();
      assertThat(cache().get("a")).as("not yet").isEmpty();
      assertThatThrownBy(increment::join).isInstanceOf(IllegalStateException.class);
      return increment;
    });
    assertThat(sum).isDone();
    assertThat(sum.join()).isEqualTo(7);
    assertThat(cache().get("a")).contains("7");
  }

  @Test default void aBodyThatThrows_changesNothing() {
    List<CompletableFuture<?>> asked = new ArrayList<>();
    assertThatThrownBy(() -> cache().atomically(List.of("a"), t -> {
      asked.add(t.write().set("a", "1"));
      throw new IllegalArgumentException("mine");
    })).isInstanceOf(IllegalArgumentException.class).hasMessage("mine");
    assertThat(cache().get("a")).isEmpty();
    assertThat(asked.get(0)).isCompletedExceptionally();
    CompletableFuture<Void> next = cache().atomically(List.of("a"), t -> t.write().set("a", "2"));
    assertThat(next).isCompleted();
    assertThat(cache().get("a")).contains("2");
  }

  @Test default void aChangeOfAWatchedKey_makesTheBodyRunAgain() {
    int[] runs = new int[1];
    cache().set("a", "1");
    cache().atomically(List.of("a"), t -> {
      if (runs[0]++ == 0) {
        cache().set("a", "10");
      }
      return t.write().set("b", t.read().get("a").orElseThrow() + "0");
    });
    assertThat(runs[0]).isEqualTo(2);
    assertThat(cache().get("b")).contains("100");
  }

  @Test default void aChangeOfAKeyThatWasRead_makesTheBodyRunAgain() {
    int[] runs = new int[1];
    cache().atomically(List.of(), t -> {
      Optional<String> seen = t.read().get("a");
      if (runs[0]++ == 0) {
        cache().set("a", "new");
      }
      return t.write().set("b", seen.orElse("none"));
    });
    assertThat(runs[0]).isEqualTo(2);
    assertThat(cache().get("b")).contains("new");
  }

  @Test default void aBodyThatOnlyReads_seesOneInstant() {
    int[] runs = new int[1];
    cache().setAll(Map.of("a", "1", "b", "1"));
    String seen = cache().atomically(List.of(), t -> {
      String a = t.read().get("a").orElseThrow();
      if (runs[0]++ == 0) {
        cache().setAll(Map.of("a", "2", "b", "2"));
      }
      return a + t.read().get("b").orElseThrow();
    });
    assertThat(seen).isEqualTo("22");
  }

  @Test default void aChangeOfAnotherKey_disturbsNobody() {
    int[] runs = new int[1];
    cache().atomically(List.of("a"), t -> {
      runs[0]++;
      cache().set("b", "x");
      return t.write().set("a", "1");
    });
    assertThat(runs[0]).isEqualTo(1);
  }

  @Test default void aConflictEachTime_isGivenUpAfter64Runs() {
    int[] runs = new int[1];
    List<CompletableFuture<?>> asked = new ArrayList<>();
    assertThatThrownBy(() -> cache().atomically(List.of("a"), t -> {
      cache().set("a", "other " + runs[0]++);
      asked.add(t.write().set("a", "mine"));
      return null;
    })).isInstanceOf(ConflictException.class);
    assertThat(runs[0]).isEqualTo(64);
    assertThat(cache().get("a")).contains("other 63");
    assertThat(Contract.failureOf(asked.get(0))).isInstanceOf(ConflictException.class);
  }

  @Test default void readingAKeyThatTheBodyHasWritten_throws() {
    cache().setAll(Map.of("a", "1", "b", "2"));
    assertThatThrownBy(() -> cache().atomically(List.of(), t -> {
      t.write().keys().rename("a", "b");
      return t.read().get("b");
    })).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> cache().atomically(List.of(), t -> {
      t.write().set("a", "2");
      return t.read().getAll(List.of("b", "a"));
    })).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> cache().atomically(List.of(), t -> {
      t.write().keys().clear();
      return t.read().exists("b");
    })).isInstanceOf(IllegalStateException.class);
    Optional<String> read = cache().atomically(List.of(), t -> {
      t.write().get("a");
      t.write().set("b", "3");
      return t.read().get("a");
    });
    assertThat(read).as("a queued read is no write").contains("1");
    assertThat(cache().getAll(List.of("a", "b"))).isEqualTo(Map.of("a", "1", "b", "3"));
  }

  @Test default void anOperationThatFails_doesNotUndoTheOthers() {
    List<CompletableFuture<?>> asked = cache().atomically(List.of(), t -> List.of(
        t.write().set("a", "text"), t.write().strings().increment("a"), t.write().set("b", "done")));
    assertThat(Contract.failureOf(asked.get(1))).isInstanceOf(NotANumberException.class);
    assertThat(cache().getAll(List.of("a", "b"))).isEqualTo(Map.of("a", "text", "b", "done"));
  }

  @Test default void afterTheBody_aTransactionIsOfNoUse() {
    Transaction<String, String> kept = cache().atomically(List.of("a"), t -> t);
    assertThatThrownBy(() -> kept.read().get("a")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> kept.write().get("a")).isInstanceOf(IllegalStateException.class);
  }

  @Test default void transactions_inEachOther_areTwo() {
    cache().atomically(List.of("a"), outer -> {
      cache().atomically(List.of("b"), inner -> inner.write().set("b", "2"));
      return outer.write().set("a", "1");
    });
    assertThat(cache().getAll(List.of("a", "b"))).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test default void manyThreads_loseNoUpdate() throws InterruptedException, ExecutionException {
    cache().set("n", "0");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(() -> {
          for (int j = 0; j < 50; j++) {
            strings().compute("n", old -> old.map(n -> Long.toString(Long.parseLong(n) + 1)));
            strings().increment("plain");
          }
        }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(cache().get("n")).contains("200");
    assertThat(cache().get("plain")).contains("200");
  }
}
