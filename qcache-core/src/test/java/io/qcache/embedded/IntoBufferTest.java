package io.qcache.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.QCache;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntoBufferTest {
  private final QCache cache = QCache.open();

  @AfterEach void close() {
    cache.close();
  }

  @Test void aValue_isCopiedWhole_orNotAtAll_intoABufferOfAnySize() {
    for (int length = 0; length <= 20; length++) {
      String value = "abcdefghijklmnopqrst".substring(0, length);
      cache.set("k", value);
      for (int size = 0; size <= 24; size++) {
        for (int offset = 0; offset <= size; offset++) {
          byte[] into = new byte[size];
          Arrays.fill(into, (byte) '.');
          byte[] expected = into.clone();
          if (offset + length <= size) {
            System.arraycopy(value.getBytes(UTF_8), 0, expected, offset, length);
          }
          assertThat(cache.strings().get("k", into, offset)).isEqualTo(length);
          assertThat(into).as("%d at %d of %d", length, offset, size).isEqualTo(expected);
        }
      }
    }
  }

  @Test void aMissingKey_isMinusOne_andTheBufferStays() {
    byte[] into = {1, 2};
    assertThat(cache.strings().get("none", into, 0)).isEqualTo(-1);
    assertThat(into).containsExactly(1, 2);
  }

  @Test void anOffsetOutside_isRefused_whetherTheKeyIsThereOrNot() {
    assertThatThrownBy(() -> cache.strings().get("k", new byte[2], 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> cache.strings().get("k", new byte[2], -1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> cache.strings().get("k", null, 0)).isInstanceOf(NullPointerException.class);
  }
}
