package io.qcache.net.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Engine;
import io.qcache.net.session.Client;
import io.qcache.net.session.Harness;
import io.qcache.net.session.Peer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands that wait, without sockets: who is served by what, in which order, with which words. */
class BlockingTest {
  private static final String NIL = "*-1\r\n";

  private final Harness harness = new Harness(new Engine.Settings().stripes(8));
  private final Client pusher = harness.client();

  @AfterEach void close() {
    harness.close();
  }

  private Client waiting(String command) {
    Client client = harness.client();
    assertThat(client.send(command)).isEmpty();
    assertThat(client.session.isWaiting()).isTrue();
    return client;
  }

  /** What a client that waited has got; its turn comes. */
  private static String got(Client client) {
    return client.isWoken() ? client.feed("") : "";
  }

  private static String array(String... items) {
    StringBuilder text = new StringBuilder("*" + items.length + "\r\n");
    for (String item : items) {
      text.append(bulk(item));
    }
    return text.toString();
  }

  private static String bulk(String item) {
    return "$" + item.length() + "\r\n" + item + "\r\n";
  }

  @Test void whoHasSomethingToTake_doesNotWait() {
    pusher.send("rpush l a b c d e f\r\nzadd z 1 m 2 n 3 o 4 p");
    assertThat(pusher.send("blpop x l 0")).isEqualTo(array("l", "a"));
    assertThat(pusher.send("brpop x l 0")).isEqualTo(array("l", "f"));
    assertThat(pusher.send("blmove l k left right 0")).isEqualTo(bulk("b"));
    assertThat(pusher.send("brpoplpush l k 0")).isEqualTo(bulk("e"));
    assertThat(pusher.send("blmpop 0 2 x l right count 9")).isEqualTo("*2\r\n" + bulk("l") + array("d", "c"));
    assertThat(pusher.send("lrange k 0 -1")).isEqualTo(array("e", "b"));
    assertThat(pusher.send("bzpopmin x z 0")).isEqualTo(array("z", "m", "1"));
    assertThat(pusher.send("bzpopmax x z 0")).isEqualTo(array("z", "p", "4"));
    assertThat(pusher.send("bzmpop 0 2 x z max count 9"))
        .isEqualTo("*2\r\n" + bulk("z") + "*2\r\n" + array("o", "3") + array("n", "2"));
    pusher.send("hello 3\r\nzadd z 1.5 m");
    assertThat(pusher.send("bzpopmin z 0")).isEqualTo("*3\r\n" + bulk("z") + bulk("m") + ",1.5\r\n");
  }

  @Test void thoseWhoWait_areServedInTheOrderInWhichTheyCame() {
    Client first = waiting("blpop l 0");
    Client second = waiting("brpop l 0");
    Client third = waiting("blmpop 0 1 l left count 5");
    assertThat(pusher.send("rpush l a b c d")).isEqualTo(":4\r\n");
    assertThat(got(first)).isEqualTo(array("l", "a"));
    assertThat(got(second)).isEqualTo(array("l", "d"));
    assertThat(got(third)).isEqualTo("*2\r\n" + bulk("l") + array("b", "c"));
    assertThat(pusher.send("exists l")).isEqualTo(":0\r\n");
    assertThat(harness.host.waitingCount()).isZero();
  }

  @Test void onePush_servesAsManyAsItHasElementsFor_theOthersWaitOn() {
    Client first = waiting("blpop l 0");
    Client second = waiting("blpop l 0");
    pusher.send("rpush l a");
    assertThat(got(first)).isEqualTo(array("l", "a"));
    assertThat(got(second)).isEmpty();
    pusher.send("rpush l b");
    assertThat(got(second)).isEqualTo(array("l", "b"));
  }

  @Test void whoWaitsForManyKeys_isServedOnce_byTheFirstThatHasSomething() {
    Client many = waiting("blpop a b a c d e f g 0");
    Client behind = waiting("blpop b 0");
    pusher.send("multi\r\nrpush c 1\r\nrpush b 2\r\nexec");
    assertThat(got(many)).isEqualTo(array("c", "1"));
    assertThat(got(behind)).isEqualTo(array("b", "2"));
    pusher.send("rpush a 3\r\nrpush g 4");
    assertThat(pusher.send("llen a\r\nllen g")).isEqualTo(":1\r\n:1\r\n");
    assertThat(got(many)).isEmpty();
  }

