package io.qcache.net.room;

import io.qcache.engine.CommonSubsequence;
import io.qcache.engine.Slice;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;
import io.qcache.resp.ReplyWriter;
import java.util.Arrays;

/** What LCS may be told behind its keys, and the reply that this makes of a subsequence. */
final class SubsequenceArguments {
  private static final int PLACES = 4; // of a range

  private boolean length;
  private boolean ranges;
  private boolean withLengths;
  private long leastLength;

  SubsequenceArguments(Call call) {
    for (int i = 3; i < call.count(); i++) {
      Slice option = call.slice(i);
      if (option.is("IDX")) {
        ranges = true;
      } else if (option.is("LEN")) {
        length = true;
      } else if (option.is("WITHMATCHLEN")) {
        withLengths = true;
      } else if (option.is("MINMATCHLEN") && i + 1 < call.count()) {
        leastLength = call.integer(++i);
      } else {
        throw Refusal.SYNTAX;
      }
    }
    if (ranges && length) {
      throw Refusal.LENGTH_AND_RANGES;
    }
  }

  /** Whether more than the length is asked for. */
  boolean isTraced() {
    return !length;
  }

  void reply(CommonSubsequence found, ReplyWriter reply) {
    if (ranges) {
      replyRanges(found, reply);
    } else if (length) {
      reply.integer(found.length());
    } else {
      reply.bulk(found.bytes());
    }
  }

  private void replyRanges(CommonSubsequence found, ReplyWriter reply) {
    Ranges all = new Ranges(leastLength);
    found.forEachRange(all);
    reply.map(2);
    reply.bulk("matches");
    reply.array(all.size / PLACES);
    for (int i = 0; i < all.size; i += PLACES) {
      reply.array(withLengths ? 3 : 2);
      for (int end = i; end < i + PLACES; end += 2) {
        reply.array(2);
        reply.integer(all.places[end]);
        reply.integer(all.places[end + 1]);
      }
      if (withLengths) {
        reply.integer(all.places[i + 1] - all.places[i] + 1L);
      }
    }
    reply.bulk("len");
    reply.integer(found.length());
  }

  /** The ranges that are long enough, four places each. */
  private static final class Ranges implements CommonSubsequence.Visitor {
    private final long leastLength;
    private int[] places = new int[16 * PLACES];
    private int size;

    Ranges(long leastLength) {
      this.leastLength = leastLength;
    }

    @Override public void range(int firstFrom, int firstTo, int secondFrom, int secondTo) {
      if (firstTo - firstFrom + 1 < leastLength) {
        return;
      }
      if (size == places.length) {
        places = Arrays.copyOf(places, size * 2);
      }
      places[size++] = firstFrom;
      places[size++] = firstTo;
      places[size++] = secondFrom;
      places[size++] = secondTo;
    }
  }
}
