package io.qcache.offline;

import io.qcache.disk.Directory;
import io.qcache.disk.StoredFile;
import io.qcache.engine.Engine;
import io.qcache.snapshot.RdbWriter;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What a directory keeps, snapshot and log, as one file for others: as RDB, or as commands.  The directory is not changed; the file
 * has its name once it is whole.
 */
public final class Export {
  /** In place of a file: the standard output. */
  public static final String STANDARD_OUTPUT = "-";
  /** The lowest version of RDB that holds what there is. */
  public static final int LOWEST_VERSION = 0;

  private final Engine engine;
  private final Path directory;
  private final String snapshot;
  private final String target;

  /**
   * @param engine   new, to be filled, and its caller's to close
   * @param snapshot the name of the snapshot in the directory
   * @param target   the file, or {@link #STANDARD_OUTPUT}
   */
  public Export(Engine engine, Path directory, String snapshot, String target) {
    this.engine = engine;
    this.directory = directory.toAbsolutePath().normalize();
    this.snapshot = snapshot;
    this.target = target;
  }

  /** Writes what the engine has into a file; how many keys, and of what. */
  private interface Writing {
    String write(StoredFile file) throws IOException;
  }

  /**
   * Writes it as RDB; returns a line that says so.
   *
   * @param version of the format, or {@link #LOWEST_VERSION}
   * @throws IOException where it cannot be read or written, or that version cannot hold it
   */
  public String asRdb(int version, boolean compressing, boolean summing, boolean skipping) throws IOException {
    return export(skipping, file -> {
      RdbWriter to = version == LOWEST_VERSION ? RdbWriter.lowest(file, compressing, summing)
          : new RdbWriter(file, version, compressing, summing);
      to.begin();
      to.note("redis-ver", "7.0.15");
      to.note("redis-bits", "64");
      to.note("ctime", Long.toString(engine.nowMillis() / 1_000));
      engine.snapshot(to);
      to.end();
      return to.keys() + " keys as RDB of version " + to.usedVersion();
    });
  }

  /** Writes it as commands, for {@code redis-cli --pipe}; returns a line that says so. */
  public String asCommands(boolean skipping) throws IOException {
    return export(skipping, file -> {
      CommandWriter to = new CommandWriter(file);
      engine.snapshot(to);
      to.end();
      return to.keys() + " keys as " + to.commands() + " commands";
    });
  }

  private String export(boolean skipping, Writing writing) throws IOException {
    Path file = target.equals(STANDARD_OUTPUT) ? null : Path.of(target).toAbsolutePath().normalize();
    if (file != null && file.equals(directory.resolve(snapshot))) {
      throw new IOException("the export would replace what it is made of: " + file);
    }
    Directory from = Directory.at(directory);
    try (Closeable lock = Stored.lock(from)) {
      Stored.load(from, snapshot, engine, skipping);
    }
    try {
      if (file == null) {
        try (StoredFile standard = new Streamed(new FileOutputStream(FileDescriptor.out))) {
          return "Exported " + writing.write(standard);
        }
      }
      return "Exported " + whole(file, writing) + " to " + file;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String whole(Path file, Writing writing) throws IOException {
    Directory to = Directory.at(file.getParent());
    String name = file.getFileName().toString();
    String temporary = "temp-".concat(name);
    try {
      String what;
      try (StoredFile fresh = to.create(temporary)) {
        what = writing.write(fresh);
        fresh.force();
      }
      to.rename(temporary, name);
      to.force();
      return what;
    } finally {
      to.delete(temporary);
    }
  }
}
