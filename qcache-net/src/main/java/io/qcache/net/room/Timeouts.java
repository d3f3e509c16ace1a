package io.qcache.net.room;

import io.qcache.engine.Deadline;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/** Arguments that say how long something may take. */
final class Timeouts {
  private Timeouts() {}

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
