package io.qcache.net.room;

import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import io.qcache.engine.SortedSetCombination;
import io.qcache.engine.SortedSetCombination.Aggregate;
import io.qcache.engine.SortedSetCombination.Kind;
import io.qcache.engine.SortedSetOps;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** What commands that combine sorted sets are told: how many keys, which, and how. */
final class CombinationArguments {
  /** What may be asked for beside weights and an aggregate. */
  enum Reply {
    MEMBERS, STORED, SIZE
  }

  private final Kind kind;
  private final Reply asked;
  private final int keys;
  private final SortedSetCombination combination;
  private boolean scored;
  private long limit;

  /** The number of keys is the argument at {@code at}, the keys stand behind it. */
  CombinationArguments(Call call, Kind kind, Reply asked, int at) {
    this.kind = kind;
    this.asked = asked;
    long count = call.integer(at);
    if (count < 1) {
      throw Refusal.noInputKey(call.row().name());
    }
    if (count > call.count() - (at + 1)) {
      throw Refusal.SYNTAX;
    }
    this.keys = (int) count;
    this.combination = new SortedSetCombination(kind, call.args(), at + 1, keys);
    try {
      options(call, at + 1 + keys);
    } catch (Refusal refusal) { // told only of keys that could be combined
      SortedSetOps.requireCombinable(call.db(), combination);
      throw refusal;
    }
  }

  private void options(Call call, int from) {
    boolean weighing = kind != Kind.DIFFERENCE && asked != Reply.SIZE;
    for (int i = from; i < call.count(); i++) {
      Slice option = call.slice(i);
      int left = call.count() - i;
      if (weighing && left >= keys + 1 && option.is("WEIGHTS")) {
        for (int key = 0; key < keys; key++) {
          combination.weight(key, weight(call.slice(++i)));
        }
      } else if (weighing && left >= 2 && option.is("AGGREGATE")) {
        combination.aggregate(aggregate(call.slice(++i)));
      } else if (asked == Reply.MEMBERS && option.is("WITHSCORES")) {
        scored = true;
      } else if (asked == Reply.SIZE && left >= 2 && option.is("LIMIT")) {
        limit = Positive.orZero(call.slice(++i), Refusal.NEGATIVE_LIMIT);
      } else {
        throw Refusal.SYNTAX;
      }
    }
  }

  private static double weight(Slice text) {
    double weight = Numbers.strictDouble(text);
    if (weight != weight) {
      throw Refusal.NOT_A_WEIGHT;
    }
    return weight;
  }

  private static Aggregate aggregate(Slice name) {
    if (name.is("SUM")) {
      return Aggregate.SUM;
    }
    if (name.is("MIN")) {
      return Aggregate.MIN;
    }
    if (name.is("MAX")) {
      return Aggregate.MAX;
    }
    throw Refusal.SYNTAX;
  }

  SortedSetCombination combination() {
    return combination;
  }

  boolean isScored() {
    return scored;
  }

  /** 0 for none. */
  long limit() {
    return limit;
  }
}
