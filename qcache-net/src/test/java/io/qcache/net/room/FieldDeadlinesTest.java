package io.qcache.net.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.session.Client;
import io.qcache.net.session.Harness;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HEXPIRE and its like, on the wire. */
class FieldDeadlinesTest {
  private static final String MOST = "70368744177663";

  private final Harness harness = new Harness();
  private final Client client = harness.client();

  @AfterEach void close() {
    harness.close();
  }

  private String ask(String line) {
    return client.send(line).trim().replace("\r\n", " ");
  }

  @Test void deadlines_areSetReadAndTakenAway() {
    ask("hset h a 1 b 2 c 3");
    assertThat(ask("hexpire h 100 fields 3 a b nope")).isEqualTo("*3 :1 :1 :-2");
    assertThat(ask("httl h fields 4 a b c nope")).isEqualTo("*4 :100 :100 :-1 :-2");
    harness.clock.forward(1);
    assertThat(ask("httl h fields 1 a")).isEqualTo("*1 :100");
    assertThat(ask("hpttl h fields 1 a")).isEqualTo("*1 :99999");
    long at = harness.engine.nowMillis() + 99_999;
    assertThat(ask("hpexpiretime h fields 1 a")).isEqualTo("*1 :" + at);
    assertThat(ask("hexpiretime h fields 1 a")).isEqualTo("*1 :" + (at + 999) / 1000);
    assertThat(ask("hpersist h fields 3 a c nope")).isEqualTo("*3 :1 :-1 :-2");
    assertThat(ask("httl h fields 1 a")).isEqualTo("*1 :-1");
    assertThat(ask("object encoding h")).isEqualTo("$10 listpackex");
    assertThat(ask("httl nope fields 2 a b")).isEqualTo("*2 :-2 :-2");
    assertThat(ask("hexpire nope 1 fields 1 a")).isEqualTo("*1 :-2");
    assertThat(ask("hpersist nope fields 1 a")).isEqualTo("*1 :-2");
  }

  @Test void conditions_lookAtTheFieldsDeadline_andOneSetInTheSameCallCounts() {
    ask("hset h a 1 b 2");
    assertThat(ask("hexpire h 100 xx fields 1 a")).isEqualTo("*1 :0");
    assertThat(ask("hexpire h 100 gt fields 1 a")).isEqualTo("*1 :0");
    assertThat(ask("hexpire h 100 lt fields 1 a")).isEqualTo("*1 :1");
    assertThat(ask("hexpire h 100 gt fields 1 a")).isEqualTo("*1 :0");
    assertThat(ask("hexpire h 200 gt fields 1 a")).isEqualTo("*1 :1");
    assertThat(ask("hexpire h 50 nx fields 3 a b b")).isEqualTo("*3 :0 :1 :0");
    assertThat(ask("hexpireat h 1 fields 2 a a")).isEqualTo("*2 :2 :-2");
    assertThat(ask("hpexpire h 0 fields 1 b")).isEqualTo("*1 :2");
    assertThat(ask("exists h")).isEqualTo(":0");
  }

  @Test void whatSetsAField_takesItsDeadlineAway_butHincrbyKeepsIt() {
    ask("hset h a 1 b 2");
    ask("hexpire h 100 fields 2 a b");
    ask("hset h a 5");
    ask("hincrby h b 5");
    ask("hincrbyfloat h b 0.5");
    assertThat(ask("httl h fields 2 a b")).isEqualTo("*2 :-1 :100");
    ask("copy h g");
    ask("rename h i");
    assertThat(ask("httl g fields 2 a b")).isEqualTo("*2 :-1 :100");
    assertThat(ask("httl i fields 2 a b")).isEqualTo("*2 :-1 :100");
  }

