package io.qcache.log;

import io.qcache.Log;
import io.qcache.disk.Directory;
import io.qcache.disk.StoredFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The segment that is written, and how long all of them are.
 * <pre>
 *   │ good bytes            │ torn │
 *                           ^fileBytes: what a write that failed has left behind it is cut off before the next one
 * </pre>
 * For one thread at a time, but that {@link #bytes} is for any.
 */
final class SegmentWriter {
  private static final int BUFFER_BYTES = 256 << 10;

  private final Directory directory;
  private final Log log;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final CRC32C crc = new CRC32C();
  private StoredFile file; // null before the first, and at the end
  private long number;
  private long covered; // by a snapshot: what is in the segments before is not needed
  private boolean torn;
  private volatile long fileBytes; // the good ones
  private volatile long otherBytes; // of the segments before

  SegmentWriter(Directory directory, Log log, long otherBytes) {
    this.directory = directory;
    this.log = log;
    this.otherBytes = otherBytes;
  }

  /** The bytes of all segments, written. */
  long bytes() {
    return otherBytes + fileBytes;
  }

  boolean isOpen() {
    return file != null;
  }

  /** Goes on behind so many bytes of one, which are safe when it returns. */
  void goOn(long first, long bytes) throws IOException {
    number = first;
    file = directory.append(Segment.name(first));
    fileBytes = bytes;
    file.force();
  }

  /** Begins one, in place of what is written so far. */
  void begin(byte kind, long first) throws IOException {
    StoredFile fresh = directory.create(Segment.name(first));
    boolean opened = false;
    try {
      fresh.write(Segment.header(kind, first));
      fresh.force();
      directory.force();
      opened = true;
    } finally {
      if (!opened) {
        close(fresh);
      }
    }
    if (file != null) {
      close(file);
      otherBytes = first <= covered ? 0 : otherBytes + fileBytes;
    }
    number = first;
    file = fresh;
    fileBytes = Segment.HEADER_BYTES;
    torn = false;
  }

  /** Segments before that one are not needed any more. */
  void covered(long first) {
    covered = first;
    otherBytes = number >= first ? 0 : otherBytes;
  }

  /** Writes frames, all of them or none. */
  void write(List<FrameQueue.Piece> pieces, long forced) throws IOException {
    cutTorn();
    torn = true;
    buffer.clear();
    long bytes = 0;
    for (int i = 0; i < pieces.size(); i++) {
      FrameQueue.Piece piece = pieces.get(i);
      seal(piece, forced);
      bytes += put(piece.bytes, piece.length);
      if (piece.apart != null) {
        bytes += put(piece.apart, piece.apartLength);
      }
    }
    flush();
    fileBytes += bytes;
    torn = false;
  }

  private void cutTorn() throws IOException {
    if (torn) {
      file.truncate(fileBytes);
      torn = false;
    }
  }

  private void seal(FrameQueue.Piece piece, long forced) {
    if (piece.apart != null) {
      Frame.seal(piece.bytes, 0, forced, piece.apart, 0, crc);
      return;
    }
    for (int at = 0; at < piece.length; at += Frame.HEADER_BYTES + Frame.length(piece.bytes, at)) {
      Frame.seal(piece.bytes, at, forced, crc);
    }
  }

  private long put(byte[] bytes, int length) throws IOException {
    for (int at = 0; at < length; ) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int part = Math.min(length - at, buffer.remaining());
      buffer.put(bytes, at, part);
      at += part;
    }
    return length;
  }

  private void flush() throws IOException {
    buffer.flip();
    if (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
  }

  /** Returns when what is written is safe; may run beside nothing that writes. */
  void force() throws IOException {
    file.force();
  }

  /** Cuts what is no whole frame, and forces: the segment's end. */
  void end() throws IOException {
    if (file != null) {
      cutTorn();
      file.force();
    }
  }

  void close() {
    if (file != null) {
      close(file);
      file = null;
    }
  }

  private void close(StoredFile each) {
    try {
      each.close();
    } catch (IOException notTheDataIsLost) {
      log.log(Level.WARNING, "closing a segment failed: ".concat(notTheDataIsLost.toString()));
    }
  }
}
