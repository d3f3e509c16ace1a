package io.qcache.resp;

import java.util.Objects;

/**
 * Turns the replies of a server, RESP2 and RESP3, into events.  Every byte is consumed as it comes: the parser keeps
 * what it needs to know of a number or a nesting cut in two, the caller keeps no bytes, and a bulk string of any size
 * passes through in pieces.
 *
 * <pre>
 *   *2\r\n$5\r\nhello\r\n:7\r\n   →  ARRAY size 2, BULK "hello" last, INTEGER 7, END
 *   $5\r\nhel | lo\r\n            →  BULK "hel", NEED_MORE | BULK "lo" last
 *
 *   while ((event = parser.next(array, from, to)) != NEED_MORE) { from += parser.consumed(); ... }   // then from = to
 * </pre>
 *
 * <ul>
 *   <li>TEXT, ERROR, BULK, BULK_ERROR, VERBATIM, DOUBLE and BIG_NUMBER come as one or more pieces
 *       {@code array[offset(), offset() + length())}, the last of them with {@link #last()}, perhaps empty;
 *   <li>INTEGER and BOOLEAN (0 or 1) have a {@link #value()}; NULL tells its form by {@link #type()};
 *   <li>ARRAY, MAP, SET, PUSH and ATTRIBUTE open with their {@link #size()} and close with END, also when empty or
 *       streamed; an attribute is no element of what it stands in, and the value it is about follows its END;
 *   <li>streamed strings are BULK pieces, streamed aggregates have size -1.
 * </ul>
 *
 * <p>Lengths and integers are canonical digits (an integer may have a plus), sizes are checked against the
 * {@link Limits}; nothing is sized by them.  Iterative.  Not thread-safe.
 */
public final class ReplyParser {
  /** All bytes given were consumed. */
  public static final int NEED_MORE = 0;
  /** {@code +}: a piece of a line of text. */
  public static final int TEXT = 1;
  /** {@code -}: a piece of an error line. */
  public static final int ERROR = 2;
  /** {@code :}: a number. */
  public static final int INTEGER = 3;
  /** {@code $}: a piece of a bulk string. */
  public static final int BULK = 4;
  /** {@code !}: a piece of an error of any length. */
  public static final int BULK_ERROR = 5;
  /** {@code =}: a piece of a verbatim string, its format and colon included. */
  public static final int VERBATIM = 6;
  /** {@code ,}: a piece of a double's text. */
  public static final int DOUBLE = 7;
  /** {@code (}: a piece of a big number's digits. */
  public static final int BIG_NUMBER = 8;
  /** {@code #}: true or false. */
  public static final int BOOLEAN = 9;
  /** {@code _}, {@code $-1} or {@code *-1}. */
  public static final int NULL = 10;
  /** {@code *}: an array begins. */
  public static final int ARRAY = 11;
  /** {@code %}: a map begins; keys and values alternate. */
  public static final int MAP = 12;
  /** {@code ~}: a set begins. */
  public static final int SET = 13;
  /** {@code >}: a message that answers no command begins. */
  public static final int PUSH = 14;
  /** {@code |}: facts about the value behind them begin; keys and values alternate. */
  public static final int ATTRIBUTE = 15;
  /** The innermost open aggregate ends. */
  public static final int END = 16;

  private static final int GO_ON = -1;

  // What the next byte is.
  private static final int TYPE = 0;
  private static final int NUMBER = 1;
  private static final int CR = 2;
  private static final int LF = 3;
  private static final int FLAG = 4;       // of a boolean
  private static final int LINE = 5;
  private static final int LINE_LF = 6;
  private static final int BODY = 7;
  private static final int BODY_CR = 8;
  private static final int BODY_LF = 9;
  private static final int CHUNK = 10;     // the semicolon of a streamed string's next chunk
  private static final int FAILED = 11;

  private static final long UNKNOWN = -1;

  private final Nesting nesting = new Nesting();
  private final PartialNumber digits = new PartialNumber();
  private Limits limits;
  private int state = TYPE;
  private int event;            // of the value that is being read
  private byte type;
  private long number;          // the last one that was whole
  private boolean streamed;     // the value being read is a streamed string, or the header says '?'
  private boolean chunk;        // the header being read is of a streamed string's chunk
  private long left;            // bytes of the body, or chunk, still to come
  private long received;        // bytes of the line or the streamed string so far

  private byte[] array;         // only during next()
  private int from;
  private int to;
  private int cursor;
  private long before;          // bytes consumed by earlier calls
  private int consumed;
  private int offset;
  private int length;
  private boolean last;
  private boolean complete;
  private long size;

  public ReplyParser() {
    this(Limits.DEFAULT);
  }

  public ReplyParser(Limits limits) {
    limits(limits);
  }

