package io.qcache.engine;

import io.qcache.Bytes;
import io.qcache.ClosedException;
import io.qcache.EvictionPolicy;
import io.qcache.Failure;
import io.qcache.Listening;
import io.qcache.Log;
import io.qcache.QCache;
import io.qcache.change.ChangeQueue;
import io.qcache.change.ListenerThread;
import io.qcache.change.Subscription;
import io.qcache.change.Unit;
import io.qcache.collection.SortedSetDraft;
import io.qcache.embedded.EmbeddedCache;
import io.qcache.eviction.Evictor;
import io.qcache.expiry.Upkeep;
import io.qcache.keyspace.Admission;
import io.qcache.keyspace.FrozenSection;
import io.qcache.keyspace.KeyedHash;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;
import io.qcache.log.EffectLog;
import io.qcache.pubsub.Broker;
import io.qcache.pubsub.Notifications;
import io.qcache.snapshot.Snapshots;
import io.qcache.waiting.Ready;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/**
 * The store that both doors stand on, in bytes: its databases, its stripes, its clock.  Thread-safe.
 *
 * <p>What a data type can do are static operations beside it ({@link StringOps}, {@link KeyOps}).  Locks have one
 * order: stripes by index, then the leaf lock of the change queue.
 */
public final class Engine implements Records.Terms, AutoCloseable {
  /** For {@link #rest}: none. */
  public static final long NO_REST = Long.MIN_VALUE;

  private static final int EXPIRED_AT_ONCE = 1_000; // keys a hold of a stripe, well below half a millisecond

  private final Stripe[] stripes; // a power of two, chosen by the leading bits of the hash
  private final int stripeBits;
  private final Database[] databases;
  private final KeyedHash keyedHash;
  private final InstantSource clock;
  private final RandomGenerator random; // null: that of the thread
  private final Log log;
  private final Executor executor;
  private final ChangeQueue changes = new ChangeQueue(new GoOn());
  private volatile EffectLog effectLog; // null for none; changes under all stripes
  private final Broker broker = new Broker(this);
  private Notifications notifications; // null for none; guarded by this
  private final Memory memory;
  private final Evictor evictor;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final int pageBytes;
  private volatile long maxStringBytes;
  private volatile CollectionLimits collectionLimits = CollectionLimits.DEFAULT;
  private volatile Snapshots snapshots; // null for none
  private final AtomicBoolean snapshotting = new AtomicBoolean();
  private final IdentityHashMap<Object, Long> rests = new IdentityHashMap<>(2); // guarded by itself: when they end, by owner
  private volatile long restUntilMillis = NO_REST;
  private volatile long upkeepAtMillis = Deadline.NONE; // when the upkeep thread looks again; NONE also while it looks
  private volatile boolean loading;
  private volatile boolean closed;

  private Engine(Settings settings) {
    memory = new Memory(this, settings.maxBytes);
    int count = settings.stripeCount();
    pageBytes = settings.pageBytes(count);
    stripeBits = Integer.numberOfTrailingZeros(count);
    stripes = new Stripe[count];
    evictor = new Evictor(this, memory, stripes, settings.evictionPolicy);
    databases = new Database[settings.databases];
    keyedHash = settings.keyedHash();
    clock = settings.clock;
    random = settings.random;
    log = new GuardedLog(settings.log);
    executor = settings.executor != null ? settings.executor : new ListenerThread();
    maxStringBytes = settings.maxStringBytes;
    for (int i = 0; i < databases.length; i++) {
      databases[i] = new Database(this, i);
    }
  }

  public static Engine open(Settings settings) {
    Engine engine = new Engine(settings);
    for (int i = 0; i < engine.stripes.length; i++) {
      engine.stripes[i] = new Stripe(engine, i, engine.databases.length);
    }
    return engine;
  }

  /** The engine of an embedded cache; throws IllegalArgumentException where it is none. */
  public static Engine of(QCache cache) {
    if (cache instanceof EmbeddedCache embedded) {
      return embedded.engine();
    }
    throw new IllegalArgumentException("not an embedded cache: " + cache.getClass().getName());
  }

  public int databases() {
    return databases.length;
  }

  /**
   * The database of that index.
   *
   * @throws Signal {@link Failure#DATABASE_OUT_OF_RANGE} where there is none
   */
  public Database database(long index) {
    if (index < 0 || index >= databases.length) {
      throw Signal.of(Failure.DATABASE_OUT_OF_RANGE);
    }
    return databases[(int) index];
  }

  /** Milliseconds of the cache's clock since 1970. */
  @Override public long nowMillis() {
    return clock.millis();
  }

