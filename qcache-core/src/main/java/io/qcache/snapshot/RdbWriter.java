package io.qcache.snapshot;

import io.qcache.ValueType;
import io.qcache.disk.StoredFile;
import io.qcache.engine.Deadline;
import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import io.qcache.engine.SnapshotSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/**
 * Writes a snapshot as an RDB file, every value in the oldest of the types that Redis has for it, which all versions read: a hash
 * whose fields have deadlines in the only one, of version 12; in an older file it is a {@link TooOldException}.  For one thread,
 * and one file; one that is to see what goes by extends it.  What the file throws comes as an UncheckedIOException out of the
 * snapshot.
 */
public class RdbWriter implements SnapshotSink {
  private static final int SHORTEST_COMPRESSED = 20;      // bytes, as Redis
  private static final int LONGEST_COMPRESSED = 4 << 20;  // since it has to be held as a whole, twice
  private static final int LONGEST_INTEGER = 11;          // bytes

  private final RdbOutput out;
  private int version;
  private boolean lowest; // whether the version is still to be that of the content
  private final boolean compressing;
  private final boolean summing;
  private final Lzf lzf;
  private byte[] compressed = new byte[256];
  private byte[] gathered; // a value that comes in parts and may be compressed; null while none does
  private int gatheredBytes;
  private int missing;     // of the value that comes in parts
  private int database = -1;
  private long keys;
  private String noteName;
  private LongSupplier noteValue; // null for none
  private long noted;
  private boolean pairs;
  private Slice hash;      // the key of one whose type is not known yet; null for none
  private long earliest;   // deadline of the hash's fields
  private boolean scored;
  private boolean scoreNext;

  /**
   * @param version     of the format, from {@link #oldestVersion} to {@link #newestVersion}
   * @param compressing whether strings above 20 bytes are compressed
   * @param summing     whether the file ends in its checksum
   */
  public RdbWriter(StoredFile file, int version, boolean compressing, boolean summing) {
    this.version = version;
    this.summing = summing && version >= Rdb.CHECKSUMS_SINCE;
    this.out = new RdbOutput(file, this.summing);
    this.compressing = compressing;
    this.lzf = compressing ? new Lzf() : null;
  }

  /** Of the lowest version, from {@link #version} on, that carries what the snapshot will have. */
  public static RdbWriter lowest(StoredFile file, boolean compressing, boolean summing) {
    RdbWriter writer = new RdbWriter(file, version(), compressing, summing);
    writer.lowest();
    return writer;
  }

  /** The version is at least the one it has, and what the content needs; before {@link #begin}. */
  protected final void lowest() {
    lowest = true;
  }

  /** The version that the file has; settled when the snapshot has begun. */
  public int usedVersion() {
    return version;
  }

  /** The version of a file when nothing else is asked for: the oldest that carries everything as it is. */
  public static int version() {
    return Rdb.VERSION;
  }

  public static int oldestVersion() {
    return Rdb.OLDEST_WRITTEN;
  }

  public static int newestVersion() {
    return Rdb.NEWEST;
  }

  /** Begins the file. */
  public void begin() throws IOException {
    byte[] header = header();
    out.put(header, 0, header.length);
  }

  private byte[] header() {
    String digits = Integer.toString(10_000 + version).substring(1);
    return "REDIS".concat(digits).getBytes(StandardCharsets.US_ASCII);
  }

  /** Notes something about the file, where its version has notes; before the snapshot begins. */
  public void note(String name, String value) throws IOException {
    if (version >= Rdb.NOTES_SINCE) {
      out.put(Rdb.AUX);
      text(name);
      text(value);
    }
  }

