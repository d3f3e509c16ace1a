package io.qcache.net.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.session.Client;
import io.qcache.net.session.Harness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
  private final Harness harness = new Harness();
  private final Client client = harness.client();

  @AfterEach void close() {
    harness.close();
  }

  @Test void ttl_roundsToTheNearestSecond_andPttlDoesNot() {
    client.send("set a 1 px 1500");
    assertThat(client.send("ttl a\r\npttl a")).isEqualTo(":2\r\n:1500\r\n");
    harness.clock.forward(1);
    assertThat(client.send("ttl a\r\npttl a")).isEqualTo(":1\r\n:1499\r\n");
    harness.clock.forward(1_498);
    assertThat(client.send("ttl a\r\nget a")).isEqualTo(":0\r\n$1\r\n1\r\n");
    harness.clock.forward(1);
    assertThat(client.send("ttl a\r\nget a\r\nexists a")).isEqualTo(":-2\r\n$-1\r\n:0\r\n");
  }

  @Test void expire_inTheFuture_isWhatExpireTimeReplies() {
    client.send("set a 1\r\nexpire a 100");
    assertThat(client.send("expiretime a\r\npexpiretime a")).isEqualTo(":1700000100\r\n:1700000100000\r\n");
  }

  @Test void expire_inThePast_deletes() {
    assertThat(client.send("set a 1\r\nexpire a -1\r\nexists a")).isEqualTo("+OK\r\n:1\r\n:0\r\n");
    assertThat(client.send("set a 1\r\nexpireat a 1700000000\r\nexists a")).isEqualTo("+OK\r\n:1\r\n:0\r\n");
    assertThat(client.send("set a 1\r\npexpireat a 1700000000001\r\nexists a")).isEqualTo("+OK\r\n:1\r\n:1\r\n");
  }

  @Test void everyWayToSetADeadline_isFollowedByTheClock() {
    client.send("setex a 2 x\r\npsetex b 2000 x\r\nset c x ex 2\r\nset d x exat 1700000002\r\nset e x\r\n"
        + "getex e px 2000\r\nset f x\r\npexpire f 2000\r\ncopy f g\r\nset h x ex 2\r\nrename h i\r\n"
        + "set j x ex 2\r\nset j y keepttl");
    assertThat(client.send("exists a b c d e f g i j")).isEqualTo(":9\r\n");
    harness.clock.forward(2_000);
    assertThat(client.send("exists a b c d e f g i j")).isEqualTo(":0\r\n");
  }

  @Test void aDeadlineGoesWithTheValue_butStaysWithAChange() {
    client.send("set a 1 ex 100\r\nincr a\r\nappend a 0\r\nsetrange a 0 3");
    assertThat(client.send("ttl a\r\nget a")).isEqualTo(":100\r\n$2\r\n30\r\n");
    client.send("getset a 5");
    assertThat(client.send("ttl a")).isEqualTo(":-1\r\n");
  }
}
