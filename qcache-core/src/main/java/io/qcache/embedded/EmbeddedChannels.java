package io.qcache.embedded;

import io.qcache.Channels;
import io.qcache.ClosedException;
import io.qcache.Codec;
import io.qcache.Listening;
import io.qcache.MessageListener;
import io.qcache.SubscribeOptions;
import io.qcache.Subscription;
import io.qcache.engine.Engine;
import io.qcache.engine.Slice;
import io.qcache.pubsub.Arrival;
import io.qcache.pubsub.Awaited;
import io.qcache.pubsub.Inbox;
import io.qcache.pubsub.Kind;
import io.qcache.pubsub.Listened;
import io.qcache.pubsub.Membership;
import io.qcache.pubsub.Post;
import io.qcache.pubsub.Publication;
import io.qcache.pubsub.Subscriber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The channels of an engine in this JVM. */
final class EmbeddedChannels<C, M> implements Channels<C, M> {
  private final Engine engine;
  private final Codec<C> names;
  private final Codec<M> messages;

  EmbeddedChannels(Engine engine, Codec<C> names, Codec<M> messages) {
    this.engine = engine;
    this.names = Objects.requireNonNull(names, "channels");
    this.messages = Objects.requireNonNull(messages, "messages");
  }

  @Override public <A, B> Channels<A, B> as(Codec<A> otherNames, Codec<B> otherMessages) {
    return new EmbeddedChannels<>(engine, otherNames, otherMessages);
  }

  @Override public long publish(C channel, M message) {
    EmbeddedCache.requireOpen(engine);
    byte[] name = names.encode(Objects.requireNonNull(channel, "channel"));
    byte[] payload = messages.encode(Objects.requireNonNull(message, "message"));
    if (name == payload) { // one codec for both that hands out one array: the name was overwritten by the message
      payload = payload.clone();
      name = names.encode(channel);
    }
    Publication publication = engine.broker().publish(new Slice().wrap(name), new Slice().wrap(payload));
    publication.handOver();
    return publication.receivers();
  }

  @Override public Subscription<C, M> subscribe(Collection<? extends C> channels, SubscribeOptions options) {
    return awaited(Kind.CHANNEL, channels, options);
  }

  @Override public Subscription<C, M> subscribePatterns(Collection<? extends C> patterns, SubscribeOptions options) {
    return awaited(Kind.PATTERN, patterns, options);
  }

  @Override public Listening listen(
      Collection<? extends C> channels, MessageListener<C, M> listener, SubscribeOptions options) {
    return listened(Kind.CHANNEL, channels, listener, options);
  }

  @Override public Listening listenToPatterns(
      Collection<? extends C> patterns, MessageListener<C, M> listener, SubscribeOptions options) {
    return listened(Kind.PATTERN, patterns, listener, options);
  }

  private Subscription<C, M> awaited(Kind kind, Collection<? extends C> topics, SubscribeOptions options) {
    Awaited<C, M> subscription = new Awaited<>(options.queueBytes(), names, messages);
    return subscription.begun(new Station(subscription.inbox()).enter(kind, encoded(topics)));
  }

  private Listening listened(
      Kind kind, Collection<? extends C> topics, MessageListener<C, M> listener,
      SubscribeOptions options) {
    Listened<C, M> subscription =
        new Listened<>(options, names, messages, listener, engine.listeners(), engine.log());
    return subscription.begun(new Station(subscription.inbox()).enter(kind, encoded(topics)));
  }

  /** Each name once, as slices of their own. */
  private Set<Slice> encoded(Collection<? extends C> topics) {
    EmbeddedCache.requireOpen(engine);
    Set<Slice> slices = new LinkedHashSet<>();
    for (C topic : topics) {
      Slice slice = new Slice().wrap(names.encode(Objects.requireNonNull(topic, "channel")).clone());
      engine.hash(slice);
      slices.add(slice);
    }
    return slices;
  }

  /** Where the broker hands over: each message is copied once for all who listen in Java. */
  private final class Station implements Subscriber, Runnable {
    private final Inbox inbox;
    private final List<Membership> memberships = new ArrayList<>();

    Station(Inbox inbox) {
      this.inbox = inbox;
    }

    Station enter(Kind kind, Set<Slice> topics) {
      for (Slice topic : topics) {
        memberships.add(engine.broker().subscribe(kind, topic, this));
      }
      return this;
    }

    @Override public void take(Membership through, Post first) {
      for (Post post = first; post != null; post = post.next()) {
        take(post);
      }
    }

    private void take(Post post) {
      Arrival message = (Arrival) post.form(Post.Form.JAVA);
      if (message == null) {
        Slice pattern = post.pattern();
        message = new Arrival(post.channel().copy(), post.payload().copy(), pattern == null ? null : pattern.array());
        post.made(Post.Form.JAVA, message);
      }
      inbox.offer(message);
    }

    @Override public void closed() {
      inbox.end(() -> new ClosedException("the cache is closed"));
    }

    /** Leaves all topics. */
    @Override public void run() {
      memberships.forEach(engine.broker()::unsubscribe);
    }
  }
}
