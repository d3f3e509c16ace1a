package io.qcache.net.room;

import io.qcache.ListEnd;
import io.qcache.engine.ListOps;
import io.qcache.engine.Slice;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** LPOS, and what it may be told behind its operands: RANK, COUNT and MAXLEN, the last of each counting. */
final class ListPosition {
  private static final long ALL = Long.MAX_VALUE;

  private long rank = 1;
  private long count = -1; // as long as it is not given, one index is replied and not an array
  private long among = ALL;

  private ListPosition(Call call) {
    for (int i = 3; i < call.count(); i += 2) {
      Slice option = call.slice(i);
      if (i + 1 == call.count()) {
        throw Refusal.SYNTAX;
      } else if (option.is("RANK")) {
        rank = call.integer(i + 1);
        if (rank == 0) {
          throw Refusal.RANK_ZERO;
        }
      } else if (option.is("COUNT")) {
        count = call.integer(i + 1, 0, Refusal.COUNT_NEGATIVE);
      } else if (option.is("MAXLEN")) {
        among = call.integer(i + 1, 0, Refusal.MAXLEN_NEGATIVE);
      } else {
        throw Refusal.SYNTAX;
      }
    }
  }

  static void reply(Call call) {
    new ListPosition(call).replyTo(call);
  }

  private void replyTo(Call call) {
    long nth = rank == Long.MIN_VALUE ? 1 : Math.abs(rank); // whose negation is none, and below every count of matches
    long most = count < 0 ? 1 : count == 0 ? ALL : count;
    ListEnd from = rank < 0 ? ListEnd.LAST : ListEnd.FIRST;
    long[] found = ListOps.find(call.db(), call.slice(1), call.slice(2), from, nth, most, among == 0 ? ALL : among);
    if (count >= 0) {
      call.reply().array(found.length);
    } else if (found.length == 0) {
      call.reply().nil();
    }
    for (long index : found) {
      call.reply().integer(index);
    }
  }
}
