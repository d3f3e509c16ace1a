package io.qcache.keyspace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.random.RandomGenerator;

/**
 * Where the records of a section are, by hash.  Written under the stripe's lock; read also without, see below.
 * <pre>
 *   fingerprint = the 30 bits of the hash behind the stripe's
 *     directory[leading bits] ─► table: slots of 8 bytes, 8 to 32,768 of them; the next bits are the home
 *
 *   slot  ┌───────────────────────┬────────────┬────────────────────┐
 *         │ fingerprint (30 bits) │ freq 2 bit │ position (32 bits) │     0 is empty
 *         └───────────────────────┴────────────┴────────────────────┘
 * </pre>
 * Linear probing within a table, home being the leading bits that the directory leaves; never more than three quarters
 * full. A table that would be fuller doubles; one that has 32,768 slots splits in two by its next bit, and where the
 * directory has no bit for that, it doubles.  All of that reads slots alone, never a record, so it takes well below a
 * millisecond. The homes of all tables in the directory's order are the order of the hash at every size, which is what
 * makes a scan's cursor last; all entries of home h stand between slot h and the first empty slot behind it.
 *
 * <p><b>Reading without a lock.</b>  A reader takes the directory once and a table from it once, and looks at no more
 * slots
 * than that table has; what it finds counts only when its stamp is validated afterwards.  Tables that were replaced are
 * not
 * touched again, so such a reader sees old slots, never nonsense.
 *
 * <p>The frequency bits are set by readers, by compare-and-set; so whoever compares or copies a slot masks them.
 */
final class Index {
  static final int FINGERPRINT_BITS = 30;
  /** Behind the last place of a walk. */
  static final int END = 1 << FINGERPRINT_BITS;
  private static final int FINGERPRINT_SHIFT = 34;
  private static final long FREQUENCY_ONE = 1L << 32;
  private static final long FREQUENCY = 3 * FREQUENCY_ONE;
  private static final long POSITION = 0xffff_ffffL;
  private static final int LEAST_BITS = 3;
  private static final int MOST_BITS = 15;
  private static final int RANDOM_TRIES = 100; // an eighth of the slots is taken, in all but the least tables
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

  /** One table.  Its slots are replaced by making another table. */
  static final class Table {
    final long[] slots;
    final int depth; // leading bits of the fingerprint that all its entries share
    final int bits; // 1 << bits slots are used, those behind them are room
    int size; // guarded by the stripe

    Table(int depth, int bits) {
      Allocation.comes();
      this.slots = new long[Spread.longs(1 << bits)];
      this.depth = depth;
      this.bits = bits;
    }

    int home(int fingerprint) {
      return fingerprint << Integer.SIZE - FINGERPRINT_BITS + depth >>> Integer.SIZE - bits;
    }

    boolean isFull() {
      return size >= 3 << bits - 2;
    }

    private void place(long slot) {
      int mask = mask(slots);
      int at = home(fingerprint(slot));
      while (slots[at] != 0) {
        at = at + 1 & mask;
      }
      slots[at] = slot;
      size++;
    }
  }

  private Table only = new Table(0, LEAST_BITS); // null where there are several; saves readers a step
  private Table[] directory = {only}; // its length is a power of two
  private int size;
  private long bytes = bytes(LEAST_BITS);

  static int fingerprint(long hash, int stripeBits) {
    return (int) (hash << stripeBits >>> Long.SIZE - FINGERPRINT_BITS);
  }

  static int fingerprint(long slot) {
    return (int) (slot >>> FINGERPRINT_SHIFT);
  }

  static int position(long slot) {
    return (int) slot;
  }

  static int frequency(long slot) {
    return (int) (slot >>> 32) & 3;
  }

  private static long slot(int fingerprint, int frequency, int position) {
    return (long) fingerprint << FINGERPRINT_SHIFT | frequency * FREQUENCY_ONE | position & POSITION;
  }

  /** Of a table's slots that are used, the last one. */
  static int mask(long[] slots) {
    return Integer.highestOneBit(slots.length) - 1;
  }

  int size() {
    return size;
  }

  /** The memory of all tables, in bytes. */
  long bytes() {
    return bytes;
  }

  Table table(int fingerprint) {
    Table table = only;
    if (table != null) {
      return table;
    }
    Table[] tables = directory;
    return tables[fingerprint >>> FINGERPRINT_BITS - Integer.numberOfTrailingZeros(tables.length)];
  }

  /** The slot where a probe begins. */
  long slotAhead(int fingerprint) {
    Table table = table(fingerprint);
    return table.slots[table.home(fingerprint)];
  }

  /** The position of the entry in a table that has the fingerprint, 0 where none has; without any lock. */
  static int positionAhead(long[] slots, int home, int fingerprint) {
    int mask = mask(slots);
    for (int at = home, looked = 0; slots[at] != 0 && looked <= mask; looked++, at = at + 1 & mask) {
      if (fingerprint(slots[at]) == fingerprint) {
        return position(slots[at]);
      }
    }
    return 0;
  }

  /** Counts one read more of a record, up to three; without the lock too.  A lost race loses a count, nothing else. */
  void touch(int fingerprint, int position) {
    Table table = table(fingerprint);
    int mask = mask(table.slots);
    int at = table.home(fingerprint);
    for (int looked = 0; looked <= mask; looked++, at = at + 1 & mask) {
      long slot = table.slots[at];
      if (slot == 0) {
        return;
      }
      if (position(slot) == position) {
        if ((slot & FREQUENCY) != FREQUENCY) {
          SLOT.weakCompareAndSetPlain(table.slots, at, slot, slot + FREQUENCY_ONE);
        }
        return;
      }
    }
  }