  @Test void aTransaction_servesAtItsEnd_whatItHasLeft() {
    Client waiter = waiting("blpop l 0");
    pusher.send("multi\r\nrpush l a\r\ndel l\r\nset l text\r\nexec");
    assertThat(got(waiter)).isEmpty();
    pusher.send("multi\r\ndel l\r\nlpush l a\r\nlpush l b\r\nexec");
    assertThat(got(waiter)).isEqualTo(array("l", "b"));
  }

  @Test void insideATransaction_nothingWaits_andNothingIsLeftForOthers() {
    Client waiter = waiting("blpop l 0");
    assertThat(pusher.send("multi\r\nblpop l 0\r\nblmove l k left left 0\r\nbrpoplpush l k 0\r\nblmpop 0 1 l left\r\n"
        + "bzpopmin l 0\r\nbzmpop 0 1 l min\r\nrpush l a\r\nblpop l 0\r\nexec"))
        .endsWith("*8\r\n*-1\r\n$-1\r\n$-1\r\n*-1\r\n*-1\r\n*-1\r\n:1\r\n" + array("l", "a"));
    assertThat(got(waiter)).isEmpty();
  }

  @Test void whatMovesIn_serves() {
    Client list = waiting("blpop l 0");
    Client set = waiting("bzpopmin l 0");
    pusher.send("rpush other a\r\nrename other l");
    assertThat(got(list)).isEqualTo(array("l", "a"));
    pusher.send("zadd other 1 m\r\ncopy other l");
    assertThat(got(set)).isEqualTo(array("l", "m", "1"));
    Client moved = waiting("blpop l 0");
    pusher.send("select 1\r\nrpush l b\r\nmove l 0");
    assertThat(got(moved)).isEqualTo(array("l", "b"));
    Client swapped = waiting("blpop l 0");
    pusher.send("rpush l c\r\nswapdb 0 1");
    assertThat(got(swapped)).isEqualTo(array("l", "c"));
    pusher.send("select 0");
    Client sorted = waiting("brpop l 0");
    pusher.send("rpush numbers 3 1 2\r\nsort numbers store l");
    assertThat(got(sorted)).isEqualTo(array("l", "3"));
    Client united = waiting("bzpopmax u 0");
    pusher.send("zadd other 1 m 2 n\r\nzunionstore u 1 other");
    assertThat(got(united)).isEqualTo(array("u", "n", "2"));
  }

  @Test void aMove_servesThoseWhoWaitForWhatItMoves_inACircleToo() {
    Client last = waiting("blpop d 0");
    Client second = waiting("blmove b c left right 0");
    Client third = waiting("brpoplpush c d 0");
    Client first = waiting("blmove a b left right 0");
    assertThat(pusher.send("rpush a x")).isEqualTo(":1\r\n");
    for (Client mover : List.of(first, second, third)) {
      assertThat(got(mover)).isEqualTo(bulk("x"));
    }
    assertThat(got(last)).isEqualTo(array("d", "x"));
    Client there = waiting("blmove p q left right 0");
    Client back = waiting("blmove q p left right 0");
    pusher.send("rpush p y");
    assertThat(got(there)).isEqualTo(bulk("y"));
    assertThat(got(back)).isEqualTo(bulk("y"));
    assertThat(pusher.send("lrange p 0 -1\r\nexists q")).isEqualTo(array("y") + ":0\r\n");
  }

  @Test void aMoveToAKeyOfAnotherType_failsForTheOneWhoWaits_andTakesNothing() {
    pusher.send("set text v");
    Client mover = waiting("blmove l text left right 0");
    Client behind = waiting("blpop l 0");
    assertThat(pusher.send("rpush l a")).isEqualTo(":1\r\n");
    assertThat(got(mover)).isEqualTo("-WRONGTYPE Operation against a key holding the wrong kind of value\r\n");
    assertThat(got(behind)).isEqualTo(array("l", "a"));
  }