  /** A plan to be filled. */
  public Plan plan() {
    return new Plan(this);
  }

  /** A watch on nothing yet. */
  public Watch watch() {
    return new Watch(this);
  }

  public Log log() {
    return log;
  }

  /** The longest string, in bytes. */
  public long maxStringBytes() {
    return maxStringBytes;
  }

  /** Sets the longest string from now on; those that are longer stay. */
  public void maxStringBytes(long bytes) {
    maxStringBytes = bytes;
  }

  /** Up to where a collection is said to be compact. */
  public CollectionLimits collectionLimits() {
    return collectionLimits;
  }

  public void collectionLimits(CollectionLimits limits) {
    collectionLimits = limits;
  }

  /** What it holds, and the bound on that. */
  public Memory memory() {
    return memory;
  }

  /** The bytes held for each {@link MemoryKind}, by its ordinal; sections are asked one after the other. */
  public long[] bytesByKind() {
    MemoryKind[] kinds = MemoryKind.values();
    long[] bytes = new long[kinds.length];
    forEachSection(section -> {
      for (MemoryKind kind : kinds) {
        bytes[kind.ordinal()] += section.records().bytes(kind);
      }
    });
    return bytes;
  }

  /** What is dropped where the bound is reached. */
  public EvictionPolicy evictionPolicy() {
    return evictor.policy();
  }

  /** Sets what is dropped from now on. */
  public void evictionPolicy(EvictionPolicy policy) {
    evictor.policy(Objects.requireNonNull(policy, "evictionPolicy"));
  }

  /** How many keys there are in all databases, those included that are due but not gone. */
  public long size() {
    long[] sum = new long[1];
    forEachSection(section -> sum[0] += section.records().size());
    return sum[0];
  }

  /** What drops keys where the bound is reached. */
  public Evictor evictor() {
    return evictor;
  }

  @Override public Admission admission() {
    return evictor.admission();
  }

  @Override public int pageBytes() {
    return pageBytes;
  }

  @Override public int largeAbove() {
    return Math.min(pageBytes / 4, (1 << 16) - 1);
  }

  /** Whether uses of keys are counted, since the policy goes by them. */
  boolean countsUses() {
    return evictor.admission().counts();
  }

  void lookedUp(boolean found) {
    (found ? hits : misses).increment();
  }

  void lookedUp(int found, int missing) {
    hits.add(found);
    misses.add(missing);
  }

  /** How many keys that readers looked up were there. */
  public long hits() {
    return hits.sum();
  }

  /** How many keys that readers looked up were missing. */
  public long misses() {
    return misses.sum();
  }

  /** How many changes of keys there were since it was opened, those by time and by eviction too. */
  public long changesMade() {
    long sum = 0;
    for (Stripe stripe : stripes) {
      sum += stripe.changes();
    }
    return sum;
  }

  /** How many keys have been evicted since it was opened. */
  public long evictedKeys() {
    long[] sum = new long[1];
    forEachSection(section -> sum[0] += section.evicted());
    return sum[0];
  }

  /** How many keys have expired since it was opened. */
  public long expiredKeys() {
    long[] sum = new long[1];
    forEachSection(section -> sum[0] += section.expired());
    return sum[0];
  }

  /** How many fields of hashes have expired since it was opened. */
  public long expiredFields() {
    long[] sum = new long[1];
    forEachSection(section -> sum[0] += section.expiredFields());
    return sum[0];
  }

  public RandomGenerator random() {
    return random != null ? random : ThreadLocalRandom.current();
  }

  // Changes

  /**
   * Calls the listener of every change from now on, on the engine's executor.  Its queue holds {@code capacity}
   * changes; then writers wait, or the listener is told what it missed.
   */
  public AutoCloseable subscribe(ChangeListener listener, int capacity) {
    return subscribe(listener, capacity, executor);
  }

