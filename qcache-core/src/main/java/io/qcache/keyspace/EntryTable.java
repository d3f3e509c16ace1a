package io.qcache.keyspace;

import io.qcache.engine.Slice;
import java.util.random.RandomGenerator;

/**
 * The entries of one database in one stripe, found by hash.  Guarded by the stripe.
 * <pre>
 *  hash = | stripe bits | home bits … |         slot:   0    1    2    3    4    5    6    7
 *                                               entry:       a1   b1   c2   d2        e6
 *                                                            └─ home 1 ─┘└ 2, pushed ┘
 * </pre>
 * Linear probing with the <i>leading</i> bits of the hash as home, never more than three quarters full.  So the homes are in
 * the order of the hash at every size of the table, and a place in that order, a scan's cursor, stays one when the table
 * grows or shrinks.  All entries of home h stand between slot h and the first empty slot behind it: what is there throughout
 * a scan is met at its home, wherever it was pushed.  Deleting shifts back what had been pushed over the gap.
 */
final class EntryTable {
  private static final int LEAST_BITS = 3;
  private static final int MOST_TRIES = 100; // then the next one has to do: the generator is perhaps a test's constant

  private final int skippedBits; // of the hash, by which the stripe was chosen
  private Entry[] slots;
  private int bits; // slots.length == 1 << bits
  private int size;

  EntryTable(int skippedBits) {
    this.skippedBits = skippedBits;
    resize(LEAST_BITS);
  }

  int size() {
    return size;
  }

  /** How many homes there are: a power of two. */
  int homes() {
    return slots.length;
  }

  int homeBits() {
    return bits;
  }

  Entry find(Slice key, long hash) {
    int mask = slots.length - 1;
    for (int slot = home(hash); ; slot = (slot + 1) & mask) {
      Entry entry = slots[slot];
      if (entry == null || (entry.hash == hash && entry.key.equals(key))) {
        return entry;
      }
    }
  }

  /** Adds an entry whose key is not there. */
  void add(Entry entry) {
    if (size >= slots.length - slots.length / 4) {
      resize(bits + 1);
    }
    place(entry);
    size++;
  }

  void remove(Entry entry) {
    int mask = slots.length - 1;
    int gap = home(entry.hash);
    while (slots[gap] != entry) {
      gap = (gap + 1) & mask;
    }
    for (int slot = (gap + 1) & mask; slots[slot] != null; slot = (slot + 1) & mask) {
      int pushed = (slot - home(slots[slot].hash)) & mask;
      if (pushed >= ((slot - gap) & mask)) { // its home is at the gap or before it
        slots[gap] = slots[slot];
        gap = slot;
      }
    }
    slots[gap] = null;
    size--;
    if (bits > LEAST_BITS && size < slots.length / 8) {
      resize(bits - 1);
    }
  }

  /** The {@code n}-th entry, from 0, whose home is {@code home}; null behind the last. */
  Entry atHome(int home, int n) {
    int mask = slots.length - 1;
    int seen = 0;
    for (int slot = home; slots[slot] != null; slot = (slot + 1) & mask) {
      if (home(slots[slot].hash) == home && seen++ == n) {
        return slots[slot];
      }
    }
    return null;
  }

  /** One entry, all equally likely.  Not to be called on an empty table. */
  Entry random(RandomGenerator random) {
    int slot = random.nextInt(slots.length);
    for (int tries = 0; slots[slot] == null; tries++) { // an eighth of the slots is taken at least, so eight on average
      slot = tries < MOST_TRIES ? random.nextInt(slots.length) : (slot + 1) & (slots.length - 1);
    }
    return slots[slot];
  }

  private int home(long hash) {
    return (int) (hash << skippedBits >>> (Long.SIZE - bits));
  }

  private void place(Entry entry) {
    int mask = slots.length - 1;
    int slot = home(entry.hash);
    while (slots[slot] != null) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = entry;
  }

  private void resize(int newBits) {
    Entry[] old = slots;
    Entry[] fresh = new Entry[1 << newBits]; // first: what fails here has changed nothing
    slots = fresh;
    bits = newBits;
    if (old != null) {
      for (Entry entry : old) {
        if (entry != null) {
          place(entry);
        }
      }
    }
  }
}
