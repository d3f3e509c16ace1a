package io.qcache.net.differential;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The server that is compared with the reference; closed at the end if it was started here. */
record Target(InetSocketAddress address, AutoCloseable owned) implements AutoCloseable {
  static Target open(Settings settings) throws IOException {
    InetSocketAddress given = settings.targetAddress();
    if (given != null) {
      return new Target(given, () -> { });
    }
    RedisServer second = RedisServer.start(settings.redisServer());
    return new Target(second.address(), second);
  }

  @Override public void close() throws Exception {
    owned.close();
  }
}
