package io.qcache.benchmarks.hits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class HitRatioTest {
  @TempDir Path folder;
  private String out;
  private String err;

  @Test void aTable_hasARowASize_andTheMeans() {
    // Of the ten requests LRU with two entries hits 1 1, 2 and 2.
    assertThat(run("1\n1\n1\n2\n1\n3\n2\n4\n5\n5\n", "--sizes", "2,4", "--policies", "LRU,optimum", "-",
        "loop:keys=10,requests=100")).isZero();
    assertThat(out.lines()).containsExactly(
        "trace                     size   entries       LRU   optimum",
        "standard-input               2         2     40.00     50.00",
        "standard-input               4         4     50.00     50.00",
        "standard-input            mean               45.00     50.00",
        "loop:keys=10,requests...     2         2      0.00     18.00",
        "loop:keys=10,requests...     4         4      0.00     36.00",
        "loop:keys=10,requests...  mean                0.00     27.00",
        "all 2 traces              mean               22.50     38.50");
  }

  @Test void badInput_isOneLine_andTheExitCode2() {
    assertThat(run("1\nx\n", "-")).isEqualTo(2);
    assertThat(err).isEqualTo("HitRatio: standard input:2: not a key number: 'x'\n");
    assertThat(run("1\n", "--speed", "-")).isEqualTo(2);
    assertThat(err).isEqualTo("HitRatio: no option --speed\n");
    for (String[] wrong : new String[][] {{}, {"--sizes"}, {"--sizes", "0", "-"},
        {"--least", "x", "-"}, {"--policies", "MRU", "-"}, {"--policies", "../Lru", "-"},
        {"--policies", "LRU:x=1", "-"}, {"zipf:keys=0"}, {"nosuchfile"}, {"--svg", folder.toString(), "-"}}) {
      assertThat(run("1\n2\n", wrong)).as(String.join(" ", wrong)).isEqualTo(2);
      assertThat(err).startsWith("HitRatio: ").endsWith("\n").hasLineCount(1);
    }
  }

  @Test void help_namesEveryTraceThatIsMade() {
    assertThat(run("", "--help")).isZero();
    assertThat(out).contains(Synthetic.NAMES);
  }

  @Test void everyPolicyIsThere_heldEntriesNeverAboveTheSize() {
    assertThat(run("", "--sizes", "50", "--resident", "--policies",
        "LRU;CLOCK;S3-FIFO:small=0.2;optimum;qcache-model:pages=8,stripes=2", "zipf:keys=500,requests=20000")).isZero();
    String[] fields = out.lines().skip(1).findFirst().orElseThrow().trim().split(" +");
    for (int i = 4; i < fields.length; i += 2) {
      assertThat(Double.parseDouble(fields[i])).isBetween(40.0, 50.0);
    }
  }

  @Test void theDrawing_isWellFormed_withALineAPolicyAndTheTracesName() throws Exception {
    Path svg = folder.resolve("a&b.svg");
    Path trace = Files.writeString(folder.resolve("a&b<c"), "1\n2\n1\n3\n2\n1\n");
    assertThat(run("", "--sizes", "1,2,3", "--policies", "LRU,CLOCK,optimum", "--svg", svg.toString(),
        trace.toString(), "loop:keys=10,requests=100")).isZero();
    Document drawing = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    assertThat(drawing.getElementsByTagName("polyline").getLength()).isEqualTo(6);
    assertThat(drawing.getElementsByTagName("circle").getLength()).isEqualTo(18);
    assertThat(drawing.getDocumentElement().getTextContent())
        .contains("a&b<c", "loop:keys=10,requests=100", "LRU", "entries", "hit ratio in percent");
    double height = Double.parseDouble(drawing.getDocumentElement().getAttribute("height"));
    for (int i = 0; i < 18; i++) {
      Element circle = (Element) drawing.getElementsByTagName("circle").item(i);
      assertThat(Double.parseDouble(circle.getAttribute("cx"))).isBetween(0.0, 760.0);
      assertThat(Double.parseDouble(circle.getAttribute("cy"))).isBetween(0.0, height);
    }
  }

  @Test void aDrawingOfNothing_isWellFormedToo() throws Exception {
    Path svg = folder.resolve("none.svg");
    assertThat(run("1\n", "--least", "5", "--svg", svg.toString(), "-")).isZero();
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
  }

  private int run(String in, String... arguments) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    int code = HitRatio.run(arguments, new ByteArrayInputStream(in.getBytes(StandardCharsets.US_ASCII)),
        new PrintStream(outBytes, true, StandardCharsets.UTF_8), new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    return code;
  }
}
