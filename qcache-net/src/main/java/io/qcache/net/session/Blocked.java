package io.qcache.net.session;

import io.qcache.ValueType;
import io.qcache.engine.Database;
import io.qcache.engine.Slice;
import io.qcache.engine.Waiter;

/**
 * A session's command that waits for what a key will hold.  Whoever serves it writes the reply aside and asks for the session's
 * turn, in which that leaves.  If the session is gone by then the reply is dropped, but nothing is taken for one that was
 * gone before.
 */
final class Blocked extends Waiter implements Wait {
  private final Session session;
  private final Database db;
  private final Wanted wanted;
  private ReplySink direct; // where the reply goes while it has not waited; null from then on
  private RecordedReply recorded;
  private boolean abandoned; // guarded by this
  private volatile boolean told; // what it has come to is there; written under this

  /** The command of the call. */
  Blocked(Call call, ValueType type, Slice target, Wanted wanted) {
    super(call.db(), type, target);
    this.session = call.session();
    this.db = call.db();
    this.wanted = wanted;
    this.direct = call;
  }

  // For whoever serves it

  @Override protected void waits() {
    direct = null;
  }

  @Override protected void take(Slice key) {
    ReplySink out = direct;
    if (out == null) {
      recorded = RecordedReply.in(session.protocol());
      out = recorded;
    }
    wanted.take(db, key, out);
  }

  @Override protected void ended() {
    synchronized (this) {
      told = true;
      if (abandoned) {
        forget();
        return;
      }
    }
    session.peer().wake();
  }

  // For its session

  @Override public boolean isOver(Call call) throws Throwable {
    if (!told) {
      return false;
    }
    leave();
    if (failure() != null) {
      forget();
      throw failure();
    }
    switch (how()) {
      case SERVED -> recorded.giveTo(session);
      case TIMED_OUT -> call.reply().nilArray();
      case UNBLOCKED -> throw Refusal.UNBLOCKED;
      case GONE, CLOSED -> session.quit();
    }
    return true;
  }

  @Override public boolean giveUp(Call call) {
    if (!end(End.TIMED_OUT)) {
      return false;
    }
    leave();
    call.reply().nilArray();
    return true;
  }

  @Override public boolean unblock(boolean withError) {
    boolean ended = end(withError ? End.UNBLOCKED : End.TIMED_OUT);
    if (ended) {
      tell();
    }
    return ended;
  }

  @Override public void cancel() {
    end(End.GONE);
  }

  @Override public void drop() {
    end(End.GONE);
    leave();
    synchronized (this) {
      abandoned = true;
      if (told) {
        forget();
      }
    }
  }

  /** Nobody will have what it was served. */
  private void forget() {
    if (recorded != null) {
      recorded.close();
    }
  }

  @Override public long heldBytes() {
    return bytes();
  }
}
