package io.qcache.net.room;

import static io.qcache.net.command.Flag.ALLOW_BUSY;
import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.LOADING;
import static io.qcache.net.command.Flag.NOSCRIPT;
import static io.qcache.net.command.Flag.SKIP_SLOWLOG;
import static io.qcache.net.command.Flag.STALE;

import io.qcache.net.command.Access;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Flag;
import io.qcache.net.command.Keys;
import io.qcache.net.command.Room;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** Commands of transactions. */
final class TransactionRoom extends Room {
  private static final int MULTI = 0, EXEC = 1, DISCARD = 2, WATCH = 3, UNWATCH = 4;

  TransactionRoom() {
    super(Category.TRANSACTION);
  }

  @Override public void declare(CommandTable table) {
    Flag[] fast = {NOSCRIPT, LOADING, STALE, FAST, ALLOW_BUSY};
    table.command(MULTI, "MULTI").arity(1).flags(fast).notQueued();
    table.command(EXEC, "EXEC").arity(1).flags(NOSCRIPT, LOADING, STALE, SKIP_SLOWLOG).notQueued();
    table.command(DISCARD, "DISCARD").arity(1).flags(fast).notQueued();
    table.command(WATCH, "WATCH").arity(-2).flags(fast).keys(Keys.all(Access.LOOK)).notQueued();
    table.command(UNWATCH, "UNWATCH").arity(1).flags(fast);
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case MULTI -> multi(call);
      case EXEC -> exec(call);
      case DISCARD -> discard(call);
      case WATCH -> watch(call);
      case UNWATCH -> unwatch(call);
      default -> throw noSuchRow(op);
    }
  }

  private static void multi(Call call) {
    call.session().transaction().begin();
    call.reply().ok();
  }

  private static void exec(Call call) {
    if (!call.session().transaction().isOpen()) {
      throw Refusal.EXEC_WITHOUT_MULTI;
    }
    call.session().transaction().exec(call);
  }

  private static void discard(Call call) {
    if (!call.session().transaction().isOpen()) {
      throw Refusal.DISCARD_WITHOUT_MULTI;
    }
    call.session().transaction().discard();
    call.reply().ok();
  }

  private static void watch(Call call) {
    if (call.session().transaction().isOpen()) {
      throw Refusal.WATCH_INSIDE_MULTI;
    }
    for (int i = 1; i < call.count(); i++) {
      call.session().transaction().watch(call.db(), call.slice(i));
    }
    call.reply().ok();
  }

  private static void unwatch(Call call) {
    call.session().transaction().unwatch();
    call.reply().ok();
  }
}