  /** From the next header on these limits hold. */
  public void limits(Limits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * The next event in {@code array[from, to)}; go on at {@code from + consumed()}.  END comes without a byte, so ask
   * until NEED_MORE, which means that all bytes are consumed.
   *
   * @throws ProtocolException if the bytes are no reply, or beyond the limits; only {@link #reset()} helps then
   */
  public int next(byte[] array, int from, int to) {
    Objects.checkFromToIndex(from, to, array.length);
    this.array = array;
    this.from = from;
    this.to = to;
    cursor = from;
    last = false;
    complete = false;
    try {
      return step();
    } finally {
      consumed = cursor - from;
      before += consumed;
      this.from = cursor;
      this.array = null;
    }
  }

  /** Bytes that the last call consumed. */
  public int consumed() {
    return consumed;
  }

  /** Where the piece starts in the array that was parsed. */
  public int offset() {
    return offset;
  }

  /** Bytes of the piece. */
  public int length() {
    return length;
  }

  /** True if the piece is the last of its string. */
  public boolean last() {
    return last;
  }

  /**
   * Bytes of the string that follow in later pieces, as announced; -1 if it is a line or streamed and not at its end.
   */
  public long remaining() {
    return last ? 0 : streamed ? UNKNOWN : left;
  }

  /** Of an integer; 1 or 0 of a boolean. */
  public long value() {
    return number;
  }

  /** Elements of the aggregate that begins, pairs of a map or an attribute; -1 if it is streamed. */
  public long size() {
    return size;
  }

  /** The byte that the value began with. */
  public byte type() {
    return type;
  }

  /** Aggregates open after this event. */
  public int depth() {
    return nesting.depth();
  }

  /** True if this event was the end of a whole reply (or push); false for an attribute before one. */
  public boolean complete() {
    return complete;
  }

  /** True if no reply has begun that is not complete. */
  public boolean isBetweenReplies() {
    return state == TYPE && nesting.isClosed();
  }

  /** Forgets all that is open: the next byte starts a new reply. */
  public void reset() {
    state = TYPE;
    nesting.clear();
    before = 0;
  }

  private int step() {
    if (state == TYPE && nesting.isFull()) {
      return end();
    }
    while (cursor < to) {
      int found = advance();
      if (found != GO_ON) {
        return found;
      }
    }
    return NEED_MORE;
  }

  private int advance() {
    switch (state) {
      case TYPE:
        return begin(array[cursor]);
      case NUMBER:
        return number();
      case CR:
        expect('\r', "CR");
        state = LF;
        return GO_ON;
      case LF:
        expect('\n', "LF after CR");
        return headerEnd();
      case FLAG:
        return flag();
      case LINE:
        return line();
      case LINE_LF:
        expect('\n', "LF after CR");
        return piece(cursor, 0, true);
      case BODY:
        return body();
      case BODY_CR:
        expect('\r', "CR LF after a bulk string");
        state = BODY_LF;
        return GO_ON;
      case BODY_LF:
        expect('\n', "CR LF after a bulk string");
        return bodyEnd();
      case CHUNK:
        expect(';', "';'");
        chunk = true;
        openNumber();
        return GO_ON;
      default:
        throw new IllegalStateException("the stream failed before: reset() must come before the next byte");
    }
  }

  private int begin(byte first) {
    switch (first) {
      case '+' -> openLine(TEXT);
      case '-' -> openLine(ERROR);
      case ',' -> openLine(DOUBLE);
      case '(' -> openLine(BIG_NUMBER);
      case ':' -> open(INTEGER);
      case '$' -> open(BULK);
      case '!' -> open(BULK_ERROR);
      case '=' -> open(VERBATIM);
      case '*' -> open(ARRAY);
      case '%' -> open(MAP);
      case '~' -> open(SET);
      case '>' -> open(PUSH);
      case '|' -> open(ATTRIBUTE);
      case '#' -> open(BOOLEAN, FLAG);
      case '_' -> open(NULL, CR);
      case '.' -> openEnd();
      default -> throw failed(Words.expected("a reply", first));
    }
    type = first;
    cursor++;
    return GO_ON;
  }

  private void open(int event, int next) {
    this.event = event;
    state = next;
    streamed = false;
    chunk = false;
    received = 0;
  }

  private void open(int event) {
    open(event, NUMBER);
    openNumber();
  }

  private void openLine(int event) {
    open(event, LINE);
    left = UNKNOWN;
  }

  private void openEnd() {
    if (!nesting.mayEnd()) {
      throw failed(Words.UNEXPECTED_END);
    }
    open(END, CR);
  }

  private void openNumber() {
    state = NUMBER;
    digits.clear();
  }

  private int number() {
    for (; cursor < to; cursor++) {
      byte b = array[cursor];
      if (digits.add(b, event == INTEGER)) {
        continue;
      }
      if (b == '\r' && digits.isWhole()) {
        state = CR;
        return GO_ON;
      }
      if (b != '?' || !digits.isEmpty() || !mayStream()) {
        throw failed(invalidNumber());
      }
      streamed = true;
      state = CR;
      cursor++;
      return GO_ON;
    }
    return GO_ON;
  }

  private boolean mayStream() {
    return !chunk && (event == BULK || event >= ARRAY);
  }

  private String invalidNumber() {
    return event == INTEGER ? Words.INVALID_INTEGER : event >= ARRAY ? Words.INVALID_COUNT : Words.INVALID_LENGTH;
  }

  private int headerEnd() {
    if (event == NULL || event == BOOLEAN) {
      return scalar(event);
    }
    if (event == END) {
      return end();
    }
    number = digits.value();
    if (event == INTEGER) {
      return scalar(INTEGER);
    }
    if (number == -1 && (type == '$' && !chunk || type == '*')) {
      return scalar(NULL);
    }
    return event >= ARRAY ? aggregate() : bulk();
  }

  private int scalar(int event) {
    state = TYPE;
    complete = nesting.valueEnd();
    return event;
  }

  private int flag() {
    byte b = array[cursor];
    if (b != 't' && b != 'f') {
      throw failed(Words.expected("t or f", b));
    }
    number = b == 't' ? 1 : 0;
    cursor++;
    state = CR;
    return GO_ON;
  }

  private int bulk() {
    if (streamed && !chunk) {
      left = UNKNOWN;
      state = CHUNK;
      return GO_ON;
    }
    // Written so that the sum of the chunks can't overflow.
    if (number < (event == VERBATIM ? 4 : 0) || number > limits.bulkBytes() - received) {
      throw failed(event == VERBATIM && number >= 0 && number < 4 ? Words.INVALID_VERBATIM : Words.INVALID_LENGTH);
    }
    if (chunk && number == 0) {
      return piece(cursor, 0, true);
    }
    left = number;
    received += number;
    state = BODY;
    return GO_ON;
  }

  private int body() {
    int start = cursor;
    int part = (int) Math.min(left, to - start);
    cursor += part;
    left -= part;
    if (left > 0) {
      return piece(start, part, false);
    }
    // The whole rest with its CR LF, as mostly: one event.
    if (!streamed && to - cursor >= 2) {
      expect('\r', "CR LF after a bulk string");
      expect('\n', "CR LF after a bulk string");
      return piece(start, part, true);
    }
    state = BODY_CR;
    return part == 0 ? GO_ON : piece(start, part, false);
  }

  private int bodyEnd() {
    if (streamed) {
      state = CHUNK;
      return GO_ON;
    }
    return piece(cursor, 0, true);
  }

  private int line() {
    int start = cursor;
    int stop = (int) Math.min(to, (long) start + limits.inlineBytes() - received + 1);
    while (cursor < stop && array[cursor] != '\r') {
      if (array[cursor] == '\n') {
        throw failed(Words.expected("CR LF", (byte) '\n'));
      }
      cursor++;
    }
    int part = cursor - start;
    received += part;
    if (received > limits.inlineBytes()) {
      throw failed(Words.BIG_LINE);
    }
    return cursor < to ? lineEnd(start, part) : piece(start, part, false);
  }

  private int lineEnd(int start, int part) {
    cursor++;
    state = LINE_LF;
    if (cursor < to) {
      expect('\n', "LF after CR");
      return piece(start, part, true);
    }
    return part == 0 ? GO_ON : piece(start, part, false);
  }

  private int piece(int start, int bytes, boolean isLast) {
    offset = start;
    length = bytes;
    last = isLast;
    if (isLast) {
      state = TYPE;
      complete = nesting.valueEnd();
    }
    return event;
  }

  private int aggregate() {
    if (!streamed && (number < 0 || number > limits.arguments())) {
      throw failed(Words.INVALID_COUNT);
    }
    if (nesting.depth() == limits.depth()) {
      throw failed(Words.TOO_DEEP);
    }
    size = streamed ? UNKNOWN : number;
    nesting.open(size, event == MAP || event == ATTRIBUTE, event == ATTRIBUTE);
    state = TYPE;
    return event;
  }

  private int end() {
    state = TYPE;
    complete = nesting.close();
    return END;
  }

  private void expect(char wanted, String what) {
    if (array[cursor] != wanted) {
      throw failed(Words.expected(what, array[cursor]));
    }
    cursor++;
  }

  /** Makes the parser refuse all that follows. */
  ProtocolException failed(String reason) {
    state = FAILED;
    return new ProtocolException(reason, before + cursor - from);
  }
}
