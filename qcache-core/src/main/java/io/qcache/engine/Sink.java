package io.qcache.engine;

/**
 * Where an operation puts the values it reads, in the order asked for.  Our own code only: it is called while a stripe
 * is being read, so it copies and does nothing else.
 *
 * <p>A read that turns out to have raced with a writer is done again: the operation rewinds to the {@link #mark} it
 * took and gives everything once more.  What was given counts only when the operation has returned.
 */
public interface Sink {
  /** A value: copy it, for the array is the store's. */
  void value(byte[] array, int offset, int length);

  /** A value that comes in parts: {@code length} bytes in all, by calls of {@link #part} that follow. */
  void begin(int length);

  /** The next part of a value that has begun: copy it, for the array is the store's. */
  void part(byte[] array, int offset, int length);

  /**
   * What is too long to be given at once; it is the sink's to close, and what it gives comes before whatever the
   * operation gives next.  Where a lock is held the sink takes no more than a part.  One that has no place to keep a
   * producer takes all of it now.
   */
  default void produce(Producer producer) {
    try (producer) {
      while (producer.give(this, Integer.MAX_VALUE)) {
        Thread.onSpinWait();
      }
    }
  }

  /** So many values, those that follow, are the elements of one collection; for who has to say so before them. */
  default void elements(long count) {}

  /** No value where one was asked for. */
  void missing();

  /** A place to {@link #rewind} to. */
  long mark();

  /** Forgets everything given since the mark. */
  void rewind(long mark);
}
