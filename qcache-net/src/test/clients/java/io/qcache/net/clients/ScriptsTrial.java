package io.qcache.net.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of other languages, by their scripts.  The interpreters are {@code python3} and {@code node} of the PATH, or
 * {@code -Dclients.python=} and {@code -Dclients.node=}; ioredis is looked for in {@code -Dclients.node.path=}, or is
 * installed into a temporary folder.  Skipped, with the reason, where one of them cannot be had.
 */
final class ScriptsTrial {
  private static final Path SCRIPTS = Path.of("src/test/clients");
  private static final int NO_LIBRARY = 77;
  private static final int MOST_SECONDS = 120;

  private record Outcome(int code, String output) {}

  @Test void redisPy_findsAllAsExpected() throws Exception {
    String python = System.getProperty("clients.python", "");
    List<String> choices = python.isEmpty() ? List.of("python3", "/usr/bin/python3") : List.of(python);
    Outcome outcome = new Outcome(NO_LIBRARY, "");
    for (int i = 0; i < choices.size() && outcome.code == NO_LIBRARY; i++) {
      outcome = runScript(choices.get(i), "redis_py.py", null);
    }
    check(outcome);
  }

  @Test void ioredis_findsAllAsExpected(@TempDir Path folder) throws Exception {
    String given = System.getProperty("clients.node.path", "");
    Path modules = given.isEmpty() ? install(folder) : Path.of(given);
    check(runScript(System.getProperty("clients.node", "node"), "ioredis.mjs", modules));
  }

  private static Path install(Path folder) throws Exception {
    Outcome outcome = run(
        List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", folder.toString(), "ioredis@6"), null);
    Assumptions.assumeTrue(outcome.code == 0, "ioredis cannot be installed: " + outcome.output);
    return folder.resolve("node_modules");
  }

  private static Outcome runScript(String interpreter, String script, Path modules) throws Exception {
    try (ClientTarget target = ClientTarget.open()) {
      String port = Integer.toString(target.port());
      return run(List.of(interpreter, SCRIPTS.resolve(script).toString(), target.host(), port), modules);
    }
  }

  private static void check(Outcome outcome) {
    Assumptions.assumeTrue(outcome.code != NO_LIBRARY, "the library is not installed: " + outcome.output);
    assertThat(outcome.code).as(outcome.output).isZero();
    System.out.print(outcome.output);
  }

  /** {@link #NO_LIBRARY} if there is no such program either. */
  private static Outcome run(List<String> command, Path modules) throws Exception {
    Path output = Files.createTempFile("client", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true)
          .redirectOutput(output.toFile());
      if (modules != null) {
        builder.environment().put("NODE_PATH", modules.toString());
      }
      Process process = builder.start();
      boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      String text = Files.readString(output, StandardCharsets.UTF_8);
      return ended ? new Outcome(process.exitValue(), text) : new Outcome(-1, "no end in time: " + text);
    } catch (IOException e) {
      return new Outcome(NO_LIBRARY, e.getMessage());
    } finally {
      Files.delete(output);
    }
  }
}
