package io.qcache.pubsub;

import io.qcache.engine.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * A message and who is to get it, as they were when it was published; nobody has it before the hand-over.  So it can be
 * published while stripes are held, and handed over when they are not.  For the publisher's thread; the arrays that the
 * message came in must not change before.
 */
public final class Publication {
  private static final Publication TO_NOBODY = new Publication(List.of(), 0);

  private final List<Post> posts; // to the channel first, then to each pattern
  private final long receivers;

  private Publication(List<Post> posts, long receivers) {
    this.posts = posts;
    this.receivers = receivers;
  }

  static Publication toNobody() {
    return TO_NOBODY;
  }

  /** How many get it; a subscriber to several topics counts for each. */
  public long receivers() {
    return receivers;
  }

  /** Keeps the message, so that the arrays it came in may change before the hand-over. */
  public void keep() {
    if (!posts.isEmpty()) {
      posts.get(0).keep(); // the others have the same slices
    }
  }

  /**
   * Takes another one behind it, to be handed over with it, if both are for the same members of one topic; false where
   * they are not.  So a burst is a single hand-over to each subscriber.
   */
  public boolean join(Publication next) {
    return posts.size() == 1 && next.posts.size() == 1 && posts.get(0).join(next.posts.get(0));
  }

  /** Hands it to all. */
  public void handOver() {
    for (int i = 0; i < posts.size(); i++) {
      posts.get(i).handOver();
    }
  }

  /** Hands it to that subscriber alone, if it is one. */
  public void handOver(Subscriber only) {
    for (int i = 0; i < posts.size(); i++) {
      posts.get(i).handOver(only);
    }
  }

  /** Hands it to all others. */
  public void handOverAllBut(Subscriber one) {
    for (int i = 0; i < posts.size(); i++) {
      posts.get(i).handOverAllBut(one);
    }
  }

  /** Collects the topics of a message. */
  static final class Addressing {
    private final Slice channel;
    private final Slice payload;
    private ArrayList<Post> posts; // null: nobody yet
    private long receivers;

    Addressing(Slice channel, Slice payload) {
      this.channel = new Slice().wrap(channel.array(), channel.offset(), channel.length()); // the caller's goes on
      this.payload = new Slice().wrap(payload.array(), payload.offset(), payload.length());
    }

    void to(Topic topic) {
      Membership[] members = topic.members();
      if (members.length == 0) {
        return;
      }
      if (posts == null) {
        posts = new ArrayList<>(1);
      }
      posts.add(new Post(topic, members, channel, payload));
      receivers += members.length;
    }

    Publication end() {
      return posts == null ? TO_NOBODY : new Publication(posts, receivers);
    }
  }
}
