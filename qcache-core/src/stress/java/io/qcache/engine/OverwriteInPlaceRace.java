package io.qcache.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A reader without a lock beside a writer that overwrites the very bytes. */
@JCStressTest
@Outcome(id = {"old", "new"}, expect = ACCEPTABLE, desc = "one or the other")
@Outcome(expect = FORBIDDEN, desc = "half of each")
@State
public class OverwriteInPlaceRace {
  private static final int BYTES = 20_000; // a microsecond's copy, so that the two meet

  private final Database db = SmallEngine.open(1, 16 << 20).database(0);
  private final byte[] written = SmallEngine.value(SmallEngine.NEW, BYTES);

  public OverwriteInPlaceRace() {
    SmallEngine.set(db, "key", SmallEngine.value(SmallEngine.OLD, BYTES));
  }

  @Actor public void write() {
    SmallEngine.set(db, "key", written);
  }

  @Actor public void read(L_Result result) {
    result.r1 = SmallEngine.read(db, "key");
  }
}
