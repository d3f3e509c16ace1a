package io.qcache;

/** The connection to the server could not be made, or was lost. */
public final class ConnectionException extends QCacheException {
  private final boolean mayHaveRun;

  public ConnectionException(String message, boolean mayHaveRun, Throwable cause) {
    super(message, cause);
    this.mayHaveRun = mayHaveRun;
  }

  /** Whether the operation may have been carried out: it was sent, at least in part, and no reply came. */
  public boolean mayHaveRun() {
    return mayHaveRun;
  }
}
