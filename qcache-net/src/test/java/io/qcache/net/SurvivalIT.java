package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program, where its machine lets it down: no memory, no time. */
@Timeout(60)
class SurvivalIT {
  private static final String RUNNABLE =
      Path.of(System.getProperty("project.build.directory", "target"), "qcache-net.jar").toString();
  private static final int MEGABYTE = 1 << 20;

  private Launched program;

  @AfterEach void end() throws IOException {
    program.close();
  }

  @Test void outOfMemory_closesThoseWhoTookIt_andTheStoreIsWhole() throws Exception {
    program = Launched.java(List.of("-Xmx64m", "-jar", RUNNABLE), "--port", "0",
        "--maxmemory", "40mb", "--maxmemory-clients", "1gb"); // so that nothing else holds them back
    int port = program.readyPort();
    try (Wire good = new Wire(port)) {
      int values = fill(good);
      List<Wire> greedy = new ArrayList<>();
      while (!program.output().contains("OutOfMemoryError")) {
        assertThat(greedy).as(program.output()).hasSizeLessThan(40);
        greedy.add(new Wire(port));
        sendHalfOfAHugeCommand(greedy.get(greedy.size() - 1));
        assertThat(good.ask("PING\r")).isEqualTo("+PONG\r"); // what was sent before is read
      }
      assertThat(good.ask("PING\r")).isEqualTo("+PONG\r");
      for (Wire each : greedy) {
        each.close();
      }
      for (int i = 0; i < values; i++) {
        String length = good.send("GET " + i + "\r\n").line();
        assertThat(length).as("value " + i).isEqualTo("$" + MEGABYTE + "\r");
        assertThat(good.read(MEGABYTE + 2).equals(value(i) + "\r\n")).as("value " + i).isTrue();
      }
      assertThat(good.ask("DEL 0 1\r")).isEqualTo(":2\r");
      assertThat(good.send(Wire.command("SET", "0", value(0))).line()).isEqualTo("+OK\r");
    }
    program.terminate();
    assertThat(program.exitCode()).isZero();
  }

  /** How many megabytes it takes until it has no room. */
  private static int fill(Wire wire) throws IOException {
    int i = 0;
    while (wire.send(Wire.command("SET", Integer.toString(i), value(i))).line().equals("+OK\r")) {
      i++;
    }
    assertThat(i).isGreaterThan(30);
    return i;
  }

  private static String value(int i) {
    return String.valueOf((char) ('a' + i % 26)).repeat(MEGABYTE);
  }

  private static void sendHalfOfAHugeCommand(Wire wire) throws IOException {
    try {
      wire.send("*3\r\n$3\r\nSET\r\n$1\r\nx\r\n$100000000\r\n").send(new byte[8 * MEGABYTE]);
    } catch (SocketException closed) {
      // it was one too many
    }
  }

  @Test void aProcessThatWasStopped_servesWhatHasCome_beforeAnybodyIsTimedOut() throws Exception {
    Assumptions.assumeTrue(Path.of("/bin/kill").toFile().exists(), "nothing here stops a process");
    program = Launched.java(List.of("-jar", RUNNABLE), "--port", "0", "--timeout", "2", "--requirepass", "secret",
        "--unauthenticated-timeout", "2");
    int port = program.readyPort();
    try (Wire idle = new Wire(port); Wire half = new Wire(port)) {
      assertThat(idle.ask("AUTH secret\r")).isEqualTo("+OK\r");
      half.send("AUTH sec");
      program.signal("STOP");
      idle.send("PING\r\n");
      half.send("ret\r\n");
      Thread.sleep(3_500); // the wall clock's time is what this is about
      program.signal("CONT");
      assertThat(idle.line()).isEqualTo("+PONG\r");
      assertThat(half.line()).isEqualTo("+OK\r");
    }
  }
}
