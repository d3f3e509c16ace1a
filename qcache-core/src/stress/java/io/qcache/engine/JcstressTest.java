package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.Main;

/**
 * Runs the classes named {@code …Race} with jcstress, in JVMs of their own.  {@code -Dqcache.race=REGEX} picks some of
 * them, {@code -Dqcache.stress=N} looks N times as long.
 */
class JcstressTest {
  private static final int ITERATIONS = 2 * Integer.getInteger("qcache.stress", 1);
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  @Test void noRace_hasAForbiddenOutcome() throws Exception {
    Path reports = Files.createDirectories(Path.of("target", "jcstress").toAbsolutePath());
    Path log = reports.resolve("log.txt");
    Process jcstress = new ProcessBuilder(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", CLASS_PATH, Main.class.getName(),
        "-t", System.getProperty("qcache.race", "Race"),
        "-f", "1", "-iters", Integer.toString(ITERATIONS), "-time", "500", "-hs", "256", "-c", "2", "-sc", "false",
        "-af", "NONE", "-spinStyle", "THREAD_YIELD", "-jvmArgs", "-Dqcache.checks=true", "-v", "-r", "."))
        .directory(reports.toFile())
        .redirectErrorStream(true).redirectOutput(log.toFile()).start();
    int exit;
    try {
      exit = jcstress.waitFor();
    } finally {
      jcstress.destroy();
    }
    String said = said(log);
    assertThat(exit).as(said).isZero();
    assertThat(said).contains("[OK]").doesNotContain("[FAILED]", "[ERROR]", "[TIMEOUT]", "[VM ERROR]");
  }

  private static String said(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
    }
  }
}
