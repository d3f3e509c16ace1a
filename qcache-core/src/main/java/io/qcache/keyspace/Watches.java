package io.qcache.keyspace;

import io.qcache.engine.Slice;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Who watches which keys of a section.  Guarded by the stripe; the keys are hashed by the engine. */
final class Watches {
  /** One who watches a key, and the others who do. */
  private static final class Watching {
    final Watcher watcher;
    Watching next;

    Watching(Watcher watcher, Watching next) {
      this.watcher = watcher;
      this.next = next;
    }

    void forEach(Consumer<Watcher> visitor) {
      for (Watching each = this; each != null; each = each.next) {
        visitor.accept(each.watcher);
      }
    }

    /** The others, in whatever order; null for none. */
    Watching without(Watcher gone) {
      if (watcher == gone) {
        return next;
      }
      for (Watching each = this; each.next != null; each = each.next) {
        if (each.next.watcher == gone) {
          each.next = each.next.next;
          break;
        }
      }
      return this;
    }
  }

  private final Map<Slice, Watching> byKey = new HashMap<>();

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /** From now on a change of the key, which is kept, flags the watcher; false where it does already. */
  boolean add(Slice key, Watcher watcher) {
    Watching first = byKey.get(key);
    for (Watching each = first; each != null; each = each.next) {
      if (each.watcher == watcher) {
        return false;
      }
    }
    if (first == null) {
      byKey.put(key, new Watching(watcher, null));
    } else {
      first.next = new Watching(watcher, first.next);
    }
    return true;
  }

  void remove(Slice key, Watcher watcher) {
    Watching first = byKey.get(key);
    Watching left = first.without(watcher);
    if (left == null) {
      byKey.remove(key);
    } else if (left != first) {
      byKey.put(key, left);
    }
  }

  void flag(Slice key) {
    Watching first = byKey.get(key);
    if (first != null) {
      first.forEach(Watcher::touch);
    }
  }

  /** Tells those of the key that it was to be deleted and is missing. */
  void flagNothing(Slice key) {
    Watching first = byKey.get(key);
    if (first != null) {
      first.forEach(Watcher::touchByNothing);
    }
  }

  /** Tells all of them so. */
  void flagNothing() {
    byKey.values().forEach(first -> first.forEach(Watcher::touchByNothing));
  }

  /** Flags those whose key is one of these. */
  void flagWhere(Predicate<Slice> present) {
    byKey.forEach((key, first) -> {
      if (present.test(key)) {
        first.forEach(Watcher::touch);
      }
    });
  }
}
