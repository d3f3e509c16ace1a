package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RequestWriterTest {
  private final GrowingOutput out = new GrowingOutput();
  private final RequestWriter writer = new RequestWriter(out);

  @Test void command_isAnArrayOfBulks() {
    writer.command(5);
    writer.argument("SET");
    writer.argument(Bytes.of("k"));
    writer.argument(Bytes.of("xvaluex"), 1, 5);
    writer.argument("EX");
    writer.argument(100);

    assertThat(writer.missing()).isZero();
    assertThat(Bytes.text(out.toByteArray()))
        .isEqualTo("*5\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nvalue\r\n$2\r\nEX\r\n$3\r\n100\r\n");
  }

  @Test void command_whileTheOneBeforeLacksArguments_isRefused() {
    writer.command(2);
    writer.argument("GET");

    assertThat(writer.missing()).isEqualTo(1);
    assertThatThrownBy(() -> writer.command(1)).hasMessage("the command before lacks 1 arguments");
  }

  @Test void argument_tooMany_isRefused() {
    writer.command(1);
    writer.argument("PING");

    assertThatThrownBy(() -> writer.argument("x")).hasMessage("one argument more than the command announced");
    assertThatThrownBy(() -> writer.argument(1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> writer.argument(new byte[1])).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> writer.command(0)).hasMessage("arguments must be >= 1: was 0");
  }

  @Test void argument_outsideOfItsArray_isRefused_andMayBeGivenAgain() {
    writer.command(1);

    assertThatThrownBy(() -> writer.argument(new byte[4], 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);

    writer.argument("PING");
    assertThat(Bytes.text(out.toByteArray())).isEqualTo("*1\r\n$4\r\nPING\r\n");
  }

  @Test void rewind_takesBackAnUnfinishedCommand() {
    long mark = out.mark();
    writer.command(2);
    writer.argument("GET");

    writer.rewind(mark);
    writer.command(1);
    writer.argument("PING");

    assertThat(Bytes.text(out.toByteArray())).isEqualTo("*1\r\n$4\r\nPING\r\n");
  }

  @Test void output_isSwitchedBetweenCommands() {
    GrowingOutput other = new GrowingOutput();
    writer.output(other);
    writer.command(1);
    writer.argument("PING");

    assertThat(out.size()).isZero();
    assertThat(other.size()).isEqualTo(14);
  }
}
