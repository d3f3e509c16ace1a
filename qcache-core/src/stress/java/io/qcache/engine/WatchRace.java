package io.qcache.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A transaction that watches a key beside a writer of it: under the plan it sees a new value only if the watch is
 * touched, too.
 */
@JCStressTest
@Outcome(id = {"old, untouched", "new, touched"}, expect = ACCEPTABLE, desc = "before or after")
@Outcome(expect = FORBIDDEN, desc = "a change that the watch has missed")
@State
public class WatchRace {
  private final Engine engine = SmallEngine.open(1, 1 << 20);
  private final Database db = engine.database(0);
  private final byte[] written = SmallEngine.value(SmallEngine.NEW, 100);
  private final Watch watch = engine.watch();

  public WatchRace() {
    SmallEngine.set(db, "key", SmallEngine.value(SmallEngine.OLD, 100));
    watch.add(db, SmallEngine.slice("key"));
  }

  @Actor public void write() {
    SmallEngine.set(db, "key", written);
  }

  @Actor public void exec(LL_Result result) {
    Plan plan = engine.plan();
    watch.addTo(plan);
    try (Plan held = plan.acquire()) {
      result.r2 = watch.isTouched() ? "touched" : "untouched";
      result.r1 = SmallEngine.read(db, "key");
    }
  }
}
