package io.qcache;

/** The key holds a value of another type than the operation is for; nothing was changed. */
public final class WrongTypeException extends QCacheException {
  public WrongTypeException(String message) {
    super(message);
  }
}