  /** The same on another executor. */
  public Listening subscribe(ChangeListener listener, int capacity, Executor where) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be > 0: was " + capacity);
    }
    Subscription subscription = new Subscription(changes, listener, executor, where, capacity, log);
    changes.add(subscription);
    return subscription;
  }

  /** Publishes from now on the events of those classes, and no others. */
  public synchronized void notifications(EventClasses classes) {
    if (notifications != null) {
      changes.remove(notifications);
    }
    notifications = classes.areAny() ? new Notifications(broker, classes) : null;
    if (notifications != null) {
      changes.add(notifications);
    }
  }

  /** A reader, who may hold stripes, found no such key. */
  void missed(int database, Slice key) {
    Change miss = new Change(database, Bytes.copyOf(key.array(), key.offset(), key.length()), Event.KEYMISS, Cause.MISSED);
    Stripe stripe = stripe(hash(key));
    if (stripe.isHeld()) { // among the changes of whatever it is that reads here
      stripe.unit().add(miss);
      return;
    }
    changes.append(miss);
    wakeUpkeep(); // which holds no stripe when it hands over
  }

  /** Where listeners run unless they are given an executor. */
  public Executor listeners() {
    return executor;
  }

  /** Who is subscribed to which channel. */
  public Broker broker() {
    return broker;
  }

  public ChangeQueue changes() {
    return changes;
  }

  /** What keeps the effects of what is done; null for nothing. */
  public EffectLog effectLog() {
    return effectLog;
  }

  /** Lets effects be kept from now on, or not; whoever holds a plan of all stripes knows which unit is the first. */
  public void effectLog(EffectLog keeper) {
    try (Plan all = plan().all().acquire()) {
      effectLog = keeper;
    }
  }

  /**
   * Hands over what a unit has done: to the log, whose number for it is the unit's then, and to those who listen.  Under its
   * stripes, at its end.
   */
  public Ready finish(Unit unit) {
    Ready ready = unit.readyOrNull();
    if (ready == null || ready.isEmpty()) {
      append(unit);
      return null;
    }
    try {
      ready.serve();
    } finally {
      if (ready.hasServed()) {
        unit.forgetReady();
      }
      append(unit);
    }
    return ready.hasServed() ? ready : null;
  }

  private void append(Unit unit) {
    if (!unit.effects().isEmpty()) {
      unit.sequence(effectLog.append(unit.effects()));
    }
    if (!unit.isEmpty()) {
      changes.append(unit);
    }
  }

  /**
   * The stripes of the unit of that number, 0 for one that did nothing, are given back: waits for the log where that is asked for, and
   * tells those who were served by it; null for nobody.
   */
  public void released(long sequence, Ready served) {
    try {
      EffectLog keeper = effectLog;
      if (sequence != 0 && keeper != null) {
        keeper.released(sequence);
      }
    } finally { // where it is not logged, too
      if (served != null) {
        conclude(served);
      }
    }
  }

  /** Where a sorted set is built or changed by the thread that asks. */
  SortedSetDraft sortedSetDraft() {
    return new SortedSetDraft(keyedHash, collectionLimits, largeAbove());
  }

  /**
   * Does what is left when a hold has served those who wait: tells them, and serves those who need a stripe that was not
   * held, whose moves may let others be served.
   */
  public void conclude(Ready ready) {
    ready.tell();
    ArrayDeque<Waiter> elsewhere = new ArrayDeque<>(0);
    ready.moveElsewhere(elsewhere);
    for (Waiter next = elsewhere.poll(); next != null; next = elsewhere.poll()) {
      Ready more = null;
      try {
        more = next.elsewhere().giveBack(); // though its wait may be over: those behind it were not looked at
      } catch (OutOfMemoryError failed) { // its own: whose hold that was has done nothing wrong
        if (next.fail(failed)) {
          next.tell();
        }
      }
      if (more != null) {
        more.tell();
        more.moveElsewhere(elsewhere);
      }
    }
  }

  void awaitRoom() {
    if (changes.isWanted()) {
      changes.awaitRoom();
      if (closed) {
        throw new ClosedException("the cache was closed while the operation waited for a listener");
      }
    }
  }

  // Stripes

  @Override public long hash(Slice key) {
    return key.hash(keyedHash);
  }

  /** The hash of keys and elements. */
  KeyedHash keyedHash() {
    return keyedHash;
  }

  int stripes() {
    return stripes.length;
  }

  /** How many leading bits of the hash choose the stripe. */
  @Override public int stripeBits() {
    return stripeBits;
  }

  Stripe stripe(int index) {
    return stripes[index];
  }

  Stripe stripe(long hash) {
    return stripes[(int) (hash >>> 1 >>> (Long.SIZE - 1 - stripeBits))]; // twice: no shift by 64 for one stripe
  }

  /** What a visitor of sections does, under the read lock of each. */
  interface SectionVisitor {
    void visit(Section section);
  }

  private void forEachSection(SectionVisitor visitor) {
    for (Database database : databases) {
      forEachSection(database, visitor);
    }
  }

  /** Visits the parts of a database one after the other, each under its stripe's read lock. */
  void forEachSection(Database database, SectionVisitor visitor) {
    for (Stripe stripe : stripes) {
      long stamp = stripe.beginRead();
      try {
        Section section = stripe.sectionOrNull(database.index());
        if (section != null) {
          visitor.visit(section);
        }
      } finally {
        stripe.endRead(stamp);
      }
    }
  }

  // Snapshots

  /**
   * Gives the sink every key with its value as all of them are at one instant, whatever is written meanwhile.  All
   * stripes are held only while that instant is noted; then writers go on, and the caller's thread walks without locks.
   * Keys that are due but not gone are given too.
   *
   * @throws IllegalStateException where a snapshot is under way
   */
  public void snapshot(SnapshotSink sink) {
    if (!snapshotting.compareAndSet(false, true)) {
      throw new IllegalStateException("a snapshot is under way");
    }
    List<FrozenSection> frozen = new ArrayList<>();
    int next = 0;
    try {
      try (Plan all = plan().all().acquire()) {
        for (Stripe stripe : stripes) {
          stripe.freeze(frozen);
        }
        sink.frozen();
      }
      giveSizes(frozen, sink);
      while (next < frozen.size()) {
        frozen.get(next++).walk(sink); // which thaws whatever happens
      }
    } finally {
      for (; next < frozen.size(); next++) {
        frozen.get(next).end(0);
      }
      snapshotting.set(false);
    }
  }

  /** What keeps its keys in a directory; null for nothing. */
  public Snapshots snapshots() {
    return snapshots;
  }

  /** Its keys are kept in a directory from now on; ended by {@link #close}. */
  public void snapshots(Snapshots keeper) {
    snapshots = keeper;
  }

  private void giveSizes(List<FrozenSection> frozen, SnapshotSink sink) {
    long[] all = new long[databases.length];
    long[] withDeadline = new long[databases.length];
    long timed = 0;
    for (FrozenSection section : frozen) {
      all[section.database()] += section.size();
      withDeadline[section.database()] += section.withDeadline();
      timed += section.timed();
    }
    sink.timedHashes(timed);
    sink.sizes(all, withDeadline);
  }

  // Upkeep

  /** Called under a stripe that has a new earliest deadline. */
  public void deadlineAt(long millis) {
    if (millis < upkeepAtMillis) {
      wakeUpkeep();
    }
  }

  /** Lets the upkeep thread drain what is left; no lambda, for it is made at start, where the first one costs time. */
  private final class GoOn implements Runnable {
    @Override public void run() {
      wakeUpkeep();
    }
  }

  /** Is being filled, or is filled: meanwhile nothing is taken away by itself, so that it becomes what it was. */
  public void loading(boolean is) {
    loading = is;
    wakeUpkeep();
  }

  /** Called by a section, under its stripe: fields of the hash are due. */
  public void expireFields(Section section, Slice key, int record) {
    new HeldHash(this, section, key, record).expireDue();
  }

  /** Makes the upkeep thread look soon, at what is due and at what is beyond the bound. */
  public void wakeUpkeep() {
    if (!closed && !loading) {
      Upkeep.wake(this);
    }
  }

  /**
   * Deletes what is due and hands over what is queued, in slices.  By the upkeep thread, or by a test in its place.
   *
   * @return the milliseconds of the clock at which there is more to do, {@link Deadline#NONE} where nothing is pending
   */
  public long upkeep() {
    // first: from here on every new deadline wakes us, those included that we overlook below
    upkeepAtMillis = Deadline.NONE;
    changes.drain();
    long rest = restUntilMillis;
    if (nowMillis() < rest) {
      upkeepAtMillis = NO_REST; // new deadlines wait too
      return rest;
    }
    long next = Deadline.NONE;
    for (Stripe stripe : stripes) {
      while (stripe.nextMillis() <= nowMillis() && stripe.expire(nowMillis(), EXPIRED_AT_ONCE)) {
        Thread.onSpinWait(); // others have their turn at the stripe
      }
      next = Math.min(next, stripe.nextMillis());
    }
    if (evictor.goOn()) {
      next = nowMillis();
    }
    upkeepAtMillis = next;
    return next;
  }

  /**
   * Has upkeep neither expire nor evict anything until then, in milliseconds of the clock; a time that is past, such as
   * {@link #NO_REST}, ends that.  Each owner has a rest of its own, and the longest counts.  Thread-safe.
   */
  public void rest(Object owner, long untilMillis) {
    synchronized (rests) {
      if (untilMillis == NO_REST) {
        rests.remove(owner);
      } else {
        rests.put(owner, untilMillis);
      }
      long longest = NO_REST;
      for (long each : rests.values()) {
        longest = Math.max(longest, each);
      }
      restUntilMillis = longest;
    }
    wakeUpkeep(); // which may have slept until a later time
  }

  /** Whether the clock is the system's, so that sleeping as long as it says is right. */
  public boolean hasSystemClock() {
    return clock == SystemClock.CLOCK;
  }

  public boolean isClosed() {
    return closed;
  }

  /** Ends subscriptions and upkeep.  The doors see to it that nobody works with a closed engine. */
  @Override public void close() {
    closed = true;
    endWaiters();
    broker.close();
    changes.close();
    Upkeep.forget(this);
    if (executor instanceof ListenerThread own) {
      own.close();
    }
    if (snapshots != null) {
      snapshots.close();
    }
  }

  private void endWaiters() {
    List<Waiter> ended = new ArrayList<>();
    for (Stripe stripe : stripes) {
      stripe.acquire();
      try {
        stripe.forEachWaiter(waiter -> {
          if (waiter.end(Waiter.End.CLOSED)) {
            ended.add(waiter);
          }
        });
      } finally {
        stripe.release();
      }
    }
    ended.forEach(Waiter::tell);
  }

  /** How an engine is opened; each value is checked when it is given.  Not thread-safe. */
  public static final class Settings {
    private static final long STRIPE_BYTES = 64 << 10; // of the bound, at least, unless it has but one

    private int databases = 16;
    private int stripes; // 0: what the bound and the processors ask for
    private long maxBytes = Memory.presetBytes();
    private EvictionPolicy evictionPolicy = EvictionPolicy.NOEVICTION;
    private InstantSource clock = SystemClock.CLOCK;
    private RandomGenerator random;
    private long[] hashKey;
    private Log log = Log.system();
    private Executor executor;
    private long maxStringBytes = 512L << 20;

    public Settings databases(int count) {
      this.databases = inRange("databases", count, 1, 1 << 16);
      return this;
    }

    /**
     * The bound on what the engine holds, in bytes, at most three quarters of the JVM's heap; 0, as unless said, is
     * half of the heap.  Below 64 KiB little more than nothing fits.
     */
    public Settings maxBytes(long bytes) {
      this.maxBytes = bytes == 0 ? Memory.presetBytes() : Memory.checked(bytes);
      return this;
    }

    /** What is dropped where the bound is reached; nothing unless said. */
    public Settings evictionPolicy(EvictionPolicy policy) {
      this.evictionPolicy = Objects.requireNonNull(policy, "evictionPolicy");
      return this;
    }

    /** How many stripes, at most; a power of two is taken. */
    public Settings stripes(int count) {
      this.stripes = inRange("stripes", count, 1, 1 << 12);
      return this;
    }

    public Settings clock(InstantSource source) {
      this.clock = source;
      return this;
    }

    /** A source of random choices; it is asked by one thread at a time. */
    public Settings random(RandomGenerator source) {
      this.random = new OneAtATime(source);
      return this;
    }

    public Settings hashKey(long first, long second) {
      this.hashKey = new long[] {first, second};
      return this;
    }

    public Settings log(Log to) {
      this.log = to;
      return this;
    }

    /** Where listeners run; unless given, one daemon thread of the engine's own that comes with the first change. */
    public Settings executor(Executor listeners) {
      this.executor = listeners;
      return this;
    }

    /**
     * A power of two: one for every 64 KiB of the bound, at most 32 for each processor, or 8 where that would be more than
     * 512: what needs all stripes takes them one by one.
     */
    private int stripeCount() {
      int processors = Runtime.getRuntime().availableProcessors();
      long most = Math.max(8 * processors, Math.min(32 * processors, 512));
      return Integer.highestOneBit((int) (stripes > 0 ? stripes : Math.max(1, Math.min(most, maxBytes / STRIPE_BYTES))));
    }

    /** A 128th of a stripe's part of the bound, a power of two from 512 bytes to 256 KiB. */
    private int pageBytes(int stripeCount) {
      return (int) Math.max(512, Math.min(Long.highestOneBit(maxBytes / stripeCount / 128), 256 << 10));
    }

    private KeyedHash keyedHash() {
      if (hashKey != null) {
        return new KeyedHash(hashKey[0], hashKey[1]);
      }
      SecureRandom secret = new SecureRandom();
      return new KeyedHash(secret.nextLong(), secret.nextLong());
    }

    private static int inRange(String option, int value, int least, int most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(option + " must be from " + least + " to " + most + ": was " + value);
      }
      return value;
    }
  }
}
