package io.qcache.snapshot;

import io.qcache.ValueType;
import io.qcache.disk.Directory;
import io.qcache.disk.StoredFile;
import io.qcache.engine.Engine;
import io.qcache.engine.Replay;
import io.qcache.engine.Slice;
import io.qcache.log.ForcePolicy;
import io.qcache.log.Recovered;
import io.qcache.log.Recovery;
import io.qcache.log.WriteLog;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The snapshot file of an engine: loaded before anybody works with it, and written anew when it is asked for or a save point says
 * so.
 * <pre>
 *   temp-snapshot.rdb ── written, forced ── renamed to dump.rdb ── directory forced
 * </pre>
 * So at any moment the file is the last complete snapshot, or the one before.  Its files are touched by a thread of its own alone,
 * which comes with the first need and ends with {@link #close}.  Thread-safe.
 */
public final class Snapshots implements AutoCloseable {
  /** The name of the lock file. */
  public static final String LOCK = "qcache.lock";

  private static final String TEMPORARY = "temp-snapshot.rdb";
  private static final long LOOK_MILLIS = 500;
  private static final long RETRY_MILLIS = 5_000; // after a failure, for those of the save points

  /** Told how a save has ended, by the thread that saved. */
  public interface Listener {
    /** {@code failure} is null where it is safe. */
    void saved(IOException failure);
  }

  private final Engine engine;
  private final Directory directory;
  private final List<Listener> waiting = new ArrayList<>(); // for the save that is wanted; guarded by this
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private List<Listener> served = new ArrayList<>();        // of the save that is under way; guarded by this
  private Thread thread;        // null until it is needed; guarded by this
  private boolean wanted;       // guarded by this
  private boolean saving;       // guarded by this
  private boolean rewriteWanted; // what is wanted is for the log; guarded by this
  private boolean rewriting;    // so is what is under way; guarded by this
  private boolean closed;       // guarded by this
  private boolean savesAtEnd;   // guarded by this
  private Closeable lock;       // guarded by this; null until it is taken
  private volatile boolean aborted;
  private volatile String name = "dump.rdb";
  private volatile boolean compressing = true;
  private volatile boolean summing = true;
  private volatile SavePoints points = SavePoints.NONE;

  // What INFO tells
  private volatile RdbLoader loader;
  private volatile boolean loading;
  private volatile long startMillis = -1; // of the save under way
  private volatile long triedMillis;
  private volatile long savedMillis;
  private volatile long savedChanges;
  private volatile long durationMillis = -1;
  private volatile long saves;
  private volatile boolean failed;
  private volatile long rewrites;
  private volatile long rewriteMillis = -1; // how long the last one took
  private volatile long failedRewrites; // since the last that succeeded
  private volatile RdbWriter writer;
  private volatile long keysTotal;
  private long frozenChanges; // its own thread alone
  private long frozenSequence; // its own thread alone
  private final List<Runnable> logListeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock turning = new ReentrantLock(); // the log on or off
  private volatile WriteLog log; // null for none; changes under turning
  private volatile boolean ending; // the log
  private volatile long nextSequence = 1; // while there is no log
  private volatile long snapshotBytes;
  private volatile long growthPercent = 100;
  private volatile long growthLeastBytes = 64L << 20;

  public Snapshots(Engine engine, Directory directory) {
    this.engine = engine;
    this.directory = directory;
    savedMillis = engine.nowMillis();
  }

  /**
   * Lets an engine that is new keep its keys in that directory, which is made if it is missing: loads what is there, and will save at
   * the end, or goes on in a log.
   *
   * @param policy how the log is forced; null for no log
   * @throws IOException where the directory cannot be used, is in use, or what it holds cannot be loaded
   */
  public static void attach(Engine engine, Path path, ForcePolicy policy) throws IOException {
    Files.createDirectories(path);
    Snapshots snapshots = new Snapshots(engine, Directory.at(path));
    engine.snapshots(snapshots);
    snapshots.own();
    snapshots.restore(false, policy);
    snapshots.savesAtEnd(policy == null);
  }

  public Directory directory() {
    return directory;
  }

  /** The name of the file in the directory, {@code dump.rdb} unless said. */
  public void name(String file) {
    name = file;
  }

  /** Whether strings are compressed, and whether the file ends in its checksum; both are so unless said. */
  public void format(boolean compressed, boolean summed) {
    compressing = compressed;
    summing = summed;
  }

  /** When a snapshot is taken by itself; never, unless said. */
  public synchronized void points(SavePoints when) {
    points = when;
    if (when.areAny()) {
      needThread();
    }
  }

  public SavePoints points() {
    return points;
  }

  /**
   * Owns the directory from now on, until {@link #close}.
   *
   * @throws io.qcache.disk.DirectoryInUseException where somebody else does
   */
  public synchronized void own() throws IOException {
    if (lock == null) {
      lock = directory.lock(LOCK);
    }
  }

  // Loading

  /** Whether there is something to load: a snapshot, or a log. */
  public boolean hasAnything() throws IOException {
    return hasFile() || WriteLog.isIn(directory);
  }

  /**
   * Loads what there is into the engine, with which nobody works yet: the snapshot, and what a log has behind it.
   *
   * @param skipping whether what is not supported is left out instead of refused
   * @param policy   how a log is to go on from there; null for none, then what one has is read all the same
   * @throws IOException where something is damaged or missing, or cannot be written
   */
  public void restore(boolean skipping, ForcePolicy policy) throws IOException {
    if (policy != null || WriteLog.isIn(directory)) { // who only reads a snapshot need not be the only one
      own();
    }
    load(() -> restoreHere(skipping, policy));
  }

  private void restoreHere(boolean skipping, ForcePolicy policy) throws IOException {
    long sequence = -1;
    if (hasFile()) {
      RdbLoader next = new RdbLoader(engine, skipping, policy != null || WriteLog.isIn(directory));
      loader = next;
      next.load(directory, name);
      sequence = next.sequence();
      snapshotBytes = next.totalBytes();
    }
    Replay replay = new Replay(engine);
    Recovery recovery = new Recovery(directory, engine.log(), true, replay::apply);
    Recovered recovered = recovery.recover(Math.max(1, sequence));
    nextSequence = recovered.next();
    if (recovery.units() > 0) {
      engine.log().log(Level.INFO, "Replayed " + recovery.units() + " units of the log");
    }
    if (policy != null) {
      WriteLog opened = WriteLog.open(directory, recovered, policy, engine.log(), new LogOwner());
      engine.effectLog(opened);
      log = opened;
      followGrowth();
      logListeners.forEach(Runnable::run);
    }
  }

  // The log

  /** The log, null for none. */
  public WriteLog log() {
    return log;
  }

  /** Told, by the log's thread, that the log begins to fail, or does so no more. */
  public void listenToLog(Runnable listener) {
    logListeners.add(listener);
  }

  /**
   * Lets a log begin, with a snapshot, until which nothing is safe; nothing where there is one.
   *
   * @throws IOException where the directory is somebody else's, or it is closed
   */
  public void startLog(ForcePolicy policy) throws IOException {
    turning.lock();
    try {
      if (log != null) {
        return;
      }
      own();
      log = WriteLog.start(directory, nextSequence, policy, engine.log(), new LogOwner());
      logListeners.forEach(Runnable::run);
      rewrite(); // refused where the log's thread has asked for it just now
      if (isClosed()) {
        stopHere();
        throw new IOException("it is closed");
      }
    } finally {
      turning.unlock();
    }
  }

  /** Ends the log, and returns when what it has is safe; that stays in its files. */
  public void stopLog() {
    turning.lock();
    try {
      stopHere();
    } finally {
      turning.unlock();
    }
  }

  private void stopHere() {
    WriteLog ended = log;
    if (ended == null) {
      return;
    }
    ending = true; // first: a freeze from now on does without it
    engine.effectLog(null);
    ended.close();
    nextSequence = ended.last() + 1;
    log = null; // now only: replies wait for it until it is forced
    ending = false;
    logListeners.forEach(Runnable::run);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private final class LogOwner implements WriteLog.Owner {
    @Override public void logWantsSnapshot() {
      if (!failed || engine.nowMillis() - triedMillis > LOOK_MILLIS) {
        rewrite();
      }
    }

    @Override public void logFails() {
      logListeners.forEach(Runnable::run);
    }
  }

  /** A snapshot is taken when the log has grown by so many percent of what one was, to that many bytes at least; 0 for never. */
  public void rewriteAt(long percent, long leastBytes) {
    growthPercent = percent;
    growthLeastBytes = leastBytes;
    followGrowth();
  }

  private void followGrowth() {
    WriteLog current = log;
    if (current != null) {
      long base = snapshotBytes;
      long grown = growthPercent == 0 ? Long.MAX_VALUE
          : Math.max(growthLeastBytes - base, (long) (Math.max(1, base) * (growthPercent / 100.0)));
      current.snapshotAt(Math.max(1, grown));
    }
  }

  /** The bytes of the snapshot that the log goes on from; 0 for none. */
  public long snapshotBytes() {
    return snapshotBytes;
  }

  /** Under all stripes: the number of the first change that the snapshot has not. */
  private long sequenceAtFreeze() {
    WriteLog current = log;
    if (current == null) {
      frozenSequence = nextSequence;
    } else if (ending) {
      frozenSequence = current.last() + 1;
    } else {
      frozenSequence = current.beginSegment();
      engine.effectLog(current); // the first time it begins here
    }
    return frozenSequence;
  }

  private void covered() throws IOException {
    WriteLog current = log;
    if (current == null) {
      WriteLog.deleteBefore(directory, frozenSequence);
    } else {
      current.covered(frozenSequence);
      followGrowth();
    }
  }

  /** Whether there is a file to load. */
  public boolean hasFile() {
    return directory.has(name);
  }

  /**
   * Loads the file into the engine, with which nobody works yet; on a thread of its own, whose end it waits for.
   *
   * @param skipping whether what is not supported is left out instead of refused
   * @throws RdbException where it is damaged, or holds what does not fit or is not supported
   */
  public void load(boolean skipping) throws IOException {
    load(directory, name, skipping);
  }

  /** The same from another file. */
  public void load(Directory from, String file, boolean skipping) throws IOException {
    RdbLoader next = new RdbLoader(engine, skipping, false);
    loader = next;
    load(() -> next.load(from, file));
  }

  private void load(Ended.Task reading) throws IOException {
    Ended ended = new Ended();
    loading = true;
    engine.loading(true);
    new Thread(() -> ended.saved(Ended.failureOf(reading)), "qcache-load").start();
    try {
      ended.await();
    } finally {
      engine.loading(false);
      loading = false;
    }
  }

  // Saving

  /**
   * Wants a snapshot of what there is now or a moment later.
   *
   * @param again    whether one that is under way is followed by another, else it is refused
   * @param listener told how it ended, or null
   * @return whether it will be taken; false where one is under way, or it is closed
   */
  public synchronized boolean save(boolean again, Listener listener) {
    if (closed || (!again && (saving || wanted))) {
      return false;
    }
    wanted = true;
    if (listener != null) {
      waiting.add(listener);
    }
    needThread();
    notifyAll();
    return true;
  }

  /** What has become of a wish that the log may go on from a snapshot. */
  public enum Rewrite { STARTED, SCHEDULED, REFUSED }

  /**
   * Wants a snapshot for the log to go on from, so that it gets short: any other does the same, but this one is counted as that.
   *
   * @return scheduled behind a save that is under way; refused where one for the log is, or it is closed
   */
  public synchronized Rewrite rewrite() {
    boolean busy = saving || wanted;
    if (closed || saving && rewriting || rewriteWanted && !saving) {
      return Rewrite.REFUSED;
    }
    rewriteWanted = true;
    save(true, null);
    return busy ? Rewrite.SCHEDULED : Rewrite.STARTED;
  }

  /** Tells it of every save from now on. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Saves, and returns when it is safe. */
  public void save() throws IOException {
    Ended ended = new Ended();
    if (!save(true, ended)) {
      throw new IOException("it is closed");
    }
    ended.await();
  }

  private void needThread() {
    if (thread == null && !closed) {
      thread = new Thread(new Work(), "qcache-snapshot");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private final class Work implements Runnable {
    @Override public void run() {
      while (awaitWork()) {
        ended(Ended.failureOf(Snapshots.this::write));
      }
    }
  }

  /** Waits until a snapshot is wanted; false when there will be none any more. */
  private synchronized boolean awaitWork() {
    while (!wanted && !closed) {
      look();
      if (!wanted) {
        try {
          wait(points.areAny() ? LOOK_MILLIS : 0);
        } catch (InterruptedException nobodyDoes) {
          closed = true;
        }
      }
    }
    if (!wanted) {
      return false;
    }
    wanted = false;
    saving = true;
    rewriting = rewriteWanted;
    rewriteWanted = false;
    aborted = false;
    served = new ArrayList<>(waiting);
    waiting.clear();
    return true;
  }

  /** Looks whether a save point is due; by its own thread, or a test. */
  synchronized void look() {
    long now = engine.nowMillis();
    SavePoints when = points;
    if (when.areAny() && when.isDue(changes(), now - savedMillis) && (!failed || now - triedMillis > RETRY_MILLIS)) {
      wanted = true;
      notifyAll();
    }
  }

  private void write() throws IOException {
    startMillis = engine.nowMillis();
    triedMillis = startMillis;
    own();
    try {
      writeTemporary();
      directory.rename(TEMPORARY, name);
      directory.force();
      covered();
    } catch (Throwable e) {
      try {
        directory.delete(TEMPORARY);
      } catch (IOException leftThere) {
        e.addSuppressed(leftThere);
      }
      throw e;
    }
  }

  private void writeTemporary() throws IOException {
    try (StoredFile file = directory.create(TEMPORARY)) {
      RdbWriter to = new Watched(file);
      to.begin();
      to.note("redis-ver", "7.0.15"); // tools look for it
      to.note("redis-bits", "64");
      to.note("ctime", Long.toString(startMillis / 1_000));
      to.note("used-mem", Long.toString(engine.memory().usedBytes()));
      to.noteAtFreeze(RdbLoader.SEQUENCE, this::sequenceAtFreeze);
      writer = to;
      try {
        engine.snapshot(to);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      to.end();
      file.force();
      snapshotBytes = to.size();
    } finally {
      writer = null;
    }
  }

  private void ended(IOException failure) {
    List<Listener> told;
    long now = engine.nowMillis();
    synchronized (this) {
      saving = false;
      durationMillis = now - startMillis;
      startMillis = -1;
      if (failure == null) {
        savedMillis = now;
        savedChanges = frozenChanges;
        saves++;
        failed = false;
      } else if (!aborted) {
        failed = true;
      }
      if (rewriting) {
        rewriting = false;
        rewrites++;
        rewriteMillis = durationMillis;
        failedRewrites = failure == null ? 0 : failedRewrites + 1;
      }
      told = served;
      served = new ArrayList<>();
      notifyAll();
    }
    if (failure == null) {
      engine.log().log(Level.INFO, "Saved " + directory.path() + "/" + name + " in " + durationMillis + " ms");
    } else if (aborted) {
      engine.log().log(Level.INFO, "Gave up the snapshot that was under way");
    } else {
      engine.log().log(Level.WARNING, "Cannot save " + directory.path() + "/" + name, failure);
    }
    listeners.forEach(listener -> listener.saved(failure)); // first: who waited for it finds them told
    told.forEach(listener -> listener.saved(failure));
  }

  /** The writer, and what is seen of it on the way. */
  private final class Watched extends RdbWriter {
    Watched(StoredFile file) {
      super(file, RdbWriter.version(), compressing, summing);
      lowest();
    }

    @Override public void frozen() {
      frozenChanges = engine.changesMade();
      super.frozen();
    }

    @Override public void key(int database, ValueType type, long deadlineMillis, Slice key) {
      if (aborted) {
        throw new UncheckedIOException(new IOException("given up"));
      }
      super.key(database, type, deadlineMillis, key);
    }

    @Override public void sizes(long[] keys, long[] withDeadline) {
      long all = 0;
      for (long each : keys) {
        all += each;
      }
      keysTotal = all;
      super.sizes(keys, withDeadline);
    }
  }

  /** Gives the save that is under way up. */
  public void abort() {
    aborted = true;
  }

  // Figures

  public boolean isLoading() {
    return loading;
  }

  /** What loads, or has loaded; null where nothing was there. */
  public RdbLoader loader() {
    return loader;
  }

  public synchronized boolean isSaving() {
    return saving || wanted;
  }

  /** Whether the save under way, or else the next one, is for the log. */
  public synchronized boolean isRewriting() {
    return saving ? rewriting : rewriteWanted;
  }

  /** Whether one for the log waits for the end of a save. */
  public synchronized boolean isRewriteScheduled() {
    return saving && rewriteWanted;
  }

  /** How many for the log there were, and how many of these have failed since one succeeded. */
  public long rewrites() {
    return rewrites;
  }

  public long failedRewrites() {
    return failedRewrites;
  }

  /** How long the last of these took; -1 before the first. */
  public long rewriteMillis() {
    return rewriteMillis;
  }

  /** Changes since what the file has. */
  public long changes() {
    return engine.changesMade() - savedChanges;
  }

  /** When it was last saved, or else when it was opened, in milliseconds of the engine's clock. */
  public long savedMillis() {
    return savedMillis;
  }

  /** How long the last one took, whether it failed or not; -1 before the first. */
  public long durationMillis() {
    return durationMillis;
  }

  /** When the one under way began; -1 while none is. */
  public long startMillis() {
    return startMillis;
  }

  /** How many have succeeded. */
  public long saves() {
    return saves;
  }

  /** Whether the last one failed. */
  public boolean hasFailed() {
    return failed;
  }

  /** Keys written of the one under way; a moment old. */
  public long keysDone() {
    RdbWriter current = writer;
    return current == null ? 0 : current.keys();
  }

  /** Keys that the one under way will have. */
  public long keysTotal() {
    return writer == null ? 0 : keysTotal;
  }

  /** Whether {@link #close} saves what the file does not have; it does not, unless said. */
  public synchronized void savesAtEnd(boolean does) {
    savesAtEnd = does;
  }

  /**
   * Saves where it is to do so, waits for what is under way, and gives the directory back.  Nobody changes anything any more.
   *
   * @throws UncheckedIOException where that save failed; everything else is done
   */
  @Override public void close() {
    Ended last = new Ended();
    boolean saves;
    Thread running;
    synchronized (this) {
      if (closed) {
        return;
      }
      saves = savesAtEnd && (changes() > 0 || !hasFile()) && save(true, last);
      closed = true;
      running = thread;
      notifyAll();
    }
    boolean interrupted = false;
    while (running != null && running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    WriteLog ended = log;
    if (ended != null) {
      ended.close();
    }
    giveBack();
    if (saves) {
      try {
        last.await(); // which it has ended
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized void giveBack() {
    try {
      if (lock != null) {
        lock.close();
        lock = null;
      }
    } catch (IOException e) {
      engine.log().log(Level.WARNING, "Cannot close " + directory.path() + "/" + LOCK, e);
    }
  }
}
