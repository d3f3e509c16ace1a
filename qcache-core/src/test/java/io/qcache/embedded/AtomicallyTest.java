package io.qcache.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.AsyncKeyspace;
import io.qcache.ClosedException;
import io.qcache.ConflictException;
import io.qcache.CopyOptions;
import io.qcache.FakeClock;
import io.qcache.NotANumberException;
import io.qcache.Transaction;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transactions and pipelines of the embedded door, and their futures. */
class AtomicallyTest {
  private final FakeClock clock = new FakeClock();
  private final Engine engine = Engine.open(Engines.settings(4, clock));
  private final EmbeddedCache cache = new EmbeddedCache(engine);

  @AfterEach void close() {
    cache.close();
  }

  private static <T> T inside(Function<Transaction<String, String>, T> body, Transaction<String, String> transaction) {
    return body.apply(transaction);
  }

  // Conflicts

  @Test void aConflict_runsTheBodyAgain_andOnlyTheLastTryCounts() {
    cache.set("k", "0");
    AtomicInteger runs = new AtomicInteger();
    List<CompletableFuture<Void>> futures = new ArrayList<>();
    String result = cache.atomically(List.of("k"), transaction -> {
      int run = runs.incrementAndGet();
      futures.add(transaction.write().set("of try " + run, "x"));
      if (run < 4) {
        cache.set("k", "other's " + run);
      }
      return "try " + run;
    });
    assertThat(result).isEqualTo("try 4");
    assertThat(cache.keys().matching("of*")).containsExactly("of try 4");
    assertThat(futures.get(3)).isCompletedWithValue(null);
    for (CompletableFuture<Void> lost : futures.subList(0, 3)) {
      assertThatThrownBy(lost::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(ConflictException.class);
    }
  }

  @Test void after64Conflicts_itIsGivenUp_withNothingChanged() {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(() -> cache.atomically(List.of("k"), transaction -> {
      cache.strings().increment("k");
      transaction.write().set("n", "x");
      return runs.incrementAndGet();
    })).isInstanceOf(ConflictException.class).hasMessageContaining("64");
    assertThat(runs).hasValue(64);
    assertThat(cache.exists("n")).isFalse();
    assertThat(Engines.isFree(engine)).isTrue();
  }

  @Test void aKeyThatIsOnlyRead_isWatchedFromBeforeItsRead() {
    Map<String, Consumer<Transaction<String, String>>> reads = new LinkedHashMap<>();
    reads.put("get", transaction -> transaction.read().get("k"));
    reads.put("get into", transaction -> transaction.read().strings().get("k", new byte[5], 0));
    reads.put("getAll", transaction -> transaction.read().getAll(List.of("x", "k")));
    reads.put("length", transaction -> transaction.read().strings().length("k"));
    reads.put("getRange", transaction -> transaction.read().strings().getRange("k", 0, 1));
    reads.put("exists", transaction -> transaction.read().exists("k"));
    reads.put("countExisting", transaction -> transaction.read().keys().countExisting(List.of("x", "k")));
    reads.put("type", transaction -> transaction.read().keys().type("k"));
    reads.put("timeToLive", transaction -> transaction.read().keys().timeToLive("k"));
    reads.put("deadline", transaction -> transaction.read().keys().deadline("k"));
    reads.forEach((name, read) -> {
      AtomicInteger runs = new AtomicInteger();
      cache.atomically(List.of(), transaction -> {
        read.accept(transaction);
        if (runs.incrementAndGet() == 1) {
          cache.set("k", name);
        }
        return null;
      });
      assertThat(runs).as(name).hasValue(2);
    });
  }

  @Test void whatIsNotWatched_isNoConflict() {
    AtomicInteger runs = new AtomicInteger();
    cache.atomically(List.of("k"), transaction -> {
      transaction.write().set("written", "mine");
      cache.set("written", "other's");
      cache.database(1).set("k", "elsewhere");
      return runs.incrementAndGet();
    });
    assertThat(runs).hasValue(1);
    assertThat(cache.get("written")).hasValue("mine");
  }

  @Test void aKeyWhoseTimeComesMeanwhile_isAConflict() {
    cache.strings().set("k", "x", Duration.ofMillis(10));
    List<Optional<String>> seen = new ArrayList<>();
    cache.atomically(List.of(), transaction -> {
      seen.add(transaction.read().get("k"));
      clock.step(10);
      return null;
    });
    assertThat(seen).containsExactly(Optional.of("x"), Optional.empty());
  }

  // Bodies

  @Test void aBodyThatThrows_changesNothing_andItsFuturesFail() {
    AtomicReference<CompletableFuture<Void>> queued = new AtomicReference<>();
    assertThatThrownBy(() -> cache.atomically(List.of("k"), transaction -> {
      queued.set(transaction.write().set("k", "x"));
      throw new UnsupportedOperationException("no");
    })).isInstanceOf(UnsupportedOperationException.class);
    assertThat(cache.exists("k")).isFalse();
    assertThat(queued.get()).isCompletedExceptionally();
    assertThatThrownBy(() -> cache.pipeline(pipe -> {
      queued.set(pipe.set("k", "x"));
      throw new UnsupportedOperationException("no");
    })).isInstanceOf(UnsupportedOperationException.class);
    assertThat(cache.exists("k")).isFalse();
    assertThat(queued.get()).as("who waits for it must not wait for ever").isCompletedExceptionally();
    assertThat(Engines.isFree(engine)).isTrue();
  }

  @Test void aBodyRunsUnderNoLock_andMayDoAnything() {
    cache.set("k", "1");
    String result = cache.atomically(List.of("k"), outer -> {
      assertThat(Engines.isFree(engine)).isTrue();
      cache.strings().compute("other", old -> Optional.of("2"));
      return cache.atomically(List.of("third"), inner -> {
        inner.write().set("third", "3");
        return inside(transaction -> transaction.read().get("k").orElseThrow(), outer);
      });
    });
    assertThat(result).isEqualTo("1");
    assertThat(cache.getAll(List.of("other", "third"))).isEqualTo(Map.of("other", "2", "third", "3"));
  }

  @Test void readingWhatTheBodyHasWritten_throws_whateverWroteIt() {
    Map<String, Consumer<AsyncKeyspace<String, String>>> writes = new LinkedHashMap<>();
    writes.put("set", write -> write.set("k", "x"));
    writes.put("setAll", write -> write.setAll(Map.of("a", "x", "k", "x")));
    writes.put("append", write -> write.strings().append("k", "x"));
    writes.put("increment", write -> write.strings().increment("k"));
    writes.put("delete", write -> write.delete("k"));
    writes.put("delete of many", write -> write.keys().delete(List.of("a", "k")));
    writes.put("rename from", write -> write.keys().rename("k", "a"));
    writes.put("rename to", write -> write.keys().rename("a", "k"));
    writes.put("copy to", write -> write.keys().copy("a", "k"));
    writes.put("move", write -> write.keys().move("k", 1));
    writes.put("expire", write -> write.expire("k", Duration.ofHours(1)));
    writes.put("getAndDelete", write -> write.strings().getAndDelete("k"));
    writes.put("clear", write -> write.keys().clear());
    writes.forEach((name, write) -> assertThatThrownBy(() -> cache.atomically(List.of("k"), transaction -> {
      write.accept(transaction.write());
      return transaction.read().get("k");
    })).as(name).isInstanceOf(IllegalStateException.class).hasMessageContaining("written"));
    assertThat(cache.keys().size()).isZero();
  }

  @Test void whatAQueuedOperationOnlyReads_canBeReadByTheBody() {
    cache.set("k", "x");
    Map<String, Consumer<AsyncKeyspace<String, String>>> reads = new LinkedHashMap<>();
    reads.put("get", write -> write.get("k"));
    reads.put("exists", write -> write.exists("k"));
    reads.put("copy from", write -> write.keys().copy("k", "copy", CopyOptions.replace()));
    reads.put("copy to another database", write -> write.keys().copy("a", "k", CopyOptions.replace().toDatabase(1)));
    reads.put("size", write -> write.keys().size());
    reads.forEach((name, read) -> {
      Optional<String> seen = cache.atomically(List.of(), transaction -> {
        read.accept(transaction.write());
        return transaction.read().get("k");
      });
      assertThat(seen).as(name).hasValue("x");
    });
    assertThat(cache.get("copy")).hasValue("x");
  }

  @Test void anOperationThatFails_isSeenInItsFuture_andTheOthersAreApplied() {
    cache.set("text", "abc");
    List<CompletableFuture<?>> futures = cache.atomically(List.of(), transaction -> List.of(
        transaction.write().set("before", "1"),
        transaction.write().strings().increment("text"),
        transaction.write().strings().increment("after")));
    assertThat(futures.get(0)).isCompleted();
    assertThatThrownBy(() -> futures.get(1).join()).hasCauseInstanceOf(NotANumberException.class);
    assertThat(futures.get(2).join()).isEqualTo(1L);
    assertThat(cache.get("before")).hasValue("1");
  }

  @Test void aTransactionOrPipeline_thatHasEnded_takesNothingMore() {
    AtomicReference<Transaction<String, String>> kept = new AtomicReference<>();
    cache.atomically(List.of("k"), transaction -> {
      kept.set(transaction);
      return null;
    });
    assertThatThrownBy(() -> kept.get().write().set("k", "x")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> kept.get().read().get("k")).isInstanceOf(IllegalStateException.class);
    AtomicReference<AsyncKeyspace<String, String>> pipe = new AtomicReference<>();
    cache.pipeline(body -> {
      pipe.set(body);
      return null;
    });
    assertThatThrownBy(() -> pipe.get().set("k", "x")).isInstanceOf(IllegalStateException.class);
    assertThat(cache.exists("k")).isFalse();
  }

  // Futures

  @Test void waitingForAFutureInsideTheBody_throws() {
    cache.pipeline(pipe -> {
      waitingThrows(pipe.get("k"));
      return null;
    });
    cache.atomically(List.of(), transaction -> {
      waitingThrows(transaction.write().strings().getAndSet("k", "x"));
      return null;
    });
  }

  private static void waitingThrows(CompletableFuture<Optional<String>> future) {
    List<CompletableFuture<?>> derived = List.of(future, future.thenApply(value -> 1), future.copy(),
        future.handle((value, failure) -> 2), future.whenComplete((value, failure) -> { }),
        future.thenCompose(value -> CompletableFuture.completedFuture(3)));
    for (CompletableFuture<?> each : derived) {
      assertThat(each).isNotDone();
      assertThatThrownBy(each::join).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(each::get).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> each.get(1, TimeUnit.DAYS)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test void futures_completeInOrder_whenTheBodyHasReturned() throws Exception {
    List<String> order = new ArrayList<>();
    CompletableFuture<Long> last = cache.pipeline(pipe -> {
      for (int i = 1; i < 4; i++) {
        pipe.strings().increment("k").thenAccept(n -> order.add("completed " + n));
      }
      CompletableFuture<Long> size = pipe.keys().size();
      order.add("returns");
      return size;
    });
    assertThat(order).containsExactly("returns", "completed 1", "completed 2", "completed 3");
    assertThat(last.get(1, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test void whatFollowsAFuture_runsUnderNoLock() {
    List<Boolean> free = new ArrayList<>();
    cache.atomically(List.of("k"), transaction -> {
      transaction.write().set("k", "x").thenRun(() -> {
        free.add(Engines.isFree(engine));
        assertThat(cache.get("k")).as("applied").hasValue("x");
        cache.set("k", "y");
        throw new IllegalStateException("its own affair");
      });
      return transaction.write().set("l", "x");
    });
    assertThat(free).containsExactly(true);
    assertThat(cache.get("k")).hasValue("y");
  }

  @Test void asyncFutures_comeBackCompleted_failuresToo() {
    assertThat(cache.async().set("k", "abc")).isCompleted();
    assertThat(cache.async().get("k")).isCompletedWithValue(Optional.of("abc"));
    assertThat(cache.async().strings().increment("k")).isCompletedExceptionally();
    cache.close();
    CompletableFuture<Optional<String>> closed = cache.async().get("k");
    assertThatThrownBy(closed::join).hasCauseInstanceOf(ClosedException.class);
  }

  // The optimistic operations made of transactions

  @Test void compute_keepsTheDeadline_setsAndDeletes() {
    cache.strings().set("k", "1", Duration.ofHours(1));
    assertThat(cache.strings().compute("k", old -> old.map(text -> text + "2"))).hasValue("12");
    assertThat(cache.keys().timeToLive("k").asDuration()).hasValue(Duration.ofHours(1));
    assertThat(cache.strings().compute("k", old -> Optional.empty())).isEmpty();
    assertThat(cache.exists("k")).isFalse();
    assertThat(cache.strings().compute("k", old -> old)).isEmpty();
    assertThat(cache.strings().compute("k", old -> Optional.of("new"))).hasValue("new");
    assertThat(cache.keys().timeToLive("k").asDuration()).isEmpty();
    assertThat(cache.strings().merge("k", "er", String::concat)).isEqualTo("newer");
    assertThat(cache.strings().merge("m", "first", String::concat)).isEqualTo("first");
    assertThat(cache.strings().computeIfAbsent("m", key -> "never")).isEqualTo("first");
    assertThat(cache.strings().computeIfAbsent("c", key -> key + key)).isEqualTo("cc");
    assertThat(cache.get("c")).hasValue("cc");
    assertThatThrownBy(() -> cache.strings().compute("c", old -> {
      throw new UnsupportedOperationException();
    })).isInstanceOf(UnsupportedOperationException.class);
    assertThat(cache.get("c")).hasValue("cc");
  }

  // Closing

  @Test void aClosedCache_answersClosedException_everywhere() {
    cache.set("k", "x");
    cache.close();
    cache.close();
    List<Runnable> operations = List.of(
        () -> cache.get("k"), () -> cache.set("k", "y"), () -> cache.strings().get("k", new byte[1], 0),
        () -> cache.delete("k"), () -> cache.keys().size(), () -> cache.keys().matching("*"), () -> cache.clearAll(),
        () -> cache.swapDatabases(0, 1), () -> cache.database(1), () -> cache.strings().increment("k"),
        () -> cache.strings().compute("k", old -> old), () -> cache.strings().computeIfAbsent("k", key -> key),
        () -> cache.pipeline(pipe -> null), () -> cache.atomically(List.of(), transaction -> null));
    for (Runnable operation : operations) {
      assertThatThrownBy(operation::run).isInstanceOf(ClosedException.class);
    }
  }

  @Test void aCacheClosedWhileABodyRuns_takesNothingFromIt() {
    AtomicReference<CompletableFuture<Void>> queued = new AtomicReference<>();
    assertThatThrownBy(() -> cache.atomically(List.of("k"), transaction -> {
      queued.set(transaction.write().set("k", "x"));
      cache.close();
      return null;
    })).isInstanceOf(ClosedException.class);
    assertThat(queued.get()).isCompletedExceptionally();
    EmbeddedCache other = new EmbeddedCache(Engines.open(1));
    assertThatThrownBy(() -> other.pipeline(pipe -> {
      queued.set(pipe.set("k", "x"));
      other.close();
      return null;
    })).isInstanceOf(ClosedException.class);
    assertThat(queued.get()).isCompletedExceptionally();
  }
}
