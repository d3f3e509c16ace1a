package io.qcache.net.transport;

import java.nio.channels.SocketChannel;

/** Over a Unix socket.  Its addresses are what Redis shows: both the path, with a port of 0. */
final class UnixTransport extends Transport {
  private final String address;

  UnixTransport(SocketChannel channel, String address) {
    super(channel);
    this.address = address;
  }

  @Override public void open(Owner owner) {
    // nothing to be set
  }

  @Override public void keepAlive(int seconds) {
    // the system tells at once when the peer is gone
  }

  @Override public String remoteAddress() {
    return address;
  }

  @Override public String localAddress() {
    return address;
  }

  @Override public boolean isLocal() {
    return true;
  }

  @Override public boolean isUnixSocket() {
    return true;
  }
}
