package io.qcache.net.loop;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A plain client: bytes as ISO 8859-1 text; no wait is longer than ten seconds. */
public final class Wire implements Closeable {
  public static final int PATIENCE_MILLIS = 10_000;

  public final Socket socket;
  private final Closeable connection;
  private final InputStream in;
  private final OutputStream out;

  public Wire(int port) throws IOException {
    this(port, 0);
  }

  /** Whose system takes so many bytes at most before it makes the server wait. */
  public Wire(int port, int receiveBytes) throws IOException {
    socket = new Socket();
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
    connection = socket;
  }

  /** Over a socket that is connected. */
  public Wire(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
    connection = socket;
  }

  /** Over a Unix socket, where waits have no end. */
  public Wire(Path path) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    socket = null;
    in = new BufferedInputStream(new ChannelInput(channel), 1 << 16);
    out = new ChannelOutput(channel);
    connection = channel;
  }

  /** The JDK's own stream of a channel lets nobody write while somebody reads. */
  private static final class ChannelInput extends InputStream {
    private final SocketChannel channel;

    ChannelInput(SocketChannel channel) {
      this.channel = channel;
    }

    @Override public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override public int read(byte[] bytes, int offset, int length) throws IOException {
      return channel.read(ByteBuffer.wrap(bytes, offset, length));
    }
  }

  private static final class ChannelOutput extends OutputStream {
    private final SocketChannel channel;

    ChannelOutput(SocketChannel channel) {
      this.channel = channel;
    }

    @Override public void write(int one) throws IOException {
      write(new byte[] {(byte) one});
    }

    @Override public void write(byte[] bytes, int offset, int length) throws IOException {
      channel.write(ByteBuffer.wrap(bytes, offset, length)); // all of it: the channel blocks
    }
  }

  public Wire send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public Wire send(byte[] bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  /** So many bytes. */
  public String read(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the server closed after " + bytes.length + " bytes");
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A command as clients send it. */
  public static String command(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  /** How many bytes have come and are not read. */
  public int available() throws IOException {
    return in.available();
  }

  /** Up to a line feed, without it. */
  public String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed after '" + line + "'");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  /** Sends a line, and reads one. */
  public String ask(String line) throws IOException {
    return send(line + "\n").line();
  }

  /** Reads and forgets so many bytes. */
  public void skip(long count) throws IOException {
    in.skipNBytes(count);
  }

  /** Whether the server closes now; what it still sends is skipped. */
  public boolean isClosed() throws IOException {
    try {
      while (in.read() >= 0) {
        continue;
      }
      return true;
    } catch (java.net.SocketTimeoutException open) {
      return false;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  @Override public void close() throws IOException {
    connection.close();
  }

  /** What becomes true. */
  public interface Condition {
    boolean holds() throws Exception;
  }

  /** Waits for it; an AssertionError after ten seconds. */
  public static void await(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE_MILLIS + " ms: " + what);
      }
      Thread.sleep(2);
    }
  }
}
