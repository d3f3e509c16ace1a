package io.qcache.resp;

/**
 * The stream is not RESP, or goes beyond the {@link Limits}; it can't be trusted from here on, so the connection is to
 * be closed once the reason was sent.  The message holds Redis's words without {@code -ERR } and never a control byte.
 * Carries no stack trace: it is made by what a peer sends, so it has to be cheap.
 */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long offset;

  ProtocolException(String reason, long offset) {
    super(reason, null, false, false);
    this.offset = offset;
  }

  /** Where the offending byte lies: counted from the start of the request, or of all replies the parser has read. */
  public long offset() {
    return offset;
  }
}
