package io.qcache.net.session;

import io.qcache.Log;
import io.qcache.disk.Directory;
import io.qcache.engine.Engine;
import io.qcache.log.ForcePolicy;
import io.qcache.log.WriteLog;
import io.qcache.net.option.Option;
import io.qcache.net.option.OptionException;
import io.qcache.net.option.Options;
import io.qcache.snapshot.SavePoints;
import io.qcache.snapshot.Snapshots;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/**
 * What a server keeps in files, as the options say: nothing of it is made before it is needed, so that a server without files starts
 * as if there were none.  Thread-safe.
 */
public final class Persistence {
  private final Engine engine;
  private final Options options;
  private final Log log;
  private final long startMillis;
  private volatile boolean owns;
  private volatile boolean begun;
  private volatile boolean loading;
  private volatile boolean refusing; // commands, some of them
  private volatile Runnable end;     // of the server
  private volatile Runnable follower; // of the log; null for none

  Persistence(Engine engine, Options options, Log log) {
    this.engine = engine;
    this.log = log;
    this.options = options;
    this.startMillis = engine.nowMillis();
    if (engine.snapshots() != null) {
      setUp(engine.snapshots());
    }
  }

  /** The server's engine is its own: it is kept in the server's directory. */
  public void own() {
    owns = true;
  }

  /** All that the files hold is loaded: from now on the save points count. */
  public void begin() {
    if (owns && options.savePoints().length > 0) {
      followPoints(snapshots());
    }
    begun = true;
  }

  private void followPoints(Snapshots snapshots) {
    snapshots.points(new SavePoints(options.savePoints()));
    if (owns) {
      snapshots.savesAtEnd(snapshots.points().areAny());
    }
    refuse();
  }

  /** What keeps the snapshots; null where the cache is somebody's who has given no directory. */
  public synchronized Snapshots snapshots() {
    Snapshots snapshots = engine.snapshots();
    if (snapshots == null && owns) {
      snapshots = new Snapshots(engine, Directory.at(options.path(Option.DIR)));
      snapshots.name(options.text(Option.DBFILENAME));
      setUp(snapshots);
      followGrowth(snapshots);
      engine.snapshots(snapshots);
    }
    return snapshots;
  }

  private void setUp(Snapshots snapshots) {
    snapshots.format(options.isOn(Option.RDBCOMPRESSION), options.isOn(Option.RDBCHECKSUM));
    snapshots.listen(failure -> refuse());
    snapshots.listenToLog(this::logChanged);
  }

  /** Runs that whenever {@link #logOrNull} may be another one; at once, too. */
  public void followLog(Runnable then) {
    follower = then;
    logChanged();
  }

  private void logChanged() {
    Runnable told = follower;
    if (told != null) {
      told.run();
    }
    refuse();
  }

  /** What keeps them, null while nothing has asked for any. */
  public Snapshots snapshotsOrNull() {
    return engine.snapshots();
  }

  /** An option has another value. */
  void changed(Option option) throws OptionException {
    if (option == Option.SAVE && snapshots() != null) {
      followPoints(snapshots());
    } else if (option == Option.RDBCOMPRESSION && engine.snapshots() != null) {
      engine.snapshots().format(options.isOn(Option.RDBCOMPRESSION), options.isOn(Option.RDBCHECKSUM));
    } else if (option == Option.STOP_WRITES_ON_BGSAVE_ERROR) {
      refuse();
    } else if (option == Option.APPENDONLY) {
      turnLog();
    } else if (option == Option.APPENDFSYNC && logOrNull() != null) {
      logOrNull().policy(policy());
    } else if (engine.snapshots() != null && owns
        && (option == Option.AUTO_AOF_REWRITE_PERCENTAGE || option == Option.AUTO_AOF_REWRITE_MIN_SIZE)) {
      followGrowth(engine.snapshots());
    }
  }

  // The log

  /** What replies wait for; null for nothing. */
  public WriteLog logOrNull() {
    Snapshots snapshots = engine.snapshots();
    return snapshots == null ? null : snapshots.log();
  }

