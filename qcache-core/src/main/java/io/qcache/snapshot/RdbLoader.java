package io.qcache.snapshot;

import io.qcache.disk.Directory;
import io.qcache.disk.StoredFile;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.Signal;
import io.qcache.engine.Slice;
import io.qcache.engine.ValueDraft;
import java.io.IOException;
import java.lang.System.Logger.Level;

/**
 * Fills an engine that nobody works with yet from an RDB file, and says how far it is.  What it fails on leaves the engine half
 * full, to be closed.  One thread loads; others may ask.
 */
public final class RdbLoader implements RdbReader.Target {
  /** What a snapshot notes of the log: the sequence number of the first change that is not in it. */
  public static final String SEQUENCE = "qcache-sequence";

  /** Why a file is refused in which a key comes twice. */
  public static final String TWICE = "the same key stands in it twice";

  private static final int KEYS_A_LOOK = 1 << 10; // at the clock
  private static final long MILLIS_A_LINE = 2_000;

  private final Engine engine;
  private final boolean skipping;
  private final boolean keepsDue;
  private final long startMillis;
  private RdbReader reader;
  private String name;
  private long nextLineMillis;
  private int skipped;
  private int keysToLook = KEYS_A_LOOK;
  private long sequence = -1;
  private volatile long totalBytes;
  private volatile long bytes;
  private volatile long keys;
  private volatile long due;
  private volatile long dueFields;

  /**
   * @param skipping whether what is not supported is left out, and told to the log, instead of refused
   * @param keepsDue whether keys whose time has come are kept, for who replays what happened to them
   */
  public RdbLoader(Engine engine, boolean skipping, boolean keepsDue) {
    this.engine = engine;
    this.skipping = skipping;
    this.keepsDue = keepsDue;
    this.startMillis = engine.nowMillis();
  }

  /**
   * Loads it all.
   *
   * @throws RdbException where the file is damaged, or holds what does not fit or is not supported
   */
  public void load(Directory directory, String file) throws IOException {
    name = directory.path().concat("/").concat(file);
    nextLineMillis = startMillis + MILLIS_A_LINE;
    try (StoredFile stored = directory.read(file)) {
      totalBytes = stored.size();
      reader = new RdbReader(stored, name, engine, skipping, this);
      if (!keepsDue) {
        reader.leaveOutFieldsDueAt(startMillis);
      }
      try {
        reader.read();
      } catch (OutOfMemoryError exhausted) {
        throw reader.refused("the JVM's memory is not enough for what it holds");
      }
      bytes = totalBytes;
      keys = reader.keys();
      dueFields = reader.dueFields();
    }
    engine.log().log(Level.INFO, "Loaded " + name + ": " + (keys - due) + " keys in " + (engine.nowMillis() - startMillis)
        + " ms" + (due > 0 ? ", and left out " + due + " whose time has come" : "")
        + (dueFields > 0 ? ", and of hashes " + dueFields + " such fields" : "")
        + (skipped > 0 ? ", and left out " + skipped + " that are empty or not supported" : ""));
  }

  /** The bytes of the file, 0 until it is open. */
  public long totalBytes() {
    return totalBytes;
  }

  /** How many of them have been read; a moment old. */
  public long bytes() {
    return bytes;
  }

  /** How many keys have been read; a moment old. */
  public long keys() {
    return keys;
  }

  /** How many of them were left out because their time had come. */
  public long due() {
    return due;
  }

  /** How many fields of hashes were left out for the same reason. */
  public long dueFields() {
    return dueFields;
  }

  /** When it began, in milliseconds of the engine's clock. */
  public long startMillis() {
    return startMillis;
  }

  /** What the file notes of the log; -1 where it does not. */
  public long sequence() {
    return sequence;
  }

  // What is read

  @Override public void note(String named, String value) throws IOException {
    if (named.equals(SEQUENCE)) {
      try {
        sequence = Long.parseLong(value);
      } catch (NumberFormatException none) {
        throw reader.refused("the note ".concat(SEQUENCE).concat(" is no number"));
      }
    }
  }

  @Override public void key(long database, Slice key, long deadlineMillis, ValueDraft value) throws IOException {
    if (--keysToLook == 0) {
      keysToLook = KEYS_A_LOOK;
      look();
    }
    if (database < 0 || database >= engine.databases()) {
      throw reader.refused("it has a database " + Long.toUnsignedString(database) + ", and there are to be only "
          + engine.databases());
    }
    if (!keepsDue && deadlineMillis != Deadline.NONE && deadlineMillis <= engine.nowMillis()) {
      due++;
      return;
    }
    try {
      if (!value.put(engine.database(database), key, deadlineMillis)) {
        throw reader.refused(TWICE);
      }
    } catch (Signal full) {
      throw reader.refused("what it holds does not fit into maxmemory, which is " + engine.memory().maxBytes() + " bytes");
    }
  }

  private void look() {
    bytes = reader.position();
    keys = reader.keys();
    long now = engine.nowMillis();
    if (now >= nextLineMillis) {
      nextLineMillis = now + MILLIS_A_LINE;
      engine.log().log(Level.INFO, "Loading " + name + ": " + bytes * 100 / Math.max(1, totalBytes) + " %, " + keys + " keys");
    }
  }

  @Override public void emptied() {
    due++;
  }

  @Override public void skipped(String why) {
    if (skipped++ < 10) {
      engine.log().log(Level.WARNING, "Loading " + name + ": a key is left out, " + why);
    }
  }
}
