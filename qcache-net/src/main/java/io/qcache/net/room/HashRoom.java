package io.qcache.net.room;

import static io.qcache.net.command.Flag.DENYOOM;
import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.READONLY;
import static io.qcache.net.command.Flag.WRITE;
import static io.qcache.net.command.Keys.one;

import io.qcache.ValueType;
import io.qcache.engine.HashOps;
import io.qcache.net.command.Access;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Room;
import io.qcache.net.room.CollectionReply.Shape;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** Commands of the hash type. */
final class HashRoom extends Room {
  private static final int HSET = 0, HSETNX = 1, HMSET = 2, HGET = 3, HMGET = 4, HGETALL = 5, HKEYS = 6, HVALS = 7, HLEN = 8,
      HSTRLEN = 9, HEXISTS = 10, HDEL = 11, HINCRBY = 12, HINCRBYFLOAT = 13, HRANDFIELD = 14, HSCAN = 15;

  HashRoom() {
    super(Category.HASH);
  }

  @Override public void declare(CommandTable table) {
    table.command(HSET, "HSET").arity(-4).flags(WRITE, DENYOOM, FAST).keys(one(Access.UPDATE));
    table.command(HSETNX, "HSETNX").arity(4).flags(WRITE, DENYOOM, FAST).keys(one(Access.EXTEND));
    table.command(HMSET, "HMSET").arity(-4).flags(WRITE, DENYOOM, FAST).keys(one(Access.UPDATE));
    table.command(HGET, "HGET").arity(3).flags(READONLY, FAST).keys(one(Access.READ));
    table.command(HMGET, "HMGET").arity(-3).flags(READONLY, FAST).keys(one(Access.READ));
    table.command(HGETALL, "HGETALL").arity(2).flags(READONLY).keys(one(Access.READ));
    table.command(HKEYS, "HKEYS").arity(2).flags(READONLY).keys(one(Access.READ));
    table.command(HVALS, "HVALS").arity(2).flags(READONLY).keys(one(Access.READ));
    table.command(HLEN, "HLEN").arity(2).flags(READONLY, FAST).keys(one(Access.LOOK));
    table.command(HSTRLEN, "HSTRLEN").arity(3).flags(READONLY, FAST).keys(one(Access.LOOK));
    table.command(HEXISTS, "HEXISTS").arity(3).flags(READONLY, FAST).keys(one(Access.LOOK));
    table.command(HDEL, "HDEL").arity(-3).flags(WRITE, FAST).keys(one(Access.SHRINK));
    table.command(HINCRBY, "HINCRBY").arity(4).flags(WRITE, DENYOOM, FAST).keys(one(Access.READ_WRITE));
    table.command(HINCRBYFLOAT, "HINCRBYFLOAT").arity(4).flags(WRITE, DENYOOM, FAST).keys(one(Access.READ_WRITE));
    table.command(HRANDFIELD, "HRANDFIELD").arity(-2).flags(READONLY).keys(one(Access.READ));
    table.command(HSCAN, "HSCAN").arity(-3).flags(READONLY).keys(one(Access.READ));
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case HSET -> call.reply().integer(set(call));
      case HSETNX -> call.reply().integer(
          HashOps.setIfAbsent(call.db(), call.slice(1), call.slice(2), call.slice(3)) ? 1 : 0);
      case HMSET -> {
        set(call);
        call.reply().ok();
      }
      case HGET -> HashOps.get(call.db(), call.slice(1), call.slice(2), call);
      case HMGET -> HashOps.getAll(call.db(), call.slice(1), call.args(), 2, call);
      case HGETALL -> HashOps.entries(call.db(), call.slice(1), new CollectionReply(call, Shape.MAP));
      case HKEYS -> HashOps.fields(call.db(), call.slice(1), call);
      case HVALS -> HashOps.values(call.db(), call.slice(1), call);
      case HLEN -> call.reply().integer(HashOps.size(call.db(), call.slice(1)));
      case HSTRLEN -> call.reply().integer(HashOps.length(call.db(), call.slice(1), call.slice(2)));
      case HEXISTS -> call.reply().integer(HashOps.contains(call.db(), call.slice(1), call.slice(2)) ? 1 : 0);
      case HDEL -> call.reply().integer(HashOps.delete(call.db(), call.slice(1), call.args(), 2));
      case HINCRBY -> {
        long by = call.integer(3);
        call.reply().integer(HashOps.increment(call.db(), call.slice(1), call.slice(2), by));
      }
      case HINCRBYFLOAT -> HashOps.incrementFloat(call.db(), call.slice(1), call.slice(2), call.slice(3), call);
      case HRANDFIELD -> random(call);
      case HSCAN -> scan(call);
      default -> throw noSuchRow(op);
    }
  }

  private static long set(Call call) {
    if (call.count() % 2 == 1) {
      throw Refusal.wrongArity(call.row().name());
    }
    return HashOps.set(call.db(), call.slice(1), call.args(), 2);
  }

  private static void random(Call call) {
    if (call.count() == 2) {
      HashOps.random(call.db(), call.slice(1), call);
      return;
    }
    long count = ElementArguments.count(call);
    boolean withValues = call.count() > 3;
    if (call.count() > 4 || (withValues && !call.slice(3).is("WITHVALUES"))) {
      throw Refusal.SYNTAX;
    }
    if (withValues && Math.abs(count) > Long.MAX_VALUE / 2) {
      throw Refusal.OUT_OF_RANGE;
    }
    HashOps.random(call.db(), call.slice(1), count, withValues, withValues ? new CollectionReply(call, Shape.PAIRS) : call);
  }

  private static void scan(Call call) {
    ElementArguments.scan(call, ValueType.HASH, HashOps::scan);
  }
}
