package io.qcache.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A directory of the file system. */
record FileDirectory(Path root) implements Directory {
  @Override public String path() {
    return root.toString();
  }

  @Override public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path entry : entries) {
        names.add(entry.getFileName().toString());
      }
    } catch (java.nio.file.DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    Collections.sort(names);
    return names;
  }

  @Override public boolean has(String name) {
    return Files.exists(root.resolve(name));
  }

  @Override public StoredFile create(String name) throws IOException {
    return open(name, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  @Override public StoredFile append(String name) throws IOException {
    return open(name, StandardOpenOption.APPEND);
  }

  @Override public StoredFile read(String name) throws IOException {
    return open(name, StandardOpenOption.READ);
  }

  private StoredFile open(String name, StandardOpenOption... how) throws IOException {
    return new ChannelFile(FileChannel.open(root.resolve(name), how));
  }

  @Override public void rename(String from, String to) throws IOException {
    Files.move(root.resolve(from), root.resolve(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override public void delete(String name) throws IOException {
    Files.deleteIfExists(root.resolve(name));
  }

  @Override public void force() throws IOException {
    if (java.io.File.separatorChar == '\\') {
      return; // Windows opens no directory, and forces the names with the file
    }
    try (FileChannel channel = FileChannel.open(root, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override public Closeable lock(String name) throws IOException {
    FileChannel channel = FileChannel.open(root.resolve(name), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException ownProcess) {
      // as if another process had it
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new DirectoryInUseException(path(), name);
    }
    return channel; // which gives the lock back when it is closed
  }

  private record ChannelFile(FileChannel channel) implements StoredFile {
    @Override public long size() throws IOException {
      return channel.size();
    }

    @Override public int read(ByteBuffer into) throws IOException {
      return channel.read(into);
    }

    @Override public void write(ByteBuffer from) throws IOException {
      while (from.hasRemaining()) {
        channel.write(from);
      }
    }

    @Override public void write(ByteBuffer[] from, int count) throws IOException {
      int next = 0;
      while (true) {
        while (next < count && !from[next].hasRemaining()) {
          next++;
        }
        if (next == count) {
          return;
        }
        channel.write(from, next, count - next);
      }
    }

    @Override public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override public void force() throws IOException {
      channel.force(false); // the length, which reading needs, goes along
    }

    @Override public void close() throws IOException {
      channel.close();
    }
  }
}
