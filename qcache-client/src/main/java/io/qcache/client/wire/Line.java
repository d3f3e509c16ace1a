package io.qcache.client.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;

/**
 * What a connection's bytes travel over, between two threads at most: one that reads, and one at a time that writes.  It
 * does not block.
 */
interface Line extends WritableByteChannel {
  /** Waits until the socket is ready for that; throws at the deadline. */
  interface Wait {
    void until(int operations) throws IOException;
  }

  /** Comes to terms with the server, before anything is read or written. */
  void open(Wait wait) throws IOException;

  /** Reads what is there, -1 at the end. */
  int read(ByteBuffer into) throws IOException;

  /** Whether something that was written is held back, so that {@link #flush} is due when the socket takes more. */
  boolean isHolding();

  void flush() throws IOException;

  /** The socket as it is. */
  record Plain(SocketChannel socket) implements Line {
    @Override public void open(Wait wait) {
      // there is nothing to agree on
    }

    @Override public int read(ByteBuffer into) throws IOException {
      return socket.read(into);
    }

    @Override public int write(ByteBuffer from) throws IOException {
      return socket.write(from);
    }

    @Override public boolean isHolding() {
      return false;
    }

    @Override public void flush() {
      // nothing is held
    }

    @Override public boolean isOpen() {
      return socket.isOpen();
    }

    @Override public void close() throws IOException {
      socket.close();
    }
  }

  /** To wait for. */
  int READ = SelectionKey.OP_READ;
  int WRITE = SelectionKey.OP_WRITE;
}
