package io.qcache.net.differential;

import io.qcache.resp.ProtocolException;
import io.qcache.resp.ReplyParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A plain socket to a server: bytes out, whole replies in, framed by our own parser.  One thread. */
final class Connection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Socket socket = new Socket();
  private final ReplyParser parser = new ReplyParser();
  private final byte[] buffer = new byte[64 << 10];
  private int from;
  private int to;

  Connection(InetSocketAddress address) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(address, TIMEOUT_MILLIS);
  }

  /** Writes all of them; a server that has closed the connection shows with the next {@link #receive()}. */
  void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      // Reading what came before the close, and then the close, is what the comparison is about.
      from = Math.min(from, to);
    }
  }

  /** Says that nothing more will be sent. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** The next whole reply; {@link Frame#CLOSED} or {@link Frame#SILENCE} if there is none. */
  Frame receive() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try {
      while (true) {
        int event = parser.next(buffer, from, to);
        whole.write(buffer, from, parser.consumed());
        from += parser.consumed();
        if (event == ReplyParser.NEED_MORE) {
          fill();
        } else if (parser.complete()) {
          return Frame.of(whole.toByteArray());
        }
      }
    } catch (SocketTimeoutException e) {
      return Frame.SILENCE;
    } catch (IOException e) {
      return Frame.CLOSED;
    } catch (ProtocolException e) {
      whole.write(buffer, from, to - from);
      return Frame.garbage(e.getMessage(), whole.toByteArray());
    }
  }

  /** Everything up to the end of the stream, unframed; what came so far if the server does not close. */
  byte[] receiveAll(int timeoutMillis) throws IOException {
    socket.setSoTimeout(timeoutMillis);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(buffer, from, to - from);
    from = to;
    try {
      InputStream in = socket.getInputStream();
      int read;
      while ((read = in.read(buffer)) >= 0) {
        whole.write(buffer, 0, read);
      }
    } catch (SocketTimeoutException e) {
      whole.writeBytes(" <still open>".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // A reset after the last byte is a close too: which of both arrives depends on unread input.
    }
    return whole.toByteArray();
  }

  private void fill() throws IOException {
    int read = socket.getInputStream().read(buffer);
    if (read < 0) {
      throw new java.io.EOFException();
    }
    from = 0;
    to = read;
  }

  @Override public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
