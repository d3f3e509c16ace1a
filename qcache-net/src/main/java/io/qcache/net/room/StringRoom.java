package io.qcache.net.room;

import static io.qcache.net.command.Flag.DENYOOM;
import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.READONLY;
import static io.qcache.net.command.Flag.WRITE;
import static io.qcache.net.command.Keys.every;
import static io.qcache.net.command.Keys.one;
import static io.qcache.net.command.Keys.range;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.engine.Deadline;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Signal;
import io.qcache.engine.StringOps;
import io.qcache.net.command.Access;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Keys;
import io.qcache.net.command.Room;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** Commands of the string type. */
final class StringRoom extends Room {
  private static final int GET = 0, SET = 1, GETSET = 2, SETNX = 3, SETEX = 4, PSETEX = 5, GETDEL = 6, GETEX = 7,
      MGET = 8, MSET = 9, MSETNX = 10, APPEND = 11, STRLEN = 12, GETRANGE = 13, SUBSTR = 14, SETRANGE = 15, INCR = 16,
      DECR = 17, INCRBY = 18, DECRBY = 19, INCRBYFLOAT = 20, LCS = 21;

  StringRoom() {
    super(Category.STRING);
  }

  @Override public void declare(CommandTable table) {
    table.command(GET, "GET").arity(2).flags(READONLY, FAST).keys(one(Access.READ));
    table.command(SET, "SET").arity(-3).flags(WRITE, DENYOOM).keys(one(Access.READ_WRITE_BY_OPTION));
    table.command(GETSET, "GETSET").arity(3).flags(WRITE, DENYOOM, FAST).keys(one(Access.READ_WRITE));
    table.command(SETNX, "SETNX").arity(3).flags(WRITE, DENYOOM, FAST).keys(one(Access.INSERT));
    table.command(SETEX, "SETEX").arity(4).flags(WRITE, DENYOOM).keys(one(Access.WRITE));
    table.command(PSETEX, "PSETEX").arity(4).flags(WRITE, DENYOOM).keys(one(Access.WRITE));
    table.command(GETDEL, "GETDEL").arity(2).flags(WRITE, FAST).keys(one(Access.READ_DELETE));
    table.command(GETEX, "GETEX").arity(-2).flags(WRITE, FAST).keys(one(Access.READ_WRITE));
    table.command(MGET, "MGET").arity(-2).flags(READONLY, FAST).keys(Keys.all(Access.READ));
    table.command(MSET, "MSET").arity(-3).flags(WRITE, DENYOOM).keys(every(2, Access.WRITE));
    table.command(MSETNX, "MSETNX").arity(-3).flags(WRITE, DENYOOM).keys(every(2, Access.INSERT));
    table.command(APPEND, "APPEND").arity(3).flags(WRITE, DENYOOM, FAST).keys(one(Access.EXTEND));
    table.command(STRLEN, "STRLEN").arity(2).flags(READONLY, FAST).keys(one(Access.LOOK));
    table.command(GETRANGE, "GETRANGE").arity(4).flags(READONLY).keys(one(Access.READ));
    table.command(SUBSTR, "SUBSTR").arity(4).flags(READONLY).keys(one(Access.READ));
    table.command(SETRANGE, "SETRANGE").arity(4).flags(WRITE, DENYOOM).keys(one(Access.UPDATE));
    table.command(INCR, "INCR").arity(2).flags(WRITE, DENYOOM, FAST).keys(one(Access.READ_WRITE));
    table.command(DECR, "DECR").arity(2).flags(WRITE, DENYOOM, FAST).keys(one(Access.READ_WRITE));
    table.command(INCRBY, "INCRBY").arity(3).flags(WRITE, DENYOOM, FAST).keys(one(Access.READ_WRITE));
    table.command(DECRBY, "DECRBY").arity(3).flags(WRITE, DENYOOM, FAST).keys(one(Access.READ_WRITE));
    table.command(INCRBYFLOAT, "INCRBYFLOAT").arity(3).flags(WRITE, DENYOOM, FAST).keys(one(Access.READ_WRITE));
    table.command(LCS, "LCS").arity(-3).flags(READONLY).keys(range(1, 2, 1, Access.READ));
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case GET -> StringOps.get(call.db(), call.slice(1), call);
      case SET -> set(call);
      case GETSET -> getSet(call);
      case SETNX -> call.reply().integer(setNew(call) ? 1 : 0);
      case SETEX -> setExpiring(call, true);
      case PSETEX -> setExpiring(call, false);
      case GETDEL -> StringOps.getAndDelete(call.db(), call.slice(1), call);
      case GETEX -> getAndExpire(call);
      case MGET -> getAll(call);
      case MSET -> setAll(call);
      case MSETNX -> setAllNew(call);
      case APPEND -> call.reply().integer(StringOps.append(call.db(), call.slice(1), call.slice(2)));
      case STRLEN -> call.reply().integer(StringOps.length(call.db(), call.slice(1)));
      case GETRANGE, SUBSTR ->
          StringOps.getRange(call.db(), call.slice(1), call.integer(2), call.integer(3), call);
      case SETRANGE ->
          call.reply().integer(StringOps.setRange(call.db(), call.slice(1), call.integer(2), call.slice(3)));
      case INCR -> increment(call, 1);
      case DECR -> increment(call, -1);
      case INCRBY -> increment(call, call.integer(2));
      case DECRBY -> increment(call, negated(call.integer(2)));
      case INCRBYFLOAT -> StringOps.incrementFloat(call.db(), call.slice(1), call.slice(2), call);
      case LCS -> commonSubsequence(call);
      default -> throw noSuchRow(op);
    }
  }

  private static void set(Call call) {
    if (call.count() == 3) {
      StringOps.set(call.db(), call.slice(1), call.slice(2), StringOps.If.ALWAYS, Deadline.NONE, null);
      call.reply().ok();
      return;
    }
    StringArguments options = StringArguments.ofSet(call);
    boolean set = StringOps.set(call.db(), call.slice(1), call.slice(2), options.condition(),
        options.deadline(call, Deadline.NONE), options.isGet() ? call : null);
    if (options.isGet()) {
      return;
    }
    if (set) {
      call.reply().ok();
    } else {
      call.reply().nil();
    }
  }

  private static void getSet(Call call) {
    StringOps.set(call.db(), call.slice(1), call.slice(2), StringOps.If.ALWAYS, Deadline.NONE, call);
  }

  private static boolean setNew(Call call) {
    return StringOps.set(call.db(), call.slice(1), call.slice(2), StringOps.If.ABSENT, Deadline.NONE, null);
  }

  private static void setExpiring(Call call, boolean seconds) {
    long deadlineMillis = StringArguments.positiveDeadline(call, 2, seconds, true);
    StringOps.set(call.db(), call.slice(1), call.slice(3), StringOps.If.ALWAYS, deadlineMillis, null);
    call.reply().ok();
  }

  private static void getAndExpire(Call call) {
    StringArguments options = StringArguments.ofGetEx(call);
    try {
      StringOps.getAndExpire(call.db(), call.slice(1), options.deadline(call, Deadline.KEEP), call);
    } catch (Refusal | Signal wrongTime) { // told only of a string that could have had it
      if (KeyOps.typeByTheWay(call.db(), call.slice(1)) != ValueType.STRING) {
        StringOps.get(call.db(), call.slice(1), call);
        return;
      }
      throw wrongTime;
    }
  }

  private static void getAll(Call call) {
    call.reply().array(call.count() - 1);
    StringOps.getAll(call.db(), call.args(), 1, call);
  }

  private static void setAll(Call call) {
    requirePairs(call);
    StringOps.setAll(call.db(), call.args(), 1);
    call.reply().ok();
  }

  private static void setAllNew(Call call) {
    requirePairs(call);
    call.reply().integer(StringOps.setAllIfAbsent(call.db(), call.args(), 1) ? 1 : 0);
  }

  private static void requirePairs(Call call) {
    if (call.count() % 2 == 0) {
      throw Refusal.wrongArity(call.row().name());
    }
  }

  private static void increment(Call call, long by) {
    call.reply().integer(StringOps.increment(call.db(), call.slice(1), by));
  }

  private static long negated(long by) {
    if (by == Long.MIN_VALUE) {
      throw Refusal.DECREMENT_OVERFLOW;
    }
    return -by;
  }

  private static void commonSubsequence(Call call) {
    SubsequenceArguments options;
    try {
      options = new SubsequenceArguments(call);
    } catch (Refusal | Signal wrong) { // told only of strings
      if (isOtherThanString(call, 1) | isOtherThanString(call, 2)) { // both are looked up
        throw Signal.of(Failure.NOT_STRINGS);
      }
      throw wrong;
    }
    options.reply(StringOps.commonSubsequence(call.db(), call.slice(1), call.slice(2), options.isTraced()), call.reply());
  }

  private static boolean isOtherThanString(Call call, int i) {
    ValueType type = KeyOps.type(call.db(), call.slice(i));
    return type != null && type != ValueType.STRING;
  }
}
