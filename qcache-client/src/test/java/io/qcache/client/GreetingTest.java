package io.qcache.client;

import static io.qcache.client.ScriptedServer.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.ConnectionException;
import io.qcache.OutOfRangeException;
import io.qcache.QCacheException;
import io.qcache.ServerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said before the first command, and what becomes of a server that does not understand it. */
@Timeout(30)
final class GreetingTest {
  @Test void saysHello3_withUserAndName_thenTheDatabase() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> peer.say(OK));
        QCacheClient client = QCacheClient.builder().address("redis://joe:s%3Acret@127.0.0.1:" + server.port() + "/4")
            .clientName("test").connect()) {
      client.set("k", "v");
      assertThat(server.heard).filteredOn(line -> !line.contains("LIB-"))
          .containsExactly("1 HELLO 3 AUTH joe s:cret", "1 SELECT 4", "1 CLIENT SETNAME test", "1 SET k v");
      assertThat(client.toString()).doesNotContain("s:cret");
    }
  }

  @Test void anOldServer_isSpokenToInItsOwnProtocol() throws IOException {
    try (ScriptedServer server = ScriptedServer.answeringAll((peer, command) -> peer.say(switch (command.get(0)) {
          case "HELLO", "CLIENT" -> "-ERR unknown command `" + command.get(0) + "`, with args beginning with: \r\n";
          case "GET" -> "$-1\r\n";
          default -> OK;
        }));
        QCacheClient client = server.client().password("secret").connect()) {
      assertThat(client.get("k")).isEmpty();
      assertThat(server.heard).contains("1 HELLO 3 AUTH default secret", "1 AUTH secret", "1 GET k");
    }
  }

  @Test void noproto_isAnOldServerToo() throws IOException {
    try (ScriptedServer server = ScriptedServer.answeringAll((peer, command) ->
            peer.say(command.get(0).equals("HELLO") ? "-NOPROTO unsupported protocol version\r\n" : OK));
        QCacheClient client = server.client().connect()) {
      client.set("k", "v");
    }
  }

  @Test void aServerThatDoesNotLetUsIn_isAServerException_inItsWords() throws IOException {
    for (String line : List.of("WRONGPASS invalid username-password pair or user is disabled.",
        "NOAUTH HELLO must be called with the client already authenticated", "ERR max number of clients reached")) {
      try (ScriptedServer server = ScriptedServer.answeringAll((peer, command) -> peer.say("-" + line + "\r\n"))) {
        assertThatThrownBy(() -> server.client().connect()).isInstanceOf(ServerException.class).hasMessage(line);
      }
    }
  }

  @Test void aPasswordThatTheOldAuthRefuses_isTold() throws IOException {
    try (ScriptedServer server = ScriptedServer.answeringAll((peer, command) -> peer.say(switch (command.get(0)) {
          case "AUTH" -> "-ERR invalid password\r\n";
          default -> "-ERR unknown command\r\n";
        }))) {
      assertThatThrownBy(() -> server.client().password("x").connect()).hasMessage("ERR invalid password");
    }
  }

  @Test void aDatabaseThatIsNotThere_isOutOfRange() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) ->
        peer.say("-ERR DB index is out of range\r\n"))) {
      assertThatThrownBy(() -> server.client().database(77).connect()).isInstanceOf(OutOfRangeException.class);
    }
  }

  @Test void nobodyThere_isAConnectionException_andNothingHasRun() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(() -> QCacheClient.connect("127.0.0.1:" + free))
        .isInstanceOfSatisfying(ConnectionException.class, e -> assertThat(e.mayHaveRun()).isFalse())
        .hasMessageContaining("127.0.0.1:" + free);
    assertThatThrownBy(() -> QCacheClient.connect("no-such-host.invalid:1")).isInstanceOf(ConnectionException.class)
        .hasMessageContaining("unknown host");
  }

  @Test void aServerThatSaysNothing_isGivenUpAfterTheConnectTimeout() throws IOException {
    try (ScriptedServer server = ScriptedServer.answeringAll((peer, command) -> { })) {
      assertThatThrownBy(() -> server.client().connectTimeout(Duration.ofMillis(50)).connect())
          .isInstanceOf(ConnectionException.class).hasMessageContaining("PT0.05S");
    }
  }

  @Test void aGreetingCutAtAnyByte_isAConnectionException() throws IOException {
    String greeting = "%1\r\n+proto\r\n:3\r\n";
    for (int length = 0; length < greeting.length(); length++) {
      String part = greeting.substring(0, length);
      try (ScriptedServer server = ScriptedServer.answeringAll((peer, command) -> {
        peer.say(part);
        peer.cut();
      })) {
        assertThatThrownBy(() -> server.client().connect()).as("cut after " + length)
            .isInstanceOfSatisfying(ConnectionException.class, e -> assertThat(e.mayHaveRun()).isFalse());
      }
    }
  }

  @Test void somethingElseThanRedis_isSaid() throws IOException {
    try (ScriptedServer server = ScriptedServer.answeringAll((peer, command) ->
        peer.say("HTTP/1.1 400 Bad Request\r\n"))) {
      assertThatThrownBy(() -> server.client().connect()).isInstanceOf(QCacheException.class)
          .hasMessageContaining("Protocol error");
    }
  }

  @Test void afterAFailedConnect_noThreadIsLeft() throws IOException {
    try (ScriptedServer server = ScriptedServer.answeringAll((peer, command) -> peer.cut())) {
      assertThatThrownBy(() -> server.client().connect()).isInstanceOf(ConnectionException.class);
      assertThat(Threads.of(server.port())).isEmpty();
    }
  }
}
