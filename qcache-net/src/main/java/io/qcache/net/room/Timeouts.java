package io.qcache.net.room;

import io.qcache.engine.Deadline;
import io.qcache.engine.Numbers;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** Arguments that say how long something may take. */
final class Timeouts {
  private Timeouts() {}

  /**
   * When the seconds of argument {@code i}, and parts of them, are over, in milliseconds of the engine's clock, rounded up; {@link
   * Deadline#NONE} for 0, which is for ever.
   */
  static long endOfSeconds(Call call, int i) {
    double millis = Math.ceil(Numbers.strictDouble(call.slice(i)) * 1000);
    if (millis != millis) {
      throw Refusal.TIMEOUT_NOT_A_FLOAT;
    }
    if (millis < 0 || millis >= 0x1p63) { // what is too long becomes negative in C
      throw Refusal.NEGATIVE_TIMEOUT;
    }
    long now = call.host().engine().nowMillis();
    return millis == 0 || millis >= Deadline.NONE - now ? Deadline.NONE : now + (long) millis;
  }

  /**
   * When the milliseconds of argument {@code i} are over, in those of the engine's clock; {@link Deadline#NONE} for more than
   * it can count.
   */
  static long endMillis(Call call, int i) {
    long millis = call.integer(i, -Long.MAX_VALUE, Refusal.NOT_A_TIMEOUT);
    if (millis < 0) {
      throw Refusal.NEGATIVE_TIMEOUT;
    }
    long now = call.host().engine().nowMillis();
    return millis >= Deadline.NONE - now ? Deadline.NONE : now + millis;
  }
}
