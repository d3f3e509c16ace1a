package io.qcache.keyspace;

import io.qcache.ValueType;
import io.qcache.collection.PackedElements;
import io.qcache.engine.Deadline;
import io.qcache.engine.MemoryKind;
import io.qcache.engine.Parts;
import io.qcache.engine.Sink;
import io.qcache.engine.Slice;
import java.util.Arrays;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Keys and what they hold, in bytes: the contents of a section.  Guarded by its stripe.
 * <pre>
 *   index: slots by hash ──position──► log: pages of records ──handle──► large values: chunks
 *                 ▲                                │
 *                 └────── deadlines: hints ◄───────┘ of those that have one
 * </pre>
 * A record is named by its position, {@link #NONE} for no record; a position is good until the next change here.
 *
 * <p><b>Reading without the lock.</b>  {@link #peek}, {@link #give} and the questions about a record may be asked
 * between
 * {@link Stripe#tryRead} and {@link Stripe#validate}.  Then a page may hold other bytes than a moment ago: no loop is
 * longer
 * than its table, nothing is copied or sized before its end was checked against the page's, what fails fails with a
 * RuntimeException, and whatever they answer counts only if the stamp is valid.  Large values are not read so.
 */
public final class Records {
  /** No record. */
  public static final int NONE = 0;
  /** Behind the last place of a walk. */
  public static final int END = Index.END;

  private static final ValueType[] TYPES = ValueType.values();
  private static final int HANDLE_BYTES = 4;
  private static final byte[] NOTHING = {};
  private static final int WALKED_AT_ONCE = 64; // homes
  private static final int MOVED_AT_ONCE = 32; // records of a page that is cleaned

  private final Terms terms;
  private final Index index = new Index();
  private final RecordLog log;
  private final LargeValues large = new LargeValues();
  private final Deadlines deadlines = new Deadlines();
  private int withDeadline;
  private int timed; // hashes whose fields may have deadlines
  private Ghosts ghosts; // null until something was evicted here
  private boolean newIntoMain; // keys of which no ghost tells
  private long slotsSeen; // so that no read of a slot can be left out
  private int cleanInVainAt = -1; // the log's allocations when no page was worth cleaning

  /** What all sections of an engine have in common. */
  public interface Terms {
    /** The keyed hash, whose first {@link #stripeBits} bits chose the stripe. */
    long hash(Slice key);

    int stripeBits();

    long nowMillis();

    /** The size that pages grow to, 512 bytes to 256 KiB. */
    int pageBytes();

    /** Values longer than this are kept in chunks; below 64 KiB, so that the others' length fits a header. */
    int largeAbove();

    Admission admission();
  }

  Records(Terms terms) {
    this.terms = terms;
    this.log = new RecordLog(terms.admission());
  }

  // Looking

  private int fingerprint(Slice key) {
    return Index.fingerprint(terms.hash(key), terms.stripeBits());
  }

  /** The record of the key, due or not, or NONE. */
  public int locate(Slice key) {
    int fingerprint = fingerprint(key);
    Index.Table table = index.table(fingerprint);
    long[] slots = table.slots;
    int mask = Index.mask(slots);
    int at = table.home(fingerprint);
    for (int looked = 0; looked <= mask; looked++, at = at + 1 & mask) {
      long slot = slots[at];
      if (slot == 0) {
        return NONE;
      }
      if (Index.fingerprint(slot) == fingerprint && hasKey(Index.position(slot), key)) {
        return Index.position(slot);
      }
    }
    return NONE;
  }

  /** Adds what a lookup of the key will read; without any lock. */
  void add(Misses misses, Slice key) {
    int fingerprint = fingerprint(key);
    misses.add(log, index.table(fingerprint), fingerprint);
  }

  private boolean hasKey(int record, Slice key) {
    byte[] page = log.page(record);
    int at = RecordLog.offset(record);
    int header = RecordLayout.intAt(page, at);
    int length = key.length();
    if (RecordLayout.isPlain(header, length)) {
      int start = at + RecordLayout.PLAIN_KEY;
      return length <= page.length - start && key.contentEquals(page, start, length);
    }
    int start = RecordLayout.keyStart(at, header);
    return RecordLayout.keyLength(page, at, header) == length && length <= page.length - start
        && key.contentEquals(page, start, length);
  }

  /** The record of the key, or NONE where it is missing or its time has come.  Changes nothing. */
  public int peek(Slice key) {
    int record = locate(key);
    return record == NONE || isDue(record) ? NONE : record;
  }

  public boolean isDue(int record) {
    long deadline = deadline(record);
    return deadline != Deadline.NONE && deadline <= terms.nowMillis();
  }

  private int header(int record) {
    return RecordLayout.intAt(log.page(record), RecordLog.offset(record));
  }

  /** The deadline of a record in milliseconds, or {@link Deadline#NONE}. */
  public long deadline(int record) {
    return RecordLayout.deadline(log.page(record), RecordLog.offset(record), header(record));
  }

  public ValueType type(int record) {
    return TYPES[RecordLayout.type(header(record))];
  }

  /** Whether the value lies behind a handle, so that the lock is needed to read it. */
  public boolean isLarge(int record) {
    return RecordLayout.isLarge(header(record));
  }

  /** Whether it is a short string that was changed in part, whose encoding Redis calls raw. */
  public boolean isRaw(int record) {
    return RecordLayout.isRaw(header(record));
  }

  /** Whether it is a hash whose fields may have deadlines. */
  public boolean isTimed(int record) {
    return RecordLayout.isTimed(header(record));
  }

  /** The earliest deadline of a field of a hash, {@link Deadline#NONE} where none has one. */
  public long earliest(int record) {
    if (!isTimed(record)) {
      return Deadline.NONE;
    }
    return isLarge(record) ? large.get(handle(record)).earliest()
        : PackedElements.timed(valueOf(record, new Slice()), 0).earliest();
  }

  public long nowMillis() {
    return terms.nowMillis();
  }

  /** The byte of the value at {@code offset}, which is within it, from 0 to 255. */
  public int byteAt(int record, int offset) {
    return (isLarge(record) ? string(record).at(offset) : log.page(record)[valueStart(record) + offset]) & 0xff;
  }

  /** The length in bytes of a value that is a string, or is packed. */
  public int length(int record) {
    int header = header(record);
    return RecordLayout.isLarge(header) ? string(record).length() : RecordLayout.valueLength(header);
  }

  private int valueStart(int record) {
    byte[] page = log.page(record);
    int at = RecordLog.offset(record);
    return RecordLayout.valueStart(page, at, RecordLayout.intAt(page, at));
  }

  private int handle(int record) {
    return RecordLayout.intAt(log.page(record), valueStart(record));
  }

  /** Gives {@code count} bytes of the value from {@code from} on. */
  public void give(int record, int from, int count, Sink out) {
    byte[] page = log.page(record);
    int at = RecordLog.offset(record);
    int header = RecordLayout.intAt(page, at);
    if (RecordLayout.isLarge(header)) {
      string(record).give(from, count, out);
      return;
    }
    int start = RecordLayout.valueStart(page, at, header);
    if (start < 0 || start > page.length - from - count) { // before the sink makes room for it
      throw new IndexOutOfBoundsException("the record was overwritten");
    }
    out.value(page, start + from, count);
  }

  /** A pin on the bytes of a large string.  Under the read lock or better. */
  public Pin pin(int record) {
    return string(record).pin();
  }

  private Chunks string(int record) {
    return (Chunks) large.get(handle(record));
  }

  /** The value of a large record, to be read.  Under the read lock or better. */
  public LargeValue large(int record) {
    return large.get(handle(record));
  }

  /** What {@link #read} answers where it gives nothing. */
  public static final long MISSING = -1;
  /** The value is of another type. */
  public static final long WRONG_TYPE = -2;
  /** The value is large, so that it takes the lock and a pin to read it. */
  public static final long IS_LARGE = -3;

  /**
   * Gives the value of a key that holds a type, looking at its record once; its length, or why nothing was given.
   * Counts the read where it is {@code counted}.
   */
  public long read(Slice key, ValueType type, Sink out, boolean counted) {
    int record = locate(key);
    if (record == NONE) {
      return MISSING;
    }
    byte[] page = log.page(record);
    int at = RecordLog.offset(record);
    int header = RecordLayout.intAt(page, at);
    if (RecordLayout.hasDeadline(header) && RecordLayout.deadline(page, at, header) <= terms.nowMillis()) {
      return MISSING;
    }
    if (RecordLayout.type(header) != type.ordinal()) {
      return WRONG_TYPE;
    }
    if (RecordLayout.isLarge(header)) {
      return IS_LARGE;
    }
    int start = RecordLayout.isPlain(header, key.length())
        ? at + RecordLayout.PLAIN_KEY + key.length() : RecordLayout.valueStart(page, at, header);
    int length = RecordLayout.valueLength(header);
    if (start < 0 || start > page.length - length) { // before the sink makes room for it
      throw new IndexOutOfBoundsException("the record was overwritten");
    }
    if (counted) {
      index.touch(fingerprint(key), record);
    }
    out.value(page, start, length);
    return length;
  }

  /** Counts a use of the record, up to three of them; without the lock too. */
  public void touch(Slice key, int record) {
    index.touch(fingerprint(key), record);
  }

  /** How often the record was used lately, 0 to 3. */
  public int frequency(Slice key, int record) {
    return index.frequency(fingerprint(key), record);
  }

  /** Points the slice at the key of a record, in its page. */
  public Slice keyOf(int record, Slice into) {
    byte[] page = log.page(record);
    int at = RecordLog.offset(record);
    int header = RecordLayout.intAt(page, at);
    return into.wrap(page, RecordLayout.keyStart(at, header), RecordLayout.keyLength(page, at, header));
  }

  /** Points the slice at the whole value: in its page, or a copy of it where it is a large string. */
  public Slice valueOf(int record, Slice into) {
    if (isLarge(record)) {
      return into.wrap(string(record).copy());
    }
    return into.wrap(log.page(record), valueStart(record), RecordLayout.valueLength(header(record)));
  }

  public int size() {
    return index.size();
  }

  /** How many records have a deadline. */
  public int sizeWithDeadline() {
    return withDeadline;
  }

  /** How many of them are hashes whose fields may have deadlines. */
  public int sizeTimed() {
    return timed;
  }

  // Walking in the order of the hash

  /** What a walk does with each record. */
  public interface Visitor {
    void visit(int record);
  }

  /**
   * Visits the records of the home at {@code place}, a prefix of the 30 bits of hash behind the stripe's; where the
   * next home begins, {@link #END} behind the last.
   */
  public int visitHome(int place, Visitor visitor) {
    return index.visitHome(place, visitor);
  }

  /** Any record, nearly all equally likely.  Not to be asked of none. */
  public int random(RandomGenerator random) {
    return index.random(random);
  }

  // Changing, under the stripe's write lock

  /**
   * Lets the key hold a copy of the value, in place where that has the same size.  All memory is taken before the first
   * change.
   *
   * @param old the key's record or NONE
   * @return the record
   */
  public int put(Slice key, int old, ValueType type, byte[] value, int from, int length, long deadlineMillis) {
    return put(key, old, type, 0, value, from, length, deadlineMillis);
  }

  private int put(
      Slice key, int old, ValueType type, int raw, byte[] value, int from, int length, long deadlineMillis) {
    if (length > terms.largeAbove()) {
      return putLarge(key, old, type, new Chunks(value, from, length, length), deadlineMillis);
    }
    if (old != NONE && deadlineMillis == Deadline.NONE && keepsShape(old, type.ordinal() | raw, length)) {
      if (terms.admission().counts()) {
        index.touch(fingerprint(key), old);
      }
      System.arraycopy(value, from, log.page(old), valueStart(old), length);
      return old;
    }
    int dropped = handleToDrop(old);
    int kind = dropped < 0 ? 0 : log.kind(RecordLog.number(old));
    int record = place(key, old, type.ordinal() | raw, length, deadlineMillis);
    System.arraycopy(value, from, log.page(record), valueStart(record), length);
    drop(dropped, kind);
    return record;
  }

  /** {@link #put} of a packed hash whose fields may have deadlines. */
  public int putTimed(Slice key, int old, byte[] value, int length, long deadlineMillis) {
    return put(key, old, ValueType.HASH, RecordLayout.RAW, value, 0, length, deadlineMillis);
  }

  /** Notes that a hash's fields may have deadlines; the record. */
  public int setTimed(Slice key, int old) {
    return rewrite(key, old, RecordLayout.RAW, deadline(old));
  }

  /** Has the hash looked at when a field of it is due: before it has that deadline. */
  public void hint(Slice key, long millis) {
    deadlines.add(fingerprint(key), millis, terms.nowMillis(), withDeadline + timed, this::hintFrom);
  }

  /** {@link #put} of a value that is marked as {@link #isRaw}, where it is short. */
  public int putRaw(Slice key, int old, ValueType type, byte[] value, int length, long deadlineMillis) {
    return put(key, old, type, RecordLayout.RAW, value, 0, length, deadlineMillis);
  }

  /** Lets the key hold a string whose parts are the store's own from now on; the record. */
  public int put(Slice key, int old, Parts value, long deadlineMillis) {
    return putLarge(key, old, ValueType.STRING, new Chunks(value), deadlineMillis);
  }

  /**
   * Lets the key hold a value by a handle.  All memory is taken before the first change.
   *
   * @param old   the key's record or NONE
   * @param value the section's own from now on
   * @return the record
   */
  public int putLarge(Slice key, int old, ValueType type, LargeValue value, long deadlineMillis) {
    return putLarge(key, old, type, 0, value, deadlineMillis);
  }

  /** {@link #putLarge} of a hash whose fields may have deadlines. */
  public int putLargeTimed(Slice key, int old, LargeValue value, long deadlineMillis) {
    return putLarge(key, old, ValueType.HASH, RecordLayout.RAW, value, deadlineMillis);
  }

  private int putLarge(Slice key, int old, ValueType type, int raw, LargeValue value, long deadlineMillis) {
    large.reserve();
    int dropped = handleToDrop(old);
    int kind = dropped < 0 ? 0 : log.kind(RecordLog.number(old));
    int record = place(key, old, type.ordinal() | raw | RecordLayout.LARGE, HANDLE_BYTES, deadlineMillis, value.bytes());
    drop(dropped, kind);
    RecordLayout.setIntAt(log.page(record), valueStart(record), large.add(value));
    log.weigh(log.kind(RecordLog.number(record)), value.bytes());
    if (old == NONE) {
      terms.admission().opened(value.bytes());
    }
    return record;
  }

  private int handleToDrop(int record) {
    return record != NONE && isLarge(record) ? handle(record) : -1;
  }

  private void drop(int handle, int kind) {
    if (handle >= 0) {
      log.weigh(kind, -large.bytes(handle));
      large.remove(handle);
    }
  }

  /** Lets a key that is missing hold zero bytes, to be written over; the record, which is {@link #isRaw}. */
  public int create(Slice key, ValueType type, int length) {
    if (length > terms.largeAbove()) {
      return putLarge(key, NONE, type, new Chunks(NOTHING, 0, 0, length), Deadline.NONE);
    }
    int record = place(key, NONE, type.ordinal() | RecordLayout.RAW, length, Deadline.NONE);
    int start = valueStart(record);
    Arrays.fill(log.page(record), start, start + length, (byte) 0);
    return record;
  }

  /**
   * Makes the value longer by zero bytes, or leaves it as long, and fit for {@link #write}; the record, which is
   * {@link #isRaw}.
   */
  public int grow(Slice key, int old, int newLength) {
    if (isLarge(old)) {
      try {
        ((Chunks) change(old)).grow(newLength);
      } finally { // where it failed half way it may have grown
        changed(old);
      }
      return old;
    }
    byte[] oldPage = log.page(old);
    int oldStart = valueStart(old);
    int oldLength = length(old);
    if (newLength > terms.largeAbove()) {
      return putLarge(key, old, type(old), new Chunks(oldPage, oldStart, oldLength, newLength), deadline(old));
    }
    int record = place(key, old, type(old).ordinal() | RecordLayout.RAW, newLength, deadline(old));
    byte[] page = log.page(record);
    int start = valueStart(record);
    if (record != old) { // which is dead, but its bytes are still there
      System.arraycopy(oldPage, oldStart, page, start, oldLength);
    }
    Arrays.fill(page, start + oldLength, start + newLength, (byte) 0);
    return record;
  }

  /**
   * Overwrites bytes of the value that are there, of the record that {@link #grow} or {@link #create} has just
   * answered.
   */
  public void write(int record, int offset, byte[] array, int from, int count) {
    if (isLarge(record)) {
      ((Chunks) change(record)).write(offset, array, from, count);
    } else {
      System.arraycopy(array, from, log.page(record), valueStart(record) + offset, count);
    }
  }

  /** The value of a large record, for a change, behind which comes {@link #changed}, whether it failed or not. */
  public LargeValue change(int record) {
    return large.change(handle(record));
  }

  /** Settles what the change of a large value made of its memory. */
  public void changed(int record) {
    long grown = large.changed(handle(record));
    if (grown != 0) {
      log.weigh(log.kind(RecordLog.number(record)), grown);
    }
  }

  /** A collection was changed or read by a writer: counts the use, as an overwrite is one. */
  public void used(Slice key, int record) {
    if (terms.admission().counts()) {
      index.touch(fingerprint(key), record);
    }
  }

  /** Sets the deadline, or takes it away; the record. */
  public int setDeadline(Slice key, int old, long deadlineMillis) {
    long oldDeadline = deadline(old);
    return oldDeadline == deadlineMillis ? old : rewrite(key, old, 0, deadlineMillis);
  }

  /** A record of the same value, with that deadline, and with these flags too. */
  private int rewrite(Slice key, int old, int more, long deadlineMillis) {
    int header = header(old);
    int length = RecordLayout.valueLength(header);
    byte[] oldPage = log.page(old);
    int oldStart = valueStart(old);
    int oldKind = log.kind(RecordLog.number(old));
    int kept = RecordLayout.type(header) | header & (RecordLayout.LARGE | RecordLayout.RAW) | more;
    int record = place(key, old, kept, length, deadlineMillis);
    System.arraycopy(oldPage, oldStart, log.page(record), valueStart(record), length);
    moveWeight(old, record, oldKind);
    return record;
  }

  /** A large value went along from a record of that kind to another one. */
  private void moveWeight(int from, int record, int oldKind) {
    if (from != record && isLarge(record)) {
      long bytes = large.bytes(handle(record));
      log.weigh(oldKind, -bytes);
      log.weigh(log.kind(RecordLog.number(record)), bytes);
    }
  }

  /**
   * Lets a key here or elsewhere hold what the record holds, deadline and all; the new record.  Where it {@code moves},
   * so that this record is removed next, a large value goes along uncopied.
   */
  public int copyTo(Records target, Slice to, int old, int record, boolean moves) {
    long earliest = earliest(record);
    if (earliest != Deadline.NONE) {
      target.hint(to, earliest);
    }
    int raw = header(record) & RecordLayout.RAW;
    if (isLarge(record)) {
      LargeValue value = large.get(handle(record));
      return target.putLarge(to, old, type(record), raw, moves ? value : value.copied(), deadline(record));
    }
    return target.put(to, old, type(record), raw, log.page(record), valueStart(record),
        length(record), deadline(record));
  }

  /** Takes the record away. */
  public void remove(Slice key, int record) {
    drop(handleToDrop(record), log.kind(RecordLog.number(record)));
    index.remove(fingerprint(key), record);
    bury(record);
  }

  /** Whether nothing of the record changes but the value's bytes, as most often: then the long way by {@link #place} is saved. */
  private boolean keepsShape(int old, int typeAndRaw, int length) {
    return RecordLayout.isSame(header(old), typeAndRaw, length) && !log.isFrozen(old);
  }

  private int place(Slice key, int old, int typeAndLarge, int length, long deadlineMillis) {
    return place(key, old, typeAndLarge, length, deadlineMillis, 0);
  }

  /**
   * A record of the key with room for a value of {@code length} bytes, which may lead to {@code behind} bytes more: the
   * old one where it has the same size.
   */
  private int place(Slice key, int old, int typeAndLarge, int length, long deadlineMillis, long behind) {
    boolean hasDeadline = deadlineMillis != Deadline.NONE;
    long size = RecordLayout.size(key.length(), length, hasDeadline);
    int fingerprint = fingerprint(key);
    int kind = (hasDeadline ? RecordLog.VOLATILE : 0) | (RecordLayout.isLarge(typeAndLarge) ? RecordLog.LARGE : 0);
    int oldHeader = old == NONE ? 0 : header(old);
    long oldDeadline = RecordLayout.hasDeadline(oldHeader) ? deadline(old) : Deadline.NONE;
    boolean inPlace = false;
    if (old == NONE) {
      kind |= queueOfNew(key, size, behind, kind);
      log.reserve(size, kind, terms.pageBytes(), true);
      index.reserve(fingerprint);
    } else {
      kind |= behind > 0 && terms.admission().isHuge(behind) ? RecordLog.MAIN
          : log.kind(RecordLog.number(old)) & RecordLog.MAIN;
      inPlace = kind == log.kind(RecordLog.number(old)) && !log.isFrozen(old)
          && RecordLayout.size(key.length(), RecordLayout.valueLength(oldHeader), hasDeadline) == size;
      if (!inPlace) {
        log.reserve(size, kind, terms.pageBytes(), false);
      }
    }
    if (hasDeadline && deadlineMillis < oldDeadline) {
      deadlines.add(fingerprint, deadlineMillis, terms.nowMillis(), withDeadline + timed, this::hintFrom);
    }
    // From here on nothing is allocated, so nothing fails half done.
    if (old != NONE && terms.admission().counts()) {
      index.touch(fingerprint, old);
    }
    timed += RecordLayout.isTimed(typeAndLarge) ? 1 : 0;
    if (inPlace) {
      timed -= RecordLayout.isTimed(oldHeader) ? 1 : 0;
      RecordLayout.overwrite(log.page(old), RecordLog.offset(old), oldHeader, typeAndLarge, deadlineMillis, length);
      return old;
    }
    int record = log.append(size, kind);
    RecordLayout.write(log.page(record), RecordLog.offset(record), typeAndLarge, deadlineMillis, key, length);
    withDeadline += hasDeadline ? 1 : 0;
    if (old == NONE) {
      index.add(fingerprint, record);
    } else {
      index.move(fingerprint, old, record);
      bury(old);
    }
    return record;
  }

  /** The queue of a new key: main where it was here not long ago, or while there is room for all. */
  private int queueOfNew(Slice key, long size, long behind, int kind) {
    if (behind > 0 && terms.admission().isHuge(behind)) {
      return RecordLog.MAIN;
    }
    if (ghosts != null) {
      long ago = ghosts.take(terms.hash(key), terms.admission().now());
      if (ago != Ghosts.NEVER && terms.admission().takesBack(ago, size + behind)) {
        return RecordLog.MAIN;
      }
    }
    if (log.isMissing(size, kind | (newIntoMain ? RecordLog.MAIN : 0), terms.pageBytes())) {
      newIntoMain = terms.admission().takesNew();
    }
    return newIntoMain ? RecordLog.MAIN : 0;
  }

  private void bury(int record) {
    withDeadline -= deadline(record) == Deadline.NONE ? 0 : 1;
    timed -= isTimed(record) ? 1 : 0;
    log.kill(record, sizeOf(record));
  }

  private long sizeOf(int record) {
    return RecordLayout.size(log.page(record), RecordLog.offset(record));
  }

  // Deadlines

  /** What is done with a record whose time has come, or that of fields of a hash. */
  interface Due {
    void expire(Slice key, int record);
  }

  /** Whether {@link #nextMillis} may answer otherwise than when this was last asked. */
  boolean takeDeadlinesChanged() {
    return deadlines.takeChanged();
  }

  /** When to look for what is due: at or before the first deadline. */
  long nextMillis() {
    return deadlines.nextMillis();
  }

  /** Hands out what is due, after handling at most {@code most} hints; whether there may be more. */
  boolean expire(long nowMillis, int most, Due due) {
    return deadlines.nextMillis() <= nowMillis && deadlines.advance(nowMillis, most, hash -> fire(hash, due));
  }

  private void fire(int fingerprint, Due due) {
    Slice key = new Slice();
    int last = NONE; // a hash of which more fields are due than go at once: the others go in a moment
    for (int record = nextWith(fingerprint, true); record != last; record = nextWith(fingerprint, true)) {
      due.expire(keyOf(record, key), record);
      last = nextWith(fingerprint, true) == record ? record : NONE;
    }
    int waiting = nextWith(fingerprint, false);
    if (waiting != NONE) { // put off since the hint was given; should several share the hash, the first brings the next
      deadlines.again(fingerprint, Math.max(firstOf(waiting), terms.nowMillis() + 1));
    }
  }

  /** The record's deadline, or the first of its fields' if that is earlier. */
  private long firstOf(int record) {
    return Math.min(deadline(record), earliest(record));
  }

  /** A record of the fingerprint that is due, or the one with the earliest deadline to come. */
  private int nextWith(int fingerprint, boolean due) {
    int found = NONE;
    Index.Table table = index.table(fingerprint);
    int mask = Index.mask(table.slots);
    for (int at = table.home(fingerprint); table.slots[at] != 0; at = at + 1 & mask) {
      int record = Index.position(table.slots[at]);
      long first = Index.fingerprint(table.slots[at]) == fingerprint ? firstOf(record) : Deadline.NONE;
      if (first == Deadline.NONE) {
        continue;
      }
      if (due && first <= terms.nowMillis()) {
        return record;
      }
      if (!due && (found == NONE || first < firstOf(found))) {
        found = record;
      }
    }
    return found;
  }

  private int hintFrom(int place, DeadlineWheel into) {
    Slice key = new Slice();
    int next = place;
    for (int i = 0; i < WALKED_AT_ONCE; i++) {
      next = index.visitHome(next, record -> {
        long first = firstOf(record);
        if (first != Deadline.NONE) {
          into.add(fingerprint(keyOf(record, key)), first);
        }
      });
      if (next == Index.END) {
        return 0;
      }
    }
    return next;
  }

  // Memory

  /** All memory held, in bytes. */
  long bytes() {
    return index.bytes() + log.allocated() + large.bytes() + deadlines.bytes() + (ghosts == null ? 0 : ghosts.bytes());
  }

  /** The part of it that is held for that. */
  public long bytes(MemoryKind kind) {
    return switch (kind) {
      case PAGES -> log.allocated();
      case LARGE_VALUES -> large.bytes();
      case INDEX -> index.bytes();
      case DEADLINES -> deadlines.bytes();
      case GHOSTS -> ghosts == null ? 0 : ghosts.bytes();
    };
  }

  /**
   * Whether more than the {@code parts}-th part of all pages is dead, and a page worth cleaning was not looked for in
   * vain.
   */
  boolean wantsCleaning(int parts) {
    return log.dead() > log.allocated() / parts && log.allocations() != cleanInVainAt;
  }

  /** Moves the living records of the worst page away, if at least {@code 1 / parts} of it is dead; whether it did. */
  boolean clean(int parts) {
    int number = log.worst(parts);
    if (number == RecordLog.NO_PAGE) {
      cleanInVainAt = log.allocations();
      return false;
    }
    int[] records = new int[MOVED_AT_ONCE];
    int[] fingerprints = new int[MOVED_AT_ONCE];
    byte[] page = log.pageOf(number);
    int kind = log.kind(number);
    Slice key = new Slice();
    int fill = log.fill(number);
    for (int at = 0; at < fill; ) {
      int found = 0;
      for (; at < fill && found < MOVED_AT_ONCE; at += (int) RecordLayout.size(page, at)) {
        if (!RecordLayout.isDead(RecordLayout.intAt(page, at))) {
          records[found] = RecordLog.position(number, at);
          fingerprints[found] = fingerprint(keyOf(records[found], key));
          found++;
        }
      }
      for (int i = 0; i < found; i++) { // so that the processor waits for the slots of all of them together
        slotsSeen += index.slotAhead(fingerprints[i]);
      }
      for (int i = 0; i < found; i++) {
        int offset = RecordLog.offset(records[i]);
        int size = (int) RecordLayout.size(page, offset);
        int record = copied(records[i], page, offset, size, kind);
        index.move(fingerprints[i], records[i], record);
        log.kill(records[i], size);
      }
    }
    return true;
  }

  /** A copy of a record at the head of a kind; the record itself is left to the caller. */
  private int copied(int old, byte[] page, int at, int size, int kind) {
    log.reserve(size, kind, terms.pageBytes(), false);
    int record = log.append(size, kind);
    System.arraycopy(page, at, log.page(record), RecordLog.offset(record), size);
    moveWeight(old, record, log.kind(RecordLog.number(old)));
    return record;
  }

  // Eviction

  /** What a walk over a page does with each of its living records. */
  interface Walker {
    void visit(Slice key, int record);
  }

  /** The order of pages and what they hold, for those who choose what is walked. */
  RecordLog log() {
    return log;
  }

  /**
   * Walks on in a page, over at most so many living records, to each of which the walker either puts an end or gives
   * another place by {@link #keep}; with the last one the page is given back.  Whether it was.
   */
  boolean walk(int number, int most, Walker walker) {
    if (!log.seal(number)) {
      return true;
    }
    byte[] page = log.pageOf(number);
    int fill = log.fill(number);
    Slice key = new Slice();
    int walked = 0;
    for (int at = log.walkedTo(number); at < fill && walked < most; ) {
      int size = (int) RecordLayout.size(page, at);
      if (!RecordLayout.isDead(RecordLayout.intAt(page, at))) {
        int record = RecordLog.position(number, at);
        walker.visit(keyOf(record, key), record);
        walked++;
      }
      at += size;
      log.walkedTo(number, at);
    }
    return log.pageOf(number) != page;
  }

  /** Gives a record that is walked another place, in the main queue or the small one, and a frequency. */
  void keep(Slice key, int record, boolean main, int frequency) {
    int number = RecordLog.number(record);
    byte[] page = log.page(record);
    int at = RecordLog.offset(record);
    int size = (int) RecordLayout.size(page, at);
    int kept = copied(record, page, at, size, log.kind(number) & ~RecordLog.MAIN | (main ? RecordLog.MAIN : 0));
    index.move(fingerprint(key), record, kept, frequency);
    log.kill(record, size);
  }

  /** Remembers that a key is dropped from the small queue, whose page was opened then. */
  void remember(Slice key, long born) {
    Admission admission = terms.admission();
    if (ghosts == null || ghosts.isUnfit(index.size(), admission.tickBytes())) {
      ghosts = new Ghosts(index.size(), admission.tickBytes());
    }
    ghosts.add(terms.hash(key), born, admission.now());
  }

  /** The bytes of a record, and of the large value that it leads to. */
  long weight(int record) {
    return sizeOf(record) + (isLarge(record) ? large.bytes(handle(record)) : 0);
  }

  // Snapshots

  /** Freezes all records as they are.  Until {@link #thaw} nothing but deaths is written into them. */
  FrozenPages freeze() {
    large.freeze();
    try {
      return log.freeze();
    } catch (Throwable failed) {
      large.thaw();
      throw failed;
    }
  }

  /** The value that a frozen record's handle meant when it was frozen.  Under the stripe's lock; to be closed. */
  LargeValue.Frozen frozenLarge(byte[] page, int valueStart) {
    return large.frozen(RecordLayout.intAt(page, valueStart));
  }

  /** A page has been read. */
  void thaw(int number, byte[] page) {
    log.thaw(number, page);
  }

  /** All pages have been read. */
  void thaw() {
    large.thaw();
  }

  /** Walks all pages: what is not dead is what the index has, and the sums are right.  For tests. */
  void check(Set<Integer> indexed) {
    int[] found = new int[4];
    log.check(record -> {
      require(indexed.contains(record), "a living record that no slot names", record);
      Slice key = keyOf(record, new Slice());
      require(locate(key) == record, "a record that its key does not lead to", record);
      found[0]++;
      found[1] += deadline(record) == Deadline.NONE ? 0 : 1;
      found[2] += isLarge(record) ? 1 : 0;
      found[3] += isTimed(record) ? 1 : 0;
    });
    require(found[0] == indexed.size(), "slots without a living record", found[0]);
    require(found[1] == withDeadline, "records with a deadline", found[1]);
    require(found[2] == large.count(), "large values", found[2]);
    require(found[3] == timed, "hashes with field deadlines", found[3]);
  }

  static void require(boolean holds, String what, int number) {
    if (!holds) {
      throw new AssertionError(what + ": " + number);
    }
  }
}
