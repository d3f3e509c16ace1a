package io.qcache.benchmarks.hits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpecTest {
  @Test void optionsAreTakenOnce_withTheirDefaults() {
    Spec spec = new Spec("zipf:keys=12,skew=0.5");
    assertThat(spec.name()).isEqualTo("zipf");
    assertThat(spec.whole("keys", 7, 1, 100)).isEqualTo(12);
    assertThat(spec.real("skew", 1, 0, 4)).isEqualTo(0.5);
    assertThat(spec.whole("seed", 7, 1, 100)).isEqualTo(7);
    spec.done();
  }

  @Test void whatNobodyTook_isRefusedByName() {
    assertThatThrownBy(() -> new Spec("loop:kyes=3").done()).hasMessage("loop:kyes=3: loop has no option 'kyes'");
  }

  @Test void valuesOutOfRange_andThoseThatAreNoNumbers_areRefused() {
    for (String value : new String[] {"0", "11", "x", "", "1.5", "99999999999"}) {
      assertThatThrownBy(() -> new Spec("a:n=" + value).whole("n", 1, 1, 10))
          .hasMessage("a:n=" + value + ": n must be a whole number from 1 to 10: was '" + value + "'");
    }
    for (String value : new String[] {"-0.1", "1.1", "x", "NaN"}) {
      assertThatThrownBy(() -> new Spec("a:n=" + value).real("n", 1, 0, 1)).as(value).isInstanceOf(BadInput.class);
    }
  }

  @Test void optionsOfNoForm_andThoseGivenTwice_areRefused() {
    for (String text : new String[] {"a:", "a:b", "a:=1", "a:n=1,", "a:n=1,n=2"}) {
      assertThatThrownBy(() -> new Spec(text)).as(text).isInstanceOf(BadInput.class);
    }
  }

  @Test void sizes_areEntriesOrPercentOfTheKeys_andNotBelowTheLeast() {
    assertThat(new Sizes("5%,10,0.1%", 1).of(1000)).extracting(Sizes.Size::entries).containsExactly(50, 10, 1);
    assertThat(new Sizes("5%,10,0.1%", 20).of(1000)).extracting(Sizes.Size::label).containsExactly("5%");
    for (String size : new String[] {"0", "-1", "x", "", "0%", "101%", "%", "NaN%"}) {
      assertThatThrownBy(() -> new Sizes(size, 1)).as(size).isInstanceOf(BadInput.class);
    }
  }
}
