package io.qcache.net.session;

import io.qcache.engine.Producer;

/** A producer that collects before it gives. */
public interface HoldingProducer extends Producer {
  /** The memory of what it has collected, in bytes; for any thread. */
  long heldBytes();
}
