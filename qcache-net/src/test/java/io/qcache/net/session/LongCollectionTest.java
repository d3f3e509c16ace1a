package io.qcache.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Engine;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replies of hashes and sets that take several turns: a bounded part each, and whole as of one instant. */
class LongCollectionTest {
  private static final int MANY = 6_000;
  private static final int TURN = Rest.TURN_BYTES + 2_048; // and a value that has begun

  private final Harness harness = new Harness(new Engine.Settings().maxBytes(256L << 20));
  private final Client client = harness.client();
  private final Client other = harness.client();

  @BeforeEach void fill() {
    StringBuilder commands = new StringBuilder();
    for (int i = 0; i < MANY; i++) {
      commands.append("HSET h field:").append(i).append(" value:").append(i).append("\r\n");
      commands.append("SADD s member:").append(i).append("\r\nSADD t member:").append(2 * i).append("\r\n");
    }
    client.feed(commands.toString());
  }

  @AfterEach void close() {
    harness.close();
  }

  /** The reply to a command, no turn of which is long; {@code meanwhile} is sent by another client after the first turn. */
  private String replyTo(String command, String meanwhile) {
    StringBuilder all = new StringBuilder(client.begin(command + "\r\n"));
    assertThat(all.length()).as(command).isLessThan(TURN);
    assertThat(client.session.isReplying()).as(command).isTrue();
    other.feed(meanwhile);
    while (client.session.isReplying()) {
      String part = client.turn();
      assertThat(part.length()).as(command).isLessThan(TURN);
      all.append(part);
    }
    return all.toString();
  }

  /** What the bulk strings of a flat reply say. */
  private static String[] texts(String reply) {
    String[] lines = reply.split("\r\n");
    String[] texts = new String[(lines.length - 1) / 2];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = lines[2 + 2 * i];
    }
    return texts;
  }

  @Test void hgetall_isAsItWas_whateverChangesMeanwhile() {
    String[] texts = texts(replyTo("HGETALL h", "HSET h field:1 x new y\r\nHDEL h field:2 field:3\r\nDEL h\r\nSET h text\r\n"));
    assertThat(texts).hasSize(2 * MANY);
    Set<String> fields = new HashSet<>();
    for (int i = 0; i < texts.length; i += 2) {
      assertThat(texts[i + 1]).isEqualTo(texts[i].replace("field", "value"));
      fields.add(texts[i]);
    }
    assertThat(fields).hasSize(MANY);
  }

  @Test void hkeys_hvals_smembers_areCountedRight() {
    assertThat(replyTo("HKEYS h", "HDEL h field:7\r\n")).startsWith("*6000\r\n").contains("field:7\r\n");
    assertThat(replyTo("HVALS h", "HDEL h field:8\r\n")).startsWith("*5999\r\n").contains("value:8\r\n");
    client.feed("HELLO 3\r\n");
    assertThat(replyTo("SMEMBERS s", "SREM s member:9\r\n")).startsWith("~6000\r\n").contains("member:9\r\n");
    assertThat(replyTo("HGETALL h", "")).startsWith("%5998\r\n");
  }

  @Test void randomElements_areProducedInStep() {
    client.call("SADD", "one", "x".repeat(1_024));
    String reply = replyTo("SRANDMEMBER one -3000", "DEL one\r\n");
    assertThat(reply).startsWith("*3000\r\n").hasSize("*3000\r\n".length() + 3_000 * (1_024 + "$1024\r\n\r\n".length()));
    assertThat(client.begin("SRANDMEMBER s -9223372036854775807\r\n")).startsWith("*9223372036854775807\r\n");
    assertThat(client.turn().length()).isBetween(10_000, TURN);
    assertThat(client.session.heldBytes()).isLessThan(TURN);
  }

  @Test void randomFieldsWithValues_arePairs() {
    client.feed("HELLO 3\r\n");
    String reply = replyTo("HRANDFIELD h -9000 WITHVALUES", "");
    assertThat(reply).startsWith("*9000\r\n*2\r\n$");
    assertThat(reply.split("\\*2\r\n")).hasSize(9_001);
    assertThat(new TreeSet<>(Set.of(replyTo("HRANDFIELD h 5000 WITHVALUES", "").split("\\*2\r\n")))).hasSize(5_001);
  }

  @Test void spop_givesWhatItHasTakenOut() {
    String[] popped = texts(replyTo("SPOP s 4000", "DEL s\r\nSADD s x\r\n"));
    assertThat(popped).hasSize(4_000).doesNotHaveDuplicates().allMatch(text -> text.startsWith("member:"));
    other.feed("DEL s\r\n");
    String[] all = texts(replyTo("SPOP t 99999", "SADD t x\r\n"));
    assertThat(all).hasSize(MANY).doesNotHaveDuplicates();
    assertThat(other.call("SCARD", "t")).isEqualTo(":1\r\n");
  }

  @Test void severalSets_areCombinedAsOfOneInstant() {
    assertThat(texts(replyTo("SUNION s t", "DEL s t\r\n"))).hasSize(MANY + MANY / 2).doesNotHaveDuplicates();
    fill();
    assertThat(texts(replyTo("SINTER s t", "SREM s member:0\r\nDEL t\r\n"))).hasSize(MANY / 2).contains("member:0");
    fill();
    assertThat(texts(replyTo("SDIFF t s", "SADD s member:11998\r\n"))).hasSize(MANY / 2).contains("member:11998");
  }
}
