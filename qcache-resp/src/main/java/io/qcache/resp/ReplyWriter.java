package io.qcache.resp;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes replies: each method one reply, or the header of an aggregate whose elements the caller writes next.  In RESP2
 * the types of RESP3 become what Redis sends instead of them (a map an array of twice the length, a double a bulk
 * string …).  Appends to its output and neither flushes nor blocks; allocates nothing, but for errors, big numbers and
 * doubles with an exponent.  Not thread-safe.
 */
public final class ReplyWriter {
  private static final int LONGEST_ERROR = 1024;
  private static final int HEADER = 1 + Digits.MOST + 2;

  private static final byte[] OK = ascii("+OK\r\n");
  private static final byte[] NULL = ascii("_\r\n");
  private static final byte[] NULL_BULK = ascii("$-1\r\n");
  private static final byte[] NULL_ARRAY = ascii("*-1\r\n");
  private static final byte[] TRUE = ascii("#t\r\n");
  private static final byte[] FALSE = ascii("#f\r\n");

  private Output out;
  private boolean three;

  /** Starts with RESP2. */
  public ReplyWriter(Output out) {
    output(out);
  }

  /** Goes on in another output. */
  public void output(Output next) {
    out = Objects.requireNonNull(next, "output");
  }

  /** The output it appends to. */
  public Output output() {
    return out;
  }

  /** 2 or 3. */
  public void protocol(int version) {
    if (version != 2 && version != 3) {
      throw new IllegalArgumentException("protocol must be 2 or 3: was " + version);
    }
    three = version == 3;
  }

  public int protocol() {
    return three ? 3 : 2;
  }

  /** Where the output stands, for {@link #rewind}. */
  public long mark() {
    return out.mark();
  }

  /** Takes back what was written since the mark. */
  public void rewind(long mark) {
    out.rewind(mark);
  }

  /** A line of text; line ends in it become blanks. */
  public void simple(String text) {
    out.ensure(1);
    out.array[out.position++] = '+';
    out.utf8(oneLine(text));
    crlf();
  }

  /** A reply encoded before, with its type byte and CR LF. */
  public void simple(byte[] encoded) {
    out.bytes(encoded, 0, encoded.length);
  }

  public void ok() {
    simple(OK);
  }

  /** An error as {@code CODE message} without the minus; line ends in it become blanks, beyond 1024 bytes it is cut. */
  public void error(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    error(bytes, 0, bytes.length);
  }

  /** The same of bytes in any encoding, which may echo what a client sent. */
  public void error(byte[] line, int from, int length) {
    byte[] clean = new byte[1 + cut(line, from, length) + 2];
    clean[0] = '-';
    for (int i = 1; i < clean.length - 2; i++) {
      byte b = line[from + i - 1];
      clean[i] = b == '\r' || b == '\n' ? (byte) ' ' : b;
    }
    clean[clean.length - 2] = '\r';
    clean[clean.length - 1] = '\n';
    simple(clean);
  }

  /** Not through the middle of a UTF-8 character, if it is UTF-8. */
  private static int cut(byte[] line, int from, int length) {
    if (length <= LONGEST_ERROR) {
      return length;
    }
    int end = LONGEST_ERROR;
    while (end > LONGEST_ERROR - 4 && (line[from + end] & 0xc0) == 0x80) {
      end--;
    }
    return end;
  }

  /** An error of any length that may hold line ends; in RESP2 like {@link #error(byte[], int, int)}. */
  public void bulkError(byte[] line, int from, int length) {
    if (three) {
      body('!', line, from, length);
    } else {
      error(line, from, length);
    }
  }

  public void integer(long number) {
    header(':', number);
  }

  public void bulk(byte[] source, int from, int length) {
    body('$', source, from, length);
  }

  public void bulk(byte[] source) {
    body('$', source, 0, source.length);
  }

  /** Text as UTF-8. */
  public void bulk(String text) {
    if (out.limit - out.position - (HEADER + 2) >= text.length() && asciiBulk(text)) {
      return;
    }
    header('$', Utf8.length(text));
    out.utf8(text);
    crlf();
  }

  /** A bulk string of the number's digits. */
  public void bulkNumber(long number) {
    out.ensure(HEADER + Digits.MOST + 2);
    byte[] a = out.array;
    int p = header(a, out.position, '$', Digits.size(number));
    out.position = crlf(a, Digits.put(a, p, number));
  }

