package io.qcache.net.differential;

import io.qcache.resp.ReplyParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One reply as the bytes that came, or one of the three ways in which none came.  Two replies are the same if their
 * bytes are; what may differ is said by an {@link Allowance}, which looks into them.  Immutable.
 */
final class Frame {
  /** The server closed the connection instead of answering. */
  static final Frame CLOSED = new Frame("<connection closed>".getBytes(StandardCharsets.US_ASCII));
  /** The server did not answer in time. */
  static final Frame SILENCE = new Frame("<no reply in time>".getBytes(StandardCharsets.US_ASCII));

  private static final int MOST_SHOWN = 400;

  private final byte[] bytes;

  private Frame(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Of the bytes of one whole reply; keeps the array. */
  static Frame of(byte[] bytes) {
    return new Frame(bytes);
  }

  /** Of bytes in Latin-1, for tests. */
  static Frame of(String bytes) {
    return new Frame(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** What came is no reply: the parser's complaint and the bytes. */
  static Frame garbage(String complaint, byte[] bytes) {
    return of("<" + complaint + ": " + Escapes.of(bytes, MOST_SHOWN) + ">");
  }

  /** The byte that the reply begins with; {@code '<'} if there is none. */
  char type() {
    return (char) bytes[0];
  }

  boolean isReply() {
    return type() != '<';
  }

  boolean isError() {
    return type() == '-' || type() == '!';
  }

  boolean isNull() {
    return type() == '_' || line().equals("-1") && (type() == '$' || type() == '*');
  }

  boolean isAggregate() {
    return "*%~>".indexOf(type()) >= 0 && !isNull();
  }

  /** A bulk or verbatim string. */
  boolean isString() {
    return (type() == '$' || type() == '=') && !isNull();
  }

  boolean is(String latin1) {
    return Arrays.equals(bytes, latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The first line without the type byte: a text, an error, a number, a length. */
  String line() {
    return new String(bytes, 1, headerBytes() - 3, StandardCharsets.ISO_8859_1);
  }

  /** The content of a string in Latin-1; of anything else its line. */
  String text() {
    if (!isString()) {
      return line();
    }
    int header = headerBytes();
    return new String(bytes, header, bytes.length - header - 2, StandardCharsets.ISO_8859_1);
  }

  /** The content of a bulk string. */
  byte[] body() {
    int header = headerBytes();
    return Arrays.copyOfRange(bytes, header, bytes.length - 2);
  }

  /** A whole number in any form; throws NumberFormatException if it is none. */
  long number() {
    return Long.parseLong(text());
  }

  /** The elements of an aggregate, of a map key, value, key, value …; of anything else none. */
  List<Frame> elements() {
    List<Frame> elements = new ArrayList<>();
    if (!isAggregate()) {
      return elements;
    }
    ReplyParser parser = new ReplyParser();
    int start = headerBytes();
    int at = start;
    int event;
    while ((event = parser.next(bytes, at, bytes.length)) != ReplyParser.NEED_MORE) {
      at += parser.consumed();
      if (parser.complete()) {
        elements.add(new Frame(Arrays.copyOfRange(bytes, start, at)));
        start = at;
      }
    }
    return elements;
  }

  private int headerBytes() {
    for (int i = 1; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return bytes.length + 2;
  }

  @Override public boolean equals(Object other) {
    return other instanceof Frame frame && Arrays.equals(bytes, frame.bytes);
  }

  @Override public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override public String toString() {
    return isReply() ? Escapes.of(bytes, MOST_SHOWN) : new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
