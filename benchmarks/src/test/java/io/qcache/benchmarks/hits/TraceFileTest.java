package io.qcache.benchmarks.hits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {
  @TempDir Path folder;

  @Test void text_isAKeyNumberALine_withTheMarksOfTheLirsTracesPassedOver() {
    Trace trace = read("7\r\n*\n\n# a comment\n 9 \n7\n9223372036854775807");
    assertThat(trace.keys()).containsExactly(0, 1, 0, 2);
    assertThat(trace.distinct()).isEqualTo(3);
  }

  @Test void aTokenThatIsNoNumber_isRefused_withFileLineAndToken() {
    for (String token : new String[] {"x", "-1", "1.5", "1 2", "9223372036854775808", "٣"}) {
      assertThatThrownBy(() -> read("1\n*\n" + token + "\n2\n")).as(token).isInstanceOf(BadInput.class)
          .hasMessageStartingWith("standard input:3: not a key number: '");
    }
    assertThatThrownBy(() -> read("12a4\n")).hasMessage("standard input:1: not a key number: '12a4'");
  }

  @Test void aLineWithoutAnEnd_isRefused_withoutKeepingItAllOrPrintingWhatATerminalObeys() {
    assertThatThrownBy(() -> read("\u001b[2J" + "y".repeat(10_000_000)))
        .hasMessage("standard input:1: not a key number: '?[2J" + "y".repeat(36) + "...'");
  }

  @Test void records_areReadInEitherOrderOfBytes() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      ByteBuffer bytes = ByteBuffer.allocate(20).order(order);
      bytes.putInt(0).putInt(1).putInt(256).putInt(1).putInt(70_000);
      assertThat(read(bytes.array()).keys()).as(order.toString()).containsExactly(0, 1, 2, 1, 3);
    }
  }

  @Test void recordsThatEndAmidARecord_areRefused() {
    assertThatThrownBy(() -> read(new byte[11]))
        .hasMessage("standard input: 3 bytes too many after record 2: records have 4 bytes each");
  }

  @Test void gzip_isToldByItsContent() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("5\n6\n5\n".getBytes(StandardCharsets.US_ASCII));
    }
    Path file = Files.write(folder.resolve("some.trace.data"), packed.toByteArray());
    Trace trace = TraceFile.read(file.toString(), null);
    assertThat(trace.keys()).containsExactly(0, 1, 0);
    assertThat(trace.name()).isEqualTo("some");
    byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() - 9);
    assertThatThrownBy(() -> read(cut)).isInstanceOf(BadInput.class).hasMessageContaining("damaged gzip");
  }

  @Test void xz_isRefused_withWhatToDo() {
    assertThatThrownBy(() -> read(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 0}))
        .hasMessage("standard input: is xz: pipe it through xz -dc and name the trace -");
  }

  @Test void nothing_andNoFile_areRefusedByName() {
    assertThatThrownBy(() -> read("")).hasMessage("standard input: no request in it");
    assertThatThrownBy(() -> read("*\n# x\n")).hasMessage("standard input: no request in it");
    String absent = folder.resolve("absent").toString();
    assertThatThrownBy(() -> TraceFile.read(absent, null)).isInstanceOf(BadInput.class).hasMessageStartingWith(absent);
    assertThatThrownBy(() -> TraceFile.read(folder.toString(), null)).isInstanceOf(BadInput.class);
  }

  @Test void manyKeys_areNumberedInTheOrderOfTheirFirstRequest() {
    Trace.Builder trace = new Trace.Builder();
    for (int round = 0; round < 2; round++) {
      for (long i = 0; i < 100_000; i++) {
        trace.add(i << 40 | 0); // low bits all alike: the table must not lean on them
      }
    }
    Trace built = trace.build("many");
    assertThat(built.distinct()).isEqualTo(100_000);
    assertThat(built.keys()).isEqualTo(java.util.stream.IntStream.range(0, 200_000).map(i -> i % 100_000).toArray());
  }

  private static Trace read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Trace read(byte[] bytes) {
    return TraceFile.read("-", new ByteArrayInputStream(bytes));
  }
}
