package io.qcache.engine;

/** Gives a value that nobody changes any more, in parts. */
final class ArrayProducer implements Producer {
  /** What is longer than this is given so. */
  static final int ABOVE = 16 << 10;

  private final byte[] array;
  private final int from;
  private final int length;
  private int given = -1; // bytes; before it began: -1

  private ArrayProducer(Slice value) {
    this.array = value.array();
    this.from = value.offset();
    this.length = value.length();
  }

  /** Gives a value found under a lock: one that is long lies in an array of its own, which is never written again. */
  static void give(Slice value, Sink out) {
    if (value.length() > ABOVE) {
      out.produce(new ArrayProducer(value));
    } else {
      out.value(value.array(), value.offset(), value.length());
    }
  }

  /** Gives a value that is short; what is to give one that is long, bit by bit, or null. */
  static Producer begin(Slice value, Sink out) {
    if (value.length() > ABOVE) {
      return new ArrayProducer(value);
    }
    out.value(value.array(), value.offset(), value.length());
    return null;
  }

  @Override public boolean give(Sink out, int bytes) {
    if (given < 0) {
      out.begin(length);
      given = 0;
    }
    int part = Math.min(bytes, length - given);
    out.part(array, from + given, part);
    given += part;
    return given < length;
  }

  @Override public void close() {}
}
