package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections whose commands wait. */
@Timeout(60)
class PauseIT {
  private QCacheServer server;
  private Wire pauser;

  @BeforeEach void open() throws IOException {
    server = QCacheServer.builder().port(0).eventLoops(1).log((level, message) -> { }).open();
    pauser = new Wire(server.port());
  }

  @AfterEach void close() throws Exception {
    pauser.close();
    server.close();
  }

  private void awaitBlocked(int count) throws IOException {
    pauser.send("INFO clients\r\n");
    for (String line = pauser.line(); !line.startsWith("blocked_clients:" + count); line = pauser.line()) {
      if (line.startsWith("blocked_clients:")) {
        pauser.send("INFO clients\r\n");
      }
    }
    pauser.line(); // of the end
  }

  @Test void whatIsHeld_goesOnInTheOrderInWhichItCame() throws Exception {
    assertThat(pauser.ask("CLIENT PAUSE 30000 WRITE")).isEqualTo("+OK\r");
    List<Wire> held = new ArrayList<>();
    StringBuilder expected = new StringBuilder("*" + 100 + "\r\n");
    for (int i = 0; i < 50; i++) {
      Wire wire = new Wire(server.port());
      held.add(wire.send("RPUSH l " + i + "\r\nRPUSH l " + i + "\r\n"));
      expected.append(("$" + Integer.toString(i).length() + "\r\n" + i + "\r\n").repeat(2));
      awaitBlocked(i + 1);
    }
    assertThat(pauser.ask("CLIENT UNPAUSE")).isEqualTo("+OK\r");
    for (int i = 0; i < 50; i++) {
      assertThat(held.get(i).line()).isEqualTo(":" + (2 * i + 1) + "\r");
      assertThat(held.get(i).line()).isEqualTo(":" + (2 * i + 2) + "\r");
      held.get(i).close();
    }
    assertThat(pauser.send("LRANGE l 0 -1\r\n").read(expected.length())).isEqualTo(expected.toString());
  }

  @Test void timesAreKept_notBeforeTheyAreOver() throws Exception {
    for (int millis : new int[] {1, 20, 60}) {
      long start = System.nanoTime();
      assertThat(pauser.ask("WAIT 1 " + millis)).isEqualTo(":0\r");
      assertThat(System.nanoTime() - start).isGreaterThan((millis - 1) * 1_000_000L);
      start = System.nanoTime();
      assertThat(pauser.ask("CLIENT PAUSE " + millis)).isEqualTo("+OK\r");
      assertThat(pauser.ask("PING")).isEqualTo("+PONG\r");
      assertThat(System.nanoTime() - start).isGreaterThan((millis - 1) * 1_000_000L);
    }
  }

  @Test void whoLeavesWhileItWaits_isNoticed() throws Exception {
    try (Wire wire = new Wire(server.port())) {
      wire.send("WAIT 1 0\r\nSET k v\r\n");
      awaitBlocked(1);
    }
    awaitBlocked(0);
    assertThat(pauser.ask("EXISTS k")).isEqualTo(":0\r");
  }

  @Test void whatComesWhileAClientWaits_isTakenLater_andNotReadWithoutBound() throws Exception {
    try (Wire wire = new Wire(server.port())) {
      assertThat(pauser.ask("CLIENT PAUSE 30000 WRITE")).isEqualTo("+OK\r");
      Thread sender = new Thread(() -> {
        try {
          wire.send("INCR n\r\n".repeat(1_000_000));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      });
      sender.start();
      awaitBlocked(1);
      for (int i = 0; i < 20; i++) {
        Thread.sleep(5);
        String list = pauser.send("CLIENT LIST TYPE normal\r\n").line();
        StringBuilder text = new StringBuilder();
        while (text.length() < Integer.parseInt(list.substring(1).trim()) + 1) {
          text.append(pauser.line()).append('\n');
        }
        String held = text.toString().lines().filter(line -> line.contains("flags=b")).findFirst().orElseThrow();
        assertThat(Integer.parseInt(held.replaceAll(".* qbuf=(\\d+) .*", "$1").trim())).isLessThan(600_000);
      }
      assertThat(pauser.ask("CLIENT UNPAUSE")).isEqualTo("+OK\r");
      for (int i = 1; i <= 1_000_000; i++) {
        if (!wire.line().equals(":" + i + "\r")) {
          throw new AssertionError("reply " + i);
        }
      }
      sender.join();
    }
  }

  @Test void aServerCloses_thoughClientsWait() throws Exception {
    try (Wire wire = new Wire(server.port())) {
      wire.send("WAIT 1 0\r\n");
      awaitBlocked(1);
      pauser.ask("CLIENT PAUSE 30000");
      server.close();
      assertThat(server.isOpen()).isFalse();
    }
  }
}
