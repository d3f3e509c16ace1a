package io.qcache.resp;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What a parser must find in a stream of requests, told as directly as possible: works on the whole stream, with
 * regular expressions and big integers, and remembers nothing.
 */
final class ReferenceRequests {
  /** {@code kind} is COMMAND, INLINE, EMPTY or the reason of an error; bytes as Latin-1. */
  record Event(String kind, List<String> arguments) {}

  private static final class NeedMore extends Exception {}

  private static final class Wrong extends Exception {
    Wrong(String reason) {
      super(reason);
    }
  }

  private final String stream;
  private final Limits limits;
  private final List<Event> events = new ArrayList<>();
  private int at;

  private ReferenceRequests(String stream, Limits limits) {
    this.stream = stream;
    this.limits = limits;
  }

  static List<Event> read(byte[] stream, Limits limits) {
    ReferenceRequests reference = new ReferenceRequests(Bytes.text(stream), limits);
    try {
      while (true) {
        reference.request();
      }
    } catch (NeedMore e) {
      return reference.events;
    } catch (Wrong e) {
      reference.events.add(new Event(e.getMessage(), List.of()));
      return reference.events;
    }
  }

  private void request() throws NeedMore, Wrong {
    char first = peek();
    if (first == '*') {
      array();
    } else if ("$+-:_#,(!=%~|>".indexOf(first) >= 0) {
      throw new Wrong("Protocol error: expected '*' or an inline command, got '" + first + "'");
    } else {
      inline();
    }
  }

  private void array() throws NeedMore, Wrong {
    int start = at;
    BigInteger count = header("mbulk count", "invalid multibulk length");
    if (count.signum() < 0 && !count.equals(BigInteger.ONE.negate()) || count.bitLength() > 31) {
      throw new Wrong("Protocol error: invalid multibulk length");
    }
    if (count.intValue() > limits.arguments()) {
      throw new Wrong("Protocol error: " + (limits.authenticated() ? "invalid" : "unauthenticated")
          + " multibulk length");
    }
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < count.intValue(); i++) {
      arguments.add(argument(start));
    }
    events.add(new Event(count.signum() > 0 ? "COMMAND" : "EMPTY", arguments));
  }

  private String argument(int start) throws NeedMore, Wrong {
    if (peek() != '$') {
      throw new Wrong("Protocol error: expected '$', got '" + printable(peek()) + "'");
    }
    BigInteger length = header("bulk count", "invalid bulk length");
    BigInteger most = BigInteger.valueOf(limits.bulkBytes());
    if (length.signum() < 0 || length.compareTo(most) > 0) {
      boolean login = !limits.authenticated() && length.signum() >= 0
          && length.compareTo(BigInteger.valueOf(512 << 20)) <= 0;
      throw new Wrong("Protocol error: " + (login ? "unauthenticated" : "invalid") + " bulk length");
    }
    if (at - start + length.longValue() + 2 > limits.requestBytes()) {
      throw new Wrong("Protocol error: too big request");
    }
    if (stream.length() - at < length.longValue() + 2) {
      throw new NeedMore();
    }
    String body = stream.substring(at, at + length.intValue());
    at += body.length();
    String end = stream.substring(at, at + 2);
    if (!end.equals("\r\n")) {
      char wrong = end.charAt(0) == '\r' ? end.charAt(1) : end.charAt(0);
      throw new Wrong("Protocol error: expected CR LF after a bulk string, got '" + printable(wrong) + "'");
    }
    at += 2;
    return body;
  }

  private BigInteger header(String name, String invalid) throws NeedMore, Wrong {
    int start = at++;
    while (true) {
      if (at > start + limits.inlineBytes()) {
        throw new Wrong("Protocol error: too big " + name + " string");
      }
      if (peek() == '\r') {
        break;
      }
      at++;
      if (!stream.substring(start + 1, at).matches("-?(0|[1-9][0-9]*)?")) {
        throw new Wrong("Protocol error: " + invalid);
      }
    }
    String digits = stream.substring(start + 1, at);
    if (!digits.matches("0|-?[1-9][0-9]*")) {
      throw new Wrong("Protocol error: " + invalid);
    }
    at++;
    if (peek() != '\n') {
      throw new Wrong("Protocol error: expected LF after CR, got '" + printable(peek()) + "'");
    }
    at++;
    return new BigInteger(digits);
  }

  private void inline() throws NeedMore, Wrong {
    int newline = stream.indexOf('\n', at);
    int nul = stream.indexOf('\0', at);
    int lineEnd = newline < 0 ? stream.length() : newline;
    int most = at + limits.inlineBytes();
    if (nul >= 0 && nul < lineEnd && nul <= most) {
      throw new Wrong("Protocol error: NUL byte in inline request");
    }
    if (lineEnd > most) {
      throw new Wrong("Protocol error: too big inline request");
    }
    if (newline < 0) {
      throw new NeedMore();
    }
    String line = stream.substring(at, newline);
    List<String> words = words(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    events.add(new Event(words.isEmpty() ? "EMPTY" : "INLINE", words));
    at = newline + 1;
  }

  private static List<String> words(String line) throws Wrong {
    List<String> words = new ArrayList<>();
    String rest = line;
    while (!(rest = rest.replaceFirst("^[ \\t\\n\\x0b\\f\\r]+", "")).isEmpty()) {
      String bare = rest.replaceFirst("(?s)[ \\t\\r\"'].*", "");
      rest = rest.substring(bare.length());
      char quote = rest.isEmpty() ? ' ' : rest.charAt(0);
      if (quote != '"' && quote != '\'') {
        words.add(bare);
        continue;
      }
      String body = quote == '"' ? "(\\\\.|[^\\\\\"])*" : "(\\\\'|\\\\(?!')|[^'\\\\])*";
      java.util.regex.Matcher quoted = java.util.regex.Pattern.compile(
          "(?s)^" + quote + "(" + body + ")" + quote + "([ \\t\\n\\x0b\\f\\r].*)?$").matcher(rest);
      if (!quoted.matches()) {
        throw new Wrong("Protocol error: unbalanced quotes in request");
      }
      words.add(bare + (quote == '"' ? unescaped(quoted.group(1)) : quoted.group(1).replace("\\'", "'")));
      rest = quoted.group(3) == null ? "" : quoted.group(3);
    }
    return words;
  }

  private static String unescaped(String quoted) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < quoted.length(); i++) {
      char c = quoted.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      String rest = quoted.substring(++i);
      if (rest.matches("(?s)x[0-9a-fA-F]{2}.*")) {
        out.append((char) Integer.parseInt(rest.substring(1, 3), 16));
        i += 2;
      } else {
        int known = "nrtba".indexOf(rest.charAt(0));
        out.append(known < 0 ? rest.charAt(0) : "\n\r\t\b\7".charAt(known));
      }
    }
    return out.toString();
  }

  private char peek() throws NeedMore {
    if (at >= stream.length()) {
      throw new NeedMore();
    }
    return stream.charAt(at);
  }

  private static String printable(char c) {
    return c >= ' ' && c < 127 ? "" + c : String.format("\\x%02x", (int) c);
  }
}
