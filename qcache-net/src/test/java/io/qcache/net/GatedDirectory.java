package io.qcache.net;

import io.qcache.disk.Directory;
import io.qcache.disk.StoredFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A directory whose forces of segments wait while it is shut, and whose writes fail while it is full. */
final class GatedDirectory implements Directory {
  private final Directory to;
  private boolean shut; // guarded by this
  private int waiting; // forces; guarded by this
  volatile boolean full;
  volatile boolean forcesFail;

  GatedDirectory(Directory to) {
    this.to = to;
  }

  synchronized void shut(boolean is) {
    shut = is;
    notifyAll();
  }

  synchronized int waiting() {
    return waiting;
  }

  private synchronized void pass() {
    waiting++;
    while (shut) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    waiting--;
  }

  private void requireRoom() throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
  }

  @Override public String path() {
    return to.path();
  }

  @Override public List<String> names() throws IOException {
    return to.names();
  }

  @Override public boolean has(String name) {
    return to.has(name);
  }

  @Override public StoredFile create(String name) throws IOException {
    return new Gated(to.create(name), name.endsWith(".aof"));
  }

  @Override public StoredFile append(String name) throws IOException {
    return new Gated(to.append(name), name.endsWith(".aof"));
  }

  @Override public StoredFile read(String name) throws IOException {
    return to.read(name);
  }

  @Override public void rename(String from, String name) throws IOException {
    to.rename(from, name);
  }

  @Override public void delete(String name) throws IOException {
    to.delete(name);
  }

  @Override public void force() throws IOException {
    to.force();
  }

  @Override public Closeable lock(String name) throws IOException {
    return to.lock(name);
  }

  private final class Gated implements StoredFile {
    private final StoredFile file;
    private final boolean segment;

    Gated(StoredFile file, boolean segment) {
      this.file = file;
      this.segment = segment;
    }

    @Override public long size() throws IOException {
      return file.size();
    }

    @Override public int read(ByteBuffer into) throws IOException {
      return file.read(into);
    }

    @Override public void write(ByteBuffer from) throws IOException {
      requireRoom();
      file.write(from);
    }

    @Override public void write(ByteBuffer[] from, int count) throws IOException {
      requireRoom();
      file.write(from, count);
    }

    @Override public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override public void force() throws IOException {
      if (segment) {
        pass();
        if (forcesFail) {
          throw new IOException("Input/output error");
        }
      }
      file.force();
    }

    @Override public void close() throws IOException {
      file.close();
    }
  }
}
