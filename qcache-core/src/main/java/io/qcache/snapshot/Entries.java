package io.qcache.snapshot;

import io.qcache.engine.Slice;
import java.io.IOException;

/**
 * The entries of a collection that Redis keeps in one string, whose every byte is checked on the way.  For one thread.
 */
interface Entries {
  /**
   * Points the slice at the next one, which lies in the string, or in scratch of these entries until the next but one; false
   * behind the last, when all that there is to check has been checked.
   */
  boolean next(Slice into) throws IOException;
}
