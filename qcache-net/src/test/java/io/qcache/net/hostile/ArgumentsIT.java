package io.qcache.net.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.loop.Wire;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Requests that are well formed, with arguments that are not meant well. */
class ArgumentsIT extends Siege {
  private static final String NOT_AN_INTEGER = "-ERR value is not an integer or out of range";
  private static final String NOT_A_FLOAT = "-ERR value is not a valid float";
  private static final String TOO_LONG = "-ERR string exceeds maximum allowed size (proto-max-bulk-len)";

  private static void isRefused(Wire wire, String command, String error) throws IOException {
    assertThat(wire.ask(command + "\r")).as(command).isEqualTo(error + "\r");
    assertThat(bulk(wire, "GET n\r\n")).as("n after " + command).isEqualTo("10");
  }

  @Test void numbersAtTheEndsOfTheirRange_andBeyond_leaveTheValueAsItWas() throws Exception {
    Wire wire = attacker();
    wire.ask("SET n 10\r");
    for (String number : new String[] {
        "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e3", "1.5", "nan", "inf", "0x10", "+1",
        "01", "\"\"", "\" 1\"", "\"1 \"", "-", "9".repeat(1_000)}) {
      for (String command : new String[] {
          "INCRBY n ", "DECRBY n ", "EXPIRE n ", "PEXPIREAT n ", "SET n x EX ", "GETEX n PX ", "SETRANGE n ",
          "GETRANGE n 0 ", "SCAN 0 COUNT "}) {
        String value = command.startsWith("SETRANGE") ? number + " x" : number;
        isRefused(wire, command + value, NOT_AN_INTEGER);
      }
    }
    isRefused(wire, "INCRBY n 9223372036854775807", "-ERR increment or decrement would overflow");
    isRefused(wire, "DECRBY n -9223372036854775808", "-ERR decrement would overflow");
    for (String number : new String[] {"nan", "inf", "-inf", "1e5000", "\"\"", "\" 1\"", "0x", "1.2.3"}) {
      String reply = wire.ask("INCRBYFLOAT n " + number + "\r");
      assertThat(reply).as(number).isIn(NOT_A_FLOAT + "\r", "-ERR increment would produce NaN or Infinity\r");
    }
    assertThat(bulk(wire, "GET n\r\n")).isEqualTo("10");
  }

  @Test void placesAndTimesAtTheEndsOfTheirRange() throws Exception {
    Wire wire = attacker();
    wire.ask("SET n 10\r");
    isRefused(wire, "SETRANGE n 536870912 x", TOO_LONG);
    isRefused(wire, "SETRANGE n 9223372036854775807 x", TOO_LONG);
    isRefused(wire, "SETRANGE n -1 x", "-ERR offset is out of range");
    isRefused(wire, "SETRANGE n -9223372036854775808 x", "-ERR offset is out of range");
    isRefused(wire, "EXPIRE n 9223372036854775807", "-ERR invalid expire time in 'expire' command");
    isRefused(wire, "EXPIRE n -9223372036854775808", "-ERR invalid expire time in 'expire' command");
    isRefused(wire, "SET n x EX 9223372036854775807", "-ERR invalid expire time in 'set' command");
    isRefused(wire, "SETEX n 0 x", "-ERR invalid expire time in 'setex' command");
    isRefused(wire, "GETEX n PX -1", "-ERR invalid expire time in 'getex' command");
    isRefused(wire, "SCAN 0 COUNT 0", "-ERR syntax error");
    isRefused(wire, "SCAN 0 COUNT -9223372036854775808", "-ERR syntax error");
    isRefused(wire, "SCAN 18446744073709551616", "-ERR invalid cursor");
    isRefused(wire, "SELECT -1", "-ERR DB index is out of range");
    isRefused(wire, "MOVE n 2147483648", NOT_AN_INTEGER.replace("not an integer or out of range",
        "out of range, value must between -2147483648 and 2147483647"));
    isRefused(wire, "CLIENT KILL ID -9223372036854775808", "-ERR client-id should be greater than 0");
    isRefused(wire, "HELLO 9223372036854775808", "-ERR Protocol version is not an integer or out of range");
    for (String range : new String[] {
        "-9223372036854775808 9223372036854775807", "-9223372036854775808 -9223372036854775808",
        "9223372036854775807 -9223372036854775808", "9223372036854775807 9223372036854775807"}) {
      String part = range.startsWith("-9223372036854775808 9") ? "10" : range.startsWith("-") ? "1" : "";
      assertThat(bulk(wire, "GETRANGE n " + range + "\r\n")).as(range).isEqualTo(part);
    }
    assertThat(wire.ask("SCAN 0 COUNT 9223372036854775807\r")).isEqualTo("*2\r");
  }

