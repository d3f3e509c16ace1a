package io.qcache.net.session;

import io.qcache.disk.Directory;
import io.qcache.engine.Engine;
import io.qcache.net.option.Option;
import io.qcache.net.option.Options;
import io.qcache.snapshot.SavePoints;
import io.qcache.snapshot.Snapshots;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a server keeps in files, as the options say: nothing of it is made before it is needed, so that a server without files starts
 * as if there were none.  Thread-safe.
 */
public final class Persistence {
  private final Engine engine;
  private final Options options;
  private final long startMillis;
  private volatile boolean owns;
  private volatile boolean loading;
  private volatile boolean refusing; // commands, some of them
  private volatile Runnable end;     // of the server

  Persistence(Engine engine, Options options) {
    this.engine = engine;
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
      engine.snapshots(snapshots);
    }
    return snapshots;
  }

  private void setUp(Snapshots snapshots) {
    snapshots.format(options.isOn(Option.RDBCOMPRESSION), options.isOn(Option.RDBCHECKSUM));
    snapshots.listen(failure -> refuse());
  }

  /** What keeps them, null while nothing has asked for any. */
  public Snapshots snapshotsOrNull() {
    return engine.snapshots();
  }

  /** An option has another value. */
  void changed(Option option) {
    if (option == Option.SAVE && snapshots() != null) {
      followPoints(snapshots());
    } else if (option == Option.RDBCOMPRESSION && engine.snapshots() != null) {
      engine.snapshots().format(options.isOn(Option.RDBCOMPRESSION), options.isOn(Option.RDBCHECKSUM));
    } else if (option == Option.STOP_WRITES_ON_BGSAVE_ERROR) {
      refuse();
    }
  }

  private synchronized void refuse() {
    Snapshots snapshots = engine.snapshots();
    boolean failing = snapshots != null && snapshots.hasFailed() && snapshots.points().areAny()
        && options.isOn(Option.STOP_WRITES_ON_BGSAVE_ERROR);
    refusing = loading || failing;
  }

  /** Whether some commands are refused: all that a command pays for it. */
  boolean isRefusing() {
    return refusing;
  }

  /** Whether what the files hold is being loaded. */
  public boolean isLoading() {
    return loading;
  }

  /** Says, before anybody is served, whether there is something to load. */
  public boolean wantsLoading() {
    String imported = options.text(Option.IMPORT);
    boolean wants = !imported.isEmpty() || new File(options.text(Option.DIR), options.text(Option.DBFILENAME)).exists();
    loading = wants;
    refuse();
    return wants;
  }

  /** Loads what the files hold. */
  public void load() throws IOException {
    String imported = options.text(Option.IMPORT);
    boolean skipping = options.isOn(Option.RDB_SKIP_UNSUPPORTED);
    if (imported.isEmpty()) {
      snapshots().load(skipping);
    } else {
      if (snapshots().hasFile()) {
        throw new IOException("--import would replace " + options.path(Option.DIR).resolve(options.text(Option.DBFILENAME)));
      }
      Path file = options.path(Option.IMPORT).toAbsolutePath();
      snapshots().load(Directory.at(file.getParent()), file.getFileName().toString(), skipping);
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
