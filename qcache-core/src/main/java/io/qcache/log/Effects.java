package io.qcache.log;

import io.qcache.engine.Deadline;
import io.qcache.engine.Parts;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.keyspace.Allocation;
import java.util.Arrays;

/**
 * What the changes of one operation, transaction or script do, in bytes: small deterministic steps that, applied in their order
 * to the same keys, give the same keys again, whatever the time is then and whatever was random.
 * <pre>
 *   effect   kind 1 │ key │ what the kind asks for
 *   number   seven bits a byte, the lowest first, the highest bit on all but the last
 *   bytes    their length, a number │ the bytes
 *   list     (length + 1 │ the bytes)* │ 0
 *   deadline, score   8 bytes, little-endian
 * </pre>
 * An effect is {@link #begin begun} before its change, which takes the memory that it needs, and is {@link #done} after it; one
 * whose change failed is overwritten by the next.  So what is here is what has happened, even where memory ended half way.
 * Effects apply to database 0 until {@link #DATABASE} says another.
 *
 * <p>Guarded by the stripes of its unit.
 */
public final class Effects {
  // Kinds; none of them 0, so that zeros are no effects.
  /** number: the database of what follows. */
  public static final int DATABASE = 1;
  /** key, bytes: holds a string, and no deadline. */
  public static final int STRING = 2;
  /** key, deadline, bytes: holds a string. */
  public static final int STRING_UNTIL = 3;
  /** key, bytes: holds a string that is raw, and no deadline. */
  public static final int STRING_RAW = 4;
  /** key, length, offset, bytes: a string, perhaps missing, becomes as long by zero bytes, and the bytes are written into it. */
  public static final int RANGE = 5;
  /** key: is gone. */
  public static final int REMOVE = 6;
  /** key, deadline: has it; {@link Deadline#NONE} for none. */
  public static final int DEADLINE = 7;
  /** key, database, key: what the first holds is held by the second from now on, and the first is gone. */
  public static final int RENAME = 8;
  /** key, database, key: the second holds the same as the first. */
  public static final int COPY = 9;
  /** key, list: pushed one after the other at the first end. */
  public static final int LIST_PUSH_FIRST = 10;
  /** key, list: pushed one after the other at the last end. */
  public static final int LIST_PUSH_LAST = 11;
  /** key, first, end: the elements from the one to before the other go. */
  public static final int LIST_REMOVE = 12;
  /** key, first, end: the others go. */
  public static final int LIST_KEEP = 13;
  /** key, index, bytes. */
  public static final int LIST_REPLACE = 14;
  /** key, index, bytes: before the one that is there. */
  public static final int LIST_INSERT = 15;
  /** key, most, bytes: so many that are equal go, those nearest to the first end. */
  public static final int LIST_REMOVE_EQUAL_FIRST = 16;
  /** key, most, bytes: the same from the last end. */
  public static final int LIST_REMOVE_EQUAL_LAST = 17;
  /** key, list: holds that list, and no deadline. */
  public static final int LIST = 18;
  /** key, list: fields and their values in turn; they have no deadlines then. */
  public static final int HASH_SET = 19;
  /** key, list: fields that go. */
  public static final int HASH_DELETE = 20;
  /** key, list. */
  public static final int SET_ADD = 21;
  /** key, list. */
  public static final int SET_REMOVE = 22;
  /** key, list: holds that set, and no deadline. */
  public static final int SET = 23;
  /** key, list: each member is followed by its score. */
  public static final int SCORES_PUT = 24;
  /** key, list: members that go. */
  public static final int SCORES_REMOVE = 25;
  /** key, first, end: the members from the one position to before the other go. */
  public static final int SCORES_REMOVE_RANGE = 26;
  /** key, list: holds that sorted set, and no deadline; each member is followed by its score. */
  public static final int SCORES_COMPACT = 27;
  /** The same, of a set that Redis would not keep in its compact encoding. */
  public static final int SCORES = 28;
  /** key: a sorted set is not compact any more. */
  public static final int SCORES_LEAVE_COMPACT = 29;
  /** number: the database is empty. */
  public static final int CLEAR = 30;
  /** number, number: the databases have exchanged what they hold. */
  public static final int SWAP = 31;

  /** key, deadline, bytes: a field of a hash has it; {@link Deadline#NONE} for none. */
  public static final int HASH_DEADLINE = 32;

  private static final int NUMBER_BYTES = 10; // at most
  private static final int KEPT_BYTES = 1 << 16; // a longer array goes with its unit
  private static final byte[] NOTHING = {};

  private byte[] array = NOTHING;
  private int done; // bytes of effects whose change has happened
  private int length; // with the one that is begun
  private int database; // of what is done
  private int databaseThen; // once what is begun is done

  /** Whether nothing has happened. */
  public boolean isEmpty() {
    return done == 0;
  }

  /** The effects, from 0 to {@link #length}; good until the next one. */
  public byte[] array() {
    return array;
  }

  /** The bytes of what has happened. */
  public int length() {
    return done;
  }

  /** Forgets them all; whether the array was handed over to somebody, who keeps it. */
  public void clear(boolean handedOver) {
    if (handedOver || array.length > KEPT_BYTES) {
      array = NOTHING;
    }
    done = 0;
    length = 0;
    database = 0;
    databaseThen = 0;
  }

