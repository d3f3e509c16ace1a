package io.qcache.engine;

import io.qcache.QCache;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Is {@code atomically} of the Java door one step, beside plain writes of the same keys and beside itself?  By real
 * threads
 * alone: under model checking the pause after a conflict makes each schedule cost half a second.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:3")
public class TransactionLincheckTest {
  private static final List<String> NONE_WATCHED = List.of();

  private final QCache cache = QCache.builder().databases(1).maxMemory(128 << 10).hashKey(1, 2).open();

  @Test void transactions_areLinearizable_underStress() {
    Bounds.stress().sequentialSpecification(Model.class).check(TransactionLincheckTest.class);
  }

  private static String name(int key) {
    return "key" + key;
  }

  /** Moves one from a key to another, by reads and writes that are a transaction's. */
  @Operation public String transfer(@Param(name = "key") int from, @Param(name = "key") int to) {
    return cache.atomically(NONE_WATCHED, transaction -> {
      int less = number(transaction.read().strings().get(name(from)).orElse("0")) - 1;
      int more = number(transaction.read().strings().get(name(to)).orElse("0")) + 1;
      transaction.write().strings().set(name(from), Integer.toString(less));
      transaction.write().strings().set(name(to), Integer.toString(from == to ? less + 1 : more));
      return less + " " + more;
    });
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }

  /** Writes what it has not read, where a key that it watches is missing. */
  @Operation public boolean claim(@Param(name = "key") int watched, @Param(name = "key") int written) {
    return cache.atomically(List.of(name(watched)), transaction -> {
      boolean free = transaction.read().strings().get(name(watched)).isEmpty();
      if (free) {
        transaction.write().strings().increment(name(written));
      }
      return free;
    });
  }

  @Operation public String get(@Param(name = "key") int key) {
    return cache.get(name(key)).orElse(null);
  }

  @Operation public long increment(@Param(name = "key") int key) {
    return cache.strings().increment(name(key));
  }

  @Operation public boolean delete(@Param(name = "key") int key) {
    return cache.delete(name(key));
  }

  @Operation public String getAll() {
    return new TreeMap<>(cache.getAll(List.of(name(1), name(2), name(3)))).toString();
  }

  /** What it should be, for one thread. */
  public static class Model {
    private final Map<String, Integer> numbers = new TreeMap<>();

    public String transfer(int from, int to) {
      int less = numbers.getOrDefault(name(from), 0) - 1;
      int more = numbers.getOrDefault(name(to), 0) + 1;
      numbers.put(name(from), less);
      numbers.put(name(to), from == to ? less + 1 : more);
      return less + " " + more;
    }

    public boolean claim(int watched, int written) {
      boolean free = !numbers.containsKey(name(watched));
      if (free) {
        increment(written);
      }
      return free;
    }

    public String get(int key) {
      return numbers.containsKey(name(key)) ? numbers.get(name(key)).toString() : null;
    }

    public long increment(int key) {
      return numbers.merge(name(key), 1, Integer::sum);
    }

    public boolean delete(int key) {
      return numbers.remove(name(key)) != null;
    }

    public String getAll() {
      return numbers.toString();
    }
  }
}
