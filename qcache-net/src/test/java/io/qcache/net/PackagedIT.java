package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.disk.Directory;
import io.qcache.net.loop.Wire;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the build made: the runnable jar, and the thin ones as modules. */
@Timeout(60)
class PackagedIT {
  private static final Path TARGET = Path.of(System.getProperty("project.build.directory", "target"));
  private static final String VERSION = System.getProperty("project.version", "0.1.0-SNAPSHOT");
  private static final Path RUNNABLE = TARGET.resolve("qcache-net.jar");

  private final List<Launched> launched = new ArrayList<>();

  @AfterEach void end() throws IOException {
    for (Launched one : launched) {
      one.close();
    }
  }

  private Launched launch(List<String> words, String... options) throws IOException {
    Launched one = Launched.java(words, options);
    launched.add(one);
    return one;
  }

  private Launched runnable(String... options) throws IOException {
    return launch(List.of("-jar", RUNNABLE.toString()), options);
  }

  private static Path thin(String module) {
    return TARGET.resolve("../../" + module + "/target/" + module + "-" + VERSION + ".jar").normalize();
  }

  private Launched modules(String... options) throws IOException {
    String path = Stream.of("qcache-net", "qcache-core", "qcache-resp").map(PackagedIT::thin).map(Path::toString)
        .reduce((a, b) -> a + File.pathSeparator + b).orElseThrow();
    return launch(List.of("-p", path, "-m", "io.qcache.net/io.qcache.net.Main"), options);
  }

  private static void serves(Launched program) throws Exception {
    int port = program.readyPort();
    try (Wire wire = new Wire(port)) {
      assertThat(wire.ask("PING\r")).isEqualTo("+PONG\r");
      assertThat(wire.ask("SET hello world\r")).isEqualTo("+OK\r");
      assertThat(wire.send("GET hello\r\n").read(11)).isEqualTo("$5\r\nworld\r\n");
      program.terminate();
      assertThat(wire.isClosed()).isTrue();
    }
    assertThat(program.exitCode()).isZero();
    assertThat(program.output()).contains("QCache " + VERSION + ", pid ").contains("Bye").doesNotContain("#");
  }

  @Test void theRunnableJar_serves_andEndsOnSigterm_withExitCode0() throws Exception {
    serves(runnable("--port", "0", "--save", "", "--appendonly", "no"));
  }

  @Test void theThinJars_serveAsModules_andEndOnSigterm_withExitCode0() throws Exception {
    serves(modules("--port", "0"));
  }

  @Test void sigint_endsItToo_withExitCode0() throws Exception {
    Assumptions.assumeFalse(ignoresInterrupts(), "a child of who ignores SIGINT, as jobs in the background do, ignores it too");
    Launched program = runnable("--port", "0");
    program.readyPort();
    program.signal("INT");
    assertThat(program.exitCode()).isZero();
  }

