package io.qcache.keyspace;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A reader that counts a use of a record beside a writer whose removal of another shifts its slot back. */
@JCStressTest
@Outcome(id = {"removed, 0", "removed, 1"}, expect = ACCEPTABLE, desc = "counted or not")
@Outcome(expect = FORBIDDEN, desc = "a slot lost, doubled or brought back")
@State
public class TouchRemoveRace {
  private static final int FINGERPRINT = 12_345; // both have it, so that they have one home

  private final Index index = new Index();

  public TouchRemoveRace() {
    index.add(FINGERPRINT, 7);
    index.add(FINGERPRINT, 8);
  }

  @Actor public void touch() {
    index.touch(FINGERPRINT, 8);
  }

  @Actor public void remove(LL_Result result) {
    try {
      index.remove(FINGERPRINT, 7);
      result.r1 = "removed";
    } catch (AssertionError lost) {
      result.r1 = lost.getMessage();
    }
  }

  @Arbiter public void after(LL_Result result) {
    IndexLook look = new IndexLook(index, FINGERPRINT);
    result.r1 = look.positions().equals("[8]") ? result.r1 : look.positions();
    result.r2 = Integer.toString(look.frequency());
  }
}
