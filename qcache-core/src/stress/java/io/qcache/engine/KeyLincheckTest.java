package io.qcache.engine;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Are the operations of one key linearizable, deadlines and the clock's steps among them?  Two keys in one stripe with
 * pages of
 * 512 bytes; values that lie in a record, values behind a handle, and numbers.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:2")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
@Param(name = "time", gen = IntGen.class, conf = "1:2")
public class KeyLincheckTest {
  private final AtomicLong nowMillis = new AtomicLong();
  private final Engine engine = SmallEngine.open(1, 64 << 10, () -> Instant.ofEpochMilli(nowMillis.get()));
  private final Database db = engine.database(0);

  @Test void operationsOfOneKey_areLinearizable_underStress() {
    Bounds.stress().sequentialSpecification(Model.class).check(KeyLincheckTest.class);
  }

  @Test void operationsOfOneKey_areLinearizable_inEverySchedule() {
    Bounds.modelChecking().sequentialSpecification(Model.class).check(KeyLincheckTest.class);
  }

  private static Slice slice(int number) {
    return SmallEngine.slice("key" + number);
  }

  /** Of one byte, 40 or 200, of which the last lies behind a handle; only the first is an integer. */
  static String text(int value) {
    return Integer.toString(value).repeat(value == 1 ? 1 : value == 2 ? 40 : 200);
  }

  private static String answer(Supplier<Object> operation) {
    try {
      return String.valueOf(operation.get());
    } catch (Signal signal) {
      return signal.failure().name();
    }
  }

  private boolean put(int key, int value, StringOps.If condition) {
    return StringOps.set(db, slice(key), SmallEngine.slice(text(value)), condition, Deadline.NONE, null);
  }

  @Operation public String get(@Param(name = "key") int key) {
    ValueList out = new ValueList();
    StringOps.get(db, slice(key), out);
    return out.only() == null ? null : new String(out.only());
  }

  @Operation public boolean set(@Param(name = "key") int key, @Param(name = "value") int value) {
    return put(key, value, StringOps.If.ALWAYS);
  }

  @Operation public boolean setIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
    return put(key, value, StringOps.If.ABSENT);
  }

  @Operation public long delete(@Param(name = "key") int key) {
    Slices keys = new Slices();
    keys.add(slice(key).array());
    return KeyOps.delete(db, keys, 0);
  }

  @Operation public String increment(@Param(name = "key") int key) {
    return answer(() -> StringOps.increment(db, slice(key), 1));
  }

  @Operation public long append(@Param(name = "key") int key, @Param(name = "value") int value) {
    return StringOps.append(db, slice(key), SmallEngine.slice(text(value)));
  }

  @Operation public boolean expire(@Param(name = "key") int key, @Param(name = "time") int time) {
    return KeyOps.expire(db, slice(key), time, 0);
  }

  @Operation public boolean persist(@Param(name = "key") int key) {
    return KeyOps.persist(db, slice(key));
  }

  @Operation public long deadline(@Param(name = "key") int key) {
    return KeyOps.deadline(db, slice(key));
  }

  @Operation public long tick() {
    return nowMillis.incrementAndGet();
  }

  /** Takes away what is due, which nobody may notice. */
  @Operation public void upkeep() {
    engine.upkeep();
  }

  /** What it should be, for one thread. */
  public static class Model {
    private final Map<Integer, String> values = new HashMap<>();
    private final Map<Integer, Long> deadlines = new HashMap<>();
    private long nowMillis;

    private boolean isThere(int key) {
      if (deadlines.getOrDefault(key, Deadline.NONE) <= nowMillis) {
        delete0(key);
      }
      return values.containsKey(key);
    }

    private void delete0(int key) {
      values.remove(key);
      deadlines.remove(key);
    }

    public String get(int key) {
      return isThere(key) ? values.get(key) : null;
    }

    public boolean set(int key, int value) {
      values.put(key, text(value));
      deadlines.remove(key);
      return true;
    }

    public boolean setIfAbsent(int key, int value) {
      return !isThere(key) && set(key, value);
    }

    public long delete(int key) {
      boolean there = isThere(key);
      delete0(key);
      return there ? 1 : 0;
    }

    public String increment(int key) {
      String old = isThere(key) ? values.get(key) : "0";
      if (old.length() > 19) {
        return "NOT_AN_INTEGER";
      }
      values.put(key, Long.toString(Long.parseLong(old) + 1));
      return values.get(key);
    }

    public long append(int key, int value) {
      values.put(key, (isThere(key) ? values.get(key) : "") + text(value));
      return values.get(key).length();
    }

    public boolean expire(int key, int time) {
      if (!isThere(key)) {
        return false;
      }
      deadlines.put(key, (long) time);
      return true;
    }

    public boolean persist(int key) {
      return isThere(key) && deadlines.remove(key) != null;
    }

    public long deadline(int key) {
      return isThere(key) ? deadlines.getOrDefault(key, Deadline.NONE) : Deadline.MISSING;
    }

    public long tick() {
      return ++nowMillis;
    }

    public void upkeep() {}
  }
}
