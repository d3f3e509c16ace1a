package io.qcache.resp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Builds whole {@link Reply} values from what a server sends: {@link #feed} bytes as they come, cut anywhere, and
 * {@link #poll} what is complete.  Memory grows with received bytes only.  Attributes are dropped unseen, so that a
 * reply has the same type with them and without.  Iterative; not thread-safe.
 */
public final class ReplyReader {
  private static final int OUTSIDE = -1;

  private final ReplyParser parser;
  private final ArrayDeque<Reply> ready = new ArrayDeque<>();
  private final ArrayList<Open> open = new ArrayList<>();
  private byte[] string;         // the pieces of a string that did not come in one
  private int stringLength;
  private int attributeDepth = OUTSIDE; // aggregates around the attribute that is being skipped

  private record Open(int event, ArrayList<Reply> elements) {}

  public ReplyReader() {
    this(Limits.DEFAULT);
  }

  public ReplyReader(Limits limits) {
    parser = new ReplyParser(limits);
  }

  /** From the next header on these limits hold. */
  public void limits(Limits limits) {
    parser.limits(limits);
  }

  /**
   * Reads all of {@code array[from, to)}; the array is the caller's again afterwards.  Returns the bytes used, which is
   * all of them.
   *
   * @throws ProtocolException if they are no replies; what was complete before can still be polled
   */
  public int feed(byte[] array, int from, int to) {
    int at = from;
    int event;
    while ((event = parser.next(array, at, to)) != ReplyParser.NEED_MORE) {
      at += parser.consumed();
      if (!isSkipped(event)) {
        take(event, array);
      }
    }
    return to - from;
  }

  /** The next reply, or push, in the order sent; null if none is complete. */
  public Reply poll() {
    return ready.poll();
  }

  /** True if no reply has begun that is not complete. */
  public boolean isBetweenReplies() {
    return parser.isBetweenReplies();
  }

  private boolean isSkipped(int event) {
    if (attributeDepth != OUTSIDE) {
      if (event == ReplyParser.END && parser.depth() == attributeDepth) {
        attributeDepth = OUTSIDE;
      }
      return true;
    }
    if (event == ReplyParser.ATTRIBUTE) {
      attributeDepth = parser.depth() - 1;
      return true;
    }
    return false;
  }

  private void take(int event, byte[] array) {
    switch (event) {
      case ReplyParser.INTEGER -> add(new Reply.Int(parser.value()));
      case ReplyParser.BOOLEAN -> add(new Reply.Bool(parser.value() == 1));
      case ReplyParser.NULL -> add(nullOf(parser.type()));
      case ReplyParser.ARRAY, ReplyParser.MAP, ReplyParser.SET, ReplyParser.PUSH ->
          open.add(new Open(event, new ArrayList<>()));
      case ReplyParser.END -> add(close());
      default -> piece(event, array);
    }
  }

  private void piece(int event, byte[] array) {
    int from = parser.offset();
    int length = parser.length();
    if (string == null && parser.last()) {
      add(stringOf(event, Arrays.copyOfRange(array, from, from + length)));
      return;
    }
    append(array, from, length);
    if (parser.last()) {
      byte[] whole = string.length == stringLength ? string : Arrays.copyOf(string, stringLength);
      string = null;
      add(stringOf(event, whole));
    }
  }

  /** Doubles with what has come, but never beyond what was announced: then the array is the string, without a copy. */
  private void append(byte[] array, int from, int length) {
    if (string == null) {
      string = new byte[0];
      stringLength = 0;
    }
    int needed = stringLength + length;
    if (needed > string.length) {
      long announced = parser.remaining() < 0 ? Integer.MAX_VALUE - 8 : needed + parser.remaining();
      string = Arrays.copyOf(string, (int) Math.min(announced, Math.max(needed, 2L * string.length)));
    }
    System.arraycopy(array, from, string, stringLength, length);
    stringLength = needed;
  }

  private Reply stringOf(int event, byte[] bytes) {
    return switch (event) {
      case ReplyParser.TEXT -> new Reply.Text(text(bytes));
      case ReplyParser.ERROR, ReplyParser.BULK_ERROR -> new Reply.ErrorReply(text(bytes));
      case ReplyParser.DOUBLE -> new Reply.DoubleReply(doubleOf(bytes));
      case ReplyParser.BIG_NUMBER -> new Reply.BigNumber(bigNumberOf(bytes));
      case ReplyParser.VERBATIM -> verbatimOf(bytes);
      default -> new Reply.Bulk(bytes);
    };
  }

  private Reply close() {
    Open closed = open.remove(open.size() - 1);
    List<Reply> elements = closed.elements.isEmpty() ? List.of() : Collections.unmodifiableList(closed.elements);
    return switch (closed.event) {
      case ReplyParser.MAP -> new Reply.MapReply(elements);
      case ReplyParser.SET -> new Reply.SetReply(elements);
      case ReplyParser.PUSH -> new Reply.Push(elements);
      default -> new Reply.ArrayReply(elements);
    };
  }

  private void add(Reply reply) {
    if (open.isEmpty()) {
      ready.add(reply);
    } else {
      open.get(open.size() - 1).elements.add(reply);
    }
  }

  private static Reply.Null nullOf(byte type) {
    return type == '$' ? Reply.Null.BULK : type == '*' ? Reply.Null.ARRAY : Reply.Null.NULL;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private double doubleOf(byte[] bytes) {
    try {
      return Doubles.parse(bytes, 0, bytes.length);
    } catch (NumberFormatException e) {
      throw parser.failed(Words.INVALID_DOUBLE);
    }
  }

  private BigInteger bigNumberOf(byte[] bytes) {
    int first = bytes.length > 0 && (bytes[0] == '-' || bytes[0] == '+') ? 1 : 0;
    for (int i = first; i < bytes.length; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        throw parser.failed(Words.INVALID_BIG_NUMBER);
      }
    }
    if (first == bytes.length) {
      throw parser.failed(Words.INVALID_BIG_NUMBER);
    }
    return new BigInteger(text(bytes));
  }

  private Reply verbatimOf(byte[] bytes) {
    if (bytes[3] != ':') {
      throw parser.failed(Words.INVALID_VERBATIM);
    }
    return new Reply.Verbatim(text(Arrays.copyOf(bytes, 3)), Arrays.copyOfRange(bytes, 4, bytes.length));
  }
}
