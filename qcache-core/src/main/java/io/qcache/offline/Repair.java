package io.qcache.offline;

import io.qcache.disk.Directory;
import io.qcache.engine.Engine;
import io.qcache.engine.Replay;
import io.qcache.log.LogCut;
import io.qcache.log.LogDamagedException;
import io.qcache.log.Recovery;
import io.qcache.log.WriteLog;
import io.qcache.snapshot.RdbLoader;
import io.qcache.snapshot.Snapshots;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Cuts the log of a directory before the first damage, after saying what is lost and being told to; what is cut is kept beside.
 * What a start cuts by itself, a torn end, is treated the same way.
 */
public final class Repair {
  private final Engine engine;
  private final String snapshot;
  private final boolean skipping;
  private final Consumer<String> out;
  private final BooleanSupplier confirmed;
  private long first; // record that the snapshot has not

  /**
   * @param engine    new, to be filled, and its caller's to close
   * @param snapshot  the name of the snapshot in the directory
   * @param out       told each line
   * @param confirmed asked whether to go on, when it has been said with what
   */
  public Repair(Engine engine, String snapshot, boolean skipping, Consumer<String> out, BooleanSupplier confirmed) {
    this.engine = engine;
    this.snapshot = snapshot;
    this.skipping = skipping;
    this.out = out;
    this.confirmed = confirmed;
  }

  /**
   * Repairs it; whether it is whole now.
   *
   * @throws IOException where it cannot be read or written, is in use, or the snapshot is damaged, which cannot be repaired
   */
  public boolean repair(Path path) throws IOException {
    Path whole = path.toAbsolutePath().normalize();
    if (!Files.isDirectory(whole)) {
      throw new NotDirectoryException(whole + " is no directory: what is repaired is the log of one");
    }
    Directory directory = Directory.at(whole);
    if (!WriteLog.isIn(directory)) {
      out.accept("there is no log in " + whole);
      return false;
    }
    try (Closeable lock = directory.lock(Snapshots.LOCK)) {
      LogCut cut = find(directory);
      if (cut == null) {
        out.accept("nothing to repair in " + whole);
        return true;
      }
      cut.plan().forEach(out);
      if (!confirmed.getAsBoolean()) {
        out.accept("nothing is changed");
        return false;
      }
      cut.cut().forEach(name -> out.accept("kept " + name));
      out.accept("repaired: the log goes on with record " + verified(directory));
      return true;
    }
  }

  /** Finds the first damage, as a start would; null where there is none. */
  private LogCut find(Directory directory) throws IOException {
    engine.loading(true);
    Recovery recovery = new Recovery(directory, engine.log(), false, new Replay(engine)::apply);
    try {
      first = 1;
      if (directory.has(snapshot)) {
        RdbLoader loader = new RdbLoader(engine, skipping, true);
        loader.load(directory, snapshot);
        first = Math.max(1, loader.sequence());
      }
      recovery.recover(first);
    } catch (LogDamagedException damaged) {
      out.accept(damaged.getMessage());
      return new LogCut(directory, damaged.segment(), damaged.position());
    } finally {
      engine.loading(false);
    }
    return recovery.tornSegment() < 0 ? null : new LogCut(directory, recovery.tornSegment(), recovery.tornAt());
  }

  /** What is left is read once more, without being applied. */
  private long verified(Directory directory) throws IOException {
    return new Recovery(directory, engine.log(), false, (effects, from, to) -> { }).recover(first).next();
  }
}
