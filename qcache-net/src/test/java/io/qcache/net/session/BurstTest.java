package io.qcache.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pipeline publishes is handed over together. */
class BurstTest {
  private final Harness harness = new Harness();

  @AfterEach void close() {
    harness.close();
  }

  private static String message(String channel, String payload) {
    return "*3\r\n$7\r\nmessage\r\n$1\r\n" + channel + "\r\n$" + payload.length() + "\r\n" + payload + "\r\n";
  }

  @Test void aPipelinesMessages_comeInItsOrder_toWhoeverWasSubscribed() {
    Client both = harness.client();
    Client one = harness.client();
    both.send("subscribe a b");
    one.send("hello 3\r\nsubscribe a");
    String large = "x".repeat(100_000);
    String replies = harness.client().send("publish a 1\r\npublish \"a\" \"2\"\r\npublish b 3\r\npublish c 4\r\n"
        + "multi\r\npublish a 5\r\nexec\r\n*3\r\n$7\r\npublish\r\n$1\r\na\r\n$100000\r\n" + large + "\r\npublish a 7");
    assertThat(replies).isEqualTo(":2\r\n:2\r\n:1\r\n:0\r\n+OK\r\n+QUEUED\r\n*1\r\n:2\r\n:2\r\n:2\r\n");
    String toA = message("a", "1") + message("a", "2");
    String last = message("a", "5") + message("a", large) + message("a", "7");
    assertThat(both.replies()).isEqualTo(toA + message("b", "3") + last);
    assertThat(one.replies()).isEqualTo((toA + last).replace("*3", ">3"));
  }

  @Test void whoLeavesAndComesBetween_getsWhatIsForIt() {
    Client subscriber = harness.client();
    subscriber.send("subscribe a");
    Client publisher = harness.client();
    publisher.send("publish a 1\r\nhello 3\r\nsubscribe a\r\npublish a 2\r\nunsubscribe a\r\npublish a 3");
    assertThat(subscriber.replies()).isEqualTo(message("a", "1") + message("a", "2") + message("a", "3"));
    subscriber.send("unsubscribe a");
    assertThat(publisher.send("publish a 4")).isEqualTo(":0\r\n");
    assertThat(subscriber.replies()).isEmpty();
  }
}
