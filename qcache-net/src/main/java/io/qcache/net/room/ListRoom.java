package io.qcache.net.room;

import static io.qcache.net.command.Flag.BLOCKING;
import static io.qcache.net.command.Flag.DENYOOM;
import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.NOSCRIPT;
import static io.qcache.net.command.Flag.READONLY;
import static io.qcache.net.command.Flag.WRITE;
import static io.qcache.net.command.Keys.counted;
import static io.qcache.net.command.Keys.one;
import static io.qcache.net.command.Keys.range;

import io.qcache.Failure;
import io.qcache.ListEnd;
import io.qcache.ValueType;
import io.qcache.engine.KeyOps;
import io.qcache.engine.ListOps;
import io.qcache.engine.Signal;
import io.qcache.engine.Slice;
import io.qcache.net.command.Access;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Keys;
import io.qcache.net.command.Room;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;
import io.qcache.net.session.ReplySink;

/** Commands of the list type; those that wait run the same operations. */
final class ListRoom extends Room {
  private static final int LPUSH = 0, RPUSH = 1, LPUSHX = 2, RPUSHX = 3, LPOP = 4, RPOP = 5, LLEN = 6, LRANGE = 7, LINDEX = 8,
      LSET = 9, LINSERT = 10, LREM = 11, LTRIM = 12, LPOS = 13, LMOVE = 14, RPOPLPUSH = 15, LMPOP = 16, BLPOP = 17, BRPOP = 18, BLMOVE = 19,
      BRPOPLPUSH = 20, BLMPOP = 21;

  ListRoom() {
    super(Category.LIST);
  }

