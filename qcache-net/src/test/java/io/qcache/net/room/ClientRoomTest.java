package io.qcache.net.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.option.Option;
import io.qcache.net.session.Client;
import io.qcache.net.session.Harness;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientRoomTest {
  private final Harness harness = new Harness();
  private final Client one = harness.client();
  private final Client two = harness.client();
  private final Client three = harness.client();

  @AfterEach void close() {
    harness.close();
  }

  private static String line(Client client, String rest) {
    return "id=" + client.session.id() + " addr=" + client.remoteAddress() + " laddr=127.0.0.1:5001 " + rest + "\n";
  }

  @Test void noTouch_lastsUntilItIsTurnedOff_orReset_whicheverDatabaseIsSelected() {
    assertThat(one.send("client no-touch maybe")).isEqualTo("-ERR syntax error\r\n");
    assertThat(one.send("client no-touch on\r\nselect 2")).isEqualTo("+OK\r\n+OK\r\n");
    assertThat(one.send("multi\r\nclient info\r\nexec")).contains(" flags=xT db=2 ");
    assertThat(two.send("client list id " + one.session.id())).contains(" flags=T db=2 ");
    assertThat(one.send("client no-touch off\r\nclient info")).contains(" flags=N db=2 ");
    assertThat(one.send("client no-touch ON\r\nreset\r\nclient info")).contains(" flags=N db=0 ");
  }

  @Test void list_hasALineForEach_theOldestFirst() {
    one.send("client setname first\r\nselect 3");
    harness.clock.forward(2_500);
    two.send("multi\r\nset a 1");
    three.send("hello 3\r\nclient setinfo LIB-NAME jedis\r\nclient setinfo lib-ver 5.1");
    long queued = two.session.transaction().queuedBytes();
    String expected = line(one, "fd=-1 name=first age=2 idle=2 flags=N db=3 sub=0 psub=0 ssub=0 multi=-1 " + memory(0)
        + " events=r cmd=select user=default redir=-1 resp=2 lib-name= lib-ver=")
        + line(two, "fd=-1 name= age=2 idle=0 flags=x db=0 sub=0 psub=0 ssub=0 multi=1 " + memory(queued)
            + " events=r cmd=set user=default redir=-1 resp=2 lib-name= lib-ver=")
        + line(three, "fd=-1 name= age=2 idle=0 flags=N db=0 sub=0 psub=0 ssub=0 multi=-1 " + memory(0)
            + " events=r cmd=client|list user=default redir=-1 resp=3 lib-name=jedis lib-ver=5.1");
    assertThat(three.send("client list")).isEqualTo("=" + (expected.length() + 4) + "\r\ntxt:" + expected + "\r\n");
  }

  private static String memory(long queued) {
    return "qbuf=0 qbuf-free=0 argv-mem=0 multi-mem=" + queued + " rbs=0 rbp=0 obl=0 oll=0 omem=0 tot-mem="
        + (1200 + queued);
  }

  @Test void noEvict_andNoTouch_areFlags() {
    assertThat(one.send("client no-evict on\r\nclient no-touch on")).isEqualTo("+OK\r\n+OK\r\n");
    assertThat(state(one)).startsWith("flags=eT ");
    assertThat(one.send("client no-evict off\r\nclient no-evict x")).isEqualTo("+OK\r\n-ERR syntax error\r\n");
    assertThat(state(one)).startsWith("flags=T ");
  }

  @Test void listOfIds_hasThoseThatAreThere_inTheOrderAskedFor() {
    String reply = one.send("client list id " + three.session.id() + " 999 " + one.session.id());
    assertThat(reply.split("\n")[1]).startsWith("id=" + three.session.id() + " ");
    assertThat(reply.split("\n")[2]).startsWith("id=" + one.session.id() + " ");
  }

  @Test void info_isTheOwnLine() {
    assertThat(two.send("client info")).startsWith("$").contains("\r\nid=" + two.session.id() + " ")
        .contains(" cmd=client|info ");
    assertThat(two.send("client id")).isEqualTo(":" + two.session.id() + "\r\n");
  }

  /** Flags, queued commands and last command in the client's line as another one sees it. */
  private String state(Client client) {
    String line = three.send("client list id " + client.session.id());
    return line.replaceAll("(?s).*( flags=\\S+).*( multi=\\S+).*( cmd=\\S+).*", "$1$2$3").trim();
  }

  @Test void theCommand_isTheLastThatWasLookedUp_whateverBecameOfIt() {
    assertThat(state(one)).isEqualTo("flags=N multi=-1 cmd=NULL");
    one.send("get");
    assertThat(state(one)).isEqualTo("flags=N multi=-1 cmd=get");
    one.send("foo");
    assertThat(state(one)).isEqualTo("flags=N multi=-1 cmd=NULL");
    one.send("command getkeys get");
    assertThat(state(one)).isEqualTo("flags=N multi=-1 cmd=command|getkeys");
    one.send("client foo");
    assertThat(state(one)).isEqualTo("flags=N multi=-1 cmd=NULL");
    one.send("client");
    assertThat(state(one)).isEqualTo("flags=N multi=-1 cmd=client");
    one.send("multi\r\nset a 1");
    assertThat(state(one)).isEqualTo("flags=x multi=1 cmd=set");
    one.send("foo\r\nget a");
    assertThat(state(one)).isEqualTo("flags=x multi=1 cmd=get");
    one.send("exec");
    assertThat(state(one)).isEqualTo("flags=N multi=-1 cmd=exec");
  }

  @Test void theCommandOfAStranger_isTheOneThatWasRefused() {
    harness.set(Option.REQUIREPASS, "sesame");
    Client stranger = harness.client();
    stranger.send("get a");
    assertThat(stranger.session.lastRow().name()).isEqualTo("get");
  }

  @Test void insideExec_theTransactionIsStillThere() {
    one.send("multi\r\nclient info\r\nclient list id " + one.session.id());
    assertThat(one.send("exec").split(" flags=x ", -1)).hasSize(3).allMatch(each ->
        each.startsWith("*2\r\n$") || each.matches("(?s)db=0 .* multi=2 .* cmd=exec .*"));
    assertThat(state(one)).isEqualTo("flags=N multi=-1 cmd=exec");
  }

  @Test void aWatchedKeyThatChanged_isSeen_untilTheTransactionHasEnded() {
    one.send("set k 1\r\nwatch k");
    assertThat(state(one)).isEqualTo("flags=N multi=-1 cmd=watch");
    two.send("set k 2");
    assertThat(state(one)).isEqualTo("flags=d multi=-1 cmd=watch");
    one.send("unwatch\r\nwatch k\r\nmulti\r\nget k");
    assertThat(state(one)).isEqualTo("flags=x multi=1 cmd=get");
    two.send("set k 3");
    one.send("incr k"); // is not even kept: EXEC will run nothing
    assertThat(state(one)).isEqualTo("flags=xd multi=1 cmd=incr");
    assertThat(one.send("exec")).isEqualTo("*-1\r\n");
    assertThat(state(one)).isEqualTo("flags=N multi=-1 cmd=exec");
  }

  @Test void whoGoes_isSeenToGo() {
    one.send("client kill " + two.remoteAddress());
    assertThat(state(two)).isEqualTo("flags=A multi=-1 cmd=NULL");
    one.send("quit");
    assertThat(state(one)).isEqualTo("flags=c multi=-1 cmd=quit");
  }

  @Test void setInfo_takesWhatIsPrintable() {
    assertThat(one.send("client setinfo lib-name 'a b'"))
        .isEqualTo("-ERR lib-name cannot contain spaces, newlines or special characters.\r\n");
    assertThat(one.send("client setinfo LIB-VER \"1\\n\""))
        .isEqualTo("-ERR lib-ver cannot contain spaces, newlines or special characters.\r\n");
    assertThat(one.send("client setinfo lib-foo x")).isEqualTo("-ERR Unrecognized option 'lib-foo'\r\n");
  }

  @Test void kill_byAddress_closesThatOne() {
    assertThat(one.send("client kill " + two.remoteAddress())).isEqualTo("+OK\r\n");
    assertThat(two.isKilled()).isTrue();
    assertThat(two.session.isClosing()).isTrue();
    assertThat(two.send("set a 1")).isEmpty();
    assertThat(three.send("get a")).isEqualTo("$-1\r\n");
    two.disconnect();
    assertThat(one.send("client kill " + two.remoteAddress())).isEqualTo("-ERR No such client\r\n");
  }

  @Test void kill_byFilters_closesThoseThatFitAll() {
    assertThat(one.send("client kill id " + two.session.id() + " addr " + three.remoteAddress())).isEqualTo(":0\r\n");
    assertThat(one.send("client kill id " + two.session.id() + " addr " + two.remoteAddress() + " type normal"
        + " user default laddr 127.0.0.1:5001")).isEqualTo(":1\r\n");
    assertThat(two.isKilled()).isTrue();
    assertThat(three.isKilled()).isFalse();
    assertThat(one.send("client kill type replica")).isEqualTo(":0\r\n");
  }

  @Test void kill_sparesItself_unlessToldNot() {
    assertThat(one.send("client kill laddr 127.0.0.1:5001")).isEqualTo(":2\r\n");
    assertThat(one.session.isClosing()).isFalse();
    Client four = harness.client();
    assertThat(four.send("client kill id " + four.session.id() + " skipme no\r\nping")).isEqualTo(":1\r\n");
    assertThat(four.session.isClosing()).isTrue();
    assertThat(four.isKilled()).isFalse(); // it goes when its reply has gone
  }

  @Test void list_whileOthersComeAndGo_isWhole() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    Thread other = new Thread(() -> {
      while (!stop.get()) {
        Client guest = harness.client();
        guest.send("multi\r\nset a 1\r\nselect 3\r\nexec\r\nclient setname x");
        guest.disconnect();
      }
    });
    other.start();
    try {
      for (int i = 0; i < 500; i++) {
        for (String line : one.send("client list").split("\n")) {
          boolean whole = line.isBlank() || line.startsWith("$") || line.matches("id=\\d+ addr=.* lib-ver=");
          assertThat(whole).as(line).isTrue();
        }
      }
    } finally {
      stop.set(true);
      other.join();
    }
  }
}
