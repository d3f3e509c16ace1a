package io.qcache.net.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.EvictionPolicy;
import io.qcache.engine.Engine;
import io.qcache.engine.MemoryKind;
import io.qcache.net.session.Client;
import io.qcache.net.session.Harness;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies and what is told of them; what they do is tested in the store. */
class EvictionTest {
  private static final String OOM = "-OOM command not allowed when used memory > 'maxmemory'.\r\n";

  private final Harness harness = new Harness(new Engine.Settings().stripes(1).maxBytes(1 << 20));
  private final Client client = harness.client();

  @AfterEach void close() {
    harness.close();
  }

  private String field(String name) {
    return Stream.of(client.send("info").split("\r\n")).filter(line -> line.startsWith(name + ":"))
        .findFirst().orElseThrow().substring(name.length() + 1);
  }

  private long number(String field) {
    return Long.parseLong(field(field));
  }

  private String fill(String prefix) {
    String value = "x".repeat(1000);
    String reply = "+OK\r\n";
    for (int i = 0; i < 2_000 && reply.equals("+OK\r\n"); i++) {
      reply = client.send("set " + prefix + i + " " + value);
    }
    return reply;
  }

  @Test void configSet_reachesTheEngine_andInfoTellsIt() {
    assertThat(client.send("config set maxmemory-policy allkeys-lfu maxmemory 900kb")).isEqualTo("+OK\r\n");
    assertThat(harness.engine.evictionPolicy()).isSameAs(EvictionPolicy.ALLKEYS_LFU);
    assertThat(field("maxmemory_policy")).isEqualTo("allkeys-lfu");
    assertThat(field("maxmemory")).isEqualTo("921600");
    assertThat(client.send("config set maxmemory-policy volatile-ttl maxmemory x")).startsWith("-ERR");
    assertThat(harness.engine.evictionPolicy()).isSameAs(EvictionPolicy.ALLKEYS_LFU);
  }

  @Test void aBoundLoweredBelowWhatIsHeld_queuesNoWrites_butReads() {
    assertThat(fill("k")).isEqualTo(OOM);
    assertThat(client.send("config set maxmemory 500kb\r\nmulti\r\nget none\r\nset k 1\r\nexec")).isEqualTo(
        "+OK\r\n+OK\r\n+QUEUED\r\n" + OOM + "-EXECABORT Transaction discarded because of previous errors.\r\n");
    assertThat(client.send("multi\r\nget none\r\nexec")).isEqualTo("+OK\r\n+QUEUED\r\n*1\r\n$-1\r\n");
  }

  @Test void aTransactionForWhichThereIsNoRoom_isAborted_withTheReason() {
    assertThat(client.send("multi\r\n" + ("set k " + "y".repeat(60_000) + "\r\n").repeat(20) + "exec"))
        .endsWith("-EXECABORT Transaction discarded because of: " + OOM.substring(1));
  }

  @Test void configGet_tellsWhatWasSetThroughTheJavaDoor() {
    harness.engine.evictionPolicy(EvictionPolicy.VOLATILE_TTL);
    harness.engine.memory().maxBytes(2 << 20);
    assertThat(client.send("config get maxmemory-policy")).endsWith("\r\nvolatile-ttl\r\n");
    assertThat(client.send("config get maxmemory")).endsWith("\r\n2097152\r\n");
    client.send("config set maxmemory 0");
    assertThat(client.send("config get maxmemory")).endsWith("\r\n0\r\n");
    assertThat(harness.engine.memory().maxBytes()).isGreaterThan(2 << 20);
  }

  @ParameterizedTest @ValueSource(strings = {"noeviction", "volatile-lru", "volatile-ttl", "volatile-random"})
  void aFullStoreOfWhichNothingMayGo_refusesWrites_andAnswersAllElse(String policy) {
    client.send("config set maxmemory-policy " + policy);
    assertThat(fill("k")).isEqualTo(OOM);
    assertThat(client.send("append k1 " + "y".repeat(1000))).isEqualTo(OOM);
    assertThat(client.send("get k0")).startsWith("$1000\r\n");
    assertThat(client.send("multi\r\nget k0\r\nexec")).startsWith("+OK\r\n+QUEUED\r\n*1\r\n$1000\r\n");
    assertThat(client.send("multi\r\nset more " + "y".repeat(1000) + "\r\nexec"))
        .containsPattern("-EXECABORT Transaction discarded because of(: OOM command not allowed| previous errors)");
    assertThat(client.send("exists k0 k1\r\ntype k0\r\nttl k0\r\nstrlen k0"))
        .isEqualTo(":2\r\n+string\r\n:-1\r\n:1000\r\n");
    assertThat(client.send("del k0 k1 k2 k3\r\nunlink k4")).isEqualTo(":4\r\n:1\r\n");
    for (int i = 5; i < 40; i++) { // some pages
      client.send("del k" + i);
    }
    assertThat(client.send("set fits now")).isEqualTo("+OK\r\n");
    assertThat(field("evicted_keys")).isEqualTo("0");
    assertThat(client.send("flushall")).isEqualTo("+OK\r\n");
  }