  @Override public void declare(CommandTable table) {
    table.command(LPUSH, "LPUSH").arity(-3).flags(WRITE, DENYOOM, FAST).keys(one(Access.EXTEND));
    table.command(RPUSH, "RPUSH").arity(-3).flags(WRITE, DENYOOM, FAST).keys(one(Access.EXTEND));
    table.command(LPUSHX, "LPUSHX").arity(-3).flags(WRITE, DENYOOM, FAST).keys(one(Access.EXTEND));
    table.command(RPUSHX, "RPUSHX").arity(-3).flags(WRITE, DENYOOM, FAST).keys(one(Access.EXTEND));
    table.command(LPOP, "LPOP").arity(-2).flags(WRITE, FAST).keys(one(Access.READ_DELETE));
    table.command(RPOP, "RPOP").arity(-2).flags(WRITE, FAST).keys(one(Access.READ_DELETE));
    table.command(LLEN, "LLEN").arity(2).flags(READONLY, FAST).keys(one(Access.LOOK));
    table.command(LRANGE, "LRANGE").arity(4).flags(READONLY).keys(one(Access.READ));
    table.command(LINDEX, "LINDEX").arity(3).flags(READONLY).keys(one(Access.READ));
    table.command(LSET, "LSET").arity(4).flags(WRITE, DENYOOM).keys(one(Access.UPDATE));
    table.command(LINSERT, "LINSERT").arity(5).flags(WRITE, DENYOOM).keys(one(Access.EXTEND));
    table.command(LREM, "LREM").arity(4).flags(WRITE).keys(one(Access.SHRINK));
    table.command(LTRIM, "LTRIM").arity(4).flags(WRITE).keys(one(Access.SHRINK));
    table.command(LPOS, "LPOS").arity(-3).flags(READONLY).keys(one(Access.READ));
    Keys fromTo = one(Access.READ_DELETE).and(range(2, 2, 1, Access.EXTEND));
    table.command(LMOVE, "LMOVE").arity(5).flags(WRITE, DENYOOM).keys(fromTo);
    table.command(RPOPLPUSH, "RPOPLPUSH").arity(3).flags(WRITE, DENYOOM).keys(fromTo);
    table.command(LMPOP, "LMPOP").arity(-4).flags(WRITE).keys(counted(1, Access.READ_DELETE));
    Keys allButLast = range(1, -2, 1, Access.READ_DELETE);
    table.command(BLPOP, "BLPOP").arity(-3).flags(WRITE, NOSCRIPT, BLOCKING).keys(allButLast);
    table.command(BRPOP, "BRPOP").arity(-3).flags(WRITE, NOSCRIPT, BLOCKING).keys(allButLast);
    table.command(BLMOVE, "BLMOVE").arity(6).flags(WRITE, DENYOOM, NOSCRIPT, BLOCKING).keys(fromTo);
    table.command(BRPOPLPUSH, "BRPOPLPUSH").arity(4).flags(WRITE, DENYOOM, NOSCRIPT, BLOCKING).keys(fromTo);
    table.command(BLMPOP, "BLMPOP").arity(-5).flags(WRITE, BLOCKING).keys(counted(2, Access.READ_DELETE));
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case LPUSH -> push(call, ListEnd.FIRST, false);
      case RPUSH -> push(call, ListEnd.LAST, false);
      case LPUSHX -> push(call, ListEnd.FIRST, true);
      case RPUSHX -> push(call, ListEnd.LAST, true);
      case LPOP -> pop(call, ListEnd.FIRST);
      case RPOP -> pop(call, ListEnd.LAST);
      case LLEN -> call.reply().integer(ListOps.length(call.db(), call.slice(1)));
      case LRANGE -> ListOps.range(call.db(), call.slice(1), call.integer(2), call.integer(3), call);
      case LINDEX -> get(call);
      case LSET -> set(call);
      case LINSERT -> insert(call);
      case LREM -> remove(call);
      case LTRIM -> trim(call);
      case LPOS -> ListPosition.reply(call);
      case LMOVE -> ListOps.move(call.db(), call.slice(1), end(call.slice(3)), call.slice(2), end(call.slice(4)), call);
      case RPOPLPUSH -> ListOps.move(call.db(), call.slice(1), ListEnd.LAST, call.slice(2), ListEnd.FIRST, call);
      case LMPOP -> popFirst(call, 1);
      case BLPOP -> popOrWait(call, ListEnd.FIRST);
      case BRPOP -> popOrWait(call, ListEnd.LAST);
      case BLMOVE -> moveOrWait(call, end(call.slice(3)), end(call.slice(4)), 5);
      case BRPOPLPUSH -> moveOrWait(call, ListEnd.LAST, ListEnd.FIRST, 3);
      case BLMPOP -> popFirst(call, 2);
      default -> throw noSuchRow(op);
    }
  }

  private static void push(Call call, ListEnd end, boolean ifPresent) {
    call.reply().integer(ListOps.push(call.db(), call.slice(1), call.args(), 2, end, ifPresent));
  }

  private static void pop(Call call, ListEnd end) {
    if (call.count() > 3) {
      throw Refusal.wrongArity(call.row().name());
    }
    if (call.count() == 2) {
      ListOps.pop(call.db(), call.slice(1), end, call);
    } else if (!ListOps.pop(call.db(), call.slice(1), end, call.integer(2, 0, Refusal.NOT_POSITIVE), call)) {
      call.reply().nilArray();
    }
  }

  private static void get(Call call) {
    try {
      ListOps.get(call.db(), call.slice(1), call.integer(2), call);
    } catch (Signal failure) { // that an index is no number is told only of a list, which is looked up first
      if (failure.failure() != Failure.NOT_AN_INTEGER || ListOps.length(call.db(), call.slice(1)) > 0) {
        throw failure;
      }
      call.reply().nil();
    }
  }

  private static void set(Call call) {
    try {
      ListOps.set(call.db(), call.slice(1), call.integer(2), call.slice(3));
    } catch (Signal failure) {
      throw failure.failure() == Failure.NOT_AN_INTEGER ? notOfList(call, failure) : failure;
    }
    call.reply().ok();
  }

  /** What is to be told of the key instead where it is no list. */
  private static Signal notOfList(Call call, Signal ofIndex) {
    ValueType type = KeyOps.typeByTheWay(call.db(), call.slice(1));
    return type == ValueType.LIST ? ofIndex : Signal.of(type == null ? Failure.NO_SUCH_KEY : Failure.WRONG_TYPE);
  }

  private static void insert(Call call) {
    boolean before = call.slice(2).is("BEFORE");
    if (!before && !call.slice(2).is("AFTER")) {
      throw Refusal.SYNTAX;
    }
    call.reply().integer(ListOps.insert(call.db(), call.slice(1), before, call.slice(3), call.slice(4)));
  }

  private static void remove(Call call) {
    long count = call.integer(2);
    long most = count == 0 || count == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(count);
    ListEnd from = count < 0 ? ListEnd.LAST : ListEnd.FIRST;
    call.reply().integer(ListOps.remove(call.db(), call.slice(1), call.slice(3), most, from));
  }

  private static void trim(Call call) {
    ListOps.trim(call.db(), call.slice(1), call.integer(2), call.integer(3));
    call.reply().ok();
  }

  static ListEnd end(Slice word) {
    if (word.is("LEFT")) {
      return ListEnd.FIRST;
    }
    if (word.is("RIGHT")) {
      return ListEnd.LAST;
    }
    throw Refusal.SYNTAX;
  }

  private static void popOrWait(Call call, ListEnd end) {
    int last = call.count() - 1;
    if (!call.take(ValueType.LIST, 1, last, null, Timeouts.endOfSeconds(call, last), (db, key, out) -> {
      begin(out, key);
      ListOps.pop(db, key, end, out);
    })) {
      call.reply().nilArray();
    }
  }

  /** A reply of two, the key and what follows. */
  private static void begin(ReplySink out, Slice key) {
    out.elements(2);
    out.value(key.array(), key.offset(), key.length());
  }

  private static void moveOrWait(Call call, ListEnd fromEnd, ListEnd toEnd, int timeout) {
    Slice target = call.slice(2).kept(); // the arguments are overwritten while it waits
    if (!call.take(ValueType.LIST, 1, 2, target, Timeouts.endOfSeconds(call, timeout),
        (db, key, out) -> ListOps.move(db, key, fromEnd, target, toEnd, out))) {
      call.reply().nil();
    }
  }

  /** LMPOP, and BLMPOP, which has its timeout in front. */
  private static void popFirst(Call call, int at) {
    long keys = call.integer(at, 1, Refusal.NUMKEYS_NOT_POSITIVE);
    if (keys >= call.count() - at - 1) {
      throw Refusal.SYNTAX;
    }
    int first = at + 1;
    int behind = first + (int) keys;
    ListEnd end = end(call.slice(behind));
    long count = 1;
    for (int i = behind + 1; i < call.count(); i += 2) {
      if (i > behind + 1 || !call.slice(i).is("COUNT") || i + 1 == call.count()) {
        throw Refusal.SYNTAX;
      }
      count = call.integer(i + 1, 1, Refusal.COUNT_NOT_POSITIVE);
    }
    long most = count;
    boolean taken = at == 1
        ? ListOps.popFirst(call.db(), call.args(), first, behind, end, count, call)
        : call.take(ValueType.LIST, first, behind, null, Timeouts.endOfSeconds(call, 1), (db, key, out) -> {
          begin(out, key);
          ListOps.pop(db, key, end, most, out);
        });
    if (!taken) {
      call.reply().nilArray();
    }
  }
}
