package io.qcache.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.loop.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookaheadTest {
  private static final int KEYS = 60_000; // so many that they are touched

  private final Harness harness = new Harness();

  @AfterEach void close() {
    harness.close();
  }

  private int touched(String pipeline) {
    byte[] bytes = ("xx" + pipeline).getBytes(StandardCharsets.ISO_8859_1);
    return new Lookahead().touch(harness.engine.database(0), bytes, 2, bytes.length) - 2;
  }

  private Client fill() {
    Client client = harness.client();
    for (int at = 0; at < KEYS; ) {
      StringBuilder sets = new StringBuilder();
      for (int i = 0; i < 100; i++, at++) {
        sets.append(Wire.command("SET", "key" + at, "0"));
      }
      client.feed(sets.toString());
    }
    return client;
  }

  @Test void inASmallDatabase_itLooksAtNothing() {
    String get = Wire.command("GET", "key");
    assertThat(touched(get.repeat(100))).isEqualTo(100 * get.length());
  }

  @Test void itLooksAtAsManyAsItHoldsKeys() {
    fill();
    String get = Wire.command("GET", "key");
    assertThat(touched(get.repeat(20))).isEqualTo(20 * get.length());
    assertThat(touched(get.repeat(100))).isEqualTo(32 * get.length());
    String ping = Wire.command("PING");
    assertThat(touched(ping.repeat(100))).isEqualTo(64 * ping.length());
  }

  @Test void whatIsNotPlain_orNotWhole_isTheEndOfIt_whereverItIsCut() {
    fill();
    String pipeline = Wire.command("SET", "key", "v".repeat(300)) + Wire.command("GET", "key");
    for (int cut = 0; cut < pipeline.length(); cut++) {
      assertThat(touched(pipeline.substring(0, cut))).isEqualTo(cut);
    }
    for (String broken : new String[] {
        "*\r\n", "*-1\r\n", "*2\r\n$-1\r\n", "*2\r\n$3\r\nGET\r\n$9999999\r\nk", "*1\r\n:1\r\n", "get key\r\n", "*2\n",
        "*99999999999\r\n", "*2\r\n$3\r\nGET\r\n$999999\r\nk\r\n", "*3\r\n$3\r\nGET\r\n$3\r\nkey\r\n$"}) {
      assertThat(touched(broken + pipeline)).as(broken).isGreaterThanOrEqualTo(0);
    }
  }

  @Test void pipelinesOverManyKeys_getTheSameReplies_howeverTheyAreCut() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Client client = fill();
    int[] model = new int[KEYS];
    for (int round = 0; round < 200; round++) {
      StringBuilder pipeline = new StringBuilder();
      StringBuilder replies = new StringBuilder();
      for (int i = random.nextInt(150); i >= 0; i--) {
        int key = random.nextInt(KEYS);
        if (random.nextInt(3) == 0) {
          pipeline.append(Wire.command("INCR", "key" + key));
          replies.append(':').append(++model[key]).append("\r\n");
        } else if (random.nextInt(20) == 0) {
          pipeline.append("PING\r\n");
          replies.append("+PONG\r\n");
        } else {
          pipeline.append(Wire.command("GET", "key" + key));
          String value = Integer.toString(model[key]);
          replies.append('$').append(value.length()).append("\r\n").append(value).append("\r\n");
        }
      }
      int cut = random.nextInt(pipeline.length());
      assertThat(client.feed(pipeline.substring(0, cut)) + client.feed(pipeline.substring(cut)))
          .as("seed %d, round %d", seed, round).isEqualTo(replies.toString());
    }
  }
}
