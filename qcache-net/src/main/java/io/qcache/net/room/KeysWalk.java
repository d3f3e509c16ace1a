package io.qcache.net.room;

import io.qcache.engine.Database;
import io.qcache.engine.Glob;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Sink;
import io.qcache.net.session.Call;
import io.qcache.net.session.HoldingProducer;
import io.qcache.net.session.Peer;
import io.qcache.resp.ReplyWriter;

/**
 * KEYS: walks over a database as SCAN does, a slice a turn so that others have theirs, and collects what matches, for
 * the number of keys stands at the reply's head; then gives that.
 */
final class KeysWalk implements HoldingProducer {
  private static final int KEYS_AT_ONCE = 1_000;

  private final Database database;
  private final Glob match;
  private final ReplyWriter reply;
  private final Peer peer;
  private final Collected keys = new Collected();
  private volatile long heldBytes;
  private long cursor;
  private boolean walked;

  KeysWalk(Call call) {
    this.database = call.db();
    this.match = Glob.of(call.slice(1));
    this.reply = call.reply();
    this.peer = call.session().peer();
  }

  @Override public boolean give(Sink out, int bytes) {
    if (!walked) {
      cursor = KeyOps.scan(database, cursor, KEYS_AT_ONCE, match, null, keys);
      walked = cursor == 0 || !peer.hasRoom(keys.bytes() - heldBytes);
      heldBytes = keys.bytes();
    }
    return !walked || keys.replyTo(reply, bytes);
  }

  /** Gives everything at once. */
  void replyAtOnce() {
    while (give(keys, Integer.MAX_VALUE)) {
      // on to the next slice
    }
  }

  @Override public long heldBytes() {
    return heldBytes;
  }

  @Override public void close() {
    // it holds nothing but memory
  }
}
