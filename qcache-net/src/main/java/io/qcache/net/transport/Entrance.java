package io.qcache.net.transport;

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
  public static List<Entrance> openAll(Options options) throws IOException {
    List<Entrance> entrances = new ArrayList<>();
    boolean alone = options.text(Option.UNIXSOCKET).isEmpty();
    try {
      if (options.number(Option.PORT) != 0 || alone) {
        addTcp(options, entrances);
      }
      if (!alone) {
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

  private static void addTcp(Options options, List<Entrance> entrances) throws IOException {
    long port = options.number(Option.PORT);
    for (ServerSocketChannel channel : Binding.open(options, port == FREE ? 0 : (int) port)) {
      entrances.add(new TcpEntrance(channel));
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
