package io.qcache.net.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** Over TCP, the bytes as they are. */
public class TcpTransport extends Transport {
  private final InetSocketAddress remote;
  private final InetSocketAddress local;

  /** Of a connected channel that does not block; fails where the peer is gone already. */
  public TcpTransport(SocketChannel channel) throws IOException {
    super(channel);
    this.remote = (InetSocketAddress) channel.getRemoteAddress();
    this.local = (InetSocketAddress) channel.getLocalAddress();
  }

  @Override public void open(Owner owner) throws IOException {
    channel().setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  @Override public void keepAlive(int seconds) {
    KeepAlive.set(channel(), seconds);
  }

  @Override public String remoteAddress() {
    return Addresses.text(remote);
  }

  @Override public String localAddress() {
    return Addresses.text(local);
  }

  @Override public boolean isLocal() {
    return remote.getAddress().isLoopbackAddress();
  }
}
