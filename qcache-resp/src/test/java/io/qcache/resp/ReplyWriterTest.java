package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ReplyWriterTest {
  @Test void eachReply_isWrittenAsItsProtocolHasIt() {
    writes(ReplyWriter::ok, "+OK\r\n", "+OK\r\n");
    writes(w -> w.simple("QUEUED"), "+QUEUED\r\n", "+QUEUED\r\n");
    writes(w -> w.simple(Bytes.of("+PONG\r\n")), "+PONG\r\n", "+PONG\r\n");
    writes(w -> w.error("ERR syntax error"), "-ERR syntax error\r\n", "-ERR syntax error\r\n");
    writes(w -> w.bulkError(Bytes.of("ERR a\nb"), 0, 7), "-ERR a b\r\n", "!7\r\nERR a\nb\r\n");
    writes(w -> w.integer(-42), ":-42\r\n", ":-42\r\n");
    writes(w -> w.bulk(Bytes.of("xhellox"), 1, 5), "$5\r\nhello\r\n", "$5\r\nhello\r\n");
    writes(w -> w.bulk(Bytes.of("")), "$0\r\n\r\n", "$0\r\n\r\n");
    writes(w -> w.bulk("h\u00e9"), "$3\r\nh\u00c3\u00a9\r\n", "$3\r\nh\u00c3\u00a9\r\n");
    writes(w -> w.bulkNumber(-120), "$4\r\n-120\r\n", "$4\r\n-120\r\n");
    writes(w -> w.bulkHeader(5_000_000_000L), "$5000000000\r\n", "$5000000000\r\n");
    writes(ReplyWriter::crlf, "\r\n", "\r\n");
    writes(ReplyWriter::nil, "$-1\r\n", "_\r\n");
    writes(ReplyWriter::nilArray, "*-1\r\n", "_\r\n");
    writes(w -> w.array(3), "*3\r\n", "*3\r\n");
    writes(w -> w.map(3), "*6\r\n", "%3\r\n");
    writes(w -> w.set(3), "*3\r\n", "~3\r\n");
    writes(w -> w.push(3), "*3\r\n", ">3\r\n");
    writes(w -> w.bool(true), ":1\r\n", "#t\r\n");
    writes(w -> w.bool(false), ":0\r\n", "#f\r\n");
    writes(w -> w.doubleNumber(1.5), "$3\r\n1.5\r\n", ",1.5\r\n");
    writes(w -> w.doubleNumber(0.1), "$19\r\n0.10000000000000001\r\n", ",0.10000000000000001\r\n");
    writes(w -> w.doubleNumber(Double.POSITIVE_INFINITY), "$3\r\ninf\r\n", ",inf\r\n");
    writes(w -> w.doubleNumber(Double.NEGATIVE_INFINITY), "$4\r\n-inf\r\n", ",-inf\r\n");
    writes(w -> w.doubleNumber(Double.NaN), "$3\r\nnan\r\n", ",nan\r\n");
    writes(w -> w.verbatim("txt", Bytes.of("xhix"), 1, 2), "$2\r\nhi\r\n", "=6\r\ntxt:hi\r\n");
    writes(w -> w.bigNumber(new BigInteger("-12345678901234567890")),
        "$21\r\n-12345678901234567890\r\n", "(-12345678901234567890\r\n");
  }

  private static void writes(Consumer<ReplyWriter> reply, String two, String three) {
    for (int protocol = 2; protocol <= 3; protocol++) {
      GrowingOutput plain = new GrowingOutput();
      reply.accept(writer(plain, protocol));
      assertThat(Bytes.text(plain.toByteArray())).isEqualTo(protocol == 2 ? two : three);
      // The same at every distance from the end of a chunk.
      for (int size = 1; size <= 140; size++) {
        Chunks chunks = new Chunks(size);
        ReplyWriter writer = writer(chunks, protocol);
        reply.accept(writer);
        reply.accept(writer);
        assertThat(Bytes.text(chunks.written())).isEqualTo((protocol == 2 ? two : three).repeat(2));
      }
    }
  }

  private static ReplyWriter writer(Output out, int protocol) {
    ReplyWriter writer = new ReplyWriter(out);
    writer.protocol(protocol);
    return writer;
  }

  @Test void attribute_isWrittenInResp3_andRefusedInResp2() {
    GrowingOutput out = new GrowingOutput();
    writer(out, 3).attribute(2);

    assertThat(Bytes.text(out.toByteArray())).isEqualTo("|2\r\n");
    assertThatThrownBy(() -> writer(out, 2).attribute(2)).hasMessage("RESP2 has no attributes");
  }

  @Test void lineEnds_inTextAndErrors_becomeBlanks() {
    GrowingOutput out = new GrowingOutput();
    ReplyWriter writer = new ReplyWriter(out);

    writer.error("ERR unknown command 'x\r\n+OK\r\n'");
    writer.simple("a\r\nb");

    assertThat(Bytes.text(out.toByteArray())).isEqualTo("-ERR unknown command 'x  +OK  '\r\n+a  b\r\n");
  }

  @Test void longError_isCut_betweenCharacters() {
    assertThat(errorOf("x".repeat(1024))).isEqualTo("-" + "x".repeat(1024) + "\r\n");
    assertThat(errorOf("x".repeat(5000))).isEqualTo("-" + "x".repeat(1024) + "\r\n");
    assertThat(errorOf("x".repeat(1023) + "\u20ac")).isEqualTo("-" + "x".repeat(1023) + "\r\n");
    assertThat(errorOf("x".repeat(1021) + "\u20acyy")).hasSize(1 + 1024 + 2).endsWith("\u00ac\r\n");
  }

  @Test void longError_thatIsNoUtf8_isCutAllTheSame() {
    GrowingOutput out = new GrowingOutput();
    byte[] continuations = new byte[2000];
    java.util.Arrays.fill(continuations, (byte) 0x80);

    new ReplyWriter(out).error(continuations, 0, 2000);

    assertThat(out.size()).isEqualTo(1 + 1020 + 2);
  }

  private static String errorOf(String line) {
    GrowingOutput out = new GrowingOutput();
    new ReplyWriter(out).error(line);
    return Bytes.text(out.toByteArray());
  }

  @Test void protocolAndOutput_areSwitchedInBetween() {
    GrowingOutput first = new GrowingOutput();
    GrowingOutput second = new GrowingOutput();
    ReplyWriter writer = new ReplyWriter(first);
    assertThat(writer.protocol()).isEqualTo(2);
    writer.nil();
    writer.protocol(3);
    writer.output(second);
    writer.nil();

    assertThat(writer.protocol()).isEqualTo(3);
    assertThat(writer.output()).isSameAs(second);
    assertThat(Bytes.text(first.toByteArray()) + Bytes.text(second.toByteArray())).isEqualTo("$-1\r\n_\r\n");
    assertThatThrownBy(() -> writer.protocol(4)).hasMessage("protocol must be 2 or 3: was 4");
    assertThatThrownBy(() -> writer.protocol(1)).hasMessage("protocol must be 2 or 3: was 1");
    assertThatThrownBy(() -> writer.output(null)).isInstanceOf(NullPointerException.class);
  }

  @Test void verbatim_ofAFormatThatIsNotThreeLetters_isRefused() {
    ReplyWriter writer = writer(new GrowingOutput(), 3);

    assertThatThrownBy(() -> writer.verbatim("text", new byte[0], 0, 0))
        .hasMessage("format must be of three ASCII letters: was text");
    assertThatThrownBy(() -> writer.verbatim("t\u00e9x", new byte[0], 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test void rewind_takesBackAReply_evenAcrossChunks() {
    for (int size = 1; size < 100; size++) {
      Chunks out = new Chunks(size);
      ReplyWriter writer = new ReplyWriter(out);
      writer.bulk("kept");
      long mark = writer.mark();
      writer.bulk("x".repeat(300));
      writer.rewind(mark);
      writer.integer(7);

      assertThat(Bytes.text(out.written())).as("chunks of " + size).isEqualTo("$4\r\nkept\r\n:7\r\n");
    }
  }

  @Test void writing_allocatesNothing() {
    GrowingOutput out = new GrowingOutput(1 << 16);
    ReplyWriter writer = new ReplyWriter(out);
    byte[] value = new byte[100];
    Runnable write = () -> {
      for (int i = 0; i < 20_000; i++) {
        out.clear();
        writer.protocol(2 + i % 2);
        writer.ok();
        writer.simple("QUEUED");
        writer.integer(i);
        writer.bulk(value, 0, i % 100);
        writer.bulk("text");
        writer.bulkNumber(i);
        writer.nil();
        writer.map(i);
        writer.bool(true);
        writer.doubleNumber(i / 8.0);
        writer.rewind(writer.mark());
      }
    };
    write.run();

    assertThat(Allocation.of(write)).isLessThan(10_000);
  }
}
