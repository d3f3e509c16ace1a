package io.qcache.change;

import io.qcache.engine.Change;

/** Who gets every change from the queue: in their order, on whatever thread drains it, under no stripe. */
public interface Receiver {
  /**
   * Takes a change, without waiting and without calling anybody's code.
   *
   * @param writerWaits whether whoever made it waits where there is no room
   */
  void offer(Change change, boolean writerWaits);

  /** Whether it wants to know of reads that found nothing too. */
  default boolean wantsMisses() {
    return false;
  }

  /** Makes a writer that may wait do so while there is no room.  Before it takes a stripe. */
  default void awaitRoom() {}

  /** Ends it with the engine. */
  default void close() {}
}
