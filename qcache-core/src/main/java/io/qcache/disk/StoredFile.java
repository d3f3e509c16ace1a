package io.qcache.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file of a {@link Directory}.  For one thread at a time, but that {@link #force} may run beside a write, and {@link
 * #size} beside anything.
 *
 * <p>Buffers are read up to their limit, or filled; direct ones, or else small ones: of others the JDK keeps a direct twin for
 * the thread as long as that lives.
 */
public interface StoredFile extends Closeable {
  /** Bytes in the file. */
  long size() throws IOException;

  /** Reads on, at most what the buffer has room for; how many bytes, -1 at the end. */
  int read(ByteBuffer into) throws IOException;

  /**
   * Writes all that remains in the buffer.  Where it throws, an unknown part has been written, and how much is left in the
   * buffer tells nothing.
   */
  void write(ByteBuffer from) throws IOException;

  /** Writes all that remains in {@code count} buffers, from the first on, in as few calls as can be. */
  void write(ByteBuffer[] from, int count) throws IOException;

  /** Cuts what is behind that size, which is at most {@link #size}. */
  void truncate(long size) throws IOException;

  /**
   * Returns when the bytes that were written before the call will outlive the power.  Where it throws, nobody knows what
   * will: the system may have dropped what it could not write, and a later call that returns says nothing about it.
   */
  void force() throws IOException;

  @Override void close() throws IOException;
}
