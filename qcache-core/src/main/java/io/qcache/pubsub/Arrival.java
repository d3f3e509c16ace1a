package io.qcache.pubsub;

/**
 * A message in a Java subscriber's queue; its arrays are shared with other subscribers and never changed.
 *
 * @param pattern null where the channel was subscribed to by its name
 */
public record Arrival(byte[] channel, byte[] payload, byte[] pattern) {
  private static final int OVERHEAD_BYTES = 100;

  /** What it counts for in a queue. */
  long bytes() {
    return OVERHEAD_BYTES + (long) channel.length + payload.length;
  }
}
