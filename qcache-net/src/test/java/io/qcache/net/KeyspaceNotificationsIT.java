package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.QCache;
import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to keys, published. */
@Timeout(60)
class KeyspaceNotificationsIT {
  private QCacheServer server;
  private Wire writer;
  private Wire subscriber;

  @BeforeEach void open() throws IOException {
    server = QCacheServer.builder().port(0).log((level, message) -> { }).open();
    writer = new Wire(server.port());
    subscriber = new Wire(server.port());
  }

  @AfterEach void close() throws Exception {
    writer.close();
    subscriber.close();
    server.close();
  }

  private void notify(String classes) throws IOException {
    assertThat(writer.ask("CONFIG SET notify-keyspace-events \"" + classes + "\"")).isEqualTo("+OK\r");
  }

  private void subscribe(String pattern) throws IOException {
    subscriber.send("PSUBSCRIBE " + pattern + "\r\n");
    for (int i = 0; i < 6; i++) {
      subscriber.line();
    }
  }

  /** Channel and message of the next one to come. */
  private String next() throws IOException {
    String[] parts = new String[4];
    assertThat(subscriber.line().trim()).isEqualTo("*4");
    for (int i = 0; i < 4; i++) {
      subscriber.line();
      parts[i] = subscriber.line().trim();
    }
    return parts[2] + " " + parts[3];
  }

  private List<String> next(int count) throws IOException {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(next());
    }
    return all;
  }

  @Test void anEvent_comesOnBothChannels_theKeysFirst() throws Exception {
    notify("KEA");
    subscribe("*");
    writer.ask("SET a 1 EX 100");
    writer.ask("SELECT 2");
    writer.ask("APPEND b 1");
    writer.ask("RENAME b c");
    writer.ask("DEL c nosuch");
    assertThat(next(12)).containsExactly(
        "__keyspace@0__:a set", "__keyevent@0__:set a", "__keyspace@0__:a expire", "__keyevent@0__:expire a",
        "__keyspace@2__:b append", "__keyevent@2__:append b",
        "__keyspace@2__:b rename_from", "__keyevent@2__:rename_from b",
        "__keyspace@2__:c rename_to", "__keyevent@2__:rename_to c",
        "__keyspace@2__:c del", "__keyevent@2__:del c");
  }

  @Test void onlyClassesThatAreOn_arePublished_fromTheChangeOn() throws Exception {
    writer.ask("SET before 1");
    notify("Eg");
    subscribe("__key*");
    writer.ask("SET a 1");
    writer.ask("DEL a");
    notify("K$");
    writer.ask("SET b 1");
    writer.ask("DEL b");
    notify("");
    writer.ask("SET c 1");
    notify("Enm");
    writer.ask("SET d 1");
    writer.ask("GET nosuch");
    writer.ask("MGET d no1 no2");
    assertThat(next(6)).containsExactly("__keyevent@0__:del a", "__keyspace@0__:b set", "__keyevent@0__:new d",
        "__keyevent@0__:keymiss nosuch", "__keyevent@0__:keymiss no1", "__keyevent@0__:keymiss no2");
  }

  @Test void theEventsOfATransaction_comeInItsOrder() throws Exception {
    notify("EA");
    subscribe("__keyevent@*");
    writer.ask("MULTI");
    writer.ask("SET a 1");
    writer.ask("INCR n");
    writer.ask("MOVE a 1");
    writer.ask("EXEC");
    assertThat(next(4)).containsExactly("__keyevent@0__:set a", "__keyevent@0__:incrby n",
        "__keyevent@0__:move_from a", "__keyevent@1__:move_to a");
  }

  @Test void whatATransactionMisses_comesBetweenItsChanges_onceForEachLookUp() throws Exception {
    notify("EA$m");
    subscribe("__keyevent@*");
    writer.ask("MULTI");
    writer.ask("SET a 1");
    writer.ask("GET no1");
    writer.ask("GETSET b 1");
    writer.ask("COPY no2 c");
    writer.ask("BITCOUNT no3 1 x");
    writer.ask("LCS no4 no5");
    writer.ask("OBJECT REFCOUNT no6");
    writer.ask("SORT no7");
    writer.ask("RPUSH list 1");
    writer.ask("SORT list BY no:*");
    writer.ask("EXEC");
    assertThat(next(10)).containsExactly("__keyevent@0__:set a", "__keyevent@0__:keymiss no1", "__keyevent@0__:keymiss b",
        "__keyevent@0__:set b", "__keyevent@0__:keymiss no2", "__keyevent@0__:keymiss no3", "__keyevent@0__:keymiss no4",
        "__keyevent@0__:keymiss no5", "__keyevent@0__:keymiss no7", "__keyevent@0__:rpush list");
    assertThat(next()).isEqualTo("__keyevent@0__:keymiss no:1");
  }

  @Test void whatTheJavaDoorDoes_andWhatExpires_isPublishedToo() throws Exception {
    try (QCache cache = QCache.open(); QCacheServer hosting = QCacheServer.builder().port(0)
        .option("notify-keyspace-events", "Ex$").log((level, message) -> { }).host(cache)) {
      subscriber.close();
      subscriber = new Wire(hosting.port());
      subscribe("*");
      cache.strings().set("a", "1", Duration.ofMillis(1));
      assertThat(next(2)).containsExactly("__keyevent@0__:set a", "__keyevent@0__:expired a");
    }
  }

  @Test void anUnknownClass_isRefusedInRedisWords() throws Exception {
    assertThat(writer.ask("CONFIG SET notify-keyspace-events KEq")).isEqualTo("-ERR CONFIG SET failed (possibly related to "
        + "argument 'notify-keyspace-events') - Invalid event class character. Use 'Ag$lshzxeKEtmdn'.\r");
  }
}
