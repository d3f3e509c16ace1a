package io.qcache.log;

import io.qcache.Failure;
import io.qcache.Log;
import io.qcache.NotLoggedException;
import io.qcache.disk.Directory;
import io.qcache.engine.NeverWaits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The log of an engine: what its units do, in segments, and how far that is written and forced.
 * <pre>
 *   append, under the stripes ─► FrameQueue ─► write ─► file ─► force
 *                                              whoever commits   the I/O thread alone
 *   last ≥ written ≥ forced                    an event loop, or the I/O thread
 * </pre>
 * Whoever writes takes all that is queued, so that many units cost one write (group commit).  What a unit did may be told when
 * {@link #isReached} its number: forced under {@code ALWAYS}, otherwise written; under {@code EVERYSEC} the oldest write is forced
 * when it is 400 ms old, and nothing is reached while one is 900 ms old, so that no more than a second is ever lost.  Nobody writes
 * while a force is under way.
 *
 * <p>Where a write fails, what it left is cut off and it is tried again ten times a second: the log {@link #failure() fails}, so
 * writes are refused, until it succeeds.  After a force that failed nobody knows what is safe, and after a unit was lost for
 * want of memory something is missing: then it is broken, until a snapshot is safe that was frozen later ({@link
 * Owner#logWantsSnapshot}), behind which a segment begins that means nothing without it.
 *
 * <p>Thread-safe.
 */
public final class WriteLog implements EffectLog, AutoCloseable {
  /** Whose log it is. */
  public interface Owner {
    /** It is broken, or has grown: a snapshot is wanted, from which it goes on.  By the I/O thread; returns soon. */
    void logWantsSnapshot();

    /** It has begun to fail, or does so no more.  By the I/O thread; returns soon. */
    default void logFails() {}
  }

  /** Who holds replies back.  Called after each progress and each failure, by whoever made it; returns soon. */
  public interface Waiter {
    void logProgressed();
  }

  private static final long FORCE_NANOS = TimeUnit.MILLISECONDS.toNanos(400); // after the oldest unforced write
  private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(900);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MOST_QUEUED_BYTES = 64L << 20; // then threads that may wait do
  private static final long NEVER = Long.MAX_VALUE;

  private final Directory directory;
  private final Log log;
  private final Owner owner;
  private final FrameQueue queue;
  private final SegmentWriter segment; // guarded by writing
  private final Thread thread = new IoThread();
  private final CopyOnWriteArrayList<Waiter> waiters = new CopyOnWriteArrayList<>();

  private final ReentrantLock writing = new ReentrantLock();
  private final ArrayDeque<FrameQueue.Piece> pending = new ArrayDeque<>(); // guarded by writing
  private final List<FrameQueue.Piece> batch = new ArrayList<>(); // guarded by writing
  private volatile boolean forcing; // changes under writing
  private volatile long delayed; // writes, by a force; changes under writing
  private boolean told; // of the failure; guarded by writing

  private volatile long written; // sequence number
  private volatile long forced; // sequence number
  private volatile long unforcedNanos; // when the oldest write began that is not forced, where there is one
  private volatile ForcePolicy policy;
  private volatile IOException failure;
  private volatile boolean broken; // until a snapshot has been taken
  private volatile boolean starting; // broken because it has not begun, so that nothing is acknowledged by it
  private final AtomicLong breaks = new AtomicLong(); // how often it broke
  private volatile long breaksAtFreeze = -1; // of the last snapshot
  private long breaksAtSegment; // when that was begun; guarded by writing
  private volatile long snapshotAtBytes = NEVER; // of the segments
  private volatile boolean idle; // the I/O thread sleeps, or is about to
  private volatile boolean closing;
  private boolean ownerKnows; // that it fails; I/O thread only
  private long retryNanos = NEVER; // I/O thread only

  // Callers that wait
  private final ReentrantLock waiting = new ReentrantLock();
  private final Condition progressed = waiting.newCondition();
  private volatile int waitingThreads; // changes under waiting

  private final class IoThread extends Thread implements NeverWaits {
    IoThread() {
      super(null, null, "qcache-log", 0, false);
      setDaemon(true);
    }

    @Override public void run() {
      runIo();
    }
  }

  /**
   * Goes on behind what recovery has found, or from nothing.
   *
   * @throws IOException where the segment cannot be made or opened, or forced
   */
  public static WriteLog open(Directory directory, Recovered from, ForcePolicy policy, Log log, Owner owner) throws IOException {
    WriteLog opened = new WriteLog(directory, from, policy, log, owner);
    if (from.segment() < 0) {
      opened.segment.begin(Segment.FOLLOWS, from.next());
    } else {
      opened.segment.goOn(from.segment(), from.segmentBytes());
    }
    opened.thread.start();
    return opened;
  }

  /**
   * Begins in the midst of things, with the snapshot that its owner is asked for: until that is safe nothing is, as without a log.
   * Its first unit is the first one behind {@link #beginSegment}.
   */
  public static WriteLog start(Directory directory, long next, ForcePolicy policy, Log log, Owner owner) {
    WriteLog started = new WriteLog(directory, new Recovered(next, -1, 0, 0), policy, log, owner);
    started.starting = true;
    started.broken = true;
    started.breaks.incrementAndGet();
    started.thread.start();
    return started;
  }

  private WriteLog(Directory directory, Recovered from, ForcePolicy policy, Log log, Owner owner) {
    this.directory = directory;
    this.policy = policy;
    this.log = log;
    this.owner = owner;
    this.queue = new FrameQueue(from.next() - 1);
    this.segment = new SegmentWriter(directory, log, from.otherBytes());
    this.written = from.next() - 1;
    this.forced = written;
  }

  // Units

  @Override public long append(Effects unit) {
    long sequence = queue.append(unit);
    if (sequence < 0 && !broken) {
      breaks(new IOException("Cannot allocate memory")); // O(1), and no wait: the I/O thread does the rest
      wake();
    }
    return sequence;
  }

  /** The number of the last unit so far. */
  public long last() {
    return queue.last();
  }

  /** The highest number that is safe. */
  public long forced() {
    return forced;
  }

  /** Why writes are to be refused; null where all is well. */
  public IOException failure() {
    return starting ? null : failure;
  }

  /** The same in words of the system. */
  public static String reason(IOException failure) {
    return failure instanceof FileSystemException named && named.getReason() != null ? named.getReason() : String.valueOf(failure.getMessage());
  }

  public ForcePolicy policy() {
    return policy;
  }

  public void policy(ForcePolicy next) {
    policy = next;
    wake();
    progressed(); // for some it is reached now
  }

  /** Wants a snapshot when the segments have so many bytes. */
  public void snapshotAt(long segmentBytes) {
    snapshotAtBytes = segmentBytes;
    wake();
  }

  /** Whether it has begun with a snapshot that is not safe yet. */
  public boolean isStarting() {
    return starting;
  }

  /** The bytes of all segments, written. */
  public long bytes() {
    return segment.bytes();
  }

  /** The bytes that are queued and not written. */
  public long queuedBytes() {
    return queue.bytes();
  }

  /** Whether a force is under way. */
  public boolean isForcing() {
    return forcing;
  }

  /** How many writes had to wait for one. */
  public long delayedWrites() {
    return delayed;
  }

  // Acknowledging

  /** Whether what such a unit did may be told: it is as safe as the policy wants. */
  public boolean isReached(long sequence) {
    return isVisible(sequence) && (broken || policy != ForcePolicy.EVERYSEC || !isTooOld());
  }

  /** Whether somebody else may be told what it has done: it will not be undone by what the policy guards against. */
  public boolean isVisible(long sequence) {
    if (broken) {
      return starting; // what is written meanwhile means nothing before the snapshot is safe
    }
    return (policy == ForcePolicy.ALWAYS ? forced : written) >= sequence;
  }

  private boolean isTooOld() {
    return forced < written && System.nanoTime() - unforcedNanos > HOLD_NANOS;
  }

  /**
   * By an event loop at the end of a round: writes what is queued, or has the I/O thread do it where a force is under way or
   * wanted.  Whether what the units up to that one did may be told now; otherwise waiters hear when to ask again.
   */
  public boolean commit(long sequence) {
    if (isReached(sequence)) {
      return true;
    }
    boolean begins = forced >= written;
    if (policy != ForcePolicy.ALWAYS && written < sequence && failure == null && writing.tryLock()) {
      boolean changed;
      try {
        delayed += forcing ? 1 : 0;
        changed = !forcing && write();
      } finally {
        writing.unlock();
      }
      if (changed) {
        progressed(); // other loops may wait for the same
      }
    }
    boolean reached = isReached(sequence);
    if (idle && (!reached || begins && policy == ForcePolicy.EVERYSEC)) { // the thread is to count from now
      wake();
    }
    return reached;
  }

  /** Has waiters told of progress from now on. */
  public void add(Waiter waiter) {
    waiters.add(waiter);
  }

  public void remove(Waiter waiter) {
    waiters.remove(waiter);
  }

  /**
   * Under {@code ALWAYS} a thread that may wait does so until the unit is safe.
   *
   * @throws NotLoggedException where the log fails: the change has been made, and is logged once that is over, if the process lives as long
   */
  @Override public void released(long sequence) {
    if (Thread.currentThread() instanceof NeverWaits loop) {
      loop.wrote(sequence); // it commits when its round ends
      return;
    }
    if (idle) {
      wake();
    }
    if (policy == ForcePolicy.ALWAYS || queue.bytes() > MOST_QUEUED_BYTES) {
      await(sequence);
    }
    IOException why = failure();
    if (sequence < 0 || why != null && !isReached(sequence)) {
      throw new NotLoggedException(Failure.NOT_LOGGED.line() + ": " + (why == null ? "Cannot allocate memory" : reason(why)));
    }
  }

  /** Waits until it is reached, or the log fails or ends; an interrupt is kept for the caller. */
  public void await(long sequence) {
    boolean interrupted = false;
    waiting.lock();
    waitingThreads++;
    try {
      while (!isReached(sequence) && failure() == null && thread.isAlive()) {
        wake();
        try {
          progressed.await(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } finally {
      waitingThreads--;
      waiting.unlock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void wake() {
    idle = false;
    LockSupport.unpark(thread);
  }

  private void progressed() {
    if (waitingThreads > 0) {
      waiting.lock();
      try {
        progressed.signalAll();
      } finally {
        waiting.unlock();
      }
    }
    for (Waiter waiter : waiters) {
      waiter.logProgressed();
    }
  }

  // Segments and snapshots

  /**
   * A snapshot is being frozen: under all stripes.  What comes from now on is in a new segment, whose first number it returns,
   * and which the snapshot is to carry.
   */
  public long beginSegment() {
    breaksAtFreeze = breaks.get(); // first: what breaks from now on is not mended by it
    long first = queue.beginSegment(broken);
    wake();
    return first;
  }

  /** A snapshot that carries that number, of the last freeze, is safe: the segments before it go. */
  public void covered(long first) throws IOException {
    deleteBefore(directory, first);
    writing.lock();
    try {
      segment.covered(first);
      if (broken && breaksAtFreeze == breaks.get()) {
        queue.beginSegment(false); // which tells recovery that what stands apart counts
        broken = false;
        starting = false;
        failure = null;
        told = false;
        log.log(Level.INFO, "the log goes on behind a snapshot");
      }
    } finally {
      writing.unlock();
    }
    wake();
    progressed();
  }

  /** Whether a directory has segments. */
  public static boolean isIn(Directory directory) throws IOException {
    return !Segment.all(directory).isEmpty();
  }

  /** Deletes segments whose units all have lower numbers, since a snapshot has them. */
  public static void deleteBefore(Directory directory, long first) throws IOException {
    boolean any = false;
    for (long each : Segment.all(directory)) {
      if (each < first) {
        directory.delete(Segment.name(each));
        any = true;
      }
    }
    if (any) {
      directory.force();
    }
  }

  // Writing, under the lock

  /** Writes what is queued, up to where a segment begins, which is the I/O thread's; whether anything has changed by that. */
  private boolean write() {
    queue.take(pending);
    while (!pending.isEmpty() && pending.peek().segment == 0) {
      batch.add(pending.poll());
    }
    if (batch.isEmpty()) {
      return false;
    }
    long last = batch.get(batch.size() - 1).last;
    IOException before = failure;
    boolean useless = broken && breaksAtSegment != breaks.get(); // the next snapshot has them, and the next segment what follows
    if (!useless) {
      if (forced >= written) {
        unforcedNanos = System.nanoTime();
      }
      try {
        segment.write(batch, forced);
        written = last;
        recovered();
      } catch (IOException failed) {
        while (!batch.isEmpty()) { // they are written again
          pending.addFirst(batch.remove(batch.size() - 1));
        }
        failed("writing the log failed, so that writes are refused until it succeeds", failed);
        return failure != before;
      }
    }
    queue.giveBack(batch);
    batch.clear();
    return true;
  }

  private void failed(String what, IOException why) {
    failure = why;
    if (!told) {
      told = true;
      log.log(Level.ERROR, what.concat(": ").concat(why.toString()));
    }
  }

  private void recovered() {
    if (failure != null && !broken) {
      failure = null;
      told = false;
      log.log(Level.INFO, "the log is written again");
    }
  }

  private void breaks(IOException why) {
    breaks.incrementAndGet();
    failure = why;
    broken = true;
  }

  // The I/O thread

  private void runIo() {
    while (true) {
      try {
        boolean ends = closing;
        step(ends);
        if (ends && (failure != null || isAllForced())) { // where it fails nobody will make room any more
          return;
        }
        sleep();
      } catch (Throwable thrown) { // out of memory: it goes on
        log.log(Level.ERROR, "the log's thread failed and goes on", thrown);
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  private boolean isAllForced() {
    return starting || forced >= queue.last();
  }

  private void step(boolean ends) {
    long writtenBefore = written;
    long forcedBefore = forced;
    IOException failureBefore = failure;
    writing.lock();
    try {
      write();
      while (!pending.isEmpty() && pending.peek().segment != 0 && turnOver()) {
        write();
      }
    } finally {
      writing.unlock();
    }
    if (isForceDue() || ends) {
      force();
    }
    if (broken || bytes() >= snapshotAtBytes) {
      owner.logWantsSnapshot();
    }
    if (ownerKnows != (failure() != null)) {
      ownerKnows = !ownerKnows;
      owner.logFails();
    }
    retryNanos = failure != null ? System.nanoTime() + RETRY_NANOS : NEVER;
    if (written != writtenBefore || forced != forcedBefore || failure != failureBefore) {
      progressed();
    }
  }

  /** Ends the segment and begins the next one; whether it could. */
  private boolean turnOver() {
    if (!broken) {
      try {
        segment.end();
        forced = written;
      } catch (IOException failed) {
        breaks(failed);
        tellBroken();
      }
    }
    long first = pending.peek().segment;
    try {
      long breaksNow = breaks.get();
      segment.begin(broken ? Segment.APART : Segment.FOLLOWS, first);
      breaksAtSegment = breaksNow;
      pending.poll();
      written = first - 1;
      forced = first - 1; // what came before is in the snapshot, or nowhere
      recovered();
      return true;
    } catch (IOException failed) {
      failed("beginning a segment of the log failed, so that writes are refused until it succeeds", failed);
      return false;
    }
  }

  private void tellBroken() {
    failed("forcing the log failed, so that writes are refused until a snapshot is taken", failure);
  }

  private boolean isForceDue() {
    if (broken || forced >= written) {
      return false;
    }
    return switch (policy) {
      case ALWAYS -> true;
      case EVERYSEC -> System.nanoTime() - unforcedNanos >= FORCE_NANOS;
      case NO -> false;
    };
  }

  private void force() {
    long upTo;
    writing.lock();
    try {
      if (broken || forced >= written) {
        return;
      }
      upTo = written;
      forcing = true;
    } finally {
      writing.unlock();
    }
    IOException failed = null;
    try {
      segment.force();
    } catch (IOException thrown) {
      failed = thrown;
    }
    writing.lock();
    try {
      forcing = false;
      if (failed != null) {
        breaks(failed);
        tellBroken();
      } else {
        forced = upTo;
      }
    } finally {
      writing.unlock();
    }
  }

  private void sleep() {
    idle = true;
    long now = System.nanoTime();
    long nanos = IDLE_NANOS;
    if (closing || isForceDue() || failure == null && queue.last() > written) {
      nanos = 0;
    } else if (policy == ForcePolicy.EVERYSEC && forced < written && !broken) {
      nanos = unforcedNanos + FORCE_NANOS - now;
    }
    if (retryNanos != NEVER) {
      nanos = Math.min(nanos, retryNanos - now);
    }
    if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    }
    idle = false;
  }

  /** Writes and forces what there is, and ends; what could not be written is lost, and told. */
  @Override public void close() {
    closing = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      wake();
      try {
        thread.join(10);
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    writing.lock();
    try {
      if (failure() != null) {
        log.log(Level.ERROR, "the log was closed without its last " + (queue.last() - forced) + " units: " + failure);
      }
      segment.close();
    } finally {
      writing.unlock();
    }
    progressed();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
