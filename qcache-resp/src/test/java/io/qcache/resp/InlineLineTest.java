package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.resp.ReferenceRequests.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

class InlineLineTest {
  @Test void words_areSplitAtBlanks() {
    splits("set k v", "set", "k", "v");
    splits(" \t set \013\f k\rv \r", "set", "k", "v");
    splits("a\013b c\fd", "a\013b", "c\fd");
    splits("\u00e9 \u0085\u00a0", "\u00e9", "\u0085\u00a0");
  }

  @Test void doubleQuotes_undoEveryEscape() {
    splits("\"a b\"", "a b");
    splits("\"\" x", "", "x");
    splits("\"\\n\\r\\t\\b\\a\\\\\\\"\\q\"", "\n\r\t\b\7\\\"q");
    splits("\"\\x41\\xfF\\x00\\xg1\\x1\"", "A\u00ff\0xg1x1");
    splits("\"\\x1g\\x\"", "x1gx");
    splits("\"it's\"", "it's");
  }

  @Test void singleQuotes_undoOnlyTheirOwn() {
    splits("'a b' x", "a b", "x");
    splits("'it\\'s \\n \\\\ \"'", "it's \\n \\\\ \"");
    splits("''", "");
  }

  @Test void quotes_mayOpenInAWord_butMustCloseAtItsEnd() {
    splits("foo\"bar baz\" x", "foobar baz", "x");
    splits("foo'bar'\tx", "foobar", "x");
    for (String line : List.of("\"a\"b", "'a'b", "'a''b'", "\"a\"\"b\"", "x \"", "'", "\"abc\\\"", "'abc\\'", "\"a\\",
        "\"\\x4", "a'b", "\"a\"'b'")) {
      assertThat(Requests.parse(line + "\r\n")).as(line)
          .containsExactly(new Event("Protocol error: unbalanced quotes in request", List.of()));
    }
  }

  @Test void blankLine_hasNoWords() {
    for (String line : List.of("", " ", "\t\r", "\013")) {
      assertThat(Requests.parse(line + "\n")).containsExactly(new Event("EMPTY", List.of()));
    }
  }

  private static void splits(String line, String... words) {
    for (String end : List.of("\n", "\r\n")) {
      assertThat(Requests.parse(line + end)).as(line).containsExactly(new Event("INLINE", List.of(words)));
    }
  }
}
