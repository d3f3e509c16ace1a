package io.qcache.net.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A TCP port, at one address or all. */
class TcpEntrance extends Entrance {
  private final int port;

  TcpEntrance(ServerSocketChannel channel) throws IOException {
    super(channel);
    port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  @Override public Transport transport(SocketChannel accepted) throws IOException {
    return new TcpTransport(accepted);
  }

  @Override public int port() {
    return port;
  }
}
