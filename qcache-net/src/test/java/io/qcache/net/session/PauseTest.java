package io.qcache.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Deadline;
import io.qcache.net.option.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PauseTest {
  private final Harness harness = new Harness();
  private final Client pauser = harness.client();
  private final Client other = harness.client();

  @AfterEach void close() {
    harness.close();
  }

  @Test void aPauseOfAll_holdsEveryCommand_alsoThePausersOwn_untilItsTime() {
    assertThat(pauser.send("client pause 100\r\nping")).isEqualTo("+OK\r\n");
    assertThat(other.send("ping\r\nget k\r\nclient unpause")).isEmpty();
    assertThat(other.session.isWaiting()).isTrue();
    assertThat(other.wakeMillis()).isEqualTo(100);
    harness.clock.forward(99);
    assertThat(other.turn()).isEmpty();
    harness.clock.forward(1);
    assertThat(other.turn()).isEqualTo("+PONG\r\n$-1\r\n+OK\r\n");
    assertThat(other.session.isWaiting()).isFalse();
    assertThat(pauser.isWoken()).isTrue();
    assertThat(pauser.turn()).isEqualTo("+PONG\r\n");
  }

  @Test void aPauseOfWrites_letsReadsThrough_andHoldsWhatWritesOrTells() {
    pauser.send("client pause 100 write");
    assertThat(other.send("get k\r\nping\r\nwatch k\r\nmulti\r\nget k\r\nexec")).isEqualTo(
        "$-1\r\n+PONG\r\n+OK\r\n+OK\r\n+QUEUED\r\n*1\r\n$-1\r\n");
    for (String held : List.of("set k v", "del k", "flushall", "publish c m", "spublish c m", "multi\r\nset k v")) {
      Client client = harness.client();
      assertThat(client.send(held)).as(held).isEqualTo(held.startsWith("multi") ? "+OK\r\n" : "");
      assertThat(client.session.isWaiting()).as(held).isTrue();
    }
    assertThat(other.send("info clients")).contains("blocked_clients:6\r\n");
    assertThat(other.send("client list")).contains(" flags=b ", " flags=xb ", " cmd=flushall ");
  }

  @Test void exec_isHeld_ifOneOfItsCommandsWrites() {
    assertThat(other.send("multi\r\nset k v")).endsWith("+QUEUED\r\n");
    Client reader = harness.client();
    reader.send("multi\r\nget k");
    pauser.send("client pause 100 write");
    assertThat(other.send("exec")).isEmpty();
    assertThat(reader.send("exec")).isEqualTo("*1\r\n$-1\r\n");
    harness.clock.forward(100);
    assertThat(other.turn()).isEqualTo("*1\r\n+OK\r\n");
  }

  @Test void errorsComeAtOnce() {
    pauser.send("client pause 100");
    assertThat(other.send("set k\r\nnope")).startsWith("-ERR wrong number").contains("-ERR unknown command");
    harness.set(Option.REQUIREPASS, "sesame");
    assertThat(harness.client().send("get k")).startsWith("-NOAUTH");
  }

  @Test void unpause_givesTurnsToAllThatWait() {
    pauser.send("client pause 100000 write");
    assertThat(other.send("set k v")).isEmpty();
    assertThat(other.isWoken()).isFalse();
    assertThat(pauser.send("client unpause")).isEqualTo("+OK\r\n");
    assertThat(other.isWoken()).isTrue();
    assertThat(other.turn()).isEqualTo("+OK\r\n");
  }

  @Test void aSecondPause_neitherShortensNorWeakensTheFirst() {
    pauser.send("client pause 1000 write");
    pauser.send("client pause 200 all");
    other.send("get k");
    assertThat(other.wakeMillis()).isEqualTo(1000);
    pauser.session.host().pause().end();
    pauser.turn();
    pauser.send("multi\r\nclient pause 600 all\r\nclient pause 300 write\r\nset k 9\r\nexec");
    other.turn();
    assertThat(other.send("get k")).isEmpty();
    assertThat(other.wakeMillis()).isEqualTo(600);
  }

  @Test void aPauseWithinExec_letsTheRestOfItRun() {
    assertThat(pauser.send("multi\r\nclient pause 300 write\r\nset k 9\r\nexec")).endsWith("*2\r\n+OK\r\n+OK\r\n");
    assertThat(other.send("get k")).isEqualTo("$1\r\n9\r\n");
    assertThat(other.send("set k 1")).isEmpty();
  }

  @Test void nothingExpires_andWhatIsDue_isSeenByNobody() {
    pauser.send("set e 1 px 50\r\nset k v\r\nconfig set notify-keyspace-events KEA");
    Client listener = harness.client();
    listener.send("subscribe __keyevent@0__:expired");
    pauser.send("client pause 100 write");
    harness.clock.forward(60);
    assertThat(harness.engine.upkeep()).isEqualTo(harness.engine.nowMillis() + 40);
    assertThat(other.send("get e\r\nexists e\r\nttl e\r\ndbsize")).isEqualTo("$-1\r\n:0\r\n:-2\r\n:2\r\n");
    assertThat(listener.turn()).isEmpty();
    harness.clock.forward(40);
    harness.engine.upkeep();
    assertThat(other.send("dbsize")).isEqualTo(":1\r\n");
    assertThat(listener.turnsUntil("expired\r\n$1\r\ne")).contains("expired");
  }

  @Test void aLongValueThatIsHeld_isSetAsItCame() {
    pauser.send("client pause 100 write");
    String value = "x".repeat(300_000);
    String request = "*3\r\n$3\r\nset\r\n$1\r\nk\r\n$300000\r\n" + value + "\r\n";
    for (int i = 0; i < request.length(); i += 50_000) {
      assertThat(other.begin(request.substring(i, Math.min(i + 50_000, request.length())))).isEmpty();
    }
    assertThat(other.session.isWaiting()).isTrue();
    assertThat(other.send("strlen k")).isEmpty();
    harness.clock.forward(100);
    assertThat(other.turn()).isEqualTo("+OK\r\n:300000\r\n");
    assertThat(other.send("getrange k 299999 -1")).isEqualTo("$1\r\nx\r\n");
  }

  @Test void whoHasGone_isForgotten() {
    pauser.send("client pause 100 write");
    other.send("set k v");
    other.disconnect();
    pauser.send("client unpause");
    assertThat(other.isWoken()).isFalse();
    assertThat(pauser.send("get k\r\ninfo clients")).startsWith("$-1").contains("blocked_clients:0");
  }

  @Test void wrongArguments() {
    assertThat(pauser.send("client pause x\r\nclient pause -1\r\nclient pause 1.5\r\nclient pause 1 foo\r\n"
        + "client pause x foo\r\nclient pause 1 write x\r\nclient pause\r\nclient unpause x\r\nclient pause 99999999999999999999"))
        .isEqualTo("-ERR timeout is not an integer or out of range\r\n-ERR timeout is negative\r\n"
            + "-ERR timeout is not an integer or out of range\r\n-ERR CLIENT PAUSE mode must be WRITE or ALL\r\n"
            + "-ERR CLIENT PAUSE mode must be WRITE or ALL\r\n"
            + "-ERR unknown subcommand or wrong number of arguments for 'pause'. Try CLIENT HELP.\r\n"
            + "-ERR wrong number of arguments for 'client|pause' command\r\n"
            + "-ERR wrong number of arguments for 'client|unpause' command\r\n"
            + "-ERR timeout is not an integer or out of range\r\n");
    assertThat(pauser.send("client pause 9223372036854775807")).isEqualTo("-ERR timeout is out of range\r\n");
    assertThat(pauser.send("client pause 0\r\nping")).isEqualTo("+OK\r\n+PONG\r\n");
  }

  /** Pipelines, cut anywhere, that pauses stop anywhere: replies are what they would have been, in order. */
  @Test void randomPauses_changeNoReply() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      StringBuilder requests = new StringBuilder();
      StringBuilder expected = new StringBuilder();
      for (int i = 1; i <= 30; i++) {
        requests.append(random.nextBoolean() ? "incr n" + round + "\r\n" : "*2\r\n$4\r\nincr\r\n$" + ("n" + round).length()
            + "\r\nn" + round + "\r\n");
        expected.append(':').append(i).append("\r\n");
      }
      StringBuilder replies = new StringBuilder();
      for (int at = 0; at < requests.length();) {
        if (random.nextInt(3) == 0) {
          harness.host.pause().begin(random.nextBoolean() ? Pause.Kind.ALL : Pause.Kind.WRITES,
              harness.engine.nowMillis() + random.nextInt(5));
        }
        int to = Math.min(requests.length(), at + random.nextInt(40));
        replies.append(other.begin(requests.substring(at, to)));
        at = to;
        harness.clock.forward(random.nextInt(4));
      }
      harness.clock.forward(100);
      assertThat(replies.append(other.turn()).toString()).as("seed %d", seed).isEqualTo(expected.toString());
    }
  }

  // WAIT and ROLE

  @Test void wait_forNobody_isOverAtOnce_forReplicas_takesItsTime() {
    assertThat(other.send("wait 0 0\r\nwait -5 100\r\nrole")).isEqualTo(":0\r\n:0\r\n*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n");
    assertThat(other.send("wait 1 50\r\nping")).isEmpty();
    assertThat(other.wakeMillis()).isEqualTo(50);
    harness.clock.forward(49);
    assertThat(other.turn()).isEmpty();
    assertThat(other.wakeMillis()).isEqualTo(1);
    harness.clock.forward(1);
    assertThat(other.turn()).isEqualTo(":0\r\n+PONG\r\n");
    assertThat(other.wakeMillis()).isEqualTo(Peer.NEVER);
    assertThat(other.send("wait 1 0")).isEmpty();
    assertThat(other.wakeMillis()).isEqualTo(Peer.NEVER);
    harness.clock.forward(Deadline.NONE / 2);
    assertThat(other.turn()).isEmpty();
  }

  @Test void wait_withinExec_doesNotWait() {
    assertThat(other.send("multi\r\nwait 1 1000\r\nexec")).endsWith("*1\r\n:0\r\n");
  }

  @Test void wait_thatIsSilenced_repliesNothing() {
    assertThat(other.send("client reply skip\r\nwait 1 10\r\nping")).isEmpty();
    harness.clock.forward(10);
    assertThat(other.turn()).isEqualTo("+PONG\r\n");
  }

  @Test void wait_ofWrongArguments() {
    List<String> replies = new ArrayList<>();
    for (String call : List.of("wait x 0", "wait 0 -1", "wait 0 x", "wait 1 1.5", "wait 99999999999999999999 1")) {
      replies.add(other.send(call).trim());
    }
    assertThat(replies).containsExactly("-ERR value is not an integer or out of range", "-ERR timeout is negative",
        "-ERR timeout is not an integer or out of range", "-ERR timeout is not an integer or out of range",
        "-ERR value is not an integer or out of range");
    assertThat(other.send("wait 1 9223372036854775807")).isEmpty();
    assertThat(other.wakeMillis()).isEqualTo(Peer.NEVER);
  }
}
