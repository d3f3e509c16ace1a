package io.qcache.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Two reads, in two stripes, beside a flush: once one key is gone, so is the other. */
@JCStressTest
@Outcome(id = {"old, old", "old, missing", "missing, missing"}, expect = ACCEPTABLE, desc = "before, between, after")
@Outcome(expect = FORBIDDEN, desc = "half a flush")
@State
public class ClearRace {
  private final Database db = SmallEngine.open(2, 1 << 20).database(0);

  public ClearRace() {
    SmallEngine.set(db, "key1", SmallEngine.value(SmallEngine.OLD, 100));
    SmallEngine.set(db, "key2", SmallEngine.value(SmallEngine.OLD, 100));
  }

  @Actor public void clear() {
    KeyOps.clear(db);
  }

  @Actor public void read(LL_Result result) {
    result.r1 = SmallEngine.read(db, "key1");
    result.r2 = SmallEngine.read(db, "key2");
  }
}
