package io.qcache.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A large value, read through its pin, beside a writer that overwrites all of it: two chunks, so two copies. */
@JCStressTest
@Outcome(id = {"old", "new"}, expect = ACCEPTABLE, desc = "one or the other")
@Outcome(expect = FORBIDDEN, desc = "bytes written under a pin")
@State
public class PinRace {
  private static final int BYTES = (1 << 16) + 500;
  private static final Slice WRITTEN = new Slice().wrap(SmallEngine.value(SmallEngine.NEW, BYTES));
  private static final byte[] BEFORE = SmallEngine.value(SmallEngine.OLD, BYTES);

  private final Database db = SmallEngine.open(1, 1 << 20).database(0);

  public PinRace() {
    SmallEngine.set(db, "key", BEFORE);
  }

  @Actor public void write() {
    StringOps.setRange(db, SmallEngine.slice("key"), 0, WRITTEN);
  }

  @Actor public void read(L_Result result) {
    result.r1 = SmallEngine.read(db, "key");
  }
}