  /** What was begun last has happened. */
  public void done() {
    done = length;
    database = databaseThen;
  }

  /** Makes room for so many bytes more. */
  private void reserve(long bytes) {
    long wanted = length + bytes;
    if (wanted > array.length) {
      if (wanted > Integer.MAX_VALUE - 8) {
        throw new OutOfMemoryError("a unit has effects of 2 GiB");
      }
      Allocation.comes();
      array = Arrays.copyOf(array, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(wanted, Math.max(256, 2L * array.length))));
    }
  }

  // Beginning

  /** Begins one in a database, which what follows may be too. */
  private Effects begin(int kind, int inDatabase, long bytes) {
    length = done;
    databaseThen = database;
    reserve(bytes + 2 + NUMBER_BYTES);
    if (inDatabase != database) {
      array[length++] = DATABASE;
      number(inDatabase);
      databaseThen = inDatabase;
    }
    array[length++] = (byte) kind;
    return this;
  }

  /** Begins one of a key that asks for nothing more, or for what is added then. */
  public Effects begin(int kind, int inDatabase, Slice key) {
    return begin(kind, inDatabase, NUMBER_BYTES + (long) key.length()).bytes(key);
  }

  /** Begins one that asks for one or two numbers. */
  public void begin(int kind, long first, long second) {
    begin(kind, database, 2L * NUMBER_BYTES).number(first);
    if (kind == SWAP) {
      number(second);
    }
  }

  /** {@link #STRING}, or {@link #STRING_UNTIL}. */
  public void string(int inDatabase, Slice key, Slice value, long deadlineMillis) {
    boolean until = deadlineMillis != Deadline.NONE;
    begin(until ? STRING_UNTIL : STRING, inDatabase, 2L * NUMBER_BYTES + Long.BYTES + key.length() + value.length());
    bytes(key);
    if (until) {
      fixed(deadlineMillis);
    }
    bytes(value);
  }

  /** {@link #RANGE} of {@code count} bytes. */
  public void range(int inDatabase, Slice key, long stringLength, long offset, byte[] from, int start, int count) {
    begin(RANGE, inDatabase, 4L * NUMBER_BYTES + key.length() + count);
    bytes(key).number(stringLength).number(offset).bytes(from, start, count);
  }

  /** One that asks for a list: what is at {@code from}, {@code from + 1} and so on. */
  public void list(int kind, int inDatabase, Slice key, Slices elements, int from) {
    long bytes = 0;
    for (int i = from; i < elements.size(); i++) {
      bytes += NUMBER_BYTES + (long) elements.get(i).length();
    }
    begin(kind, inDatabase, NUMBER_BYTES + key.length() + bytes + 1).bytes(key);
    for (int i = from; i < elements.size(); i++) {
      element(elements.get(i));
    }
    end();
  }

  // Going on

  /** The database of the second key, and that. */
  public void to(int otherDatabase, Slice other) {
    reserve(2L * NUMBER_BYTES + other.length());
    number(otherDatabase).bytes(other);
  }

  /** One more number, and bytes. */
  public void numbered(long number, Slice value) {
    reserve(2L * NUMBER_BYTES + value.length());
    number(number).bytes(value);
  }

  /** Two numbers more. */
  public void numbers(long first, long second) {
    reserve(2L * NUMBER_BYTES);
    number(first).number(second);
  }

  public void deadline(long millis) {
    reserve(Long.BYTES);
    fixed(millis);
  }

  /** Bytes, those that an array has from {@code start} on. */
  public void value(byte[] from, int start, int count) {
    reserve(NUMBER_BYTES + (long) count);
    bytes(from, start, count);
  }

  /** Says that a value of so many bytes comes by {@link #part}. */
  public void valueOf(int count) {
    reserve(NUMBER_BYTES + (long) count);
    number(count);
  }

  public void part(byte[] from, int start, int count) {
    reserve(count);
    raw(from, start, count);
  }

  /** Makes room for one more element of a list, its score and the list's end, so that these do not fail then. */
  public void reserveElement(Slice element) {
    reserve(NUMBER_BYTES + Long.BYTES + 1 + (long) element.length());
  }

  /** The next element of a list, for which there is room. */
  public Effects element(Slice element) {
    number(element.length() + 1L);
    raw(element);
    return this;
  }

  /** The score of the member that was just added, for which there is room. */
  public void score(double score) {
    fixed(Double.doubleToRawLongBits(score));
  }

  /** Ends a list, for which there is room. */
  public void end() {
    array[length++] = 0;
  }

  // Bytes, for which there is room

  private Effects number(long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      array[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    array[length++] = (byte) rest;
    return this;
  }

  private void fixed(long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      array[length++] = (byte) (value >>> 8 * i);
    }
  }

  private Effects bytes(Slice bytes) {
    number(bytes.length());
    raw(bytes);
    return this;
  }

  private void bytes(byte[] from, int start, int count) {
    number(count);
    raw(from, start, count);
  }

  private void raw(Slice bytes) {
    Parts parts = bytes.parts();
    if (parts == null) {
      raw(bytes.array(), bytes.offset(), bytes.length());
      return;
    }
    for (byte[] piece : parts.pieces()) {
      raw(piece, 0, piece.length);
    }
  }

  private void raw(byte[] from, int start, int count) {
    System.arraycopy(from, start, array, length, count);
    length += count;
  }
}
