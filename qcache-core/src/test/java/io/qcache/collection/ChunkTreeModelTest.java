package io.qcache.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Slice;
import io.qcache.keyspace.Allocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tree of chunks against a list, with pins that must not see what comes later, and allocations that fail. */
class ChunkTreeModelTest {
  private record Pinned(TreePin pin, List<byte[]> model) {}

  private final ArrayList<Pinned> pinned = new ArrayList<>();

  @AfterEach void allSucceed() {
    Allocation.failAfter(-1);
  }

  @ParameterizedTest @ValueSource(ints = {0, 8, 30, 1_000, 20_000})
  void randomChanges_areThoseOfAList(int longest) {
    randomChanges(ChunkTree.ofList(), longest);
    randomChanges(ChunkTree.ordered(false), longest);
  }

  private void randomChanges(ChunkTree tree, int longest) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    ArrayList<byte[]> model = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      boolean grows = i / 700 % 2 == 0;
      step(tree, model, random, longest, grows);
      if (random.nextInt(40) == 0) {
        pinned.add(new Pinned(tree.pin(), new ArrayList<>(model)));
      }
      if (random.nextInt(50) == 0 && !pinned.isEmpty()) {
        close(pinned.remove(random.nextInt(pinned.size())), seed);
      }
      if (i % 100 == 0) {
        assertSame(tree, model, seed);
      }
    }
    assertSame(tree, model, seed);
    for (Pinned old : pinned) {
      close(old, seed);
    }
    pinned.clear();
    assertSame(tree.copied(), model, seed);
  }

  private static void step(ChunkTree tree, List<byte[]> model, Random random, int longest, boolean grows) {
    int what = random.nextInt(20);
    if (what == 0 && !model.isEmpty()) {
      int from = random.nextInt(model.size());
      int to = from + random.nextInt(Math.min(model.size() - from, grows ? 50 : 400) + 1);
      tree.removeRange(from, to);
      model.subList(from, to).clear();
    } else if (what < 4 && !model.isEmpty()) {
      byte[] element = element(random, longest);
      int at = random.nextInt(model.size());
      tree.replace(at, element, 0, element.length);
      model.set(at, element);
    } else if (what < (grows ? 6 : 14) && !model.isEmpty()) {
      int at = place(random, model.size() - 1);
      tree.remove(at);
      model.remove(at);
    } else {
      int at = place(random, model.size());
      int times = random.nextInt(grows ? 30 : 3);
      for (int i = 0; i < times; i++) {
        byte[] element = element(random, longest);
        tree.insert(at, element, 0, element.length);
        model.add(at, element);
      }
    }
  }

  private static int place(Random random, int last) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> last;
      default -> random.nextInt(last + 1);
    };
  }

  private static byte[] element(Random random, int longest) {
    if (random.nextInt(3) == 0) {
      return Integers.like(random);
    }
    int length = random.nextInt(200) == 0 ? random.nextInt(5 * longest + 1) : random.nextInt(longest + 1);
    byte[] element = new byte[length];
    random.nextBytes(element);
    return element;
  }

  private static void close(Pinned old, long seed) {
    assertThat(old.pin.size()).as("seed %d", seed).isEqualTo(old.model.size());
    assertWalk(old.pin.walk(0), old.model, seed);
    old.pin.close();
  }

  private static void assertSame(ChunkTree tree, List<byte[]> model, long seed) {
    try {
      tree.check();
    } catch (AssertionError wrong) {
      throw new AssertionError("seed " + seed, wrong);
    }
    assertThat(tree.size()).as("seed %d", seed).isEqualTo(model.size());
    assertWalk(tree.walk(0), model, seed);
    Slice slice = new Slice();
    for (int i = 0; i < model.size(); i += 37) {
      assertThat(tree.get(i, slice).copy()).as("seed %d, at %d", seed, i).isEqualTo(model.get(i));
    }
  }

  private static void assertWalk(Walk walk, List<byte[]> model, long seed) {
    Slice slice = new Slice();
    for (byte[] element : model) {
      assertThat(walk.next(slice)).as("seed %d", seed).isTrue();
      assertThat(slice.contentEquals(element, 0, element.length)).as("seed %d", seed).isTrue();
    }
    assertThat(walk.next(slice)).as("seed %d", seed).isFalse();
    for (int i = model.size() - 1; i >= 0; i--) {
      assertThat(walk.previous(slice)).as("seed %d", seed).isTrue();
      assertThat(slice.contentEquals(model.get(i), 0, model.get(i).length)).as("seed %d", seed).isTrue();
    }
    assertThat(walk.previous(slice)).as("seed %d", seed).isFalse();
  }

  @Test void walks_beginAnywhere() {
    ChunkTree tree = ChunkTree.ofList();
    for (int i = 0; i < 20_000; i++) {
      byte[] text = Integer.toString(i).getBytes();
      tree.insert(i, text, 0, text.length);
    }
    tree.check();
    Slice slice = new Slice();
    for (int i = 0; i < 20_000; i += 61) {
      assertThat(tree.walk(i).next(slice)).isTrue();
      assertThat(slice.toString()).isEqualTo(Integer.toString(i));
      assertThat(tree.walk(i).previous(slice)).isEqualTo(i > 0);
    }
  }

  @Test void aSortedSequence_isSearchedWithItsRank() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    ChunkTree tree = ChunkTree.ordered(false);
    ArrayList<byte[]> model = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      byte[] element = new byte[1 + random.nextInt(5)];
      random.nextBytes(element);
      int found = Collections.binarySearch(model, element, Arrays::compareUnsigned);
      long at = tree.search((array, from, length) ->
          Arrays.compareUnsigned(array, from, from + length, element, 0, element.length));
      assertThat(at).as("seed %d", seed).isEqualTo(found < 0 ? -found - 1 : found);
      if (found < 0) {
        tree.insert(at, element, 0, element.length);
        model.add((int) at, element);
      } else {
        tree.remove(at);
        model.remove(found);
      }
    }
    assertSame(tree, model, seed);
  }

  @Test void whicheverAllocationFails_theSequenceIsWhole_andGoesOn() {
    int failures = 0;
    for (long n = 0; historyFails(ChunkTree.ofList(), n) | historyFails(ChunkTree.ordered(false), n); n++) {
      failures++;
    }
    assertThat(failures).isGreaterThan(100);
  }

  /** Whether the n-th allocation of a scripted history came at all. */
  private static boolean historyFails(ChunkTree tree, long n) {
    Random random = new Random(7);
    ArrayList<byte[]> model = new ArrayList<>();
    boolean failed = false;
    Allocation.failAfter(n);
    for (int i = 0; i < 900; i++) {
      int longest = random.nextInt(30) == 0 ? 70_000 : 40;
      byte[] element = random.nextInt(4) == 0 ? Integers.like(random) : new byte[random.nextInt(longest)];
      int what = random.nextInt(i / 300 == 1 ? 5 : 10);
      int at = place(random, model.size());
      try {
        if (what > 2 && i / 300 != 1 || at == model.size()) {
          tree.insert(at, element, 0, element.length);
          model.add(at, element);
        } else if (what == 0) {
          tree.replace(at, element, 0, element.length);
          model.set(at, element);
        } else if (what == 1) {
          int to = at + random.nextInt(Math.min(model.size() - at, 8) + 1);
          tree.removeRange(at, to);
          model.subList(at, to).clear();
        } else {
          tree.remove(at);
          model.remove(at);
        }
        if (random.nextInt(30) == 0) {
          tree.pin(); // never given back
        }
      } catch (OutOfMemoryError expected) {
        failed = true;
        Allocation.failAfter(-1);
        assertSame(tree, model, n);
      }
    }
    Allocation.failAfter(-1);
    assertSame(tree, model, n);
    return failed;
  }

  @Test void pushingAtAnEnd_leavesFullChunks_andDrainingGivesAllBack() {
    for (boolean left : new boolean[] {false, true}) {
      ChunkTree tree = ChunkTree.ofList();
      long empty = tree.bytes();
      byte[] element = new byte[20];
      for (int i = 0; i < 100_000; i++) {
        tree.insert(left ? 0 : tree.size(), element, 0, 20);
      }
      tree.check();
      assertThat(tree.bytes()).isLessThan(100_000L * 24);
      for (int i = 0; i < 100_000; i++) {
        tree.remove(left ? tree.size() - 1 : 0);
      }
      tree.check();
      assertThat(tree.bytes()).isEqualTo(empty);
    }
  }

  @Test void integersTakeAByte_orTheirBytesAndOne() {
    for (boolean left : new boolean[] {false, true}) {
      assertThat(bytesAnInteger(100, left)).isLessThan(1.7); // of which 0.6 are the chunk's
      assertThat(bytesAnInteger(1_000_000, left)).isBetween(3.9, 4.9);
    }
  }

  private static double bytesAnInteger(int below, boolean left) {
    ChunkTree tree = ChunkTree.ofList();
    int count = 200_000;
    for (int i = 0; i < count; i++) {
      byte[] text = Integer.toString(i * 7919 % below).getBytes();
      tree.insert(left ? 0 : tree.size(), text, 0, text.length);
    }
    tree.check();
    return (double) tree.bytes() / count;
  }

  @Test void insertingAlwaysAtTheSamePlace_leavesNoTinyChunks() {
    ChunkTree tree = ChunkTree.ofList();
    byte[] element = new byte[20];
    for (int i = 0; i < 10_000; i++) {
      tree.insert(tree.size(), element, 0, 20);
    }
    for (int i = 0; i < 50_000; i++) {
      tree.insert(5_120, element, 0, 20); // where one chunk ended
    }
    tree.check();
    assertThat(tree.bytes()).isLessThan(60_000L * 45);
  }
}
