package io.qcache.embedded;

import io.qcache.QCache;
import io.qcache.engine.Engine;

public abstract class EmbeddedCache implements QCache {
  public EmbeddedCache(Engine e) {}
  public abstract Engine engine();
}
