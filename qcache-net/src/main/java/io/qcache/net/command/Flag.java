package io.qcache.net.command;

/** What a command's row says about it, under Redis's names and in the order COMMAND INFO prints them. */
public enum Flag {
  WRITE, READONLY, DENYOOM, ADMIN, PUBSUB, NOSCRIPT, BLOCKING, LOADING, STALE, SKIP_MONITOR, SKIP_SLOWLOG, FAST,
  NO_AUTH, NO_MANDATORY_KEYS, NO_ASYNC_LOADING, NO_MULTI, ALLOW_BUSY;

  int bit() {
    return 1 << ordinal();
  }
}
