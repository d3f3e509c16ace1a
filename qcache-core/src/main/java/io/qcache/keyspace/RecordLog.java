package io.qcache.keyspace;

import java.util.Arrays;

/**
 * The pages of a section and the two places where records are appended.  Guarded by the stripe; readers without the
 * lock take
 * {@link #page} as they find it.
 * <pre>
 *   position (32 bits) = │ page number 17 │ offset / 8: 15 │
 *
 *   pages:   1 ▓▓▓▓░▓▓▓   2 ▓░░░▓▓▓▓   3 ▓▓▓▓▓▓▓▓   4 ▓▓▓▓▓┊     5 ▓▓┊
 *              ▓ live  ░ dead                         plain head   volatile head
 * </pre>
 * Records are appended to a head and die where they are; a page whose records are all dead is given back at once, one
 * with
 * much dead in it is cleaned: its living records move to the head.  Records with a deadline have pages of their own,
 * since
 * what expires together should die together, and volatile policies look at those alone.
 *
 * <p>Pages start small and grow with the section: 1 KiB, doubled with every 64 pages, up to the cap; so an empty
 * section costs
 * nothing and a large one little.  A record larger than that has a page of its own size.
 */
final class RecordLog {
  static final int OFFSET_BITS = 15;
  /** The greatest cap: offsets within a page are 15 bits of 8 bytes. */
  static final int MOST_PAGE_BYTES = 1 << OFFSET_BITS + 3;
  static final int LEAST_PAGE_BYTES = 1 << 10;
  private static final int MOST_PAGES = 1 << Integer.SIZE - OFFSET_BITS;
  static final int NO_PAGE = 0; // page numbers begin at 1, so that a position is never 0
  private static final int PAGES_A_SIZE = 64;
  private static final int OVERHEAD = 16 + 8 + 4 + 4 + 4 + 1; // of the array and its places here

  private byte[][] pages = new byte[4][];
  private int[] fill = new int[4]; // bytes appended
  private int[] live = new int[4]; // bytes of records that are not dead
  // bytes that a snapshot reads without a lock: 0, or what was appended when it began
  private int[] frozen = new int[4];
  private boolean[] isVolatile = new boolean[4];
  private int[] free = new int[0]; // page numbers given back
  private int freeCount;
  private int nextNumber = 1;
  private int count;
  private long allocated; // bytes of all pages with their overhead
  private long dead; // bytes
  private int plainHead = NO_PAGE;
  private int volatileHead = NO_PAGE;
  private int allocations;

  static int number(int position) {
    return position >>> OFFSET_BITS;
  }

  static int position(int number, int offset) {
    return number << OFFSET_BITS | offset / RecordLayout.ALIGNMENT;
  }

  static int offset(int position) {
    return (position & (1 << OFFSET_BITS) - 1) * RecordLayout.ALIGNMENT;
  }

  /** The page of a position; null, or any other page, where the position is out of date. */
  byte[] page(int position) {
    byte[][] all = pages;
    int number = number(position);
    return number < all.length ? all[number] : null;
  }

  long allocated() {
    return allocated;
  }

  long dead() {
    return dead;
  }

  int pageCount() {
    return count;
  }

  /** How many pages were ever allocated. */
  int allocations() {
    return allocations;
  }

  /** The bytes of the page that {@link #reserve} would allocate, 0 where there is room. */
  long missing(long size, boolean withDeadline, int cap) {
    int head = withDeadline ? volatileHead : plainHead;
    return head != NO_PAGE && pages[head].length - fill[head] >= size ? 0 : newPageBytes(size, cap) + OVERHEAD;
  }

  /** Makes room for a record of {@code size} bytes, so that {@link #append} cannot fail. */
  void reserve(long size, boolean withDeadline, int cap) {
    if (missing(size, withDeadline, cap) == 0) {
      return;
    }
    int number = newNumber();
    Allocation.comes();
    byte[] page = new byte[(int) newPageBytes(size, cap)]; // first: what fails here has changed nothing
    if (freeCount > 0) {
      freeCount--;
    } else {
      nextNumber++;
    }
    pages[number] = page;
    isVolatile[number] = withDeadline;
    count++;
    allocations++;
    allocated += page.length + OVERHEAD;
    int old = withDeadline ? volatileHead : plainHead;
    if (withDeadline) {
      volatileHead = number;
    } else {
      plainHead = number;
    }
    freeIfDead(old);
  }

  private long newPageBytes(long size, int cap) {
    int doublings = Math.min(count / PAGES_A_SIZE, 16);
    return Math.max(size, Math.min((long) LEAST_PAGE_BYTES << doublings, cap));
  }

