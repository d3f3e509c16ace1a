package io.qcache.offline;

import io.qcache.disk.StoredFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/** A stream in place of a file that is written from its beginning to its end, such as the standard output.  For one thread. */
final class Streamed implements StoredFile {
  private final OutputStream stream;
  private final WritableByteChannel channel;
  private long size;

  Streamed(OutputStream stream) {
    this.stream = stream;
    this.channel = Channels.newChannel(stream);
  }

  @Override public long size() {
    return size;
  }

  @Override public int read(ByteBuffer into) {
    throw new UnsupportedOperationException("a stream that is written");
  }

  @Override public void write(ByteBuffer from) throws IOException {
    size += from.remaining();
    while (from.hasRemaining()) {
      channel.write(from);
    }
  }

  @Override public void write(ByteBuffer[] from, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      write(from[i]);
    }
  }

  @Override public void truncate(long to) {
    throw new UnsupportedOperationException("a stream that is written");
  }

  @Override public void force() throws IOException {
    stream.flush();
  }

  @Override public void close() throws IOException {
    stream.flush(); // and leave it open, for it is the caller's
  }
}