  private ForcePolicy policy() {
    return switch (options.text(Option.APPENDFSYNC)) {
      case "always" -> ForcePolicy.ALWAYS;
      case "no" -> ForcePolicy.NO;
      default -> ForcePolicy.EVERYSEC;
    };
  }

  private void followGrowth(Snapshots snapshots) {
    snapshots.rewriteAt(options.number(Option.AUTO_AOF_REWRITE_PERCENTAGE), options.number(Option.AUTO_AOF_REWRITE_MIN_SIZE));
  }

  private void turnLog() throws OptionException {
    boolean on = options.isOn(Option.APPENDONLY);
    if (on == (logOrNull() != null)) {
      return;
    }
    if (!owns || !begun) {
      throw new OptionException(owns ? "the dataset is being loaded"
          : "the cache is its application's, which says there whether it has a log");
    }
    try {
      if (on) {
        snapshots().startLog(policy());
      } else {
        snapshots().stopLog();
      }
    } catch (IOException | RuntimeException | Error e) {
      log.log(Level.WARNING, "cannot turn the log ".concat(on ? "on" : "off"), e);
      throw new OptionException("Unable to turn on AOF. Check server logs.");
    }
  }

  /** Why the log cannot be written; null where it can, or there is none. */
  public IOException logFailure() {
    WriteLog log = logOrNull();
    return log == null ? null : log.failure();
  }

  private synchronized void refuse() {
    Snapshots snapshots = engine.snapshots();
    boolean failing = snapshots != null && snapshots.hasFailed() && snapshots.points().areAny()
        && options.isOn(Option.STOP_WRITES_ON_BGSAVE_ERROR);
    refusing = loading || failing || logFailure() != null;
  }

  /** Whether some commands are refused: all that a command pays for it. */
  boolean isRefusing() {
    return refusing;
  }

  /** What such a command is answered. */
  Refusal refusal() {
    if (loading) {
      return Refusal.LOADING;
    }
    IOException failure = logFailure();
    return failure == null ? Refusal.CANNOT_SAVE : Refusal.cannotLog(failure);
  }

  /** Whether what the files hold is being loaded. */
  public boolean isLoading() {
    return loading;
  }

  /** Says, before anybody is served, whether there is something to load. */
  public boolean wantsLoading() {
    String imported = options.text(Option.IMPORT);
    boolean wants = !imported.isEmpty() || options.isOn(Option.APPENDONLY)
        || new File(options.text(Option.DIR), options.text(Option.DBFILENAME)).exists()
        || new File(options.text(Option.DIR), Snapshots.LOCK).exists() && hasLog();
    loading = wants;
    refuse();
    return wants;
  }

  private boolean hasLog() {
    try {
      return snapshots().hasAnything();
    } catch (IOException told) {
      return true; // when it is loaded
    }
  }

  /** Loads what the files hold. */
  public void load() throws IOException {
    String imported = options.text(Option.IMPORT);
    boolean skipping = options.isOn(Option.RDB_SKIP_UNSUPPORTED);
    if (imported.isEmpty()) {
      snapshots().restore(skipping, options.isOn(Option.APPENDONLY) ? policy() : null);
    } else {
      if (snapshots().hasAnything()) {
        throw new IOException("--import would replace " + options.path(Option.DIR).resolve(options.text(Option.DBFILENAME)));
      }
      Path file = options.path(Option.IMPORT).toAbsolutePath();
      snapshots().load(Directory.at(file.getParent()), file.getFileName().toString(), skipping);
      if (options.isOn(Option.APPENDONLY)) {
        snapshots().startLog(policy()); // with a snapshot of what was imported
      }
    }
    loading = false;
    refuse();
  }

  /** When the last snapshot was saved, or else the server began, in milliseconds of the engine's clock. */
  public long savedMillis() {
    Snapshots snapshots = engine.snapshots();
    return snapshots == null ? startMillis : snapshots.savedMillis();
  }

  /** What ends the server, for SHUTDOWN; returns at once. */
  public void end(Runnable ends) {
    end = ends;
  }

  /** Ends the server soon. */
  public void end() {
    end.run();
  }
}
