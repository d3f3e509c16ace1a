package io.qcache.net.transport;

import io.qcache.net.option.Option;
import io.qcache.net.option.Options;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Opens a port at all addresses that the option {@code bind} names. */
final class Binding {
  private static final String ALL_OF_4 = "*";
  private static final String ALL_OF_6 = "::*";
  private static final int FREE_PORT_TRIES = 20;

  private final int backlog;
  private final List<ServerSocketChannel> channels = new ArrayList<>();
  private int port;

  private Binding(int port, int backlog) {
    this.port = port;
    this.backlog = backlog;
  }

  /** Non-blocking channels, all on that port, 0 for a free one; an IOException names the address that it cannot be. */
  static List<ServerSocketChannel> open(Options options, int port) throws IOException {
    String[] words = split(options.text(Option.BIND));
    for (int left = FREE_PORT_TRIES; ; left--) {
      Binding binding = new Binding(port, (int) options.number(Option.TCP_BACKLOG));
      try {
        binding.openAll(words);
        return binding.channels;
      } catch (BindException taken) {
        binding.closeAll();
        if (port != 0 || left == 1) { // a port that is free at one address may be taken at the next
          throw taken;
        }
      } catch (IOException | RuntimeException e) {
        binding.closeAll();
        throw e;
      }
    }
  }

  private static String[] split(String words) {
    List<String> list = new ArrayList<>();
    for (int from = 0; from < words.length(); ) {
      int end = words.indexOf(' ', from);
      end = end < 0 ? words.length() : end;
      list.add(words.substring(from, end));
      from = end + 1;
    }
    return list.toArray(new String[0]);
  }

  private void openAll(String[] words) throws IOException {
    boolean everything = contains(words, ALL_OF_4) && contains(words, ALL_OF_6);
    if (everything) {
      open(ServerSocketChannel.open(), new InetSocketAddress(port)); // one for both: two would be in each other's way
    }
    for (String word : words) {
      String name = word.startsWith("-") ? word.substring(1) : word;
      boolean isDone = everything && (name.equals(ALL_OF_4) || name.equals(ALL_OF_6));
      if (!isDone) {
        open(name, word.startsWith("-"));
      }
    }
    if (channels.isEmpty()) {
      throw new BindException("none of the addresses of bind '" + String.join(" ", words) + "' is there");
    }
  }

  private static boolean contains(String[] words, String name) {
    for (String word : words) {
      if (word.equals(name) || word.length() == name.length() + 1 && word.startsWith("-") && word.endsWith(name)) {
        return true;
      }
    }
    return false;
  }

  private void open(String name, boolean mayBeMissing) throws IOException {
    try {
      if (name.equals(ALL_OF_4)) {
        open(ServerSocketChannel.open(StandardProtocolFamily.INET), new InetSocketAddress("0.0.0.0", port));
      } else if (name.equals(ALL_OF_6)) {
        open(ServerSocketChannel.open(StandardProtocolFamily.INET6), new InetSocketAddress("::", port));
      } else {
        open(ServerSocketChannel.open(), new InetSocketAddress(InetAddress.getByName(name), port));
      }
    } catch (IOException | UnsupportedOperationException e) {
      if (!mayBeMissing || isTaken(e)) {
        throw named(name, e);
      }
    }
  }

  private void open(ServerSocketChannel channel, InetSocketAddress address) throws IOException {
    channels.add(channel);
    try {
      channel.bind(address, backlog);
      channel.configureBlocking(false);
    } catch (IOException | RuntimeException e) {
      channels.remove(channel);
      Entrance.close(channel);
      throw e;
    }
    port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private static boolean isTaken(Exception e) {
    return e instanceof BindException && String.valueOf(e.getMessage()).contains("in use");
  }

  private BindException named(String name, Exception e) {
    String reason = e instanceof UnknownHostException ? "no such address" : e.getMessage();
    BindException named = new BindException("could not listen on " + name + ':' + port + ": " + reason);
    named.initCause(e);
    return named;
  }

  private void closeAll() {
    for (ServerSocketChannel channel : channels) {
      Entrance.close(channel);
    }
  }
}
