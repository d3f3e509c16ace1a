package io.qcache.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.resp.GrowingOutput;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HotPathTest {
  private static final int TIMES = 20_000;

  /** Bytes that each command allocates, all in all. */
  private static double allocated(Session session, GrowingOutput out, String command) {
    byte[] round = command.repeat(100).getBytes(StandardCharsets.ISO_8859_1);
    long before = 0;
    for (int i = -TIMES / 100; i < TIMES / 100; i++) {
      if (i == 0) { // warm
        before = allocatedBytes();
      }
      session.feed(round, 0, round.length);
      out.clear();
    }
    return (allocatedBytes() - before) / (double) TIMES;
  }

  private static long allocatedBytes() { // by name: our module does not read the one that tells
    try {
      Object threads = Class.forName("java.lang.management.ManagementFactory").getMethod("getThreadMXBean")
          .invoke(null);
      return (long) Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes")
          .invoke(threads);
    } catch (ReflectiveOperationException absent) {
      throw new AssertionError(absent);
    }
  }

  @Test void get_allocatesNothing() {
    try (Harness harness = new Harness()) {
      GrowingOutput out = new GrowingOutput(64 << 10);
      Session session = new Session(harness.host, harness.client(), out);
      byte[] set = "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\nvalue\r\n".getBytes(StandardCharsets.ISO_8859_1);
      session.feed(set, 0, set.length);
      assertThat(allocated(session, out, "*2\r\n$3\r\nget\r\n$3\r\nkey\r\n")).isLessThan(1);
      assertThat(allocated(session, out, "*2\r\n$3\r\nGET\r\n$4\r\nnope\r\n")).isLessThan(1);
      assertThat(allocated(session, out, "*1\r\n$4\r\nPING\r\n")).isLessThan(1);
    }
  }

  @Test void set_allocatesWhatTheEngineDoes() {
    try (Harness harness = new Harness()) {
      GrowingOutput out = new GrowingOutput(64 << 10);
      Session session = new Session(harness.host, harness.client(), out);
      String command = "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\nvalue\r\n";
      assertThat(allocated(session, out, command)).isLessThan(40); // the value as an array of its own
    }
  }
}
