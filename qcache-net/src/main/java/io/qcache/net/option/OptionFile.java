package io.qcache.net.option;

import io.qcache.resp.Limits;
import io.qcache.resp.ProtocolException;
import io.qcache.resp.RequestParser;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of options in the form of redis.conf: one a line, its name and its words; empty lines and those that begin
 * with # say nothing.  Words are quoted as in an inline command.  {@code include} reads another file at its place,
 * named from the current directory.
 */
final class OptionFile {
  private static final int DEEPEST = 16;
  private static final Limits LINES = Limits.DEFAULT.withInlineBytes(1 << 20);

  private final Options options;
  private int depth;

  OptionFile(Options options) {
    this.options = options;
  }

  void read(String path) throws OptionException {
    byte[] content = content(path);
    if (++depth > DEEPEST) {
      throw new OptionException("include '" + path + "': more than " + DEEPEST + " files deep");
    }
    int number = 0;
    for (int from = 0; from < content.length; ) {
      int end = endOfLine(content, from);
      line(content, from, end, path + " line " + ++number + ": ");
      from = end + 1;
    }
    depth--;
  }

  private static byte[] content(String path) throws OptionException {
    try (FileInputStream in = new FileInputStream(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new OptionException("cannot read the file of options '" + path + "': " + e.getMessage());
    }
  }

  private static int endOfLine(byte[] content, int from) {
    int end = from;
    while (end < content.length && content[end] != '\n') {
      end++;
    }
    return end;
  }

  private void line(byte[] content, int from, int end, String place) throws OptionException {
    List<String> words = words(content, from, end, place);
    if (words.isEmpty()) {
      return;
    }
    String name = words.remove(0);
    if (!name.equalsIgnoreCase("include")) {
      set(name, words, place);
    } else if (words.size() == 1) {
      read(words.get(0));
    } else {
      throw new OptionException(place + "include must name one file");
    }
  }

  private void set(String name, List<String> words, String place) throws OptionException {
    try {
      options.setNamed(name, "", words.toArray(new String[0]));
    } catch (OptionException e) {
      throw new OptionException(place + e.getMessage());
    }
  }

  private static List<String> words(byte[] content, int from, int end, String place) throws OptionException {
    int start = from;
    while (start < end && (content[start] == ' ' || content[start] == '\t' || content[start] == '\r')) {
      start++;
    }
    List<String> words = new ArrayList<>();
    if (start < end && content[start] != '#') {
      byte[] line = new byte[end - start + 1];
      System.arraycopy(content, start, line, 0, end - start);
      line[end - start] = '\n';
      split(line, words, place);
    }
    return words;
  }

  /** A line is an inline command, so the one parser that knows the quotes reads it. */
  private static void split(byte[] line, List<String> words, String place) throws OptionException {
    RequestParser parser = new RequestParser(LINES);
    String text = new String(line, 0, line.length - 1, StandardCharsets.UTF_8);
    if (!Character.isLetter(text.charAt(0)) && line[0] != '"' && line[0] != '\'') {
      throw new OptionException(place + "unknown option '" + text + "'");
    }
    try {
      parser.parse(line, 0, line.length);
    } catch (ProtocolException e) {
      throw new OptionException(place + "malformed line '" + text + "': " + e.getMessage());
    }
    byte[] array = parser.array(line);
    for (int i = 0; i < parser.count(); i++) {
      int at = parser.base(0) + parser.offset(i);
      words.add(new String(array, at, parser.length(i), StandardCharsets.UTF_8));
    }
  }
}
