package io.qcache.offline;

import io.qcache.ValueType;
import io.qcache.disk.StoredFile;
import io.qcache.engine.Deadline;
import io.qcache.engine.Slice;
import io.qcache.engine.SnapshotSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a snapshot as commands in RESP that any Redis from 4.0 on takes; deadlines of fields want 7.4.
 * <pre>
 *   SELECT 0
 *   SET key value                                 PEXPIREAT key millis
 *   DEL key   RPUSH key element …   RPUSH key …   PEXPIREAT key millis
 *   DEL key   HSET key field value …   HPEXPIREAT key millis FIELDS 1 field
 * </pre>
 * What has been fed may be fed again: a key gets what it has here, whatever it held.  A collection comes in commands of {@value
 * #MOST_ELEMENTS} elements, or of fewer from {@value #MOST_BYTES} bytes on.  For one thread.  What the file throws comes as an
 * UncheckedIOException.
 */
final class CommandWriter implements SnapshotSink {
  private static final int MOST_ELEMENTS = 512;
  private static final int MOST_BYTES = 64 << 10;
  private static final int BUFFER_BYTES = 128 << 10;
  private static final byte[] LINE_END = {'\r', '\n'};

  private final StoredFile file;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteBuffer direct = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private int at;
  private long commands;
  private long keys;
  private int database = -1;

  // The key at hand
  private ValueType type;
  private byte[] key = new byte[0];
  private long deadlineMillis = Deadline.NONE;
  private int missing;         // bytes of a value that comes in parts
  private byte[] gathered;     // those of an element of a collection; null for none
  private int gatheredBytes;
  private long left;           // values of its collection
  private byte[] member;       // of a sorted set, that waits for its score; null for none
  private boolean timed;       // a hash whose fields have deadlines
  private long fieldDeadline;  // of the field that comes next
  private boolean isField;     // what comes next
  private final Batch elements = new Batch();
  private final Batch later = new Batch(); // whole commands that come behind the elements

  CommandWriter(StoredFile file) {
    this.file = file;
  }

  long keys() {
    return keys;
  }

  /** Ends the last key; the file is still to be forced. */
  void end() throws IOException {
    endKey();
    flush();
  }

  long commands() {
    return commands;
  }

  // Bytes

  private void flush() throws IOException {
    file.write(direct.clear().put(buffer, 0, at).flip());
    at = 0;
  }

  private void put(byte[] bytes, int from, int length) throws IOException {
    for (int done = 0; done < length; ) {
      if (at == buffer.length) {
        flush();
      }
      int part = Math.min(length - done, buffer.length - at);
      System.arraycopy(bytes, from + done, buffer, at, part);
      at += part;
      done += part;
    }
  }

  private void put(byte[] bytes) throws IOException {
    put(bytes, 0, bytes.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void head(char kind, long count) throws IOException {
    put(ascii(kind + Long.toString(count)));
    put(LINE_END);
  }

  private void argument(byte[] bytes) throws IOException {
    head('$', bytes.length);
    put(bytes);
    put(LINE_END);
  }

  /** Begins a command that will have so many words in all. */
  private void command(long words, String name) throws IOException {
    commands++;
    head('*', words);
    argument(ascii(name));
  }

  /** Bulk strings that wait until it is known how many they are. */
  private static final class Batch {
    private byte[] bytes = new byte[256];
    private int length;
    private int count;

    void add(byte[] array, int from, int size) {
      byte[] head = ascii("$" + size + "\r\n");
      raw(head, 0, head.length);
      raw(array, from, size);
      raw(LINE_END, 0, LINE_END.length);
      count++;
    }

    void raw(byte[] array, int from, int size) {
      if (size > bytes.length - length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + size, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
      }
      System.arraycopy(array, from, bytes, length, size);
      length += size;
    }

    void clear() {
      length = 0;
      count = 0;
      if (bytes.length > 4 * MOST_BYTES) {
        bytes = new byte[256];
      }
    }
  }

  // Keys

  @Override public void key(int of, ValueType ofType, long deadline, Slice named) {
    try {
      endKey();
      keys++;
      if (of != database) {
        database = of;
        command(2, "SELECT");
        argument(ascii(Integer.toString(of)));
      }
      type = ofType;
      key = named.copy();
      deadlineMillis = deadline;
      timed = false;
      member = null;
      if (type == ValueType.STRING) {
        command(3, "SET");
        argument(key);
      } else {
        command(2, "DEL");
        argument(key);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void endKey() throws IOException {
    if (deadlineMillis != Deadline.NONE) {
      command(3, "PEXPIREAT");
      argument(key);
      argument(ascii(Long.toString(deadlineMillis)));
      deadlineMillis = Deadline.NONE;
    }
  }

  @Override public void elements(long count) {
    left = count;
  }

  @Override public void timedFields(long count, long earliest) {
    left = 2 * count;
    timed = true;
    isField = true;
  }

  @Override public void deadline(long millis) {
    fieldDeadline = millis;
  }

  @Override public void value(byte[] array, int offset, int length) {
    try {
      if (type == ValueType.STRING) {
        head('$', length);
        put(array, offset, length);
        put(LINE_END);
        return;
      }
      element(array, offset, length);
      left--;
      boolean whole = type == ValueType.LIST || type == ValueType.SET || (left & 1) == 0;
      if (left == 0 || whole && (elements.count >= MOST_ELEMENTS || elements.length >= MOST_BYTES)) {
        giveElements();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void element(byte[] array, int offset, int length) throws IOException {
    if (type == ValueType.SORTED_SET) {
      scored(array, offset, length);
      return;
    }
    elements.add(array, offset, length);
    if (timed) {
      if (isField && fieldDeadline != Deadline.NONE) {
        expireField(array, offset, length);
      }
      isField = !isField;
    }
  }

  /** The score comes first in a command, and last here. */
  private void scored(byte[] array, int offset, int length) {
    if (member == null) {
      member = Arrays.copyOfRange(array, offset, offset + length);
      return;
    }
    long bits = 0;
    for (int i = Double.BYTES - 1; i >= 0; i--) {
      bits = bits << 8 | array[offset + i] & 0xff;
    }
    byte[] score = ascii(score(Double.longBitsToDouble(bits)));
    elements.add(score, 0, score.length);
    elements.add(member, 0, member.length);
    member = null;
  }

  private static String score(double score) {
    if (Double.isInfinite(score)) {
      return score > 0 ? "inf" : "-inf";
    }
    return score == (long) score && Math.abs(score) < 1e15 && (score != 0 || 1 / score > 0) ? Long.toString((long) score)
        : Double.toString(score); // which reads back as the same double
  }

  private void expireField(byte[] array, int offset, int length) {
    byte[] head = ascii("*6\r\n$10\r\nHPEXPIREAT\r\n");
    later.raw(head, 0, head.length);
    later.add(key, 0, key.length);
    byte[] millis = ascii(Long.toString(fieldDeadline));
    later.add(millis, 0, millis.length);
    byte[] fields = ascii("$6\r\nFIELDS\r\n$1\r\n1\r\n");
    later.raw(fields, 0, fields.length);
    later.add(array, offset, length);
  }

  private void giveElements() throws IOException {
    command(2L + elements.count, switch (type) {
      case LIST -> "RPUSH";
      case SET -> "SADD";
      case HASH -> "HSET";
      default -> "ZADD";
    });
    argument(key);
    put(elements.bytes, 0, elements.length);
    elements.clear();
    put(later.bytes, 0, later.length);
    commands += later.count / 3;
    later.clear();
  }

  // A value that comes in parts: of a collection it is gathered like any other element

  @Override public void begin(int length) {
    missing = length;
    try {
      if (type == ValueType.STRING) {
        head('$', length);
      } else {
        gathered = new byte[length];
        gatheredBytes = 0;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override public void part(byte[] array, int offset, int length) {
    missing -= length;
    try {
      if (type != ValueType.STRING) {
        System.arraycopy(array, offset, gathered, gatheredBytes, length);
        gatheredBytes += length;
        if (missing == 0) {
          value(gathered, 0, gatheredBytes);
          gathered = null;
        }
        return;
      }
      put(array, offset, length);
      if (missing == 0) {
        put(LINE_END);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override public void missing() {
    throw new IllegalStateException("a snapshot misses nothing");
  }

  @Override public long mark() {
    throw new IllegalStateException("a snapshot is not taken back");
  }

  @Override public void rewind(long mark) {
    throw new IllegalStateException("a snapshot is not taken back");
  }
}
