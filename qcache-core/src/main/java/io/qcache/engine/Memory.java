package io.qcache.engine;

import io.qcache.Failure;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that an engine holds, and the bound on them: pages, tables, chunks and hints of all databases.  Sections
 * tell what
 * they have taken or given at the end of each hold, which is seldom more than never, since they take whole pages.
 *
 * <p>Enforced before a write takes its stripes: while the bound would be passed, dead bytes are squeezed out, a page at
 * a
 * time; when none are left the write is refused.  So nobody waits for that under a stripe, and what was let in may
 * finish: the
 * bound can be passed by a page a stripe and by what a command adds beyond its arguments.
 */
public final class Memory {
  private final Engine engine;
  private final AtomicLong used = new AtomicLong();
  private volatile long maxBytes;

  Memory(Engine engine, long maxBytes) {
    this.engine = engine;
    this.maxBytes = maxBytes;
  }

  /** The bound where none is given: half of the JVM's heap. */
  static long presetBytes() {
    return Runtime.getRuntime().maxMemory() / 2;
  }

  /** The greatest bound: three quarters of the JVM's heap, since the rest is needed to work with. */
  static long mostBytes() {
    return Runtime.getRuntime().maxMemory() / 4 * 3;
  }

  /**
   * Sets the bound from now on, 0 for half of the heap.  What is above it stays; writes are refused until it fits.
   *
   * @throws IllegalArgumentException where it is negative or above three quarters of the heap, naming both
   */
  public void maxBytes(long bytes) {
    maxBytes = bytes == 0 ? presetBytes() : checked(bytes);
  }

  static long checked(long bytes) {
    if (bytes < 0 || bytes > mostBytes()) {
      throw new IllegalArgumentException("maxMemory must be from 0 to " + mostBytes() + ", three quarters of the heap: was " + bytes);
    }
    return bytes;
  }

  /** The bytes held now. */
  public long usedBytes() {
    return used.get();
  }

  public long maxBytes() {
    return maxBytes;
  }

  /** Called by a section at the end of a hold. */
  public void add(long bytes) {
    used.addAndGet(bytes);
  }

  /**
   * Lets a write in whose arguments are that long.  Under no stripe.
   *
   * @throws Signal {@link Failure#MEMORY_LIMIT} where there is no room for it
   */
  void admit(long arriving) {
    if (used.get() + arriving > maxBytes) {
      makeRoom(arriving);
    }
  }

  private void makeRoom(long arriving) {
    boolean more = true;
    while (more) {
      more = false;
      for (int i = 0; i < engine.stripes(); i++) {
        more |= engine.stripe(i).squeeze();
        if (used.get() + arriving <= maxBytes) {
          return;
        }
      }
    }
    throw Signal.of(Failure.MEMORY_LIMIT);
  }
}
