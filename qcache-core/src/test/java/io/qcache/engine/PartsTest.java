package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsTest {
  private static final int PIECE = Parts.PIECE_BYTES;

  @Test void whatIsAdded_isWhatASliceOverIt_reads() {
    Random random = new Random(5);
    for (int length : new int[] {1, PIECE - 1, PIECE, PIECE + 1, 10 * PIECE, 10 * PIECE + 3}) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      Parts parts = new Parts(length);
      for (int at = 0; at < length; ) {
        int takes = parts.takes(Math.min(3 * PIECE, length - at));
        parts.add(bytes, at, takes);
        at += takes;
        assertThat(parts.bytes()).isEqualTo(at);
      }
      Slice slice = new Slice().wrap(parts);
      assertThat(slice.length()).isEqualTo(length);
      assertThat(slice.parts()).isSameAs(parts);
      assertThat(slice.copy()).isEqualTo(bytes);
      assertThat(slice.parts()).isNull();
      assertThat(new Slice().wrap(parts)).isEqualTo(new Slice().wrap(bytes));
      assertThat(new Slice().wrap(bytes)).isEqualTo(new Slice().wrap(parts));
      assertThat(slice.wrap(bytes, 0, 1).length()).isEqualTo(1);
    }
  }

  @Test void itTakesWholePieces_orTheEnd() {
    Parts parts = new Parts(2 * PIECE + 10);
    assertThat(parts.takes(PIECE - 1)).isZero();
    assertThat(parts.takes(2 * PIECE - 1)).isEqualTo(PIECE);
    parts.add(new byte[2 * PIECE], 0, 2 * PIECE);
    assertThat(parts.takes(9)).isZero();
    assertThat(parts.takes(1_000)).isEqualTo(10);
  }

  @Test void beforeItIsWhole_nobodyReadsIt() {
    assertThatThrownBy(() -> new Parts(3).pieces()).hasMessage("3 bytes are missing");
  }
}
