package io.qcache.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.FakeClock;
import io.qcache.disk.Directory;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import io.qcache.engine.SnapshotContents;
import io.qcache.log.ForcePolicy;
import io.qcache.log.WriteLog;
import io.qcache.snapshot.RdbException;
import io.qcache.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that are damaged, checked, and repaired. */
class RepairTest {
  private static final int WRITES = 30; // behind the snapshot

  @TempDir Path directory;
  private final List<String> said = new ArrayList<>();
  private final List<Map<String, List<String>>> states = new ArrayList<>(); // after each write
  private long segment; // the last one

  private static Engine engine() {
    return Engine.open(Engines.settings(2, new FakeClock()));
  }

  private static void write(Snapshots snapshots, Engine engine, String key, String value) {
    Engines.set(engine.database(0), key, value);
    WriteLog log = snapshots.log();
    while (!log.commit(log.last())) {
      Thread.onSpinWait();
    }
  }

  /** A snapshot, and a segment behind it whose every record knows the one before to be safe. */
  @BeforeEach void writeThem() throws IOException {
    try (Engine engine = engine(); Snapshots snapshots = new Snapshots(engine, Directory.at(directory))) {
      snapshots.restore(false, ForcePolicy.ALWAYS);
      for (int i = 0; i < 5; i++) {
        write(snapshots, engine, "old" + i, "v" + i);
      }
      snapshots.save();
      states.add(SnapshotContents.of(engine));
      for (int i = 0; i < WRITES; i++) {
        write(snapshots, engine, "k" + i % 7, "value " + i);
        states.add(SnapshotContents.of(engine));
      }
    }
    assertThat(segments()).hasSize(1);
    segment = 6;
  }

  private List<String> segments() throws IOException {
    return Directory.at(directory).names().stream().filter(name -> name.endsWith(".aof")).toList();
  }

  private Path segmentFile() throws IOException {
    return directory.resolve(segments().get(0));
  }

  private boolean check(Path path) throws IOException {
    said.clear();
    try (Engine engine = engine()) {
      return new Check(engine, "dump.rdb", false, said::add).check(path);
    }
  }

  private boolean repair(boolean confirmed) throws IOException {
    said.clear();
    try (Engine engine = engine()) {
      return new Repair(engine, "dump.rdb", false, said::add, () -> confirmed).repair(directory);
    }
  }

  private Map<String, List<String>> started() throws IOException {
    try (Engine engine = engine(); Snapshots snapshots = new Snapshots(engine, Directory.at(directory))) {
      snapshots.restore(false, ForcePolicy.NO);
      return SnapshotContents.of(engine);
    }
  }

  @Test void whatIsWhole_isSaidToBe_andNothingIsRepaired() throws IOException {
    assertThat(check(directory)).isTrue();
    assertThat(said.get(0)).startsWith("dump.rdb: whole, an RDB file of version 8, ");
    assertThat(said.get(1)).isEqualTo("  5 keys: 5 strings");
    assertThat(said).contains("the log joins, and goes on with record 36; a start finds 12 keys");
    assertThat(check(segmentFile())).isTrue();
    assertThat(said).singleElement().asString().endsWith("records 6 to 35");
    assertThat(repair(true)).isTrue();
    assertThat(said).containsExactly("nothing to repair in " + directory.toAbsolutePath().normalize());
    assertThat(started()).isEqualTo(states.get(WRITES));
  }

  @Test void aFlippedBitAnywhere_isFound_andCutOff_andTheFileIsKept() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] good = Files.readAllBytes(segmentFile());
    Path file = segmentFile();
    for (int round = 0; round < 12; round++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bad);
      boolean atOnce = check(directory);
      boolean alone = check(file);
      String as = "seed " + seed + ", round " + round + ", byte " + at + ": " + said;
      assertThat(repair(false)).as(as).isFalse();
      assertThat(said).as(as).endsWith("nothing is changed");
      assertThat(Files.readAllBytes(file)).as(as).isEqualTo(bad);
      assertThat(repair(true)).as(as).isTrue();
      assertThat(said.get(said.size() - 1)).as(as).startsWith("repaired: ");
      Path backup = directory.resolve(file.getFileName() + ".backup");
      assertThat(Files.readAllBytes(backup)).as(as).isEqualTo(bad);
      assertThat(check(directory)).as(as).isTrue();
      Map<String, List<String>> found = started();
      int kept = states.indexOf(found);
      assertThat(kept).as(as).isBetween(0, WRITES - 1);
      assertThat(atOnce).as(as + ", only a torn end is no damage").isEqualTo(kept == WRITES - 1 && atOnce);
      assertThat(alone).as(as).isEqualTo(atOnce);
      if (Files.exists(file)) {
        byte[] left = Files.readAllBytes(file);
        int common = Math.min(left.length, at);
        assertThat(Arrays.copyOf(left, common)).as(as).isEqualTo(Arrays.copyOf(good, common));
      }
      clear();
      Files.write(file, good);
    }
    assertThat(started()).isEqualTo(states.get(WRITES));
  }

  private void clear() throws IOException {
    for (String name : Directory.at(directory).names()) {
      if (name.contains(".aof")) {
        Files.delete(directory.resolve(name));
      }
    }
  }

  @Test void aTornEnd_isNoDamage_andIsCutWhenToldTo() throws IOException {
    Path file = segmentFile();
    byte[] good = Files.readAllBytes(file);
    byte[] torn = Arrays.copyOf(good, good.length + 9);
    Files.write(file, torn);
    assertThat(check(directory)).isTrue();
    assertThat(said).contains("  and a torn end of 9 bytes, which was never safe: a start cuts it off");
    assertThat(repair(true)).isTrue();
    assertThat(said).contains("9 bytes are lost, with 0 records that are whole, and those that are not");
    assertThat(Files.readAllBytes(file)).isEqualTo(good);
  }

  @Test void aSegmentThatIsMissing_isNamed_andThoseBehindIt_arePutAside() throws IOException {
    Path behind = directory.resolve(String.format("%020d.aof", segment + WRITES + 5));
    byte[] header = Arrays.copyOf(Files.readAllBytes(segmentFile()), 16);
    header[7] = 1; // it goes on where the one before it ends
    header[8] = (byte) (segment + WRITES + 5);
    Files.write(behind, header);
    assertThat(check(directory)).isFalse();
    assertThat(said.get(said.size() - 1)).contains("misses records 36 to 40");
    assertThat(repair(true)).isTrue();
    assertThat(Files.exists(behind)).isFalse();
    assertThat(Files.readAllBytes(directory.resolve(behind.getFileName() + ".backup"))).isEqualTo(header);
    assertThat(started()).isEqualTo(states.get(WRITES));
  }

  @Test void aDamagedSnapshot_isFound_andCannotBeRepaired() throws IOException {
    Path file = directory.resolve("dump.rdb");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(check(file)).isFalse();
    assertThat(said).singleElement().asString().contains("dump.rdb is damaged at byte ");
    assertThat(check(directory)).isFalse();
    assertThatThrownBy(() -> repair(true)).isInstanceOf(RdbException.class);
  }

  @Test void whatIsInUse_isNotRead() throws IOException {
    try (Engine engine = engine(); Snapshots snapshots = new Snapshots(engine, Directory.at(directory))) {
      snapshots.restore(false, ForcePolicy.NO);
      assertThatThrownBy(() -> repair(true)).hasMessageContaining("is in use");
      assertThatThrownBy(() -> check(directory)).hasMessageContaining("is in use");
    }
  }
}
