package io.qcache.net.transport;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/** Has the system ask a silent peer whether it is there.  A holder: the JDK's extended options cost a start-up time. */
final class KeepAlive {
  private static final int PROBES = 3;

  private KeepAlive() {}

  /** Asks after so many seconds, then three times within as many; not at all for 0. */
  static void set(SocketChannel channel, int seconds) {
    try {
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, seconds > 0);
      if (seconds > 0) {
        set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, seconds);
        set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, Math.max(1, seconds / PROBES));
        set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
      }
    } catch (IOException closed) {
      // whoever closed it knows
    }
  }

  private static void set(SocketChannel channel, SocketOption<Integer> option, int value) throws IOException {
    if (channel.supportedOptions().contains(option)) {
      channel.setOption(option, value);
    }
  }
}
