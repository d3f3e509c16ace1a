package io.qcache.net.session;

import io.qcache.engine.Database;
import io.qcache.engine.Slice;

/** What a blocking command takes as soon as it can, at once or when it has waited. */
public interface Wanted {
  /** Takes of the key, which has something of the right type, and replies with it; under the key's stripe, by any thread. */
  void take(Database db, Slice key, ReplySink out);
}
