package io.qcache.net.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.QCacheServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Do we let in, and refuse, whom redis-server does where a password is set? */
@Tag("differential")
final class LoginDifferential {
  private static final String PASSWORD = "secret";

  private static RedisServer redis;
  private static QCacheServer ours;

  @BeforeAll static void start() throws IOException {
    redis = RedisServer.start(Settings.fromProperties().redisServer(), "--requirepass", PASSWORD);
    ours = QCacheServer.builder().port(0).requirePass(PASSWORD).open();
  }

  @AfterAll static void stop() {
    ours.close();
    redis.close();
  }

  static Stream<String> inputs() {
    return Stream.of(
        "PING\r\n", "GET a\r\n", "NOSUCH a\r\n", "GET\r\n", "CLIENT NOSUCH\r\n", "CLIENT ID\r\n", "COMMAND\r\n",
        "QUIT\r\n", "AUTH secret\r\nPING\r\n", "AUTH default secret\r\nPING\r\n", "AUTH wrong\r\nPING\r\n",
        "AUTH nobody secret\r\n", "AUTH Default secret\r\n", "AUTH\r\n", "AUTH a b c\r\n", "AUTH \"\"\r\n",
        "AUTH secret\r\nAUTH wrong\r\nPING\r\n", "AUTH secre\r\nAUTH secrett\r\nAUTH SECRET\r\n", "HELLO\r\n",
        "HELLO 3\r\nPING\r\n", "HELLO 2\r\n", "HELLO 4\r\n", "HELLO 3 AUTH default secret\r\nGET nosuch\r\n",
        "HELLO 3 AUTH default wrong\r\nPING\r\n", "HELLO x\r\n", "HELLO 3 SETNAME me\r\n",
        "HELLO 3 SETNAME me AUTH default secret\r\nCLIENT GETNAME\r\n", "HELLO 3 AUTH default\r\n",
        "HELLO 3 AUTH default secret SETNAME \"a b\"\r\nPING\r\n",
        "HELLO 3 AUTH default wrong SETNAME me\r\nPING\r\n", "MULTI\r\nAUTH secret\r\nMULTI\r\nPING\r\nEXEC\r\n",
        "AUTH secret\r\nMULTI\r\nAUTH wrong\r\nPING\r\nEXEC\r\n", "AUTH secret\r\nRESET\r\nPING\r\n",
        "RESET\r\nPING\r\n", "EXEC\r\n", "DISCARD\r\n", "WATCH a\r\n", "SELECT 1\r\n", "CLIENT REPLY OFF\r\nPING\r\n",
        "CLIENT SETNAME a\r\n", "CONFIG GET requirepass\r\n", "AUTH secret\r\nCONFIG GET requirepass\r\n",
        "ECHO a\r\n", "INFO\r\n", "*1\r\n$4\r\nPING\r\n", "*0\r\n", "*10\r\n$4\r\nPING\r\n", "*11\r\n$4\r\nPING\r\n",
        "*1\r\n$16384\r\n", "*1\r\n$16385\r\n", "*2147483648\r\n",
        "AUTH secret\r\n*11\r\n$6\r\nEXISTS\r\n" + "$1\r\na\r\n".repeat(10), "*1\r\n$a\r\n", "*a\r\n",
        "*2\r\n$4\r\nAUTH\r\n$6\r\nsecret\r\n*2\r\n$4\r\nECHO\r\n$20000\r\n" + "y".repeat(20_000) + "\r\n",
        "POST / HTTP/1.1\r\n");
  }

  @ParameterizedTest @MethodSource("inputs")
  void aPeerThatMustLogIn_isAnsweredAsByRedis(String input) throws IOException {
    RawConversation conversation = new RawConversation(input);
    String said = conversation.whole(redis.address());
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), ours.port());
    assertThat(conversation.whole(address)).as("sent whole").isEqualTo(said);
    if (conversation.isShort()) {
      assertThat(conversation.byteByByte(address)).as("sent byte by byte").isEqualTo(said);
    }
  }
}
