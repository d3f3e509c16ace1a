package io.qcache.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IndexModelTest {
  private final Random random = new Random();
  private final Index index = new Index();
  private final Map<Integer, Integer> byPosition = new HashMap<>(); // to the fingerprint
  private final List<Integer> positions = new ArrayList<>();

  private int add(int fingerprint) {
    int position = 1 + byPosition.size();
    while (byPosition.containsKey(position)) {
      position = random.nextInt();
    }
    index.reserve(fingerprint);
    index.add(fingerprint, position);
    byPosition.put(position, fingerprint);
    positions.add(position);
    return position;
  }

  private void remove() {
    int at = random.nextInt(positions.size());
    int position = positions.get(at);
    positions.set(at, positions.get(positions.size() - 1));
    positions.remove(positions.size() - 1);
    index.remove(byPosition.remove(position), position);
  }

  private int fingerprint() {
    return random.nextInt() >>> 2;
  }

  private void assertSame() {
    assertThat(index.size()).isEqualTo(byPosition.size());
    Map<Integer, Integer> walked = new HashMap<>();
    for (int place = 0; place != Index.END; ) {
      int here = place;
      place = index.visitHome(place, position -> walked.merge(position, 1, Integer::sum));
      assertThat(place).isGreaterThan(here);
    }
    assertThat(walked.keySet()).isEqualTo(byPosition.keySet());
    assertThat(walked.values()).allMatch(times -> times == 1);
    byPosition.forEach((position, fingerprint) -> {
      Index.Table table = index.table(fingerprint);
      index.find(table, fingerprint, position);
      int ahead = Index.positionAhead(table.slots, table.home(fingerprint), fingerprint);
      assertThat(byPosition.get(ahead)).isEqualTo(fingerprint); // seldom another one's
    });
  }

  @Test void growingToManyTablesAndShrinkingAgain_losesNothing() {
    long seed = new Random().nextLong();
    random.setSeed(seed);
    try {
      for (int size : new int[] {5, 100, 20_000, 30_000, 150_000}) {
        while (byPosition.size() < size) {
          add(fingerprint());
        }
        assertSame();
      }
      for (int size : new int[] {100_000, 3_000, 7, 0}) {
        while (byPosition.size() > size) {
          remove();
        }
        assertSame();
      }
      assertThat(index.bytes()).as("a small index is small again").isLessThan(4_096);
    } catch (Throwable failed) {
      throw new AssertionError("seed " + seed, failed);
    }
  }

  @Test void manyEntriesOfOneFingerprint_wrapAroundTheTable() {
    for (int i = 0; i < 40; i++) {
      add((1 << 30) - 1);
      add(0);
      add(fingerprint());
      assertSame();
    }
    while (!positions.isEmpty()) {
      remove();
      assertSame();
    }
  }

  @Test void aScan_meetsWhatIsThereThroughout_whileTheIndexGrowsAndShrinks() {
    long seed = new Random().nextLong();
    random.setSeed(seed);
    Set<Integer> throughout = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      throughout.add(add(fingerprint()));
    }
    positions.clear(); // these are never removed
    Set<Integer> met = new HashSet<>();
    for (int place = 0, step = 0; place != Index.END; step++) {
      place = index.visitHome(place, met::add);
      boolean grows = step / 700 % 2 == 0;
      for (int i = 0; i < 60; i++) {
        if (grows) {
          add(fingerprint());
        } else if (!positions.isEmpty()) {
          remove();
        }
      }
      assertThat(step).isLessThan(500_000);
    }
    assertThat(met).as("seed " + seed).containsAll(throughout);
  }

  @Test void frequency_isCountedToThree_andGoesAlongWhenTheRecordMovesAndTheTableGrows() {
    add(77);
    for (int i = 0; i < 9; i++) {
      index.touch(77, 1);
    }
    index.move(77, 1, 12_345);
    for (int i = 0; i < 5_000; i++) {
      index.reserve(fingerprint());
      add(fingerprint());
    }
    Index.Table table = index.table(77);
    long slot = table.slots[index.find(table, 77, 12_345)];
    assertThat(Index.frequency(slot)).isEqualTo(3);
    assertThat(Index.fingerprint(slot)).isEqualTo(77);
  }
}
