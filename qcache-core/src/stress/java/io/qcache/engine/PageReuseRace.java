package io.qcache.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A reader beside a writer whose value has another size, so that the old page is given back, and its number is
 * another's.
 */
@JCStressTest
@Outcome(id = {"old", "new"}, expect = ACCEPTABLE, desc = "one or the other")
@Outcome(expect = FORBIDDEN, desc = "what is on a page that was given back")
@State
public class PageReuseRace {
  private final Database db = SmallEngine.open(1, 1 << 20).database(0);
  private final byte[] written = SmallEngine.value(SmallEngine.NEW, 800);
  private final byte[] others = SmallEngine.value("another", 1_500);

  public PageReuseRace() {
    SmallEngine.set(db, "key", SmallEngine.value(SmallEngine.OLD, 700));
  }

  @Actor public void write() {
    SmallEngine.set(db, "key", written);
    SmallEngine.set(db, "other", others);
  }

  @Actor public void read(L_Result result) {
    result.r1 = SmallEngine.read(db, "key");
  }
}
