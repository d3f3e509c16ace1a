package io.qcache.net.room;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test void list_hasALineForEach_theOldestFirst() {
    one.send("client setname first\r\nselect 3");
    harness.clock.forward(2_500);
    two.send("multi\r\nset a 1");
    three.send("hello 3\r\nclient setinfo LIB-NAME jedis\r\nclient setinfo lib-ver 5.1");
    long queued = two.session.transaction().queuedBytes();
    String expected = line(one, "fd=-1 name=first age=2 idle=2 flags=N db=3 sub=0 psub=0 ssub=0 multi=-1 qbuf=0 "
        + "multi-mem=0 omem=0 tot-mem=0 cmd=select user=default redir=-1 resp=2 lib-name= lib-ver=")
        + line(two, "fd=-1 name= age=2 idle=0 flags=x db=0 sub=0 psub=0 ssub=0 multi=1 qbuf=0 multi-mem=" + queued
            + " omem=0 tot-mem=" + queued + " cmd=multi user=default redir=-1 resp=2 lib-name= lib-ver=")
        + line(three, "fd=-1 name= age=2 idle=0 flags=N db=0 sub=0 psub=0 ssub=0 multi=-1 qbuf=0 multi-mem=0 omem=0 "
            + "tot-mem=0 cmd=client|list user=default redir=-1 resp=3 lib-name=jedis lib-ver=5.1");
    assertThat(three.send("client list")).isEqualTo("=" + (expected.length() + 4) + "\r\ntxt:" + expected + "\r\n");
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
