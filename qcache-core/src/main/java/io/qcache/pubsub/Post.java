package io.qcache.pubsub;

import io.qcache.engine.Slice;

/**
 * A message on its way to the members of one topic, with those that are to follow it.  Who needs it in a form of its own, encoded or copied, makes that
 * once and leaves it here for the others.  For the publisher's thread, during the hand-over alone.
 */
public final class Post {
  /** The forms that a message is wanted in. */
  public enum Form {
    JAVA, RESP2, RESP3
  }

  private static final int FORMS = Form.values().length;

  private final Topic topic;
  private final Membership[] members;
  private final Slice channel;
  private final Slice payload;
  private final Object[] forms = new Object[FORMS];
  private Post next; // to the same members right behind it, or null
  private Post last = this;

  Post(Topic topic, Membership[] members, Slice channel, Slice payload) {
    this.topic = topic;
    this.members = members;
    this.channel = channel;
    this.payload = payload;
  }

  public Kind kind() {
    return topic.kind();
  }

  /** The pattern that the channel fits, or null where it was subscribed to by its name. */
  public Slice pattern() {
    return topic.kind() == Kind.PATTERN ? topic.name() : null;
  }

  /** Bytes of the publisher's: to be copied. */
  public Slice channel() {
    return channel;
  }

  /** Bytes of the publisher's: to be copied. */
  public Slice payload() {
    return payload;
  }

  /** What {@link #made} was given for that form, or null. */
  public Object form(Form form) {
    return forms[form.ordinal()];
  }

  /** Leaves the message in that form for the other members. */
  public void made(Form form, Object message) {
    forms[form.ordinal()] = message;
  }

  /** The message that the same members are to get right behind this one, and that is not handed over by itself; or null. */
  public Post next() {
    return next;
  }

  /** Takes another behind it, if that is for the same members of the same topic. */
  boolean join(Post other) {
    boolean joins = topic == other.topic && members == other.members;
    if (joins) {
      last.next = other;
      last = other;
    }
    return joins;
  }

  /** Copies the bytes, so that the publisher's array may change. */
  void keep() {
    channel.wrap(channel.copy());
    payload.wrap(payload.copy());
  }

  void handOver() {
    for (Membership member : members) {
      if (!member.hasEnded()) {
        member.subscriber().take(member, this);
      }
    }
  }

  void handOver(Subscriber only) {
    for (Membership member : members) {
      if (member.subscriber() == only && !member.hasEnded()) {
        only.take(member, this);
      }
    }
  }

  void handOverAllBut(Subscriber one) {
    for (Membership member : members) {
      if (member.subscriber() != one && !member.hasEnded()) {
        member.subscriber().take(member, this);
      }
    }
  }
}
