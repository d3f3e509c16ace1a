package io.qcache.pubsub;

import io.qcache.change.Receiver;
import io.qcache.engine.Change;
import io.qcache.engine.EventClasses;
import io.qcache.engine.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Publishes what happens to keys, as Redis does (keyspace notifications): the event on the channel of the key, and the key on the
 * channel of the event.  Messages are handed to subscribers by whoever drains the changes, so they come in the order of these.
 */
public final class Notifications implements Receiver {
  private static final byte[] KEYSPACE = "__keyspace@".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEYEVENT = "__keyevent@".getBytes(StandardCharsets.US_ASCII);

  private final Broker broker;
  private final EventClasses classes;

  public Notifications(Broker broker, EventClasses classes) {
    this.broker = broker;
    this.classes = classes;
  }

  @Override public boolean wantsMisses() {
    return classes.has('m');
  }

  @Override public void offer(Change change, boolean writerWaits) {
    if (!classes.has(change.event().group()) || broker.isDeserted()) {
      return;
    }
    byte[] key = change.key().toArray();
    byte[] event = change.event().wireName().getBytes(StandardCharsets.US_ASCII);
    if (classes.has('K')) {
      publish(KEYSPACE, change.database(), key, event);
    }
    if (classes.has('E')) {
      publish(KEYEVENT, change.database(), event, key);
    }
  }

  private void publish(byte[] prefix, int database, byte[] name, byte[] payload) {
    byte[] middle = (database + "__:").getBytes(StandardCharsets.US_ASCII);
    byte[] channel = Arrays.copyOf(prefix, prefix.length + middle.length + name.length);
    System.arraycopy(middle, 0, channel, prefix.length, middle.length);
    System.arraycopy(name, 0, channel, prefix.length + middle.length, name.length);
    broker.publish(new Slice().wrap(channel), new Slice().wrap(payload)).handOver();
  }
}
