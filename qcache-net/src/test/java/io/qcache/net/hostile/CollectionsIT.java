package io.qcache.net.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** Collections as weapons: replies without end, counts at the ends of their range, members that would collide. */
class CollectionsIT extends Siege {
  private static final int SLOW = 64 << 10; // bytes that a slow reader's system takes
  private static final int ELEMENTS = 30_000;
  private static final int PIECES = 1_000; // elements a command
  private static final String ELEMENT = "e".repeat(90);
  private static final String WRONG_RANGE = "-ERR value is out of range";

  /** Collections of {@link #ELEMENTS}, about 3 MB each. */
  private static void fill(Wire wire) throws IOException {
    for (int from = 0; from < ELEMENTS; from += PIECES) {
      StringBuilder list = new StringBuilder("*" + (PIECES + 2) + "\r\n$5\r\nRPUSH\r\n$4\r\nlist\r\n");
      StringBuilder set = new StringBuilder("*" + (PIECES + 2) + "\r\n$4\r\nSADD\r\n$3\r\nset\r\n");
      StringBuilder hash = new StringBuilder("*" + (2 * PIECES + 2) + "\r\n$4\r\nHSET\r\n$4\r\nhash\r\n");
      StringBuilder sorted = new StringBuilder("*" + (2 * PIECES + 2) + "\r\n$4\r\nZADD\r\n$6\r\nsorted\r\n");
      for (int i = from; i < from + PIECES; i++) {
        String element = bulk(ELEMENT + i);
        list.append(element);
        set.append(element);
        hash.append(element).append(bulk("value"));
        sorted.append(bulk(Integer.toString(i))).append(element);
      }
      wire.send(list.toString()).line();
      for (StringBuilder command : new StringBuilder[] {set, hash, sorted}) {
        assertThat(wire.send(command.toString()).line()).isEqualTo(":1000\r");
      }
    }
  }

  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  /** The server answers others, and what the slow one has asked for costs a few megabytes beside the collections. */
  private void isHeldBack(long before) throws IOException {
    for (int i = 0; i < 5; i++) {
      theServerAnswers();
    }
    assertThat(grown() - before).isLessThan(8L * MEGABYTE);
  }

  @Test void wholeCollections_thatNobodyReads_costATurnOfThem() throws Exception {
    fill(attacker());
    long before = grown();
    for (String command : new String[] {"LRANGE list 0 -1", "HGETALL hash", "HVALS hash", "SMEMBERS set", "SINTER set set",
        "ZRANGE sorted 0 -1 WITHSCORES", "ZRANGE sorted -inf +inf BYSCORE", "HSCAN hash 0 COUNT 100000",
        "SSCAN set 0 COUNT 1000000000", "ZSCAN sorted 0 COUNT 9223372036854775807"}) {
      Wire slow = attacker(SLOW);
      slow.send((command + "\r\n").repeat(50)); // 150 MB
      assertThat(slow.read(1)).as(command).isEqualTo("*");
    }
    isHeldBack(before + 10L * 2 * MEGABYTE); // ten replies under way
  }

  @Test void membersAtRandom_asManyAsAreAskedFor_comeInStepWithWhoReads() throws Exception {
    Wire wire = attacker();
    String member = "m".repeat(1_024);
    wire.send(Wire.command("SADD", "set", member) + Wire.command("HSET", "hash", member, "v")
        + Wire.command("ZADD", "sorted", "1", member));
    assertThat(wire.line() + wire.line() + wire.line()).isEqualTo(":1\r:1\r:1\r");
    long before = grown();
    for (String command : new String[] {
        "SRANDMEMBER set -300000", "HRANDFIELD hash -300000 WITHVALUES", "ZRANDMEMBER sorted -300000"}) {
      Wire slow = attacker(SLOW);
      slow.send(command + "\r\n"); // 300 MB
      assertThat(slow.read(1)).as(command).isEqualTo("*");
    }
    isHeldBack(before);
  }

  @Test void whatIsChangedWhileItIsRead_isCopiedOnceAtMost() throws Exception {
    Wire wire = attacker();
    fill(wire);
    long before = grown();
    Wire slow = attacker(SLOW);
    slow.send("LRANGE list 0 -1\r\n");
    assertThat(slow.line()).isEqualTo("*30000\r");
    assertThat(wire.ask("LTRIM list 1000 -1000\r")).isEqualTo("+OK\r");
    for (int i = 0; i < 2_000; i++) {
      assertThat(wire.ask("LSET list " + i * 14 + " x\r")).isEqualTo("+OK\r");
    }
    theServerAnswers();
    assertThat(grown() - before).isLessThan(8L * MEGABYTE);
    assertThat(slow.line()).isEqualTo("$91\r");
    assertThat(slow.line()).isEqualTo(ELEMENT + "0\r");
    long between = 0;
    for (int i = 1; i < ELEMENTS - 1; i++) {
      between += bulk(ELEMENT + i).length();
    }
    slow.skip(between);
    assertThat(slow.line() + slow.line()).isEqualTo("$95\r" + ELEMENT + "29999\r");
  }

