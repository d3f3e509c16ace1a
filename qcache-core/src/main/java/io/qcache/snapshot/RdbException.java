package io.qcache.snapshot;

import java.io.IOException;

/** An RDB file that is damaged, or holds what this version does not know: says which file, where and what. */
public final class RdbException extends IOException {
  private static final long serialVersionUID = 1;

  RdbException(String message) {
    super(message);
  }
}
