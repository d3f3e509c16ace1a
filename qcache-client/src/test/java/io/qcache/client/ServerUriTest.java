package io.qcache.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as text. */
final class ServerUriTest {
  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {
      "localhost,                      localhost, 5001, '',  '',      0",
      "localhost:7000,                 localhost, 7000, '',  '',      0",
      "[::1]:7000,                     ::1,       7000, '',  '',      0",
      "[::1],                          ::1,       5001, '',  '',      0",
      "rediss://joe:secret@host/1,     host,      6379, joe, secret,  1",
      "redis://host,                   host,      6379, '',  '',      0",
      "REDIS://host/,                  host,      6379, '',  '',      0",
      "redis://host/3,                 host,      6379, '',  '',      3",
      "redis://:secret@host:1/15,      host,      1,    '',  secret,  15",
      "redis://joe:s%40c%2Fr+t@h_o:1,  h_o,       1,    joe, s@c/r+t, 0",
      "redis://joe:a@b@host,           host,      6379, joe, a@b,     0",
      "redis://joe:a/b@host/2,         host,      6379, joe, a/b,     2",
      "redis://[fe80::1]:1/0,          fe80::1,   1,    '',  '',      0"})
  void parse(String text, String host, int port, String user, String password, int database) {
    assertThat(ServerUri.parse(text)).isEqualTo(new ServerUri(text.startsWith("rediss"), host, port, null, user, password, database));
  }

  @ParameterizedTest
  @CsvSource({
      "redis+unix:///run/q.sock,                     /run/q.sock, '',  '',      0",
      "REDIS+UNIX:///run/q.sock?db=3,                /run/q.sock, '',  '',      3",
      "redis+unix://:s%40cret@/run/q@/a%20b%3F,      /run/q@/a b?, '', s@cret,  0",
      "redis+unix://joe:secret@/run/q.sock?db=1,     /run/q.sock, joe, secret,  1"})
  void parse_ofAUnixSocket(String text, String path, String user, String password, int database) {
    assertThat(ServerUri.parse(text))
        .isEqualTo(new ServerUri(false, "localhost", 5001, Path.of(path), user, password, database));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis+unix://", "redis+unix://run/q", "redis+unix://joe@/run/q", "redis+unix:///q?db=x",
      "redis+unix:///q?x=1", "redis+unix:///q#1", "redis+unix:///%zz", "redis+unix:///a%00b", "", ":5001", "host:", "host:0", "host:65536", "host:+1", "host:x", "redisss://host",
      "http://host", "redis://", "redis://host/x", "redis://host/-1", "redis://host?db=1", "redis://host#1",
      "redis://joe@host", "[::1", "[]:1", "redis://a:%zz@host"})
  void parse_refusesWhatIsNoAddress_andNamesIt(String text) {
    assertThatThrownBy(() -> ServerUri.parse(text)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was " + text.substring(text.lastIndexOf('@') + 1));
  }

  @Test void parse_saysNoPasswordInItsMessage() {
    assertThatThrownBy(() -> ServerUri.parse("redis://joe:secret@host:x")).hasMessageNotContaining("secret");
  }
}
