package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.option.OptionException;
import io.qcache.net.option.Options;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerLogTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Options options = new Options();
  private final ServerLog log = new ServerLog(options, new PrintStream(bytes, true, StandardCharsets.UTF_8), 4711);

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test void aLine_isPidRoleTimeMarkAndMessage() {
    log.log(Level.INFO, "Ready");
    assertThat(written()).matches("4711:M \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z \\* Ready\n");
  }

  @Test void lineEndsInAMessage_doNotMakeTwoLines() {
    log.log(Level.WARNING, "a\r\nb");
    assertThat(written()).endsWith(" # a  b\n");
  }

  @ParameterizedTest
  @CsvSource({"debug, .-*##", "verbose, -*##", "notice, *##", "warning, ##"})
  void loglevel_saysWhichAreWritten_andCanBeChanged(String level, String marks) throws OptionException {
    options.setNamed("loglevel", "--", level);
    log.log(Level.TRACE, "x");
    log.log(Level.DEBUG, "x");
    log.log(Level.INFO, "x");
    log.log(Level.WARNING, "x");
    log.log(Level.ERROR, "x");
    assertThat(written().replaceAll("4711:M \\S+ (.) x\n", "$1")).isEqualTo(marks);
  }

  @Test void anError_bringsItsTrace_andAWarningDoesNot() {
    log.log(Level.WARNING, "odd", new IllegalStateException("why"));
    assertThat(written()).endsWith(" # odd: java.lang.IllegalStateException: why\n");
    log.log(Level.ERROR, "bad", new IllegalStateException("why"));
    assertThat(written()).contains("\tat io.qcache.net.ServerLogTest");
  }
}
