package io.qcache.disk;

import java.io.IOException;

/** Another owner, in this process or another, holds the lock file of a directory. */
public final class DirectoryInUseException extends IOException {
  private static final long serialVersionUID = 1;

  DirectoryInUseException(String path, String lockName) {
    super(path + " is in use by another QCache, which holds " + lockName);
  }
}