  @Test void evictedKeys_areCounted_andCountedAfreshAfterAReset() {
    client.send("config set maxmemory-policy allkeys-random");
    assertThat(fill("k")).isEqualTo("+OK\r\n");
    long evicted = number("evicted_keys");
    assertThat(evicted).isGreaterThan(900).isEqualTo(2_000 - Long.parseLong(client.send("dbsize").substring(1).trim()));
    client.send("config resetstat");
    assertThat(field("evicted_keys")).isEqualTo("0");
    assertThat(harness.engine.evictedKeys()).as("others go on counting").isEqualTo(evicted);
    fill("more");
    assertThat(number("evicted_keys")).isPositive().isEqualTo(harness.engine.evictedKeys() - evicted);
  }

  @Test void hitsMissesAndExpiredKeys_areCounted_andCountedAfreshAfterAReset() {
    client.send("mset a 1 b 2\r\nget a\r\nget b\r\nget c\r\nmget a b d\r\nset e 1 px 5");
    harness.clock.forward(5);
    client.send("set e 2");
    client.send("hset h f 1 g 2 i 3\r\nhpexpire h 5 fields 2 f g");
    harness.clock.forward(5);
    client.send("hset h f 4 g 5");
    assertThat(number("expired_subkeys")).isEqualTo(2);
    assertThat(number("keyspace_hits")).isEqualTo(4);
    assertThat(number("keyspace_misses")).isEqualTo(2);
    assertThat(number("expired_keys")).isEqualTo(1);
    assertThat(client.send("multi\r\nget a\r\nconfig resetstat\r\nget c\r\nexec")).contains("*3\r\n");
    assertThat(number("keyspace_hits")).isZero();
    assertThat(number("keyspace_misses")).isEqualTo(1);
    assertThat(number("expired_keys")).isZero();
    assertThat(number("expired_subkeys")).isZero();
    assertThat(harness.logged).isEmpty();
  }

  @Test void memoryByKind_isAllOfIt() {
    harness.engine.rest(this, Long.MAX_VALUE); // upkeep: nothing changes between two figures
    client.send("config set maxmemory-policy allkeys-lru");
    client.send("set large " + "x".repeat(60_000) + "\r\nset brief 1 ex 100");
    client.send("select 1\r\nset other 1\r\nselect 0"); // all databases count
    fill("k");
    long sum = LongStream.of(harness.engine.bytesByKind()).sum();
    assertThat(sum).isEqualTo(number("used_memory")).isEqualTo(harness.engine.memory().usedBytes());
    assertThat(number("used_memory_dataset")).isEqualTo(number("used_memory_pages") + number("used_memory_large_values"))
        .isEqualTo(sum - number("used_memory_overhead"));
    for (MemoryKind kind : MemoryKind.values()) {
      assertThat(harness.engine.bytesByKind()[kind.ordinal()]).as(kind.name())
          .isEqualTo(number("used_memory_" + kind.name().toLowerCase(java.util.Locale.ROOT)));
    }
    assertThat(number("used_memory_pages")).isGreaterThan(500_000);
    assertThat(number("used_memory_ghosts")).isPositive();
    assertThat(number("used_memory_index")).isPositive();
  }

  @Test void objectFreq_countsReadsUpToThree_andIsNoneItself() {
    client.send("config set maxmemory-policy allkeys-lfu\r\nset a 1");
    for (String expected : new String[] {"0", "1", "2", "3", "3"}) {
      assertThat(client.send("object freq a\r\nobject freq a")).isEqualTo((":" + expected + "\r\n").repeat(2));
      assertThat(client.send("get a")).startsWith("$1");
    }
    assertThat(client.send("multi\r\nobject freq a\r\nexec")).endsWith("*1\r\n:3\r\n");
    assertThat(client.send("hello 3\r\nobject freq b")).endsWith("_\r\n");
  }

  @Test void objectIdletime_isRefused_sinceItIsNotKnown() {
    client.send("set a 1");
    assertThat(client.send("object idletime a")).isEqualTo("-ERR QCache does not track idle time: OBJECT FREQ under an "
        + "LFU policy tells how often a key was used lately\r\n");
    assertThat(client.send("object idletime b")).isEqualTo("$-1\r\n");
  }

  @Test void noTouch_countsNoRead_butTouch() {
    client.send("config set maxmemory-policy allkeys-lfu\r\nselect 1\r\nset a 1\r\nselect 0\r\nset a 1");
    client.send("client no-touch on\r\nget a\r\nmget a a\r\nstrlen a\r\nselect 1\r\nget a");
    assertThat(client.send("object freq a")).isEqualTo(":0\r\n");
    client.send("select 0");
    assertThat(client.send("object freq a\r\ntouch a\r\nobject freq a")).isEqualTo(":0\r\n:1\r\n:1\r\n");
    assertThat(client.send("client no-touch off\r\nget a\r\nobject freq a")).endsWith(":2\r\n");
    assertThat(client.send("client no-touch on\r\nreset\r\nget a\r\nobject freq a")).endsWith(":3\r\n");
    assertThat(number("keyspace_hits")).as("what is not touched is looked up all the same").isGreaterThan(6);
  }
}
