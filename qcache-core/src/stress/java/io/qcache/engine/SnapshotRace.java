package io.qcache.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A snapshot beside a writer whose value has another size, so that the old record dies while it may be frozen: the
 * snapshot has the key once, and the next one has what is there then.
 */
@JCStressTest
@Outcome(id = {"[old], [new]", "[new], [new]"}, expect = ACCEPTABLE, desc = "as it was when it began")
@Outcome(expect = FORBIDDEN, desc = "a record twice, or one that had died")
@State
public class SnapshotRace {
  private final Engine engine = SmallEngine.open(1, 1 << 20);
  private final Database db = engine.database(0);
  private final byte[] written = SmallEngine.value(SmallEngine.NEW, 200);

  public SnapshotRace() {
    SmallEngine.set(db, "key", SmallEngine.value(SmallEngine.OLD, 100));
  }

  @Actor public void write() {
    SmallEngine.set(db, "key", written);
  }

  @Actor public void snapshot(LL_Result result) {
    result.r1 = SnapshotList.of(engine);
  }

  @Arbiter public void after(LL_Result result) {
    result.r2 = SnapshotList.of(engine);
  }
}
