package io.qcache.client;

import static io.qcache.client.ScriptedServer.bulk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.Bytes;
import io.qcache.ServerException;
import io.qcache.TimedOutException;
import io.qcache.resp.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any command, but for those that would take the shared connection from the others. */
@Timeout(30)
final class RawCommandsTest {
  @Test void anyCommand_hasItsReply_andAnErrorReplyIsThrown() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) ->
            peer.say(command.get(0).equals("NONE") ? "-ERR unknown command 'NONE'\r\n" : "*2\r\n:1\r\n" + bulk("a b")));
        QCacheClient client = server.client().connect()) {
      assertThat(client.execute("ANY", Bytes.of("a b"), Bytes.empty()).asTexts()).containsExactly("1", "a b");
      assertThat(server.heardCommands()).containsExactly("1 ANY a b ");
      assertThatThrownBy(() -> client.execute("NONE")).isInstanceOf(ServerException.class);
      assertThat(client.executeAsync("ANY").join().asList()).hasSize(2);
      assertThatThrownBy(client.executeAsync("NONE")::join).hasCauseInstanceOf(ServerException.class);
    }
  }

  @Test void whatChangesTheSharedConnection_isRefusedBeforeItIsSent() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> peer.say("+OK\r\n"));
        QCacheClient client = server.client().connect()) {
      for (String name : List.of(
          "SELECT", "multi", "EXEC", "Watch", "SUBSCRIBE", "MONITOR", "QUIT", "RESET", "HELLO", "AUTH")) {
        assertThatThrownBy(() -> client.execute(name, Bytes.of("1"))).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(name);
      }
      assertThatThrownBy(() -> client.execute("CLIENT", Bytes.of("no-touch"), Bytes.of("on")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> client.execute("CLIENT", Bytes.of("reply"), Bytes.of("off")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> client.execute("")).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> client.execute("GET k")).isInstanceOf(IllegalArgumentException.class);
      client.execute("CLIENT", Bytes.of("LIST"));
      assertThat(server.heardCommands()).containsExactly("1 CLIENT LIST");
    }
  }

  @Test void aCommandThatBlocks_holdsNobodyElse() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
          if (!command.get(0).startsWith("B") && !command.contains("block")) {
            peer.say(bulk("v"));
          }
        });
        QCacheClient client = server.client().poolSize(2).commandTimeout(Duration.ofSeconds(1))
            .longestSilence(Duration.ofSeconds(1)).connect()) {
      CompletableFuture<Reply> blocked = client.executeAsync("BLPOP", Bytes.of("list"), Bytes.of("0"));
      assertThat(client.get("k")).contains("v");
      assertThatThrownBy(() -> client.execute("XREAD", Bytes.of("block"), Bytes.of("0")))
          .isInstanceOf(TimedOutException.class);
      assertThatThrownBy(() -> client.execute("BRPOP", Bytes.of("list"), Bytes.of("0")))
          .isInstanceOf(TimedOutException.class);
      assertThat(client.get("k")).contains("v");
      assertThat(blocked).as("as long as it likes").isNotDone();
      while (server.heardCommands().stream().noneMatch(line -> line.endsWith(" BLPOP list 0"))) {
        Thread.onSpinWait();
      }
      server.peers.stream().filter(peer -> server.heard.contains(peer.number + " BLPOP list 0")).forEach(
          peer -> peer.say("*2\r\n" + bulk("list") + bulk("element")));
      assertThat(blocked.get(20, TimeUnit.SECONDS)).satisfies(reply ->
          assertThat(reply.asTexts()).containsExactly("list", "element"));
    }
  }
}
