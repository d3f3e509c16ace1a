package io.qcache.net.transport;

import io.qcache.net.option.Option;
import io.qcache.net.option.Options;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A Unix socket. */
final class UnixEntrance extends Entrance {
  private final SocketFile file;
  private final String address;

  private UnixEntrance(ServerSocketChannel channel, SocketFile file, String address) {
    super(channel);
    this.file = file;
    this.address = address;
  }

  /** Where the options say; an IOException names the path. */
  static UnixEntrance open(Options options) throws IOException {
    SocketFile file = null;
    ServerSocketChannel channel = null;
    try {
      file = new SocketFile(options.path(Option.UNIXSOCKET));
      file.requireFree();
      channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      Path aside = file.prepare();
      channel.bind(UnixDomainSocketAddress.of(aside), (int) options.number(Option.TCP_BACKLOG));
      channel.configureBlocking(false);
      file.publish((int) options.number(Option.UNIXSOCKETPERM));
      return new UnixEntrance(channel, file, options.text(Option.UNIXSOCKET).concat(":0"));
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      if (channel != null) {
        close(channel);
      }
      throw named(options.text(Option.UNIXSOCKET), e);
    } finally {
      if (file != null) {
        file.tidy();
      }
    }
  }

  private static BindException named(String path, Exception e) {
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    BindException named = new BindException("could not listen on " + path + ": " + reason);
    named.initCause(e);
    return named;
  }

  @Override public Transport transport(SocketChannel accepted) {
    return new UnixTransport(accepted, address);
  }

  @Override public int port() {
    return 0;
  }

  @Override public void close() {
    if (channel().isOpen()) {
      file.remove(); // first: who connects to a file that is still there is let in
    }
    super.close();
  }
}
