package io.qcache.benchmarks.soak;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection, with as little on this side as will do.  No wait is longer than twenty seconds. */
final class Peer implements Closeable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final ByteArrayOutputStream queued = new ByteArrayOutputStream();

  Peer(InetSocketAddress address) throws IOException {
    this(address, 0);
  }

  /** Whose system takes so many bytes before it makes the server wait. */
  Peer(InetSocketAddress address, int receiveBytes) throws IOException {
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(address, PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  void send(String text) throws IOException {
    send(bytes(text));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  void queue(String text) {
    queued.writeBytes(bytes(text));
  }

  /** SET of the value's first bytes; with so many milliseconds to live, where that is not 0. */
  void queueSet(String key, byte[] value, int length, int millis) {
    queue((millis > 0 ? "*5" : "*3") + "\r\n$3\r\nSET\r\n$" + key.length() + "\r\n" + key + "\r\n$" + length + "\r\n");
    queued.write(value, 0, length);
    String text = Integer.toString(millis);
    queue(millis > 0 ? "\r\n$2\r\nPX\r\n$" + text.length() + "\r\n" + text + "\r\n" : "\r\n");
  }

  void sendQueued() throws IOException {
    queued.writeTo(socket.getOutputStream());
    queued.reset();
  }

  void set(String key, byte[] value) throws IOException {
    queueSet(key, value, value.length, 0);
    sendQueued();
    expect("", "+OK");
  }

  void expect(String command, String reply) throws IOException {
    send(command);
    String line = line();
    if (!line.equals(reply)) {
      throw new IOException("replied " + line + " and not " + reply);
    }
  }

  /** The field of INFO. */
  String info(String field) throws IOException {
    send("INFO\r\n");
    String text = new String(in.readNBytes(Integer.parseInt(line().substring(1)) + 2), StandardCharsets.ISO_8859_1);
    int at = text.indexOf("\n" + field + ":");
    if (at < 0) {
      throw new IOException("INFO does not tell " + field);
    }
    return text.substring(at + field.length() + 2, text.indexOf('\r', at + 1));
  }

  /** Reads so many replies that are a line or a bulk string; an error is one too. */
  void skipReplies(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      String line = line();
      if (line.startsWith("$") && !line.equals("$-1")) {
        in.skipNBytes(Integer.parseInt(line.substring(1)) + 2L);
      } else if (!line.startsWith("+") && !line.startsWith("$")) {
        throw new IOException("replied " + line);
      }
    }
  }

  /** Waits for a byte. */
  void readOne() throws IOException {
    in.read();
  }

  /** Reads until the server closes. */
  void readAll() throws IOException {
    in.transferTo(java.io.OutputStream.nullOutputStream());
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed after '" + line + "'");
      }
      line.append((char) c);
    }
    return line.substring(0, Math.max(0, line.length() - 1));
  }

  /** Closes with a reset instead of an end. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    close();
  }

  @Override public void close() throws IOException {
    socket.close();
  }
}