  @Test void countsAtTheEndsOfTheirRange() throws Exception {
    Wire wire = attacker();
    wire.send("RPUSH list a b a\r\nSADD set a b\r\nHSET hash a 1 b 2\r\nZADD sorted 1 a 2 b\r\n");
    assertThat(wire.line() + wire.line() + wire.line() + wire.line()).isEqualTo(":3\r:2\r:2\r:2\r");
    for (String command : new String[] {"SRANDMEMBER set", "HRANDFIELD hash", "ZRANDMEMBER sorted"}) {
      for (String count : new String[] {"-9223372036854775808", "9223372036854775808", "x", "1.0"}) {
        assertThat(wire.ask(command + " " + count + "\r")).as(command + " " + count).startsWith("-ERR value is ");
      }
    }
    for (String count : new String[] {"-1", "-9223372036854775808", "9223372036854775808", "x"}) {
      for (String command : new String[] {"LPOP list", "RPOP list", "SPOP set", "ZPOPMIN sorted"}) {
        assertThat(wire.ask(command + " " + count + "\r")).as(command + " " + count).startsWith(WRONG_RANGE);
      }
      assertThat(wire.ask("LMPOP 1 list LEFT COUNT " + count + "\r")).startsWith("-ERR count should be greater than 0");
      assertThat(wire.ask("LMPOP " + count + " list LEFT\r")).startsWith("-ERR numkeys should be greater than 0");
      assertThat(wire.ask("LPOS list a COUNT " + count + "\r")).startsWith("-ERR COUNT can't be negative");
    }
    assertThat(wire.ask("LMPOP 9223372036854775807 list LEFT\r")).startsWith("-ERR syntax error");
    assertThat(wire.ask("LINDEX list -9223372036854775808\r")).isEqualTo("$-1\r");
    assertThat(wire.ask("LSET list 9223372036854775807 x\r")).startsWith("-ERR index out of range");
    assertThat(wire.ask("LRANGE list 9223372036854775807 -9223372036854775808\r")).isEqualTo("*0\r");
    assertThat(wire.ask("HINCRBY hash a 9223372036854775807\r")).startsWith("-ERR increment or decrement would overflow");
    assertThat(wire.ask("ZADD sorted nan c\r")).startsWith("-ERR value is not a valid float");
    assertThat(wire.ask("LLEN list\r") + wire.ask("SCARD set\r") + wire.ask("HLEN hash\r") + wire.ask("ZCARD sorted\r"))
        .isEqualTo(":3\r:2\r:2\r:2\r");
    assertThat(wire.ask("LREM list -9223372036854775808 a\r")).isEqualTo(":2\r");
  }

  /** Of one String.hashCode: the hash is keyed, so that they are like any others. */
  @Test void membersThatCollideInAPublicHash_areLikeAnyOthers() throws Exception {
    Wire wire = attacker();
    StringBuilder set = new StringBuilder("*32770\r\n$4\r\nSADD\r\n$3\r\nset\r\n");
    StringBuilder hash = new StringBuilder("*65538\r\n$4\r\nHSET\r\n$4\r\nhash\r\n");
    StringBuilder keys = new StringBuilder("*65537\r\n$4\r\nMSET\r\n");
    for (int i = 0; i < 1 << 15; i++) {
      StringBuilder member = new StringBuilder();
      for (int bit = 0; bit < 15; bit++) {
        member.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      set.append(bulk(member.toString()));
      hash.append(bulk(member.toString())).append(bulk("v"));
      keys.append(bulk(member.toString())).append(bulk("v"));
    }
    assertThat(wire.send(set.toString()).line()).isEqualTo(":32768\r");
    assertThat(wire.send(hash.toString()).line()).isEqualTo(":32768\r");
    assertThat(wire.send(keys.toString()).line()).isEqualTo("+OK\r");
    assertThat(wire.send(set.toString()).line()).isEqualTo(":0\r");
    theServerAnswers();
  }

  @Test void whoResetsInTheMiddleOfALongCollection_leavesNothingPinned() throws Exception {
    Wire wire = attacker();
    fill(wire);
    for (int i = 0; i < 40; i++) {
      try (Socket socket = bare()) {
        send(socket, "LRANGE list 0 -1\r\nHGETALL hash\r\nMULTI\r\nSMEMBERS set\r\nEXEC\r\nZRANGE sorted 0 -1\r\n");
        assertThat(socket.getInputStream().read()).isEqualTo('*');
        socket.setSoLinger(true, 0);
      }
    }
    assertThat(wire.ask("DEL list hash set sorted\r")).isEqualTo(":4\r");
    theServerAnswers();
    Wire.await("nothing holds them any more", () -> grown() < 12L * MEGABYTE);
  }

  @Test void aListThatIsPoppedAsAWhole_isGivenByWhoPoppedIt_andGoneForOthers() throws Exception {
    Wire wire = attacker();
    fill(wire);
    Wire slow = attacker(SLOW);
    slow.send("LPOP list 9223372036854775807\r\n");
    assertThat(slow.line()).isEqualTo("*30000\r");
    assertThat(wire.ask("EXISTS list\r")).isEqualTo(":0\r");
    assertThat(wire.ask("RPUSH list other\r")).isEqualTo(":1\r");
    assertThat(slow.line() + slow.line()).isEqualTo("$91\r" + ELEMENT + "0\r");
    theServerAnswers();
  }
}
