package io.qcache.log;

import io.qcache.Log;
import io.qcache.disk.Directory;
import io.qcache.disk.StoredFile;
import io.qcache.engine.NeverWaits;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;

/**
 * The log of an engine: what its units do, in segments, and how far that is written and forced.
 * <pre>
 *   append, under the stripes ─► FrameQueue ─► write ─► file ─► force
 *                                              whoever commits   the I/O thread alone
 *   last ≥ written ≥ forced                    an event loop, or the I/O thread
 * </pre>
 * Whoever writes takes all that is queued, so that many units cost one write (group commit).  A reply may leave when {@link
 * #isReached} the number of the last unit that it can have seen: forced under {@code ALWAYS}, otherwise written; under {@code
 * EVERYSEC} the oldest write is forced when it is 400 ms old, and nothing is reached while one is 900 ms old, so that no more
 * than a second is ever lost.
 *
 * <p>Where a write fails, what it left is cut off and it is tried again ten times a second: the log {@link #failure() fails}, so
 * writes are refused, until it succeeds.  After a force that failed nobody knows what is safe, and after a unit was lost for
 * want of memory something is missing: then it fails until a snapshot has been taken ({@link Owner#logWantsSnapshot}), behind which a new
 * segment begins.
 *
 * <p>Thread-safe.
 */
public final class WriteLog implements EffectLog, AutoCloseable {
  /** Who takes snapshots for the log. */
  public interface Owner {
    /** The log has lost its thread, or grown: a snapshot is wanted, from which it goes on.  By the I/O thread; returns soon. */
    void logWantsSnapshot();
  }

  /** Who holds replies back.  Called by the I/O thread after each progress and each failure; returns soon. */
  public interface Waiter {
    void logProgressed();
  }

  private static final int BUFFER_BYTES = 256 << 10;
  private static final long FORCE_NANOS = TimeUnit.MILLISECONDS.toNanos(400); // after the oldest unforced write
  private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(900);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long NEVER = Long.MAX_VALUE;

  private final Directory directory;
  private final Log log;
  private final Owner owner;
  private final FrameQueue queue;
  private final Thread thread = new IoThread();
  private final CopyOnWriteArrayList<Waiter> waiters = new CopyOnWriteArrayList<>();

  // What is written: guarded by writing
  private final ReentrantLock writing = new ReentrantLock();
  private final ArrayDeque<FrameQueue.Piece> pending = new ArrayDeque<>();
  private final List<FrameQueue.Piece> done = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final CRC32C crc = new CRC32C();
  private StoredFile file;
  private long segmentFirst; // its number
  private long coveredFirst; // by a snapshot: what is in the segments before is not needed
  private boolean torn; // behind the good bytes something may stand that is to be cut
  private volatile long fileBytes; // the good ones
  private volatile long otherBytes; // of the segments before

  private volatile long written; // sequence number
  private volatile long forced; // sequence number
  private volatile long unforcedNanos = NEVER; // when the oldest write that is not forced began
  private long unforcedMeanwhileNanos = NEVER; // the same, of those during a force; guarded by writing
  private boolean forcing; // guarded by writing
  private volatile ForcePolicy policy;
  private volatile IOException failure;
  private volatile boolean broken; // until a snapshot has been taken
  private volatile boolean starting; // nothing is acknowledged by it yet
  private volatile long snapshotAtBytes = NEVER; // of the segments
  private volatile boolean idle; // the I/O thread sleeps, or is about to
  private volatile boolean closing;
  private long retryNanos = NEVER; // I/O thread only
  private boolean told; // of the failure; guarded by writing

