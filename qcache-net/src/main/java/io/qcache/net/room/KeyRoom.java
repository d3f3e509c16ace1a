package io.qcache.net.room;

import static io.qcache.net.command.Flag.DENYOOM;
import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.READONLY;
import static io.qcache.net.command.Flag.WRITE;
import static io.qcache.net.command.Keys.all;
import static io.qcache.net.command.Keys.one;
import static io.qcache.net.command.Keys.range;

import io.qcache.ValueType;
import io.qcache.engine.Database;
import io.qcache.engine.Deadline;
import io.qcache.engine.Glob;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Slice;
import io.qcache.net.command.Access;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Keys;
import io.qcache.net.command.Room;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** Commands of keys, whatever type they hold. */
final class KeyRoom extends Room {
  private static final int DEL = 0, UNLINK = 1, EXISTS = 2, TOUCH = 3, TYPE = 4, EXPIRE = 5, PEXPIRE = 6, EXPIREAT = 7,
      PEXPIREAT = 8, TTL = 9, PTTL = 10, EXPIRETIME = 11, PEXPIRETIME = 12, PERSIST = 13, RENAME = 14, RENAMENX = 15,
      COPY = 16, MOVE = 17, RANDOMKEY = 18, KEYS = 19, SCAN = 20;

  KeyRoom() {
    super(Category.KEYSPACE);
  }

  @Override public void declare(CommandTable table) {
    table.command(DEL, "DEL").arity(-2).flags(WRITE).keys(all(Access.DELETE));
    table.command(UNLINK, "UNLINK").arity(-2).flags(WRITE, FAST).keys(all(Access.DELETE));
    table.command(EXISTS, "EXISTS").arity(-2).flags(READONLY, FAST).keys(all(Access.LOOK));
    table.command(TOUCH, "TOUCH").arity(-2).flags(READONLY, FAST).keys(all(Access.LOOK));
    table.command(TYPE, "TYPE").arity(2).flags(READONLY, FAST).keys(one(Access.LOOK));
    table.command(EXPIRE, "EXPIRE").arity(-3).flags(WRITE, FAST).keys(one(Access.UPDATE));
    table.command(PEXPIRE, "PEXPIRE").arity(-3).flags(WRITE, FAST).keys(one(Access.UPDATE));
    table.command(EXPIREAT, "EXPIREAT").arity(-3).flags(WRITE, FAST).keys(one(Access.UPDATE));
    table.command(PEXPIREAT, "PEXPIREAT").arity(-3).flags(WRITE, FAST).keys(one(Access.UPDATE));
    table.command(TTL, "TTL").arity(2).flags(READONLY, FAST).keys(one(Access.READ));
    table.command(PTTL, "PTTL").arity(2).flags(READONLY, FAST).keys(one(Access.READ));
    table.command(EXPIRETIME, "EXPIRETIME").arity(2).flags(READONLY, FAST).keys(one(Access.READ));
    table.command(PEXPIRETIME, "PEXPIRETIME").arity(2).flags(READONLY, FAST).keys(one(Access.READ));
    table.command(PERSIST, "PERSIST").arity(2).flags(WRITE, FAST).keys(one(Access.UPDATE));
    table.command(RENAME, "RENAME").arity(3).flags(WRITE).keys(fromTo(Access.READ_DELETE, Access.WRITE));
    table.command(RENAMENX, "RENAMENX").arity(3).flags(WRITE, FAST).keys(fromTo(Access.READ_DELETE, Access.INSERT));
    table.command(COPY, "COPY").arity(-3).flags(WRITE, DENYOOM).keys(fromTo(Access.READ, Access.WRITE));
    table.command(MOVE, "MOVE").arity(3).flags(WRITE, FAST).keys(one(Access.READ_WRITE));
    table.command(RANDOMKEY, "RANDOMKEY").arity(1).flags(READONLY).wholeKeyspace();
    table.command(KEYS, "KEYS").arity(2).flags(READONLY).categories(Category.DANGEROUS).wholeKeyspace();
    table.command(SCAN, "SCAN").arity(-2).flags(READONLY).wholeKeyspace();
  }

