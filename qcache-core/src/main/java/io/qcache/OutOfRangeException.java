package io.qcache;

/** A number, length, offset, time or database index is beyond what is allowed; nothing was changed. */
public final class OutOfRangeException extends QCacheException {
  public OutOfRangeException(String message) {
    super(message);
  }
}
