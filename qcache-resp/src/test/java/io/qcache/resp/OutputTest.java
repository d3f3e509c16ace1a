package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OutputTest {
  @Test void bytes_acrossChunks_arriveInOrder() {
    Chunks out = new Chunks(64);
    byte[] source = new byte[1000];
    for (int i = 0; i < source.length; i++) {
      source[i] = (byte) i;
    }

    out.bytes(source, 0, 60);
    out.bytes(source, 60, 0);
    out.bytes(source, 60, 940);

    assertThat(out.written()).isEqualTo(source);
  }

  @Test void bytes_outsideOfTheirArray_areRefused_andNothingIsWritten() {
    GrowingOutput out = new GrowingOutput(64);

    assertThatThrownBy(() -> out.bytes(new byte[10], 5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> out.bytes(new byte[10], 5, 100)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> out.bytes(new byte[10], 5, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new ReplyWriter(out).bulk(new byte[10], 5, -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new ReplyWriter(out).bulk(new byte[10], 5, 6))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new ReplyWriter(out).bulk(new byte[10], 5, 100))
        .isInstanceOf(IndexOutOfBoundsException.class);

    assertThat(out.size()).isZero();
  }

  @Test void growingOutput_doubles_andKeepsWhatWasWritten() {
    GrowingOutput out = new GrowingOutput(0);
    byte[] hundred = new byte[100];
    hundred[99] = 9;

    for (int i = 0; i < 100; i++) {
      out.bytes(hundred, 0, 100);
    }

    assertThat(out.size()).isEqualTo(10_000);
    assertThat(out.array()).hasSize(16_384);
    assertThat(out.toByteArray()).hasSize(10_000);
    assertThat(out.toByteArray()[9_999]).isEqualTo((byte) 9);
  }

  @Test void growingOutput_cleared_keepsASmallArrayAndGivesALargeOneBack() {
    GrowingOutput out = new GrowingOutput(128);
    out.bytes(new byte[60_000], 0, 60_000);
    out.clear();
    assertThat(out.size()).isZero();
    assertThat(out.array().length).isEqualTo(64 << 10);

    out.bytes(new byte[600_000], 0, 600_000);
    out.clear();
    assertThat(out.array()).hasSize(128);
    out.bytes(new byte[70], 0, 70);
    assertThat(out.toByteArray()).hasSize(70);
  }

  @Test void growingOutput_madeLarge_staysLarge() {
    GrowingOutput out = new GrowingOutput(100_000);

    out.clear();

    assertThat(out.array()).hasSize(100_000);
  }

  @Test void growingOutput_rewound_dropsWhatWasWrittenSinceTheMark() {
    GrowingOutput out = new GrowingOutput(64);
    out.bytes(Bytes.of("kept"), 0, 4);
    long mark = out.mark();
    out.bytes(new byte[1000], 0, 1000);

    out.rewind(mark);

    assertThat(Bytes.text(out.toByteArray())).isEqualTo("kept");
    assertThatThrownBy(() -> out.rewind(5)).hasMessage("mark must be within 0..4: was 5");
    assertThatThrownBy(() -> out.rewind(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test void growingOutput_beyondTheLongestArray_runsOutOfMemoryByName() {
    GrowingOutput out = new GrowingOutput(64);
    out.position = Integer.MAX_VALUE - 10;

    assertThatThrownBy(() -> out.more(3))
        .isInstanceOf(OutOfMemoryError.class).hasMessage("an output of more than 2147483639 bytes");
  }

  @Test void utf8_ofAnyText_isWhatTheJdkEncodes() {
    String[] texts = {"", "abc", "\u007f\u0080\u07ff\u0800\uffff", "\ud83d\ude00", "a\ud83d", "\ude00b", "\ud83dx",
        "\ud83d\ud83d\ude00", "e\u0301\u20ac".repeat(40)};
    for (String text : texts) {
      Chunks out = new Chunks(7);
      out.utf8(text);
      byte[] expected = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      assertThat(out.written()).as(text).isEqualTo(expected);
      assertThat(Utf8.length(text)).isEqualTo(expected.length);
    }
  }
}
