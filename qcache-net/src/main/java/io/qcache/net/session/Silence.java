package io.qcache.net.session;

import io.qcache.resp.GrowingOutput;
import io.qcache.resp.ReplyWriter;

/**
 * Which replies of a session are sent: CLIENT REPLY.  A reply that is not is written all the same, and rewound when its
 * command has ended; what is no reply but looks like one, such as the answers to SUBSCRIBE, is written aside meanwhile, for
 * it is sent.  The session's loop only.
 */
final class Silence {
  private final ReplyWriter writer;
  private boolean silent;       // OFF
  private boolean skipping;     // the reply of the command at hand
  private boolean skippingNext;
  private GrowingOutput aside;  // null: nothing

  Silence(ReplyWriter writer) {
    this.writer = writer;
  }

  /** Whether the reply of the command at hand is not sent. */
  boolean isOn() {
    return silent || skipping;
  }

  void set(Session.Replies mode) {
    if (mode == Session.Replies.SKIP) {
      skippingNext = !silent;
    } else {
      silent = mode == Session.Replies.OFF;
      skipping &= silent; // ON is answered itself, even behind a SKIP
    }
  }

  /** The next command is at hand. */
  void next() {
    skipping = skippingNext;
    skippingNext = false;
  }

  /** As if the client had just connected, but for the skip that RESET itself is behind, as in Redis. */
  void reset() {
    silent = false;
    skippingNext = false;
  }

  /** Where to write what is no reply to a command. */
  ReplyWriter pushes() {
    if (!isOn()) {
      return writer;
    }
    if (aside == null) {
      aside = new GrowingOutput();
    }
    ReplyWriter apart = new ReplyWriter(aside);
    apart.protocol(writer.protocol());
    return apart;
  }

  /** Has what was written aside sent, where the reply has been rewound. */
  void giveAside() {
    if (aside != null) {
      writer.output().bytes(aside.array(), 0, aside.size());
      aside = null;
    }
  }
}
