package io.qcache.client.contract;

import io.qcache.QCache;
import io.qcache.client.QCacheClient;
import io.qcache.net.QCacheServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract through both: our client, and our server on a free port. */
final class RemoteContractIT extends QCacheContract {
  private static QCacheServer server;

  @BeforeAll static void serve() {
    server = QCacheServer.builder().port(0).option("notify-keyspace-events", "KEAnm").open();
  }

  @AfterAll static void stop() {
    server.close();
  }

  @Override QCache open() {
    return QCacheClient.connect(server.uri());
  }
}
