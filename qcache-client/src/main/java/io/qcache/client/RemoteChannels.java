package io.qcache.client;

import io.qcache.Bytes;
import io.qcache.Channels;
import io.qcache.Codec;
import io.qcache.Listening;
import io.qcache.Log;
import io.qcache.MessageListener;
import io.qcache.SubscribeOptions;
import io.qcache.Subscription;
import io.qcache.change.ListenerThread;
import io.qcache.client.channels.Relay;
import io.qcache.client.wire.Request;
import io.qcache.pubsub.Awaited;
import io.qcache.pubsub.Inbox;
import io.qcache.pubsub.Listened;
import io.qcache.resp.Reply;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** The channels of a server: published to over the shared connection, subscribed to over one of their own. */
final class RemoteChannels<C, M> implements Channels<C, M> {
  private final Door door;
  private final Relay relay;
  private final ListenerThread listeners;
  private final Codec<C> names;
  private final Codec<M> messages;

  RemoteChannels(Door door, Relay relay, ListenerThread listeners, Codec<C> names, Codec<M> messages) {
    this.door = door;
    this.relay = relay;
    this.listeners = listeners;
    this.names = Objects.requireNonNull(names, "channels");
    this.messages = Objects.requireNonNull(messages, "messages");
  }

  @Override public <A, B> Channels<A, B> as(Codec<A> otherNames, Codec<B> otherMessages) {
    return new RemoteChannels<>(door, relay, listeners, otherNames, otherMessages);
  }

  @Override public long publish(C channel, M message) {
    Request request = new Request("PUBLISH", 2)
        .argument(names.encode(Objects.requireNonNull(channel, "channel")))
        .argument(messages.encode(Objects.requireNonNull(message, "message")));
    return door.call(Command.of(request, Reply::asLong));
  }

  @Override public Subscription<C, M> subscribe(Collection<? extends C> channels, SubscribeOptions options) {
    return awaited(false, channels, options);
  }

  @Override public Subscription<C, M> subscribePatterns(Collection<? extends C> patterns, SubscribeOptions options) {
    return awaited(true, patterns, options);
  }

  @Override public Listening listen(
      Collection<? extends C> channels, MessageListener<C, M> listener, SubscribeOptions options) {
    return listened(false, channels, listener, options);
  }

  @Override public Listening listenToPatterns(
      Collection<? extends C> patterns, MessageListener<C, M> listener, SubscribeOptions options) {
    return listened(true, patterns, listener, options);
  }

  private Subscription<C, M> awaited(boolean byPattern, Collection<? extends C> topics, SubscribeOptions options) {
    Awaited<C, M> subscription = new Awaited<>(options.queueBytes(), names, messages);
    return subscription.begun(enter(byPattern, topics, subscription.inbox()));
  }

  private Listening listened(
      boolean byPattern, Collection<? extends C> topics, MessageListener<C, M> listener, SubscribeOptions options) {
    Listened<C, M> subscription = new Listened<>(options, names, messages, listener, listeners, Log.system());
    return subscription.begun(enter(byPattern, topics, subscription.inbox()));
  }

  /** Subscribes; what ends that. */
  private Runnable enter(boolean byPattern, Collection<? extends C> topics, Inbox inbox) {
    Set<Bytes> encoded = new LinkedHashSet<>();
    for (C topic : topics) {
      encoded.add(Bytes.copyOf(names.encode(Objects.requireNonNull(topic, "channel"))));
    }
    relay.enter(byPattern, encoded, inbox);
    return () -> relay.leave(byPattern, encoded, inbox);
  }
}
