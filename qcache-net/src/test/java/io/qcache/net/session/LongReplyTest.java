package io.qcache.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Engine;
import io.qcache.engine.Producer;
import io.qcache.engine.Sink;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Replies that take several turns. */
class LongReplyTest {
  private static final int MEGABYTE = 1 << 20;

  private final Harness harness = new Harness(new Engine.Settings().maxBytes(256L << 20));
  private final Client client = harness.client();
  private final Client other = harness.client();

  @AfterEach void close() {
    harness.close();
  }

  private static String text(int length, int seed) {
    char[] chars = new char[length];
    Random random = new Random(seed);
    for (int i = 0; i < length; i++) {
      chars[i] = (char) ('a' + random.nextInt(26));
    }
    return new String(chars);
  }

  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  /** A producer of elements that counts how often it was closed. */
  private static final class Numbers implements Producer {
    private final int count;
    private int next;
    int closed;

    Numbers(int count) {
      this.count = count;
    }

    @Override public boolean give(Sink out, int bytes) {
      int end = Math.min(count, next + Math.max(1, bytes / 10));
      for (; next < end; next++) {
        byte[] text = Integer.toString(next).getBytes();
        out.value(text, 0, text.length);
      }
      return next < count;
    }

    @Override public void close() {
      closed++;
    }
  }

  @Test void aLongValue_comesSixtyFourKilobytesATurn_andLaterCommandsWait() {
    String value = text(MEGABYTE, 1);
    client.call("SET", "long", value);
    String reply = client.begin("GET long\r\nPING\r\n");
    assertThat(reply).startsWith("$1048576\r\n").hasSize("$1048576\r\n".length() + Rest.TURN_BYTES);
    assertThat(client.left()).isEqualTo("PING\r\n".length());
    int turns = 1;
    StringBuilder all = new StringBuilder(reply);
    while (client.session.isReplying()) {
      assertThat(all).doesNotContain("PONG");
      all.append(client.turn());
      turns++;
    }
    assertThat(turns).isEqualTo(16);
    assertThat(all).isEqualToIgnoringCase(bulk(value) + "+PONG\r\n");
  }

  @Test void whatIsOverwrittenMeanwhile_isRepliedAsItWas() {
    String value = text(MEGABYTE, 2);
    client.call("SET", "long", value);
    StringBuilder all = new StringBuilder(client.begin("GET long\r\n"));
    other.call("SETRANGE", "long", "500000", "changed");
    all.append(client.turn());
    other.call("DEL", "long");
    other.call("SET", "long", text(MEGABYTE, 3));
    while (client.session.isReplying()) {
      all.append(client.turn());
    }
    assertThat(all.toString()).isEqualTo(bulk(value));
  }

  @Test void everyReaderOfStrings_takesItsTurns() {
    String value = text(300_000, 4);
    client.call("SET", "a", value);
    client.call("SET", "b", "short");
    for (String command : new String[] {"GETRANGE a 1 -2", "GETEX a PERSIST", "SET a x GET KEEPTTL", "GETSET a x", "GETDEL a"}) {
      client.call("SET", "a", value);
      String expected = command.startsWith("GETRANGE") ? value.substring(1, value.length() - 1) : value;
      String first = client.begin(command + "\r\n");
      assertThat(client.session.isReplying()).as(command).isTrue();
      assertThat(first + client.feed("")).as(command).isEqualTo(bulk(expected));
    }
  }

  @Test void mget_repliesLongAndShortValues_inOrder_asTheyWere() {
    String first = text(100_000, 5);
    String last = text(200_000, 6);
    client.call("MSET", "first", first, "short", "s", "last", last);
    String begun = client.begin("MGET short first short missing last short first\r\nPING\r\n");
    other.call("MSET", "first", "x", "short", "x", "last", "x");
    assertThat(begun + client.feed("")).isEqualTo("*7\r\n" + bulk("s") + bulk(first) + bulk("s") + "$-1\r\n" + bulk(last)
        + bulk("s") + bulk(first) + "+PONG\r\n");
  }

