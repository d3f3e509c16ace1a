package io.qcache.client.contract;

import io.qcache.QCache;

/** The contract through the embedded door. */
final class EmbeddedContractTest extends QCacheContract {
  @Override QCache open() {
    return QCache.open();
  }
}
