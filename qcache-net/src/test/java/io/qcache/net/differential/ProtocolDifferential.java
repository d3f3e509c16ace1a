package io.qcache.net.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Do we answer raw bytes, well-formed or not, as redis-server does, and close when it does?  Each input is sent whole
 * and byte by byte on a connection of its own, whose sending side is then shut.
 *
 * <p>Not among them, as we mean to differ: what Redis takes for an unknown inline command though it begins like a
 * reply; NULs in inline commands, at which Redis waits for ever; counts below -1; a bulk string without CR LF, which
 * Redis never looks at; lines above 64 KiB that came in one piece; unprintable bytes in an error, which we escape; a
 * reply cut in its middle by CLIENT REPLY.  Nor POST behind other commands, where Redis drops the replies or not as the
 * packets happen to be cut.
 */
@Tag("differential")
final class ProtocolDifferential {
  private static RedisServer redis;
  private static Target target;

  @BeforeAll static void start() throws IOException {
    Settings settings = Settings.fromProperties();
    redis = RedisServer.start(settings.redisServer());
    target = Target.open(settings);
  }

  @AfterAll static void stop() throws Exception {
    target.close();
    redis.close();
  }

  static Stream<String> inputs() {
    return Stream.of(inline(), quoted(), broken(), large(), sessions()).flatMap(List::stream);
  }

  private static List<String> inline() {
    return List.of(
        "PING\r\n", "PING\n", "ping\r\nPING\r\n", "\r\nPING\r\n", "\n\n\r\n \r\nPING\r\n", "  PING  \r\n",
        "PING\ta\r\n", "PING", "SET a 1\r\nGET a\r\nDEL a\r\n", "NOSUCH a b\r\n", "GET\r\n", "PING\r\r\n",
        "PING a\rb\r\n", "PING \u00ff\u00fe\r\n", "QUIT\r\nPING\r\n", "quit\n", "EXISTS " + "k ".repeat(500) + "\r\n");
  }

  private static List<String> quoted() {
    return List.of(
        "ECHO \"a b\"\r\n", "ECHO 'a b'\r\n", "ECHO \"\"\r\n", "ECHO ''\r\n",
        "ECHO \"a\\n\\r\\t\\b\\a\\x41\\x4\\q\\\"\"\r\n", "ECHO 'a\\'b\\n'\r\n", "ECHO \"a\"b\r\n",
        "ECHO 'a'b\r\nPING\r\n", "ECHO \"a\r\nPING\r\n", "ECHO 'a\r\nPING\r\n", "ECHO a\"b\"\r\n",
        "ECHO \"a\" \"b\"\r\n", "ECHO \"\\xzz\"\r\n", "ECHO \"\\\r\n", "\"PING\"\r\n", "\"\"\r\n", "''  \r\n",
        "ECHO \"a\"'b'\r\n", "\"PI\"NG\r\n", "PI\"NG\"\r\n");
  }

  private static List<String> broken() {
    return List.of(
        "*1\r\n$4\r\nPING\r\n", "*0\r\nPING\r\n", "*-1\r\nPING\r\n", "*\r\nPING\r\n", "*a\r\n", "*1.5\r\n", "* 1\r\n",
        "*+1\r\n", "*--1\r\n", "*2147483648\r\n", "*9223372036854775808\r\n", "*-9223372036854775809\r\n",
        "*18446744073709551617\r\n$4\r\nPING\r\n", "*1\r\n:4\r\nPING\r\n", "*1\r\nPING\r\n",
        "*1\r\n*1\r\n$4\r\nPING\r\n", "*1\r\n+PING\r\n", "*1\r\n$-1\r\n", "*1\r\n$-5\r\n", "*1\r\n$a\r\n",
        "*1\r\n$\r\n", "*1\r\n$ 4\r\nPING\r\n", "*1\r\n$+4\r\nPING\r\n", "*1\r\n$536870913\r\n",
        "*1\r\n$9223372036854775808\r\n", "*1\r\n$18446744073709551620\r\nPING\r\n", "*1\r\n$0\r\n\r\nPING\r\n",
        "*2\r\n$4\r\nECHO\r\n$0\r\n\r\n", "*2\r\n$4\r\nECHO\r\n$3\r\na\r\n\r\n", "*2\r\n$4\r\nECHO\r\n$4\r\nab",
        "*3\r\n$3\r\nSET\r\n", "*1\r\n$4\r\nPING\r\n*a\r\n", "*1\r\n$4\r\nPING\r\n*1\r\n$x\r\n",
        "PING\r\n*1\r\n$4\r\nPING\r\nPING\r\n", "*2\r\n$4\r\nPING\r\n$1\r\na\r\n*1\r\nx\r\n", "*1\n$4\r\nPING\r\n");
  }