  private void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    string(bytes, 0, bytes.length);
  }

  /** Ends the file; it is still to be forced. */
  public void end() throws IOException {
    out.put(Rdb.EOF);
    out.end(version >= Rdb.CHECKSUMS_SINCE);
  }

  /** Keys so far; for its thread. */
  public long keys() {
    return keys;
  }

  /** Bytes so far. */
  public long size() {
    return out.size();
  }

  // The snapshot

  /** Notes {@code name} with what {@code atFreeze} answers while all stripes are held. */
  public void noteAtFreeze(String name, LongSupplier atFreeze) {
    noteName = name;
    noteValue = atFreeze;
  }

  @Override public void frozen() {
    if (noteValue != null) {
      noted = noteValue.getAsLong();
    }
  }

  @Override public void timedHashes(long count) {
    if (lowest && count > 0) {
      version = Rdb.DEADLINES_OF_FIELDS_SINCE;
      out.replaceStart(header());
    }
  }

  @Override public void sizes(long[] all, long[] withDeadline) {
    try {
      if (noteValue != null) {
        note(noteName, Long.toString(noted));
      }
      for (int i = 0; i < all.length && version >= Rdb.NOTES_SINCE; i++) {
        if (all[i] > 0) {
          select(i);
          out.put(Rdb.RESIZEDB);
          out.putLength(all[i]);
          out.putLength(withDeadline[i]);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void select(int of) throws IOException {
    if (of != database) {
      out.put(Rdb.SELECTDB);
      out.putLength(of);
      database = of;
    }
  }

  @Override public void key(int of, ValueType type, long deadlineMillis, Slice key) {
    try {
      select(of);
      if (deadlineMillis != Deadline.NONE) {
        out.put(Rdb.EXPIRETIME_MS);
        out.putLong(deadlineMillis);
      }
      hash = type == ValueType.HASH ? key : null;
      if (hash == null) {
        typed(typeOf(type), key);
      }
      scored = type == ValueType.SORTED_SET;
      scoreNext = false;
      pairs = scored || type == ValueType.HASH;
      keys++;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void typed(int type, Slice key) throws IOException {
    out.put(type);
    string(key.array(), key.offset(), key.length());
  }

  private int typeOf(ValueType type) {
    return switch (type) {
      case STRING -> Rdb.STRING;
      case LIST -> Rdb.LIST;
      case SET -> Rdb.SET;
      case HASH -> Rdb.HASH;
      case SORTED_SET -> version >= Rdb.BINARY_SCORES_SINCE ? Rdb.ZSET_2 : Rdb.ZSET;
    };
  }

  @Override public void elements(long count) {
    try {
      if (hash != null) {
        typed(Rdb.HASH, hash);
        hash = null;
      }
      out.putLength(pairs ? count / 2 : count);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override public void value(byte[] array, int offset, int length) {
    try {
      if (scoreNext) {
        score(array, offset);
        scoreNext = false;
      } else {
        string(array, offset, length);
        scoreNext = scored;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void score(byte[] array, int offset) throws IOException {
    if (version >= Rdb.BINARY_SCORES_SINCE) {
      out.put(array, offset, Double.BYTES);
      return;
    }
    long bits = 0;
    for (int i = Double.BYTES - 1; i >= 0; i--) {
      bits = bits << 8 | array[offset + i] & 0xff;
    }
    double score = Double.longBitsToDouble(bits);
    if (Double.isInfinite(score)) {
      out.put(score > 0 ? RdbInput.INFINITE : RdbInput.MINUS_INFINITE);
      return;
    }
    byte[] text = Double.toString(score).getBytes(StandardCharsets.US_ASCII); // which reads back as the same double
    out.put(text.length);
    out.put(text, 0, text.length);
  }

  @Override public void begin(int length) {
    missing = length;
    gatheredBytes = 0;
    gathered = compressing && length > SHORTEST_COMPRESSED && length <= LONGEST_COMPRESSED ? new byte[length] : null;
    if (gathered == null) {
      try {
        out.putLength(length);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  @Override public void part(byte[] array, int offset, int length) {
    missing -= length;
    try {
      if (gathered == null) {
        out.put(array, offset, length);
        return;
      }
      System.arraycopy(array, offset, gathered, gatheredBytes, length);
      gatheredBytes += length;
      if (missing == 0) {
        string(gathered, 0, gatheredBytes);
        gathered = null;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void string(byte[] array, int from, int length) throws IOException {
    if (length <= LONGEST_INTEGER && length > 0 && Numbers.isLong(array, from, length)) {
      long number = Numbers.parse(array, from, length);
      if (number == (int) number) {
        out.putInteger((int) number);
        return;
      }
    }
    if (compressing && length > SHORTEST_COMPRESSED && length <= LONGEST_COMPRESSED) {
      if (compressed.length < length) {
        compressed = new byte[Math.max(length, (int) Math.min(LONGEST_COMPRESSED, 2L * compressed.length))];
      }
      int bytes = lzf.compress(array, from, length, compressed, length - 4); // Redis compresses for four bytes or more
      if (bytes > 0) {
        out.put(Rdb.ENCODED | Rdb.LZF);
        out.putLength(bytes);
        out.putLength(length);
        out.put(compressed, 0, bytes);
        return;
      }
    }
    out.putLength(length);
    out.put(array, from, length);
  }

  /** As Redis 7.4 has them: what is behind the earliest deadline, and 1, 0 for none, then the field and its value. */
  @Override public void timedFields(long count, long earliestMillis) {
    try {
      if (version < Rdb.DEADLINES_OF_FIELDS_SINCE) {
        throw new TooOldException();
      }
      typed(Rdb.HASH_DEADLINES, hash);
      hash = null;
      earliest = earliestMillis;
      out.putLong(earliest);
      out.putLength(count);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override public void deadline(long millis) {
    try {
      out.putLength(millis == Deadline.NONE ? 0 : millis - earliest + 1);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The file's version cannot carry what there is. */
  static final class TooOldException extends IOException {
    private static final long serialVersionUID = 1L;

    TooOldException() {
      super("a hash whose fields have deadlines needs version " + Rdb.DEADLINES_OF_FIELDS_SINCE + " of RDB");
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
