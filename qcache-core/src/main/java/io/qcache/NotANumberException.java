package io.qcache;

/** The value, or the argument, is not the number that the operation needs; nothing was changed. */
public final class NotANumberException extends QCacheException {
  public NotANumberException(String message) {
    super(message);
  }
}
