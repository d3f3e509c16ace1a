package io.qcache.net.room;

import static io.qcache.net.command.Flag.DENYOOM;
import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.READONLY;
import static io.qcache.net.command.Flag.WRITE;
import static io.qcache.net.command.Keys.one;

import io.qcache.Failure;
import io.qcache.engine.Deadline;
import io.qcache.engine.HashOps;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Slice;
import io.qcache.net.command.Access;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Room;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** The commands of Redis 7.4 about deadlines of a hash's fields. */
final class FieldDeadlineRoom extends Room {
  private static final int HEXPIRE = 0, HPEXPIRE = 1, HEXPIREAT = 2, HPEXPIREAT = 3, HTTL = 4, HPTTL = 5, HEXPIRETIME = 6,
      HPEXPIRETIME = 7, HPERSIST = 8;

  private static final Refusal NOT_AN_INTEGER = Refusal.of(Failure.NOT_AN_INTEGER.line(""));

  FieldDeadlineRoom() {
    super(Category.HASH);
  }

  @Override public void declare(CommandTable table) {
    table.command(HEXPIRE, "HEXPIRE").arity(-6).flags(WRITE, DENYOOM, FAST).keys(one(Access.UPDATE));
    table.command(HPEXPIRE, "HPEXPIRE").arity(-6).flags(WRITE, DENYOOM, FAST).keys(one(Access.UPDATE));
    table.command(HEXPIREAT, "HEXPIREAT").arity(-6).flags(WRITE, DENYOOM, FAST).keys(one(Access.UPDATE));
    table.command(HPEXPIREAT, "HPEXPIREAT").arity(-6).flags(WRITE, DENYOOM, FAST).keys(one(Access.UPDATE));
    table.command(HTTL, "HTTL").arity(-5).flags(READONLY, FAST).keys(one(Access.READ));
    table.command(HPTTL, "HPTTL").arity(-5).flags(READONLY, FAST).keys(one(Access.READ));
    table.command(HEXPIRETIME, "HEXPIRETIME").arity(-5).flags(READONLY, FAST).keys(one(Access.READ));
    table.command(HPEXPIRETIME, "HPEXPIRETIME").arity(-5).flags(READONLY, FAST).keys(one(Access.READ));
    table.command(HPERSIST, "HPERSIST").arity(-5).flags(WRITE, FAST).keys(one(Access.UPDATE));
  }

  @Override public void run(int op, Call call) {
    try {
      switch (op) {
        case HEXPIRE -> expire(call, true, true);
        case HPEXPIRE -> expire(call, false, true);
        case HEXPIREAT -> expire(call, true, false);
        case HPEXPIREAT -> expire(call, false, false);
        case HTTL -> deadlines(call, true, true);
        case HPTTL -> deadlines(call, false, true);
        case HEXPIRETIME -> deadlines(call, true, false);
        case HPEXPIRETIME -> deadlines(call, false, false);
        case HPERSIST -> {
          int first = fields(call, 2, Refusal.FIELD_COUNT);
          answer(call, HashOps.persist(call.db(), call.slice(1), call.args(), first));
        }
        default -> throw noSuchRow(op);
      }
    } catch (Refusal unfit) {
      HashOps.size(call.db(), call.slice(1)); // whose type, if it is another, is told first
      throw unfit;
    }
  }

  private static void answer(Call call, int[] answers) {
    call.reply().array(answers.length);
    for (int answer : answers) {
      call.reply().integer(answer);
    }
  }

  private static void expire(Call call, boolean seconds, boolean fromNow) {
    long deadlineMillis = deadline(call, seconds, fromNow);
    int condition = condition(call.slice(3));
    int first = fields(call, condition == 0 ? 3 : 4, Refusal.NUM_FIELDS);
    answer(call, HashOps.expire(call.db(), call.slice(1), call.args(), first, deadlineMillis, condition));
  }

  private static long deadline(Call call, boolean seconds, boolean fromNow) {
    long amount = call.integer(2, -Long.MAX_VALUE, NOT_AN_INTEGER);
    if (amount < 0) {
      throw Refusal.NEGATIVE_EXPIRE_TIME;
    }
    long since = fromNow ? call.host().engine().nowMillis() : 0;
    if (amount > (HashOps.LATEST_MILLIS - since) / (seconds ? 1000 : 1)) {
      throw Refusal.expireTime(call.row().name());
    }
    return since + amount * (seconds ? 1000 : 1);
  }

  private static int condition(Slice word) {
    return word.is("NX") ? KeyOps.IF_ABSENT : word.is("XX") ? KeyOps.IF_PRESENT : word.is("GT") ? KeyOps.IF_LATER
        : word.is("LT") ? KeyOps.IF_EARLIER : 0;
  }

  /** Where the first field is, behind FIELDS, which has to be there, and their number, which has to be right. */
  private static int fields(Call call, int at, Refusal noCount) {
    if (!call.slice(at).is("FIELDS")) {
      throw Refusal.FIELDS_MISSING;
    }
    if (at + 1 >= call.count()) {
      throw noCount;
    }
    if (call.integer(at + 1, 1, noCount) != call.count() - at - 2) {
      throw Refusal.FIELDS_UNMATCHED;
    }
    return at + 2;
  }

  private static void deadlines(Call call, boolean seconds, boolean left) {
    int first = fields(call, 2, Refusal.FIELD_COUNT);
    long since = left ? call.host().engine().nowMillis() : 0;
    long[] deadlines = HashOps.deadlines(call.db(), call.slice(1), call.args(), first);
    call.reply().array(deadlines.length);
    for (long deadline : deadlines) {
      long millis = deadline - since;
      call.reply().integer(deadline == Deadline.MISSING ? -2 : deadline == Deadline.NONE ? -1
          : seconds ? (millis + 999) / 1000 : millis);
    }
  }
}
