package io.qcache.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.NotLoggedException;
import io.qcache.QCache;
import io.qcache.disk.MemoryDirectory;
import io.qcache.embedded.EmbeddedCache;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import io.qcache.engine.SnapshotContents;
import io.qcache.log.ForcePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A history of changes and snapshots with the log on, whose n-th operation on the disk fails, for every n. */
class LogHistoryTest {
  /** Each is one unit, or a snapshot for the log to go on from. */
  private static final List<Consumer<QCache>> STEPS = List.of(
      cache -> cache.set("a", "1"),
      cache -> cache.setAll(Map.of("b", "2", "c", "3")),
      cache -> cache.lists().addAllLast("list", List.of("x", "y", "z")),
      cache -> cache.hashes().set("hash", "field", "1"),
      LogHistoryTest::rewrite,
      cache -> cache.delete("a"),
      cache -> cache.sortedSets().add("zset", "m", 1.5),
      cache -> cache.database(3).set("other", "v".repeat(200_000)),
      LogHistoryTest::rewrite,
      cache -> cache.lists().remove("list", "x"),
      cache -> cache.swapDatabases(0, 3),
      cache -> cache.sets().addAll("set", List.of("1", "2", "q")),
      cache -> cache.clearAll(),
      cache -> cache.set("last", "1"));

  /** What there is after so many steps. */
  private static final List<Map<String, List<String>>> STATES = states();

  private static List<Map<String, List<String>>> states() {
    List<Map<String, List<String>>> states = new ArrayList<>();
    try (QCache cache = new EmbeddedCache(engine())) {
      states.add(SnapshotContents.of(Engine.of(cache)));
      for (Consumer<QCache> step : STEPS) {
        step.accept(cache);
        states.add(SnapshotContents.of(Engine.of(cache)));
      }
    }
    return states;
  }

  private static Engine engine() {
    return Engine.open(new Engine.Settings().stripes(2).hashKey(1, 2).log(Engines.SILENT));
  }

  private static void rewrite(QCache cache) {
    Snapshots snapshots = Engine.of(cache).snapshots();
    if (snapshots != null) {
      try {
        snapshots.save();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed); // the log goes on as it was
      }
    }
  }

  /** Takes all steps; after how many of them the last change was acknowledged. */
  private static int history(MemoryDirectory disk, boolean heals) {
    int acknowledged = 0;
    Engine engine = engine();
    try (QCache cache = new EmbeddedCache(engine)) {
      Snapshots snapshots = new Snapshots(engine, disk);
      engine.snapshots(snapshots);
      snapshots.restore(false, ForcePolicy.ALWAYS);
      for (int step = 0; step < STEPS.size(); step++) {
        try {
          STEPS.get(step).accept(cache);
          acknowledged = step + 1;
        } catch (NotLoggedException | UncheckedIOException failed) {
          while (heals && snapshots.log().failure() != null) {
            Thread.onSpinWait();
          }
        }
      }
    } catch (IOException failed) {
      // it has not opened
    }
    return acknowledged;
  }

  private static Map<String, List<String>> restored(MemoryDirectory disk) throws IOException {
    Engine engine = engine();
    try {
      Snapshots snapshots = new Snapshots(engine, disk);
      engine.snapshots(snapshots);
      snapshots.restore(false, ForcePolicy.NO);
      return SnapshotContents.of(engine);
    } finally {
      engine.close();
    }
  }

  private static void isAPrefix(Map<String, List<String>> found, int acknowledged, String what) {
    assertThat(STATES.subList(acknowledged, STATES.size())).as(what + ", " + acknowledged + " steps acknowledged").contains(found);
  }

  @ParameterizedTest @ValueSource(booleans = {false, true})
  void whereTheDiskFailsFromTheNthOperationOn_aPrefixIsLeft_withAllThatWasAcknowledged(boolean half) throws IOException {
    for (int n = 1; ; n++) {
      MemoryDirectory disk = new MemoryDirectory();
      disk.failAt(n, half);
      int acknowledged = history(disk, false);
      String what = "operation " + n + (half ? ", half" : "");
      isAPrefix(restored(disk.afterPowerLoss()), acknowledged, what + ", the power lost");
      isAPrefix(restored(disk.afterKill()), acknowledged, what + ", killed");
      if (disk.operations() < n) {
        assertThat(acknowledged).isEqualTo(STEPS.size());
        return;
      }
    }
  }

  @Test void whereOneOperationFails_itHeals_andNothingIsMissingInTheEnd() throws IOException {
    for (int n = 1; ; n++) {
      MemoryDirectory disk = new MemoryDirectory();
      disk.failAt(n, n % 2 == 0, 1);
      int acknowledged = history(disk, true);
      if (acknowledged > 0) { // else it has not opened
        assertThat(restored(disk.afterPowerLoss())).as("operation " + n).isEqualTo(STATES.get(STEPS.size()));
      } else {
        assertThat(STATES.get(0)).isEqualTo(restored(disk.afterPowerLoss()));
      }
      if (disk.operations() < n) {
        return;
      }
    }
  }

  @Test void aLogIsTurnedOnAndOff_andKilledAtAnyOperation_leavingWhatWasAcknowledgedWhileItWasOn() throws IOException {
    for (int n = 1; ; n++) {
      MemoryDirectory disk = new MemoryDirectory();
      disk.failAt(n, n % 2 == 0);
      Engine engine = engine();
      int safe = 0;
      try (QCache cache = new EmbeddedCache(engine)) {
        Snapshots snapshots = new Snapshots(engine, disk);
        engine.snapshots(snapshots);
        for (int i = 1; i <= 9; i++) {
          if (i % 3 == 1) {
            snapshots.startLog(ForcePolicy.ALWAYS);
            while (snapshots.log().isStarting() && !snapshots.hasFailed()) {
              Thread.onSpinWait();
            }
          }
          cache.set("key", Integer.toString(i));
          safe = snapshots.log() != null && !snapshots.log().isStarting() ? i : safe;
          if (i % 3 == 2) {
            snapshots.stopLog(); // and the third is not logged
          }
        }
      } catch (IOException | NotLoggedException failed) {
        // as it was meant to
      }
      for (MemoryDirectory left : List.of(disk.afterPowerLoss(), disk.afterKill())) {
        Map<String, List<String>> found = restored(left);
        int value = found.isEmpty() ? 0 : Integer.parseInt(found.get("0 STRING - key").get(0));
        assertThat(value).as("operation " + n).isBetween(safe, 9);
      }
      if (disk.operations() < n) {
        assertThat(safe).isEqualTo(8);
        return;
      }
    }
  }
}