  private static Keys fromTo(Access from, Access to) {
    return one(from).and(range(2, 2, 1, to));
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case DEL, UNLINK -> call.reply().integer(KeyOps.delete(call.db(), call.args(), 1));
      case EXISTS -> call.reply().integer(KeyOps.exists(call.db(), call.args(), 1));
      case TOUCH -> call.reply().integer(KeyOps.touch(call.db().touching(true), call.args(), 1));
      case TYPE -> type(call);
      case EXPIRE -> expire(call, true, true);
      case PEXPIRE -> expire(call, false, true);
      case EXPIREAT -> expire(call, true, false);
      case PEXPIREAT -> expire(call, false, false);
      case TTL -> deadline(call, true, true);
      case PTTL -> deadline(call, false, true);
      case EXPIRETIME -> deadline(call, true, false);
      case PEXPIRETIME -> deadline(call, false, false);
      case PERSIST -> call.reply().integer(KeyOps.persist(call.db(), call.slice(1)) ? 1 : 0);
      case RENAME -> rename(call);
      case RENAMENX -> call.reply().integer(KeyOps.rename(call.db(), call.slice(1), call.slice(2), true) ? 1 : 0);
      case COPY -> copy(call);
      case MOVE -> call.reply().integer(KeyOps.move(call.db(), call.slice(1), database(call, 2)) ? 1 : 0);
      case RANDOMKEY -> KeyOps.random(call.db(), call);
      case KEYS -> keys(call);
      case SCAN -> scan(call);
      default -> throw noSuchRow(op);
    }
  }

  private static void type(Call call) {
    ValueType type = KeyOps.type(call.db(), call.slice(1));
    call.reply().simple(type == null ? "none" : type.wireName());
  }

  // Deadlines

  private static void expire(Call call, boolean seconds, boolean fromNow) {
    int condition = condition(call);
    long deadlineMillis = Deadline.of(call.integer(2), seconds, fromNow, call.host().engine().nowMillis());
    call.reply().integer(KeyOps.expire(call.db(), call.slice(1), deadlineMillis, condition) ? 1 : 0);
  }

  private static int condition(Call call) {
    int condition = 0;
    for (int i = 3; i < call.count(); i++) {
      condition |= conditionBit(call.slice(i));
    }
    boolean ordered = (condition & (KeyOps.IF_LATER | KeyOps.IF_EARLIER)) != 0;
    if ((condition & KeyOps.IF_ABSENT) != 0 && ((condition & KeyOps.IF_PRESENT) != 0 || ordered)) {
      throw Refusal.CONDITIONS_CONFLICT;
    }
    if ((condition & KeyOps.IF_LATER) != 0 && (condition & KeyOps.IF_EARLIER) != 0) {
      throw Refusal.LATER_AND_EARLIER;
    }
    return condition;
  }

  private static int conditionBit(Slice option) {
    if (option.is("NX")) {
      return KeyOps.IF_ABSENT;
    }
    if (option.is("XX")) {
      return KeyOps.IF_PRESENT;
    }
    if (option.is("GT")) {
      return KeyOps.IF_LATER;
    }
    if (option.is("LT")) {
      return KeyOps.IF_EARLIER;
    }
    throw Refusal.unsupportedOption(option);
  }

  private static void deadline(Call call, boolean seconds, boolean left) {
    long deadlineMillis = KeyOps.deadline(call.db(), call.slice(1));
    if (deadlineMillis == Deadline.MISSING) {
      call.reply().integer(-2);
    } else if (deadlineMillis == Deadline.NONE) {
      call.reply().integer(-1);
    } else {
      long millis = left ? Math.max(0, deadlineMillis - call.host().engine().nowMillis()) : deadlineMillis;
      call.reply().integer(seconds ? toSeconds(millis) : millis);
    }
  }

  /** To the nearest, and without adding 500 to what may be near the end of long. */
  private static long toSeconds(long millis) {
    return millis / 1000 + (millis % 1000 >= 500 ? 1 : 0);
  }

  // From one key to another

  private static void rename(Call call) {
    KeyOps.rename(call.db(), call.slice(1), call.slice(2), false);
    call.reply().ok();
  }

  private static void copy(Call call) {
    Database to = call.db();
    boolean replace = false;
    for (int i = 3; i < call.count(); i++) {
      if (call.slice(i).is("REPLACE")) {
        replace = true;
      } else if (call.slice(i).is("DB") && i + 1 < call.count()) {
        to = database(call, ++i);
      } else {
        throw Refusal.SYNTAX;
      }
    }
    call.reply().integer(KeyOps.copy(call.db(), call.slice(1), to, call.slice(2), replace) ? 1 : 0);
  }

  private static Database database(Call call, int i) {
    return call.host().engine().database(call.int32(i));
  }

  // The whole of a database

  private static void keys(Call call) {
    KeysWalk walk = new KeysWalk(call);
    if (call.isWithinTransaction()) {
      walk.replyAtOnce();
    } else {
      call.produce(walk);
    }
  }

  private static void scan(Call call) {
    long cursor = ScanArguments.cursor(call.slice(1));
    ScanArguments options = new ScanArguments(call);
    Collected keys = new Collected();
    long next = options.isUnknownType()
        ? KeyOps.scan(call.db(), cursor, options.count(), null, null, new Nowhere())
        : KeyOps.scan(call.db(), cursor, options.count(), options.match(), options.type(), keys);
    call.reply().array(2);
    call.reply().bulkNumber(next);
    keys.replyTo(call.reply());
  }
}
