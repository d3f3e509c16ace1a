package io.qcache.keyspace;

import io.qcache.Bytes;
import io.qcache.ValueType;
import io.qcache.engine.Cause;
import io.qcache.engine.Change;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.Event;
import io.qcache.engine.Memory;
import io.qcache.engine.Slice;
import io.qcache.engine.Waiter;
import io.qcache.log.Effects;
import io.qcache.waiting.Place;
import io.qcache.waiting.Waiters;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The part of one database that lies in one stripe, whose lock guards it: its records, who watches them or waits for them, and
 * the change call. A writer gets it by {@code Database.write(key)}, works, and closes it, which gives the stripe back:
 * <pre>
 *   try (Section section = database.write(key)) {
 *     int record = section.find(key);
 *     …
 *   }
 * </pre>
 * Every change of a key ends in {@link #changed}, the first half of the change call: it flags those who watch the key,
 * lets those who wait for it be looked at before the hold ends, and notes the change for the queue.  What a log will write, its
 * effect, is noted where the change is made: here for whole values, strings and deadlines; by who changes a collection for its
 * elements.
 */
public final class Section implements AutoCloseable {
  private static final byte[] NOTHING = {};
  private static final int CLEAN_PARTS = 4; // cleaned while more than a quarter is dead

  private final Stripe stripe;
  private final Engine engine;
  private final int database;
  private Records records;
  private Watches watches; // null until somebody watches
  private Waiters waiters; // null until somebody waits
  private boolean replaced; // the records as a whole, since the last finish
  private long expired;
  private long expiredFields;
  private long evicted;
  private long admittedBytes; // that this hold brings, where the memory has put them on account
  private long settledBytes; // of the records, as last told to the engine
  private final long[] settledHeld = new long[Memory.HELD]; // likewise

  Section(Stripe stripe, int database) {
    this.stripe = stripe;
    this.engine = stripe.engine();
    this.database = database;
    this.records = new Records(engine);
  }

  public int database() {
    return database;
  }

  public Stripe stripe() {
    return stripe;
  }

  /** What is in it now.  A reader without the lock takes it once. */
  public Records records() {
    return records;
  }

  /** How many keys have expired here. */
  public long expired() {
    return expired;
  }

  /** How many fields of hashes have expired here. */
  public long expiredFields() {
    return expiredFields;
  }

  /** So many fields of a hash have expired. */
  public void fieldsExpired(int count) {
    expiredFields += count;
  }

  /** How many keys have been evicted here. */
  public long evicted() {
    return evicted;
  }

  long nextMillis() {
    return records.nextMillis();
  }

  public long nowMillis() {
    return engine.nowMillis();
  }

  /** Any key's record, nearly all equally likely, or NONE where none is found among the many that are due. */
  public int random(RandomGenerator random) {
    for (int tries = 0; records.size() > 0 && tries < 100; tries++) { // many may be due and not gone yet
      int record = records.random(random);
      if (!records.isDue(record)) {
        return record;
      }
    }
    return Records.NONE;
  }

  // For writers

  /** The record of the key, or NONE where it is missing; deletes it where its time has come. */
  public int find(Slice key) {
    int record = records.locate(key);
    if (record != Records.NONE && records.isDue(record)) {
      expire(key, record);
      return Records.NONE;
    }
    return record;
  }

  /** The change call: once for every change of a key, when the key is as it will be. */
  public void changed(Event event, Slice key, Cause cause) {
    stripe.countChange();
    if (isAttended()) {
      engine.hash(key);
      tell(key);
    }
    note(event, key, cause);
  }

  /** The change call for a whole database, {@link #clear} and {@link #swap} having flagged those who watch its keys. */
  public void changedWhole(Event event, Cause cause) {
    stripe.countChange();
    note(event, new Slice(), cause);
  }

  /** A delete that found the key missing: no change, so nobody is told, but what is being loaded is void. */
  public void deletedNothing(Slice key) {
    if (isWatched()) {
      engine.hash(key);
      watches.flagNothing(key);
    }
  }

  /** The same for a clear. */
  public void clearedNothing() {
    if (isWatched()) {
      watches.flagNothing();
    }
  }

  private void tell(Slice key) {
    if (isWatched()) {
      watches.flag(key);
    }
    if (isAwaited()) {
      waiters.changed(key, stripe.unit());
    }
  }

  /** Whether anybody wants to know of changes here. */
  private boolean isAttended() {
    return isWatched() || isAwaited();
  }

  private boolean isWatched() {
    return watches != null && !watches.isEmpty();
  }

  private boolean isAwaited() {
    return waiters != null && !waiters.isEmpty();
  }

  private void note(Event event, Slice key, Cause cause) {
    if (engine.changes().isWanted()) {
      stripe.unit().add(new Change(database, Bytes.copyOf(key.array(), key.offset(), key.length()), event, cause));
    }
  }

  /** The change call for what was put over {@code old}: where that is NONE the key is told to be new first. */
  public void changed(Event event, Slice key, Cause cause, int old) {
    if (old == Records.NONE) {
      isNew(key);
    }
    changed(event, key, cause);
  }

  /** Tells those who listen, but not those who watch, that the key is new; what was done to it follows. */
  public void isNew(Slice key) {
    note(Event.NEW, key, Cause.WRITTEN);
  }

  // Changing, each with its effect

  /** Where what is done here is noted; null where nobody keeps it. */
  public Effects effects() {
    return engine.effectLog() == null ? null : stripe.unit().effects();
  }

  /** Lets the key hold a string; the record. */
  public int put(Slice key, int old, Slice value, long deadlineMillis) {
    Effects effects = effects();
    if (effects != null) {
      effects.string(database, key, value, deadlineMillis);
    }
    int record = value.parts() != null ? records.put(key, old, value.parts(), deadlineMillis)
        : records.put(key, old, ValueType.STRING, value.array(), value.offset(), value.length(), deadlineMillis);
    if (effects != null) {
      effects.done();
    }
    return record;
  }

  /** Lets the key hold a string that is marked as raw, without a deadline. */
  public void putRaw(Slice key, int old, byte[] value) {
    Effects effects = effects();
    if (effects != null) {
      effects.begin(Effects.STRING_RAW, database, key).value(value, 0, value.length);
    }
    records.putRaw(key, old, ValueType.STRING, value, value.length, Deadline.NONE);
    if (effects != null) {
      effects.done();
    }
  }

  /** Lets the key hold a string of chunks, which are the section's own from now on, without a deadline. */
  public void putRaw(Slice key, int old, Chunks value) {
    Effects effects = effects();
    if (effects != null) {
      effects.begin(Effects.STRING_RAW, database, key);
      value.write(effects);
    }
    records.putLarge(key, old, ValueType.STRING, value, Deadline.NONE);
    if (effects != null) {
      effects.done();
    }
  }

  /** Takes the record away. */
  public void remove(Slice key, int record) {
    Effects effects = effects();
    if (effects != null) {
      effects.begin(Effects.REMOVE, database, key);
    }
    records.remove(key, record);
    if (effects != null) {
      effects.done();
    }
  }

  /** Sets the deadline, or takes it away. */
  public void setDeadline(Slice key, int record, long deadlineMillis) {
    Effects effects = effects();
    if (effects != null) {
      effects.begin(Effects.DEADLINE, database, key).deadline(deadlineMillis);
    }
    records.setDeadline(key, record, deadlineMillis);
    if (effects != null) {
      effects.done();
    }
  }

  /** Makes a string that may be missing as long by zero bytes, unless it is, and fit to be written into; the record. */
  public int grow(Slice key, int old, int newLength) {
    Effects effects = effects();
    if (effects != null) {
      effects.range(database, key, newLength, 0, NOTHING, 0, 0);
    }
    boolean fit = old != Records.NONE && (records.isLarge(old) || records.isRaw(old)) && records.length(old) == newLength;
    int record = old == Records.NONE ? records.create(key, ValueType.STRING, newLength) : records.grow(key, old, newLength);
    if (effects != null && !fit) {
      effects.done();
    }
    return record;
  }

  /** Overwrites bytes of a string that {@link #grow} has just answered. */
  public void write(Slice key, int record, int offset, byte[] bytes, int from, int count) {
    Effects effects = effects();
    if (effects != null) {
      effects.range(database, key, 0, offset, bytes, from, count);
    }
    records.write(record, offset, bytes, from, count);
    if (effects != null) {
      effects.done();
    }
  }

  /** Makes a string that may be missing as long, unless it is longer, and writes bytes into it; the record. */
  public int write(Slice key, int old, int newLength, int offset, Slice bytes) {
    if (old != Records.NONE && records.isLarge(old)) { // memory may end between the two
      int record = grow(key, old, newLength);
      write(key, record, offset, bytes.array(), bytes.offset(), bytes.length());
      return record;
    }
    Effects effects = effects();
    if (effects != null) {
      effects.range(database, key, newLength, offset, bytes.array(), bytes.offset(), bytes.length());
    }
    int record = old == Records.NONE ? records.create(key, ValueType.STRING, newLength) : records.grow(key, old, newLength);
    records.write(record, offset, bytes.array(), bytes.offset(), bytes.length());
    if (effects != null) {
      effects.done();
    }
    return record;
  }

  /**
   * Lets a key, here or elsewhere, hold what the record holds, deadline and all.  Where it {@code moves} the record is gone
   * then, and a large value goes along uncopied.
   */
  public void give(Slice key, int record, Section target, Slice to, int old, boolean moves) {
    Effects effects = effects();
    if (effects != null) {
      effects.begin(moves ? Effects.RENAME : Effects.COPY, database, key).to(target.database, to);
    }
    records.copyTo(target.records, to, old, record, moves);
    if (moves) {
      records.remove(key, record);
    }
    if (effects != null) {
      effects.done();
    }
  }

  private void expire(Slice key, int record) {
    if (!records.isDue(record)) {
      engine.expireFields(this, key.kept(), record);
      return;
    }
    Slice gone = engine.changes().isWanted() || isAttended() ? key.kept() : key;
    remove(key, record);
    expired++;
    changed(Event.EXPIRED, gone, Cause.EXPIRED);
  }

  /** Deletes what is due, after handling at most {@code most} hints; whether there may be more. */
  boolean expire(long nowMillis, int most) {
    return records.expire(nowMillis, most, this::expire);
  }

  // Eviction

  /** The pages in their order. */
  RecordLog log() {
    return records.log();
  }

  /**
   * Walks on in the page, over at most so many living records, of which some end by the fate that they are given;
   * whether that was its end.
   */
  boolean walk(int page, int most, Fate fate) {
    RecordLog log = records.log();
    boolean main = (log.kind(page) & RecordLog.MAIN) != 0;
    long born = log.born(page);
    return records.walk(page, most, (key, record) -> {
      if (records.isDue(record)) {
        expire(key, record);
        return;
      }
      int given = fate.of(main, records.frequency(key, record), born, records.weight(record), records.deadline(record));
      if (given == Fate.DROPPED) {
        evict(key, record, !main && fate.remembers(), born);
      } else {
        records.keep(key, record, Fate.isMain(given), Fate.frequency(given));
      }
    });
  }

  private void evict(Slice key, int record, boolean remembered, long born) {
    if (remembered) {
      records.remember(key, born);
    }
    Slice gone = engine.changes().isWanted() || isAttended() ? key.kept() : key;
    remove(key, record);
    evicted++;
    changed(Event.EVICTED, gone, Cause.EVICTED);
  }

  /** At the end of every hold: cleans one page where much is dead, and tells the engine what memory is held. */
  void finish() {
    if (records.wantsCleaning(CLEAN_PARTS)) {
      cleanIfMemoryAllows();
    }
    settle();
    if (replaced | records.takeDeadlinesChanged()) {
      stripe.deadlinesChanged();
    }
    if (replaced | records.log().takeOrderChanged()) {
      settleHeld();
      stripe.orderChanged();
    }
    if (replaced) {
      replaced = false;
    }
  }

  private void cleanIfMemoryAllows() {
    try {
      records.clean(CLEAN_PARTS);
    } catch (OutOfMemoryError later) {
      // What the hold was for is done, and its stripe must be given back.  Each record has moved or not; the next hold
      // goes on.
    }
  }

  private void settle() {
    long now = records.bytes();
    if (now != settledBytes) {
      engine.memory().add(now - settledBytes);
      settledBytes = now;
    }
  }

  private void settleHeld() {
    for (int queues = 0; queues < settledHeld.length; queues++) {
      long held = records.log().held(bits(queues));
      engine.memory().addHeld(queues, held - settledHeld[queues]);
      settledHeld[queues] = held;
    }
  }

  private static int bits(int queues) {
    return ((queues & Memory.MAIN) != 0 ? RecordLog.MAIN : 0) | ((queues & Memory.VOLATILE) != 0 ? RecordLog.VOLATILE : 0);
  }

  /** Cleans a page even if only a little of it is dead; whether there was one. */
  boolean squeeze() {
    boolean cleaned = records.clean(4 * CLEAN_PARTS);
    settle();
    return cleaned;
  }

  // The whole

  /** Empty records, for {@link #clear}. */
  public Records empty() {
    return new Records(engine);
  }

  /** Empties it, by putting those that are empty in their place.  Costs the same however much there was. */
  public void clear(Records empty) {
    if (isWatched()) {
      watches.flagWhere(key -> records.locate(key) != Records.NONE);
      watches.flagNothing();
    }
    replace(empty);
  }

  /** Exchanges the contents, but not those who watch, with another database's part of the same stripe. */
  public void swap(Section other) {
    flagForSwap(other);
    other.flagForSwap(this);
    Records here = records;
    replace(other.records);
    other.replace(here);
    tellOfSwap();
    other.tellOfSwap();
  }

  private void replace(Records by) {
    records = by;
    stripe.records(database, by);
    replaced = true;
  }

  private void flagForSwap(Section other) {
    if (isWatched()) {
      watches.flagWhere(key -> records.locate(key) != Records.NONE || other.records.locate(key) != Records.NONE);
    }
  }

  private void tellOfSwap() {
    if (isAwaited()) {
      waiters.changedWhere(key -> records.locate(key) != Records.NONE, stripe.unit());
    }
  }

  /** From now on a change of the key, which is kept, flags the watcher; false where it does already. */
  public boolean watch(Slice key, Watcher watcher) {
    engine.hash(key);
    if (watches == null) {
      watches = new Watches();
    }
    return watches.add(key, watcher);
  }

  public void unwatch(Slice key, Watcher watcher) {
    watches.remove(key, watcher);
  }

  /** From now on the waiter has a place in the key's line; null where it has one already. */
  public Place line(Slice key, Waiter waiter) {
    engine.hash(key);
    if (waiters == null) {
      waiters = new Waiters(this);
    }
    return waiters.add(key, waiter);
  }

  /** Whether somebody waits for the key to hold a value of that type. */
  public boolean isAwaited(Slice key, ValueType type) {
    return isAwaited() && waiters.areFor(hashed(key), type);
  }

  private Slice hashed(Slice key) {
    engine.hash(key);
    return key;
  }

  /** Has the key's line looked at before the hold ends. */
  public void awaitedHasChanged(Slice key) {
    if (isAwaited()) {
      waiters.changed(hashed(key), stripe.unit());
    }
  }

  void forEachWaiter(Consumer<Waiter> visitor) {
    if (isAwaited()) {
      waiters.forEach(visitor);
    }
  }

  /** The memory has put bytes on account for this hold. */
  public void admitted(long bytes) {
    admittedBytes = bytes;
  }

  /** Gives the stripe back, and makes room where more was taken than there is. */
  @Override public void close() {
    if (stripe.isNested()) { // the outermost hold settles, or the plan
      stripe.release();
      return;
    }
    long settled = admittedBytes;
    if (settled != 0) {
      admittedBytes = 0;
    }
    try {
      stripe.release();
    } finally {
      engine.memory().settle(settled);
    }
    engine.memory().makeRoomForSurplus();
  }
}
