package io.qcache.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.ClosedException;
import io.qcache.ConnectionException;
import io.qcache.Listening;
import io.qcache.Message;
import io.qcache.MessageListener;
import io.qcache.ServerException;
import io.qcache.Subscription;
import io.qcache.TimedOutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The connection of a client's subscriptions, and what becomes of it. */
@Timeout(60)
class SubscriptionsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static String push(char type, String... words) {
    StringBuilder text = new StringBuilder().append(type).append(words.length).append("\r\n");
    for (String word : words) {
      text.append(ScriptedServer.bulk(word));
    }
    return text.toString();
  }

  private static void confirm(ScriptedServer.Peer peer, List<String> command, char type) {
    peer.say(type + "3\r\n" + ScriptedServer.bulk(command.get(0).toLowerCase()) + ScriptedServer.bulk(command.get(1))
        + ":1\r\n");
  }

  private static ScriptedServer server() throws Exception {
    return ScriptedServer.answering((peer, command) -> {
      if (command.get(0).endsWith("SUBSCRIBE")) {
        confirm(peer, command, '>');
      } else if (command.get(0).equals("PING")) {
        peer.say("+PONG\r\n");
      }
    });
  }

  private static ScriptedServer.Peer peerThatHeard(ScriptedServer server, int heard) throws Exception {
    long end = System.nanoTime() + LONG.toNanos();
    while (server.heardCommands().size() < heard) {
      assertThat(System.nanoTime()).as("heard only " + server.heardCommands()).isLessThan(end);
      Thread.sleep(1);
    }
    String last = server.heardCommands().get(heard - 1);
    int number = Integer.parseInt(last.substring(0, last.indexOf(' ')));
    return server.peers.stream().filter(peer -> peer.number == number).findFirst().orElseThrow();
  }

  @Test void aLostConnection_isMadeAnew_everythingIsSubscribedToAgain_andTheLossIsTold() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    MessageListener<String, String> listener = new MessageListener<>() {
      @Override public void message(Message<String, String> message) {
        told.add(message.payload());
      }

      @Override public void interrupted() {
        told.add("interrupted");
      }
    };
    try (ScriptedServer server = server(); QCacheClient client = server.client().connect();
        Subscription<String, String> one = client.channels().subscribe("a");
        Listening other = client.channels().listenToPattern("b*", listener)) {
      ScriptedServer.Peer first = peerThatHeard(server, 2);
      first.say(push('>', "message", "a", "1") + push('>', "pmessage", "b*", "bb", "2"));
      assertThat(one.poll(LONG).orElseThrow().payload()).isEqualTo("1");
      assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("2");
      first.cut();
      ScriptedServer.Peer second = peerThatHeard(server, 4);
      assertThat(second.number).isNotEqualTo(first.number);
      second.say(push('>', "message", "a", "3") + push('>', "pmessage", "b*", "bb", "4"));
      assertThat(one.poll(LONG).orElseThrow().payload()).isEqualTo("3");
      assertThat(one.interruptions()).isEqualTo(1);
      assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("interrupted");
      assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("4");
      assertThat(other.interruptions()).isEqualTo(1);
      assertThat(server.heardCommands().subList(2, 4)).containsExactlyInAnyOrder(
          second.number + " SUBSCRIBE a", second.number + " PSUBSCRIBE b*");
    }
  }

  @Test void theLastSubscription_takesTheConnectionWithIt_andTheNextHasAnother() throws Exception {
    try (ScriptedServer server = server(); QCacheClient client = server.client().connect()) {
      client.channels().subscribe("a").close();
      peerThatHeard(server, 1);
      Subscription<String, String> again = client.channels().subscribe("a");
      assertThat(again.interruptions()).isZero();
      client.close();
      assertThatThrownBy(() -> again.poll(LONG)).isInstanceOf(ClosedException.class);
      while (!Threads.of(server.port()).isEmpty()) { // that of the first subscription goes by itself; else it hangs, and fails
        Thread.onSpinWait();
      }
    }
  }

  @Test void aServerOfRespTwo_isUnderstood() throws Exception {
    try (ScriptedServer server = ScriptedServer.answeringAll((peer, command) -> {
      switch (command.get(0)) {
        case "HELLO" -> peer.say("-ERR unknown command 'HELLO'\r\n");
        case "SUBSCRIBE" -> {
          confirm(peer, command, '*');
          peer.say(push('*', "message", "a", "hello"));
        }
        default -> peer.say(ScriptedServer.OK);
      }
    }); QCacheClient client = server.client().connect(); Subscription<String, String> one = client.channels().subscribe("a")) {
      assertThat(one.poll(LONG).orElseThrow().payload()).isEqualTo("hello");
    }
  }

  @Test void whatTheServerRefuses_isThrown_andNothingIsSubscribedTo() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
      if (command.get(1).equals("secret")) {
        peer.say("-NOPERM no such right\r\n");
      } else {
        confirm(peer, command, '>');
      }
    }); QCacheClient client = server.client().connect(); Subscription<String, String> one = client.channels().subscribe("a")) {
      assertThatThrownBy(() -> client.channels().subscribe("secret")).isInstanceOf(ServerException.class)
          .hasMessageContaining("NOPERM");
      try (Subscription<String, String> other = client.channels().subscribe("b")) {
        assertThat(other.poll(Duration.ZERO)).isEqualTo(one.poll(Duration.ZERO));
      }
    }
  }

  @Test void aServerThatDoesNotConfirm_timesOut() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> { });
        QCacheClient client = server.client().commandTimeout(Duration.ofMillis(100)).connect()) {
      assertThatThrownBy(() -> client.channels().subscribe("a")).isInstanceOf(TimedOutException.class);
    }
  }

  @Test void withoutAServer_subscribingFails() throws Exception {
    try (ScriptedServer server = server(); QCacheClient client = server.client().connect()) {
      server.refuse();
      assertThatThrownBy(() -> client.channels().subscribe("a")).isInstanceOf(ConnectionException.class);
    }
  }
}
