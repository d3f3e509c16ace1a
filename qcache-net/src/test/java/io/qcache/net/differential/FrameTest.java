package io.qcache.net.differential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FrameTest {
  @Test void elements_ofNestedAggregates_areWholeReplies() {
    Frame frame = Frame.of("*4\r\n:1\r\n*2\r\n+a\r\n$-1\r\n$2\r\n\r\n\r\n%1\r\n+k\r\n_\r\n");
    assertThat(frame.elements()).containsExactly(
        Frame.of(":1\r\n"), Frame.of("*2\r\n+a\r\n$-1\r\n"), Frame.of("$2\r\n\r\n\r\n"), Frame.of("%1\r\n+k\r\n_\r\n"));
    assertThat(frame.elements().get(3).elements()).containsExactly(Frame.of("+k\r\n"), Frame.of("_\r\n"));
  }

  @Test void whatHasNoElements_givesNone() {
    assertThat(Frame.of("*0\r\n").elements()).isEmpty();
    assertThat(Frame.of("*-1\r\n").elements()).isEmpty();
    assertThat(Frame.of("$1\r\n*\r\n").elements()).isEmpty();
    assertThat(Frame.CLOSED.elements()).isEmpty();
  }

  @Test void text_isTheContentOfAString_andTheLineOfAllElse() {
    assertThat(Frame.of("$3\r\na\r\n\r\n").text()).isEqualTo("a\r\n");
    assertThat(Frame.of("+OK\r\n").text()).isEqualTo("OK");
    assertThat(Frame.of(":-12\r\n").number()).isEqualTo(-12);
    assertThat(Frame.of("$2\r\n-7\r\n").number()).isEqualTo(-7);
  }

  @Test void nulls_areToldFromEmptyAndFromNegativeNumbers() {
    assertThat(Frame.of("$-1\r\n").isNull()).isTrue();
    assertThat(Frame.of("*-1\r\n").isNull()).isTrue();
    assertThat(Frame.of("_\r\n").isNull()).isTrue();
    assertThat(Frame.of(":-1\r\n").isNull()).isFalse();
    assertThat(Frame.of("$0\r\n\r\n").isNull()).isFalse();
  }
}
