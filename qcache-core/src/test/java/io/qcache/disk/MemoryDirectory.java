package io.qcache.disk;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A directory in memory for tests, which counts the operations that change something, lets the n-th fail, and knows what
 * would be left had the power gone: of files what was forced, of names those of the last {@link #force()}.
 * <pre>
 *   for (int n = 1; ; n++) {
 *     MemoryDirectory disk = new MemoryDirectory();
 *     disk.failAt(n, half);               // whole: nothing of it happens; half: half of the bytes, or all of a rename
 *     history(disk);                      // sees the IOException
 *     check(disk.afterPowerLoss());       // or disk.afterKill()
 *     if (disk.operations() &lt; n) break; // it never came that far
 *   }
 * </pre>
 * Thread-safe.
 */
public final class MemoryDirectory implements Directory {
  private static final class Content {
    private byte[] bytes = {};
    private int length;
    private byte[] forced = {};

    private void append(ByteBuffer from, int count) {
      if (bytes.length - length < count) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
      }
      from.get(bytes, length, count);
      length += count;
    }

    private byte[] copy() {
      return Arrays.copyOf(bytes, length);
    }
  }

  private final Map<String, Content> names = new TreeMap<>();
  private Map<String, Content> forcedNames = new TreeMap<>();
  private final Set<String> locked = new HashSet<>();
  private final List<String> told = new ArrayList<>();
  private long operations;
  private long failAt = Long.MAX_VALUE;
  private long failures;
  private boolean half;

  /** The n-th operation from now on fails, counted from 1, and so many after it do. */
  public synchronized void failAt(long n, boolean halfDone, long howMany) {
    failAt = operations + n;
    failures = howMany;
    half = halfDone;
  }

  /** The n-th operation from now on fails and all after it do: as for a process that ends there. */
  public void failAt(long n, boolean halfDone) {
    failAt(n, halfDone, Long.MAX_VALUE);
  }

  /** How many operations there were that change something. */
  public synchronized long operations() {
    return operations;
  }

  /** Each of them, as text: "write dump.rdb 120". */
  public synchronized List<String> told() {
    return List.copyOf(told);
  }

  /** A directory with what is left after the power has gone. */
  public synchronized MemoryDirectory afterPowerLoss() {
    MemoryDirectory left = new MemoryDirectory();
    forcedNames.forEach((name, content) -> left.put(name, content.forced));
    return left;
  }

  /** A directory with what is left when the process alone ends. */
  public synchronized MemoryDirectory afterKill() {
    MemoryDirectory left = new MemoryDirectory();
    names.forEach((name, content) -> left.put(name, content.copy()));
    return left;
  }

  /** Puts a file there, forced. */
  public synchronized void put(String name, byte[] bytes) {
    Content content = new Content();
    content.bytes = bytes.clone();
    content.length = bytes.length;
    content.forced = bytes.clone();
    names.put(name, content);
    forcedNames.put(name, content);
  }

  /** All bytes of the file. */
  public synchronized byte[] bytes(String name) throws NoSuchFileException {
    return content(name).copy();
  }

  private Content content(String name) throws NoSuchFileException {
    Content content = names.get(name);
    if (content == null) {
      throw new NoSuchFileException(name);
    }
    return content;
  }

  /** Notes an operation; whether it is to happen, wholly or by half, before it fails or not. */
  private boolean fails(String what) {
    told.add(what);
    operations++;
    return operations >= failAt && operations - failAt < failures;
  }

  private static IOException failed(String what) {
    return new IOException("a test lets it fail: " + what);
  }

  /** Does something that is done or not; the half of it is all of it, and the failure. */
  private void operate(String what, Runnable operation) throws IOException {
    boolean fails = fails(what);
    if (!fails || half) {
      operation.run();
    }
    if (fails) {
      throw failed(what);
    }
  }

  @Override public String path() {
    return "(memory)";
  }

  @Override public synchronized List<String> names() {
    return List.copyOf(names.keySet());
  }

  @Override public synchronized boolean has(String name) {
    return names.containsKey(name);
  }

  @Override public synchronized StoredFile create(String name) throws IOException {
    operate("create " + name, () -> names.put(name, new Content()));
    return new MemoryFile(name, names.get(name));
  }

  @Override public synchronized StoredFile append(String name) throws IOException {
    return new MemoryFile(name, content(name));
  }

  @Override public synchronized StoredFile read(String name) throws IOException {
    return new MemoryFile(name, content(name));
  }

  @Override public synchronized void rename(String from, String to) throws IOException {
    content(from);
    operate("rename " + from + " " + to, () -> names.put(to, names.remove(from)));
  }

  @Override public synchronized void delete(String name) throws IOException {
    operate("delete " + name, () -> names.remove(name));
  }

  @Override public synchronized void force() throws IOException {
    operate("force directory", () -> forcedNames = new TreeMap<>(names));
  }

  @Override public synchronized Closeable lock(String name) throws IOException {
    if (!locked.add(name)) {
      throw new DirectoryInUseException(path(), name);
    }
    return () -> {
      synchronized (this) {
        locked.remove(name);
      }
    };
  }

  private final class MemoryFile implements StoredFile {
    private final String name;
    private final Content content;
    private int readAt;

    MemoryFile(String name, Content content) {
      this.name = name;
      this.content = content;
    }

    @Override public long size() {
      synchronized (MemoryDirectory.this) {
        return content.length;
      }
    }

    @Override public int read(ByteBuffer into) {
      synchronized (MemoryDirectory.this) {
        if (readAt >= content.length) {
          return -1;
        }
        int count = Math.min(into.remaining(), content.length - readAt);
        into.put(content.bytes, readAt, count);
        readAt += count;
        return count;
      }
    }

    @Override public void write(ByteBuffer from) throws IOException {
      synchronized (MemoryDirectory.this) {
        String what = "write " + name + " " + from.remaining();
        boolean fails = fails(what);
        content.append(from, !fails ? from.remaining() : half ? from.remaining() / 2 : 0);
        if (fails) {
          throw failed(what);
        }
      }
    }

    @Override public void write(ByteBuffer[] from, int count) throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int i = 0; i < count; i++) {
        byte[] bytes = new byte[from[i].remaining()];
        from[i].get(bytes);
        all.writeBytes(bytes);
      }
      write(ByteBuffer.wrap(all.toByteArray()));
    }

    @Override public void truncate(long size) throws IOException {
      synchronized (MemoryDirectory.this) {
        operate("truncate " + name + " " + size, () -> content.length = (int) Math.min(size, content.length));
      }
    }

    @Override public void force() throws IOException {
      synchronized (MemoryDirectory.this) {
        String what = "force " + name;
        boolean fails = fails(what);
        byte[] now = content.copy();
        if (!fails) {
          content.forced = now;
          return;
        }
        if (half && now.length > content.forced.length) {
          content.forced = Arrays.copyOf(now, (now.length + content.forced.length) / 2);
        }
        throw failed(what);
      }
    }

    @Override public void close() {}
  }
}
