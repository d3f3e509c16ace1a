package io.qcache.collection;

import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import io.qcache.engine.SnapshotSink;
import io.qcache.keyspace.LargeValue;
import java.util.random.RandomGenerator;

/**
 * A set of integers that is large: a tree of them, 8 bytes each, in their order.  Guarded by the stripe.  Read as the texts they
 * are.
 */
public final class LargeIntegers implements LargeValue {
  private static final int OVERHEAD = 16;

  private final ChunkTree tree;
  private final byte[] eight = new byte[Long.BYTES]; // for writers

  LargeIntegers() {
    this(ChunkTree.ordered(false));
  }

  private LargeIntegers(ChunkTree tree) {
    this.tree = tree;
  }

  public ElementView view() {
    return new View(tree, null);
  }

  public long size() {
    return tree.size();
  }

  /** Adds an integer; false where it is there. */
  public boolean add(long integer) {
    long at = tree.search(probe(integer));
    if (at < tree.size() && get(tree.get(at, new Slice())) == integer) {
      return false;
    }
    for (int b = 0; b < Long.BYTES; b++) {
      eight[b] = (byte) (integer >> 8 * b);
    }
    tree.insert(at, eight, 0, Long.BYTES);
    return true;
  }

  /** Takes an integer away; false where it is not there. */
  public boolean remove(long integer) {
    long at = tree.search(probe(integer));
    if (at == tree.size() || get(tree.get(at, new Slice())) != integer) {
      return false;
    }
    tree.remove(at);
    return true;
  }

  /** As it is now; see {@link #restore}. */
  public TreePin pin() {
    return tree.pin();
  }

  /** Makes it again what it was when the pin was taken. */
  public void restore(TreePin pin) {
    tree.restore(pin);
  }

  private static ChunkTree.Probe probe(long wanted) {
    return (array, from, length) -> Long.compare(get(array, from), wanted);
  }

  private static long get(Slice eight) {
    return get(eight.array(), eight.offset());
  }

  private static long get(byte[] array, int from) {
    long integer = 0;
    for (int b = Long.BYTES - 1; b >= 0; b--) {
      integer = integer << 8 | array[from + b] & 0xff;
    }
    return integer;
  }

  @Override public long bytes() {
    return OVERHEAD + tree.bytes();
  }

  @Override public LargeIntegers copied() {
    return new LargeIntegers(tree.copied());
  }

  @Override public Frozen frozen() {
    View pinned = new View(null, tree.pin());
    return new Frozen() {
      @Override public void give(SnapshotSink sink) {
        sink.elements(pinned.size());
        Slice element = new Slice();
        Slice value = new Slice();
        for (ElementView.Steps steps = pinned.walk(); steps.next(element, value); ) {
          sink.value(element.array(), element.offset(), element.length());
        }
      }

      @Override public void close() {
        pinned.close();
      }
    };
  }

  /** Of the tree, or of a pin of it. */
  private static final class View implements ElementView {
    private final ChunkTree tree;
    private final TreePin pin;
    private final Slice eight = new Slice();
    private final byte[] text = new byte[Numbers.LONG_BYTES];

    View(ChunkTree tree, TreePin pin) {
      this.tree = tree;
      this.pin = pin;
    }

    @Override public long size() {
      return pin != null ? pin.size() : tree.size();
    }

    @Override public long bytes() {
      return size() * Numbers.LONG_BYTES;
    }

    private long get(long at) {
      return LargeIntegers.get(pin != null ? pin.get(at, eight) : tree.get(at, eight));
    }

    @Override public boolean contains(Slice element) {
      if (!Numbers.isLong(element.array(), element.offset(), element.length())) {
        return false;
      }
      long wanted = Numbers.parse(element);
      long at = pin != null ? pin.search(probe(wanted)) : tree.search(probe(wanted));
      return at < size() && get(at) == wanted;
    }

    @Override public boolean get(Slice element, Slice value) {
      value.wrap(text, 0, 0);
      return contains(element);
    }

    private static boolean wrap(long integer, byte[] into, Slice element, Slice value) {
      element.wrap(into, 0, Numbers.write(integer, into, 0));
      value.wrap(into, 0, 0);
      return true;
    }

    @Override public Steps walk() {
      Walk walk = pin != null ? pin.walk(0) : tree.walk(0);
      byte[] own = new byte[Numbers.LONG_BYTES];
      Slice next = new Slice();
      return (element, value) -> walk.next(next) && wrap(LargeIntegers.get(next), own, element, value);
    }

    @Override public Steps inRandomOrder(RandomGenerator random) {
      Shuffle shuffle = new Shuffle(size(), random);
      byte[] own = new byte[Numbers.LONG_BYTES];
      return (element, value) -> shuffle.hasNext() && wrap(get(shuffle.next()), own, element, value);
    }

    @Override public void random(RandomGenerator random, Slice element, Slice value) {
      wrap(get(random.nextLong(size())), text, element, value);
    }

    @Override public View kept() {
      return pin != null ? this : new View(null, tree.pin());
    }

    @Override public void close() {
      if (pin != null) {
        pin.close();
      }
    }
  }
}
