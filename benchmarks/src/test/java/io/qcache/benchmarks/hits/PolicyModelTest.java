package io.qcache.benchmarks.hits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The policies against the plainest way to say the same with the JDK's collections, and the optimum against all. */
class PolicyModelTest {
  private static final int KEYS = 12;

  @Test void lru_doesWhatALinkedHashMapByAccessDoes() {
    compare(entries -> new Lru(entries, KEYS), entries -> new Object() {
      final Map<Integer, Boolean> map = new LinkedHashMap<>(16, 0.75f, true) {
        @Override protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
          return size() > entries;
        }
      };
      boolean get(int key) {
        return map.put(key, true) != null;
      }
    }::get);
  }

  @Test void clock_doesWhatAListWithAHandDoes() {
    compare(entries -> new Clock(entries, KEYS), entries -> new Object() {
      final List<Integer> ring = new ArrayList<>();
      final Set<Integer> askedFor = new HashSet<>();
      int hand;
      boolean get(int key) {
        if (ring.contains(key)) {
          askedFor.add(key);
          return true;
        }
        if (ring.size() < entries) {
          ring.add(key);
          return false;
        }
        while (askedFor.remove(ring.get(hand))) {
          hand = (hand + 1) % entries;
        }
        ring.set(hand, key);
        hand = (hand + 1) % entries;
        return false;
      }
    }::get);
  }

  @Test void s3Fifo_doesWhatItsPaperSays() {
    for (int promote = 1; promote <= 2; promote++) {
      int least = promote;
      compare(entries -> new S3Fifo(entries, KEYS, 0.1, least), entries -> new PlainS3Fifo(entries, least)::get);
    }
  }

  private static final class PlainS3Fifo {
    final Deque<Integer> small = new ArrayDeque<>();
    final Deque<Integer> main = new ArrayDeque<>();
    final Deque<Integer> ghosts = new ArrayDeque<>();
    final Map<Integer, Integer> frequency = new HashMap<>();
    final int entries;
    final int mostSmall;
    final int promote;

    PlainS3Fifo(int entries, int promote) {
      this.entries = entries;
      this.promote = promote;
      mostSmall = Math.max(1, entries / 10);
    }

    boolean get(int key) {
      if (frequency.computeIfPresent(key, (k, f) -> Math.min(3, f + 1)) != null) {
        return true;
      }
      while (small.size() + main.size() >= entries) {
        if (small.size() >= mostSmall || main.isEmpty()) {
          int first = small.removeFirst();
          if (frequency.get(first) >= promote) {
            frequency.put(first, 0);
            main.addLast(first);
          } else {
            frequency.remove(first);
            ghosts.addLast(first);
            if (ghosts.size() > entries - mostSmall) {
              ghosts.removeFirst();
            }
          }
        } else {
          int first = main.removeFirst();
          if (frequency.get(first) == 0) {
            frequency.remove(first);
          } else {
            frequency.merge(first, -1, Integer::sum);
            main.addLast(first);
          }
        }
      }
      // A key that came back from among the ghosts leaves its place in their queue empty.
      int at = new ArrayList<>(ghosts).indexOf(key);
      boolean ghost = at >= 0;
      if (ghost) {
        List<Integer> left = new ArrayList<>(ghosts);
        left.set(at, -1);
        ghosts.clear();
        ghosts.addAll(left);
      }
      (ghost ? main : small).addLast(key);
      frequency.put(key, 0);
      return false;
    }
  }

  @Test void theOptimum_isTheBestOfAllWaysToEvict() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] keys = random.ints(14, 0, 6).toArray();
      int entries = 1 + random.nextInt(4);
      Trace.Builder builder = new Trace.Builder();
      for (int key : keys) {
        builder.add(key);
      }
      Trace trace = builder.build("random");
      long hits = Result.measure(new Optimum(entries, trace), trace, entries, "").hits();
      assertThat(hits).as("seed " + seed).isEqualTo(best(trace.keys(), 0, 0, entries, new HashMap<>()));
    }
  }

  /** The most hits from there on with that set of residents, by trying everything. */
  private static int best(int[] keys, int at, int residents, int entries, Map<Integer, Integer> known) {
    if (at == keys.length) {
      return 0;
    }
    Integer before = known.get(at << 8 | residents);
    if (before != null) {
      return before;
    }
    int bit = 1 << keys[at];
    int most = (residents & bit) != 0 ? 1 + best(keys, at + 1, residents, entries, known)
        : best(keys, at + 1, residents, entries, known);
    if ((residents & bit) == 0) {
      if (Integer.bitCount(residents) < entries) {
        most = Math.max(most, best(keys, at + 1, residents | bit, entries, known));
      } else {
        for (int rest = residents; rest != 0; rest &= rest - 1) {
          int without = residents & ~Integer.lowestOneBit(rest);
          most = Math.max(most, best(keys, at + 1, without | bit, entries, known));
        }
      }
    }
    known.put(at << 8 | residents, most);
    return most;
  }

  @Test void theOptimum_staysRight_whereItsTableHasManyLevels() {
    Trace trace = Synthetic.make(new Spec("loop:keys=10000,requests=300000"));
    // A loop: the first 4,000 stay, what is missed is not kept, and each of the 29 later rounds hits them.
    long hits = Result.measure(new Optimum(4000, trace), trace, 4000, "").hits();
    assertThat(hits).isEqualTo(29 * 4000L);
  }

  /** A cache of the plainest kind: asked for a key, it says whether it was there. */
  private interface Plain {
    boolean get(int key);
  }

  private static void compare(IntFunction<Policy> policies, IntFunction<Plain> plain) {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int entries = 1 + random.nextInt(KEYS);
      Policy policy = policies.apply(entries);
      Plain model = plain.apply(entries);
      for (int i = 0; i < 400; i++) {
        int key = Math.min(random.nextInt(KEYS), random.nextInt(KEYS));
        if (policy.get(key) != model.get(key) || policy.resident() > entries) {
          throw new AssertionError("seed " + seed + ", request " + i + " of " + key);
        }
      }
    }
  }
}
