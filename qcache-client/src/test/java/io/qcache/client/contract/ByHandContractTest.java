package io.qcache.client.contract;

import io.qcache.QCache;
import io.qcache.client.QCacheClient;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The contract against a server started by hand, redis-server 7 for one: {@code -Dqcache.contract.uri=localhost:6379}.
 * All its keys are deleted.
 */
@EnabledIfSystemProperty(named = "qcache.contract.uri", matches = ".+")
final class ByHandContractTest extends QCacheContract {
  @Override QCache open() {
    return QCacheClient.connect(System.getProperty("qcache.contract.uri"));
  }
}
