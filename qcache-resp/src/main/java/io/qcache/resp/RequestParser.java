package io.qcache.resp;

import java.util.Objects;

/**
 * Finds commands in what a client sends: arrays of bulk strings, or inline lines.  Follows redis-server 7.0 word for
 * word where that is strict, and is strict itself where that is lax: a length is canonical digits, a header and an
 * argument end in CR LF.
 *
 * <pre>
 *   array  ....*2\r\n$3\r\nGET\r\n$1\r\nk\r\n*1\r\n$4\r\nPI      parse(array, from, to) → COMMAND
 *              ^from    ^offset(0)  ^offset(1)              ^to   consumed() = 20: call again with from + 20,
 *                                                                 which returns NEED_MORE: keep what is left
 * </pre>
 *
 * <p>The caller keeps the bytes of an unfinished command and calls again when more have come, with {@code from} at
 * the same command's start; the array may be another one by then, and the bytes may have moved.  Progress is
 * remembered, so no byte is looked at twice.  Offsets count from the command's start.  The arguments of an inline
 * command are copied without their quotes into an array of the parser's own, so a caller reads them all as
 * {@code parser.array(array)[parser.base(from) + parser.offset(i)]}; both stay valid until the next call of parse that
 * gets bytes.
 *
 * <p>Nothing is sized by an announced count or length: the spans grow as arguments arrive, and shrink back after a huge
 * command.  Parsing allocates nothing else.  Not thread-safe; holds no reference to the caller's array between calls.
 *
 * <p><b>Large arguments.</b>  With {@link #largeAbove} on, an argument announced as longer than that is not waited for:
 * parse returns {@link #LARGE} once its header was read.  The caller then takes {@link #largeLength()} bytes itself:
 * first those that already lie in the array from {@code from + consumedSoFar()} on, then from its socket to wherever
 * it wants them.  {@link #resumeAfterLarge(int)} says how many of them are in the array; parse goes on behind those,
 * checks CR LF itself and continues as ever.  The argument's length is reported as usual, its offset is -1.
 */
public final class RequestParser {
  /** The command is not complete: keep its bytes, call again with more behind them. */
  public static final int NEED_MORE = 0;
  /** A command is complete: see {@link #consumed()}, {@link #count()}, {@link #offset}, {@link #length}. */
  public static final int COMMAND = 1;
  /** A blank line, {@code *0} or {@code *-1} was consumed; it asks for no reply. */
  public static final int EMPTY = 2;
  /** The bytes of a large argument come next, and are the caller's to take. */
  public static final int LARGE = 3;

  private static final int START = 0;      // between commands
  private static final int COUNT = 1;      // in the header of the array
  private static final int LENGTH = 2;     // in the header of an argument
  private static final int BODY = 3;       // in an argument
  private static final int INLINE = 4;     // in a line
  private static final int TAKEN = 5;      // a large argument is with the caller
  private static final int TERMINATOR = 6; // before the CR LF of a large argument
  private static final int FAILED = 7;

  private static final long UNFINISHED = Long.MIN_VALUE;
  private static final long BEYOND_ALL = 1_000_000_000_000_000_000L; // digits behind it change nothing, nor overflow
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final String OTHER_TYPES = "$+-:_#,(!=%~|>";

  private final Spans spans = new Spans();
  private final InlineLine line = new InlineLine();
  private Limits limits;
  private int largeAbove = Integer.MAX_VALUE;

  private int state = START;
  private int at;            // bytes of the command read so far
  private int headerAt;      // where the current header starts
  private long value;        // of the digits read of the current header
  private boolean negative;  // a minus came before them
  private int expected;      // arguments announced
  private int bodyLength;    // bytes of the current argument
  private long taken;        // bytes of large arguments the caller took
  private boolean inline;

  public RequestParser() {
    this(Limits.DEFAULT);
  }

  public RequestParser(Limits limits) {
    limits(limits);
  }

  /** From the next header on these limits hold; what was accepted before stays accepted. */
  public void limits(Limits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /** Arguments announced as longer than {@code bytes} are handed over as {@link #LARGE}; off by default. */
  public void largeAbove(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("largeAbove must be >= 0: was " + bytes);
    }
    largeAbove = bytes;
  }

  /**
   * Reads on in {@code array[from, to)}, where {@code from} is the start of a command: of the unfinished one if the
   * last call returned NEED_MORE (or LARGE), of the next one otherwise.
   *
   * @return {@link #NEED_MORE}, {@link #COMMAND}, {@link #EMPTY} or {@link #LARGE}
   * @throws ProtocolException if the bytes are no request; only {@link #reset()} makes the parser usable again
   */
  public int parse(byte[] array, int from, int to) {
    Objects.checkFromToIndex(from, to, array.length);
    if (state == START) {
      if (from == to) {
        at = 0;
        return NEED_MORE;
      }
      begin(array[from]);
    }
    switch (state) {
      case INLINE:
        return line(array, from, to);
      case TAKEN:
        throw new IllegalStateException("resumeAfterLarge() must come before the next parse");
      case FAILED:
        throw new IllegalStateException("the stream failed before: reset() must come before the next parse");
      case COUNT:
        int early = count(array, from, to);
        if (early != COMMAND) {
          return early;
        }
        break;
      default:
        break;
    }
    return arguments(array, from, to);
  }

