package io.qcache.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.FakeClock;
import io.qcache.QCache;
import io.qcache.disk.DirectoryInUseException;
import io.qcache.disk.MemoryDirectory;
import io.qcache.engine.Engine;
import java.nio.charset.StandardCharsets;
import io.qcache.engine.Slices;
import io.qcache.engine.Slice;
import io.qcache.engine.HashOps;
import io.qcache.engine.Engines;
import io.qcache.engine.SnapshotContents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
  private final FakeClock clock = new FakeClock();
  private final Engine engine = Engine.open(Engines.settings(2, clock));
  private final MemoryDirectory disk = new MemoryDirectory();
  private final Snapshots snapshots = new Snapshots(engine, disk);
  @TempDir Path temporary;

  @AfterEach void close() {
    snapshots.close();
    engine.close();
  }

  private void set(String key, String value) {
    Engines.set(engine.database(0), key, value);
  }

  private static Map<String, List<String>> loaded(MemoryDirectory from) throws IOException {
    return RdbFiles.load(from.bytes("dump.rdb"));
  }

  @Test void aSave_outlivesThePower_andIsToldOf() throws IOException {
    set("a", "1");
    assertThat(snapshots.changes()).isEqualTo(1);
    clock.step(5_000);
    snapshots.save();
    assertThat(loaded(disk.afterPowerLoss())).isEqualTo(SnapshotContents.of(engine));
    assertThat(snapshots.changes()).isZero();
    assertThat(snapshots.savedMillis()).isEqualTo(FakeClock.START + 5_000);
    assertThat(snapshots.saves()).isEqualTo(1);
    assertThat(snapshots.isSaving()).isFalse();
    assertThat(disk.names()).containsExactly("dump.rdb");
  }

  @Test void aHashWhoseFieldsHaveDeadlines_isSavedInAVersionThatHasThem() throws IOException {
    set("a", "1");
    snapshots.save();
    assertThat(version(disk)).isEqualTo("REDIS0008");
    Slices pair = new Slices();
    pair.add(new byte[] {'f'});
    pair.add(new byte[] {'v'});
    Slice key = new Slice().wrap(new byte[] {'h'});
    HashOps.set(engine.database(0), key, pair, 0);
    HashOps.expire(engine.database(0), key, pair, 0, FakeClock.START + 9_000, 0);
    snapshots.save();
    assertThat(version(disk)).isEqualTo("REDIS0012");
    assertThat(loaded(disk.afterPowerLoss())).isEqualTo(SnapshotContents.of(engine))
        .containsEntry("0 HASH - h", List.of("f = v @" + (FakeClock.START + 9_000)));
    HashOps.delete(engine.database(0), key, pair, 0);
    snapshots.save();
    assertThat(version(disk)).as("when there is none any more").isEqualTo("REDIS0008");
    assertThat(loaded(disk.afterPowerLoss())).containsOnlyKeys("0 STRING - a");
    assertThat(disk.names()).containsExactly("dump.rdb");
  }

  private static String version(MemoryDirectory disk) throws IOException {
    return new String(disk.bytes("dump.rdb"), 0, 9, StandardCharsets.US_ASCII);
  }

  /** Whatever fails, and however the process or the power ends then: the file is the new one or the one before. */
  @Test void anyOperationThatFails_leavesACompleteFile() throws IOException {
    set("a", "1");
    snapshots.save();
    for (boolean half : new boolean[] {false, true}) {
      for (int n = 1; ; n++) {
        Map<String, List<String>> before = SnapshotContents.of(engine);
        set("a", half + " " + n);
        set("long", "x".repeat(300_000));
        Map<String, List<String>> after = SnapshotContents.of(engine);
        long operations = disk.operations();
        disk.failAt(n, half);
        boolean failed = false;
        try {
          snapshots.save();
        } catch (IOException e) {
          failed = true;
        }
        assertThat(loaded(disk.afterPowerLoss())).as("power, %s %d", half, n).isIn(before, after);
        assertThat(loaded(disk.afterKill())).as("kill, %s %d", half, n).isIn(before, after);
        assertThat(snapshots.hasFailed()).isEqualTo(failed);
        assertThat(failed).isEqualTo(disk.operations() - operations >= n);
        disk.failAt(Long.MAX_VALUE / 2, false);
        snapshots.save(); // it heals
        assertThat(loaded(disk.afterPowerLoss())).isEqualTo(after);
        assertThat(snapshots.hasFailed()).isFalse();
        if (!failed) {
          break;
        }
      }
    }
  }

  @Test void aSavePoint_savesWhenItIsDue_andNotBefore() {
    SavePoints points = new SavePoints(60, 3, 10, 5);
    assertThat(points.isDue(2, 1_000_000)).isFalse();
    assertThat(points.isDue(3, 60_000)).isFalse();
    assertThat(points.isDue(3, 60_001)).isTrue();
    assertThat(points.isDue(5, 10_001)).isTrue();
    set("a", "1");
    set("b", "1");
    clock.step(60_001);
    snapshots.points(points);
    set("c", "1");
    while (snapshots.saves() == 0) {
      snapshots.look();
      Thread.onSpinWait();
    }
    assertThat(snapshots.changes()).isZero();
  }

  @Test void aDirectoryHasOneOwner() throws IOException {
    snapshots.save();
    Engine second = Engine.open(Engines.settings(1, clock));
    try (Snapshots other = new Snapshots(second, disk)) {
      assertThatThrownBy(other::save).isInstanceOf(DirectoryInUseException.class);
      assertThat(other.hasFailed()).isTrue();
      snapshots.close();
      other.save();
    } finally {
      second.close();
    }
  }

  @Test void anEmbeddedCache_comesBack() {
    Path directory = temporary.resolve("new/one");
    try (QCache cache = QCache.builder().directory(directory).log(Engines.SILENT).open()) {
      cache.set("a", "1");
      cache.sets().add("set", "x");
      cache.database(3).set("b", "2");
      assertThatThrownBy(() -> QCache.builder().directory(directory).open()).isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("in use by another QCache");
      assertThat(cache.get("a")).contains("1");
    }
    try (QCache cache = QCache.builder().directory(directory).log(Engines.SILENT).open()) {
      assertThat(cache.get("a")).contains("1");
      assertThat(cache.sets().members("set")).containsExactly("x");
      assertThat(cache.database(3).get("b")).contains("2");
    }
  }

  @Test void aDamagedFile_isRefusedAndLeftAsItIs() throws IOException {
    try (QCache cache = QCache.builder().directory(temporary).log(Engines.SILENT).open()) {
      cache.set("a", "1");
    }
    Path file = temporary.resolve("dump.rdb");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    assertThatThrownBy(() -> QCache.builder().directory(temporary).log(Engines.SILENT).open())
        .isInstanceOf(UncheckedIOException.class).hasMessageContaining("dump.rdb").hasMessageContaining(" byte ");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    Files.delete(file);
    QCache.builder().directory(temporary).log(Engines.SILENT).open().close();
  }

  @Test void closing_saysWhatCouldNotBeWritten() {
    set("a", "1");
    snapshots.savesAtEnd(true);
    disk.failAt(3, true);
    assertThatThrownBy(snapshots::close).isInstanceOf(UncheckedIOException.class);
    snapshots.close();
  }
}
