package io.qcache;

/** What every operation of QCache throws when it fails, through either door. */
public class QCacheException extends RuntimeException {
  public QCacheException(String message) {
    super(message);
  }

  public QCacheException(String message, Throwable cause) {
    super(message, cause);
  }
}
