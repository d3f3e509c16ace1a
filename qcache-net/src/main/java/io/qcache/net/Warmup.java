package io.qcache.net;

import io.qcache.resp.GrowingOutput;
import io.qcache.resp.ReplyWriter;
import io.qcache.resp.RequestParser;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Has the JVM load and check the classes that the first connection needs, on another processor, while the main thread
 * reads the options and opens the store.  Names a class that is no more?  Then a test fails, and the start is a little
 * slower.
 */
final class Warmup extends Thread {
  private static final String SELECTOR_PROVIDER = "java.nio.channels.spi.SelectorProvider";
  private static final String EPOLL = "sun.nio.ch.EPollSelectorProvider";

  static final String[] FIRST = {
    "io.qcache.keyspace.KeyedHash", "io.qcache.keyspace.SipHash", "io.qcache.engine.Engine", "io.qcache.net.room.Rooms",
  };
  static final String[] CLASSES = {
    "io.qcache.net.loop.Loops", "io.qcache.net.transport.Entrance", "io.qcache.net.transport.Binding",
    "io.qcache.net.transport.TcpEntrance", "io.qcache.net.loop.EventLoop", "io.qcache.net.loop.Listener",
    "io.qcache.net.loop.EventLoop$Arrival", "io.qcache.net.loop.Connection", "io.qcache.net.loop.Kept",
    "io.qcache.net.loop.Unsent", "io.qcache.net.loop.Inbound", "io.qcache.net.loop.Outbound",
    "io.qcache.net.loop.LoopOutput", "io.qcache.net.transport.TcpTransport", "io.qcache.net.loop.Admission",
    "io.qcache.net.SessionConversation",
    "io.qcache.net.session.Session", "io.qcache.net.session.Call", "io.qcache.net.session.Transaction",
    "io.qcache.net.session.Queue", "io.qcache.engine.Slices", "io.qcache.engine.Watch",
  };

  Warmup() {
    super("qcache-warmup");
    setDaemon(true);
  }

  /**
   * Spares the JDK the search for other implementations of its selectors, which opens every jar there is.  To be called
   * before the first use of a channel; changes nothing where something is set, or on a system without epoll.
   */
  static void chooseSelectors() {
    if (System.getProperty(SELECTOR_PROVIDER) == null) {
      try {
        Class.forName(EPOLL);
        System.setProperty(SELECTOR_PROVIDER, EPOLL);
      } catch (ClassNotFoundException otherSystem) {
        // it has its own
      }
    }
  }

  @Override public void run() {
    try {
      load(FIRST);
      channels();
      conversation();
      load(CLASSES);
    } catch (IOException | ReflectiveOperationException | LinkageError e) {
      return; // the main thread will meet it too
    }
  }

  static void load(String[] names) throws ClassNotFoundException {
    for (String name : names) {
      Class.forName(name);
    }
  }

  private static void channels() throws IOException {
    Selector.open().close();
    ServerSocketChannel.open().close();
    try (SocketChannel channel = SocketChannel.open()) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
  }

  private static void conversation() {
    byte[] ping = "*1\r\n$4\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII);
    new RequestParser().parse(ping, 0, ping.length);
    new ReplyWriter(new GrowingOutput()).simple("PONG");
  }
}
