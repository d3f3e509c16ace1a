package io.qcache.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.Codec;
import io.qcache.ConflictException;
import io.qcache.Keyspace;
import io.qcache.QCache;
import io.qcache.engine.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that race for the same keys through atomically, compute, computeIfAbsent and merge. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OptimisticStressTest {
  private static final int THREADS = 4;
  private static final long NANOS = 900_000_000L;

  private final long seed = System.nanoTime();
  private final QCache cache = QCache.open();
  private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

  @AfterEach void close() {
    cache.close();
  }

  /** A number as eight bytes. */
  private enum Number implements Codec<Long> {
    CODEC;

    @Override public byte[] encode(Long value) {
      return Long.toString(value).getBytes();
    }

    @Override public Long decode(byte[] bytes, int from, int length) {
      return Long.valueOf(new String(bytes, from, length));
    }
  }

  private final Keyspace<String, Long> numbers = cache.as(io.qcache.Codecs.utf8(), Number.CODEC);

  private void race(Consumer<Random> turn) {
    long end = System.nanoTime() + NANOS;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed + i);
      threads.add(Engines.start(() -> {
        try {
          while (System.nanoTime() < end) {
            turn.accept(random);
          }
        } catch (Throwable failure) {
          failures.add(failure);
        }
      }));
    }
    threads.forEach(Engines::finish);
    assertThat(failures).as("seed %d", seed).isEmpty();
  }

  @Test void transfers_keepTheSum_andNobodySeesAnother() {
    int accounts = 5;
    for (int i = 0; i < accounts; i++) {
      numbers.set("account" + i, 1_000L);
    }
    List<String> all = List.of("account0", "account1", "account2", "account3", "account4");
    AtomicInteger done = new AtomicInteger();
    race(random -> {
      String from = all.get(random.nextInt(accounts));
      String to = all.get(random.nextInt(accounts));
      long amount = random.nextInt(100);
      try {
        numbers.atomically(List.of(from), transaction -> {
          long rest = transaction.read().get(from).orElseThrow() - amount;
          long more = transaction.read().get(to).orElseThrow() + amount;
          if (!from.equals(to)) {
            transaction.write().set(from, rest);
            transaction.write().set(to, more);
          }
          return null;
        });
        done.incrementAndGet();
      } catch (ConflictException givenUp) {
        assertThat(givenUp).hasMessageContaining("64"); // allowed, if unlikely
      }
      assertThat(numbers.getAll(all).values().stream().mapToLong(each -> each).sum()).isEqualTo(5_000);
    });
    assertThat(done.get()).isPositive();
  }

  @Test void compute_losesNoUpdate() {
    AtomicLong done = new AtomicLong();
    race(random -> {
      String key = "n" + random.nextInt(2);
      try {
        if (random.nextBoolean()) {
          numbers.strings().compute(key, old -> Optional.of(old.orElse(0L) + 1));
        } else {
          numbers.strings().merge(key, 1L, Long::sum);
        }
        done.incrementAndGet();
      } catch (ConflictException givenUp) {
        assertThat(givenUp).hasMessageContaining("64");
      }
    });
    long sum = numbers.getAll(List.of("n0", "n1")).values().stream().mapToLong(each -> each).sum();
    assertThat(sum).isEqualTo(done.get());
    assertThat(done.get()).isPositive();
  }

  @Test void ofManyThatComputeIfAbsent_oneWins_andAllReturnIt() {
    Map<String, Set<Long>> returned = new ConcurrentHashMap<>();
    AtomicLong made = new AtomicLong();
    AtomicInteger round = new AtomicInteger();
    race(random -> {
      String key = "k" + round.getAndIncrement() / 20;
      long value = numbers.strings().computeIfAbsent(key, missing -> made.incrementAndGet());
      returned.computeIfAbsent(key, none -> ConcurrentHashMap.newKeySet()).add(value);
    });
    assertThat(returned.size()).isGreaterThan(10);
    returned.forEach((key, values) -> assertThat(values).as(key).containsExactly(numbers.get(key).orElseThrow()));
  }
}
