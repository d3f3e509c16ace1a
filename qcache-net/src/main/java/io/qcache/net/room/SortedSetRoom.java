package io.qcache.net.room;

import static io.qcache.net.command.Flag.BLOCKING;
import static io.qcache.net.command.Flag.DENYOOM;
import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.NOSCRIPT;
import static io.qcache.net.command.Flag.READONLY;
import static io.qcache.net.command.Flag.WRITE;
import static io.qcache.net.command.Keys.counted;
import static io.qcache.net.command.Keys.one;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.engine.MemberRange;
import io.qcache.engine.Numbers;
import io.qcache.engine.Signal;
import io.qcache.engine.Slice;
import io.qcache.engine.SortedSetCombination.Kind;
import io.qcache.engine.SortedSetOps;
import io.qcache.net.command.Access;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Keys;
import io.qcache.net.command.Room;
import io.qcache.net.command.Row;
import io.qcache.net.room.CombinationArguments.Reply;
import io.qcache.net.room.RangeArguments.By;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** Commands of the sorted set type. */
final class SortedSetRoom extends Room {
  private static final int ZADD = 0, ZINCRBY = 1, ZREM = 2, ZCARD = 3, ZCOUNT = 4, ZLEXCOUNT = 5, ZSCORE = 6, ZMSCORE = 7,
      ZRANK = 8, ZREVRANK = 9, ZRANGE = 10, ZRANGESTORE = 11, ZRANGEBYSCORE = 12, ZREVRANGEBYSCORE = 13, ZRANGEBYLEX = 14,
      ZREVRANGEBYLEX = 15, ZREVRANGE = 16, ZREMRANGEBYRANK = 17, ZREMRANGEBYSCORE = 18, ZREMRANGEBYLEX = 19, ZPOPMIN = 20,
      ZPOPMAX = 21, ZMPOP = 22, ZRANDMEMBER = 23, ZSCAN = 24, ZUNION = 25, ZINTER = 26, ZDIFF = 27, ZUNIONSTORE = 28,
      ZINTERSTORE = 29, ZDIFFSTORE = 30, ZINTERCARD = 31, BZPOPMIN = 32, BZPOPMAX = 33, BZMPOP = 34;

  SortedSetRoom() {
    super(Category.SORTEDSET);
  }

  @Override public void declare(CommandTable table) {
    table.command(ZADD, "ZADD").arity(-4).flags(WRITE, DENYOOM, FAST).keys(one(Access.UPDATE));
    table.command(ZINCRBY, "ZINCRBY").arity(4).flags(WRITE, DENYOOM, FAST).keys(one(Access.READ_WRITE));
    table.command(ZREM, "ZREM").arity(-3).flags(WRITE, FAST).keys(one(Access.SHRINK));
    table.command(ZCARD, "ZCARD").arity(2).flags(READONLY, FAST).keys(one(Access.LOOK));
    read(table, ZCOUNT, "ZCOUNT", 4).flags(FAST);
    read(table, ZLEXCOUNT, "ZLEXCOUNT", 4).flags(FAST);
    read(table, ZSCORE, "ZSCORE", 3).flags(FAST);
    read(table, ZMSCORE, "ZMSCORE", -3).flags(FAST);
    read(table, ZRANK, "ZRANK", 3).flags(FAST);
    read(table, ZREVRANK, "ZREVRANK", 3).flags(FAST);
    read(table, ZRANGE, "ZRANGE", -4);
    read(table, ZRANGEBYSCORE, "ZRANGEBYSCORE", -4);
    read(table, ZREVRANGEBYSCORE, "ZREVRANGEBYSCORE", -4);
    read(table, ZRANGEBYLEX, "ZRANGEBYLEX", -4);
    read(table, ZREVRANGEBYLEX, "ZREVRANGEBYLEX", -4);
    read(table, ZREVRANGE, "ZREVRANGE", -4);
    read(table, ZRANDMEMBER, "ZRANDMEMBER", -2);
    read(table, ZSCAN, "ZSCAN", -3);
    table.command(ZREMRANGEBYRANK, "ZREMRANGEBYRANK").arity(4).flags(WRITE).keys(one(Access.SHRINK));
    table.command(ZREMRANGEBYSCORE, "ZREMRANGEBYSCORE").arity(4).flags(WRITE).keys(one(Access.SHRINK));
    table.command(ZREMRANGEBYLEX, "ZREMRANGEBYLEX").arity(4).flags(WRITE).keys(one(Access.SHRINK));
    table.command(ZPOPMIN, "ZPOPMIN").arity(-2).flags(WRITE, FAST).keys(one(Access.READ_DELETE));
    table.command(ZPOPMAX, "ZPOPMAX").arity(-2).flags(WRITE, FAST).keys(one(Access.READ_DELETE));
    table.command(ZMPOP, "ZMPOP").arity(-4).flags(WRITE).keys(counted(1, Access.READ_DELETE));
    Keys allButLast = Keys.range(1, -2, 1, Access.READ_DELETE);
    table.command(BZPOPMIN, "BZPOPMIN").arity(-3).flags(WRITE, NOSCRIPT, BLOCKING, FAST).keys(allButLast);
    table.command(BZPOPMAX, "BZPOPMAX").arity(-3).flags(WRITE, NOSCRIPT, BLOCKING, FAST).keys(allButLast);
    table.command(BZMPOP, "BZMPOP").arity(-5).flags(WRITE, BLOCKING).keys(counted(2, Access.READ_DELETE));
    table.command(ZRANGESTORE, "ZRANGESTORE").arity(-5).flags(WRITE, DENYOOM)
        .keys(one(Access.WRITE).and(Keys.range(2, 2, 1, Access.READ)));
    combine(table, ZUNION, "ZUNION", -3);
    combine(table, ZINTER, "ZINTER", -3);
    combine(table, ZDIFF, "ZDIFF", -3);
    combine(table, ZINTERCARD, "ZINTERCARD", -3);
    store(table, ZUNIONSTORE, "ZUNIONSTORE");
    store(table, ZINTERSTORE, "ZINTERSTORE");
    store(table, ZDIFFSTORE, "ZDIFFSTORE");
  }

