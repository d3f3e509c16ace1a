package io.qcache.offline;

import io.qcache.Bytes;
import io.qcache.engine.Engine;
import io.qcache.engine.Slice;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a key comes twice in a file that may be larger than the memory.  Of each key 64 bits of its keyed hash are kept, in a table of
 * longs, about 16 bytes a key.  Two keys that have these in common are next to never two, but may be: who finds
 * {@link #areSuspected} reads the file once more and asks {@link #isTwice}, for which the suspects alone are kept whole.  For one
 * thread.
 */
final class SeenKeys {
  static final long STEP = 0x9e3779b97f4a7c15L; // from the hash of a key in one database to that in the next

  private static final int SUSPECTS = 1_000; // that are kept, of what can be no chance any more

  private record Key(long database, Bytes bytes) {}

  private final Engine engine; // that hashes
  private long[] table = new long[1 << 10]; // linear probing, at most half full; 0 is empty; null where memory ran out
  private int size;
  private final Set<Long> suspects = new HashSet<>();
  private final Set<Key> whole = new HashSet<>();

  SeenKeys(Engine engine) {
    this.engine = engine;
  }

  /** Whether it could not keep all. */
  boolean areTooMany() {
    return table == null;
  }

  boolean areSuspected() {
    return !suspects.isEmpty();
  }

  /** The first time the file is read. */
  void add(long database, Slice key) {
    if (table == null) {
      return;
    }
    long hash = hash(database, key);
    if (!put(hash)) {
      if (suspects.size() < SUSPECTS) {
        suspects.add(hash);
      }
    } else if (++size > table.length >> 1) {
      grow();
    }
  }

  /** The second time: whether the key has come already. */
  boolean isTwice(long database, Slice key) {
    return suspects.contains(hash(database, key))
        && !whole.add(new Key(database, Bytes.copyOf(key.array(), key.offset(), key.length())));
  }

  private long hash(long database, Slice key) {
    long hash = engine.hash(key) + database * STEP;
    return hash == 0 ? 1 : hash;
  }

  private boolean put(long hash) {
    int at = (int) (hash >>> 20) & table.length - 1;
    while (table[at] != 0) {
      if (table[at] == hash) {
        return false;
      }
      at = at + 1 & table.length - 1;
    }
    table[at] = hash;
    return true;
  }

  private void grow() {
    long[] old = table;
    try {
      table = new long[Math.multiplyExact(old.length, 2)];
    } catch (OutOfMemoryError | ArithmeticException tooMany) {
      table = null;
      return;
    }
    Arrays.stream(old).filter(hash -> hash != 0).forEach(this::put);
  }
}
