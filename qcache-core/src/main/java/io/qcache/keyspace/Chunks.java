package io.qcache.keyspace;

import io.qcache.engine.Parts;
import io.qcache.engine.Sink;
import io.qcache.log.Effects;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The bytes of a large value, behind a handle: a root of chunks of 64 KiB, the last one shorter.  Changed under the
 * stripe's write lock.
 * <pre>
 *   root ─► [ c0 ][ c1 ][ c2 ][ c3 ]        pin: a root and a length that never change any more
 *             ▲     ▲     ╷     ▲
 *   pin  ─► [ c0 ][ c1 ][ c2'][ c3 ]        the first change of a chunk after a pin copies the root, and that chunk alone
 * </pre>
 * So a reader that has taken a {@link #pin}, under the stripe's read lock or better, goes on without any lock, and what
 * others change meanwhile costs them one chunk each.
 */
public final class Chunks implements LargeValue {
  public static final int CHUNK_BYTES = Parts.PIECE_BYTES;
  private static final int OVERHEAD = 24; // of a chunk: its header, its place in the root, its epoch

  private byte[][] root;
  private int[] epochs; // of each chunk: the value's epoch when the chunk was made
  private int epoch; // goes up with every pin
  private int rootEpoch; // the epoch when the root was made
  private int length;
  private long bytes;
  private final AtomicInteger pins = new AtomicInteger();

  /** A copy of the bytes, with zero bytes behind up to {@code length}. */
  Chunks(byte[] array, int from, int given, int length) {
    int count = (length + CHUNK_BYTES - 1) / CHUNK_BYTES;
    root = new byte[count][];
    epochs = new int[count];
    for (int i = 0; i < count; i++) {
      Allocation.comes();
      root[i] = new byte[Math.min(CHUNK_BYTES, length - i * CHUNK_BYTES)];
      bytes += root[i].length + OVERHEAD;
    }
    this.length = length;
    write(0, array, from, given);
  }

  /** Zero bytes, to be filled by {@link #made} and then put where others see it. */
  public static Chunks ofZeros(int length) {
    return new Chunks(new byte[0], 0, 0, length);
  }

  /** The chunk of that number, to be filled by who made the value and has put it nowhere yet. */
  public byte[] made(int chunk) {
    return root[chunk];
  }

  /** The bytes themselves, which are not to be changed by anybody else any more. */
  Chunks(Parts value) {
    Allocation.comes();
    root = value.pieces();
    epochs = new int[root.length];
    length = value.length();
    bytes = length + (long) root.length * OVERHEAD;
  }

  /** Another value of the same bytes. */
  @Override public Chunks copied() {
    Chunks other = new Chunks(new byte[0], 0, 0, length);
    for (int i = 0; i < root.length; i++) {
      System.arraycopy(root[i], 0, other.root[i], 0, other.root[i].length);
    }
    return other;
  }

  int length() {
    return length;
  }

  byte at(int offset) {
    return root[offset / CHUNK_BYTES][offset % CHUNK_BYTES];
  }

  @Override public long bytes() {
    return bytes;
  }

  /** The present bytes, until the pin is given back.  Under the read lock or the write lock. */
  Pin pin() {
    pins.incrementAndGet();
    synchronized (this) { // readers pin together; never held for longer than this line
      epoch++;
    }
    return new Pin(root, length, pins);
  }

  @Override public Pin frozen() {
    return pin();
  }

  /** Overwrites what is there. */
  void write(int offset, byte[] array, int from, int count) {
    int done = 0;
    while (done < count) {
      int at = offset + done;
      byte[] chunk = writable(at / CHUNK_BYTES);
      int part = Math.min(count - done, chunk.length - at % CHUNK_BYTES);
      System.arraycopy(array, from + done, chunk, at % CHUNK_BYTES, part);
      done += part;
    }
  }

  /** Makes it longer, by zero bytes. */
  void grow(int newLength) {
    int last = root.length - 1;
    int inLast = Math.min(CHUNK_BYTES, newLength - last * CHUNK_BYTES);
    if (inLast > root[last].length) { // room for half more, so that many small appends are not quadratic
      Allocation.comes();
      byte[] longer = Arrays.copyOf(root[last], Math.min(CHUNK_BYTES, Math.max(inLast, root[last].length * 3 / 2)));
      int added = longer.length - root[last].length;
      replace(last, longer);
      bytes += added;
    } // otherwise what lies behind the end is zero already: a value never becomes shorter
    int count = (newLength + CHUNK_BYTES - 1) / CHUNK_BYTES;
    if (count > root.length) {
      lengthen(count, newLength);
    }
    length = newLength;
  }

  private void lengthen(int count, int newLength) {
    Allocation.comes();
    byte[][] more = Arrays.copyOf(root, count);
    int[] moreEpochs = Arrays.copyOf(epochs, count);
    long added = 0;
    for (int i = root.length; i < count; i++) {
      Allocation.comes();
      more[i] = new byte[Math.min(CHUNK_BYTES, newLength - i * CHUNK_BYTES)];
      moreEpochs[i] = epoch;
      added += more[i].length + OVERHEAD;
    }
    root = more;
    epochs = moreEpochs;
    rootEpoch = epoch;
    bytes += added;
  }

  private byte[] writable(int chunk) {
    if (pins.get() > 0 && epochs[chunk] < epoch) {
      Allocation.comes();
      replace(chunk, root[chunk].clone());
    }
    return root[chunk];
  }

  private void replace(int chunk, byte[] by) {
    if (pins.get() > 0 && rootEpoch < epoch) {
      Allocation.comes();
      root = root.clone();
      rootEpoch = epoch;
    }
    root[chunk] = by;
    epochs[chunk] = epoch;
  }

  /** A fresh array of all bytes. */
  byte[] copy() {
    byte[] all = new byte[length];
    read(0, all, 0, length);
    return all;
  }

  /** Gives {@code count} bytes from {@code offset} on, chunk by chunk. */
  void give(int offset, int count, Sink out) {
    give(root, offset, count, out);
  }

  static void give(byte[][] root, int offset, int count, Sink out) {
    out.begin(count);
    giveParts(root, offset, count, out);
  }

  /** The same without saying that a value begins. */
  static void giveParts(byte[][] root, int offset, int count, Sink out) {
    for (int done = 0; done < count; ) {
      int from = (offset + done) % CHUNK_BYTES;
      int part = Math.min(count - done, CHUNK_BYTES - from);
      out.part(root[(offset + done) / CHUNK_BYTES], from, part);
      done += part;
    }
  }

  /** Adds the bytes as a value to an effect. */
  void write(Effects effect) {
    effect.valueOf(length);
    for (int done = 0; done < length; done += CHUNK_BYTES) {
      effect.part(root[done / CHUNK_BYTES], 0, Math.min(CHUNK_BYTES, length - done));
    }
  }

  /** Copies bytes out. */
  void read(int offset, byte[] into, int at, int count) {
    int done = 0;
    while (done < count) {
      int from = offset + done;
      byte[] chunk = root[from / CHUNK_BYTES];
      int part = Math.min(count - done, Math.min(chunk.length, CHUNK_BYTES) - from % CHUNK_BYTES);
      System.arraycopy(chunk, from % CHUNK_BYTES, into, at + done, part);
      done += part;
    }
  }
}
