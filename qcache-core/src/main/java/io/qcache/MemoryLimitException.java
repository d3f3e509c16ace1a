package io.qcache;

/** The memory bound is reached and nothing may be dropped for the write; nothing was changed. */
public final class MemoryLimitException extends QCacheException {
  public MemoryLimitException(String message) {
    super(message);
  }
}