  @Test void patternsThatExplode_doNot() throws Exception {
    Wire wire = attacker();
    String text = "a".repeat(2_000);
    wire.send(Wire.command("SET", text, "1")).line();
    for (String pattern : new String[] {
        "a*".repeat(1_000) + "b", "*a".repeat(1_000) + "b", "*".repeat(30_000) + "b", "a?*".repeat(1_000) + "b",
        "[a-z]*".repeat(1_000) + "b", "[^b]*".repeat(1_000) + "b", "*[".repeat(1_000), "*\\".repeat(1_000)}) {
      assertThat(wire.send(Wire.command("KEYS", pattern)).line()).as(pattern).isEqualTo("*0\r");
      assertThat(wire.send(Wire.command("SCAN", "0", "MATCH", pattern)).line()).isEqualTo("*2\r");
      wire.line();
      assertThat(wire.line()).isEqualTo("0\r");
      assertThat(wire.line()).isEqualTo("*0\r");
      assertThat(wire.send(Wire.command("CONFIG", "GET", pattern)).line()).isEqualTo("*0\r");
    }
    Wire subscriber = attacker();
    subscriber.send(Wire.command("PSUBSCRIBE", "a*".repeat(1_000) + "b")).skip("*3\r\n".length());
    assertThat(wire.send(Wire.command("PUBLISH", text, "x")).line()).isEqualTo(":0\r");
  }

  @Test void keysThatCollideInPublicHashes_areKeysLikeOthers() throws Exception {
    Wire wire = attacker();
    int count = 1 << 14;
    StringBuilder sets = new StringBuilder();
    for (int i = 0; i < count; i++) {
      sets.append(Wire.command("SET", colliding(i), ""));
    }
    wire.send(sets.toString()).skip(5L * count);
    assertThat(colliding(1).hashCode()).isEqualTo(colliding(2).hashCode());
    assertThat(wire.ask("DBSIZE\r")).isEqualTo(":" + count + "\r");
    StringBuilder channels = new StringBuilder();
    for (int i = 0; i < count; i++) {
      channels.append(Wire.command("SUBSCRIBE", colliding(i)));
    }
    Wire subscriber = attacker();
    subscriber.send(channels.toString());
    Wire.await("it is subscribed to all", () -> info("pubsub_channels") == count);
  }

  /** Strings of 28 bytes whose {@code hashCode} is one. */
  private static String colliding(int number) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 14; bit++) {
      text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  @Test void anErrorEchoesLittle_onOneLine() throws Exception {
    Wire wire = attacker();
    String evil = "x\r\n+OK\r\n\0\u001b[31m" + "y".repeat(1_000_000);
    for (String[] words : new String[][] {
        {evil}, {"NOSUCH", evil, evil}, {"CLIENT", evil}, {"CONFIG", evil}, {"HELLO", "3", evil},
        {"CONFIG", "SET", evil, "1"}, {"CONFIG", "SET", "maxclients", evil}, {"CLIENT", "KILL", "TYPE", evil},
        {"OBJECT", evil, "k"}, {"CLIENT", "SETINFO", evil, "v"}, {"COMMAND", evil}}) {
      String reply = wire.send(Wire.command(words)).line();
      assertThat(reply).as(words[0]).startsWith("-").hasSizeLessThan(512);
      assertThat(reply.chars().filter(c -> c == '\r').count()).as(reply).isEqualTo(1);
      assertThat(wire.ask("PING\r")).as(reply).isEqualTo("+PONG\r");
    }
  }

  @Test void whatReachesForFilesAndTheProcess_isRefused() throws Exception {
    Wire wire = attacker();
    for (String command : new String[] {
        "CONFIG SET dir /etc", "CONFIG SET dbfilename authorized_keys",
        "CONFIG SET logfile /etc/passwd", "CONFIG SET aclfile /etc/passwd", "CONFIG SET unixsocket /run/x",
        "CONFIG REWRITE", "DEBUG SEGFAULT", "DEBUG SLEEP 100", "DEBUG SET-ACTIVE-EXPIRE 0", "MODULE LOAD /tmp/x.so",
        "SLAVEOF 10.0.0.1 6379", "REPLICAOF 10.0.0.1 6379", "MIGRATE 10.0.0.1 6379 k 0 1000"}) {
      assertThat(wire.ask(command + "\r")).as(command).startsWith("-");
    }
  }
}
