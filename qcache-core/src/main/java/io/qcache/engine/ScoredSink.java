package io.qcache.engine;

/**
 * Where an operation puts members of sorted sets, in the order asked for.  Our own code only: it may be called under a stripe's
 * lock, so it copies and does nothing else.
 */
public interface ScoredSink extends MemberVisitor {
  /** So many members follow. */
  void begin(long members);

  /** What follows, {@link #begin} first, is that key's; told only by operations that choose among keys. */
  default void key(Slice key) {}

  /** Whether what follows comes from a set that Redis would still keep in its compact encoding; told only by scans. */
  default void compact(boolean is) {}

  /**
   * What is too long to be given at once; it is the sink's to close, and gives to this sink, whatever it is handed.  One that has no
   * place to keep a producer takes all of it now.
   */
  default void produce(Producer producer) {
    try (producer) {
      while (producer.give(null, Integer.MAX_VALUE)) {
        Thread.onSpinWait();
      }
    }
  }
}
