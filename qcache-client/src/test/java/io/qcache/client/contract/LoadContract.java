package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.Bytes;
import io.qcache.ClosedException;
import io.qcache.Codec;
import io.qcache.Codecs;
import io.qcache.Keyspace;
import io.qcache.OutOfRangeException;
import io.qcache.QCache;
import io.qcache.QCacheException;
import io.qcache.TimeToLive;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** {@code getOrLoad}: one load a key, of nothing that was overtaken. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
interface LoadContract extends Contract {
  @Test default void getOrLoad_loadsWhatIsMissing_keepsIt_andLeavesTheLoaderAloneWhereItIsThere() {
    assertThat(strings().getOrLoad("k", key -> key + "1")).contains("k1");
    assertThat(strings().get("k")).contains("k1");
    assertThat(keys().timeToLive("k")).isEqualTo(TimeToLive.none());
    assertThat(strings().getOrLoad("k", key -> {
      throw new AssertionError("it is there");
    })).contains("k1");
    assertThat(cache().database(1).getOrLoad("k", key -> "other")).as("another database").contains("other");
  }

  @Test default void getOrLoad_withATimeToLive_setsTheDeadline_andLeavesTheOneThatIsThere() {
    assertThat(cache().getOrLoad("k", HOUR, key -> "v")).contains("v");
    assertThat(keys().timeToLive("k").left()).isBetween(HOUR.minusMinutes(1), HOUR.plusMinutes(1));
    assertThat(cache().getOrLoad("k", Duration.ofMillis(1), key -> "w")).contains("v");
    assertThat(keys().timeToLive("k").left()).isGreaterThan(HOUR.minusMinutes(1));
  }

