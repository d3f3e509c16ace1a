package io.qcache.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Engine;
import io.qcache.engine.Slice;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Room;
import io.qcache.net.command.Row;
import io.qcache.net.option.Option;
import io.qcache.resp.GrowingOutput;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final String PIPELINE = "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$5\r\nhello\r\nping\r\n"
      + "*2\r\n$3\r\nGET\r\n$1\r\na\r\nfoo 'b ar' c\r\n\r\n*0\r\nMULTI\r\n*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n"
      + "get\r\nset n \"x\\x00y\"\r\nEXEC\r\n"
      + "multi\r\n*2\r\n$4\r\nINCR\r\n$1\r\nn\r\nexec\r\nget n\r\nclient reply skip\r\nping\r\necho last\r\nquit\r\n";
  private static final String REPLIES = "+OK\r\n+PONG\r\n$5\r\nhello\r\n"
      + "-ERR unknown command 'foo', with args beginning with: 'b ar' 'c' \r\n+OK\r\n+QUEUED\r\n"
      + "-ERR wrong number of arguments for 'get' command\r\n+QUEUED\r\n"
      + "-EXECABORT Transaction discarded because of previous errors.\r\n"
      + "+OK\r\n+QUEUED\r\n*1\r\n:1\r\n$1\r\n1\r\n$4\r\nlast\r\n+OK\r\n";

  private final Harness harness = new Harness();

  @AfterEach void close() {
    harness.close();
  }

  // Feeding

  @Test void aPipeline_cutAtEveryByte_getsTheSameReplies() {
    for (int cut = 0; cut <= PIPELINE.length(); cut++) {
      try (Harness fresh = new Harness()) {
        Client client = fresh.client();
        String first = client.feed(PIPELINE.substring(0, cut));
        assertThat(first + client.feed(PIPELINE.substring(cut))).as("cut at %d", cut).isEqualTo(REPLIES);
        assertThat(client.session.isClosing()).isTrue();
      }
    }
  }

  @Test void aPipeline_byteByByte_getsTheSameReplies() {
    Client client = harness.client();
    StringBuilder replies = new StringBuilder();
    for (int i = 0; i < PIPELINE.length(); i++) {
      replies.append(client.feed(PIPELINE.substring(i, i + 1)));
    }
    assertThat(replies).hasToString(REPLIES);
  }

  @Test void nothingOfTheArray_isKept_evenOfQueuedCommands() {
    Client client = harness.client();
    GrowingOutput out = new GrowingOutput();
    Session session = new Session(harness.host, client, out);
    String[] commands = {
        "multi\r\n", "*3\r\n$3\r\nset\r\n$3\r\nkey\r\n$5\r\nvalue\r\n", "append key \"!\"\r\n", "get key\r\n"};
    for (String command : commands) {
      byte[] bytes = command.getBytes(StandardCharsets.ISO_8859_1);
      assertThat(session.feed(bytes, 0, bytes.length)).isEqualTo(bytes.length);
      new Random(1).nextBytes(bytes); // the buffer goes on
    }
    out.clear();
    session.feed("exec\r\n".getBytes(StandardCharsets.ISO_8859_1), 0, 6);
    assertThat(new String(out.toByteArray(), StandardCharsets.ISO_8859_1))
        .isEqualTo("*3\r\n+OK\r\n:6\r\n$6\r\nvalue!\r\n");
  }

  @Test void feed_countsFromWhereItIsToldTo() {
    Client client = harness.client();
    Session session = new Session(harness.host, client, new GrowingOutput());
    byte[] bytes = "xxping\r\n*1\r\n$4\r\nping\r\n*1\r\n$4\r\npi".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(session.feed(bytes, 2, bytes.length)).isEqualTo(20);
    assertThat(session.feed(bytes, 22, bytes.length)).isZero();
  }

  @Test void aFullPeer_getsNoFurtherCommand_untilItIsNotFull() {
    Client client = harness.client();
    client.fullAt(10);
    assertThat(client.feed("ping\r\nping\r\nping\r\nping\r\n")).isEqualTo("+PONG\r\n+PONG\r\n");
    assertThat(client.left()).isEqualTo(12);
    assertThat(client.feed("")).isEqualTo("+PONG\r\n+PONG\r\n");
    assertThat(client.left()).isZero();
  }

  @Test void nothing_isRunBehindAQuit() {
    Client client = harness.client();
    assertThat(client.feed("quit\r\nset a 1\r\n")).isEqualTo("+OK\r\n");
    assertThat(client.session.isClosing()).isTrue();
    assertThat(client.feed("set a 1\r\n")).isEmpty();
    assertThat(harness.client().send("get a")).isEqualTo("$-1\r\n");
  }

  @Test void aProtocolError_isToldOnce_andNothingIsRunBehindIt() {
    Client client = harness.client();
    assertThat(client.feed("*1\r\n$4\r\nping\r\n*1\r\n+x\r\nset a 1\r\n"))
        .isEqualTo("+PONG\r\n-ERR Protocol error: expected '$', got '+'\r\n");
    assertThat(client.session.isClosing()).isTrue();
    assertThat(client.feed("ping\r\n")).isEmpty();
    assertThat(harness.client().send("get a")).isEqualTo("$-1\r\n");
  }

  @Test void aProtocolError_whereRepliesAreOff_closesInSilence() {
    Client client = harness.client();
    assertThat(client.send("client reply off")).isEmpty();
    assertThat(client.feed("*x\r\n")).isEmpty();
    assertThat(client.session.isClosing()).isTrue();
  }

  @Test void aProtocolError_whoseReplyIsSkipped_closesInSilence() {
    Client client = harness.client();
    assertThat(client.send("client reply skip")).isEmpty();
    assertThat(client.feed("*x\r\n")).isEmpty();
    assertThat(client.session.isClosing()).isTrue();
  }

  @Test void aStrangersHello_givesNoName_beforeItHasLoggedIn() {
    harness.set(Option.REQUIREPASS, "sesame");
    Client client = harness.client();
    assertThat(client.send("hello 3 setname foo")).startsWith("-NOAUTH");
    assertThat(client.send("hello 3 setname foo auth default wrong")).startsWith("-WRONGPASS");
    assertThat(client.session.name()).isEmpty();
    assertThat(client.send("hello 2 setname foo setname bar auth default sesame")).startsWith("*14\r\n");
    assertThat(client.session.name()).isEqualTo("bar");
    assertThat(client.send("hello 2 setname foo nope")).startsWith("-ERR Syntax error");
    assertThat(client.session.name()).isEqualTo("foo"); // as Redis, which takes one option after the other
  }

  @Test void http_isClosed_andLoggedOnceAMinute() {
    for (int i = 0; i < 3; i++) {
      Client client = harness.client();
      assertThat(client.feed("GET / HTTP/1.1\r\nHost: localhost\r\nset a 1\r\n"))
          .isEqualTo("-ERR wrong number of arguments for 'get' command\r\n");
      assertThat(client.session.isClosing()).isTrue();
    }
    assertThat(harness.logged).hasSize(1).first().asString().contains("HTTP");
    harness.clock.forward(60_000);
    assertThat(harness.client().feed("POST / HTTP/1.1\r\n\r\nset a 1\r\n")).isEmpty();
    assertThat(harness.logged).hasSize(2);
    assertThat(harness.client().send("get a")).isEqualTo("$-1\r\n");
  }

  // What throws

  private static final class Throwing extends Room {
    private final Throwable thrown;

    Throwing(Throwable thrown) {
      super(null);
      this.thrown = thrown;
    }

    @Override public void declare(CommandTable table) {
      table.command(0, "BOOM").arity(-1);
    }

    @Override public void run(int op, Call call) {
      call.reply().array(3);
      call.reply().bulk("half of it");
      Throwing.<RuntimeException>sneak(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
      throw (T) thrown;
    }
  }

  private Client clientOf(Throwable thrown) {
    harness.host.commands().add(new Throwing(thrown));
    return harness.client();
  }

  @Test void whatAHandlerThrows_isLoggedOnceWithTheCommand_andTheSessionGoesOn() {
    Client client = clientOf(new IllegalStateException("secret"));
    String error = "-ERR internal error in 'boom' command\r\n";
    assertThat(client.feed("ping\r\nboom\r\nping\r\nboom x\r\n")).isEqualTo("+PONG\r\n" + error + "+PONG\r\n" + error);
    assertThat(client.session.isClosing()).isFalse();
    assertThat(harness.logged).hasSize(1).first().asString().contains("ERROR", "'boom'", "secret");
    assertThat(harness.host.counters().failures()).isEqualTo(2);
    assertThat(client.send("info stats")).contains("internal_errors:2\r\n", "total_error_replies:2\r\n");
  }

  @Test void whatAHandlerThrows_insideExec_takesItsPlaceInTheArray() {
    Client client = clientOf(new StackOverflowError());
    client.send("multi\r\nset a 1\r\nboom\r\nget a");
    assertThat(client.send("exec"))
        .isEqualTo("*3\r\n+OK\r\n-ERR internal error in 'boom' command\r\n$1\r\n1\r\n");
    assertThat(harness.client().send("set a 2")).isEqualTo("+OK\r\n"); // no stripe is left held
  }

  @Test void outOfMemory_isAnOomLine_andTheSessionGoesOn() {
    Client client = clientOf(new OutOfMemoryError("Java heap space"));
    assertThat(client.feed("boom\r\nping\r\n"))
        .isEqualTo("-OOM command failed because the JVM is out of memory\r\n+PONG\r\n");
    assertThat(client.send("info errorstats")).contains("errorstat_OOM:count=1\r\n");
  }

  // Limits

  @Test void strangers_haveSmallLimits_untilTheyLogIn() {
    harness.set(Option.REQUIREPASS, "sesame");
    Client client = harness.client();
    assertThat(client.session.isAuthenticated()).isFalse();
    // In one read: the limits change between two commands
    assertThat(client.feed("auth sesame\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$20000\r\n" + "x".repeat(20_000) + "\r\n"))
        .isEqualTo("+OK\r\n+OK\r\n");
    assertThat(client.session.isAuthenticated()).isTrue();
    client.send("reset");
    assertThat(client.feed("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$20000\r\n"))
        .isEqualTo("-ERR Protocol error: unauthenticated bulk length\r\n");
  }

  @Test void aPasswordThatIsSetLater_isNotAskedOfThoseWhoAreThere() {
    Client before = harness.client();
    assertThat(before.send("config set requirepass sesame")).isEqualTo("+OK\r\n");
    assertThat(before.send("ping")).isEqualTo("+PONG\r\n");
    Client after = harness.client();
    assertThat(after.send("ping")).startsWith("-NOAUTH");
    assertThat(before.send("config set requirepass ''")).isEqualTo("+OK\r\n");
    assertThat(after.send("ping")).isEqualTo("+PONG\r\n");
  }

  @Test void aPassword_isBytes() {
    Client admin = harness.client();
    assertThat(admin.call("CONFIG", "SET", "requirepass", "\u00e9\u0000\u00ff")).isEqualTo("+OK\r\n");
    Client client = harness.client();
    assertThat(client.call("AUTH", "\u00e9\u0000\u00fe")).startsWith("-WRONGPASS");
    assertThat(client.call("AUTH", "\u00e9\u0000\u00ff")).isEqualTo("+OK\r\n");
    assertThat(client.call("CONFIG", "GET", "requirepass"))
        .isEqualTo("*2\r\n$11\r\nrequirepass\r\n$3\r\n\u00e9\u0000\u00ff\r\n");
  }

  @Test void protoMaxBulkLen_limitsRequestsAndStrings_fromTheNextRoundOn() {
    Client client = harness.client();
    assertThat(client.send("config set proto-max-bulk-len 1mb")).isEqualTo("+OK\r\n");
    assertThat(client.send("setrange a 1048576 x"))
        .isEqualTo("-ERR string exceeds maximum allowed size (proto-max-bulk-len)\r\n");
    assertThat(client.feed("*2\r\n$4\r\nECHO\r\n$1048577\r\n"))
        .isEqualTo("-ERR Protocol error: invalid bulk length\r\n");
  }

  // Who is there

  @Test void aClosedSession_isNobodysAnyMore() {
    Client one = harness.client();
    Client two = harness.client();
    assertThat(harness.host.sessionCount()).isEqualTo(2);
    two.send("watch a\r\nmulti");
    two.disconnect();
    assertThat(harness.host.sessionCount()).isEqualTo(1);
    assertThat(harness.host.session(two.session.id())).isNull();
    assertThat(one.send("set a 1")).isEqualTo("+OK\r\n");
    assertThat(harness.host.counters().connections()).isEqualTo(2);
  }

  @Test void reset_makesItLikeNew_butForItsIdAndLibrary() {
    Client client = harness.client();
    long id = client.session.id();
    client.send("hello 3 setname foo\r\nclient setinfo lib-name jedis\r\nselect 3\r\nwatch a\r\nmulti\r\nset b 1");
    assertThat(client.send("reset")).isEqualTo("+RESET\r\n");
    assertThat(client.send("exec")).isEqualTo("-ERR EXEC without MULTI\r\n");
    assertThat(client.send("get b")).isEqualTo("$-1\r\n");
    assertThat(client.send("client info")).contains("id=" + id + " ", " name= ", " db=0 ", " multi=-1 ", " resp=2 ",
        " lib-name=jedis ");
    client.send("set a 1\r\nclient reply off");
    assertThat(client.send("reset")).isEqualTo("+RESET\r\n");
    assertThat(client.send("ping")).isEqualTo("+PONG\r\n");
  }

  @Test void lookup_ofTheRow_isDoneForEveryCommandAfresh() {
    Row get = harness.host.commands().find(new Slice().wrap("GET".getBytes(StandardCharsets.US_ASCII)));
    Client client = harness.client();
    client.send("get a");
    assertThat(client.session.lastRow()).isSameAs(get);
  }

  @Test void oneStripe_isEnoughForEveryTransaction() {
    try (Harness small = new Harness(new Engine.Settings().stripes(1))) {
      Client client = small.client();
      client.send("multi\r\nmset a 1 b 2\r\nkeys *\r\ndbsize\r\nunwatch");
      assertThat(client.send("exec")).startsWith("*4\r\n+OK\r\n*2\r\n").endsWith(":2\r\n+OK\r\n");
    }
  }
}
