package io.qcache.resp;

/**
 * Where a writer puts its bytes: a window {@code array[position, limit)} that its owner makes longer, or replaces by
 * the next chunk, when it is used up.  Writers check once per message part and then write straight into the array.
 *
 * <pre>
 *   array   |written.............|free............|
 *                                ^position        ^limit     fewer bytes free than needed: more(needed)
 * </pre>
 *
 * Not thread-safe: one writer at a time.
 */
public abstract class Output {
  /** The most that {@link #more} is ever asked for. */
  public static final int MOST_CONTIGUOUS = 64;

  protected byte[] array;
  protected int position;
  protected int limit;

  /** Starts with the window {@code array[position, limit)}, which may be empty. */
  protected Output(byte[] array, int position, int limit) {
    this.array = array;
    this.position = position;
    this.limit = limit;
  }

  /**
   * Makes room: afterwards {@code limit - position >= contiguous}, in the same array, a larger copy, or another chunk.
   * What was written up to {@code position} is kept by the owner.
   *
   * @param contiguous 1 to {@link #MOST_CONTIGUOUS}, and more than is left
   */
  protected abstract void more(int contiguous);

  /** Where the output stands, for {@link #rewind}. */
  public abstract long mark();

  /** Takes back everything that was written since {@code mark} was returned by {@link #mark()}. */
  public abstract void rewind(long mark);

  /** Appends a copy of {@code length} bytes of {@code source}, across as many windows as it takes. */
  public final void bytes(byte[] source, int from, int length) {
    if (length <= limit - position) {
      System.arraycopy(source, from, array, position, length);
      position += length;
    } else {
      acrossWindows(source, from, length);
    }
  }

  private void acrossWindows(byte[] source, int from, int length) {
    java.util.Objects.checkFromIndexSize(from, length, source.length);
    int left = length;
    while (true) {
      int part = Math.min(left, limit - position);
      System.arraycopy(source, from + length - left, array, position, part);
      position += part;
      left -= part;
      if (left == 0) {
        return;
      }
      more(Math.min(left, MOST_CONTIGUOUS));
    }
  }

  /** Makes sure that {@code bytes} can be written at {@code position}, at most {@link #MOST_CONTIGUOUS}. */
  final void ensure(int bytes) {
    if (limit - position < bytes) {
      more(bytes);
    }
  }

  /** Appends text as UTF-8; an unpaired surrogate becomes a question mark. */
  final void utf8(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      ensure(4);
      char c = text.charAt(i);
      if (c < 0x80) {
        array[position++] = (byte) c;
      } else {
        i += Utf8.put(this, text, i) - 1;
      }
    }
  }
}
