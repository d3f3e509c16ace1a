package io.qcache.net.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is no request: one clear error, the connection closed, nothing of what stood behind it run. */
class MalformedIT extends Siege {
  private static final String BEHIND = "\r\nSET run 1\r\n*3\r\n$3\r\nSET\r\n$4\r\nrun2\r\n$1\r\n1\r\n";
  private static final String DIGITS = "1".repeat(70_000);
  private static final String COUNT = "invalid multibulk length";
  private static final String LENGTH = "invalid bulk length";

  private void isRefused(String bytes, String reason) throws Exception {
    Wire wire = attacker();
    sendWhatItTakes(wire, (bytes + BEHIND).getBytes(StandardCharsets.ISO_8859_1));
    assertThat(wire.line()).as(bytes).isEqualTo("-ERR Protocol error: " + reason + "\r");
    assertThat(wire.isClosed()).as(bytes).isTrue();
    assertThat(keys()).as("keys after " + bytes).isZero();
  }

  private static void sendWhatItTakes(Wire wire, byte[] bytes) throws IOException {
    try {
      wire.send(bytes);
    } catch (SocketException closed) {
      // by the first of it
    }
  }

  @Test void countsThatOverflow_areNegative_signed_orNoNumbers() throws Exception {
    for (String count : new String[] {
        "2147483648", "3000000000", "4294967297", "9223372036854775808", "18446744073709551617", "9".repeat(100),
        "-2", "-2147483648", "-4294967295", "-9223372036854775808", "-18446744073709551615", "+1", "--1", "-0", "01",
        "1.0", "1e3", "0x1", " 1", "1 ", "", "-", "blah"}) {
      isRefused("*" + count + "\r\n$4\r\nPING\r\n", COUNT);
    }
  }

  @Test void lengthsThatOverflow_areNegative_signed_orNoNumbers() throws Exception {
    for (String length : new String[] {
        "536870913", "2147483648", "4294967300", "9223372036854775808", "18446744073709551620", "9".repeat(100),
        "-1", "-2", "-4294967292", "-9223372036854775808", "-18446744073709551612", "+4", "--4", "-0", "04", "4.0",
        "4e0", "0x4", " 4", "4 ", "", "-", "blah"}) {
      isRefused("*1\r\n$" + length + "\r\nPING\r\n", LENGTH);
    }
  }

  @Test void digitsAndLinesWithoutEnd() throws Exception {
    isRefused("*" + DIGITS, "too big mbulk count string");
    isRefused("*1\r\n$" + DIGITS, "too big bulk count string");
    isRefused("x".repeat(70_000), "too big inline request");
  }

  @Test void nestedArrays_andTypesThatOnlyRepliesHave() throws Exception {
    isRefused("*1\r\n*1\r\n$4\r\nPING\r\n", "expected '$', got '*'");
    isRefused("*1\r\n".repeat(100_000), "expected '$', got '*'");
    for (char type : "$+-:_#,(!=%~|>".toCharArray()) {
      isRefused(type + "1\r\n$4\r\nPING\r\n", "expected '*' or an inline command, got '" + type + "'");
    }
    for (char type : "+-:_#,(!=%~|>".toCharArray()) {
      isRefused("*1\r\n" + type + "4\r\nPING\r\n", "expected '$', got '" + type + "'");
    }
  }

  @Test void wrongEnds_nuls_andQuotesThatAreNeverClosed() throws Exception {
    isRefused("*1\r\n$4\r\nPINGPING\r\n", "expected CR LF after a bulk string, got 'P'");
    isRefused("*1\r\n$4\r\nPING\rX", "expected CR LF after a bulk string, got 'X'");
    isRefused("*1\rX", "expected LF after CR, got 'X'");
    isRefused("PI\0NG", "NUL byte in inline request");
    isRefused("ECHO \"never closed", "unbalanced quotes in request");
    isRefused("ECHO 'never closed", "unbalanced quotes in request");
    isRefused("ECHO 'closed'too early", "unbalanced quotes in request");
  }

  @Test void aStrangersArguments_areFewAndShort() throws Exception {
    ask("CONFIG SET requirepass secret");
    try {
      isRefused("*11\r\n", "unauthenticated multibulk length");
      isRefused("*2147483647\r\n", "unauthenticated multibulk length");
      isRefused("*2\r\n$4\r\nAUTH\r\n$16385\r\n", "unauthenticated bulk length");
      isRefused("*2\r\n$4\r\nAUTH\r\n$536870912\r\n", "unauthenticated bulk length");
    } finally {
      ask("CONFIG SET requirepass \"\"");
    }
  }

  @Test void blankLinesAndEmptyArrays_areNothing() throws Exception {
    Wire wire = attacker();
    assertThat(wire.ask("\r\n".repeat(100_000) + "*0\r\n*-1\r\n".repeat(10_000) + "PING\r")).isEqualTo("+PONG\r");
  }

  @Test void whatABrowserSends_isRunInNoPart() throws Exception {
    for (String request : new String[] {
        "POST / HTTP/1.1\r\nAccept: */*\r\n\r\n", "post /x\r\n", "Host: 127.0.0.1\r\n", "HOST:\r\n"}) {
      Wire wire = attacker();
      sendWhatItTakes(wire, (request + BEHIND).getBytes(StandardCharsets.ISO_8859_1));
      assertThat(wire.isClosed()).as(request).isTrue();
      assertThat(keys()).as(request).isZero();
    }
  }

  @Test void aTlsHello_onThePlainPort_isClosed() throws Exception {
    Wire wire = attacker();
    wire.send("\26\3\1\2\0\1\0\1\374\3\3" + "\1".repeat(506) + BEHIND);
    assertThat(wire.isClosed()).isTrue();
    assertThat(keys()).isZero();
  }

  @Test void noise() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[random.nextInt(2_000)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && random.nextBoolean()) {
        bytes[0] = '*';
      }
      try (Wire wire = attacker()) {
        sendWhatItTakes(wire, bytes);
      }
    }
    assertThat(keys()).as("seed " + seed).isZero();
  }
}
