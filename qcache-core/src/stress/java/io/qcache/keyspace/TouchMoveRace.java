package io.qcache.keyspace;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A reader that counts a use beside a writer that moves the record: the slot names the new one, whatever was counted.
 */
@JCStressTest
@Outcome(id = {"moved, 0", "moved, 1"}, expect = ACCEPTABLE, desc = "counted or not")
@Outcome(expect = FORBIDDEN, desc = "a slot lost, or the move undone")
@State
public class TouchMoveRace {
  private static final int FINGERPRINT = 12_345;

  private final Index index = new Index();

  public TouchMoveRace() {
    index.add(FINGERPRINT, 7);
  }

  @Actor public void touch() {
    index.touch(FINGERPRINT, 7);
  }

  @Actor public void move(LL_Result result) {
    try {
      index.move(FINGERPRINT, 7, 8);
      result.r1 = "moved";
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
