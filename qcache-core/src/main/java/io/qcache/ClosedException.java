package io.qcache;

/** The cache is closed, or was closed while the operation waited. */
public final class ClosedException extends QCacheException {
  public ClosedException(String message) {
    super(message);
  }
}
