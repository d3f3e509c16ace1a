package io.qcache.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.ValueType;
import io.qcache.engine.Deadline;
import io.qcache.engine.Slice;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The n-th allocation of a scripted history fails, for every n: the operation at hand has changed nothing. */
class RecordsOutOfMemoryTest {
  private final TestTerms terms = new TestTerms(512, 2);

  @AfterEach void allSucceed() {
    Allocation.failAfter(-1);
  }

  @ParameterizedTest @ValueSource(longs = {1, 2, 3, 4})
  void whicheverAllocationFails_theRecordsAreWhole_andGoOn(long script) {
    int failures = 0;
    for (long n = 0; ; n++) {
      if (!historyFails(script, n)) {
        break;
      }
      failures++;
    }
    assertThat(failures).as("allocations of the script").isGreaterThan(60);
  }

  @Test void theHookIsThere() {
    Allocation.failAfter(0);
    org.assertj.core.api.Assertions.assertThatThrownBy(Allocation::comes).isInstanceOf(OutOfMemoryError.class);
  }

  /** Whether the n-th allocation came at all. */
  private boolean historyFails(long script, long n) {
    Random random = new Random(script);
    Records records = new Records(terms);
    Map<String, byte[]> model = new HashMap<>();
    boolean failed = false;
    Allocation.failAfter(n);
    for (int i = 0; i < 300; i++) {
      String name = "key" + random.nextInt(60);
      byte[] value = new byte[random.nextInt(random.nextInt(8) == 0 ? 70_000 : 90)];
      random.nextBytes(value);
      int what = random.nextInt(8);
      try {
        step(records, name, value, what);
        apply(model, name, value, what);
      } catch (OutOfMemoryError expected) {
        failed = true;
        Allocation.failAfter(-1);
        assertSame(records, model);
      }
    }
    Allocation.failAfter(-1);
    assertSame(records, model);
    return failed;
  }

  private void step(Records records, String name, byte[] value, int what) {
    Slice key = new Slice().wrap(name.getBytes());
    int record = records.locate(key);
    if (what < 4) {
      long deadline = what == 0 ? terms.nowMillis + 1_000_000 : Deadline.NONE;
      records.put(key, record, ValueType.STRING, value, 0, value.length, deadline);
    } else if (record != Records.NONE) {
      switch (what) {
        case 4 -> records.remove(key, record);
        case 5 -> records.grow(key, record, records.length(record) + value.length);
        case 6 -> records.setDeadline(key, record, terms.nowMillis + 5_000 + value.length);
        default -> records.clean(2);
      }
    }
  }

  private static void apply(Map<String, byte[]> model, String name, byte[] value, int what) {
    if (what < 4) {
      model.put(name, value);
    } else if (what == 4) {
      model.remove(name);
    } else if (what == 5) {
      model.computeIfPresent(name, (key, old) -> java.util.Arrays.copyOf(old, old.length + value.length));
    }
  }

  private static void assertSame(Records records, Map<String, byte[]> model) {
    RecordsInvariants.check(records);
    assertThat(records.size()).isEqualTo(model.size());
    model.forEach((name, value) -> {
      int record = records.locate(new Slice().wrap(name.getBytes()));
      assertThat(record).as(name).isNotEqualTo(Records.NONE);
      assertThat(records.valueOf(record, new Slice()).copy()).as(name).isEqualTo(value);
    });
  }
}
