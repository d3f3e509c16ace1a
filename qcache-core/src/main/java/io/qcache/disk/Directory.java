package io.qcache.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory of the files that outlive the process: every operation on them goes through here and {@link StoredFile}, so
 * that a test can let any one of them fail, or the power.  Names are plain names within the directory.
 *
 * <p>What counts as safe: the bytes of a file once {@link StoredFile#force} has returned; that a name leads to it, once
 * {@link #force} has.  A rename is whole or not at all.
 *
 * <p>Thread-safe; a {@link StoredFile} says for itself.  Only QCache's own threads may call it: an interrupt would close
 * the file under everybody's hands.
 */
public interface Directory {
  /** That directory of the file system, which must be there. */
  static Directory at(Path path) {
    return new FileDirectory(path);
  }

  /** Where it is, for people to read. */
  String path();

  /** The names in it, in their order. */
  List<String> names() throws IOException;

  boolean has(String name);

  /** A new file, empty, in place of what has that name. */
  StoredFile create(String name) throws IOException;

  /** An existing file, to be written at its end. */
  StoredFile append(String name) throws IOException;

  /**
   * An existing file, to be read from its beginning.
   *
   * @throws java.nio.file.NoSuchFileException where there is none
   */
  StoredFile read(String name) throws IOException;

  /** Gives the file another name, in place of what has that one. */
  void rename(String from, String to) throws IOException;

  /** Deletes the file where there is one. */
  void delete(String name) throws IOException;

  /** Returns when the names as they are now will outlive the power. */
  void force() throws IOException;

  /**
   * Takes the lock file of that name, making it where there is none, until it is closed; the system gives it back for a
   * process that ends.  The file stays.
   *
   * @throws DirectoryInUseException where somebody else has it, in this process or another
   */
  Closeable lock(String name) throws IOException;
}
