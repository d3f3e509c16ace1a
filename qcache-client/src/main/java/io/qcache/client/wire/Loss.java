package io.qcache.client.wire;

import io.qcache.ClosedException;
import io.qcache.ConnectionException;
import io.qcache.Failure;
import io.qcache.QCacheException;

/**
 * Why a connection ended.  It makes a fresh exception for each call that suffers from it, so that each carries the
 * stack of its own thread.
 */
public final class Loss {
  private enum Kind {
    CLOSED, REFUSED, BROKEN
  }

  private final Kind kind;
  private final String text;
  private final Throwable cause;

  private Loss(Kind kind, String text, Throwable cause) {
    this.kind = kind;
    this.text = text;
    this.cause = cause;
  }

  /** We closed it. */
  static Loss closed() {
    return new Loss(Kind.CLOSED, "the client is closed", null);
  }

  /** The server did not let us in: the line of its error reply. */
  static Loss refused(String line) {
    return new Loss(Kind.REFUSED, line, null);
  }

  /** It broke, or could not be made. */
  static Loss broken(String text, Throwable cause) {
    return new Loss(Kind.BROKEN, text, cause);
  }

  boolean isClosed() {
    return kind == Kind.CLOSED;
  }

  /** {@code ClosedException}, the server's refusal, or {@link ConnectionException}. */
  public QCacheException exception(boolean mayHaveRun) {
    return switch (kind) {
      case CLOSED -> new ClosedException(text);
      case REFUSED -> Failure.of(text);
      case BROKEN -> new ConnectionException(text, mayHaveRun, cause);
    };
  }

  @Override public String toString() {
    return text;
  }
}
