package io.qcache.resp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a reader must find in a stream of replies: recursive, on the whole stream, byte for byte as the protocol says.
 */
final class ReferenceReplies {
  static final class NeedMore extends Exception {}

  static final class Wrong extends Exception {}

  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final Long STREAMED = null;

  final List<Reply> replies = new ArrayList<>();
  boolean failed;
  private final String stream;
  private final Limits limits;
  private int at;
  private int attributes; // around what is read: a reader skips them and does not look into their strings

  private ReferenceReplies(byte[] stream, Limits limits) {
    this.stream = Bytes.text(stream);
    this.limits = limits;
  }

  static ReferenceReplies read(byte[] stream, Limits limits) {
    ReferenceReplies reference = new ReferenceReplies(stream, limits);
    try {
      while (true) {
        reference.replies.add(reference.value(0));
      }
    } catch (NeedMore e) {
      return reference;
    } catch (Wrong e) {
      reference.failed = true;
      return reference;
    }
  }

  private Reply value(int depth) throws NeedMore, Wrong {
    char type = take();
    switch (type) {
      case '|':
        attributes++;
        elements(type, size(type), depth);
        attributes--;
        return value(depth);
      case '+':
        return new Reply.Text(utf8(line()));
      case '-':
        return new Reply.ErrorReply(utf8(line()));
      case ':':
        return new Reply.Int(number(true, false));
      case ',':
        return doubleOf(line());
      case '(':
        String digits = line();
        if (attributes > 0) {
          return Reply.Null.NULL;
        }
        demand(digits.matches("[-+]?[0-9]+"));
        return new Reply.BigNumber(new BigInteger(digits));
      case '_':
        crlf();
        return Reply.Null.NULL;
      case '#':
        char flag = take();
        demand(flag == 't' || flag == 'f');
        crlf();
        return new Reply.Bool(flag == 't');
      case '$', '!', '=':
        return string(type);
      case '*', '%', '~', '>':
        return aggregate(type, depth);
      default:
        throw new Wrong();
    }
  }

  private Reply string(char type) throws NeedMore, Wrong {
    Long length = number(false, type == '$');
    if (type == '$' && length != STREAMED && length == -1) {
      return Reply.Null.BULK;
    }
    if (length == STREAMED) {
      return new Reply.Bulk(Bytes.of(streamed()));
    }
    demand(length >= (type == '=' ? 4 : 0) && length <= limits.bulkBytes());
    String body = body(length);
    if (type == '!') {
      return new Reply.ErrorReply(utf8(body));
    }
    if (type == '=') {
      demand(attributes > 0 || body.charAt(3) == ':');
      return new Reply.Verbatim(utf8(body.substring(0, 3)), Bytes.of(body.substring(4)));
    }
    return new Reply.Bulk(Bytes.of(body));
  }

  private String streamed() throws NeedMore, Wrong {
    StringBuilder all = new StringBuilder();
    while (true) {
      demand(take() == ';');
      long length = number(false, false);
      demand(length >= 0 && all.length() + length <= limits.bulkBytes());
      if (length == 0) {
        return all.toString();
      }
      all.append(body(length));
    }
  }

  private Reply aggregate(char type, int depth) throws NeedMore, Wrong {
    Long size = size(type);
    if (size != STREAMED && size == -1) {
      return Reply.Null.ARRAY;
    }
    List<Reply> elements = elements(type, size, depth);
    return switch (type) {
      case '*' -> new Reply.ArrayReply(elements);
      case '%' -> new Reply.MapReply(elements);
      case '~' -> new Reply.SetReply(elements);
      default -> new Reply.Push(elements);
    };
  }

  private Long size(char type) throws NeedMore, Wrong {
    Long size = number(false, true);
    demand(size == STREAMED || size >= (type == '*' ? -1 : 0) && size <= limits.arguments());
    return size;
  }

  private List<Reply> elements(char type, Long size, int depth) throws NeedMore, Wrong {
    demand(depth < limits.depth());
    int each = type == '%' || type == '|' ? 2 : 1;
    List<Reply> elements = new ArrayList<>();
    while (size == STREAMED || elements.size() < size * each) {
      if (size == STREAMED && peek() == '.') {
        demand(elements.size() % each == 0);
        at++;
        crlf();
        break;
      }
      elements.add(value(depth + 1));
    }
    return elements;
  }

  /** Null if it is a question mark. */
  private Long number(boolean mayHavePlus, boolean mayBeStreamed) throws NeedMore, Wrong {
    if (mayBeStreamed && peek() == '?') {
      at++;
      crlf();
      return STREAMED;
    }
    StringBuilder digits = new StringBuilder();
    while (peek() != '\r') {
      digits.append(take());
      demand(digits.toString().matches(mayHavePlus ? "[-+]?(0|[1-9][0-9]*)?" : "-?(0|[1-9][0-9]*)?"));
      if (digits.toString().matches(".*[0-9]")) {
        BigInteger value = new BigInteger(digits.toString());
        demand(value.compareTo(LONG_MAX) <= 0 && value.compareTo(LONG_MIN) >= 0);
      }
    }
    demand(digits.toString().matches(".*[0-9]") && !digits.toString().equals("-0"));
    crlf();
    return Long.parseLong(digits.toString());
  }

  private String line() throws NeedMore, Wrong {
    StringBuilder line = new StringBuilder();
    while (peek() != '\r') {
      line.append(take());
      demand(line.charAt(line.length() - 1) != '\n' && line.length() <= limits.inlineBytes());
    }
    crlf();
    return line.toString();
  }

  private String body(long length) throws NeedMore, Wrong {
    StringBuilder body = new StringBuilder();
    while (body.length() < length) {
      body.append(take());
    }
    crlf();
    return body.toString();
  }

  private Reply doubleOf(String text) throws Wrong {
    if (attributes > 0) {
      return Reply.Null.NULL;
    }
    if (text.equals("inf") || text.equals("-inf")) {
      return new Reply.DoubleReply(text.equals("inf") ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
    }
    if (text.equals("nan") || text.equals("-nan")) {
      return new Reply.DoubleReply(Double.NaN);
    }
    demand(text.matches("[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?"));
    return new Reply.DoubleReply(Double.parseDouble(text));
  }

  private void crlf() throws NeedMore, Wrong {
    demand(take() == '\r');
    demand(take() == '\n');
  }

  private char take() throws NeedMore {
    char c = peek();
    at++;
    return c;
  }

  private char peek() throws NeedMore {
    if (at >= stream.length()) {
      throw new NeedMore();
    }
    return stream.charAt(at);
  }

  private static void demand(boolean right) throws Wrong {
    if (!right) {
      throw new Wrong();
    }
  }

  private static String utf8(String latin1) {
    return new String(Bytes.of(latin1), StandardCharsets.UTF_8);
  }
}