  private int newNumber() {
    if (freeCount > 0) {
      return free[freeCount - 1];
    }
    if (nextNumber == MOST_PAGES) {
      throw new OutOfMemoryError("a section has all of its " + MOST_PAGES + " pages");
    }
    if (nextNumber == pages.length) {
      Allocation.comes();
      int more = Math.min(pages.length * 2, MOST_PAGES);
      fill = Arrays.copyOf(fill, more);
      live = Arrays.copyOf(live, more);
      frozen = Arrays.copyOf(frozen, more);
      isVolatile = Arrays.copyOf(isVolatile, more);
      free = Arrays.copyOf(free, more); // so that giving back never allocates
      pages = Arrays.copyOf(pages, more); // last: the others are as long as this one or longer
    } else if (free.length < pages.length) {
      free = Arrays.copyOf(free, pages.length);
    }
    return nextNumber;
  }

  /** The position for a record of {@code size} bytes, for which room was made, at the head; the caller writes it. */
  int append(long size, boolean withDeadline) {
    int head = withDeadline ? volatileHead : plainHead;
    int at = fill[head];
    fill[head] += (int) size;
    live[head] += (int) size;
    return position(head, at);
  }

  /** Marks the record dead, and gives its page back where it was the last living one. */
  void kill(int position, long size) {
    int number = number(position);
    RecordLayout.setDead(pages[number], offset(position), isFrozen(position));
    live[number] -= (int) size;
    dead += size;
    freeIfDead(number);
  }

  private void freeIfDead(int number) {
    if (number != NO_PAGE && pages[number] != null && live[number] == 0 && number != plainHead && number != volatileHead) {
      free(number);
    }
  }

  private void free(int number) {
    allocated -= pages[number].length + OVERHEAD;
    dead -= fill[number];
    pages[number] = null;
    fill[number] = 0;
    live[number] = 0;
    frozen[number] = 0; // who reads it has the array itself
    free[freeCount++] = number;
    count--;
  }

  /** The page, no head, with the largest part dead, if that is at least {@code 1 / parts} of it; otherwise 0. */
  int worst(int parts) {
    int worst = NO_PAGE;
    double most = 1.0 / parts;
    for (int number = 1; number < nextNumber; number++) {
      if (pages[number] != null && number != plainHead && number != volatileHead) {
        double part = (double) (fill[number] - live[number]) / pages[number].length;
        if (part >= most) {
          worst = number;
          most = part;
        }
      }
    }
    return worst;
  }

  // Snapshots

  /**
   * Whether the record is one that a snapshot reads without a lock, so that nothing but its death may be written there.
   */
  boolean isFrozen(int position) {
    return offset(position) < frozen[number(position)];
  }

  /** Freezes what has been appended so far. */
  FrozenPages freeze() {
    FrozenPages all = new FrozenPages(count);
    for (int number = 1; number < nextNumber; number++) {
      if (pages[number] != null && fill[number] > 0) {
        all.add(number, pages[number], fill[number]);
        frozen[number] = fill[number];
      }
    }
    return all;
  }

  /** The page has been read, or will not be; it may have been given back meanwhile, and its number be another's. */
  void thaw(int number, byte[] page) {
    if (pages[number] != page) {
      return;
    }
    for (int at = 0; at < frozen[number]; at += (int) RecordLayout.size(page, at)) {
      RecordLayout.thaw(page, at);
    }
    frozen[number] = 0;
  }

  boolean isVolatile(int number) {
    return isVolatile[number];
  }

  int fill(int number) {
    return fill[number];
  }

  int live(int number) {
    return live[number];
  }

  byte[] pageOf(int number) {
    return pages[number];
  }

  /** Visits every living record, and checks the sums of each page and of all.  For tests. */
  void check(Records.Visitor visitor) {
    long allBytes = 0;
    long allDead = 0;
    int all = 0;
    for (int number = 1; number < nextNumber; number++) {
      if (pages[number] == null) {
        continue;
      }
      int living = 0;
      for (int at = 0; at < fill[number]; at += (int) RecordLayout.size(pages[number], at)) {
        int header = RecordLayout.intAt(pages[number], at);
        if (!RecordLayout.isDead(header)) {
          Records.require(RecordLayout.hasDeadline(header) == isVolatile[number], "a record on the wrong kind of page", number);
          living += (int) RecordLayout.size(pages[number], at);
          visitor.visit(position(number, at));
        }
      }
      Records.require(living == live[number], "living bytes of page", number);
      allDead += fill[number] - living;
      allBytes += pages[number].length + OVERHEAD;
      all++;
    }
    Records.require(all == count, "pages", all);
    Records.require(allDead == dead, "dead bytes", (int) allDead);
    Records.require(allBytes == allocated, "allocated bytes", (int) allBytes);
  }
}