  @Test void aKeyOfAnotherType_isRefusedAtTheStart_andPassedOverLater() {
    pusher.send("set text v");
    assertThat(pusher.send("blpop none text 0")).startsWith("-WRONGTYPE");
    assertThat(pusher.send("bzpopmin text 0")).startsWith("-WRONGTYPE");
    Client waiter = waiting("blpop l 0");
    pusher.send("set l v");
    assertThat(got(waiter)).isEmpty();
    pusher.send("del l\r\nrpush l a");
    assertThat(got(waiter)).isEqualTo(array("l", "a"));
  }

  @Test void whenItsTimeIsUp_whoWaitedGetsNothing_andIsPassedOver() {
    Client waiter = waiting("blpop l 1.5");
    assertThat(waiter.wakeMillis()).isEqualTo(1_500);
    Client mover = waiting("blmove l k left left 0.0001");
    assertThat(mover.wakeMillis()).isEqualTo(1);
    harness.clock.forward(1_499);
    assertThat(waiter.turn()).isEmpty();
    assertThat(waiter.wakeMillis()).isEqualTo(1);
    harness.clock.forward(1);
    assertThat(waiter.turn()).isEqualTo(NIL);
    assertThat(mover.turn()).isEqualTo(NIL); // not of a bulk string, as in Redis
    pusher.send("rpush l a");
    assertThat(pusher.send("llen l")).isEqualTo(":1\r\n");
  }

  @Test void clientUnblock_endsAWait_asIfTimeWereUpOrWithAnError() {
    Client one = waiting("blpop l 0");
    Client other = waiting("bzpopmin l 0");
    assertThat(pusher.send("client unblock " + one.session.id())).isEqualTo(":1\r\n");
    assertThat(pusher.send("client unblock " + one.session.id() + " timeout")).isEqualTo(":0\r\n");
    assertThat(pusher.send("client unblock " + other.session.id() + " error")).isEqualTo(":1\r\n");
    assertThat(got(one)).isEqualTo(NIL);
    assertThat(got(other)).isEqualTo("-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n");
    assertThat(pusher.send("client unblock " + pusher.session.id() + "\r\nclient unblock 99")).isEqualTo(":0\r\n:0\r\n");
    assertThat(pusher.send("client unblock x")).isEqualTo("-ERR value is not an integer or out of range\r\n");
    assertThat(pusher.send("client unblock x y")).isEqualTo("-ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR\r\n");
    assertThat(pusher.send("client unblock 1 error x"))
        .isEqualTo("-ERR unknown subcommand or wrong number of arguments for 'unblock'. Try CLIENT HELP.\r\n");
  }

  @Test void whoIsGone_isPassedOver() {
    Client killed = waiting("blpop l 0");
    Client left = waiting("blpop k l 0");
    Client served = waiting("blpop l 0");
    pusher.send("client kill id " + killed.session.id());
    left.disconnect();
    pusher.send("rpush l a");
    assertThat(got(served)).isEqualTo(array("l", "a"));
    killed.disconnect();
    assertThat(harness.host.waitingCount()).isZero();
  }

  @Test void whatComesBehindACommandThatWaits_waitsForIt() {
    Client client = harness.client();
    assertThat(client.send("set a 1\r\nblpop l 0\r\nget a\r\nblpop l 0\r\nget a")).isEqualTo("+OK\r\n");
    assertThat(client.left()).isPositive();
    assertThat(client.send("ping")).isEmpty();
    pusher.send("rpush l x");
    assertThat(got(client)).isEqualTo(array("l", "x") + bulk("1"));
    pusher.send("rpush l y");
    assertThat(got(client)).isEqualTo(array("l", "y") + bulk("1") + "+PONG\r\n");
    assertThat(client.left()).isZero();
  }

  @Test void itIsListed_asOneThatIsBlocked() {
    Client waiter = waiting("blpop l 0");
    assertThat(pusher.send("client list id " + waiter.session.id())).contains(" flags=b ").contains(" cmd=blpop ");
    assertThat(pusher.send("info clients")).contains("blocked_clients:1\r\n");
    pusher.send("rpush l a");
    got(waiter);
    assertThat(pusher.send("client list id " + waiter.session.id())).contains(" flags=N ");
    assertThat(pusher.send("info clients")).contains("blocked_clients:0\r\n");
  }

