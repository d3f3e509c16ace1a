package io.qcache.net.differential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is let pass, and above all what is not: a comparison that is too kind finds nothing. */
final class AllowanceTest {
  private static final long MILLIS = 50;

  @Test void withoutAllowance_oneOtherByteIsADifference() {
    assertThat(same(Allowance.NONE, "$1\r\na\r\n", "$1\r\na\r\n")).isTrue();
    assertThat(same(Allowance.NONE, "$1\r\na\r\n", "$1\r\nb\r\n")).isFalse();
    assertThat(same(Allowance.NONE, "$-1\r\n", "*-1\r\n")).isFalse();
  }

  @Test void errors_areComparedWhateverIsAllowed() {
    for (Allowance allowance : Allowance.values()) {
      assertThat(same(allowance, "-ERR a\r\n", "-ERR b\r\n")).as(allowance.reason()).isFalse();
      assertThat(same(allowance, ":1\r\n", "-ERR b\r\n")).as(allowance.reason()).isFalse();
      assertThat(same(allowance, "*0\r\n", "+QUEUED\r\n")).as(allowance.reason()).isFalse();
      assertThat(allowance.same(Frame.of("*0\r\n"), Frame.SILENCE, MILLIS)).as(allowance.reason()).isFalse();
    }
  }

  @Test void aLongEcho_mayBeCut_butNotAShortOne() {
    String echo = "-ERR Unsupported option " + "x".repeat(128);
    assertThat(same(Allowance.NONE, echo + "xxx\r\n", echo + "\r\n")).isTrue();
    assertThat(same(Allowance.NONE, echo + "xxx'\r\n", echo + "'\r\n")).isTrue();
    assertThat(same(Allowance.NONE, echo + "xxx\r\n", echo + "y\r\n")).isFalse();
    assertThat(same(Allowance.NONE, "-ERR Unsupported option xxx\r\n", "-ERR Unsupported option x\r\n")).isFalse();
  }

  @Test void order_mayDiffer_butNeitherElementsNorTheirNumber() {
    assertThat(same(Allowance.ORDER, "*2\r\n+a\r\n+b\r\n", "*2\r\n+b\r\n+a\r\n")).isTrue();
    assertThat(same(Allowance.ORDER, "*2\r\n+a\r\n+b\r\n", "*2\r\n+a\r\n+c\r\n")).isFalse();
    assertThat(same(Allowance.ORDER, "*2\r\n+a\r\n+b\r\n", "*3\r\n+b\r\n+a\r\n+a\r\n")).isFalse();
    assertThat(same(Allowance.ORDER, "*3\r\n+a\r\n+b\r\n+c\r\n", "*3\r\n+a\r\n+b\r\n+b\r\n")).isFalse();
  }

  @Test void order_mayDiffer_butNotTheTypeOfTheReply() {
    assertThat(same(Allowance.ORDER, "~2\r\n+a\r\n+b\r\n", "*2\r\n+b\r\n+a\r\n")).isFalse();
    assertThat(same(Allowance.ANY_ORDER, "~2\r\n+a\r\n+b\r\n", "*2\r\n+b\r\n+a\r\n")).isFalse();
    assertThat(same(Allowance.PAIRS, "%1\r\n+a\r\n+b\r\n", "*2\r\n+a\r\n+b\r\n")).isFalse();
  }

  @Test void whatMayComeTwice_comesAsOften() {
    assertThat(same(Allowance.ANY_ORDER, "*3\r\n+a\r\n+b\r\n+a\r\n", "*3\r\n+b\r\n+a\r\n+a\r\n")).isTrue();
    assertThat(same(Allowance.ANY_ORDER, "*3\r\n+a\r\n+b\r\n+a\r\n", "*3\r\n+b\r\n+b\r\n+a\r\n")).isFalse();
    assertThat(same(Allowance.ANY_ORDER, "*1\r\n+a\r\n", "*2\r\n+a\r\n+a\r\n")).isFalse();
  }

  @Test void pairs_stayTogether() {
    String redis = "*4\r\n+a\r\n+1\r\n+b\r\n+2\r\n";
    assertThat(same(Allowance.PAIRS, redis, "*4\r\n+b\r\n+2\r\n+a\r\n+1\r\n")).isTrue();
    assertThat(same(Allowance.PAIRS, redis, "*4\r\n+a\r\n+2\r\n+b\r\n+1\r\n")).isFalse();
    String page = "*2\r\n$1\r\n0\r\n";
    assertThat(same(Allowance.SCAN_PAIRS, page + redis, page + "*4\r\n+b\r\n+2\r\n+a\r\n+1\r\n")).isTrue();
    assertThat(same(Allowance.SCAN_PAIRS, page + redis, page + "*4\r\n+b\r\n+1\r\n+a\r\n+2\r\n")).isFalse();
  }

