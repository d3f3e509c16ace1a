package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, with the JVM that runs the test; ended at the latest when it is closed. */
final class Launched implements AutoCloseable {
  private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final Process process;
  private final Path output;

  private Launched(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** {@code java} and those words. */
  static Launched java(List<String> words, String... more) throws IOException {
    List<String> command = new ArrayList<>(words);
    command.add(0, JAVA);
    command.addAll(List.of(more));
    return start(command);
  }

  /** The same by a shell that lets it have so many descriptors. */
  static Launched javaWithDescriptors(int count, List<String> words, String... more) throws IOException {
    String script = "ulimit -n " + count + "; exec \"$@\"";
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh", JAVA));
    command.addAll(words);
    command.addAll(List.of(more));
    return start(command);
  }

  private static Launched start(List<String> command) throws IOException {
    Path output = Files.createTempFile("qcache", ".log");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    return new Launched(process, output);
  }

  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /** The port it says, when it is ready. */
  int readyPort() throws Exception {
    Wire.await("ready: " + output(), () -> output().contains("Ready to accept connections") || !process.isAlive());
    String text = output();
    int at = text.indexOf(", port ") + ", port ".length();
    return Integer.parseInt(text.substring(at, text.indexOf('\n', at)));
  }

  /** Sends text to its standard input. */
  void type(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** Any other. */
  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** From now on the process may have so many descriptors. */
  void leaveDescriptors(int count) throws Exception {
    assertThat(new ProcessBuilder("/usr/bin/prlimit", "--pid", Long.toString(process.pid()), "--nofile=" + count + ":")
        .start().waitFor()).isZero();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after 20 s");
    }
    return process.exitValue();
  }

  @Override public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(output);
  }
}
