package io.qcache.client;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * An address as text: {@code redis://[[user]:password@]host[:port][/database]}, or {@code host[:port]}.  The port of a
 * URI is 6379 unless said, that of a plain host 5001.  User and password may be percent-encoded, a host of IPv6 stands
 * in brackets.
 */
record ServerUri(String host, int port, String user, String password, int database) {
  private static final String SCHEME = "redis://";
  private static final int SCHEME_PORT = 6379;
  static final int QCACHE_PORT = 5001;

  static ServerUri parse(String text) {
    Objects.requireNonNull(text, "address");
    String rest = text;
    int port = QCACHE_PORT;
    if (text.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      rest = text.substring(SCHEME.length());
      port = SCHEME_PORT;
    } else if (text.contains("://")) {
      throw bad("the scheme must be redis", text);
    }
    if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
      throw bad("no query or fragment is understood", text);
    }
    return parse(text, rest, port);
  }

  private static ServerUri parse(String text, String rest, int defaultPort) {
    int slash = rest.indexOf('/', rest.lastIndexOf('@') + 1);
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    int database = path.isEmpty() ? 0 : number("database", path, 0, Integer.MAX_VALUE, text);
    int at = authority.lastIndexOf('@');
    String login = at < 0 ? "" : authority.substring(0, at);
    int colon = login.indexOf(':');
    if (at >= 0 && colon < 0) {
      throw bad("a user needs a password: user:password@", text);
    }
    String user = colon < 0 ? "" : decoded(login.substring(0, colon), text);
    String password = colon < 0 ? "" : decoded(login.substring(colon + 1), text);
    return address(text, authority.substring(at + 1), defaultPort, user, password, database);
  }

  private static ServerUri address(
      String text, String address, int defaultPort, String user, String password, int database) {
    boolean bracketed = address.startsWith("[");
    int close = address.indexOf(']');
    if (bracketed && close < 0) {
      throw bad("the bracket is not closed", text);
    }
    int colon = address.indexOf(':', bracketed ? close : 0);
    String host = colon < 0 ? address : address.substring(0, colon);
    if (bracketed) {
      host = host.substring(1, close);
    }
    if (host.isEmpty()) {
      throw bad("the host is missing", text);
    }
    int port = colon < 0 ? defaultPort : number("port", address.substring(colon + 1), 1, 65_535, text);
    return new ServerUri(host, port, user, password, database);
  }

  private static int number(String what, String digits, int least, int most, String text) {
    try {
      int number = Integer.parseInt(digits);
      if (number >= least && number <= most && Character.isDigit(digits.charAt(0))) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw bad(what + " must be from " + least + " to " + most + ", not '" + digits + "'", text);
  }

  private static String decoded(String part, String text) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw bad("a percent sign needs two hexadecimal digits", text);
    }
  }

  /** Without what stands before the at sign: messages end in logs. */
  private static IllegalArgumentException bad(String reason, String text) {
    String shown = text.substring(text.lastIndexOf('@') + 1);
    return new IllegalArgumentException("address not understood, " + reason + ": was " + shown);
  }
}
