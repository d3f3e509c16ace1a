package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LimitsTest {
  @Test void defaults_areRediss() {
    assertThat(Limits.DEFAULT).isEqualTo(new Limits(65_536, 536_870_912, Integer.MAX_VALUE, 128, 1 << 30, true));
    assertThat(Limits.UNAUTHENTICATED.arguments()).isEqualTo(10);
    assertThat(Limits.UNAUTHENTICATED.bulkBytes()).isEqualTo(16_384);
    assertThat(Limits.UNAUTHENTICATED.authenticated()).isFalse();
  }

  @Test void each_isChangedAlone() {
    Limits changed = Limits.DEFAULT
        .withInlineBytes(1).withBulkBytes(2).withArguments(3).withDepth(4).withRequestBytes(5);

    assertThat(changed).isEqualTo(new Limits(1, 2, 3, 4, 5, true));
  }

  @Test void nonsense_isRefusedByName() {
    Limits limits = Limits.DEFAULT;

    assertThatThrownBy(() -> limits.withInlineBytes(0)).hasMessage("inlineBytes must be >= 1: was 0");
    assertThatThrownBy(() -> limits.withInlineBytes(Integer.MAX_VALUE))
        .hasMessage("inlineBytes must be <= 1073741824: was 2147483647");
    assertThatThrownBy(() -> limits.withBulkBytes(-1)).hasMessage("bulkBytes must be >= 0: was -1");
    assertThatThrownBy(() -> limits.withBulkBytes(1L << 31))
        .hasMessage("bulkBytes must be <= 2147483647: was 2147483648");
    assertThatThrownBy(() -> limits.withArguments(0)).hasMessage("arguments must be >= 1: was 0");
    assertThatThrownBy(() -> limits.withDepth(0)).hasMessage("depth must be >= 1: was 0");
    assertThatThrownBy(() -> limits.withRequestBytes(0)).hasMessage("requestBytes must be >= 1: was 0");
  }
}
