package io.qcache;

/** The operation needs a key that is not there; nothing was changed. */
public final class NoSuchKeyException extends QCacheException {
  public NoSuchKeyException(String message) {
    super(message);
  }
}
