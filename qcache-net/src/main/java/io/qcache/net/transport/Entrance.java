package io.qcache.net.transport;

import io.qcache.Log;
import io.qcache.net.option.Option;
import io.qcache.net.option.Options;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Where clients come in: a channel that is listened on, and what a connection accepted there travels over. */
public abstract class Entrance {
  private static final int FREE = -1;

  private final ServerSocketChannel channel;

  /** Of a channel that is bound and does not block. */
  Entrance(ServerSocketChannel channel) {
    this.channel = channel;
  }

  /**
   * All that the options name, at least one.
   *
   * @throws IOException naming what cannot be listened on; then nothing is
   */
  public static List<Entrance> openAll(Options options, Log log) throws IOException {
    List<Entrance> entrances = new ArrayList<>();
    boolean hasPath = !options.text(Option.UNIXSOCKET).isEmpty();
    boolean hasTls = options.isOn(Option.TLS_PORT);
    try {
      if (options.isOn(Option.PORT) || !hasPath && !hasTls) {
        for (ServerSocketChannel channel : channels(options, Option.PORT)) {
          entrances.add(new TcpEntrance(channel));
        }
      }
      if (hasTls) {
        addTls(options, log, entrances);
      }
      if (hasPath) {
        entrances.add(UnixEntrance.open(options));
      }
      return entrances;
    } catch (IOException | RuntimeException e) {
      for (Entrance entrance : entrances) {
        entrance.close();
      }
      throw e;
    }
  }

  private static List<ServerSocketChannel> channels(Options options, Option port) throws IOException {
    long number = options.number(port);
    return Binding.open(options, number == FREE ? 0 : (int) number);
  }

  private static void addTls(Options options, Log log, List<Entrance> entrances) throws IOException {
    Tls tls;
    try {
      tls = new Tls(options, log);
    } catch (IOException e) {
      throw new IOException("could not set up TLS: " + e.getMessage(), e);
    }
    for (ServerSocketChannel channel : channels(options, Option.TLS_PORT)) {
      entrances.add(new TlsEntrance(channel, tls));
    }
  }

  /** To accept from. */
  public final ServerSocketChannel channel() {
    return channel;
  }

  /** What such a connection travels over, which does not block; fails where the peer is gone already. */
  public abstract Transport transport(SocketChannel accepted) throws IOException;

  /** The port, 0 where there is none. */
  public abstract int port();

  /** Whether what is written there reaches the peer as it is. */
  public boolean isPlain() {
    return true;
  }

  /** Lets nobody in any more. */
  public void close() {
    close(channel);
  }

  static void close(Closeable channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // nothing that could be done about it
    }
  }
}
