package io.qcache.resp;

/** Every reason why a stream is refused: Redis 7.0's words where it has them. */
final class Words {
  static final String BIG_INLINE = "Protocol error: too big inline request";
  static final String UNBALANCED = "Protocol error: unbalanced quotes in request";
  static final String BIG_COUNT_LINE = "Protocol error: too big mbulk count string";
  static final String INVALID_COUNT = "Protocol error: invalid multibulk length";
  static final String UNAUTHENTICATED_COUNT = "Protocol error: unauthenticated multibulk length";
  static final String BIG_LENGTH_LINE = "Protocol error: too big bulk count string";
  static final String INVALID_LENGTH = "Protocol error: invalid bulk length";
  static final String UNAUTHENTICATED_LENGTH = "Protocol error: unauthenticated bulk length";

  // Where Redis says nothing, because it does not look.
  static final String NUL = "Protocol error: NUL byte in inline request";
  static final String BIG_REQUEST = "Protocol error: too big request";

  // Replies: a client has no words to be compatible with.
  static final String INVALID_INTEGER = "Protocol error: invalid integer";
  static final String INVALID_DOUBLE = "Protocol error: invalid double";
  static final String INVALID_BIG_NUMBER = "Protocol error: invalid big number";
  static final String INVALID_VERBATIM = "Protocol error: invalid verbatim string";
  static final String BIG_LINE = "Protocol error: too big line in reply";
  static final String TOO_DEEP = "Protocol error: too deeply nested reply";
  static final String UNEXPECTED_END = "Protocol error: unexpected end of a streamed aggregate";

  private Words() {}

  /** {@code expected '$', got 'x'}. */
  static String expected(String what, byte got) {
    return "Protocol error: expected " + what + ", got '" + printable(got) + "'";
  }

  /** The byte as it may be echoed in an error reply: a control byte must not be able to end the reply's line. */
  static String printable(byte b) {
    if (b >= ' ' && b < 0x7f) {
      return String.valueOf((char) b);
    }
    return "\\x" + Character.forDigit(b >> 4 & 15, 16) + Character.forDigit(b & 15, 16);
  }
}
