package io.qcache.offline;

import io.qcache.disk.Directory;
import io.qcache.engine.Engine;
import io.qcache.engine.Replay;
import io.qcache.log.Recovered;
import io.qcache.log.Recovery;
import io.qcache.log.WriteLog;
import io.qcache.snapshot.RdbLoader;
import io.qcache.snapshot.Snapshots;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** What a directory keeps, brought into an engine as a start would, but without changing anything there. */
final class Stored {
  private Stored() {}

  /** Owns the directory where there is a log, which somebody may be writing: a snapshot alone is whole at any time. */
  static Closeable lock(Directory directory) throws IOException {
    return WriteLog.isIn(directory) ? directory.lock(Snapshots.LOCK) : () -> { };
  }

  /**
   * Fills the engine, with which nobody works yet; where the log goes on.
   *
   * @param units who sees what of the log is read, and lets it be applied
   * @throws NoSuchFileException where there is nothing
   */
  static Recovered load(Directory directory, String snapshot, Engine engine, boolean skipping, Recovery.Target units)
      throws IOException {
    boolean hasLog = WriteLog.isIn(directory);
    if (!hasLog && !directory.has(snapshot)) {
      throw new NoSuchFileException(directory.path() + "/" + snapshot, null, "there is neither this snapshot nor a log");
    }
    engine.loading(true);
    try {
      long from = 1;
      if (directory.has(snapshot)) {
        RdbLoader loader = new RdbLoader(engine, skipping, hasLog);
        loader.load(directory, snapshot);
        from = Math.max(1, loader.sequence());
      }
      return new Recovery(directory, engine.log(), false, units).recover(from);
    } finally {
      engine.loading(false);
    }
  }

  static Recovered load(Directory directory, String snapshot, Engine engine, boolean skipping) throws IOException {
    return load(directory, snapshot, engine, skipping, new Replay(engine)::apply);
  }
}
