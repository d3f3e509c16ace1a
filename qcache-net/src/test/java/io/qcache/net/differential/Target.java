package io.qcache.net.differential;

import io.qcache.net.QCacheServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The server that is compared with the reference; closed at the end if it was started here. */
record Target(InetSocketAddress address, AutoCloseable owned) implements AutoCloseable {
  static Target open(Settings settings) throws IOException {
    InetSocketAddress given = settings.targetAddress();
    if (given != null) {
      return new Target(given, () -> { });
    }
    if (settings.isAgainstRedis()) {
      RedisServer second = RedisServer.start(settings.redisServer());
      return new Target(second.address(), second);
    }
    QCacheServer server = QCacheServer.builder().port(0).open();
    return new Target(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), server);
  }

  @Override public void close() throws Exception {
    owned.close();
  }
}