  @Test void exec_repliesLongValues_inOrder_eachAsItWasAtItsPlace() {
    String value = text(150_000, 7);
    client.call("SET", "long", value);
    client.feed("MULTI\r\nGET long\r\nAPPEND long !\r\nGET long\r\nGET long nonsense\r\n");
    client.feed("DISCARD\r\nMULTI\r\nGET long\r\nAPPEND long !\r\nGET long\r\nINCR long\r\nSET long x\r\nGET long\r\n");
    assertThat(client.feed("EXEC\r\nPING\r\n")).isEqualTo("*6\r\n" + bulk(value) + ":150001\r\n" + bulk(value + "!")
        + "-ERR value is not an integer or out of range\r\n+OK\r\n" + bulk("x") + "+PONG\r\n");
  }

  @Test void withRepliesOff_orSkipped_itIsDropped() {
    client.call("SET", "long", text(MEGABYTE, 8));
    assertThat(client.begin("CLIENT REPLY SKIP\r\nGET long\r\nPING\r\n")).isEqualTo("+PONG\r\n");
    assertThat(client.begin("CLIENT REPLY OFF\r\nGET long\r\nCLIENT REPLY ON\r\n")).isEqualTo("+OK\r\n");
    assertThat(client.begin("CLIENT REPLY OFF\r\nMULTI\r\nGET long\r\nGET long\r\nEXEC\r\nCLIENT REPLY ON\r\n"))
        .isEqualTo("+OK\r\n");
    assertThat(client.session.isReplying()).isFalse();
  }

  @Test void aProducerIsClosedOnce_whenItHasGivenAll_andWhenTheConnectionGoes() {
    Numbers all = new Numbers(3);
    client.session.produce(all, client.session.call());
    assertThat(client.replies()).isEqualTo(bulk("0") + bulk("1") + bulk("2"));
    assertThat(all.closed).isEqualTo(1);

    Numbers cut = new Numbers(1_000_000);
    Numbers behind = new Numbers(1);
    client.session.produce(cut, client.session.call());
    client.session.produce(behind, client.session.call());
    client.turn();
    assertThat(cut.closed + behind.closed).isZero();
    client.disconnect();
    assertThat(new int[] {cut.closed, behind.closed}).containsExactly(1, 1);
    assertThat(client.session.isReplying()).isFalse();
  }

  @Test void whatIsTakenBack_closesTheProducersBehindTheMark_alone() {
    Numbers[] numbers = new Numbers[4];
    Arrays.setAll(numbers, i -> new Numbers(100_000));
    Call call = client.session.call();
    long start = call.mark();
    call.produce(numbers[0]);
    call.reply().simple("a");
    long afterFirst = call.mark();
    call.produce(numbers[1]);
    call.reply().simple("b");
    call.produce(numbers[2]);
    call.rewind(afterFirst);
    assertThat(Arrays.stream(numbers).mapToInt(one -> one.closed)).containsExactly(0, 1, 1, 0);
    call.reply().simple("c");
    assertThat(client.feed("")).endsWith(bulk("99999") + "+a\r\n+c\r\n");
    call.produce(numbers[3]);
    call.reply().simple("d");
    call.rewind(start);
    assertThat(Arrays.stream(numbers).mapToInt(one -> one.closed)).containsExactly(1, 1, 1, 1);
    assertThat(client.feed("PING\r\n")).endsWith("+PONG\r\n");
  }

  @Test void keys_walksASliceATurn_andRepliesWhatIsThereThroughout() {
    StringBuilder sets = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      sets.append("SET key:").append(i).append(" x\r\n");
    }
    client.feed(sets.toString());
    assertThat(client.begin("KEYS key:*\r\n")).isEmpty();
    assertThat(other.call("DBSIZE")).isEqualTo(":20000\r\n");
    String reply = client.feed("");
    assertThat(reply).startsWith("*20000\r\n").contains("key:19999");
    client.feed("MULTI\r\nKEYS key:1999?\r\n");
    assertThat(client.begin("EXEC\r\n")).startsWith("*1\r\n*10\r\n");
  }

  @Test void whatIsMoreThanThePeerHasRoomFor_isNotKept_butRunToItsEnd() {
    client.call("SET", "long", text(MEGABYTE, 9));
    client.call("SET", "short", text(60_000, 10));
    client.room(MEGABYTE);
    client.feed("MULTI\r\nGET long\r\n" + "GET short\r\n".repeat(1_000) + "SET done 1\r\n");
    client.begin("EXEC\r\n");
    assertThat(client.session.heldBytes()).isLessThan(2 * MEGABYTE);
    assertThat(other.call("GET", "done")).isEqualTo("$1\r\n1\r\n");
    client.disconnect();
    assertThat(client.session.heldBytes()).isZero();
  }
}
