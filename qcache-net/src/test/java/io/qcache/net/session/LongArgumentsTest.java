package io.qcache.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.loop.Wire;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Arguments above 64 KiB, which are taken as they come. */
class LongArgumentsTest {
  private static final int PIECE = 64 << 10;
  private static final int[] LENGTHS = {
      1, 1_000, PIECE - 1, PIECE, PIECE + 1, PIECE + 2, 2 * PIECE - 1, 2 * PIECE, 2 * PIECE + 1, 5 * PIECE + 17};

  private final Harness harness = new Harness();

  @AfterEach void close() {
    harness.close();
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt(256));
    }
    return text.toString();
  }

  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  @Test void everyCommand_getsThem_howeverTheyAreCut() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      String a = text(random, LENGTHS[random.nextInt(LENGTHS.length)]);
      String b = text(random, LENGTHS[random.nextInt(LENGTHS.length)]);
      String key = text(random, LENGTHS[random.nextInt(LENGTHS.length)]);
      if ("kxy".contains(key)) { // those of the other commands
        key += "!";
      }
      String requests = Wire.command("SET", "k", a) + Wire.command("GET", "k") + Wire.command("APPEND", "k", b)
          + "GET k\r\n" + Wire.command("MSET", "x", b, key, a, "y", "z") + Wire.command("MGET", "x", key, "y")
          + Wire.command("SET", "k", b, "NX") + Wire.command("SETRANGE", "k", "3", a) + Wire.command("ECHO", b)
          + Wire.command("INCRBY", "y", a) + "MULTI\r\n" + Wire.command("SET", "k", a) + Wire.command("GETSET", "k", b)
          + "EXEC\r\n" + Wire.command("GET", "k") + Wire.command("SET", "k", a, b) + "PING\r\nFLUSHALL\r\n";
      String joined = a + b;
      String replies = "+OK\r\n" + bulk(a) + ":" + joined.length() + "\r\n" + bulk(joined) + "+OK\r\n*3\r\n" + bulk(b)
          + bulk(a) + bulk("z") + "$-1\r\n:" + Math.max(joined.length(), 3 + a.length()) + "\r\n" + bulk(b)
          + "-ERR value is not an integer or out of range\r\n+OK\r\n+QUEUED\r\n+QUEUED\r\n*2\r\n+OK\r\n" + bulk(a)
          + bulk(b) + "-ERR syntax error\r\n+PONG\r\n+OK\r\n";
      Client client = harness.client();
      StringBuilder got = new StringBuilder();
      for (int at = 0; at < requests.length(); ) {
        int next = Math.min(requests.length(), at + 1 + random.nextInt(random.nextBoolean() ? 100 : 3 * PIECE));
        got.append(client.feed(requests.substring(at, next)));
        at = next;
      }
      assertThat(got.toString().equals(replies)).as("seed %d, round %d: %s", seed, round, got.length()).isTrue();
      assertThat(client.session.heldBytes()).isZero();
    }
  }

  @Test void whatHasComeOfOne_isHeld_andSeen_andGoesWithTheSession() {
    Client client = harness.client();
    String value = "v".repeat(10 * PIECE);
    client.feed("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$" + value.length() + "\r\n" + value.substring(0, 3 * PIECE + 5));
    assertThat(client.session.heldBytes()).isEqualTo(3 * PIECE);
    assertThat(harness.client().send("CLIENT LIST")).contains(" qbuf=" + (3 * PIECE + client.left()) + " ");
    client.disconnect();
    assertThat(client.session.heldBytes()).isZero();
  }

  @Test void onlyAnnounced_oneIsNothing() {
    Client client = harness.client();
    client.feed("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$536870912\r\n" + "v".repeat(PIECE - 1));
    assertThat(client.session.heldBytes()).isZero();
  }

  @Test void aWrongEnd_isAnError_andLeavesNothing() {
    Client client = harness.client();
    String value = "v".repeat(2 * PIECE);
    assertThat(client.feed("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$" + value.length() + "\r\n" + value + "xy"))
        .isEqualTo("-ERR Protocol error: expected CR LF after a bulk string, got 'x'\r\n");
    assertThat(client.session.isClosing()).isTrue();
    assertThat(client.session.heldBytes()).isZero();
  }

  @Test void aValueThatWasStored_isTheStoresAlone() {
    Client client = harness.client();
    String value = "v".repeat(3 * PIECE);
    client.call("SET", "a", value);
    client.call("MSET", "b", value, "c", value);
    client.call("SETRANGE", "a", "100", "changed");
    client.call("SETRANGE", "b", "70000", "changed");
    assertThat(client.call("GET", "c").equals(bulk(value))).isTrue();
    assertThat(client.call("GETRANGE", "a", "99", "107")).isEqualTo(bulk("vchangedv"));
    assertThat(client.call("STRLEN", "b")).isEqualTo(":" + value.length() + "\r\n");
  }
}
