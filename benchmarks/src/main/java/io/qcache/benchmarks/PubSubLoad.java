package io.qcache.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What does a server's own CPU pay for a message that goes to many?  Subscribers read, one connection publishes in
 * pipelines, and the server's INFO tells what it took.  Or with silent ones: what do subscribers cost that never read?
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.qcache.benchmarks.PubSubLoad HOST:PORT messages bytes subscribers pipeline [silent]
 * }</pre>
 */
public final class PubSubLoad {
  private static final int READ_BYTES = 256 << 10;

  private final InetSocketAddress address;
  private final int messages;
  private final int bytes;

  private PubSubLoad(InetSocketAddress address, int messages, int bytes) {
    this.address = address;
    this.messages = messages;
    this.bytes = bytes;
  }

  public static void main(String[] args) throws Exception {
    String[] at = args[0].split(":");
    PubSubLoad load = new PubSubLoad(new InetSocketAddress(at[0], Integer.parseInt(at[1])),
        Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    load.run(Integer.parseInt(args[3]), Integer.parseInt(args[4]), args.length > 5 ? Integer.parseInt(args[5]) : 0);
  }

  private void run(int subscribers, int pipeline, int silent) throws Exception {
    List<Socket> never = new ArrayList<>();
    for (int i = 0; i < silent; i++) {
      never.add(subscribed());
    }
    Reader reader = new Reader(subscribers);
    double cpu = info("used_cpu_user") + info("used_cpu_sys");
    double resident = info("used_memory_rss");
    long start = System.nanoTime();
    Thread reading = new Thread(reader);
    reading.start();
    publish(pipeline);
    reading.join();
    double seconds = (System.nanoTime() - start) / 1e9;
    cpu = info("used_cpu_user") + info("used_cpu_sys") - cpu;
    System.out.printf("%d messages of %d bytes to %d (and %d silent), pipeline %d: %.1f s, server CPU %.2f s, %.0f ns a "
            + "delivery, resident %+.1f MiB%n", messages, bytes, subscribers, silent, pipeline, seconds, cpu,
        cpu * 1e9 / messages / subscribers, (info("used_memory_rss") - resident) / (1 << 20));
    for (Socket each : never) {
      each.close();
    }
  }

  private Socket subscribed() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(64 << 10);
    socket.connect(address);
    socket.getOutputStream().write("SUBSCRIBE c\r\n".getBytes(StandardCharsets.US_ASCII));
    socket.getInputStream().readNBytes("*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n".length());
    return socket;
  }

  private void publish(int pipeline) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      socket.setTcpNoDelay(true);
      String one = "*3\r\n$7\r\nPUBLISH\r\n$1\r\nc\r\n$" + bytes + "\r\n" + "x".repeat(bytes) + "\r\n";
      byte[] many = one.repeat(pipeline).getBytes(StandardCharsets.US_ASCII);
      InputStream in = socket.getInputStream();
      byte[] replies = new byte[READ_BYTES];
      for (int sent = 0; sent < messages; sent += pipeline) {
        socket.getOutputStream().write(many);
        for (int lines = 0; lines < pipeline; ) {
          int count = in.read(replies);
          for (int i = 0; i < count; i++) {
            lines += replies[i] == '\n' ? 1 : 0;
          }
        }
      }
    }
  }

  private double info(String field) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address);
      socket.getOutputStream().write("INFO\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      for (String line : new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1).split("\r\n")) {
        if (line.startsWith(field + ":")) {
          return Double.parseDouble(line.substring(field.length() + 1));
        }
      }
      throw new IOException("INFO does not tell " + field);
    }
  }

  /** All that read, on one thread, until each has had every byte. */
  private final class Reader implements Runnable {
    private final Selector selector = Selector.open();
    private final long each;
    private int left;

    Reader(int subscribers) throws IOException {
      each = messages * (long) ("*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$" + bytes + "\r\n\r\n").length() + messages * (long) bytes;
      left = subscribers;
      for (int i = 0; i < subscribers; i++) {
        SocketChannel channel = SocketChannel.open(address);
        channel.write(ByteBuffer.wrap("SUBSCRIBE c\r\n".getBytes(StandardCharsets.US_ASCII)));
        channel.socket().getInputStream().readNBytes("*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n".length());
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new long[] {0});
      }
    }

    @Override public void run() {
      ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
      try {
        while (left > 0) {
          selector.select(key -> read(key, buffer));
        }
        selector.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private void read(SelectionKey key, ByteBuffer buffer) {
      try {
        long[] had = (long[]) key.attachment();
        int count = ((SocketChannel) key.channel()).read(buffer.clear());
        had[0] += Math.max(0, count);
        if (had[0] >= each || count < 0) {
          System.out.print(count < 0 ? "a subscriber was cut\n" : "");
          left--;
          key.channel().close();
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