  // Callers that wait for a force
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
    opened.begin(from);
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
    started.thread.start();
    return started;
  }

  private WriteLog(Directory directory, Recovered from, ForcePolicy policy, Log log, Owner owner) {
    this.directory = directory;
    this.policy = policy;
    this.log = log;
    this.owner = owner;
    this.queue = new FrameQueue(from.next() - 1);
    this.written = from.next() - 1;
    this.forced = written;
    this.otherBytes = from.otherBytes();
  }

  private void begin(Recovered from) throws IOException {
    if (from.segment() < 0) {
      openSegment(Segment.FOLLOWS, from.next());
    } else {
      segmentFirst = from.segment();
      file = directory.append(Segment.name(from.segment()));
      fileBytes = from.segmentBytes();
      file.force(); // what was found is safe from now on, and so may be called forced
    }
  }

  // Units

  @Override public long append(Effects unit) {
    long sequence = queue.append(unit);
    if (sequence < 0) {
      lost();
    }
    return sequence;
  }

  private void lost() {
    if (!broken) {
      broken = true;
      failure = new IOException("Cannot allocate memory");
      wake();
    }
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
    return failure;
  }

  public ForcePolicy policy() {
    return policy;
  }

  public void policy(ForcePolicy next) {
    policy = next;
    wake();
  }

  /** Wants a snapshot when the segments have so many bytes. */
  public void snapshotAt(long segmentBytes) {
    snapshotAtBytes = segmentBytes;
    wake();
  }

  /** The bytes of all segments, written. */
  public long bytes() {
    return otherBytes + fileBytes;
  }

  /** The bytes that are queued and not written. */
  public long queuedBytes() {
    return queue.bytes();
  }

  // Acknowledging

  /** Whether what such a unit did may be told: it is as safe as the policy wants. */
  public boolean isReached(long sequence) {
    if (broken) {
      return starting; // what is written meanwhile means nothing before the snapshot is safe
    }
    if (policy == ForcePolicy.ALWAYS) {
      return forced >= sequence;
    }
    return written >= sequence && (policy == ForcePolicy.NO || !isTooOld());
  }

  private boolean isTooOld() {
    long since = unforcedNanos;
    return since != NEVER && System.nanoTime() - since > HOLD_NANOS;
  }

  /**
   * By an event loop at the end of a round: writes what is queued, or has the I/O thread do it where a force is under way or
   * wanted.  Whether what the units up to that one did may be told now; otherwise waiters hear when to ask again.
   */
  public boolean commit(long sequence) {
    if (isReached(sequence)) {
      return true;
    }
    boolean begins = unforcedNanos == NEVER;
    if (policy != ForcePolicy.ALWAYS && written < sequence && failure == null && writing.tryLock()) {
      try {
        if (!forcing) {
          write();
        }
      } finally {
        writing.unlock();
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

  @Override public void released(long sequence) {
    if (Thread.currentThread() instanceof NeverWaits loop) {
      loop.wrote(sequence); // it commits when its round ends
      return;
    }
    if (idle) {
      wake();
    }
    if (policy == ForcePolicy.ALWAYS) {
      await(sequence);
    }
  }

  /** Waits until it is reached, or the log fails; an interrupt is kept for the caller. */
  public void await(long sequence) {
    boolean interrupted = false;
    waiting.lock();
    waitingThreads++;
    try {
      while (!isReached(sequence) && failure == null && !closing) {
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
    long first = queue.beginSegment();
    wake();
    return first;
  }

  /** A snapshot that carries that number is safe: the segments before it go. */
  public void covered(long first) throws IOException {
    deleteBefore(directory, first);
    writing.lock();
    try {
      coveredFirst = first;
      otherBytes = segmentFirst >= first ? 0 : otherBytes;
    } finally {
      writing.unlock();
    }
    if (broken) {
      healed();
    }
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

  private void healed() {
    writing.lock();
    try {
      broken = false;
      starting = false;
      failure = null;
      told = false;
    } finally {
      writing.unlock();
    }
    log.log(Level.INFO, "the log goes on behind a snapshot");
    progressed();
  }

  private void openSegment(byte kind, long first) throws IOException {
    StoredFile fresh = directory.create(Segment.name(first));
    boolean opened = false;
    try {
      fresh.write(Segment.header(kind, first));
      fresh.force();
      directory.force();
      opened = true;
    } finally {
      if (!opened) {
        closeQuietly(fresh);
      }
    }
    if (file != null) {
      closeQuietly(file);
      otherBytes = first <= coveredFirst ? 0 : otherBytes + fileBytes;
    }
    segmentFirst = first;
    file = fresh;
    fileBytes = Segment.HEADER_BYTES;
    torn = false;
  }

  private void closeQuietly(StoredFile each) {
    try {
      each.close();
    } catch (IOException notTheDataIsLost) {
      log.log(Level.WARNING, "closing a segment failed: ".concat(notTheDataIsLost.toString()));
    }
  }

  // Writing, under the lock

  /** Writes what is queued, up to where a segment begins, which is the I/O thread's. */
  private boolean write() {
    queue.take(pending);
    if (pending.isEmpty() || pending.peek().segment != 0) {
      return false;
    }
    if (unforcedNanos == NEVER && !forcing) {
      unforcedNanos = System.nanoTime();
    } else if (forcing && unforcedMeanwhileNanos == NEVER) {
      unforcedMeanwhileNanos = System.nanoTime();
    }
    try {
      cutTorn();
      writeFrames();
      recovered();
      return true;
    } catch (IOException failed) {
      torn = true;
      while (!done.isEmpty()) { // they are written again
        pending.addFirst(done.remove(done.size() - 1));
      }
      failed("writing the log failed, so that writes are refused until it succeeds", failed);
      return false;
    }
  }

  private void cutTorn() throws IOException {
    if (torn) {
      file.truncate(fileBytes);
      torn = false;
    }
  }

  private void writeFrames() throws IOException {
    long bytes = 0;
    long last = written;
    buffer.clear();
    while (!pending.isEmpty() && pending.peek().segment == 0) {
      FrameQueue.Piece piece = pending.poll();
      done.add(piece);
      seal(piece);
      bytes += put(piece.bytes, piece.length);
      if (piece.apart != null) {
        bytes += put(piece.apart, piece.apartLength);
      }
      last = piece.last;
    }
    flush();
    fileBytes += bytes;
    written = last;
    queue.giveBack(done);
    done.clear();
  }

  private void seal(FrameQueue.Piece piece) {
    if (piece.apart != null) {
      Frame.seal(piece.bytes, 0, forced, piece.apart, 0, crc);
      return;
    }
    for (int at = 0; at < piece.length; at += Frame.HEADER_BYTES + Frame.length(piece.bytes, at)) {
      Frame.seal(piece.bytes, at, forced, crc);
    }
  }

  private long put(byte[] bytes, int length) throws IOException {
    for (int at = 0; at < length; ) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int part = Math.min(length - at, buffer.remaining());
      buffer.put(bytes, at, part);
      at += part;
    }
    return length;
  }

  private void flush() throws IOException {
    buffer.flip();
    if (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
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

  // The I/O thread

  private void runIo() {
    while (true) {
      try {
        boolean ends = closing;
        step(ends);
        if (ends && pending.isEmpty()) {
          return;
        }
        if (ends && failure != null) { // nobody will make room any more
          return;
        }
        sleep();
      } catch (Throwable thrown) { // out of memory: it goes on
        log.log(Level.ERROR, "the log's thread failed and goes on", thrown);
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  private void step(boolean ends) {
    long writtenBefore = written;
    long forcedBefore = forced;
    IOException failureBefore = failure;
    writing.lock();
    try {
      boolean more = true;
      while (more) {
        more = false;
        write();
        if (failure == null || broken) {
          more = !pending.isEmpty() && pending.peek().segment != 0 && turnOver();
        }
      }
    } finally {
      writing.unlock();
    }
    if (isForceDue() || ends) {
      force();
    }
    if (broken) {
      skipBroken();
    }
    if (broken || bytes() >= snapshotAtBytes) {
      owner.logWantsSnapshot();
    }
    retryNanos = failure != null ? System.nanoTime() + RETRY_NANOS : NEVER;
    if (written != writtenBefore || forced != forcedBefore || failure != failureBefore) {
      progressed();
    }
  }

  /** What a broken log has queued goes: the next snapshot has it. */
  private void skipBroken() {
    writing.lock();
    try {
      queue.take(pending);
      while (!pending.isEmpty() && pending.peek().segment == 0) {
        pending.poll();
      }
    } finally {
      writing.unlock();
    }
  }

  /** Ends the segment and begins the next one; whether it could. */
  private boolean turnOver() {
    try {
      if (!broken && file != null) {
        cutTorn();
        file.force();
        forced = written;
      }
    } catch (IOException failed) {
      breaks(failed);
    }
    long first = pending.peek().segment;
    try {
      openSegment(broken ? Segment.APART : Segment.FOLLOWS, first);
      pending.poll();
      written = first - 1;
      forced = first - 1; // what came before is in the snapshot, or nowhere
      unforcedNanos = NEVER;
      recovered();
      return true;
    } catch (IOException failed) {
      failed("beginning a segment of the log failed, so that writes are refused until it succeeds", failed);
      return false;
    }
  }

  private void breaks(IOException why) {
    broken = true;
    failed("forcing the log failed, so that writes are refused until a snapshot is taken", why);
  }

  private boolean isForceDue() {
    if (failure != null || forced >= written) {
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
      if (failure != null || forced >= written) {
        return;
      }
      upTo = written;
      forcing = true;
      unforcedMeanwhileNanos = NEVER;
    } finally {
      writing.unlock();
    }
    IOException failed = null;
    try {
      file.force();
    } catch (IOException thrown) {
      failed = thrown;
    }
    writing.lock();
    try {
      forcing = false;
      if (failed != null) {
        breaks(failed);
      } else {
        forced = upTo;
        unforcedNanos = unforcedMeanwhileNanos;
      }
    } finally {
      writing.unlock();
    }
  }

  private void sleep() {
    idle = true;
    boolean work = queue.last() > written && failure == null || isForceDue() || closing;
    if (work) {
      idle = false;
      return;
    }
    long until = Math.min(retryNanos, policy == ForcePolicy.EVERYSEC && unforcedNanos != NEVER && failure == null
        ? unforcedNanos + FORCE_NANOS : NEVER);
    if (until == NEVER) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    } else {
      LockSupport.parkNanos(Math.max(1, until - System.nanoTime()));
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
      if (failure != null) {
        log.log(Level.ERROR, "the log was closed without its last " + (queue.last() - forced) + " units: " + failure);
      }
      if (file != null) {
        closeQuietly(file);
        file = null;
      }
    } finally {
      writing.unlock();
    }
    progressed();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
