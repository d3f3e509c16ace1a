package io.qcache.engine;

import io.qcache.Failure;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The bytes that an engine holds, and the bound on them: pages, tables, chunks, ghosts and hints of all databases.
 * Sections tell what they have taken or given at the end of each hold, which is seldom more than never, since they take
 * whole pages.
 *
 * <p>Enforced before a write takes its stripes: while the bound would be passed, the policy drops a page after the
 * other, and where it drops nothing, dead bytes are squeezed out; when none are left the write is refused.  So nobody
 * waits for that under a stripe, and what was let in may finish; what it took beyond its arguments is made up for before
 * it returns.  While nothing runs, the bound is passed by no more than a page a stripe.
 */
public final class Memory {
  /** How many sums of what pages and large values hold there are: for each set of these bits, those who have them. */
  public static final int HELD = 4;
  /** Of the main queue. */
  public static final int MAIN = 1;
  /** With a deadline. */
  public static final int VOLATILE = 2;
  private static final long ON_ACCOUNT = 64 << 10; // what brings less may pass the bound together with others

  private final Engine engine;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong onAccount = new AtomicLong(); // of writes that were let in and are not done
  private final AtomicLongArray held = new AtomicLongArray(HELD);
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
   * Sets the bound from now on, 0 for half of the heap.  What is above it is dropped bit by bit, by upkeep and by those
   * who write; where nothing may be dropped it stays, and writes are refused until it fits.
   *
   * @throws IllegalArgumentException where it is negative or above three quarters of the heap, naming both
   */
  public void maxBytes(long bytes) {
    maxBytes = bytes == 0 ? presetBytes() : checked(bytes);
    if (!hasRoom(0)) {
      engine.evictor().lowered();
    }
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

  /** Called by a section whose pages with these bits, and the large values that they lead to, hold more or less. */
  public void addHeld(int bits, long bytes) {
    held.addAndGet(bits, bytes);
  }

  /** The bytes of all pages with these bits and of the large values that their records lead to. */
  public long heldBytes(int bits) {
    return held.get(bits);
  }

  /** The bytes that writes under way bring, of those that bring much. */
  public long onAccount() {
    return onAccount.get();
  }

  /** Whether so many bytes more fit. */
  public boolean hasRoom(long bytes) {
    return used.get() + onAccount.get() + bytes <= maxBytes;
  }

  /** Whether the bound is passed, as one that was lowered may be, and nothing can be dropped for it.  Under no stripe. */
  public boolean isExceeded() {
    return used.get() > maxBytes && !engine.evictor().makeRoom(0, 0) && !squeeze(0);
  }

  /**
   * Lets a write in whose arguments are that long.  Under no stripe.
   *
   * @return the bytes that it has on account until {@link #settle}
   * @throws Signal {@link Failure#MEMORY_LIMIT} where there is no room for it
   */
  long admit(long arriving) {
    if (arriving > maxBytes) { // would never fit: nothing is dropped for it
      throw Signal.of(Failure.MEMORY_LIMIT);
    }
    if (arriving < ON_ACCOUNT) {
      requireRoom(arriving, arriving);
      return 0;
    }
    onAccount.addAndGet(arriving);
    try {
      requireRoom(0, arriving);
    } catch (Throwable refused) {
      settle(arriving);
      throw refused;
    }
    return arriving;
  }

  /** What had these bytes on account is done, and what it has taken is counted. */
  public void settle(long bytes) {
    if (bytes != 0) {
      onAccount.addAndGet(-bytes);
    }
  }

  /** For a write of so many bytes, of which {@code more} are not on account. */
  private void requireRoom(long more, long arriving) {
    if (!hasRoom(more) && !engine.evictor().makeRoom(more, arriving) && !squeeze(more)) {
      throw Signal.of(Failure.MEMORY_LIMIT);
    }
  }

  /** After a write, under no stripe: it may have taken more than it brought. */
  public void makeRoomForSurplus() {
    if (used.get() > maxBytes) {
      engine.evictor().makeRoom(0, 0);
    }
  }

  private boolean squeeze(long more) {
    boolean cleaned = true;
    while (cleaned) {
      cleaned = false;
      for (int i = 0; i < engine.stripes(); i++) {
        cleaned |= engine.stripe(i).squeeze();
        if (hasRoom(more)) {
          return true;
        }
      }
    }
    return false;
  }
}