  private static List<String> large() {
    return List.of(
        "x".repeat(70_000), "PING " + "x".repeat(60_000) + "\r\n", "*" + "1".repeat(70_000),
        "*1\r\n$" + "1".repeat(70_000), "*2\r\n$4\r\nECHO\r\n$100000\r\n" + "y".repeat(100_000) + "\r\n",
        "*1001\r\n$6\r\nEXISTS\r\n" + "$1\r\na\r\n".repeat(1000), "*1\r\n$200\r\n" + "n".repeat(200) + "\r\n",
        "*3\r\n$200\r\n" + "n".repeat(200) + "\r\n$100\r\n" + "a".repeat(100) + "\r\n$100\r\n" + "b".repeat(100)
             + "\r\n", "*2\r\n$2\r\na\n\r\n$3\r\n\r\nb\r\n", "PING\r\n".repeat(2000));
  }

  private static List<String> sessions() {
    return List.of(
        "POST / HTTP/1.1\r\nHost: a\r\n\r\n", "post /\r\n", "Host: a\r\nPING\r\n", "host:\r\n",
        "GET / HTTP/1.1\r\n\r\n", "MULTI\r\nSET a 1\r\nGET a\r\nDEL a\r\nEXEC\r\n", "MULTI\r\nSET\r\nEXEC\r\n",
        "MULTI\r\nSET a 1\r\n", "MULTI\r\nQUIT\r\nEXEC\r\n", "HELLO 3\r\nGET nosuch\r\nMGET nosuch\r\n",
        "HELLO 3\r\nHELLO 2\r\nGET x\r\n", "CLIENT REPLY OFF\r\nPING\r\nNOSUCH\r\nCLIENT REPLY ON\r\nPING\r\n",
        "CLIENT REPLY SKIP\r\nPING\r\nPING\r\n", "CLIENT REPLY OFF\r\nCLIENT REPLY SKIP\r\nPING\r\n",
        "CLIENT REPLY SKIP\r\nCLIENT REPLY ON\r\nPING\r\n",
        "CLIENT REPLY OFF\r\nMULTI\r\nPING\r\nEXEC\r\nCLIENT REPLY ON\r\n", "CLIENT REPLY OFF\r\nQUIT\r\n",
        "RESET\r\nPING\r\n", "MULTI\r\nRESET\r\nEXEC\r\n",
        "SELECT 1\r\nSET a 1\r\nRESET\r\nGET a\r\nSELECT 1\r\nDEL a\r\n",
        "MULTI\r\nHELLO 9\r\nGET nosuch\r\nEXEC\r\nGET nosuch\r\n",
        "MULTI\r\nHELLO 3\r\nGET nosuch\r\nEXEC\r\nGET nosuch\r\n",
        "MULTI\r\nSELECT 1\r\nSET a 1\r\nEXEC\r\nGET a\r\nDEL a\r\n",
        "WATCH a\r\nSET a 1\r\nMULTI\r\nPING\r\nEXEC\r\nDEL a\r\n", "MULTI\r\nWATCH a\r\nEXEC\r\n",
        "MULTI\r\nUNWATCH\r\nEXEC\r\n", "MULTI\r\nMULTI\r\nEXEC\r\n", "EXEC\r\nDISCARD\r\n",
        "MULTI\r\nEXEC x\r\nEXEC\r\n", "MULTI\r\nDISCARD x\r\nDISCARD\r\n");
  }

  @ParameterizedTest @MethodSource("inputs")
  void rawBytes_areAnsweredAsByRedis(String input) throws IOException {
    RawConversation conversation = new RawConversation(input);
    String said = conversation.whole(redis.address());
    assertThat(conversation.whole(target.address())).as("sent whole").isEqualTo(said);
    if (conversation.isShort()) {
      assertThat(conversation.byteByByte(target.address())).as("sent byte by byte").isEqualTo(said);
    }
  }
}
