package io.qcache.client;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * An address as text: {@code redis://[[user]:password@]host[:port][/database]}, or {@code host[:port]}.  The port of a
 * URI is 6379 unless said, that of a plain host 5001; {@code rediss://} is TLS.  A Unix socket is
 * {@code redis+unix://[[user]:password@]/path[?db=database]}.  User, password and path may be percent-encoded, a host of
 * IPv6 stands in brackets.
 *
 * @param unixSocket null for host and port
 */
record ServerUri(boolean tls, String host, int port, Path unixSocket, String user, String password, int database) {
  private static final String SCHEME = "redis://";
  private static final String TLS_SCHEME = "rediss://";
  private static final String UNIX_SCHEME = "redis+unix://";
  private static final String DATABASE = "db=";
  private static final int SCHEME_PORT = 6379;
  static final int QCACHE_PORT = 5001;

  static ServerUri parse(String text) {
    Objects.requireNonNull(text, "address");
    if (text.toLowerCase(Locale.ROOT).startsWith(UNIX_SCHEME)) {
      return parseUnix(text, text.substring(UNIX_SCHEME.length()));
    }
    String rest = text;
    int port = QCACHE_PORT;
    boolean tls = text.toLowerCase(Locale.ROOT).startsWith(TLS_SCHEME);
    if (tls || text.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      rest = text.substring((tls ? TLS_SCHEME : SCHEME).length());
      port = SCHEME_PORT;
    } else if (text.contains("://")) {
      throw bad("the scheme must be redis, rediss or redis+unix", text);
    }
    if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
      throw bad("no query or fragment is understood", text);
    }
    return parse(tls, text, rest, port);
  }

  private static ServerUri parse(boolean tls, String text, String rest, int defaultPort) {
    int slash = rest.indexOf('/', rest.lastIndexOf('@') + 1);
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    int database = path.isEmpty() ? 0 : number("database", path, 0, Integer.MAX_VALUE, text);
    int at = authority.lastIndexOf('@');
    String[] login = login(at < 0 ? null : authority.substring(0, at), text);
    return address(tls, text, authority.substring(at + 1), defaultPort, login[0], login[1], database);
  }

  private static ServerUri parseUnix(String text, String rest) {
    int at = rest.startsWith("/") ? -1 : rest.indexOf("@/");
    String[] login = login(at < 0 ? null : rest.substring(0, at), text);
    int query = rest.indexOf('?', at + 1);
    String path = rest.substring(at + 1, query < 0 ? rest.length() : query);
    if (!path.startsWith("/")) {
      throw bad("the path must begin with a slash", text);
    }
    if (query >= 0 && !rest.startsWith(DATABASE, query + 1) || rest.indexOf('#') >= 0) {
      throw bad("no query but ?db= is understood, and no fragment", text);
    }
    int database = query < 0 ? 0
        : number("database", rest.substring(query + 1 + DATABASE.length()), 0, Integer.MAX_VALUE, text);
    try {
      return new ServerUri(false, "localhost", QCACHE_PORT, Path.of(decoded(path, text)), login[0], login[1], database);
    } catch (InvalidPathException e) {
      throw bad("the path is none", text);
    }
  }

  /** User and password, both empty for null. */
  private static String[] login(String login, String text) {
    if (login == null) {
      return new String[] {"", ""};
    }
    int colon = login.indexOf(':');
    if (colon < 0) {
      throw bad("a user needs a password: user:password@", text);
    }
    return new String[] {decoded(login.substring(0, colon), text), decoded(login.substring(colon + 1), text)};
  }

  private static ServerUri address(
      boolean tls, String text, String address, int defaultPort, String user, String password, int database) {
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
    return new ServerUri(tls, host, port, null, user, password, database);
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