  @Test void aFieldThatIsDue_isNotSeen_andGoesWithItsEvents() {
    Client listener = harness.client();
    ask("config set notify-keyspace-events Eghx");
    listener.send("psubscribe *");
    ask("hset h a 1 b 2");
    ask("hpexpire h 10 fields 1 a");
    ask("hpersist h fields 1 b");
    harness.clock.forward(10);
    assertThat(ask("hlen h")).isEqualTo(":1");
    assertThat(ask("hgetall h")).isEqualTo("*2 $1 b $1 2");
    assertThat(ask("hget h a")).isEqualTo("$-1");
    assertThat(ask("hexists h a")).isEqualTo(":0");
    assertThat(ask("hscan h 0")).isEqualTo("*2 $1 0 *2 $1 b $1 2");
    assertThat(ask("hrandfield h 5")).isEqualTo("*1 $1 b");
    harness.engine.upkeep();
    ask("hpexpire h 10 fields 1 b");
    harness.clock.forward(10);
    harness.engine.upkeep();
    assertThat(ask("exists h")).isEqualTo(":0");
    String told = listener.turnsUntil(":del\r\n");
    assertThat(told.lines().filter(line -> line.startsWith("__keyevent")).map(line -> line.substring(15)).toList())
        .isEqualTo(List.of("hset", "hexpire", "hexpired", "hexpire", "hexpired", "del"));
  }

  @Test void inAPause_nothingGoes() {
    ask("hset h a 1 b 2");
    ask("hpexpire h 10 fields 1 a");
    ask("client pause 100 write");
    harness.clock.forward(20);
    harness.engine.upkeep();
    assertThat(ask("hgetall h")).isEqualTo("*2 $1 b $1 2");
    harness.clock.forward(100);
    harness.engine.upkeep();
    assertThat(ask("hlen h")).isEqualTo(":1");
  }

  @Test void wrongArguments_areRefused_inTheWordsOfRedis() {
    ask("hset h a 1");
    ask("set s 1");
    String wrongType = "-WRONGTYPE Operation against a key holding the wrong kind of value";
    for (String name : List.of("hexpire", "hpexpire", "hexpireat", "hpexpireat")) {
      assertThat(ask(name + " s abc fields 1 a")).isEqualTo(wrongType);
      assertThat(ask(name + " h abc fields 1 a")).isEqualTo("-ERR value is not an integer or out of range");
      assertThat(ask(name + " h 9223372036854775808 fields 1 a")).isEqualTo("-ERR value is not an integer or out of range");
      assertThat(ask(name + " h -1 fields 1 a")).isEqualTo("-ERR invalid expire time, must be >= 0");
      assertThat(ask(name + " h 9223372036854775807 fields 1 a")).isEqualTo("-ERR invalid expire time in '" + name + "' command");
      assertThat(ask(name + " h 10 fields 2 a")).isEqualTo("-ERR The `numfields` parameter must match the number of arguments");
      assertThat(ask(name + " h 10 fields 0 a")).isEqualTo("-ERR Parameter `numFields` should be greater than 0");
      assertThat(ask(name + " h 10 nx fields 1")).isEqualTo("-ERR The `numfields` parameter must match the number of arguments");
      assertThat(ask(name + " h 10 nx xx fields 1 a"))
          .isEqualTo("-ERR Mandatory argument FIELDS is missing or not at the right position");
      assertThat(ask(name + " h 10 fields 1")).isEqualTo("-ERR wrong number of arguments for '" + name + "' command");
    }
    for (String name : List.of("httl", "hpttl", "hexpiretime", "hpexpiretime", "hpersist")) {
      assertThat(ask(name + " s fields x a")).isEqualTo(wrongType);
      assertThat(ask(name + " h fields x a")).isEqualTo("-ERR Number of fields must be a positive integer");
      assertThat(ask(name + " h fields 9223372036854775807 a"))
          .isEqualTo("-ERR The `numfields` parameter must match the number of arguments");
      assertThat(ask(name + " h field 1 a"))
          .isEqualTo("-ERR Mandatory argument FIELDS is missing or not at the right position");
    }
    assertThat(ask("hpexpireat h " + MOST + " fields 1 a")).isEqualTo("*1 :1");
    assertThat(ask("hpexpiretime h fields 1 a")).isEqualTo("*1 :" + MOST);
    assertThat(ask("hpexpireat h 70368744177664 fields 1 a")).isEqualTo("-ERR invalid expire time in 'hpexpireat' command");
  }
}
