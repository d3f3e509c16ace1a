package io.qcache.collection;

import io.qcache.engine.Slice;
import io.qcache.keyspace.Allocation;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A sequence of byte strings, of any number, in chunks under branches that count them: what large lists and the order of
 * large sorted sets are made of.
 * <pre>
 *               ┌ branch ─ 900 │ 1100 ┐               how many elements each part has
 *               ▼                     ▼
 *        ┌ 100 │ 128 │ …       ┌ 70 │ 128 │ …
 *        ▼      ▼              ▼     ▼
 *      chunk  chunk          chunk  chunk             at most 128 elements in 64 KiB, packed
 * </pre>
 * By position everything is O(log n) with 64 as the base, and so are the ends, where nothing is shifted either: a full chunk
 * at an end is left as it is, trimmed, and a new one begun.  Full branches are split on the way down, and small neighbours
 * joined, so that nothing has to be done on the way up.
 *
 * <p>Where elements are members with scores they are sorted by them, and members of one score by their bytes.  Branches keep scores
 * that part their children, so that a search looks into no chunk but the one where it ends, unless scores are equal.  What is put in
 * or taken out goes one way down, to the chunk, where that is all that changes: nothing is pinned, and the chunk has room.
 *
 * <p>A {@link #pin} is the sequence as it is at that instant, to be read without any lock: it raises the epoch, and whatever is
 * older than it is copied before its first change, the path from the root included.
 *
 * <p>Every step takes its memory before it changes anything, so a failed allocation leaves the sequence as it was.  Guarded by
 * whoever owns it: many may read at a time, or one may write.
 */
public final class ChunkTree {
  private static final int OVERHEAD = 240; // its fields, and the path
  private static final int DEEPEST = 14; // levels of branches: more than 2^63 elements need
  private static final int FEW = Chunk.MOST / 4; // a chunk with fewer is joined with its neighbour, where both are small
  private static final int FEW_CHILDREN = Branch.FANOUT / 4;

  /** Says where an element lies in an order by which the sequence is sorted. */
  public interface Probe {
    /** Below zero where the element comes before what is looked for, zero where it is that, above zero behind. */
    int compare(byte[] array, int from, int length);
  }

  private final boolean ofList; // whether it is not searched
  private final boolean scored; // whether elements are members with scores
  private Node root; // null while there is no element
  private long size;
  private long bytes = OVERHEAD;
  private int epoch; // goes up with every pin
  private final AtomicInteger pins = new AtomicInteger();
  // the path of the last open, from the root down; of use to writers alone
  private final Branch[] path = new Branch[DEEPEST];
  private final int[] slots = new int[DEEPEST];
  private int depth;
  private int place; // in the chunk that was opened
  private long placed; // in the part that slot() chose

  private ChunkTree(boolean ofList, boolean scored) {
    this.ofList = ofList;
    this.scored = scored;
  }

  /** An empty one for the elements of a list, kept in their {@link Form}: it cannot be searched. */
  public static ChunkTree ofList() {
    return new ChunkTree(true, false);
  }

  /** An empty one that can be searched; where it is {@code scored}, elements are members with the scores that they are sorted by. */
  static ChunkTree ordered(boolean scored) {
    return new ChunkTree(false, scored);
  }

  /** How many elements there are. */
  public long size() {
    return size;
  }

  /** The memory that it takes, in bytes; without what only pins still hold. */
  public long bytes() {
    return bytes;
  }

  /** Points the slice at the element, in place: until the next change. */
  public Slice get(long at, Slice into) {
    return get(root, checked(at, size), into);
  }

  static Slice get(Node root, long at, Slice into) {
    Node node = root;
    long left = at;
    while (node instanceof Branch branch) {
      int slot = 0;
      while (left >= branch.counts[slot]) {
        left -= branch.counts[slot++];
      }
      node = branch.children[slot];
    }
    return ((Chunk) node).get((int) left, into);
  }

  private static long checked(long at, long size) {
    if (at < 0 || at >= size) {
      throw new IndexOutOfBoundsException(at + " of " + size);
    }
    return at;
  }

  /** How many elements come before what the probe looks for: the position of the first that does not. */
  public long search(Probe probe) {
    return search(root, probe);
  }

  static long search(Node root, Probe probe) {
    Node node = root;
    long before = 0;
    while (node instanceof Branch branch) {
      int low = 0; // the last part whose first element comes before, or the first part
      int high = branch.size - 1;
      while (low < high) {
        int middle = low + high + 1 >>> 1;
        OrderedChunk first = first(branch.children[middle]);
        if (compare(first, 0, probe) < 0) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      for (int i = 0; i < low; i++) {
        before += branch.counts[i];
      }
      node = branch.children[low];
    }
    return node == null ? 0 : before + search((OrderedChunk) node, probe);
  }

  /** How many elements come before the member of that score; null for one that is before all of that score. */
  long search(double score, Slice member) {
    Node node = root;
    long before = 0;
    while (node instanceof Branch branch) {
      int slot = branch.slot(score, member);
      long[] counts = branch.counts;
      for (int i = 0; i < slot; i++) {
        before += counts[i];
      }
      node = branch.children[slot];
    }
    return node == null ? 0 : before + ((OrderedChunk) node).search(score, member);
  }

  private static int search(OrderedChunk chunk, Probe probe) {
    int low = 0;
    int high = chunk.count();
    while (low < high) {
      int middle = low + high >>> 1;
      if (compare(chunk, middle, probe) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int compare(OrderedChunk chunk, int index, Probe probe) {
    int from = chunk.place(index);
    return probe.compare(chunk.data(), from, chunk.place(index + 1) - from);
  }

  static OrderedChunk first(Node node) {
    Node at = node;
    while (at instanceof Branch branch) {
      at = branch.children[0];
    }
    return (OrderedChunk) at;
  }

  /** A walk that begins before the element at {@code at}; good until the next change. */
  public Walk walk(long at) {
    return new Walk(root, size, at);
  }

  /** The sequence as it is now, for reading without a lock until it is closed.  Under the read lock or better. */
  public TreePin pin() {
    pins.incrementAndGet();
    synchronized (this) { // readers pin together; never held for longer than this line
      epoch++;
    }
    return new TreePin(root, size, pins);
  }

  /** How many pins are out: for tests, as each has to come back. */
  public int pins() {
    return pins.get();
  }

  // Changing

  /** Goes back to what a pin of it holds: the way out of several changes of which one failed.  Takes no memory. */
  public void restore(TreePin pin) {
    root = pin.root();
    size = pin.size();
    bytes = OVERHEAD + (root == null ? 0 : bytesBelow(root));
  }

  private Form form(byte[] array, int from, int length) {
    return ofList ? Form.of(array, from, length) : Form.asItIs(array, from, length);
  }

  private Chunk chunk(Form element, boolean roomBefore) {
    Chunk chunk = ofList ? ListChunk.of(element, roomBefore) : OrderedChunk.of(element, scored, roomBefore);
    chunk.epoch = epoch;
    bytes += chunk.bytes();
    return chunk;
  }

  /** Puts a copy of the element before the one at {@code at}, behind all for {@link #size}. */
  public void insert(long at, byte[] array, int from, int length) {
    checked(at, size + 1);
    insert(at, form(array, from, length));
  }

  /** Puts a copy of the member where it belongs by that score. */
  void insert(double score, Slice member) {
    OrderedChunk chunk = seek(score, member);
    if (chunk != null && chunk.hasRoom(member.length())) {
      insertHere(chunk, score, member);
    } else {
      insert(search(score, member), Form.scored(score, member));
    }
  }

  private void insertHere(OrderedChunk chunk, double score, Slice member) {
    chunk.insert(place, Form.scored(score, member));
    count(1);
  }

  private void removeHere(OrderedChunk chunk) {
    chunk.remove(place, place + 1);
    count(-1);
  }

  /** Gives the member, which has the score {@code old}, another one, and the place where it then belongs. */
  void move(double old, double score, Slice member) {
    OrderedChunk chunk = seek(score, member);
    if (chunk == null || old == score) { // which 0 and -0 are
      moveSlowly(old, score, member);
    } else if (chunk.isAt(place, old, member)) { // it stays between its neighbours
      chunk.score(place, score);
    } else if (chunk.isAt(place - 1, old, member)) {
      chunk.score(place - 1, score);
    } else if (chunk.hasRoom(member.length())) {
      insertHere(chunk, score, member);
      removeOr(old, member, score);
    } else {
      moveSlowly(old, score, member);
    }
  }

  private void moveSlowly(double old, double score, Slice member) {
    long at = search(old, member);
    long to = search(score, member);
    Form element = Form.scored(score, member);
    if (to == at || to == at + 1) {
      replace(at, element);
    } else {
      insert(to, element);
      removeOr(to < at ? at + 1 : at, to < at ? to : to - 1);
    }
  }

  /** Takes a member away, or where that fails the same one of another score, which was just put in where there was room. */
  private void removeOr(double score, Slice member, double otherwise) {
    try {
      remove(score, member);
    } catch (Throwable failed) {
      removeHere(seek(otherwise, member));
      throw failed;
    }
  }

  /** Takes an element away, or where that fails the other one. */
  private void removeOr(long at, long otherwise) {
    try {
      remove(at);
    } catch (Throwable failed) {
      remove(otherwise < at ? otherwise : otherwise + 1);
      throw failed;
    }
  }

  /** Takes the member of that score away. */
  void remove(double score, Slice member) {
    OrderedChunk chunk = seek(score, member);
    if (chunk != null && chunk.count() > FEW && place < chunk.count()) { // else it may be the first of the next chunk
      removeHere(chunk);
    } else {
      remove(search(score, member));
    }
  }

  /** The chunk where the member of that score is, or belongs, with the path to it and the place; null where chunks may be pinned. */
  private OrderedChunk seek(double score, Slice member) {
    if (root == null || pins.get() > 0) {
      return null;
    }
    Node node = root;
    int level = 0;
    while (node instanceof Branch branch) {
      int slot = branch.slot(score, member);
      path[level] = branch;
      slots[level++] = slot;
      node = branch.children[slot];
    }
    depth = level;
    OrderedChunk chunk = (OrderedChunk) node;
    place = chunk.search(score, member);
    return chunk;
  }

  private void insert(long at, Form element) {
    if (root == null) {
      root = chunk(element, false);
      size = 1;
      return;
    }
    while (!tryInsert(at, element)) {
      Thread.onSpinWait(); // something was split, so it is nearer to fitting
    }
  }

  private boolean tryInsert(long at, Form element) {
    Chunk chunk = open(at, true);
    int index = place;
    if (!chunk.fits(element) && index == chunk.count() && stepRight(element)) {
      chunk = (Chunk) path[depth - 1].children[slots[depth - 1]];
      index = 0;
    }
    if (chunk.fits(element)) {
      reserve(chunk, index, element);
      chunk.insert(index, element);
      count(1);
      part(index == 0, index == chunk.count() - 1, element);
      return true;
    }
    if (depth == 0) {
      Branch above = Branch.of(root, size, scored);
      above.epoch = epoch;
      root = above;
      bytes += above.bytes();
      return false;
    }
    if (index == 0 || index == chunk.count()) {
      insertChunk(chunk, index > 0, element);
      return true;
    }
    split(chunk, element.bytes() > Chunk.MOST_BYTES / 4 ? index : chunk.count() / 2);
    return false;
  }

  private void reserve(Chunk chunk, int index, Form element) {
    long before = chunk.bytes();
    try {
      chunk.reserve(index, element);
    } finally { // where it failed half way, it may have grown
      bytes += chunk.bytes() - before;
    }
  }

  /** Whether the next chunk of the same branch has room, which is then the one that is open. */
  private boolean stepRight(Form element) {
    if (depth == 0 || slots[depth - 1] + 1 >= path[depth - 1].size) {
      return false;
    }
    Branch parent = path[depth - 1];
    if (!((Chunk) parent.children[slots[depth - 1] + 1]).fits(element)) {
      return false;
    }
    own(parent, slots[depth - 1] + 1);
    slots[depth - 1]++;
    return true;
  }

  private void insertChunk(Chunk beside, boolean behind, Form element) {
    trim(beside);
    Branch parent = path[depth - 1];
    reserve(parent, 1);
    Chunk chunk = chunk(element, !behind);
    int slot = slots[depth - 1] + (behind ? 1 : 0);
    parent.insert(slot, chunk, 0);
    slots[depth - 1] = slot;
    count(1);
    if (scored) {
      parent.lows[behind ? slot : slot + 1] = element.score();
    }
    part(true, true, element);
  }

  /** Sees to it that scores part the chunk that is open from its neighbours, having got that element at its beginning or end. */
  private void part(boolean first, boolean last, Form element) {
    if (!scored || depth == 0) {
      return;
    }
    double score = element.score();
    if (first) {
      int level = depth - 1;
      while (level >= 0 && slots[level] == 0) {
        level--;
      }
      if (level >= 0 && path[level].lows[slots[level]] > score) {
        path[level].lows[slots[level]] = score;
      }
    }
    if (last) {
      int level = depth - 1;
      while (level >= 0 && slots[level] == path[level].size - 1) {
        level--;
      }
      if (level >= 0 && path[level].lows[slots[level] + 1] < score) {
        path[level].lows[slots[level] + 1] = score;
      }
    }
  }

  private void trim(Chunk chunk) {
    long before = chunk.bytes();
    try {
      chunk.trim();
    } finally { // where it failed half way, it may have shrunk
      bytes += chunk.bytes() - before;
    }
  }

  private void reserve(Branch branch, int more) {
    long before = branch.bytes();
    branch.reserve(more);
    bytes += branch.bytes() - before;
  }

  /** Along the path that is open there are so many elements more. */
  private void count(int more) {
    for (int i = 0; i < depth; i++) {
      path[i].counts[slots[i]] += more;
    }
    size += more;
  }

  private void split(Chunk chunk, int index) {
    Branch parent = path[depth - 1];
    int slot = slots[depth - 1];
    reserve(parent, 1);
    Chunk tail = chunk.tail(index);
    tail.epoch = epoch;
    parent.insert(slot + 1, tail, tail.count());
    if (scored) {
      parent.lows[slot + 1] = ((OrderedChunk) tail).score(0);
    }
    chunk.cut(index);
    parent.counts[slot] = index;
    bytes += tail.bytes();
  }

  /** The branch in that slot, which is full, in two, the second from that part on; its parent is not full. */
  private void split(Branch parent, int slot, Branch branch, int from) {
    reserve(parent, 1);
    Branch half = branch.tail(from);
    half.epoch = epoch;
    long moved = half.count();
    parent.insert(slot + 1, half, moved);
    if (scored) {
      parent.lows[slot + 1] = half.lows[0];
    }
    parent.counts[slot] -= moved;
    branch.cut(from);
    bytes += half.bytes();
  }

  /**
   * Opens the path to the chunk that has the element, or where it is inserted, for changes: {@link #path}, {@link #slots} and
   * {@link #place} say where it is.  For an insertion no branch of the path is full, and between two chunks it is the left one.
   */
  private Chunk open(long at, boolean inserts) {
    if (isShared(root)) {
      root = owned(root);
    }
    if (inserts && root instanceof Branch branch && branch.isFull()) {
      Branch above = Branch.of(root, size, scored);
      above.epoch = epoch;
      root = above;
      bytes += above.bytes();
    }
    depth = 0;
    Node node = root;
    long left = at;
    long total = size;
    while (node instanceof Branch branch) {
      int slot = slot(branch, left, total, inserts);
      Node child = own(branch, slot);
      if (inserts && child instanceof Branch full && full.isFull()) {
        // at an end it is left as it is, since nothing is likely to come between
        split(branch, slot, full, placed == 0 ? 1 : placed == branch.counts[slot] ? Branch.FANOUT - 1 : Branch.FANOUT / 2);
        if (placed > branch.counts[slot]) {
          placed -= branch.counts[slot++];
          child = branch.children[slot];
        }
      }
      path[depth] = branch;
      slots[depth++] = slot;
      total = branch.counts[slot];
      left = placed;
      node = child;
    }
    place = (int) left;
    return (Chunk) node;
  }

  private int slot(Branch branch, long at, long total, boolean inserts) {
    int slot;
    long before;
    if (at > total / 2) { // from the end
      slot = branch.size - 1;
      before = total - branch.counts[slot];
      while (slot > 0 && (inserts ? before >= at : before > at)) {
        before -= branch.counts[--slot];
      }
    } else {
      slot = 0;
      before = 0;
      while (slot < branch.size - 1 && (inserts ? before + branch.counts[slot] < at : before + branch.counts[slot] <= at)) {
        before += branch.counts[slot++];
      }
    }
    placed = at - before;
    return slot;
  }

  private boolean isShared(Node node) {
    return node.epoch < epoch && pins.get() > 0;
  }

  private Node owned(Node node) {
    Node copy = node.copied();
    copy.epoch = epoch;
    return copy;
  }

  private Node own(Branch parent, int slot) {
    Node child = parent.children[slot];
    if (isShared(child)) {
      child = owned(child);
      parent.children[slot] = child;
    }
    return child;
  }

  /** Puts a copy of the element in the place of the one that is there. */
  public void replace(long at, byte[] array, int from, int length) {
    replace(at, form(array, from, length));
  }

  private void replace(long at, Form element) {
    Chunk chunk = open(checked(at, size), false);
    if (chunk.fitsInPlaceOf(place, element)) {
      long before = chunk.bytes();
      try {
        chunk.replace(place, element);
      } finally {
        bytes += chunk.bytes() - before;
      }
      part(place == 0, place == chunk.count() - 1, element);
    } else {
      insert(at + 1, element);
      removeRange(at, at + 1); // whose path is open for changes already, so that it cannot fail
    }
  }

  /** Takes the element away. */
  public void remove(long at) {
    Chunk chunk = open(checked(at, size), false);
    if (chunk.count() <= FEW && depth > 0 && tidied(chunk)) {
      chunk = open(at, false);
    }
    chunk.remove(place, place + 1);
    count(-1);
    if (chunk.count() == 0) {
      dropEmpty(chunk);
    }
  }

  /** Whether a chunk with few elements was joined with a neighbour, or given less room; nothing else changes by it. */
  private boolean tidied(Chunk chunk) {
    Branch parent = path[depth - 1];
    int slot = slots[depth - 1];
    if (depth > 1 && parent.size <= FEW_CHILDREN && joinedBranches()) {
      return true;
    }
    if (slot + 1 < parent.size && isSmall(chunk, parent.children[slot + 1])) {
      joinChunks(parent, slot);
      return true;
    }
    if (slot > 0 && isSmall(chunk, parent.children[slot - 1])) {
      joinChunks(parent, slot - 1);
      return true;
    }
    if (chunk.isSparse()) {
      trim(chunk);
    }
    return false;
  }

  private static boolean isSmall(Chunk chunk, Node neighbour) {
    return chunk.count() + ((Chunk) neighbour).count() <= Chunk.MOST * 3 / 4 && chunk.canAppend((Chunk) neighbour);
  }

  private void joinChunks(Branch parent, int slot) {
    Chunk left = (Chunk) own(parent, slot);
    Chunk right = (Chunk) parent.children[slot + 1];
    long before = left.bytes();
    try {
      left.reserve(right);
    } finally {
      bytes += left.bytes() - before;
    }
    left.append(right);
    parent.counts[slot] += parent.counts[slot + 1];
    parent.remove(slot + 1);
    bytes -= right.bytes();
    collapse();
  }

  private boolean joinedBranches() {
    Branch above = path[depth - 2];
    int slot = slots[depth - 2] > 0 ? slots[depth - 2] - 1 : 0;
    if (above.size < 2) {
      return false;
    }
    Branch right = (Branch) above.children[slot + 1];
    if (((Branch) above.children[slot]).size + right.size > Branch.FANOUT * 3 / 4) {
      return false;
    }
    Branch left = (Branch) own(above, slot);
    reserve(left, right.size);
    left.append(right, scored ? above.lows[slot + 1] : 0);
    above.counts[slot] += above.counts[slot + 1];
    above.remove(slot + 1);
    bytes -= right.bytes();
    collapse();
    return true;
  }

  private void dropEmpty(Chunk chunk) {
    bytes -= chunk.bytes();
    for (int level = depth - 1; level >= 0; level--) {
      path[level].remove(slots[level]);
      if (path[level].size > 0) {
        collapse();
        return;
      }
      bytes -= path[level].bytes();
    }
    root = null;
  }

  /** A root with one part is none. */
  private void collapse() {
    while (root instanceof Branch branch && branch.size == 1) {
      bytes -= branch.bytes();
      root = branch.children[0];
    }
  }

  /** Takes the elements from {@code from} to before {@code to} away, at the cost of their chunks. */
  public void removeRange(long from, long to) {
    if (from == to) {
      return;
    }
    checked(from, size);
    checked(to - 1, size);
    if (to - from == size) {
      clear();
      return;
    }
    open(from, false);
    open(to - 1, false);
    cut(root, from, to); // from here on nothing is allocated: what is not within is open on both sides
    size -= to - from;
    collapse();
  }

  /** Takes a range, but not all, of a part that is open for changes; as deep as the tree. */
  private void cut(Node node, long from, long to) {
    if (node instanceof Chunk chunk) {
      chunk.remove((int) from, (int) to);
      return;
    }
    Branch branch = (Branch) node;
    long at = 0;
    int kept = 0;
    for (int i = 0; i < branch.size; i++) {
      long count = branch.counts[i];
      long first = Math.max(0, from - at);
      long last = Math.min(count, to - at);
      if (first == 0 && last == count) {
        bytes -= bytesBelow(branch.children[i]);
      } else {
        if (first < last) {
          cut(branch.children[i], first, last);
        }
        branch.children[kept] = branch.children[i];
        if (scored) {
          branch.lows[kept] = branch.lows[i];
        }
        branch.counts[kept++] = count - Math.max(0, last - first);
      }
      at += count;
    }
    branch.cut(kept);
  }

  private static long bytesBelow(Node node) {
    long sum = node.bytes();
    if (node instanceof Branch branch) {
      for (int i = 0; i < branch.size; i++) {
        sum += bytesBelow(branch.children[i]);
      }
    }
    return sum;
  }

  /** Takes all elements away. */
  public void clear() {
    root = null;
    size = 0;
    bytes = OVERHEAD;
  }

  /** Another sequence of copies of the elements. */
  public ChunkTree copied() {
    Allocation.comes();
    ChunkTree other = new ChunkTree(ofList, scored);
    other.root = root == null ? null : copyOf(root);
    other.size = size;
    other.bytes = bytes;
    return other;
  }

  private static Node copyOf(Node node) {
    Node copy = node.copied();
    if (copy instanceof Branch branch) {
      for (int i = 0; i < branch.size; i++) {
        branch.children[i] = copyOf(branch.children[i]);
      }
    }
    return copy;
  }

  // For tests

  /** Walks everything: sums and limits are right. */
  public void check() {
    require(size == (root == null ? 0 : check(root)), "elements", size);
    require(bytes == OVERHEAD + (root == null ? 0 : bytesBelow(root)), "bytes", bytes);
  }

  private long check(Node node) {
    require(node.epoch <= epoch, "an epoch to come", node.epoch);
    if (node instanceof Chunk chunk) {
      chunk.check();
      return chunk.count();
    }
    Branch branch = (Branch) node;
    require(branch.size > 0 && branch.size <= Branch.FANOUT, "parts of a branch", branch.size);
    boolean ofChunks = branch.children[0] instanceof Chunk;
    long sum = 0;
    for (int i = 0; i < branch.size; i++) {
      require(ofChunks == branch.children[i] instanceof Chunk, "a part of another height", i);
      long below = check(branch.children[i]);
      if (scored && i > 0) {
        require(last(branch.children[i - 1]) <= branch.lows[i], "a score above what parts it from the next", i);
        require(first(branch.children[i]).score(0) >= branch.lows[i], "a score below what parts it from the one before", i);
      }
      require(below == branch.counts[i], "the count of a part", branch.counts[i]);
      sum += below;
    }
    return sum;
  }

  private static double last(Node node) {
    Node at = node;
    while (at instanceof Branch branch) {
      at = branch.children[branch.size - 1];
    }
    return ((OrderedChunk) at).score(((OrderedChunk) at).count() - 1);
  }

  static void require(boolean holds, String what, long number) {
    if (!holds) {
      throw new AssertionError(what + ": " + number);
    }
  }
}
