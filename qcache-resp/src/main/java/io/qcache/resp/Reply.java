package io.qcache.resp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A whole reply.  Immutable as long as nobody writes into the array of a {@link Bulk} or {@link Verbatim}, which is not
 * copied.  The accessors take a value as what the caller needs, whichever of the protocols it came by: a count is an
 * {@link Int} or the digits of a {@link Bulk}, the pairs of HGETALL a {@link MapReply} or an {@link ArrayReply};
 * where that makes no sense they throw IllegalStateException.  Attributes are not part of a reply: a
 * {@link ReplyReader} skips them.
 */
public sealed interface Reply {

  /** A simple string. */
  record Text(String text) implements Reply {
    @Override public byte[] asBytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** An error, simple or bulk: {@code CODE message}. */
  record ErrorReply(String line) implements Reply {
    /** The word it begins with: {@code ERR}, {@code WRONGTYPE}. */
    public String code() {
      int blank = line.indexOf(' ');
      return blank < 0 ? line : line.substring(0, blank);
    }

    /** What follows the code; empty if nothing does. */
    public String message() {
      int blank = line.indexOf(' ');
      return blank < 0 ? "" : line.substring(blank + 1);
    }
  }

  record Int(long value) implements Reply {
    @Override public long asLong() {
      return value;
    }

    @Override public double asDouble() {
      return value;
    }

    @Override public byte[] asBytes() {
      return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** A bulk string; equal if the bytes are. */
  record Bulk(byte[] bytes) implements Reply {
    @Override public byte[] asBytes() {
      return bytes;
    }

    @Override public boolean equals(Object other) {
      return other instanceof Bulk bulk && Arrays.equals(bytes, bulk.bytes);
    }

    @Override public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override public String toString() {
      return "Bulk[" + asText() + "]";
    }
  }

  /** Text with a format of three letters; equal if both are. */
  record Verbatim(String format, byte[] bytes) implements Reply {
    @Override public byte[] asBytes() {
      return bytes;
    }

    @Override public boolean equals(Object other) {
      return other instanceof Verbatim verbatim && format.equals(verbatim.format)
          && Arrays.equals(bytes, verbatim.bytes);
    }

    @Override public int hashCode() {
      return 31 * format.hashCode() + Arrays.hashCode(bytes);
    }

    @Override public String toString() {
      return "Verbatim[" + format + ":" + asText() + "]";
    }
  }

  record ArrayReply(List<Reply> elements) implements Reply {
    @Override public List<Reply> asList() {
      return elements;
    }
  }

  /** In the order sent; not a java.util.Set, as nothing is hashed by what a peer chose. */
  record SetReply(List<Reply> elements) implements Reply {
    @Override public List<Reply> asList() {
      return elements;
    }
  }

  /** A message that answers no command: its kind, then what it tells. */
  record Push(List<Reply> elements) implements Reply {
    @Override public List<Reply> asList() {
      return elements;
    }
  }

  /** Key, value, key, value … in the order sent, as RESP2 has them; not a java.util.Map for the same reason. */
  record MapReply(List<Reply> keysAndValues) implements Reply {
    @Override public List<Reply> asList() {
      return keysAndValues;
    }

    /** Pairs. */
    public int size() {
      return keysAndValues.size() / 2;
    }

    public Reply key(int i) {
      return keysAndValues.get(2 * i);
    }

    public Reply value(int i) {
      return keysAndValues.get(2 * i + 1);
    }
  }

  /** No value, in its three forms. */
  enum Null implements Reply {
    /** {@code _} of RESP3. */
    NULL,
    /** {@code $-1}. */
    BULK,
    /** {@code *-1}. */
    ARRAY;

    @Override public boolean isNull() {
      return true;
    }
  }

  record Bool(boolean value) implements Reply {
    @Override public boolean asBoolean() {
      return value;
    }

    @Override public long asLong() {
      return value ? 1 : 0;
    }
  }

  record DoubleReply(double value) implements Reply {
    @Override public double asDouble() {
      return value;
    }

    @Override public byte[] asBytes() {
      byte[] digits = new byte[Doubles.MOST];
      return Arrays.copyOf(digits, Doubles.put(digits, 0, value));
    }
  }

  record BigNumber(BigInteger value) implements Reply {
    @Override public double asDouble() {
      return value.doubleValue();
    }

    @Override public byte[] asBytes() {
      return value.toString().getBytes(StandardCharsets.US_ASCII);
    }
  }

  default boolean isNull() {
    return false;
  }

  default boolean isError() {
    return this instanceof ErrorReply;
  }

  /** Whole number: of an integer, boolean, big number, or the digits of a string. */
  default long asLong() {
    byte[] digits = asBytes();
    try {
      return Digits.parse(digits, 0, digits.length);
    } catch (NumberFormatException e) {
      throw isNo("long");
    }
  }

  /** Number: of any number, or the text of one. */
  default double asDouble() {
    byte[] digits = asBytes();
    try {
      return Doubles.parse(digits, 0, digits.length);
    } catch (NumberFormatException e) {
      throw isNo("double");
    }
  }

  /** Of a boolean, or the 1 or 0 that RESP2 has for it. */
  default boolean asBoolean() {
    long value = asLong();
    if (value != 0 && value != 1) {
      throw isNo("boolean");
    }
    return value == 1;
  }

  /** Of a string, or the text of a number; a bulk string's own array. */
  default byte[] asBytes() {
    throw isNo("string");
  }

  /** {@link #asBytes()} as UTF-8. */
  default String asText() {
    return new String(asBytes(), StandardCharsets.UTF_8);
  }

  /** Elements; of a map key, value, key, value …  Unmodifiable. */
  default List<Reply> asList() {
    throw isNo("list");
  }

  /** The value of a field of a map, or of an array of fields and values; {@link Null#NULL} if there is none. */
  default Reply get(String field) {
    List<Reply> pairs = asList();
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      if (pairs.get(i).asText().equals(field)) {
        return pairs.get(i + 1);
      }
    }
    return Null.NULL;
  }

  /** {@link #asText()} of every element, none of which may be null. */
  default List<String> asTexts() {
    List<String> texts = new ArrayList<>();
    for (Reply reply : asList()) {
      texts.add(reply.asText());
    }
    return texts;
  }

  private IllegalStateException isNo(String wanted) {
    return new IllegalStateException("not a " + wanted + ": " + this);
  }
}
