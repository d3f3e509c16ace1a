package io.qcache.net.clients;

import io.qcache.net.QCacheServer;
import java.net.InetSocketAddress;

/** The server that clients are tried on: {@code -Dclients.target=host:port}, else one of our own in this JVM. */
record ClientTarget(String host, int port, AutoCloseable owned) implements AutoCloseable {
  static ClientTarget open() {
    String given = System.getProperty("clients.target", "");
    if (given.isEmpty()) {
      QCacheServer server = QCacheServer.builder().port(0).open();
      return new ClientTarget("127.0.0.1", server.port(), server);
    }
    int colon = given.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("clients.target must be host:port: was " + given);
    }
    return new ClientTarget(given.substring(0, colon), Integer.parseInt(given.substring(colon + 1)), () -> { });
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  @Override public void close() throws Exception {
    owned.close();
  }
}