  /** Bytes of the command, or of the empty line, that the last call completed; 0 if it completed none. */
  public int consumed() {
    return state == START ? at : 0;
  }

  /** Arguments read: of the complete command, or so far. */
  public int count() {
    return spans.count;
  }

  /** Where argument i starts, counted from {@link #base}; -1 if it was handed over as a large one. */
  public int offset(int i) {
    return spans.offset(Objects.checkIndex(i, spans.count));
  }

  /** Bytes of argument i. */
  public int length(int i) {
    return spans.length(Objects.checkIndex(i, spans.count));
  }

  /**
   * The spans themselves, for a loop over many: argument i is at {@code [2 * i]} its offset, at {@code [2 * i + 1]} its
   * length.  Longer than needed; only to be read, and only until the next call of parse.
   */
  public int[] spans() {
    return spans.pairs;
  }

  /** True if the command came as a line. */
  public boolean isInline() {
    return inline;
  }

  /** The array that holds the arguments: the one that was parsed, or the parser's own for an inline command. */
  public byte[] array(byte[] parsed) {
    return inline ? line.bytes : parsed;
  }

  /** Where the offsets count from in {@link #array}: the {@code from} that was parsed, or 0 for an inline command. */
  public int base(int from) {
    return inline ? 0 : from;
  }

  /** After LARGE: bytes of the argument, all of them the caller's to take (its CR LF is not). */
  public int largeLength() {
    return bodyLength;
  }

  /** Bytes of the unfinished command that were read; after LARGE the argument's bytes follow right behind. */
  public int consumedSoFar() {
    return at;
  }

  /** Goes on after LARGE as if none of the argument's bytes were in the array: they were moved out, or never in it. */
  public void resumeAfterLarge() {
    resumeAfterLarge(0);
  }

  /**
   * Goes on after LARGE: the caller took all of the argument, {@code inArray} bytes of which still lie in the array and
   * will do so at the next call of parse; CR LF and the next argument follow right behind them.
   */
  public void resumeAfterLarge(int inArray) {
    if (state != TAKEN) {
      throw new IllegalStateException("resumeAfterLarge() without LARGE before it");
    }
    if (inArray < 0 || inArray > bodyLength) {
      throw new IllegalArgumentException("inArray must be within 0.." + bodyLength + ": was " + inArray);
    }
    spans.add(-1, bodyLength);
    taken += bodyLength - inArray;
    at += inArray;
    state = TERMINATOR;
  }

  /** Forgets an unfinished or failed command: the next byte parsed starts a new one. */
  public void reset() {
    state = START;
    clear();
  }

  private void clear() {
    spans.clear();
    line.clear();
    at = 0;
    taken = 0;
    inline = false;
  }

  private void begin(byte first) {
    clear();
    if (first == '*') {
      openHeader(COUNT);
      at = 1;
    } else if (OTHER_TYPES.indexOf(first) >= 0) {
      throw failed(Words.expected("'*' or an inline command", first), 0);
    } else {
      inline = true;
      state = INLINE;
    }
  }

  private int line(byte[] a, int from, int to) {
    int start = from + at;
    int stop = stop(from, to);
    for (int p = start; p < stop; p++) {
      if (a[p] == '\n') {
        at = p + 1 - from;
        return split(a, from, p); // a CR before the LF is a blank like any other
      }
      if (a[p] == 0) {
        throw failed(Words.NUL, p - from);
      }
    }
    at = stop - from;
    if (at > limits.inlineBytes()) {
      throw failed(Words.BIG_INLINE, at - 1);
    }
    return NEED_MORE;
  }

  private int split(byte[] a, int from, int end) {
    int wrong = line.split(a, from, end, spans);
    if (wrong >= 0) {
      throw failed(Words.UNBALANCED, wrong - from);
    }
    state = START;
    return spans.count == 0 ? EMPTY : COMMAND;
  }

  /** COMMAND stands for "go on with the arguments". */
  private int count(byte[] a, int from, int to) {
    long n = header(a, from, to, Words.BIG_COUNT_LINE, Words.INVALID_COUNT);
    if (n == UNFINISHED) {
      return NEED_MORE;
    }
    if (n > Integer.MAX_VALUE || n < -1) {
      throw failed(Words.INVALID_COUNT, 1);
    }
    if (n > limits.arguments()) {
      throw failed(limits.authenticated() ? Words.INVALID_COUNT : Words.UNAUTHENTICATED_COUNT, 1);
    }
    if (n <= 0) {
      state = START;
      return EMPTY;
    }
    expected = (int) n;
    openHeader(LENGTH);
    return COMMAND;
  }

