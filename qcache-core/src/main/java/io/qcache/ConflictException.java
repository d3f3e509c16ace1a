package io.qcache;

/** An optimistic operation met a conflict each time it was tried; nothing was changed. */
public final class ConflictException extends QCacheException {
  public ConflictException(String message) {
    super(message);
  }
}