  /** Makes room for one entry of the fingerprint, so that {@link #add} cannot fail. */
  void reserve(int fingerprint) {
    Table table = table(fingerprint);
    while (table.isFull()) {
      if (table.bits < MOST_BITS) {
        replace(table, grown(table));
      } else {
        split(table);
      }
      table = table(fingerprint);
    }
  }

  /**
   * Visits the positions whose home is at {@code place}, a fingerprint whose bits behind the home's are ignored; where
   * the next home begins, or {@link #END}.
   */
  int visitHome(int place, Records.Visitor visitor) {
    Table table = table(place);
    long[] slots = table.slots;
    int mask = mask(slots);
    int home = table.home(place);
    for (int at = home, looked = 0; slots[at] != 0 && looked <= mask; looked++, at = at + 1 & mask) {
      if (table.home(fingerprint(slots[at])) == home) {
        visitor.visit(position(slots[at]));
      }
    }
    int bits = table.depth + table.bits; // 3 to 30
    int shift = FINGERPRINT_BITS - bits;
    return (place >>> shift) + 1 << shift;
  }

  /**
   * The position of some entry: a slot of a table, both at random, until one is taken; nearly all are equally likely.
   * Where the generator's numbers depend on each other so that none is found, the next one in the order of the hash.
   * Not to be asked of none.
   */
  int random(RandomGenerator random) {
    for (int tries = 0; tries < RANDOM_TRIES; tries++) {
      Table table = table(random.nextInt(END));
      long slot = table.slots[random.nextInt(1 << table.bits)];
      if (slot != 0) {
        return position(slot);
      }
    }
    int[] found = new int[1];
    for (int place = random.nextInt(END); found[0] == 0; ) {
      place = visitHome(place, position -> found[0] = position) & END - 1; // and from the end to the beginning
    }
    return found[0];
  }

  /** Adds an entry, for which room was made. */
  void add(int fingerprint, int position) {
    table(fingerprint).place(slot(fingerprint, 0, position));
    size++;
  }

  /** Where in its table the slot with this position is. */
  int find(Table table, int fingerprint, int position) {
    int mask = mask(table.slots);
    for (int at = table.home(fingerprint); ; at = at + 1 & mask) {
      long slot = table.slots[at];
      if (slot == 0) {
        throw new AssertionError("no slot has position " + position);
      }
      if (position(slot) == position) {
        return at;
      }
    }
  }

  /** The entry's record is elsewhere now; its frequency goes along. */
  void move(int fingerprint, int from, int to) {
    Table table = table(fingerprint);
    int at = find(table, fingerprint, from);
    table.slots[at] = slot(fingerprint, frequency(table.slots[at]), to);
  }

  /** The entry's record is elsewhere now, and it has another frequency. */
  void move(int fingerprint, int from, int to, int frequency) {
    Table table = table(fingerprint);
    table.slots[find(table, fingerprint, from)] = slot(fingerprint, frequency, to);
  }

  /** How often the entry was read lately, 0 to 3. */
  int frequency(int fingerprint, int position) {
    Table table = table(fingerprint);
    return frequency(table.slots[find(table, fingerprint, position)]);
  }

  void remove(int fingerprint, int position) {
    Table table = table(fingerprint);
    // first: what fails here has changed nothing
    if (table.bits > LEAST_BITS && table.size <= 1 << table.bits - 3) {
      replace(table, resized(table, table.bits - 1));
      table = table(fingerprint);
    }
    long[] slots = table.slots;
    int mask = mask(slots);
    int gap = find(table, fingerprint, position);
    for (int at = gap + 1 & mask; slots[at] != 0; at = at + 1 & mask) {
      int pushed = at - table.home(fingerprint(slots[at])) & mask;
      if (pushed >= (at - gap & mask)) { // its home is at the gap or before it
        slots[gap] = slots[at];
        gap = at;
      }
    }
    slots[gap] = 0;
    table.size--;
    size--;
  }

  private Table grown(Table table) {
    return resized(table, table.bits + 1);
  }

  private static Table resized(Table table, int bits) {
    Table other = new Table(table.depth, bits); // first: what fails here has changed nothing
    for (long slot : table.slots) {
      if (slot != 0) {
        other.place(slot);
      }
    }
    return other;
  }

  private void replace(Table old, Table other) {
    for (int i = 0; i < directory.length; i++) {
      if (directory[i] == old) {
        directory[i] = other;
      }
    }
    only = directory.length == 1 ? other : null;
    bytes += bytes(other.bits) - bytes(old.bits);
  }

  private void split(Table table) {
    if (table.depth == Integer.numberOfTrailingZeros(directory.length)) {
      doubleDirectory();
    }
    Table low = new Table(table.depth + 1, MOST_BITS);
    Table high = new Table(table.depth + 1, MOST_BITS);
    int bit = 1 << FINGERPRINT_BITS - 1 - table.depth;
    for (long slot : table.slots) {
      if (slot != 0) {
        ((fingerprint(slot) & bit) == 0 ? low : high).place(slot);
      }
    }
    int span = directory.length >> table.depth;
    for (int i = 0; i < directory.length; i++) {
      if (directory[i] == table) {
        directory[i] = (i & span >> 1) == 0 ? low : high;
      }
    }
    bytes += bytes(MOST_BITS);
  }

  private void doubleDirectory() {
    Allocation.comes();
    Table[] twice = new Table[directory.length * 2];
    for (int i = 0; i < twice.length; i++) {
      twice[i] = directory[i >> 1];
    }
    bytes += 8L * directory.length;
    directory = twice;
    only = null;
  }

  private static long bytes(int bits) {
    return 48 + 8L * Spread.longs(1 << bits); // the table and its array, with their headers
  }
}
