package io.qcache.net.session;

import io.qcache.engine.Slice;
import io.qcache.net.option.OutputClass;
import io.qcache.pubsub.Broker;
import io.qcache.pubsub.Kind;
import io.qcache.pubsub.Membership;
import io.qcache.pubsub.Post;
import io.qcache.pubsub.Publication;
import io.qcache.pubsub.Subscriber;
import io.qcache.resp.GrowingOutput;
import io.qcache.resp.ReplyWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a session is subscribed to, and the way messages take to it.  To come and to go is for the session's loop; {@link
 * #take} is for any thread, and what CLIENT LIST prints too.
 *
 * <p>The lock decides whether a message that is being handed over still comes before an UNSUBSCRIBE or HELLO, which then
 * writes those that came before itself, or does not come at all: behind the reply the client may take it for another.
 */
public final class Subscriptions implements Subscriber {
  private static final int OVERHEAD_BYTES = 200; // of a subscription, beside its name
  private static final Kind[] KINDS = Kind.values();

  private final Session session;
  private final Broker broker;
  private final List<Map<Slice, Membership>> byKind = new ArrayList<>(KINDS.length); // the session's loop
  private final int[] counts = new int[KINDS.length]; // read by others, to whom the volatile beside it shows it
  private volatile long bytes;
  private int protocol;       // guarded by this
  private ReplyWriter direct; // where the session's own messages go; guarded by this, null while there are none

  Subscriptions(Session session) {
    this.session = session;
    this.broker = session.host().engine().broker();
    this.protocol = session.protocol();
    for (int i = 0; i < KINDS.length; i++) {
      byKind.add(new LinkedHashMap<>());
    }
  }

  private Map<Slice, Membership> of(Kind kind) {
    return byKind.get(kind.ordinal());
  }

  /** How many it has of a kind; for any thread. */
  public int count(Kind kind) {
    long fence = bytes;
    return fence == 0 ? 0 : counts[kind.ordinal()];
  }

  /** Whether it has none. */
  public boolean isEmpty() {
    return bytes == 0;
  }

  /** The memory that they take, in bytes; for any thread. */
  public long bytes() {
    return bytes;
  }

  /** Subscribes, unless it is. */
  public void add(Kind kind, Slice name) {
    session.host().engine().hash(name);
    if (!of(kind).containsKey(name)) {
      if (isEmpty()) {
        session.peer().outputClass(OutputClass.PUBSUB);
      }
      Membership membership = broker.subscribe(kind, name, this);
      of(kind).put(membership.name(), membership);
      count(kind, membership, 1);
    }
  }

  /** Unsubscribes, if it is subscribed. */
  public void remove(Kind kind, Slice name) {
    session.host().engine().hash(name);
    Membership membership = of(kind).remove(name);
    if (membership != null) {
      leave(membership);
      count(kind, membership, -1);
      if (isEmpty()) {
        session.peer().outputClass(OutputClass.NORMAL);
      }
    }
  }

  private void count(Kind kind, Membership membership, int by) {
    counts[kind.ordinal()] += by;
    bytes += by * (OVERHEAD_BYTES + (long) membership.name().length()); // written by one thread only
  }

  private synchronized void leave(Membership membership) {
    broker.unsubscribe(membership);
  }

  /** The names of a kind, in the order they were subscribed to. */
  public List<Slice> names(Kind kind) {
    return new ArrayList<>(of(kind).keySet());
  }

  /** Ends all. */
  void clear() {
    for (Kind kind : KINDS) {
      for (Slice name : names(kind)) {
        remove(kind, name);
      }
    }
  }

  /** Messages are in that protocol from now on; those that have come are given first. */
  synchronized void protocol(int version) {
    if (version != protocol) {
      session.givePushed();
      protocol = version;
    }
  }

  // Messages

  @Override public synchronized void take(Membership through, Post post) {
    if (through.hasEnded()) {
      return;
    }
    if (direct != null) {
      write(post, direct);
    } else {
      session.peer().push(message(post, protocol));
    }
  }

  /** Takes what the session itself has published, which comes in the order of its replies. */
  synchronized void takeOwn(Publication publication) {
    direct = session.pushes();
    try {
      publication.handOver(this);
    } finally {
      direct = null;
    }
  }

  /** The message and those behind it in that protocol, made once for all connections. */
  static Message message(Post post, int protocol) {
    Post.Form form = protocol == 3 ? Post.Form.RESP3 : Post.Form.RESP2;
    Message message = (Message) post.form(form);
    if (message == null) {
      message = new Message(encoded(post, protocol));
      post.made(form, message);
    }
    return message;
  }

  private static byte[] encoded(Post first, int protocol) {
    long length = 0;
    for (Post post = first; post != null; post = post.next()) {
      length += 64L + post.channel().length() + post.payload().length(); // nearly always enough
    }
    GrowingOutput out = new GrowingOutput((int) Math.min(length, Integer.MAX_VALUE - 8));
    ReplyWriter writer = new ReplyWriter(out);
    writer.protocol(protocol);
    for (Post post = first; post != null; post = post.next()) {
      write(post, writer);
    }
    return out.toByteArray();
  }

  /** Writes the message as the client is to see it. */
  static void write(Post post, ReplyWriter to) {
    to.push(post.pattern() == null ? 3 : 4);
    to.bulk(switch (post.kind()) {
      case CHANNEL -> "message";
      case PATTERN -> "pmessage";
      case SHARD -> "smessage";
    });
    if (post.pattern() != null) {
      bulk(post.pattern(), to);
    }
    bulk(post.channel(), to);
    bulk(post.payload(), to);
  }

  private static void bulk(Slice text, ReplyWriter to) {
    to.bulk(text.array(), text.offset(), text.length());
  }

  /** The cache goes before its server: connections end with that. */
  @Override public void closed() {
    // nothing to be told
  }
}
