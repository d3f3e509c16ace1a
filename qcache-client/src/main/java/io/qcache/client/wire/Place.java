package io.qcache.client.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a server is; an immutable value, whose text is for messages. */
public sealed interface Place {
  /** What to connect to, one after the other until one succeeds; looks the name up. */
  List<SocketAddress> addresses() throws IOException;

  /** A socket that can be connected there, and does not block. */
  SocketChannel open() throws IOException;

  /** A TCP port of a host. */
  record Tcp(String host, int port) implements Place {
    @Override public List<SocketAddress> addresses() throws IOException {
      List<SocketAddress> all = new ArrayList<>();
      for (InetAddress address : InetAddress.getAllByName(host)) {
        all.add(new InetSocketAddress(address, port));
      }
      return all;
    }

    @Override public SocketChannel open() throws IOException {
      SocketChannel socket = SocketChannel.open();
      socket.configureBlocking(false);
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      return socket;
    }

    @Override public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  /** A Unix socket of this computer. */
  record Unix(Path path) implements Place {
    @Override public List<SocketAddress> addresses() throws IOException {
      try {
        return List.of(UnixDomainSocketAddress.of(path));
      } catch (IllegalArgumentException | UnsupportedOperationException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override public SocketChannel open() throws IOException {
      SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
      socket.configureBlocking(false);
      return socket;
    }

    @Override public String toString() {
      return path.toString();
    }
  }
}
