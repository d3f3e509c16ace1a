package io.qcache.waiting;

import io.qcache.ValueType;
import io.qcache.change.Unit;
import io.qcache.engine.Slice;
import io.qcache.engine.Waiter;
import io.qcache.keyspace.Section;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Who waits for which keys of a section.  Guarded by the stripe; the keys are hashed by the engine. */
public final class Waiters {
  private final Section section;
  private final Map<Slice, Line> byKey = new HashMap<>(2);

  public Waiters(Section section) {
    this.section = section;
  }

  public boolean isEmpty() {
    return byKey.isEmpty();
  }

  /** A place at the end of the key's line; null where the waiter has come for that key already. */
  public Place add(Slice key, Waiter waiter) {
    Line line = byKey.get(key);
    if (line == null) {
      line = new Line(this, section, key.kept());
      byKey.put(line.key(), line);
    }
    return line.has(waiter) ? null : line.add(waiter);
  }

  void remove(Line line) {
    byKey.remove(line.key());
  }

  /** Whether somebody waits for the key to hold a value of that type. */
  public boolean areFor(Slice key, ValueType type) {
    Line line = byKey.get(key);
    return line != null && line.hasWaiting(type);
  }

  /** The key has changed: its line is looked at before the hold ends. */
  public void changed(Slice key, Unit unit) {
    Line line = byKey.get(key);
    if (line != null) {
      unit.ready().add(line);
    }
  }

  /** The same for all keys that are there. */
  public void changedWhere(Predicate<Slice> present, Unit unit) {
    byKey.forEach((key, line) -> {
      if (present.test(key)) {
        unit.ready().add(line);
      }
    });
  }

  public void forEach(Consumer<Waiter> visitor) {
    for (Line line : byKey.values()) {
      for (Place place = line.first; place != null; place = place.behind) {
        visitor.accept(place.waiter);
      }
    }
  }
}
