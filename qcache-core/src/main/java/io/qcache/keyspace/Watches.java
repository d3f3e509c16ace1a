package io.qcache.keyspace;

import io.qcache.engine.Slice;
import io.qcache.engine.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Who watches which keys of a section.  Guarded by the stripe; the keys are hashed by the engine. */
final class Watches {
  private final Map<Slice, List<Watch>> byKey = new HashMap<>();

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /** From now on a change of the key flags the watch; false where it does already. */
  boolean add(Slice key, Watch watch) {
    List<Watch> watching = byKey.get(key);
    if (watching == null) {
      watching = new ArrayList<>(1);
      byKey.put(key.kept(), watching);
    }
    return !watching.contains(watch) && watching.add(watch);
  }

  void remove(Slice key, Watch watch) {
    List<Watch> watching = byKey.get(key);
    watching.remove(watch);
    if (watching.isEmpty()) {
      byKey.remove(key);
    }
  }

  void flag(Slice key) {
    List<Watch> watching = byKey.get(key);
    if (watching != null) {
      watching.forEach(Watch::touch);
    }
  }

  /** Flags those of the key that are of loads. */
  void flagLoads(Slice key) {
    List<Watch> watching = byKey.get(key);
    if (watching != null) {
      watching.forEach(Watch::touchByNothing);
    }
  }

  /** Flags all that are of loads. */
  void flagLoads() {
    byKey.values().forEach(watching -> watching.forEach(Watch::touchByNothing));
  }

  /** Flags those whose key is one of these. */
  void flagWhere(Predicate<Slice> present) {
    byKey.forEach((key, watching) -> {
      if (present.test(key)) {
        watching.forEach(Watch::touch);
      }
    });
  }
}