  private static Row read(CommandTable table, int op, String name, int arity) {
    return table.command(op, name).arity(arity).flags(READONLY).keys(one(Access.READ));
  }

  private static void combine(CommandTable table, int op, String name, int arity) {
    table.command(op, name).arity(arity).flags(READONLY).keys(counted(1, Access.READ));
  }

  private static void store(CommandTable table, int op, String name) {
    table.command(op, name).arity(-4).flags(WRITE, DENYOOM).keys(one(Access.WRITE).and(counted(2, Access.READ)));
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case ZADD -> add(call, false);
      case ZINCRBY -> add(call, true);
      case ZREM -> call.reply().integer(SortedSetOps.remove(call.db(), call.slice(1), call.args(), 2));
      case ZCARD -> call.reply().integer(SortedSetOps.size(call.db(), call.slice(1)));
      case ZCOUNT -> count(call, RangeArguments.scores(call.slice(2), call.slice(3)));
      case ZLEXCOUNT -> count(call, RangeArguments.members(call.slice(2), call.slice(3)));
      case ZSCORE -> score(call, SortedSetOps.score(call.db(), call.slice(1), call.slice(2)));
      case ZMSCORE -> scores(call);
      case ZRANK -> rank(call, false);
      case ZREVRANK -> rank(call, true);
      case ZRANGE -> range(call, RangeArguments.untold());
      case ZRANGEBYSCORE -> range(call, RangeArguments.of(By.SCORE, false));
      case ZREVRANGEBYSCORE -> range(call, RangeArguments.of(By.SCORE, true));
      case ZRANGEBYLEX -> range(call, RangeArguments.of(By.LEX, false));
      case ZREVRANGEBYLEX -> range(call, RangeArguments.of(By.LEX, true));
      case ZREVRANGE -> range(call, RangeArguments.of(By.RANK, true));
      case ZRANGESTORE -> storeRange(call);
      case ZREMRANGEBYRANK -> remove(call, MemberRange.ranks(call.integer(2), call.integer(3)));
      case ZREMRANGEBYSCORE -> remove(call, RangeArguments.scores(call.slice(2), call.slice(3)));
      case ZREMRANGEBYLEX -> remove(call, RangeArguments.members(call.slice(2), call.slice(3)));
      case ZPOPMIN -> pop(call, false);
      case ZPOPMAX -> pop(call, true);
      case ZMPOP -> popFirst(call, 1);
      case BZPOPMIN -> popOrWait(call, false);
      case BZPOPMAX -> popOrWait(call, true);
      case BZMPOP -> popFirst(call, 2);
      case ZRANDMEMBER -> random(call);
      case ZSCAN -> scan(call);
      case ZUNION -> combine(call, Kind.UNION);
      case ZINTER -> combine(call, Kind.INTERSECTION);
      case ZDIFF -> combine(call, Kind.DIFFERENCE);
      case ZUNIONSTORE -> store(call, Kind.UNION);
      case ZINTERSTORE -> store(call, Kind.INTERSECTION);
      case ZDIFFSTORE -> store(call, Kind.DIFFERENCE);
      case ZINTERCARD -> intersectionSize(call);
      default -> throw noSuchRow(op);
    }
  }

  // Adding

  private static void add(Call call, boolean incrementing) {
    int options = 0;
    boolean increment = incrementing;
    int at = 2;
    for (; at < call.count(); at++) {
      int bit = option(call.slice(at));
      if (bit != 0) {
        options |= bit;
      } else if (call.slice(at).is("INCR")) {
        increment = true;
      } else {
        break;
      }
    }
    int pairs = (call.count() - at) / 2;
    if (pairs == 0 || (call.count() - at) % 2 != 0) {
      throw Refusal.SYNTAX;
    }
    requireNoConflict(options);
    if (increment && pairs > 1) {
      throw Refusal.ONE_INCREMENT;
    }
    double[] scores = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      scores[i] = number(call.slice(at + 2 * i));
    }
    if (increment) {
      score(call, SortedSetOps.increment(call.db(), call.slice(1), scores[0], call.slice(at + 1), options));
    } else {
      call.reply().integer(SortedSetOps.add(call.db(), call.slice(1), scores, call.args(), at + 1, 2, options));
    }
  }

  private static int option(Slice option) {
    if (option.length() != 2) {
      return 0;
    }
    return option.is("NX") ? SortedSetOps.IF_ABSENT : option.is("XX") ? SortedSetOps.IF_PRESENT
        : option.is("GT") ? SortedSetOps.IF_GREATER : option.is("LT") ? SortedSetOps.IF_LESS
        : option.is("CH") ? SortedSetOps.COUNT_CHANGED : 0;
  }

  private static void requireNoConflict(int options) {
    boolean absent = (options & SortedSetOps.IF_ABSENT) != 0;
    boolean greater = (options & SortedSetOps.IF_GREATER) != 0;
    boolean less = (options & SortedSetOps.IF_LESS) != 0;
    if (absent && (options & SortedSetOps.IF_PRESENT) != 0) {
      throw Refusal.ABSENT_AND_PRESENT;
    }
    if ((greater && absent) || (less && absent) || (greater && less)) {
      throw Refusal.SCORE_CONDITIONS_CONFLICT;
    }
  }

  private static double number(Slice text) {
    double number = Numbers.strictDouble(text);
    if (number != number) {
      throw Signal.of(Failure.NOT_A_FLOAT);
    }
    return number;
  }

  // Reading

  private static void count(Call call, MemberRange range) {
    call.reply().integer(SortedSetOps.count(call.db(), call.slice(1), range));
  }

  private static void score(Call call, double score) {
    if (score == score) {
      call.reply().doubleNumber(score);
    } else {
      call.reply().nil();
    }
  }

  private static void scores(Call call) {
    double[] scores = SortedSetOps.scores(call.db(), call.slice(1), call.args(), 2);
    call.reply().array(scores.length);
    for (double score : scores) {
      score(call, score);
    }
  }

  private static void rank(Call call, boolean backwards) {
    long rank = SortedSetOps.rank(call.db(), call.slice(1), call.slice(2), backwards);
    if (rank < 0) {
      call.reply().nil();
    } else {
      call.reply().integer(rank);
    }
  }

  private static void range(Call call, RangeArguments arguments) {
    arguments.options(call, 4, true);
    MemberRange range = arguments.range(call, 2);
    SortedSetOps.range(call.db(), call.slice(1), range, arguments.isScored() ? ScoredReply.scored(call) : ScoredReply.members(call));
  }

  private static void random(Call call) {
    if (call.count() == 2) {
      if (!SortedSetOps.random(call.db(), call.slice(1), (array, from, length, score) -> call.reply().bulk(array, from, length))) {
        call.reply().nil();
      }
      return;
    }
    long count = call.integer(2);
    if (count == Long.MIN_VALUE) {
      throw Refusal.NOT_A_COUNT;
    }
    if (call.count() > 4 || (call.count() == 4 && !call.slice(3).is("WITHSCORES"))) {
      throw Refusal.SYNTAX;
    }
    boolean scored = call.count() == 4;
    if (scored && (count < -Long.MAX_VALUE / 2 || count > Long.MAX_VALUE / 2)) {
      throw Refusal.OUT_OF_RANGE;
    }
    SortedSetOps.random(call.db(), call.slice(1), count, scored ? ScoredReply.scored(call) : ScoredReply.members(call));
  }

  private static void scan(Call call) {
    long cursor = ScanArguments.cursor(call.slice(2));
    ScannedMembers members = new ScannedMembers();
    long next = 0;
    if (SortedSetOps.size(call.db(), call.slice(1)) > 0) { // options are looked at only where there is something
      ScanArguments options = ScanArguments.within(call);
      next = SortedSetOps.scan(call.db(), call.slice(1), cursor, options.count(), options.match(), members);
    }
    call.reply().array(2);
    call.reply().bulkNumber(next);
    members.replyTo(call.reply());
  }

  // Removing

  private static void remove(Call call, MemberRange range) {
    call.reply().integer(SortedSetOps.remove(call.db(), call.slice(1), range));
  }

  private static void pop(Call call, boolean greatest) {
    if (call.count() > 3) {
      throw Refusal.SYNTAX;
    }
    if (call.count() == 2) {
      SortedSetOps.pop(call.db(), call.slice(1), greatest, 1, ScoredReply.flat(call));
    } else {
      long count = Positive.orZero(call.slice(2), Refusal.NOT_POSITIVE);
      SortedSetOps.pop(call.db(), call.slice(1), greatest, count, ScoredReply.scored(call));
    }
  }

  private static void popOrWait(Call call, boolean greatest) {
    int last = call.count() - 1;
    if (!call.take(ValueType.SORTED_SET, 1, last, null, Timeouts.endOfSeconds(call, last),
        (db, key, out) -> SortedSetOps.pop(db, key, greatest, 1, new PoppedReply(out.reply(), key)))) {
      call.reply().nilArray();
    }
  }

  /** ZMPOP, and BZMPOP, which has its timeout in front. */
  private static void popFirst(Call call, int countAt) {
    long keys = Positive.above0(call.slice(countAt), Refusal.NUMKEYS_NOT_POSITIVE);
    if (keys > call.count() - countAt - 2) {
      throw Refusal.SYNTAX;
    }
    int first = countAt + 1;
    int at = first + (int) keys;
    boolean greatest = call.slice(at).is("MAX");
    if (!greatest && !call.slice(at).is("MIN")) {
      throw Refusal.SYNTAX;
    }
    long count = 1;
    if (call.count() > at + 1) {
      if (!call.slice(at + 1).is("COUNT") || call.count() == at + 2) {
        throw Refusal.SYNTAX;
      }
      count = Positive.above0(call.slice(at + 2), Refusal.COUNT_NOT_POSITIVE);
      if (call.count() > at + 3) {
        throw Refusal.SYNTAX;
      }
    }
    long most = count;
    boolean taken = countAt == 1
        ? SortedSetOps.popFirst(call.db(), call.args(), first, (int) keys, greatest, count, ScoredReply.keyAndPairs(call))
        : call.take(ValueType.SORTED_SET, first, at, null, Timeouts.endOfSeconds(call, 1), (db, key, out) -> {
          ScoredReply reply = ScoredReply.keyAndPairs(out);
          reply.key(key);
          SortedSetOps.pop(db, key, greatest, most, reply);
        });
    if (!taken) {
      call.reply().nilArray();
    }
  }

  // Combining

  private static void storeRange(Call call) {
    RangeArguments arguments = RangeArguments.untold().options(call, 5, false);
    MemberRange range = arguments.range(call, 3);
    call.reply().integer(SortedSetOps.store(call.db(), call.slice(1), call.slice(2), range));
  }

  private static void combine(Call call, Kind kind) {
    CombinationArguments arguments = new CombinationArguments(call, kind, Reply.MEMBERS, 1);
    SortedSetOps.combine(call.db(), arguments.combination(),
        arguments.isScored() ? ScoredReply.scored(call) : ScoredReply.members(call));
  }

  private static void store(Call call, Kind kind) {
    CombinationArguments arguments = new CombinationArguments(call, kind, Reply.STORED, 2);
    call.reply().integer(SortedSetOps.store(call.db(), call.slice(1), arguments.combination()));
  }

  private static void intersectionSize(Call call) {
    CombinationArguments arguments = new CombinationArguments(call, Kind.INTERSECTION, Reply.SIZE, 1);
    call.reply().integer(SortedSetOps.intersectionSize(call.db(), arguments.combination(), arguments.limit()));
  }
}
