package io.qcache.net.room;

import static io.qcache.net.command.Flag.DENYOOM;
import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.READONLY;
import static io.qcache.net.command.Flag.WRITE;
import static io.qcache.net.command.Keys.all;
import static io.qcache.net.command.Keys.counted;
import static io.qcache.net.command.Keys.one;
import static io.qcache.net.command.Keys.range;

import io.qcache.ValueType;
import io.qcache.engine.SetOps;
import io.qcache.net.command.Access;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Keys;
import io.qcache.net.command.Room;
import io.qcache.net.room.CollectionReply.Shape;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** Commands of the set type. */
final class SetRoom extends Room {
  private static final int SADD = 0, SREM = 1, SISMEMBER = 2, SMISMEMBER = 3, SCARD = 4, SMEMBERS = 5, SPOP = 6, SRANDMEMBER = 7,
      SMOVE = 8, SINTER = 9, SINTERSTORE = 10, SINTERCARD = 11, SUNION = 12, SUNIONSTORE = 13, SDIFF = 14, SDIFFSTORE = 15,
      SSCAN = 16;

  SetRoom() {
    super(Category.SET);
  }

  @Override public void declare(CommandTable table) {
    Keys sources = range(2, -1, 1, Access.READ);
    table.command(SADD, "SADD").arity(-3).flags(WRITE, DENYOOM, FAST).keys(one(Access.EXTEND));
    table.command(SREM, "SREM").arity(-3).flags(WRITE, FAST).keys(one(Access.SHRINK));
    table.command(SISMEMBER, "SISMEMBER").arity(3).flags(READONLY, FAST).keys(one(Access.LOOK));
    table.command(SMISMEMBER, "SMISMEMBER").arity(-3).flags(READONLY, FAST).keys(one(Access.READ));
    table.command(SCARD, "SCARD").arity(2).flags(READONLY, FAST).keys(one(Access.LOOK));
    table.command(SMEMBERS, "SMEMBERS").arity(2).flags(READONLY).keys(one(Access.READ));
    table.command(SPOP, "SPOP").arity(-2).flags(WRITE, FAST).keys(one(Access.READ_DELETE));
    table.command(SRANDMEMBER, "SRANDMEMBER").arity(-2).flags(READONLY).keys(one(Access.READ));
    table.command(SMOVE, "SMOVE").arity(4).flags(WRITE, FAST)
        .keys(one(Access.READ_DELETE).and(range(2, 2, 1, Access.EXTEND)));
    table.command(SINTER, "SINTER").arity(-2).flags(READONLY).keys(all(Access.READ));
    table.command(SINTERSTORE, "SINTERSTORE").arity(-3).flags(WRITE, DENYOOM).keys(one(Access.UPDATE).and(sources));
    table.command(SINTERCARD, "SINTERCARD").arity(-3).flags(READONLY).keys(counted(1, Access.READ));
    table.command(SUNION, "SUNION").arity(-2).flags(READONLY).keys(all(Access.READ));
    table.command(SUNIONSTORE, "SUNIONSTORE").arity(-3).flags(WRITE, DENYOOM).keys(one(Access.WRITE).and(sources));
    table.command(SDIFF, "SDIFF").arity(-2).flags(READONLY).keys(all(Access.READ));
    table.command(SDIFFSTORE, "SDIFFSTORE").arity(-3).flags(WRITE, DENYOOM).keys(one(Access.WRITE).and(sources));
    table.command(SSCAN, "SSCAN").arity(-3).flags(READONLY).keys(one(Access.READ));
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case SADD -> call.reply().integer(SetOps.add(call.db(), call.slice(1), call.args(), 2));
      case SREM -> call.reply().integer(SetOps.remove(call.db(), call.slice(1), call.args(), 2));
      case SISMEMBER -> call.reply().integer(SetOps.contains(call.db(), call.slice(1), call.slice(2)) ? 1 : 0);
      case SMISMEMBER -> contains(call);
      case SCARD -> call.reply().integer(SetOps.size(call.db(), call.slice(1)));
      case SMEMBERS -> SetOps.members(call.db(), call.slice(1), set(call));
      case SPOP -> pop(call);
      case SRANDMEMBER -> random(call);
      case SMOVE -> call.reply().integer(SetOps.move(call.db(), call.slice(1), call.slice(2), call.slice(3)) ? 1 : 0);
      case SINTER -> SetOps.intersection(call.db(), call.args(), 1, set(call));
      case SINTERSTORE -> call.reply().integer(SetOps.storeIntersection(call.db(), call.slice(1), call.args(), 2));
      case SINTERCARD -> intersectionSize(call);
      case SUNION -> SetOps.union(call.db(), call.args(), 1, set(call));
      case SUNIONSTORE -> call.reply().integer(SetOps.storeUnion(call.db(), call.slice(1), call.args(), 2));
      case SDIFF -> SetOps.difference(call.db(), call.args(), 1, set(call));
      case SDIFFSTORE -> call.reply().integer(SetOps.storeDifference(call.db(), call.slice(1), call.args(), 2));
      case SSCAN -> ElementArguments.scan(call, ValueType.SET, SetOps::scan);
      default -> throw noSuchRow(op);
    }
  }

  private static CollectionReply set(Call call) {
    return new CollectionReply(call, Shape.SET);
  }

  private static void contains(Call call) {
    boolean[] are = SetOps.contains(call.db(), call.slice(1), call.args(), 2);
    call.reply().array(are.length);
    for (boolean is : are) {
      call.reply().integer(is ? 1 : 0);
    }
  }

  private static void pop(Call call) {
    if (call.count() == 2) {
      SetOps.pop(call.db(), call.slice(1), call);
      return;
    }
    requireOneOption(call);
    SetOps.pop(call.db(), call.slice(1), call.integer(2, 0, Refusal.NOT_POSITIVE), set(call));
  }

  private static void random(Call call) {
    if (call.count() == 2) {
      SetOps.random(call.db(), call.slice(1), call);
      return;
    }
    requireOneOption(call);
    SetOps.random(call.db(), call.slice(1), ElementArguments.count(call), call);
  }

  private static void requireOneOption(Call call) {
    if (call.count() > 3) {
      throw Refusal.SYNTAX;
    }
  }

  private static void intersectionSize(Call call) {
    long keys = call.integer(1, 1, Refusal.NUMKEYS_NOT_POSITIVE);
    if (keys > call.count() - 2) {
      throw Refusal.MORE_KEYS_THAN_ARGUMENTS;
    }
    int end = 2 + (int) keys;
    long most = 0;
    for (int i = end; i < call.count(); i += 2) {
      if (!call.slice(i).is("LIMIT") || i + 1 == call.count()) {
        throw Refusal.SYNTAX;
      }
      most = call.integer(i + 1, 0, Refusal.LIMIT_NEGATIVE);
    }
    call.reply().integer(SetOps.intersectionSize(call.db(), call.args(), 2, end, most == 0 ? Long.MAX_VALUE : most));
  }
}