  @Test default void getOrLoad_refusesNull_andATimeToLiveThatIsNotPositive_evenWhereTheValueIsThere() {
    cache().set("k", "v");
    assertThatThrownBy(() -> cache().getOrLoad("k", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache().getOrLoad(null, key -> "v")).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache().getOrLoad("k", null, key -> "v")).isInstanceOf(NullPointerException.class);
    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      assertThatThrownBy(() -> cache().getOrLoad("k", none, key -> "v")).isInstanceOf(OutOfRangeException.class)
          .hasMessageContaining(none.toString());
      assertThat(Contract.failureOf(cache().async().getOrLoad("k", none, key -> done("v"))))
          .isInstanceOf(OutOfRangeException.class);
    }
  }

  private static CompletableFuture<String> done(String value) {
    return CompletableFuture.completedFuture(value);
  }

  @Test default void aLoaderThatKnowsNothing_returnsNull_andNothingIsCached() {
    assertThat(cache().getOrLoad("k", key -> null)).isEmpty();
    assertThat(cache().exists("k")).isFalse();
    assertThat(cache().getOrLoad("k", key -> "v")).contains("v");
  }

  @Test default void aLoaderThatThrows_isSeenAsItIs_andNothingIsCached() {
    IllegalArgumentException mine = new IllegalArgumentException("mine");
    assertThatThrownBy(() -> cache().getOrLoad("k", key -> {
      throw mine;
    })).isSameAs(mine);
    Error worse = new LinkageError("worse");
    assertThatThrownBy(() -> cache().getOrLoad("k", key -> {
      throw worse;
    })).isSameAs(worse);
    assertThat(cache().exists("k")).isFalse();
    assertThat(cache().getOrLoad("k", key -> "v")).contains("v");
  }

  /** A call on a thread of its own. */
  final class Caller {
    private final Thread thread;
    private volatile Object result;
    private volatile Throwable failure;
    private volatile boolean interrupted;

    private Caller(Callable<?> call) {
      thread = new Thread(() -> {
        try {
          result = call.call();
        } catch (Throwable thrown) {
          failure = thrown;
        }
        interrupted = Thread.interrupted();
      });
      thread.setDaemon(true);
      thread.start();
    }

    static Caller of(Callable<?> call) {
      return new Caller(call);
    }

    /** Until it is parked for a future, as for another's load and for nothing else that it does here. */
    Caller waits() {
      while (!(LockSupport.getBlocker(thread) instanceof ForkJoinPool.ManagedBlocker)) {
        assertThat(thread.isAlive()).as("it was to wait: %s %s", result, failure).isTrue();
        Thread.onSpinWait();
      }
      return this;
    }

    Object result() throws InterruptedException {
      thread.join();
      assertThat(failure).isNull();
      return result;
    }

    Throwable failure() throws InterruptedException {
      thread.join();
      assertThat(failure).as("but it returned %s", result).isNotNull();
      return failure;
    }
  }

  /** A load that has begun and goes on until it is told what to return, on a thread of its own. */
  final class Held {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CompletableFuture<String> told = new CompletableFuture<>();
    private final Caller caller;

    Held(QCache cache, String key) throws InterruptedException {
      caller = Caller.of(() -> cache.getOrLoad(key, missing -> {
        begun.countDown();
        return told.handle((value, failure) -> {
          if (failure != null) {
            throw (RuntimeException) failure;
          }
          return value;
        }).join();
      }));
      begun.await();
    }

    Caller returns(String value) {
      told.complete(value);
      return caller;
    }
  }

  @Test default void aHundredThreads_makeOneLoad() throws InterruptedException {
    AtomicInteger loads = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(100);
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      callers.add(Caller.of(() -> {
        all.countDown();
        return cache().getOrLoad("k", key -> {
          awaitQuietly(all);
          return "load " + loads.incrementAndGet();
        });
      }));
    }
    for (Caller each : callers) {
      assertThat(each.result()).isEqualTo(Optional.of("load 1"));
    }
    assertThat(loads).hasValue(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test default void whoWaits_getsTheLoadersFailureToo() throws InterruptedException {
    RuntimeException mine = new IllegalArgumentException("mine");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Caller loading = Caller.of(() -> cache().getOrLoad("k", key -> {
      begun.countDown();
      awaitQuietly(go);
      throw mine;
    }));
    begun.await();
    Caller waiting = Caller.of(() -> cache().getOrLoad("k", key -> "no second load")).waits();
    CompletableFuture<Optional<String>> future = cache().async().getOrLoad("k", key -> done("nor a third"));
    assertThat(cache().async().get("k").join()).as("the read before the wait has been answered").isEmpty();
    go.countDown();
    assertThat(loading.failure()).isSameAs(mine);
    assertThat(waiting.failure()).isSameAs(mine);
    assertThat(Contract.failureOf(future)).isSameAs(mine);
    assertThat(cache().getOrLoad("k", key -> "v")).contains("v");
  }

  @Test default void loadsOfDifferentKeys_runAtTheSameTime_underNoLock() throws InterruptedException {
    CyclicBarrier meeting = new CyclicBarrier(20);
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String name = "k" + i;
      callers.add(Caller.of(() -> cache().getOrLoad(name, key -> {
        meet(meeting);
        cache().set("by " + key, "1");
        return cache().getOrLoad("for " + key, other -> "nested").orElseThrow();
      })));
    }
    for (Caller each : callers) {
      assertThat(each.result()).isEqualTo(Optional.of("nested"));
    }
    assertThat(keys().size()).isEqualTo(60);
  }

  /** A loader that blocks gives its carrier away: on as many carriers as processors they would never meet otherwise. */
  @EnabledForJreRange(min = JRE.JAVA_21)
  @Test default void loadersOnVirtualThreads_blockNoCarrier() throws Exception {
    CyclicBarrier meeting = new CyclicBarrier(300);
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    Queue<Optional<String>> results = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      String name = "k" + i % 300;
      Runnable call = () -> results.add(cache().getOrLoad(name, key -> {
        meet(meeting);
        return "v";
      }));
      threads.add((Thread) start.invoke(null, call));
    }
    for (Thread each : threads) {
      each.join();
    }
    assertThat(results).hasSize(600).containsOnly(Optional.of("v"));
  }

  private static void meet(CyclicBarrier meeting) {
    try {
      meeting.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test default void whoWaits_decodesByItsOwnCodec() throws InterruptedException {
    Held held = new Held(cache(), "k");
    Keyspace<Bytes, Bytes> raw = cache().as(Codecs.bytes(), Codecs.bytes());
    Caller other = Caller.of(() -> raw.getOrLoad(Bytes.of("k"), key -> Bytes.of("no"))).waits();
    held.returns("v");
    assertThat(other.result()).isEqualTo(Optional.of(Bytes.of("v")));
  }

  @Test default void aCodecThatCannotEncodeWhatWasLoaded_failsTheCall_andNothingIsCached() {
    Keyspace<String, Integer> numbers = cache().as(Codecs.utf8(), new CacheContract.NumberCodec());
    assertThatThrownBy(() -> numbers.getOrLoad("n", key -> -1)).hasMessage("negative");
    assertThat(numbers.getOrLoad("n", key -> 1)).contains(1);
    cache().set("n", "one");
    assertThatThrownBy(() -> numbers.getOrLoad("n", key -> 2)).isInstanceOf(NumberFormatException.class);
  }

  @Test default void aCodecThatHandsOutOneArray_mayBeUsed() {
    Keyspace<String, String> cached = cache().as(new OneArrayCodec(), new OneArrayCodec());
    assertThat(cached.getOrLoad("key1", key -> "val1")).contains("val1");
    assertThat(cached.async().getOrLoad("key2", HOUR, key -> done("val2")).join()).contains("val2");
    assertThat(cache().getAll(List.of("key1", "key2"))).isEqualTo(Map.of("key1", "val1", "key2", "val2"));
  }

  /** A codec that comes between the get that missed and the load: whoever else loads meanwhile has ended by then. */
  @Test default void aValueThatCameBetweenTheMissAndTheLoad_isNotLoadedAgain() {
    AtomicInteger encoded = new AtomicInteger();
    Codec<String> late = new Codec<>() {
      @Override public byte[] encode(String key) {
        if (encoded.incrementAndGet() == 2) {
          cache().set(key, "there");
        }
        return Codecs.utf8().encode(key);
      }

      @Override public String decode(byte[] bytes, int from, int length) {
        return Codecs.utf8().decode(bytes, from, length);
      }
    };
    assertThat(cache().as(late, Codecs.utf8()).getOrLoad("k", key -> "loaded twice")).contains("there");
    assertThat(encoded.get()).isGreaterThanOrEqualTo(2);
  }

  @Test default void aKeySetWhileItIsLoaded_staysAsItWasSet() {
    assertThat(cache().getOrLoad("k", key -> {
      cache().set(key, "new");
      return "old";
    })).as("what this call loaded").contains("old");
    assertThat(cache().get("k")).contains("new");
  }

  private Map<String, Consumer<String>> deletions() {
    Map<String, Consumer<String>> ways = new LinkedHashMap<>();
    ways.put("delete", key -> cache().delete(key));
    ways.put("delete of many", key -> keys().delete(List.of("other", key)));
    ways.put("getAndDelete", key -> strings().getAndDelete(key));
    ways.put("clear", key -> keys().clear());
    ways.put("clearAll", key -> cache().clearAll());
    ways.put("async", key -> cache().async().delete(key).join());
    ways.put("pipeline", key -> cache().pipeline(p -> p.delete(key)));
    ways.put("transaction", key -> cache().atomically(List.of(), t -> t.write().delete(key)));
    ways.put("clear in a transaction", key -> cache().atomically(List.of(), t -> t.write().keys().clear()));
    ways.put("other codecs", key -> cache().as(Codecs.bytes(), Codecs.bytes()).delete(Bytes.of(key)));
    ways.put("set and delete", key -> {
      cache().set(key, "1");
      cache().delete(key);
    });
    ways.put("a clear of more than nothing", key -> {
      cache().set("other", "1");
      keys().clear();
    });
    return ways;
  }

  @Test default void aKeyDeletedWhileItIsLoaded_isNotCached_howeverItWasDeleted() {
    deletions().forEach((way, delete) -> {
      assertThat(cache().getOrLoad("k", key -> {
        delete.accept(key);
        return "old";
      })).as(way).contains("old");
      assertThat(cache().get("k")).as(way).isEmpty();
      assertThat(cache().async().getOrLoad("k", key -> {
        delete.accept(key);
        return done("old");
      }).join()).as(way).contains("old");
      assertThat(cache().get("k")).as(way).isEmpty();
    });
    assertThat(cache().getOrLoad("k", key -> {
      cache().delete("another");
      cache().database(1).delete(key);
      cache().get(key);
      return "v";
    })).contains("v");
    assertThat(cache().get("k")).as("others' deletes and reads are nothing to it").contains("v");
  }

  @Test default void whoCallsAfterADelete_waitsForTheStaleLoad_andLoadsAfresh() throws InterruptedException {
    Held stale = new Held(cache(), "k");
    Caller before = Caller.of(() -> cache().getOrLoad("k", key -> "not run")).waits();
    cache().delete("k");
    AtomicInteger loads = new AtomicInteger();
    Caller after = Caller.of(() -> cache().getOrLoad("k", key -> "new " + loads.incrementAndGet())).waits();
    CompletableFuture<Optional<String>> future =
        cache().async().getOrLoad("k", key -> done("new " + loads.incrementAndGet()));
    assertThat(stale.returns("old").result()).isEqualTo(Optional.of("old"));
    assertThat(before.result()).isEqualTo(Optional.of("old"));
    assertThat(after.result()).isEqualTo(Optional.of("new 1"));
    assertThat(future.join()).contains("new 1");
    assertThat(cache().get("k")).contains("new 1");
  }

  @Test default void aLoaderThatAsksForItsOwnKey_isRefused() {
    assertThatThrownBy(() -> cache().getOrLoad("k", key -> cache().getOrLoad(key, again -> "v").orElseThrow()))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("wait for itself");
    assertThatThrownBy(() -> cache().getOrLoad("k", key -> cache().getOrLoad("l",
        other -> cache().getOrLoad(key, again -> "v").orElseThrow()).orElseThrow()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Contract.failureOf(cache().async().getOrLoad("k",
        key -> done(cache().getOrLoad(key, again -> "v").orElseThrow())))).isInstanceOf(IllegalStateException.class);
    assertThat(cache().getOrLoad("k", key -> "v")).contains("v");
  }

  @Test default void aCircleOverTwoThreads_isRefusedToWhoClosesIt() throws InterruptedException {
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicInteger refused = new AtomicInteger();
    List<Caller> callers = new ArrayList<>();
    for (List<String> way : List.of(List.of("a", "b"), List.of("b", "a"))) {
      callers.add(Caller.of(() -> cache().getOrLoad(way.get(0), key -> {
        meet(both);
        try {
          return "with " + cache().getOrLoad(way.get(1), other -> "nobody's").orElseThrow();
        } catch (IllegalStateException circle) {
          refused.incrementAndGet();
          return "alone";
        }
      })));
    }
    assertThat(List.of(callers.get(0).result(), callers.get(1).result()))
        .containsExactlyInAnyOrder(Optional.of("alone"), Optional.of("with alone"));
    assertThat(refused).hasValue(1);
  }

  @Test default void anInterrupt_endsTheWaitingCallAlone() throws InterruptedException {
    Held held = new Held(cache(), "k");
    Caller waiting = Caller.of(() -> cache().getOrLoad("k", key -> "no")).waits();
    waiting.thread.interrupt();
    assertThat(waiting.failure()).isExactlyInstanceOf(QCacheException.class).hasCauseInstanceOf(InterruptedException.class);
    assertThat(waiting.interrupted).as("its flag stays set").isTrue();
    assertThat(held.returns("v").result()).isEqualTo(Optional.of("v"));
    assertThat(cache().get("k")).contains("v");
  }

  @Test default void aLoaderThatReturnsInterrupted_harmsNobodyElse() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Caller loading = Caller.of(() -> cache().getOrLoad("k", key -> {
      begun.countDown();
      awaitQuietly(go);
      Thread.currentThread().interrupt();
      return "v";
    }));
    begun.await();
    Caller waiting = Caller.of(() -> cache().getOrLoad("k", key -> "no")).waits();
    go.countDown();
    assertThat(loading.result()).isEqualTo(Optional.of("v"));
    assertThat(loading.interrupted).isTrue();
    assertThat(waiting.result()).isEqualTo(Optional.of("v"));
  }

  @Test default void closing_endsThoseWhoWait_andTheCallThatLoads() throws InterruptedException {
    Held held = new Held(cache(), "k");
    Caller waiting = Caller.of(() -> cache().getOrLoad("k", key -> "no")).waits();
    CompletableFuture<String> never = new CompletableFuture<>();
    CompletableFuture<Optional<String>> future = cache().async().getOrLoad("l", key -> never);
    cache().close();
    assertThat(waiting.failure()).isInstanceOf(ClosedException.class);
    assertThat(Contract.failureOf(future)).isInstanceOf(ClosedException.class);
    assertThat(held.returns("v").failure()).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> cache().getOrLoad("k", key -> "v")).isInstanceOf(ClosedException.class);
    assertThat(Contract.failureOf(cache().async().getOrLoad("k", key -> done("v")))).isInstanceOf(ClosedException.class);
  }

  @Test default void async_loadsOnce_andSharesItsLoadsWithThoseWhoWait() throws InterruptedException {
    CompletableFuture<String> source = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    List<CompletableFuture<Optional<String>>> futures = new ArrayList<>();
    AtomicInteger loads = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      futures.add(cache().async().getOrLoad("k", HOUR, key -> {
        loads.incrementAndGet();
        begun.countDown();
        return source;
      }));
    }
    begun.await();
    Caller waiting = Caller.of(() -> cache().getOrLoad("k", key -> "no")).waits();
    assertThat(futures).noneMatch(CompletableFuture::isDone);
    futures.get(0).cancel(true); // his own matter
    source.complete("v");
    for (CompletableFuture<Optional<String>> each : futures.subList(1, 100)) {
      assertThat(each.join()).contains("v");
    }
    assertThat(waiting.result()).isEqualTo(Optional.of("v"));
    assertThat(loads).hasValue(1);
    assertThat(keys().timeToLive("k").left()).isPositive();
    assertThat(cache().async().getOrLoad("k", key -> {
      throw new AssertionError("it is there");
    }).join()).contains("v");
  }

  @Test default void async_failuresAreTheFutures_andNothingIsCached() {
    IllegalArgumentException mine = new IllegalArgumentException("mine");
    assertThat(Contract.failureOf(cache().async().getOrLoad("k", key -> {
      throw mine;
    }))).isSameAs(mine);
    assertThat(Contract.failureOf(cache().async().getOrLoad("k", key -> CompletableFuture.failedFuture(mine))))
        .isSameAs(mine);
    assertThat(Contract.failureOf(cache().async().getOrLoad("k", key -> done("v").thenApply(v -> {
      throw mine;
    })))).isSameAs(mine);
    assertThat(Contract.failureOf(cache().async().getOrLoad("k", key -> null))).isInstanceOf(NullPointerException.class);
    assertThat(Contract.failureOf(cache().async().getOrLoad("k", null))).isInstanceOf(NullPointerException.class);
    assertThat(cache().async().getOrLoad("k", key -> done(null)).join()).isEmpty();
    assertThat(cache().async().strings().getOrLoad("k", key -> done("v")).join()).contains("v");
    assertThat(cache().async().strings().getOrLoad("l", HOUR, key -> done("v")).join()).contains("v");
    assertThat(strings().getOrLoad("m", HOUR, key -> "v")).contains("v");
  }

  @Test default void inPipelinesAndTransactions_nothingIsLoaded_andTheOthersAreCarriedOut() {
    List<CompletableFuture<?>> piped = cache().pipeline(p -> List.of(p.getOrLoad("k", key -> done("v")), p.set("a", "1")));
    List<CompletableFuture<?>> queued = cache().atomically(List.of(),
        t -> List.of(t.write().getOrLoad("k", HOUR, key -> done("v")), t.write().set("b", "2")));
    assertThat(Contract.failureOf(piped.get(0))).isInstanceOf(UnsupportedOperationException.class);
    assertThat(Contract.failureOf(queued.get(0))).isInstanceOf(UnsupportedOperationException.class);
    assertThat(cache().getAll(List.of("a", "b", "k"))).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  /**
   * Numbers that grow, deleted from the cache after each change, as a cache in front of a source should be used: no two
   * loads of a key overlap, no call returns less than what was deleted for before it, and no old number is left at last.
   */
  final class Source {
    private static final int KEYS = 5;

    private final AtomicLongArray numbers = new AtomicLongArray(KEYS);
    private final AtomicLongArray deletedFor = new AtomicLongArray(KEYS);
    private final AtomicLongArray loading = new AtomicLongArray(KEYS);
    private final AtomicInteger loads = new AtomicInteger();
    private final QCache cache;

    Source(QCache cache) {
      this.cache = cache;
    }

    /** What the loader does; the last of every eight fails, or knows nothing. */
    private String load(int i) {
      assertThat(loading.incrementAndGet(i)).as("loads at a time").isEqualTo(1);
      try {
        int load = loads.incrementAndGet();
        String number = Long.toString(numbers.get(i));
        Thread.yield();
        if (load % 16 == 7) {
          throw new IllegalArgumentException("sometimes");
        }
        return load % 16 == 15 ? null : number;
      } finally {
        loading.decrementAndGet(i);
      }
    }

    void turn(Random random) {
      int i = random.nextInt(KEYS);
      if (random.nextInt(4) == 0) {
        long number = numbers.incrementAndGet(i);
        delete(random, "n" + i);
        deletedFor.accumulateAndGet(i, number, Math::max);
      }
      long least = deletedFor.get(i);
      try {
        get(random, "n" + i, i).ifPresent(got -> assertThat(Long.parseLong(got)).isGreaterThanOrEqualTo(least));
      } catch (IllegalArgumentException sometimes) {
        assertThat(sometimes).hasMessage("sometimes");
      }
    }

    private void delete(Random random, String key) {
      switch (random.nextInt(3)) {
        case 0 -> cache.delete(key);
        case 1 -> cache.async().delete(key).join();
        default -> cache.atomically(List.of(), t -> t.write().delete(key));
      }
    }

    private Optional<String> get(Random random, String key, int i) {
      if (random.nextInt(3) > 0) {
        return cache.getOrLoad(key, HOUR, each -> load(i));
      }
      try {
        return cache.async().getOrLoad(key, each -> CompletableFuture.supplyAsync(() -> load(i))).join();
      } catch (CompletionException failed) {
        if (failed.getCause() instanceof IllegalArgumentException sometimes) {
          throw sometimes;
        }
        throw failed;
      }
    }

    void verifyTheEnd() {
      for (int i = 0; i < KEYS; i++) {
        String number = Long.toString(numbers.get(i));
        assertThat(cache.get("n" + i).orElse(number)).as("key %d", i).isEqualTo(number);
      }
    }
  }

  @Test default void manyThreads_seeNothingOldAfterADelete_andNoTwoLoadsOfAKeyOverlap() throws InterruptedException {
    long seed = System.nanoTime();
    Source source = new Source(cache());
    AtomicBoolean ended = new AtomicBoolean();
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Random random = new Random(seed + i);
      callers.add(Caller.of(() -> {
        while (!ended.get() && source.loads.get() < 4_000) {
          source.turn(random);
        }
        return ended.getAndSet(true);
      }));
    }
    for (Caller each : callers) {
      each.thread.join();
      assertThat(each.failure).as("seed %d", seed).isNull();
    }
    source.verifyTheEnd();
  }
}
