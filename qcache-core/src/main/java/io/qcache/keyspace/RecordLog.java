package io.qcache.keyspace;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The pages of a section, in the order in which they were opened, and the places where records are appended.  Guarded
 * by the stripe; readers without the lock take {@link #page} as they find it.
 * <pre>
 *   position (32 bits) = │ page number 17 │ offset / 8: 15 │
 *
 *   small:   7 ▓▓░▓▓▓   9 ▓▓▓▓┊        ▓ live  ░ dead  ┊ the head, where records are appended
 *   main:    1 ▓▓▓▓░▓▓▓   2 ▓░░░▓▓▓▓   3 ▓▓▓▓▓▓▓▓   4 ▓▓▓▓▓┊
 *            └ the oldest, walked next
 * </pre>
 * Records are appended to a head and die where they are; a page whose records are all dead is given back at once, one
 * with much dead in it is cleaned: its living records move to the head.
 *
 * <p>A page is of one kind, the sum of {@link #VOLATILE}, {@link #LARGE} and {@link #MAIN}, and each kind has its head
 * and its order.  Records with a deadline have pages of their own, since what expires together should die together, and
 * volatile policies look at those alone; so have handles of large values, of which a page takes no more than weigh a
 * few pages, so that walking it drops not much more than walking another.
 *
 * <p>Pages start small and grow with the section: 1 KiB, doubled with every 8 pages, up to the cap; so an empty
 * section costs nothing and a large one little, and there are few pages, whose lengths each look-up reads.  A record larger
 * than that has a page of its own size.
 */
final class RecordLog {
  /** Of records with a deadline. */
  static final int VOLATILE = 1;
  /** Of records whose value lies behind a handle. */
  static final int LARGE = 2;
  /** Of the main queue, not the small one. */
  static final int MAIN = 4;
  private static final int KINDS = 8;

  static final int OFFSET_BITS = 15;
  /** The greatest cap: offsets within a page are 15 bits of 8 bytes. */
  static final int MOST_PAGE_BYTES = 1 << OFFSET_BITS + 3;
  static final int LEAST_PAGE_BYTES = 1 << 10;
  private static final int HANDLES_PAGE_BYTES = 256;
  private static final int LEAST_WEIGHT = 8 << 10;
  private static final int WEIGHT_PAGES = 4; // as many as that of the cap's size, but at least the above
  private static final int MOST_PAGES = 1 << Integer.SIZE - OFFSET_BITS;
  static final int NO_PAGE = 0; // page numbers begin at 1, so that a position is never 0
  private static final int PAGES_A_SIZE = 8;
  private static final int SAMPLED = 32; // records of a page
  private static final int OVERHEAD = 16 + 8 + 4 * 6 + 8 + 1; // of the array and its places here

  private final Admission admission;
  private byte[][] pages = new byte[4][];
  private int[] fill = new int[4]; // bytes appended
  private int[] live = new int[4]; // bytes of records that are not dead
  // bytes that a snapshot reads without a lock: 0, or what was appended when it began
  private int[] frozen = new int[4];
  private byte[] kind = new byte[4];
  private long[] born = new long[4]; // when it was opened, by the clock of the admission
  private int[] older = new int[4]; // the page opened before it, of its kind
  private int[] newer = new int[4];
  private int[] free = new int[0]; // page numbers given back
  private int freeCount;
  private int nextNumber = 1;
  private int count;
  private final int[] heads = new int[KINDS];
  private final int[] oldest = new int[KINDS];
  private final int[] newest = new int[KINDS];
  private final long[] held = new long[KINDS]; // bytes of the pages and of the large values that their records lead to
  private final long[] headWeight = new long[KINDS]; // bytes of the large values appended since the head was opened
  private long allocated; // bytes of all pages with their overhead
  private long dead; // bytes
  private int allocations;
  private boolean orderChanged;
  private int walked; // the page being walked, over several holds
  private int walkedTo;

  RecordLog(Admission admission) {
    this.admission = admission;
  }

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

  /** Whether {@link #reserve} would open a page. */
  boolean isMissing(long size, int ofKind, int cap) {
    int head = heads[ofKind];
    return head == NO_PAGE || pages[head].length - fill[head] < size
        || (ofKind & LARGE) != 0 && headWeight[ofKind] >= Math.max(LEAST_WEIGHT, (long) WEIGHT_PAGES * cap);
  }

  /**
   * Makes room for a record of {@code size} bytes, so that {@link #append} cannot fail.  The clock goes on where a page
   * is opened for a key that is new.
   */
  void reserve(long size, int ofKind, int cap, boolean isNew) {
    if (!isMissing(size, ofKind, cap)) {
      return;
    }
    int number = newNumber();
    Allocation.comes();
    // first: what fails here has changed nothing
    byte[] page = new byte[(int) newPageBytes(size, (ofKind & LARGE) != 0 ? Math.min(cap, HANDLES_PAGE_BYTES) : cap)];
    if (freeCount > 0) {
      freeCount--;
    } else {
      nextNumber++;
    }
    pages[number] = page;
    kind[number] = (byte) ofKind;
    born[number] = isNew ? admission.opened(page.length) : admission.now();
    count++;
    allocations++;
    allocated += page.length + OVERHEAD;
    held[ofKind] += page.length + OVERHEAD;
    link(number, ofKind);
    int old = heads[ofKind];
    heads[ofKind] = number;
    headWeight[ofKind] = 0;
    freeIfDead(old);
  }

  private void link(int number, int ofKind) {
    orderChanged = true;
    older[number] = newest[ofKind];
    newer[number] = NO_PAGE;
    if (newest[ofKind] == NO_PAGE) {
      oldest[ofKind] = number;
    } else {
      newer[newest[ofKind]] = number;
    }
    newest[ofKind] = number;
  }

  private void unlink(int number) {
    orderChanged = true;
    int ofKind = kind[number];
    if (older[number] == NO_PAGE) {
      oldest[ofKind] = newer[number];
    } else {
      newer[older[number]] = newer[number];
    }
    if (newer[number] == NO_PAGE) {
      newest[ofKind] = older[number];
    } else {
      older[newer[number]] = older[number];
    }
  }

  private long newPageBytes(long size, int cap) {
    int doublings = Math.min(count / PAGES_A_SIZE, 16);
    return Math.max(size, Spread.bytes((int) Math.min((long) LEAST_PAGE_BYTES << doublings, cap)));
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
      kind = Arrays.copyOf(kind, more);
      born = Arrays.copyOf(born, more);
      older = Arrays.copyOf(older, more);
      newer = Arrays.copyOf(newer, more);
      free = Arrays.copyOf(free, more); // so that giving back never allocates
      pages = Arrays.copyOf(pages, more); // last: the others are as long as this one or longer
    } else if (free.length < pages.length) {
      free = Arrays.copyOf(free, pages.length);
    }
    return nextNumber;
  }

  /** The position for a record of {@code size} bytes, for which room was made, at the head; the caller writes it. */
  int append(long size, int ofKind) {
    int head = heads[ofKind];
    int at = fill[head];
    fill[head] += (int) size;
    live[head] += (int) size;
    return position(head, at);
  }

  /** Counts bytes of large values, more or less of them, that records of that kind lead to. */
  void weigh(int ofKind, long bytes) {
    orderChanged = true;
    held[ofKind] += bytes;
    headWeight[ofKind] += Math.max(0, bytes);
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
    if (number != NO_PAGE && pages[number] != null && live[number] == 0 && number != heads[kind[number]]) {
      free(number);
    }
  }

  private void free(int number) {
    unlink(number);
    allocated -= pages[number].length + OVERHEAD;
    held[kind[number]] -= pages[number].length + OVERHEAD;
    dead -= fill[number];
    pages[number] = null;
    fill[number] = 0;
    live[number] = 0;
    frozen[number] = 0; // who reads it has the array itself
    free[freeCount++] = number;
    count--;
    if (number == walked) {
      walked = NO_PAGE;
    }
  }

  /**
   * The page, no head, with the largest part of its bytes dead, if that is at least {@code 1 / parts} of them; otherwise 0.  Looks
   * into no page, not even for its length, which lies far away.
   */
  int worst(int parts) {
    int worst = NO_PAGE;
    long most = 1; // so many dead
    long of = parts; // of so many
    for (int number = 1; number < nextNumber; number++) {
      long died = fill[number] - live[number];
      if (died * of >= most * fill[number] && died > 0 && number != heads[kind[number]]) {
        worst = number;
        most = died;
        of = fill[number];
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

  // The order of pages

  /** The oldest page of the main queue or of the small one, perhaps of those with deadlines alone; or 0. */
  int oldest(boolean main, boolean volatileOnly) {
    int found = NO_PAGE;
    for (int ofKind = 0; ofKind < KINDS; ofKind++) {
      int number = oldest[ofKind];
      if (number != NO_PAGE && (ofKind & MAIN) != 0 == main && (!volatileOnly || (ofKind & VOLATILE) != 0)
          && (found == NO_PAGE || born[number] < born[found])) {
        found = number;
      }
    }
    return found;
  }

  /** Any page, all equally likely, perhaps of those with deadlines alone; or 0. */
  int any(RandomGenerator random, boolean volatileOnly) {
    int found = NO_PAGE;
    int seen = 0;
    for (int number = 1; number < nextNumber; number++) {
      if (pages[number] != null && (!volatileOnly || (kind[number] & VOLATILE) != 0) && random.nextInt(++seen) == 0) {
        found = number;
      }
    }
    return found;
  }

  /** The mean deadline of the first living records of a page whose records have one, in milliseconds. */
  long meanDeadline(int number) {
    double sum = 0;
    int seen = 0;
    for (int at = 0; at < fill[number] && seen < SAMPLED; at += (int) RecordLayout.size(pages[number], at)) {
      int header = RecordLayout.intAt(pages[number], at);
      if (!RecordLayout.isDead(header)) {
        sum += RecordLayout.deadline(pages[number], at, header);
        seen++;
      }
    }
    return seen == 0 ? 0 : (long) (sum / seen);
  }

  /** When the page was opened. */
  long born(int number) {
    return born[number];
  }

  /** When the last record went into the page, {@link Ages#NEVER} where more may follow. */
  long sealed(int number) {
    return newer[number] != NO_PAGE ? born[newer[number]] : Ages.NEVER;
  }

  /** Whether the oldest pages, or what is held, may be others than when this was last asked. */
  boolean takeOrderChanged() {
    if (!orderChanged) { // most holds: a write would take the line from other cores
      return false;
    }
    orderChanged = false;
    return true;
  }

  /** From now on nothing is appended to the page; whether it is still there, since some record in it lives. */
  boolean seal(int number) {
    if (heads[kind[number]] == number) {
      heads[kind[number]] = NO_PAGE;
      freeIfDead(number);
    }
    return pages[number] != null;
  }

  /** How far a walk over the page has come. */
  int walkedTo(int number) {
    return walked == number ? walkedTo : 0;
  }

  void walkedTo(int number, int offset) {
    walked = pages[number] == null ? NO_PAGE : number;
    walkedTo = offset;
  }

  int kind(int number) {
    return kind[number];
  }

  /** The bytes of the pages of all kinds with these bits, and of the large values that their records lead to. */
  long held(int bits) {
    long sum = 0;
    for (int ofKind = 0; ofKind < KINDS; ofKind++) {
      sum += (ofKind & bits) == bits ? held[ofKind] : 0;
    }
    return sum;
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
          Records.require(RecordLayout.hasDeadline(header) == ((kind[number] & VOLATILE) != 0)
              && RecordLayout.isLarge(header) == ((kind[number] & LARGE) != 0), "a record on the wrong kind of page", number);
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
    checkOrder();
  }

  private void checkOrder() {
    int linked = 0;
    for (int ofKind = 0; ofKind < KINDS; ofKind++) {
      int last = NO_PAGE;
      for (int number = oldest[ofKind]; number != NO_PAGE; number = newer[number]) {
        Records.require(pages[number] != null && kind[number] == ofKind, "a page in the order of another kind", number);
        Records.require(older[number] == last, "the page before page", number);
        Records.require(last == NO_PAGE || born[last] <= born[number], "a page older than the one before it", number);
        last = number;
        linked++;
      }
      Records.require(newest[ofKind] == last, "the newest page of kind", ofKind);
      Records.require(heads[ofKind] == NO_PAGE || heads[ofKind] == last, "the head of kind", ofKind);
    }
    Records.require(linked == count, "pages in order", linked);
  }
}
