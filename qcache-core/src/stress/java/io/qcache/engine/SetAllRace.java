package io.qcache.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Two reads, in two stripes, beside a write of both: once one key is new, so is the other. */
@JCStressTest
@Outcome(id = {"old, old", "old, new", "new, new"}, expect = ACCEPTABLE, desc = "before, between, after")
@Outcome(expect = FORBIDDEN, desc = "half of a write of many keys")
@State
public class SetAllRace {
  private final Database db = SmallEngine.open(2, 1 << 20).database(0);
  private final Slices pairs = new Slices();

  public SetAllRace() {
    for (String key : new String[] {"key1", "key2"}) {
      SmallEngine.set(db, key, SmallEngine.value(SmallEngine.OLD, 100));
      pairs.add(key.getBytes());
      pairs.add(SmallEngine.value(SmallEngine.NEW, 100));
    }
  }

  @Actor public void write() {
    StringOps.setAll(db, pairs, 0);
  }

  @Actor public void read(LL_Result result) {
    result.r1 = SmallEngine.read(db, "key1");
    result.r2 = SmallEngine.read(db, "key2");
  }
}
