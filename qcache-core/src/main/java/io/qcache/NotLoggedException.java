package io.qcache;

/**
 * The log of changes cannot be written, because the disk is full for instance.  A server refuses the change before it is made.  In an
 * embedded cache it has been made; it is logged as soon as the log can be written again, and lost if the process ends before that.
 */
public final class NotLoggedException extends QCacheException {
  public NotLoggedException(String message) {
    super(message);
  }
}
