package io.qcache.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Are operations on several keys one step each, beside those of one key?  Three keys in two stripes, values in records
 * and
 * behind handles.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:3")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class ManyKeysLincheckTest {
  private final Engine engine = SmallEngine.open(2, 128 << 10);
  private final Database db = engine.database(0);

  @Test void operationsOfManyKeys_areLinearizable_underStress() {
    Bounds.stress().sequentialSpecification(Model.class).check(ManyKeysLincheckTest.class);
  }

  @Test void operationsOfManyKeys_areLinearizable_inEverySchedule() {
    Bounds.modelChecking().sequentialSpecification(Model.class).check(ManyKeysLincheckTest.class);
  }

  private static String name(int key) {
    return "key" + key;
  }

  private static String text(int value) {
    return KeyLincheckTest.text(value);
  }

  private static Slices pairs(int first, int second, int value) {
    return SmallEngine.slices(name(first), text(value), name(second), text(value));
  }

  @Operation public String get(@Param(name = "key") int key) {
    ValueList out = new ValueList();
    StringOps.get(db, SmallEngine.slice(name(key)), out);
    return out.only() == null ? null : new String(out.only());
  }

  @Operation public boolean set(@Param(name = "key") int key, @Param(name = "value") int value) {
    SmallEngine.set(db, name(key), text(value).getBytes());
    return true;
  }

  @Operation public List<String> getAll() {
    ValueList out = new ValueList();
    StringOps.getAll(db, SmallEngine.slices(name(1), name(2), name(3)), 0, out);
    List<String> all = new ArrayList<>();
    out.all().forEach(each -> all.add(each == null ? null : new String(each)));
    return all;
  }

  @Operation public boolean setAll(
      @Param(name = "key") int first, @Param(name = "key") int second, @Param(name = "value") int value) {
    StringOps.setAll(db, pairs(first, second, value), 0);
    return true;
  }

  @Operation public boolean setAllIfAbsent(
      @Param(name = "key") int first, @Param(name = "key") int second, @Param(name = "value") int value) {
    return StringOps.setAllIfAbsent(db, pairs(first, second, value), 0);
  }

  @Operation public long delete(@Param(name = "key") int first, @Param(name = "key") int second) {
    return KeyOps.delete(db, SmallEngine.slices(name(first), name(second)), 0);
  }

  @Operation public String rename(@Param(name = "key") int from, @Param(name = "key") int to) {
    try {
      return Boolean.toString(KeyOps.rename(db, SmallEngine.slice(name(from)), SmallEngine.slice(name(to)), false));
    } catch (Signal missing) {
      return missing.failure().name();
    }
  }

  @Operation public String copy(@Param(name = "key") int from, @Param(name = "key") int to) {
    try {
      return Boolean.toString(KeyOps.copy(db, SmallEngine.slice(name(from)), db, SmallEngine.slice(name(to)), false));
    } catch (Signal same) {
      return same.failure().name();
    }
  }

  @Operation public boolean clear() {
    KeyOps.clear(db);
    return true;
  }

  /** What it should be, for one thread. */
  public static class Model {
    private final Map<Integer, String> values = new HashMap<>();

    public String get(int key) {
      return values.get(key);
    }

    public boolean set(int key, int value) {
      values.put(key, text(value));
      return true;
    }

    public List<String> getAll() {
      return Arrays.asList(values.get(1), values.get(2), values.get(3));
    }

    public boolean setAll(int first, int second, int value) {
      return set(first, value) & set(second, value);
    }

    public boolean setAllIfAbsent(int first, int second, int value) {
      return !values.containsKey(first) && !values.containsKey(second) && setAll(first, second, value);
    }

    public long delete(int first, int second) {
      return (values.remove(first) == null ? 0 : 1) + (values.remove(second) == null ? 0 : 1);
    }

    public String rename(int from, int to) {
      if (!values.containsKey(from)) {
        return "NO_SUCH_KEY";
      }
      values.put(to, values.remove(from));
      return "true";
    }

    public String copy(int from, int to) {
      if (from == to) {
        return "SAME_OBJECT";
      }
      return Boolean.toString(values.containsKey(from) && values.putIfAbsent(to, values.get(from)) == null);
    }

    public boolean clear() {
      values.clear();
      return true;
    }
  }
}
