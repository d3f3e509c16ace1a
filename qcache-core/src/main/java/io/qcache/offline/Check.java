package io.qcache.offline;

import io.qcache.disk.Directory;
import io.qcache.disk.StoredFile;
import io.qcache.engine.Engine;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Replay;
import io.qcache.engine.Slice;
import io.qcache.engine.ValueDraft;
import io.qcache.log.LogDamagedException;
import io.qcache.log.Recovered;
import io.qcache.log.Recovery;
import io.qcache.log.Segment;
import io.qcache.log.WriteLog;
import io.qcache.snapshot.RdbException;
import io.qcache.snapshot.RdbLoader;
import io.qcache.snapshot.RdbReader;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Reads files as a start would, by the same readers, and says what they hold, or where the first damage is and what it is.  Nothing is
 * changed.  A snapshot alone is read without being kept but for 16 bytes a key, so it may be larger than the memory; of a directory with
 * a log everything is brought into an engine, where each record must fit what is there.
 */
public final class Check {
  private static final long MILLIS_A_LINE = 2_000;

  private final Engine engine;
  private final String snapshot;
  private final boolean skipping;
  private final Consumer<String> out;
  private long nextLineMillis;
  private long bytes;

  /**
   * @param engine   new, to be filled where that is needed, and its caller's to close
   * @param snapshot the name of the snapshot in a directory
   * @param out      told each line
   */
  public Check(Engine engine, String snapshot, boolean skipping, Consumer<String> out) {
    this.engine = engine;
    this.snapshot = snapshot;
    this.skipping = skipping;
    this.out = out;
  }

  /**
   * Checks an RDB file, a segment of a log, or a directory; whether a start would take it.
   *
   * @throws IOException where it cannot be read, or is in use
   */
  public boolean check(Path path) throws IOException {
    Path whole = path.toAbsolutePath().normalize();
    if (Files.isDirectory(whole)) {
      return directory(Directory.at(whole));
    }
    if (!Files.exists(whole)) {
      throw new NoSuchFileException(whole.toString());
    }
    Directory directory = Directory.at(whole.getParent());
    String name = whole.getFileName().toString();
    return Segment.first(name) > 0 ? told(() -> segment(directory, name)) : told(() -> snapshot(directory, name));
  }

  private interface Reading {
    void read() throws IOException;
  }

  /** What is wrong with the contents of files is told, what is with reading them is thrown. */
  private boolean told(Reading reading) throws IOException {
    try {
      reading.read();
      return true;
    } catch (RdbException | LogDamagedException damaged) {
      out.accept(damaged.getMessage());
      return false;
    }
  }

  private void snapshot(Directory directory, String name) throws IOException {
    long now = engine.nowMillis();
    SeenKeys seen = new SeenKeys(engine);
    try (StoredFile file = directory.read(name)) {
      long size = file.size();
      RdbReader[] reader = new RdbReader[1];
      Contents contents = new Contents(now, seen, () -> look(name, reader[0], size));
      reader[0] = new RdbReader(file, directory.path() + "/" + name, engine, skipping, contents);
      reader[0].read();
      if (seen.areSuspected()) {
        requireKeysOnce(directory, name, now, seen);
      }
      out.accept(name + ": whole, an RDB file of version " + reader[0].version() + ", " + size + " bytes");
      out.accept("  " + contents.keys());
      if (seen.areTooMany()) {
        out.accept("  too many keys for this memory to find out whether one comes twice: java -Xmx gives more");
      }
      if (!contents.notes().isEmpty()) {
        out.accept("  notes: " + contents.notes());
      }
    }
  }

  private void requireKeysOnce(Directory directory, String name, long nowMillis, SeenKeys seen) throws IOException {
    try (StoredFile file = directory.read(name)) {
      Once target = new Once(nowMillis, seen);
      target.reader = new RdbReader(file, directory.path() + "/" + name, engine, skipping, target);
      target.reader.read();
    }
  }

  /** Refuses what a start refuses: a key that comes twice, and whose time has not come. */
  private static final class Once implements RdbReader.Target {
    private final long nowMillis;
    private final SeenKeys seen;
    private RdbReader reader;

    Once(long nowMillis, SeenKeys seen) {
      this.nowMillis = nowMillis;
      this.seen = seen;
    }

    @Override public void note(String name, String value) {}

    @Override public void skipped(String why) {}

    @Override public void key(long database, Slice key, long deadlineMillis, ValueDraft value) throws IOException {
      if (deadlineMillis > nowMillis && seen.isTwice(database, key)) { // no deadline is the greatest of all
        throw reader.refused(RdbLoader.TWICE);
      }
    }
  }

  private void look(String name, RdbReader reader, long size) {
    long now = engine.nowMillis();
    if (nextLineMillis == 0) {
      nextLineMillis = now + MILLIS_A_LINE;
    } else if (now >= nextLineMillis) {
      nextLineMillis = now + MILLIS_A_LINE;
      engine.log().log(Level.INFO, "Reading " + name + ": " + reader.position() * 100 / Math.max(1, size) + " %, "
          + reader.keys() + " keys");
    }
  }

  /** Says of each segment what it has. */
  private final class Told implements Recovery.Target {
    private final Replay replay;

    Told(Replay replay) {
      this.replay = replay;
    }

    @Override public void apply(byte[] effects, int from, int to) {
      replay.apply(effects, from, to);
    }

    @Override public void read(String name, long end, long goodBytes) {
      long first = Segment.first(name);
      out.accept(name + ": a segment, " + goodBytes + " good bytes, "
          + (end == first ? "without records" : "records " + first + " to " + (end - 1)));
    }
  }

  private void segment(Directory directory, String name) throws IOException {
    Recovery recovery = new Recovery(directory, engine.log(), false, new Told(new Replay(engine)));
    recovery.check(name);
    torn(recovery.cutBytes());
  }

  private void torn(long count) {
    if (count > 0) {
      out.accept("  and a torn end of " + count + " bytes, which was never safe: a start cuts it off");
    }
  }

  private boolean directory(Directory directory) throws IOException {
    try (Closeable lock = Stored.lock(directory)) {
      boolean good = true;
      boolean any = false;
      for (String name : directory.names()) {
        if (name.startsWith("temp-")) {
          out.accept(name + ": left behind by a save that was not completed, and not read");
        } else if (name.equals(snapshot) || name.endsWith(".rdb")) {
          any = true;
          good &= told(() -> snapshot(directory, name));
        }
      }
      if (!WriteLog.isIn(directory)) {
        out.accept(any ? "no log" : "neither a snapshot nor a log");
        return good;
      }
      return good && told(() -> log(directory));
    }
  }

  private void log(Directory directory) throws IOException {
    Recovery.Target told = new Told(new Replay(engine));
    Recovered recovered = Stored.load(directory, snapshot, engine, skipping, told);
    long end = recovered.next();
    for (String name : directory.names()) {
      if (Segment.first(name) > 0) {
        try (StoredFile file = directory.read(name)) {
          bytes += file.size();
        }
      }
    }
    torn(bytes - recovered.segmentBytes() - recovered.otherBytes());
    long keys = 0;
    for (int i = 0; i < engine.databases(); i++) {
      keys += KeyOps.size(engine.database(i));
    }
    out.accept("the log joins, and goes on with record " + end + "; a start finds " + keys + " keys");
  }
}
