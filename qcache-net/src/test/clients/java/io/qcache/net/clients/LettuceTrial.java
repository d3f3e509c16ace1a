package io.qcache.net.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lettuce as its users, and Spring Data's, get it, without a setting. */
final class LettuceTrial {
  private static final int PIPELINED = 10_000;

  private ClientTarget target;
  private RedisClient client;
  private StatefulRedisConnection<String, String> connection;
  private RedisCommands<String, String> redis;

  @BeforeEach void connect() {
    target = ClientTarget.open();
    client = RedisClient.create(RedisURI.create(target.host(), target.port()));
    connection = client.connect();
    redis = connection.sync();
    redis.flushall();
  }

  @AfterEach void disconnect() throws Exception {
    connection.close();
    client.shutdown(0, 5, TimeUnit.SECONDS);
    target.close();
  }

  @Test void stringsAndDeadlines() {
    assertThat(redis.set("key", "value")).isEqualTo("OK");
    assertThat(redis.get("key")).isEqualTo("value");
    assertThat(redis.get("nosuch")).isNull();
    assertThat(redis.set("key", "other", SetArgs.Builder.nx().ex(100))).isNull();
    assertThat(redis.setGet("key", "other", SetArgs.Builder.ex(100))).isEqualTo("value");
    assertThat(redis.ttl("key")).isBetween(99L, 100L);
    assertThat(redis.incrbyfloat("float", 10.5)).isEqualTo(10.5);
    assertThat(redis.mget("key", "nosuch").get(1).hasValue()).isFalse();
    assertThat(redis.info("server")).contains("redis_version:");
    assertThat(redis.commandInfo("get")).hasSize(1);
    assertThat(redis.configGet("databases")).containsEntry("databases", "16");
  }

  @Test void tenThousandPipelinedCommands() {
    RedisAsyncCommands<String, String> async = connection.async();
    List<RedisFuture<String>> replies = new ArrayList<>();
    connection.setAutoFlushCommands(false);
    for (int i = 0; i < PIPELINED / 2; i++) {
      async.set("key" + i, "value" + i);
      replies.add(async.get("key" + i));
    }
    connection.flushCommands();
    connection.setAutoFlushCommands(true);
    assertThat(LettuceFutures.awaitAll(30, TimeUnit.SECONDS, replies.toArray(new RedisFuture<?>[0]))).isTrue();
    for (int i = 0; i < replies.size(); i++) {
      assertThat(replies.get(i).toCompletableFuture()).isCompletedWithValue("value" + i);
    }
    assertThat(redis.dbsize()).isEqualTo(PIPELINED / 2);
    assertThat(ScanIterator.scan(redis).stream().distinct()).hasSize(PIPELINED / 2);
  }

  @Test void aTransaction_runsAsOne_andNotAfterAWatchedKeyChanged() {
    redis.multi();
    redis.set("count", "1");
    redis.incr("count");
    TransactionResult result = redis.exec();
    assertThat(result.stream()).containsExactly("OK", 2L);
    redis.watch("count");
    try (StatefulRedisConnection<String, String> other = client.connect()) {
      other.sync().set("count", "7");
    }
    redis.multi();
    redis.incr("count");
    assertThat(redis.exec().wasDiscarded()).isTrue();
    assertThat(redis.get("count")).isEqualTo("7");
  }

  @Test void anError_isItsException_andTheConnectionGoesOn() {
    redis.set("text", "a");
    assertThatThrownBy(() -> redis.incr("text")).isInstanceOf(RedisCommandExecutionException.class)
        .hasMessage("ERR value is not an integer or out of range");
    assertThat(redis.ping()).isEqualTo("PONG");
    redis.select(1);
    assertThat(redis.get("text")).isNull();
  }
}
