package io.qcache.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Slice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

/** Random adding and removing against a HashMap, with hashes made to collide, to wrap around and to spread. */
class EntryTableModelTest {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @ParameterizedTest @ValueSource(ints = {0, 1, 6, 12})
  void theTable_behavesLikeAMap(int skippedBits) {
    for (int round = 0; round < 60; round++) {
      EntryTable table = new EntryTable(skippedBits);
      Map<Integer, Entry> model = new HashMap<>();
      int span = 1 + random.nextInt(400);
      int keyLean = random.nextInt(4);
      long[] hashes = random.ints(span).mapToLong(any -> hash(keyLean, skippedBits)).toArray();
      for (int step = 0; step < 2_000; step++) {
        boolean grows = step / 500 % 2 == 0; // grow, shrink, grow, shrink
        int id = random.nextInt(span);
        if (model.containsKey(id) && (!grows || random.nextInt(4) == 0)) {
          table.remove(model.remove(id));
        } else if (!model.containsKey(id) && (grows || random.nextInt(4) == 0)) {
          Entry entry = new Entry(key(id), hashes[id]);
          table.add(entry);
          model.put(id, entry);
        }
        if (step % 100 == 0) {
          check(table, model, hashes);
        }
      }
      check(table, model, hashes);
      model.values().forEach(table::remove);
      assertThat(table.size()).isZero();
      assertThat(table.homes()).as("an empty table is small, seed %d", seed).isEqualTo(8);
    }
  }

  /** Many equal ones; all homes at the end, so that they wrap around; a handful of homes; anything. */
  private long hash(int lean, int skippedBits) {
    long stripe = skippedBits == 0 ? 0 : 5L << (Long.SIZE - skippedBits);
    long rest = switch (lean) {
      case 0 -> 0x123456789L << 20;
      case 1 -> -1L >>> random.nextInt(3) * 60; // homes at the end and at 0
      case 2 -> (long) random.nextInt(5) << 61 | random.nextInt(1000);
      default -> random.nextLong();
    };
    return stripe | (skippedBits == 0 ? rest : rest >>> skippedBits);
  }

  private void check(EntryTable table, Map<Integer, Entry> model, long[] hashes) {
    assertThat(table.size()).isEqualTo(model.size());
    assertThat(table.homes()).isEqualTo(1 << table.homeBits());
    assertThat(table.size()).as("never more than three quarters full, seed %d", seed)
        .isLessThanOrEqualTo(table.homes() * 3 / 4);
    assertThat(table.homes() == 8 || table.size() >= table.homes() / 8).as("shrinks, seed %d", seed).isTrue();
    for (int id = 0; id < hashes.length; id++) { // found from its home without a gap, or not at all
      assertThat(table.find(key(id), hashes[id])).as("seed %d", seed).isSameAs(model.get(id));
    }
    Set<Entry> met = new HashSet<>();
    for (int home = 0; home < table.homes(); home++) {
      long last = -1;
      for (int n = 0; table.atHome(home, n) != null; n++) {
        Entry entry = table.atHome(home, n);
        assertThat(met.add(entry)).as("met once, seed %d", seed).isTrue();
        last = entry.hash;
      }
      assertThat(last == -1 || homeOf(table, last) == home).as("seed %d", seed).isTrue();
    }
    assertThat(met).as("every entry is met at its home, seed %d", seed).isEqualTo(new HashSet<>(model.values()));
  }

  private static int homeOf(EntryTable table, long hash) {
    for (int home = 0; home < table.homes(); home++) {
      for (int n = 0; table.atHome(home, n) != null; n++) {
        if (table.atHome(home, n).hash == hash) {
          return home;
        }
      }
    }
    return -1;
  }

  private static Slice key(int id) {
    return new Slice().wrap(ByteBuffer.allocate(4).putInt(id).array());
  }

  @Test void homes_areInTheOrderOfTheHash_atEverySize() {
    EntryTable table = new EntryTable(0);
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      Entry entry = new Entry(key(i), random.nextLong());
      all.add(entry);
      table.add(entry);
      if (Integer.bitCount(i) == 1) {
        checkOrder(table);
      }
    }
    for (int i = 0; i < all.size(); i++) {
      if (i % 100 == 0) {
        checkOrder(table);
      }
      table.remove(all.get(i));
    }
  }

  private void checkOrder(EntryTable table) {
    long least = Long.MIN_VALUE; // hashes compared unsigned: shifted by the sign bit
    for (int home = 0; home < table.homes(); home++) {
      long most = least;
      for (int n = 0; table.atHome(home, n) != null; n++) {
        long hash = table.atHome(home, n).hash ^ Long.MIN_VALUE;
        assertThat(hash).as("home %d, seed %d", home, seed).isGreaterThanOrEqualTo(least);
        most = Math.max(most, hash);
      }
      least = most;
    }
  }

  @ParameterizedTest @ValueSource(ints = {0, 6, 12})
  void theBitsThatChoseTheStripe_areNotTheHome(int skippedBits) { // else all entries of a stripe had the same
    EntryTable table = new EntryTable(skippedBits);
    for (int i = 0; i < 1_000; i++) {
      table.add(new Entry(key(i), hash(3, skippedBits)));
    }
    for (int home = 0; home < table.homes(); home++) {
      assertThat(table.atHome(home, 15)).as("home %d, seed %d", home, seed).isNull();
    }
  }

  @Test void random_givesEveryEntryAboutAsOften() {
    EntryTable table = new EntryTable(0);
    int size = 50;
    for (int i = 0; i < size; i++) {
      table.add(new Entry(key(i), random.nextLong()));
    }
    Map<Entry, Integer> counts = new HashMap<>();
    for (int i = 0; i < size * 1_000; i++) {
      counts.merge(table.random(random), 1, Integer::sum);
    }
    assertThat(counts).as("seed %d", seed).hasSize(size);
    assertThat(counts.values()).as("seed %d", seed).allMatch(count -> count > 700 && count < 1_300); // 9 sigmas
  }

  @Test void random_comesBack_whateverTheGeneratorGives() {
    EntryTable table = new EntryTable(0);
    Entry only = new Entry(key(1), -1L); // in the last slot
    table.add(only);
    assertThat(table.random(() -> 0L)).isSameAs(only);
  }
}