  @Test void aSample_hasItsSizeAndShape() {
    assertThat(same(Allowance.SAMPLE, "$1\r\na\r\n", "$1\r\nb\r\n")).isTrue();
    assertThat(same(Allowance.SAMPLE, "$1\r\na\r\n", "$-1\r\n")).isFalse();
    assertThat(same(Allowance.SAMPLE, "*1\r\n$1\r\na\r\n", "*1\r\n$1\r\nb\r\n")).isTrue();
    assertThat(same(Allowance.SAMPLE, "*1\r\n$1\r\na\r\n", "*0\r\n")).isFalse();
    assertThat(same(Allowance.SAMPLE, "*1\r\n*1\r\n$1\r\na\r\n", "*1\r\n$1\r\na\r\n")).isFalse();
    assertThat(same(Allowance.SAMPLE, "*1\r\n,1\r\n", "*1\r\n$1\r\n1\r\n")).isFalse();
  }

  @Test void deadlines_mayDifferByMilliseconds_unlessTheyWereGiven() {
    assertThat(same(Allowance.MILLIS, ":1700000000000\r\n", ":1700000000050\r\n")).isTrue();
    assertThat(same(Allowance.MILLIS, ":1700000000000\r\n", ":1700000000051\r\n")).isFalse();
    assertThat(same(Allowance.MILLIS, ":4102444800000\r\n", ":4102444800001\r\n")).isFalse();
    assertThat(same(Allowance.MILLIS, ":-1\r\n", ":-2\r\n")).isFalse();
    assertThat(same(Allowance.MILLIS, ":0\r\n", ":-1\r\n")).isFalse();
    assertThat(same(Allowance.SECONDS, ":5000\r\n", ":5001\r\n")).isTrue();
    assertThat(same(Allowance.SECONDS, ":5000\r\n", ":5002\r\n")).isFalse();
  }

  @Test void scans_mayPageDifferently_butOnePageOfAllHoldsTheSameKeys() {
    String ab = "*2\r\n$1\r\n0\r\n*2\r\n$1\r\na\r\n$1\r\nb\r\n";
    String ba = "*2\r\n$1\r\n0\r\n*2\r\n$1\r\nb\r\n$1\r\na\r\n";
    String a = "*2\r\n$1\r\n0\r\n*1\r\n$1\r\na\r\n";
    assertThat(same(Allowance.SCAN_ALL, ab, ba)).isTrue();
    assertThat(same(Allowance.SCAN_ALL, ab, a)).isFalse();
    assertThat(same(Allowance.SCAN_PAGE, ab, a)).isTrue();
    assertThat(same(Allowance.SCAN_PAGE, ab, "*2\r\n:0\r\n*1\r\n$1\r\na\r\n")).isFalse();
  }

  @Test void greetings_mayDifferInVersionAndId() {
    String redis = "%2\r\n$7\r\nversion\r\n$5\r\n7.0.1\r\n$5\r\nproto\r\n:3\r\n";
    assertThat(same(Allowance.GREETING, redis, "%2\r\n$7\r\nversion\r\n$3\r\n0.1\r\n$5\r\nproto\r\n:3\r\n")).isTrue();
    assertThat(same(Allowance.GREETING, redis, redis.replace(":3", ":2"))).isFalse();
    assertThat(same(Allowance.GREETING, redis, redis.replace("%2", "*4"))).isFalse();
  }

  @Test void clientLines_mayDifferInAges_butNotInState() {
    String redis = "$29\r\nid=1 name=me age=5 db=0 resp=3\r\n";
    assertThat(same(Allowance.CLIENT_LINES, redis, "$29\r\nid=9 name=me age=0 db=0 resp=3\r\n")).isTrue();
    assertThat(same(Allowance.CLIENT_LINES, redis, "$29\r\nid=1 name=me age=5 db=1 resp=3\r\n")).isFalse();
    assertThat(same(Allowance.CLIENT_LINES, redis, "$23\r\nid=1 name=me age=5 db=0\r\n")).isFalse();
  }

  @Test void rowsOfCommandInfo_mayOrderFlags_butNotHaveOthers() {
    String redis = "*2\r\n+get\r\n*2\r\n+fast\r\n+readonly\r\n";
    assertThat(same(Allowance.ROW, redis, "*2\r\n+get\r\n*2\r\n+readonly\r\n+fast\r\n")).isTrue();
    assertThat(same(Allowance.ROW, redis, "*2\r\n+get\r\n*2\r\n+write\r\n+fast\r\n")).isFalse();
  }

  private static boolean same(Allowance allowance, String redis, String ours) {
    return allowance.same(Frame.of(redis), Frame.of(ours), MILLIS);
  }
}
