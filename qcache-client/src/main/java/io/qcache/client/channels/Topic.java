package io.qcache.client.channels;

import io.qcache.Bytes;
import io.qcache.Failure;
import io.qcache.QCacheException;
import io.qcache.pubsub.Arrival;
import io.qcache.pubsub.Inbox;
import io.qcache.resp.Reply;
import java.util.Arrays;

/** A channel or pattern that subscriptions of this client are in.  Guarded by the relay, but for what is volatile. */
final class Topic {
  private static final Inbox[] NOBODY = {};

  final boolean isPattern;
  final Bytes name;
  boolean hasBegun;      // the server has confirmed it, on whichever connection
  private boolean confirmed; // the same on the one there is
  private String refused; // the line of its error reply, or null
  private volatile Inbox[] inboxes = NOBODY; // replaced as a whole

  Topic(boolean isPattern, Bytes name) {
    this.isPattern = isPattern;
    this.name = name;
  }

  void add(Inbox inbox) {
    Inbox[] more = Arrays.copyOf(inboxes, inboxes.length + 1);
    more[inboxes.length] = inbox;
    inboxes = more;
  }

  void remove(Inbox inbox) {
    inboxes = Arrays.stream(inboxes).filter(each -> each != inbox).toArray(Inbox[]::new);
  }

  boolean isEmpty() {
    return inboxes.length == 0;
  }

  Inbox[] inboxes() {
    return inboxes;
  }

  /** To each of its inboxes; by the connection's thread. */
  void deliver(Arrival message) {
    for (Inbox inbox : inboxes) {
      inbox.offer(message);
    }
  }

  /** The server has answered to SUBSCRIBE. */
  void answered(Reply reply) {
    if (reply instanceof Reply.ErrorReply error) {
      refused = error.line();
    } else {
      confirmed = true;
      hasBegun = true;
    }
  }

  /** The connection is lost. */
  void unconfirm() {
    confirmed = false;
  }

  boolean isAnswered() {
    return confirmed || refused != null;
  }

  void requireNotRefused() throws QCacheException {
    if (refused != null) {
      throw Failure.of(refused);
    }
  }
}
