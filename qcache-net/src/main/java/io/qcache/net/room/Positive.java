package io.qcache.net.room;

import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import io.qcache.net.session.Refusal;

/** Arguments that count something, for which there is one refusal, whatever is wrong with them. */
final class Positive {
  private Positive() {}

  static long orZero(Slice text, Refusal refusal) {
    return from(0, text, refusal);
  }

  static long above0(Slice text, Refusal refusal) {
    return from(1, text, refusal);
  }

  private static long from(long least, Slice text, Refusal refusal) {
    long number = Numbers.isLong(text.array(), text.offset(), text.length()) ? Numbers.parse(text) : least - 1;
    if (number < least) {
      throw refusal;
    }
    return number;
  }
}
