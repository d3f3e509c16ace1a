package io.qcache.net.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;

/** Jedis as its users get it, without a setting. */
final class JedisTrial {
  private static final int PIPELINED = 10_000;

  private ClientTarget target;
  private RedisClient jedis;

  @BeforeEach void connect() {
    target = ClientTarget.open();
    jedis = RedisClient.create(target.host(), target.port());
    jedis.flushAll();
  }

  @AfterEach void disconnect() throws Exception {
    jedis.close();
    target.close();
  }

  @Test void stringsAndDeadlines() {
    assertThat(jedis.set("key", "value")).isEqualTo("OK");
    assertThat(jedis.get("key")).isEqualTo("value");
    assertThat(jedis.get("nosuch")).isNull();
    assertThat(jedis.set("key", "other", SetParams.setParams().nx().ex(100))).isNull();
    assertThat(jedis.setGet("key", "other", SetParams.setParams().ex(100))).isEqualTo("value");
    assertThat(jedis.ttl("key")).isBetween(99L, 100L);
    assertThat(jedis.incrByFloat("float", 10.5)).isEqualTo(10.5);
    assertThat(jedis.mget("key", "nosuch")).containsExactly("other", null);
    byte[] binary = {0, (byte) 0xff, '\r', '\n'};
    jedis.set("binary".getBytes(StandardCharsets.UTF_8), binary);
    assertThat(jedis.get("binary".getBytes(StandardCharsets.UTF_8))).isEqualTo(binary);
  }

  @Test void tenThousandPipelinedCommands() {
    try (Pipeline pipeline = jedis.pipelined()) {
      List<Response<String>> replies = new ArrayList<>();
      for (int i = 0; i < PIPELINED / 2; i++) {
        pipeline.set("key" + i, "value" + i);
        replies.add(pipeline.get("key" + i));
      }
      pipeline.sync();
      for (int i = 0; i < replies.size(); i++) {
        assertThat(replies.get(i).get()).isEqualTo("value" + i);
      }
    }
    assertThat(jedis.dbSize()).isEqualTo(PIPELINED / 2);
    assertThat(scanAll()).isEqualTo(PIPELINED / 2);
  }

  @Test void aTransaction_runsAsOne_andNotAfterAWatchedKeyChanged() {
    try (AbstractTransaction transaction = jedis.multi()) {
      transaction.set("count", "1");
      Response<Long> count = transaction.incr("count");
      assertThat(transaction.exec()).containsExactly("OK", 2L);
      assertThat(count.get()).isEqualTo(2);
    }
    try (AbstractTransaction transaction = jedis.transaction(false)) {
      transaction.watch("count");
      jedis.set("count", "7");
      transaction.multi();
      transaction.incr("count");
      assertThat(transaction.exec()).isNull();
    }
    assertThat(jedis.get("count")).isEqualTo("7");
  }

  @Test void anError_isItsException_andTheConnectionGoesOn() {
    jedis.set("text", "a");
    assertThatThrownBy(() -> jedis.incr("text")).isInstanceOf(JedisDataException.class)
        .hasMessage("ERR value is not an integer or out of range");
    assertThat(jedis.ping()).isEqualTo("PONG");
  }

  private long scanAll() {
    long found = 0;
    String cursor = ScanParams.SCAN_POINTER_START;
    do {
      var page = jedis.scan(cursor, new ScanParams().match("key*").count(500));
      found += page.getResult().size();
      cursor = page.getCursor();
    } while (!cursor.equals("0"));
    return found;
  }
}
