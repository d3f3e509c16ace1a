package io.qcache.log;

import io.qcache.disk.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Reads a segment frame by frame.  What it holds in memory grows with a frame's bytes, never beyond those that the file has. */
final class SegmentReader {
  private static final int READ_BYTES = 256 << 10;

  private final StoredFile file;
  private final long size;
  private final ByteBuffer direct;
  private final CRC32C crc = new CRC32C();
  private byte[] bytes;
  private int at; // where the next frame begins
  private int end;
  private long position; // of what is at 'at', in the file
  private int frameBytes; // of the frame that was found; 0 once it is passed

  SegmentReader(StoredFile file) throws IOException {
    this.file = file;
    this.size = file.size();
    int atOnce = (int) Math.min(READ_BYTES, size);
    this.direct = ByteBuffer.allocateDirect(atOnce);
    this.bytes = new byte[atOnce];
  }

  long size() {
    return size;
  }

  /** Of the frame that was found, or that is looked for. */
  long position() {
    return position;
  }

  boolean isAtEnd() {
    return position == size;
  }

  /** Whether it begins as that segment does; then it stands behind. */
  boolean header(long first) throws IOException {
    if (!has(Segment.HEADER_BYTES) || !Segment.isHeader(bytes, at, first)) {
      return false;
    }
    frameBytes = Segment.HEADER_BYTES;
    passed();
    return true;
  }

  /** Whether the frame of that number is there, and whole. */
  boolean frame(long sequence) throws IOException {
    return isFrame() && Frame.sequence(bytes, at) == sequence;
  }

  private boolean isFrame() throws IOException {
    if (!has(Frame.HEADER_BYTES)) {
      return false;
    }
    int length = Frame.length(bytes, at);
    if (length < 0 || length > size - position - Frame.HEADER_BYTES || !has((long) Frame.HEADER_BYTES + length)
        || !Frame.isWhole(bytes, at, crc)) {
      return false;
    }
    frameBytes = Frame.HEADER_BYTES + length;
    return true;
  }

  byte[] array() {
    return bytes;
  }

  int effects() {
    return at + Frame.HEADER_BYTES;
  }

  int effectsEnd() {
    return at + frameBytes;
  }

  /** Steps over the frame that was found. */
  void passed() {
    at += frameBytes;
    position += frameBytes;
    frameBytes = 0;
  }

  /** Looks behind this place for a whole frame that knows that the one of that number was safe; where it is, or -1. */
  long wholeFrameThatKnows(long sequence) throws IOException {
    while (size - position > Frame.HEADER_BYTES) {
      at++;
      position++;
      if (!has(Frame.HEADER_BYTES)) {
        return -1;
      }
      long number = Frame.sequence(bytes, at);
      boolean may = number >= sequence && number - sequence <= size && Frame.forced(bytes, at) >= sequence
          && Frame.forced(bytes, at) < number;
      if (may && isFrame()) {
        return position;
      }
    }
    return -1;
  }

  /** How many whole frames of that number and later ones are behind this place, which is the end then. */
  long wholeFramesFrom(long sequence) throws IOException {
    long count = 0;
    while (has(Frame.HEADER_BYTES)) {
      long number = Frame.sequence(bytes, at);
      if (number >= sequence && number - sequence <= size && Frame.forced(bytes, at) < number && isFrame()) {
        count++;
        passed();
      } else {
        at++;
        position++;
      }
    }
    return count;
  }

  /** Whether the file has so many bytes from here on; then they are in the array. */
  private boolean has(long count) throws IOException {
    if (count > size - position || count > Integer.MAX_VALUE - 8) {
      return false;
    }
    if (end - at < count) {
      if (bytes.length - at < count) {
        byte[] into = bytes.length >= count ? bytes : new byte[(int) Math.max(count, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8))];
        System.arraycopy(bytes, at, into, 0, end - at);
        bytes = into;
        end -= at;
        at = 0;
      }
      while (end - at < count) {
        fill();
      }
    }
    return true;
  }

  private void fill() throws IOException {
    direct.clear().limit(Math.min(direct.capacity(), bytes.length - end));
    if (file.read(direct) < 0) {
      throw new IOException("a segment has become shorter while it was read");
    }
    direct.flip();
    int count = direct.remaining();
    direct.get(bytes, end, count);
    end += count;
  }
}
