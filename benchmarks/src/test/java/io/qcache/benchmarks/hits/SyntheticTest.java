package io.qcache.benchmarks.hits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SyntheticTest {
  @Test void everyTrace_isTheSameAgain_andAnotherWithAnotherSeed() {
    for (String name : Synthetic.NAMES) {
      Trace once = make(name + ":keys=2000,requests=30000,seed=5");
      assertThat(make(name + ":keys=2000,requests=30000,seed=5").keys()).as(name).isEqualTo(once.keys());
      assertThat(once.keys().length).as(name).isBetween(30_000, 30_001);
      if (!name.equals("loop")) {
        assertThat(make(name + ":keys=2000,requests=30000,seed=6").keys()).as(name).isNotEqualTo(once.keys());
      }
      assertThatThrownBy(() -> make(name + ":kyes=1")).hasMessage(name + ":kyes=1: " + name + " has no option 'kyes'");
    }
  }

  @Test void loop_asksForAllInOrderAgainAndAgain() {
    assertThat(make("loop:keys=3,requests=7").keys()).containsExactly(0, 1, 2, 0, 1, 2, 0);
  }

  @Test void zipf_hasTheFrequenciesItsLawGives() {
    int requests = 400_000;
    int[] counts = counts(make("zipf:keys=100,requests=" + requests + ",skew=1,seed=3"));
    Arrays.sort(counts);
    double harmonic = 0;
    for (int i = 1; i <= 100; i++) {
      harmonic += 1.0 / i;
    }
    for (int rank = 1; rank <= 100; rank++) {
      double expected = requests / harmonic / rank;
      assertThat((double) counts[100 - rank]).as("rank " + rank).isBetween(expected * 0.9 - 60, expected * 1.1 + 60);
    }
  }

  @Test void oneHitWonders_areTheirShare() {
    int once = 0;
    for (int count : counts(make("one-hit-wonders:keys=50,requests=20000,share=0.25,seed=4"))) {
      once += count == 1 ? 1 : 0;
    }
    assertThat(once).isBetween(4700, 5300);
  }

  @Test void shifting_leavesNoKeyOfTheFormerSet() {
    int[] keys = make("shifting:keys=50,requests=4000,every=1000").keys();
    Set<Integer> before = new HashSet<>();
    for (int from = 0; from < 4000; from += 1000) {
      Set<Integer> here = new HashSet<>();
      for (int i = from; i < from + 1000; i++) {
        here.add(keys[i]);
      }
      assertThat(before).doesNotContainAnyElementsOf(here);
      before.addAll(here);
    }
  }

  private static Trace make(String spec) {
    return Synthetic.make(new Spec(spec));
  }

  private static int[] counts(Trace trace) {
    int[] counts = new int[trace.distinct()];
    for (int key : trace.keys()) {
      counts[key]++;
    }
    return counts;
  }
}
