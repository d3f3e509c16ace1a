package io.qcache.net.room;

import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.LOADING;
import static io.qcache.net.command.Flag.NOSCRIPT;
import static io.qcache.net.command.Flag.STALE;

import io.qcache.engine.Deadline;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Room;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;
import io.qcache.net.session.Session;
import io.qcache.net.session.Wait;
import java.util.concurrent.atomic.AtomicReference;

/** Commands about replicas, as a primary answers that has none. */
final class ReplicationRoom extends Room {
  private static final int ROLE = 0, WAIT = 1;

  ReplicationRoom() {
    super(null);
  }

  @Override public void declare(CommandTable table) {
    table.command(ROLE, "ROLE").arity(1).flags(NOSCRIPT, LOADING, STALE, FAST)
        .categories(Category.ADMIN, Category.DANGEROUS);
    table.command(WAIT, "WAIT").arity(3).flags(NOSCRIPT).categories(Category.CONNECTION);
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case ROLE -> role(call);
      case WAIT -> await(call);
      default -> throw noSuchRow(op);
    }
  }

  /** Its part, how far its stream of changes has come, and its replicas. */
  private static void role(Call call) {
    call.reply().array(3);
    call.reply().bulk("master");
    call.reply().integer(0);
    call.reply().array(0);
  }

  private static void await(Call call) {
    long replicas = call.integer(1);
    boolean forEver = call.slice(2).is("0");
    long end = Timeouts.endMillis(call, 2);
    if (replicas <= 0 || call.isWithinTransaction()) {
      call.reply().integer(0);
    } else {
      call.session().await(new NoReplicas(call.session()), forEver ? Deadline.NONE : end);
    }
  }

  /** Nobody acknowledges anything, so it takes all of its time. */
  private static final class NoReplicas implements Wait {
    private enum End {
      OVER, REFUSED
    }

    private final Session session;
    private final AtomicReference<End> end = new AtomicReference<>();

    NoReplicas(Session session) {
      this.session = session;
    }

    @Override public boolean isOver(Call call) {
      if (end.get() == null) {
        return false;
      }
      if (end.get() == End.REFUSED) {
        throw Refusal.UNBLOCKED;
      }
      call.reply().integer(0);
      return true;
    }

    @Override public boolean giveUp(Call call) {
      end.compareAndSet(null, End.OVER);
      return isOver(call);
    }

    @Override public boolean unblock(boolean withError) {
      boolean ended = end.compareAndSet(null, withError ? End.REFUSED : End.OVER);
      if (ended) {
        session.peer().wake();
      }
      return ended;
    }

    @Override public void drop() {
      // nobody knows of it
    }
  }
}
