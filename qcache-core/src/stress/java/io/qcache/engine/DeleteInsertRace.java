package io.qcache.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A reader beside a writer that deletes the key and puts it again, where another was put meanwhile. */
@JCStressTest
@Outcome(id = {"old", "missing", "new"}, expect = ACCEPTABLE, desc = "one of the three, whole")
@Outcome(expect = FORBIDDEN, desc = "none of them")
@State
public class DeleteInsertRace {
  private final Database db = SmallEngine.open(1, 1 << 20).database(0);
  private final byte[] written = SmallEngine.value(SmallEngine.NEW, 700);
  private final byte[] others = SmallEngine.value("another", 700);

  public DeleteInsertRace() {
    SmallEngine.set(db, "key", SmallEngine.value(SmallEngine.OLD, 700));
  }

  @Actor public void write() {
    SmallEngine.delete(db, "key");
    SmallEngine.set(db, "other", others);
    SmallEngine.set(db, "key", written);
  }

  @Actor public void read(L_Result result) {
    result.r1 = SmallEngine.read(db, "key");
  }
}
