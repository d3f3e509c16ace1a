package io.qcache.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A reader beside a writer whose last delete makes a page worth cleaning: the key's record moves to another page, and
 * the page's number is soon another's.
 */
@JCStressTest
@Outcome(id = {"old"}, expect = ACCEPTABLE, desc = "it has only moved")
@Outcome(expect = FORBIDDEN, desc = "what lies where it was")
@State
public class CleaningRace {
  private static final byte[] OTHERS = SmallEngine.value("another", 100);

  private final Database db = SmallEngine.open(1, 64 << 10).database(0); // pages of 512 bytes, four records each

  public CleaningRace() {
    SmallEngine.set(db, "key", SmallEngine.value(SmallEngine.OLD, 100));
    for (int i = 0; i < 8; i++) {
      SmallEngine.set(db, "other" + i, OTHERS);
    }
    SmallEngine.delete(db, "other0");
    SmallEngine.delete(db, "other1");
  }

  @Actor public void write() {
    SmallEngine.delete(db, "other2");
    SmallEngine.delete(db, "other3"); // cleans, as more than a quarter is dead
    for (int i = 10; i < 14; i++) {
      SmallEngine.set(db, "other" + i, OTHERS);
    }
  }

  @Actor public void read(L_Result result) {
    result.r1 = SmallEngine.read(db, "key");
  }
}
