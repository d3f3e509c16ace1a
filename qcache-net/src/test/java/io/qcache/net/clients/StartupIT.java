package io.qcache.net.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.resp.Reply;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What well-known clients say when they connect, before an application says anything: word for word, by socket. */
final class StartupIT {
  private static ClientTarget target;
  private RawClient client;

  @BeforeAll static void open() {
    target = ClientTarget.open();
  }

  @AfterAll static void close() throws Exception {
    target.close();
  }

  @BeforeEach void connect() throws IOException {
    client = new RawClient(target.address());
  }

  @AfterEach void disconnect() throws IOException {
    client.close();
  }

  @Test void lettuceAndSpringData_greetInThree_nameTheirLibrary_andReadTheServersFacts() throws IOException {
    client.add("HELLO", "3").add("CLIENT", "SETINFO", "LIB-NAME", "Lettuce").add("CLIENT", "SETINFO", "LIB-VER", "7.0");
    client.add("CLIENT", "SETNAME", "app").flush();
    assertGreeting(client.receive());
    assertOk(client.receive());
    assertOk(client.receive());
    assertOk(client.receive());
    assertThat(client.ask("CLIENT", "ID").asLong()).isPositive();
    assertThat(client.ask("INFO", "server").asText()).containsPattern("redis_version:7\\.\\d+\\.\\d+\r\n");
    assertThat(client.ask("CLIENT", "INFO").asText()).contains("name=app").contains("resp=3");
    assertThat(client.ask("PING").asText()).isEqualTo("PONG");
  }

  @Test void lettucesCommandTable_isReadRowByRow() throws IOException {
    Reply table = client.ask("COMMAND");
    assertThat(table.asList()).hasSizeGreaterThan(60);
    for (Reply row : table.asList()) {
      assertThat(row.asList()).as(row.toString()).hasSize(10);
      assertThat(row.asList().get(0).asText()).matches("[a-z_]+");
      assertThat(row.asList().get(1)).isInstanceOf(Reply.Int.class);
    }
    assertThat(client.ask("COMMAND", "COUNT").asLong()).isEqualTo(table.asList().size());
  }

  @Test void jedis_greetsAndNamesItsLibraryInOnePipeline() throws IOException {
    client.add("HELLO", "3").add("CLIENT", "SETINFO", "LIB-NAME", "jedis(custom)");
    client.add("CLIENT", "SETINFO", "LIB-VER", "8.0.2").add("SELECT", "0").flush();
    assertGreeting(client.receive());
    for (int i = 0; i < 3; i++) {
      assertOk(client.receive());
    }
    assertThat(client.ask("COMMAND", "INFO", "get").asList().get(0).asList().get(0).asText()).isEqualTo("get");
  }

  @Test void ioredis_asksWhetherTheServerIsReady() throws IOException {
    Reply facts = client.ask("INFO");
    assertThat(facts.asText()).contains("role:master\r\n").contains("# Server\r\n").doesNotContain("loading:1");
    assertThat(client.ask("CLIENT", "SETINFO", "LIB-NAME", "ioredis")).isEqualTo(new Reply.Text("OK"));
  }

  @Test void nodeRedisAndGoRedis_goOnAfterWhatTheyAskInVain() throws IOException {
    client.add("HELLO", "3").add("CLIENT", "MAINT_NOTIFICATIONS", "ON");
    client.add("CLIENT", "SETINFO", "LIB-NAME", "go-redis").add("CLIENT", "SETINFO", "NOSUCH", "x").add("PING").flush();
    assertGreeting(client.receive());
    assertThat(client.receive().isError()).isTrue();
    assertOk(client.receive());
    assertThat(client.receive().isError()).isTrue();
    assertThat(client.receive().asText()).isEqualTo("PONG");
  }

  @Test void stackExchangeRedis_readsConfigurationAndReplication() throws IOException {
    assertThat(client.ask("CLIENT", "SETNAME", "box").asText()).isEqualTo("OK");
    assertThat(client.ask("CONFIG", "GET", "databases").get("databases").asText()).isEqualTo("16");
    assertThat(client.ask("CONFIG", "GET", "maxmemory").asList()).hasSize(2);
    assertThat(client.ask("CONFIG", "GET", "nosuch").asList()).isEmpty();
    assertThat(client.ask("INFO", "replication").asText()).contains("role:master");
    assertThat(client.ask("CLUSTER", "NODES").isError()).isTrue();
    assertThat(client.ask("ECHO", "\u00e9\0\r\n").asText()).isEqualTo("\u00e9\0\r\n");
  }

  @Test void redisCli_asksForTheDocumentsOfAllCommands() throws IOException {
    Reply documents = client.ask("COMMAND", "DOCS");
    assertThat(documents.get("get").get("summary").asText()).isNotBlank();
    assertThat(documents.get("get").get("group").asText()).isEqualTo("string");
    assertThat(client.ask("HELLO", "3")).isInstanceOf(Reply.MapReply.class);
    assertThat(client.ask("COMMAND", "DOCS", "get").get("get")).isInstanceOf(Reply.MapReply.class);
  }

  private static void assertGreeting(Reply greeting) {
    assertThat(greeting).isInstanceOf(Reply.MapReply.class);
    assertThat(greeting.get("server").asText()).isEqualTo("redis");
    assertThat(greeting.get("proto")).isEqualTo(new Reply.Int(3));
    assertThat(greeting.get("id").asLong()).isPositive();
    assertThat(greeting.get("mode").asText()).isEqualTo("standalone");
    assertThat(greeting.get("role").asText()).isEqualTo("master");
    assertThat(greeting.get("modules").asList()).isEmpty();
    assertThat(greeting.get("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
  }

  private static void assertOk(Reply reply) {
    assertThat(reply).isEqualTo(new Reply.Text("OK"));
  }
}
