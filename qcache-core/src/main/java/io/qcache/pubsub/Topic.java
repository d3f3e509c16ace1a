package io.qcache.pubsub;

import io.qcache.engine.Glob;
import io.qcache.engine.Slice;
import java.util.ArrayList;

/**
 * A channel or pattern and who is in it.  Publishers go through a snapshot without a lock, which the first of them after
 * a change makes anew: so to come and to go costs nothing but one's own place, however many others there are.
 * Thread-safe.
 */
final class Topic {
  private static final Membership[] NOBODY = {};

  private final Kind kind;
  private final Slice name;
  private final Glob glob; // null but of a pattern
  private final ArrayList<Membership> members = new ArrayList<>(1); // guarded by this
  private volatile Membership[] snapshot = NOBODY; // null: the members have changed

  Topic(Kind kind, Slice name) {
    this.kind = kind;
    this.name = name;
    this.glob = kind == Kind.PATTERN ? Glob.of(name) : null;
  }

  Kind kind() {
    return kind;
  }

  Slice name() {
    return name;
  }

  boolean fits(Slice channel) {
    return glob.matches(channel.array(), channel.offset(), channel.length());
  }

  synchronized void add(Membership member) {
    member.index = members.size();
    members.add(member);
    snapshot = null;
  }

  /** Takes one out, whose place the last one gets; whether nobody is left. */
  synchronized boolean remove(Membership member) {
    Membership last = members.remove(members.size() - 1);
    if (last != member) {
      members.set(member.index, last);
      last.index = member.index;
    }
    snapshot = null;
    return members.isEmpty();
  }

  /** Who is in it; not to be changed. */
  Membership[] members() {
    Membership[] current = snapshot;
    return current != null ? current : renew();
  }

  private synchronized Membership[] renew() {
    if (snapshot == null) {
      snapshot = members.toArray(NOBODY);
    }
    return snapshot;
  }
}
