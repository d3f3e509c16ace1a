package io.qcache;

import java.time.Duration;

/** No reply came in time.  The operation may have been carried out, or may yet be. */
public final class TimedOutException extends QCacheException {
  public TimedOutException(String operation, Duration timeout) {
    super(operation + " had no reply within " + timeout);
  }
}
