package io.qcache.pubsub;

import io.qcache.engine.Engine;
import io.qcache.engine.Glob;
import io.qcache.engine.Slice;
import io.qcache.pubsub.Publication.Addressing;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Who is subscribed to what, for both doors, and so who gets a message.  Thread-safe.
 *
 * <pre>
 *   publish ── one probe ──► channels  name    → Topic [ member, member, … ] ─┐
 *           └─ each glob ──► patterns  pattern → Topic [ member, … ] ─────────┴─► Publication ── handOver ──► Subscriber
 *                            shards    name    → Topic                            (SPUBLISH alone)
 * </pre>
 *
 * Nothing is kept of a message: who is not subscribed does not get it, and who is has it in a queue of its own, which is
 * bounded there.  Names are spread by the engine's keyed hash; patterns are matched one by one, as their users must know.
 * To come and to go takes a lock of the table's; to publish takes none.
 */
public final class Broker {
  private final Engine engine;
  private final ConcurrentHashMap<Slice, Topic> channels = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Slice, Topic> patterns = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Slice, Topic> shards = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public Broker(Engine engine) {
    this.engine = engine;
  }

  private ConcurrentHashMap<Slice, Topic> topics(Kind kind) {
    return switch (kind) {
      case CHANNEL -> channels;
      case PATTERN -> patterns;
      case SHARD -> shards;
    };
  }

  // Subscribers

  /** Subscribes; a subscriber that is in the topic already would get everything twice. */
  public Membership subscribe(Kind kind, Slice name, Subscriber subscriber) {
    engine.hash(name);
    Slice kept = name.kept();
    Membership[] made = new Membership[1];
    topics(kind).compute(kept, (key, topic) -> {
      Topic found = topic != null ? topic : new Topic(kind, key);
      made[0] = new Membership(found, subscriber);
      found.add(made[0]);
      return found;
    });
    if (closed) { // perhaps too late to be told with the others
      subscriber.closed();
    }
    return made[0];
  }

  /** Ends a membership; what is published from now on does not come by it.  A second time it does nothing. */
  public void unsubscribe(Membership member) {
    topics(member.kind()).computeIfPresent(member.name(), (name, topic) -> {
      boolean isLast = topic == member.topic() && !member.hasEnded() && topic.remove(member);
      member.end();
      return isLast ? null : topic;
    });
  }

  // Publishers

  /** A message to those who are subscribed to the channel, and to patterns that it fits, now. */
  public Publication publish(Slice channel, Slice payload) {
    Topic topic = find(channels, channel);
    if (topic == null && patterns.isEmpty()) {
      return Publication.toNobody();
    }
    Addressing addressing = new Addressing(channel, payload);
    if (topic != null) {
      addressing.to(topic);
    }
    if (!patterns.isEmpty()) {
      for (Topic pattern : patterns.values()) {
        if (pattern.fits(channel)) {
          addressing.to(pattern);
        }
      }
    }
    return addressing.end();
  }

  /** A message to those who are subscribed to the shard channel now. */
  public Publication publishToShard(Slice channel, Slice payload) {
    Topic topic = find(shards, channel);
    if (topic == null) {
      return Publication.toNobody();
    }
    Addressing addressing = new Addressing(channel, payload);
    addressing.to(topic);
    return addressing.end();
  }

  private Topic find(Map<Slice, Topic> topics, Slice name) {
    if (topics.isEmpty()) {
      return null;
    }
    engine.hash(name);
    return topics.get(name);
  }

  // What there is

  /** Whether nobody is subscribed to any channel or pattern, so that it need not be published. */
  boolean isDeserted() {
    return channels.isEmpty() && patterns.isEmpty();
  }

  /** How many channels, patterns or shard channels somebody is subscribed to. */
  public int count(Kind kind) {
    return topics(kind).size();
  }

  /** How many are subscribed to that name. */
  public int subscribers(Kind kind, Slice name) {
    Topic topic = find(topics(kind), name);
    return topic == null ? 0 : topic.members().length;
  }

  /** Gives the names that somebody is subscribed to and the glob fits, all for null; in no order. */
  public void forEach(Kind kind, Glob glob, Consumer<Slice> names) {
    for (Slice name : topics(kind).keySet()) {
      if (glob == null || glob.matches(name.array(), name.offset(), name.length())) {
        names.accept(name);
      }
    }
  }

  /** Tells all subscribers that nothing more will come. */
  public void close() {
    closed = true;
    for (Kind kind : Kind.values()) {
      for (Topic topic : topics(kind).values()) {
        for (Membership member : topic.members()) {
          member.subscriber().closed();
        }
      }
    }
  }
}
