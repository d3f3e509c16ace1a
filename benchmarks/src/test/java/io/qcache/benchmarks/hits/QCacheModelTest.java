package io.qcache.benchmarks.hits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QCacheModelTest {
  /**
   * Four entries, a page each, at most three of them main.  1 2 3 fill main, 4 is dropped for 5.  As 4 comes back main is
   * full, but the ghost earns two records of walking: 1 was seen and stays, 2 goes.  Now main has room; 5, seen in
   * small, gets in, and earns the walk that drops 3.
   */
  @Test void aSequenceByHand() {
    QCacheModel policy = new QCacheModel(new Spec("qcache-model:pages=0"), 4, 10);
    int[] keys = {1, 2, 3, 4, 5, 1, 5, 4, 2, 1, 5, 4, 2, 3};
    boolean[] hits = {false, false, false, false, false, true, true, false, false, true, true, true, true, false};
    for (int i = 0; i < keys.length; i++) {
      assertThat(policy.get(keys[i])).as("request " + i).isEqualTo(hits[i]);
    }
  }

  @Test void aLoopLongerThanTheCache_hitsWhatMainHolds_alsoWhereTheGhostsDoNotReachRound() {
    for (int keys : new int[] {1500, 3000, 10_000}) {
      double main = 100.0 * 1000 * 15 / 16 / keys;
      assertThat(percent("", 1000, "loop:keys=" + keys + ",requests=" + keys * 30)).as("loop of " + keys)
          .isBetween(main * 29 / 30 - 1, main + 1);
    }
  }

  @Test void aLoopWithSomeNoise_isServedAsWell_sinceWhatComesBackLateIsNotLetIn() {
    // Half of the keys fit; with main open to whatever comes back this is 30 percent.
    assertThat(percent("", 2500, "loop:keys=5000,noise=0.2,requests=200000")).isGreaterThan(45);
  }

  @Test void aLoopThatNearlyFits_doesNotMakeSmallGrow() {
    assertThat(percent("", 1000, "loop:keys=1010,requests=100000")).isGreaterThan(91);
  }

  @Test void whatWasHitMoreOften_staysLonger() {
    // Were a walk to set frequencies to 0, this would be 57.8 percent.
    assertThat(percent("", 3000, "zipf:keys=20000,requests=400000,skew=0.8")).isGreaterThan(59.4);
  }

  @Test void whenAllKeysChange_mainFollows() {
    Trace.Builder trace = new Trace.Builder();
    Zipf zipf = new Zipf(2000, 1, new java.util.SplittableRandom(1));
    int half = 100_000;
    for (int i = 0; i < 2 * half; i++) {
      trace.add(i < half ? zipf.next() : 1_000_000 + zipf.next());
    }
    int[] keys = trace.build("two loads").keys();
    QCacheModel policy = new QCacheModel(new Spec("qcache-model"), 500, 4000);
    int[] hits = new int[4];
    for (int i = 0; i < 2 * half; i++) {
      hits[i / (half / 2)] += policy.get(keys[i]) ? 1 : 0;
    }
    assertThat(hits[3]).as("second load, once it is settled").isGreaterThan(hits[1] * 98 / 100);
    assertThat(hits[2]).as("second load, at first").isGreaterThan(hits[0] * 95 / 100);
  }

  @Test void aScan_leavesTheHotKeysAlone() {
    QCacheModel policy = new QCacheModel(new Spec("qcache-model"), 1000, 60_000);
    for (int round = 0; round < 20; round++) {
      for (int key = 0; key < 800; key++) {
        policy.get(key);
      }
    }
    for (int key = 800; key < 50_800; key++) {
      policy.get(key);
    }
    int hits = 0;
    for (int key = 0; key < 800; key++) {
      hits += policy.get(key) ? 1 : 0;
    }
    assertThat(hits).isGreaterThan(780);
  }

  @Test void whereWhatIsNewMattersMost_smallGrows() {
    String sessions = "sessions:keys=500,times=4,requests=200000";
    assertThat(percent("", 1000, sessions)).isGreaterThan(percent(":large=0", 1000, sessions) + 10);
  }

  @Test void pagesAndStripes_costLessThanAPoint_andTheBoundHolds() {
    for (String trace : new String[] {"zipf:keys=5000,requests=100000", "oltp:keys=3000,requests=100000",
        "zipf-scans:keys=3000,cold=9000,scan=900,every=2000,requests=100000", "drifting:keys=2000,requests=100000",
        "loop:keys=2500,requests=100000", "shifting:keys=2000,every=20000,requests=100000"}) {
      for (int entries : new int[] {200, 1000}) {
        double alone = percent(":pages=0", entries, trace);
        for (String pages : new String[] {":pages=32", ":pages=128", ":pages=128,stripes=4", ":pages=256,stripes=8"}) {
          assertThat(percent(pages, entries, trace)).as("%s with %d entries, %s", trace, entries, pages)
              .isGreaterThan(alone - 1);
        }
      }
    }
  }

  @Test void oneEntry_andMoreEntriesThanKeys_work() {
    assertThat(percent("", 1, "zipf:keys=10,requests=1000")).isPositive();
    Trace trace = Synthetic.make(new Spec("zipf:keys=10,requests=1000"));
    Result result = Result.measure(new QCacheModel(new Spec("qcache-model"), 500, 10), trace, 500, "");
    assertThat(result.hits()).isEqualTo(1000 - trace.distinct());
  }

  private static double percent(String options, int entries, String made) {
    Trace trace = Synthetic.make(new Spec(made));
    QCacheModel policy = new QCacheModel(new Spec("qcache-model" + options), entries, trace.distinct());
    int hits = 0;
    for (int key : trace.keys()) {
      hits += policy.get(key) ? 1 : 0;
      if (policy.resident() > entries) {
        throw new AssertionError(policy.resident() + " held of " + entries);
      }
    }
    return 100.0 * hits / trace.keys().length;
  }
}
