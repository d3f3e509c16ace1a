package io.qcache.net.transport;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A TCP port for TLS, at one address or all. */
final class TlsEntrance extends TcpEntrance {
  private final Tls tls;

  TlsEntrance(ServerSocketChannel channel, Tls tls) throws IOException {
    super(channel);
    this.tls = tls;
  }

  @Override public Transport transport(SocketChannel accepted) throws IOException {
    return new TlsTransport(accepted, tls);
  }

  @Override public boolean isPlain() {
    return false;
  }

  @Override public void close() {
    super.close();
    tls.close();
  }
}
