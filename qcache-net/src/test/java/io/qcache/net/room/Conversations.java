package io.qcache.net.room;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Conversations with redis-server 7.0.15, as it answered them: resources of this package.
 * <pre>
 *   # title_asASentence
 *   > set a 1              client 1 sends a line
 *     +OK                  the reply's lines, bytes outside ASCII as \xHH
 *   2> get a               client 2 sends a line
 *     $1
 *     1
 *   ! *1\r\n$4\r\nPING\r\n   client 1 sends bytes
 *     +PONG
 *   > quit
 *     +OK
 *     (closed)
 * </pre>
 */
final class Conversations {
  /** What a client sends, and the bytes it gets. */
  record Step(int line, int client, String sent, String replied, boolean closed) {}

  record Conversation(String title, List<Step> steps) {}

  private Conversations() {}

  static List<Conversation> of(String resource) {
    List<Conversation> all = new ArrayList<>();
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(
        Conversations.class.getResourceAsStream(resource), StandardCharsets.ISO_8859_1))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.startsWith("# ")) {
          all.add(new Conversation(line.substring(2), new ArrayList<>()));
        } else if (!line.isEmpty()) {
          add(all.get(all.size() - 1).steps(), line, number);
        }
      }
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
    return all;
  }

  private static void add(List<Step> steps, String line, int number) {
    if (!line.startsWith("  ")) {
      int client = Character.isDigit(line.charAt(0)) ? line.charAt(0) - '0' : 1;
      int mark = Character.isDigit(line.charAt(0)) ? 1 : 0;
      String text = line.substring(mark + 2);
      steps.add(new Step(number, client, line.charAt(mark) == '>' ? text + "\r\n" : unescaped(text), "", false));
      return;
    }
    Step last = steps.remove(steps.size() - 1);
    boolean closed = line.equals("  (closed)");
    String replied = closed ? last.replied : last.replied + unescaped(line.substring(2)) + "\r\n";
    steps.add(new Step(last.line, last.client, last.sent, replied, closed));
  }

  private static String unescaped(String text) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        bytes.append(c);
        continue;
      }
      char kind = text.charAt(++i);
      switch (kind) {
        case 'r' -> bytes.append('\r');
        case 'n' -> bytes.append('\n');
        case 'x' -> {
          bytes.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> bytes.append(kind);
      }
    }
    return bytes.toString();
  }
}
