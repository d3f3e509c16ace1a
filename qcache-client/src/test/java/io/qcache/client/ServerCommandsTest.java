package io.qcache.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.EvictionPolicy;
import io.qcache.QCacheException;
import io.qcache.ServerException;
import io.qcache.Stats;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of INFO and of a CONFIG SET that is refused. */
class ServerCommandsTest {
  private static final String MEMORY = "# Memory\r\nused_memory:70\r\nused_memory_human:70B\r\nmaxmemory:100\r\n"
      + "maxmemory_policy:allkeys-lfu\r\n";
  private static final String STATS = "\r\n# Stats\r\nexpired_keys:3\r\nevicted_keys:4\r\nkeyspace_hits:5\r\n"
      + "keyspace_misses:15\r\n";

  private static ScriptedServer answering(String reply) throws IOException {
    return ScriptedServer.answering((peer, command) -> peer.say(
        List.of("INFO", "CONFIG").contains(command.get(0)) ? reply : "+OK\r\n"));
  }

  @Test void stats_areTheFieldsOfInfo_withTheKeysOfAllDatabases() throws IOException {
    String keyspace = "\r\n# Keyspace\r\ndb0:keys=2,expires=1,avg_ttl=0\r\ndb12:keys=40,expires=0,avg_ttl=0,subexpiry=0\r\n";
    try (ScriptedServer server = answering(ScriptedServer.bulk(MEMORY + STATS + keyspace)); QCacheClient client = server.client().connect()) {
      Stats stats = client.stats();
      assertThat(stats).isEqualTo(new Stats(5, 15, 4, 3, 42, 70, 100));
      assertThat(stats.hitRatio()).isEqualTo(0.25);
      assertThat(server.heardCommands()).containsExactly("1 INFO memory stats keyspace");
      assertThat(client.evictionPolicy()).isSameAs(EvictionPolicy.ALLKEYS_LFU);
      assertThat(client.maxMemory()).isEqualTo(100);
    }
  }

  @Test void aFieldThatIsMissing_orMeansNothingToUs_isNamed() throws IOException {
    try (ScriptedServer server = answering(ScriptedServer.bulk(MEMORY)); QCacheClient client = server.client().connect()) {
      assertThatThrownBy(client::stats).isInstanceOf(QCacheException.class).hasMessageContaining("keyspace_hits");
    }
    String strange = "maxmemory:lots\r\nmaxmemory_policy:allkeys-moon\r\n";
    try (ScriptedServer server = answering(ScriptedServer.bulk(strange)); QCacheClient client = server.client().connect()) {
      assertThatThrownBy(client::maxMemory).isInstanceOf(QCacheException.class).hasMessageContaining("maxmemory: lots");
      assertThatThrownBy(client::evictionPolicy).isInstanceOf(QCacheException.class)
          .hasMessageContaining("allkeys-moon");
    }
  }

  @Test void aValueThatTheServerCannotTake_isAnIllegalArgument_andAnythingElseIsTheServers() throws IOException {
    String range = "-ERR CONFIG SET failed (possibly related to argument 'maxmemory') - argument must be between 0 and 9 "
        + "inclusive\r\n";
    try (ScriptedServer server = answering(range); QCacheClient client = server.client().connect()) {
      assertThatThrownBy(() -> client.maxMemory(10)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("between 0 and 9");
      assertThat(server.heardCommands()).containsExactly("1 CONFIG SET maxmemory 10");
    }
    try (ScriptedServer server = answering("-NOPERM this user has no permissions\r\n");
        QCacheClient client = server.client().connect()) {
      assertThatThrownBy(() -> client.evictionPolicy(EvictionPolicy.ALLKEYS_LRU)).isInstanceOf(ServerException.class);
      assertThat(server.heardCommands()).containsExactly("1 CONFIG SET maxmemory-policy allkeys-lru");
    }
  }
}