  /** The header of a bulk string whose {@code length} bytes and {@link #crlf()} follow in pieces. */
  public void bulkHeader(long length) {
    header('$', length);
  }

  public void crlf() {
    out.ensure(2);
    out.position = crlf(out.array, out.position);
  }

  /** No value. */
  public void nil() {
    simple(three ? NULL : NULL_BULK);
  }

  /** No value, where an array was to be expected. */
  public void nilArray() {
    simple(three ? NULL : NULL_ARRAY);
  }

  public void array(long elements) {
    header('*', elements);
  }

  /** A map of {@code pairs}: key, value, key, value … follow. */
  public void map(long pairs) {
    header(three ? '%' : '*', three ? pairs : 2 * pairs);
  }

  public void set(long elements) {
    header(three ? '~' : '*', elements);
  }

  /** A message that answers no command. */
  public void push(long elements) {
    header(three ? '>' : '*', elements);
  }

  /** Facts about the reply behind them, as {@code pairs}; RESP2 has no place for them: IllegalStateException. */
  public void attribute(long pairs) {
    if (!three) {
      throw new IllegalStateException("RESP2 has no attributes");
    }
    header('|', pairs);
  }

  public void bool(boolean value) {
    if (three) {
      simple(value ? TRUE : FALSE);
    } else {
      integer(value ? 1 : 0);
    }
  }

  /** 17 significant digits like Redis 7.0; a bulk string in RESP2. */
  public void doubleNumber(double number) {
    out.ensure(5 + Doubles.MOST + 2);
    byte[] a = out.array;
    int start = out.position;
    // In RESP2 the digits are written first, where a header with a length of two digits ends, and moved if it has one.
    int first = three ? start + 1 : start + 5;
    int end = Doubles.put(a, first, number);
    if (three) {
      a[start] = ',';
    } else {
      int p = header(a, start, '$', end - first);
      System.arraycopy(a, first, a, p, end - first);
      end -= first - p;
    }
    out.position = crlf(a, end);
  }

  /** A number of any size, as digits with a minus or none; a bulk string in RESP2. */
  public void bigNumber(java.math.BigInteger number) {
    byte[] digits = ascii(number.toString());
    if (three) {
      out.ensure(1);
      out.array[out.position++] = '(';
      out.bytes(digits, 0, digits.length);
      crlf();
    } else {
      bulk(digits);
    }
  }

  /** Text of a format of three letters ({@code txt}, {@code mkd}); a bulk string without the format in RESP2. */
  public void verbatim(String format, byte[] text, int from, int length) {
    if (format.length() != 3 || Utf8.length(format) != 3) {
      throw new IllegalArgumentException("format must be of three ASCII letters: was " + format);
    }
    if (!three) {
      bulk(text, from, length);
      return;
    }
    header('=', 4L + length);
    out.utf8(format);
    out.ensure(1);
    out.array[out.position++] = ':';
    out.bytes(text, from, length);
    crlf();
  }

  private void body(char type, byte[] source, int from, int length) {
    Output to = out;
    if (to.limit - to.position - (HEADER + 2) < length) {
      bodyInParts(type, source, from, length);
      return;
    }
    byte[] a = to.array;
    int p = header(a, to.position, type, length);
    System.arraycopy(source, from, a, p, length);
    to.position = crlf(a, p + length);
  }

  /** Writes text that fits and is ASCII, as names and keys mostly are, in one pass; else false, and nothing written. */
  private boolean asciiBulk(String text) {
    int length = text.length();
    byte[] a = out.array;
    int p = header(a, out.position, '$', length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return false;
      }
      a[p++] = (byte) c;
    }
    out.position = crlf(a, p);
    return true;
  }

  private void bodyInParts(char type, byte[] source, int from, int length) {
    Objects.checkFromIndexSize(from, length, source.length);
    header(type, length);
    out.bytes(source, from, length);
    crlf();
  }

  private void header(char type, long number) {
    out.ensure(HEADER);
    out.position = header(out.array, out.position, type, number);
  }

  private static int header(byte[] a, int at, char type, long number) {
    a[at] = (byte) type;
    return crlf(a, Digits.put(a, at + 1, number));
  }

  private static int crlf(byte[] a, int at) {
    a[at] = '\r';
    a[at + 1] = '\n';
    return at + 2;
  }

  private static String oneLine(String text) {
    return text.replace('\r', ' ').replace('\n', ' ');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