  @Test void aSilencedCommand_waitsAndTakes_butDoesNotReply() {
    Client waiter = harness.client();
    assertThat(waiter.send("client reply skip\r\nblpop l 0\r\nping")).isEmpty();
    pusher.send("rpush l a b");
    assertThat(got(waiter)).isEqualTo("+PONG\r\n");
    assertThat(pusher.send("llen l")).isEqualTo(":1\r\n");
  }

  @Test void aLongElement_comesInParts_andIsLetGoOfWhereNobodyReads() {
    String text = "x".repeat(300_000);
    for (boolean reads : new boolean[] {true, false}) {
      Client waiter = waiting("blmove l k left left 0");
      Client taker = waiting("blpop k 0");
      pusher.call("rpush", "l", text);
      if (reads) {
        assertThat(got(waiter)).isEqualTo(bulk(text));
        assertThat(got(taker)).isEqualTo(array("k", text));
      } else {
        waiter.disconnect();
        taker.disconnect();
      }
    }
  }

  @Test void timeouts_areReadAsRedisReadsThem() {
    for (String wrong : List.of("x", "nan", "\"\"", "\" 1\"", "1s")) {
      assertThat(pusher.send("blpop l " + wrong)).as(wrong).isEqualTo("-ERR timeout is not a float or out of range\r\n");
    }
    for (String negative : List.of("-1", "-0.001", "1e300", "inf", "9223372036854776")) {
      assertThat(pusher.send("blpop l " + negative)).as(negative).isEqualTo("-ERR timeout is negative\r\n");
    }
    assertThat(waiting("blpop l -0.0001").wakeMillis()).isEqualTo(Peer.NEVER);
    assertThat(waiting("blpop l 0x1p-1").wakeMillis()).isEqualTo(500);
    assertThat(pusher.send("blmove l k left up x")).isEqualTo("-ERR syntax error\r\n");
    assertThat(pusher.send("blmpop x 0 l left")).isEqualTo("-ERR numkeys should be greater than 0\r\n");
    assertThat(pusher.send("blmpop x 1 l left count 0")).isEqualTo("-ERR count should be greater than 0\r\n");
    assertThat(pusher.send("bzmpop x 1 l min count 0")).isEqualTo("-ERR count should be greater than 0\r\n");
    assertThat(pusher.send("bzmpop 1 2 l min")).isEqualTo("-ERR syntax error\r\n");
  }

  /** Random pushes, moves and waits beside a model of lists and of one line for each key. */
  @Test void randomSchedules_serveAsAModelDoes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      Map<String, ArrayDeque<Client>> lines = new HashMap<>();
      List<Client> all = new ArrayList<>();
      Map<Client, String> expected = new HashMap<>();
      Map<String, Integer> left = new HashMap<>();
      int element = 0;
      pusher.send("flushall");
      for (int step = 0; step < 200; step++) {
        String key = "k" + random.nextInt(4);
        ArrayDeque<Client> line = lines.computeIfAbsent(key, k -> new ArrayDeque<>());
        if (random.nextBoolean()) {
          int count = 1 + random.nextInt(3);
          StringBuilder push = new StringBuilder("rpush " + key);
          for (int i = 0; i < count; i++) {
            push.append(" e").append(element + i);
          }
          assertThat(pusher.send(push.toString())).as("seed %d", seed).startsWith(":");
          for (int i = 0; i < count; i++) {
            Client next = line.poll();
            if (next != null) {
              expected.put(next, array(key, "e" + element));
            } else {
              left.merge(key, 1, Integer::sum);
            }
            element++;
          }
        } else if (left.getOrDefault(key, 0) == 0) {
          Client waiter = waiting("blpop " + key + " 0");
          all.add(waiter);
          line.add(waiter);
        } else {
          assertThat(pusher.send("blpop " + key + " 0")).as("seed %d", seed).startsWith("*2");
          left.merge(key, -1, Integer::sum);
        }
        if (!line.isEmpty() && random.nextInt(8) == 0) {
          Client gone = random.nextBoolean() ? line.pollFirst() : line.pollLast();
          gone.disconnect();
          all.remove(gone);
        }
      }
      for (Client client : all) {
        assertThat(got(client)).as("seed %d", seed).isEqualTo(expected.getOrDefault(client, ""));
        client.disconnect();
      }
    }
  }
}