  private int arguments(byte[] a, int from, int to) {
    do {
      if (state == LENGTH && !length(a, from, to)) {
        return NEED_MORE;
      }
      if (state == TAKEN) {
        return LARGE;
      }
      if (!body(a, from, to)) {
        return NEED_MORE;
      }
    } while (spans.count < expected);
    state = START;
    return COMMAND;
  }

  private boolean length(byte[] a, int from, int to) {
    if (at == headerAt) {
      int p = from + at;
      int quick = quickLength(a, p, to);
      if (quick >= 0) {
        at += quick < 10 ? 4 : 5;
        announce(quick);
        return true;
      }
      if (p >= to) {
        return false;
      }
      if (a[p] != '$') {
        throw failed(Words.expected("'$'", a[p]), at);
      }
      at++;
    }
    long n = header(a, from, to, Words.BIG_LENGTH_LINE, Words.INVALID_LENGTH);
    if (n == UNFINISHED) {
      return false;
    }
    announce(n);
    return true;
  }

  /** The length in a whole header of one or two digits, as most are; -1 if it is another or not whole. */
  private static int quickLength(byte[] a, int p, int to) {
    if (to - p < 5 || a[p] != '$') {
      return -1;
    }
    int first = a[p + 1] - '0';
    if (first < 0 || first > 9) {
      return -1;
    }
    if (a[p + 2] == '\r') {
      return a[p + 3] == '\n' ? first : -1;
    }
    int second = a[p + 2] - '0';
    if (first == 0 || second < 0 || second > 9 || a[p + 3] != '\r' || a[p + 4] != '\n') {
      return -1;
    }
    return 10 * first + second;
  }

  private void announce(long n) {
    if (n < 0 || n > limits.bulkBytes()) {
      boolean lacksLogin = !limits.authenticated() && n >= 0 && n <= Limits.DEFAULT.bulkBytes();
      throw failed(lacksLogin ? Words.UNAUTHENTICATED_LENGTH : Words.INVALID_LENGTH, headerAt + 1);
    }
    boolean large = n > largeAbove;
    if (taken + at + n + 2 > limits.requestBytes() || !large && at + n + 2 > LONGEST_ARRAY) {
      throw failed(Words.BIG_REQUEST, headerAt + 1);
    }
    bodyLength = (int) n;
    state = large ? TAKEN : BODY;
  }

  private boolean body(byte[] a, int from, int to) {
    int length = state == BODY ? bodyLength : 0;
    int end = from + at + length; // may wrap around; the difference to `to` is right all the same
    if (to - end < 2) {
      return false;
    }
    if (a[end] != '\r' || a[end + 1] != '\n') {
      int wrong = a[end] == '\r' ? end + 1 : end;
      throw failed(Words.expected("CR LF after a bulk string", a[wrong]), wrong - from);
    }
    if (state == BODY) {
      spans.add(at, length);
    }
    at += length + 2;
    openHeader(LENGTH);
    return true;
  }

  private void openHeader(int next) {
    state = next;
    headerAt = at;
    value = 0;
    negative = false;
  }

  /**
   * Reads digits up to CR LF from {@code at} on, which is behind the header's type byte.  Returns their value, or
   * UNFINISHED.  The CR is left unread until its LF is there, so there is nothing to remember but the digits.
   */
  private long header(byte[] a, int from, int to, String tooLong, String invalid) {
    int start = from + headerAt;
    int stop = stop(start, to);
    long v = value;
    int p = from + at;
    for (; p < stop; p++) {
      int digit = a[p] - '0';
      if (digit >= 0 && digit <= 9) {
        if (v == 0 && p != start + (negative ? 2 : 1)) {
          throw failed(invalid, p - from);
        }
        v = v >= BEYOND_ALL / 10 ? BEYOND_ALL : v * 10 + digit;
      } else if (a[p] == '-' && p == start + 1) {
        negative = true;
      } else {
        break;
      }
    }
    at = p - from;
    value = v;
    if (p >= stop) {
      if (p - start > limits.inlineBytes()) {
        throw failed(tooLong, p - 1 - from);
      }
      return UNFINISHED;
    }
    return endOfHeader(a, from, to, invalid);
  }

  private long endOfHeader(byte[] a, int from, int to, String invalid) {
    int p = from + at;
    int digits = at - headerAt - (negative ? 2 : 1);
    if (a[p] != '\r' || digits == 0 || negative && value == 0) {
      throw failed(invalid, at);
    }
    if (p + 1 == to) {
      return UNFINISHED;
    }
    if (a[p + 1] != '\n') {
      throw failed(Words.expected("LF after CR", a[p + 1]), at + 1);
    }
    at += 2;
    return negative ? -value : value;
  }

  /** Where to stop looking for the end of a line: one byte beyond the longest that is allowed. */
  private int stop(int start, int to) {
    return to - start > limits.inlineBytes() ? start + limits.inlineBytes() + 1 : to;
  }

  private ProtocolException failed(String reason, int offset) {
    state = FAILED;
    return new ProtocolException(reason, offset);
  }
}