  /** The snapshot is a pipe, which leaves the loader waiting for bytes that never come. */
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // what waits for a pipe hears no interrupt
  @Test void sigtermWhileItLoads_endsItInTime_withExitCode0_andSavesNothing(@TempDir Path directory) throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/usr/bin/mkfifo")), "there are no named pipes");
    Path snapshot = directory.resolve("dump.rdb");
    assertThat(new ProcessBuilder("/usr/bin/mkfifo", snapshot.toString()).start().waitFor()).isZero();
    Launched program = runnable("--port", "0", "--dir", directory.toString(), "--save", "1 1");
    try (OutputStream pipe = Files.newOutputStream(snapshot, StandardOpenOption.WRITE)) { // returns when it is opened to be read
      pipe.write("REDIS0009".getBytes(StandardCharsets.US_ASCII));
      pipe.write(new byte[] {0, 1, 'k', 1, 'v'});
      pipe.flush();
      program.terminate();
      long start = System.nanoTime();
      assertThat(program.exitCode()).isZero();
      assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }
    assertThat(program.output()).contains("Told to end", "Bye").doesNotContain("Ready", "Saved", "Cannot");
    assertThat(Directory.at(directory).names()).isSubsetOf("dump.rdb", "qcache.lock");
    assertThat(Files.isRegularFile(snapshot)).isFalse();
  }

  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String ignored = Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
    return (Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).trim(), 16) & 1 << 2 - 1) != 0;
  }

  @Test void aSecondSignal_endsItAtOnce() throws Exception {
    for (Launched program : List.of(runnable("--port", "0"), modules("--port", "0"))) {
      try (Wire greedy = new Wire(program.readyPort(), 64 << 10)) {
        greedy.send("*3\r\n$3\r\nSET\r\n$1\r\nb\r\n$33554432\r\n").send(new byte[32 << 20]).send("\r\n");
        assertThat(greedy.line()).isEqualTo("+OK\r");
        greedy.send("GET b\r\n".repeat(10)).read(1); // and no more, so that the first signal waits for it
        program.terminate();
        Wire.await("it is ending", () -> program.output().contains("Told to end"));
        long start = System.nanoTime();
        Wire.await("it has ended", () -> {
          program.terminate(); // the first of these may come before it is listened to
          return !program.isAlive();
        });
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
      }
      assertThat(program.exitCode()).as(program.output()).isEqualTo(1);
      assertThat(program.output()).doesNotContain("Bye");
    }
  }

  @Test void withFewDescriptors_itTakesFewerClients_saysSo_andTellsTheOthers() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/bin/sh")), "there is no shell");
    Launched program = Launched.javaWithDescriptors(60, List.of("-jar", RUNNABLE.toString()), "--port", "0");
    launched.add(program);
    int port = program.readyPort();
    List<Wire> wires = new ArrayList<>();
    Wire refused = null;
    for (int i = 0; i < 60 && refused == null; i++) {
      Wire wire = new Wire(port);
      wires.add(wire);
      if (!wire.ask("PING\r").equals("+PONG\r")) {
        refused = wire;
      }
    }
    assertThat(refused).as("somebody is refused").isNotNull();
    assertThat(wires).hasSizeBetween(2, 40);
    assertThat(program.output()).contains("maxclients");
    for (Wire wire : wires) {
      wire.close();
    }
  }

  @Test void withoutDescriptors_itWaitsForSome_andSaysSoOnce() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/usr/bin/prlimit")), "nothing here takes descriptors from a process");
    Launched program = launch(List.of("-jar", RUNNABLE.toString()), "--port", "0");
    int port = program.readyPort();
    program.leaveDescriptors(60); // after the start, which keeps some in reserve
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      wires.add(new Wire(port)); // beyond what it can accept they wait in the backlog
      if (i < 10) {
        assertThat(wires.get(i).ask("PING\r")).isEqualTo("+PONG\r");
      }
    }
    Wire.await("it complains", () -> program.output().contains("can't accept connections"));
    Wire last = wires.remove(99).send("PING\r\n");
    for (Wire wire : wires) {
      wire.close();
    }
    assertThat(last.line()).isEqualTo("+PONG\r");
    last.close();
    assertThat(program.output().split("can't accept connections", -1)).hasSize(2);
  }

  @Test void aLoopThatDies_endsTheProgram_withExitCode70() throws Exception {
    Launched program = launch(List.of("-cp", System.getProperty("java.class.path"), DyingMain.class.getName()));
    try (Wire wire = new Wire(program.readyPort())) {
      assertThat(wire.ask("PING\r")).isEqualTo("+PONG\r");
      program.type("die\n");
      assertThat(wire.isClosed()).isTrue();
    }
    assertThat(program.exitCode()).isEqualTo(70);
    assertThat(program.output()).containsOnlyOnce("has died").contains("ClosedSelectorException");
  }

  @Test void aBusyPort_isOneClearLine_andExitCode1() throws Exception {
    try (ServerSocket busy = new ServerSocket()) {
      busy.bind(new InetSocketAddress("127.0.0.1", 0));
      Launched program = runnable("--port", Integer.toString(busy.getLocalPort()));
      assertThat(program.exitCode()).isEqualTo(1);
      assertThat(program.output()).isEqualTo("qcache: could not listen on 127.0.0.1:" + busy.getLocalPort()
          + ": Address already in use\n");
    }
  }

  @Test void anUnknownOption_isOneClearLine_andExitCode1() throws Exception {
    Launched program = runnable("--nosuch", "3");
    assertThat(program.exitCode()).isEqualTo(1);
    assertThat(program.output()).isEqualTo("qcache: unknown option --nosuch '3' (--help lists the options)\n");
  }

  @Test void helpAndVersion_arePrinted_withExitCode0() throws Exception {
    Launched version = runnable("--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.output()).isEqualTo("QCache " + VERSION + "\n");
    Launched moduleVersion = modules("--version");
    assertThat(moduleVersion.exitCode()).isZero();
    assertThat(moduleVersion.output()).isEqualTo("QCache " + VERSION + "\n");
    Launched help = runnable("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.output()).startsWith("Usage: ").contains("--requirepass");
  }

  @Test void makeArchive_makesOne_thatAStartWithTheFlagItTellsReads(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("archive");
    Launched maker = runnable("--make-archive", file.toString());
    assertThat(maker.exitCode()).as(maker.output()).isZero();
    assertThat(maker.output()).startsWith("made " + file + ", ");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
    String told = maker.output().substring(maker.output().indexOf("-XX:"));
    String flag = told.substring(0, told.indexOf(' '));
    Launched program = launch(List.of(flag, "-Xlog:class+load", "-jar", RUNNABLE.toString()), "--port", "0");
    int port = program.readyPort();
    try (Wire wire = new Wire(port)) {
      assertThat(wire.ask("PING\r")).isEqualTo("+PONG\r");
    }
    for (String name : List.of("Main", "loop.Connection", "session.Session", "room.StringRoom")) {
      assertThat(program.output()).containsPattern("io.qcache.net." + name + " source: shared objects file");
    }
  }

  @Test void makeArchive_ofModules_orInNoFile_saysWhyNot(@TempDir Path folder) throws Exception {
    Launched ofModules = modules("--make-archive", folder.resolve("archive").toString());
    assertThat(ofModules.exitCode()).isEqualTo(1);
    assertThat(ofModules.output()).startsWith("qcache: an archive is made of the runnable jar alone");
    Launched nowhere = runnable("--make-archive");
    assertThat(nowhere.exitCode()).isEqualTo(1);
    assertThat(nowhere.output()).startsWith("qcache: --make-archive wants the name of one file");
    Launched noFolder = runnable("--make-archive", folder.resolve("nosuch").resolve("archive").toString());
    assertThat(noFolder.exitCode()).isEqualTo(1);
    assertThat(noFolder.output()).startsWith("qcache: ").contains("nosuch");
  }

  @Test void theRunnableJar_isSmall() throws IOException {
    assertThat(Files.size(RUNNABLE)).isLessThan(1_310_720);
  }
}
