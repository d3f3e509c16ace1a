package io.qcache.net.clients;

import io.qcache.resp.GrowingOutput;
import io.qcache.resp.Reply;
import io.qcache.resp.ReplyReader;
import io.qcache.resp.RequestWriter;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A socket that says word for word what a test tells it to.  One thread. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Socket socket = new Socket();
  private final ReplyReader reader = new ReplyReader();
  private final GrowingOutput out = new GrowingOutput();
  private final RequestWriter writer = new RequestWriter(out);
  private final byte[] buffer = new byte[16 << 10];

  RawClient(InetSocketAddress address) throws IOException {
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(address, TIMEOUT_MILLIS);
  }

  Reply ask(String... words) throws IOException {
    add(words);
    flush();
    return receive();
  }

  /** Keeps a command for the next {@link #flush()}. */
  RawClient add(String... words) {
    writer.command(words.length);
    for (String word : words) {
      writer.argument(word);
    }
    return this;
  }

  void flush() throws IOException {
    socket.getOutputStream().write(out.toByteArray());
    out.clear();
  }

  Reply receive() throws IOException {
    Reply reply = reader.poll();
    while (reply == null) {
      int read = socket.getInputStream().read(buffer);
      if (read < 0) {
        throw new EOFException("the server closed the connection");
      }
      reader.feed(buffer, 0, read);
      reply = reader.poll();
    }
    return reply;
  }

  @Override public void close() throws IOException {
    socket.close();
  }
}
