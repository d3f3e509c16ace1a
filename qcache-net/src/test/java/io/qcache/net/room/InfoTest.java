package io.qcache.net.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.option.Version;
import io.qcache.net.session.Client;
import io.qcache.net.session.Harness;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InfoTest {
  private final Harness harness = new Harness();
  private final Client client = harness.client();

  @AfterEach void close() {
    harness.close();
  }

  private List<String> lines(String command) {
    return Stream.of(client.send(command).split("\r\n")).toList();
  }

  @Test void server_saysWhatItIsCompatibleWith_andWhatItIs() {
    harness.host.port(5001);
    harness.clock.forward(2 * 86_400_000 + 5_999);
    assertThat(lines("info server")).contains("# Server", "redis_version:7.0.15", "qcache_version:" + Version.text(),
        "tcp_port:5001", "uptime_in_seconds:172805", "uptime_in_days:2", "process_id:" + ProcessHandle.current().pid());
    assertThat(harness.host.runId()).matches("[0-9a-f]{40}").isEqualTo(harness.host.runId());
  }

  @Test void sections_comeAsAskedFor_eachOnce_inTheirOwnOrder() {
    String[] titles = {"# Server", "# Clients", "# Memory", "# Persistence", "# Stats", "# Replication", "# CPU",
        "# Errorstats", "# Cluster", "# Keyspace"};
    assertThat(client.send("info")).containsSubsequence(titles);
    assertThat(client.send("info everything")).containsSubsequence(titles);
    assertThat(client.send("info nope all")).containsSubsequence(titles);
    assertThat(client.send("info cluster CLUSTER nope")).isEqualTo("$30\r\n# Cluster\r\ncluster_enabled:0\r\n\r\n");
    assertThat(lines("info keyspace replication"))
        .containsExactly("$62", "# Replication", "role:master", "connected_slaves:0", "", "# Keyspace");
    assertThat(client.send("hello 3\r\ninfo nope")).endsWith("=4\r\ntxt:\r\n");
  }

  @Test void keyspace_countsTheKeysOfEachDatabase() {
    client.send("mset a 1 b 2\r\nexpire a 100\r\nselect 9\r\nset c 3");
    assertThat(lines("info keyspace")).contains("db0:keys=2,expires=1,avg_ttl=0", "db9:keys=1,expires=0,avg_ttl=0");
  }

  @Test void persistence_saysThatNothingIsLoadedOrWritten() {
    assertThat(lines("info persistence")).contains("# Persistence", "loading:0", "rdb_bgsave_in_progress:0",
        "aof_enabled:0", "aof_rewrite_in_progress:0");
  }

  @Test void whatClientsAndExportersLookFor_isThere() {
    String[] wanted = {"redis_version:7.0.15", "redis_mode:standalone", "process_id:", "run_id:", "tcp_port:",
        "uptime_in_seconds:", "connected_clients:1", "used_memory:", "used_memory_human:", "maxmemory:", "loading:0",
        "role:master", "connected_slaves:0", "cluster_enabled:0"};
    assertThat(client.send("info").split("\r\n")).filteredOn(line -> Stream.of(wanted).anyMatch(line::startsWith))
        .hasSize(wanted.length);
  }

  @Test void stats_count_andStartAgainAtZero() {
    client.send("foo\r\nget\r\nset a x\r\nincr a\r\nhello 9");
    assertThat(lines("info stats")).contains("total_connections_received:1", "total_commands_processed:5",
        "total_net_input_bytes:36", "total_error_replies:4", "internal_errors:0", "expired_keys:0");
    assertThat(lines("info errorstats")).contains("errorstat_ERR:count=3", "errorstat_NOPROTO:count=1");
    client.send("config resetstat");
    assertThat(lines("info stats")).contains("total_error_replies:0", "total_commands_processed:1");
  }

  @Test void clients_areCounted() {
    harness.client();
    assertThat(lines("info clients")).contains("connected_clients:2", "maxclients:10000");
  }

  @Test void sizes_areReadable() {
    assertThat(Info.human(0)).isEqualTo("0B");
    assertThat(Info.human(1023)).isEqualTo("1023B");
    assertThat(Info.human(1024)).isEqualTo("1.00K");
    assertThat(Info.human(1536)).isEqualTo("1.50K");
    assertThat(Info.human(2_627_512)).isEqualTo("2.51M");
    assertThat(Info.human(25_276_510_208L)).isEqualTo("23.54G");
    assertThat(Info.human(Long.MAX_VALUE)).endsWith("P");
  }

  @Test void processFigures_areOfThisProcess_whereTheSystemTells() {
    long resident = ProcessFigures.residentBytes();
    assertThat(resident == -1 || resident > 1 << 20).isTrue();
    long[] micros = ProcessFigures.cpuMicros();
    assertThat(micros == null || micros[0] + micros[1] > 0).isTrue();
  }

  @Test void time_isTheCachesClock() {
    harness.clock.forward(123);
    assertThat(client.send("time")).isEqualTo("*2\r\n$10\r\n1700000000\r\n$6\r\n123000\r\n");
  }
}
