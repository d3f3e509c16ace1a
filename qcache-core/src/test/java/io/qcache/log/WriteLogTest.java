package io.qcache.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.disk.MemoryDirectory;
import io.qcache.engine.Engines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteLogTest {
  private static final String FIRST = "00000000000000000001.aof";

  private final WriteLog.Owner nobody = () -> { };

  /** A unit of that number, whose bytes say it. */
  private static Effects unit(int number) {
    Effects effects = new Effects();
    effects.begin(Effects.CLEAR, number, 0);
    effects.begin(Effects.STRING_RAW, 0, Engines.slice("k" + number)).value(new byte[number % 50], 0, number % 50);
    effects.done();
    return effects;
  }

  private static byte[] bytes(int number) {
    Effects unit = unit(number);
    return Arrays.copyOf(unit.array(), unit.length());
  }

  private WriteLog open(MemoryDirectory disk, Recovered from, ForcePolicy policy) throws IOException {
    return WriteLog.open(disk, from, policy, Engines.SILENT, nobody);
  }

  private static void append(WriteLog log, int from, int to) {
    for (int i = from; i <= to; i++) {
      assertThat(log.append(unit(i))).isEqualTo(i);
    }
  }

  /** The units of a directory from a number on, which must be those that were appended; where the log goes on. */
  private static Recovered recover(MemoryDirectory disk, long from) throws IOException {
    List<byte[]> units = new ArrayList<>();
    Recovered recovered = new Recovery(disk, Engines.SILENT, true,
        (effects, at, end) -> units.add(Arrays.copyOfRange(effects, at, end))).recover(from);
    assertThat(recovered.next()).isEqualTo(from + units.size());
    for (int i = 0; i < units.size(); i++) {
      assertThat(units.get(i)).as("unit " + (from + i)).isEqualTo(bytes((int) from + i));
    }
    return recovered;
  }

  private MemoryDirectory written(int units) throws IOException {
    MemoryDirectory disk = new MemoryDirectory();
    try (WriteLog log = open(disk, Recovered.NOTHING, ForcePolicy.ALWAYS)) {
      for (int i = 1; i <= units; i++) { // each with a write of its own, which knows the last one to be safe
        append(log, i, i);
        log.await(i);
      }
    }
    return disk;
  }

  @Test void whatWasForced_isThereAfterALossOfPower_andTheLogGoesOnBehindIt() throws IOException {
    MemoryDirectory disk = written(40).afterPowerLoss();
    Recovered recovered = recover(disk, 1);
    assertThat(recovered.next()).isEqualTo(41);
    try (WriteLog log = open(disk, recovered, ForcePolicy.EVERYSEC)) {
      append(log, 41, 300);
      while (!log.commit(300)) {
        Thread.onSpinWait();
      }
      assertThat(recover(disk.afterKill(), 1).next()).as("written before it is acknowledged").isEqualTo(301);
    }
    assertThat(recover(disk.afterPowerLoss(), 1).next()).as("closing forces").isEqualTo(301);
  }

  @Test void aLongUnit_isTakenOverUncopied_andReadAgain() throws IOException {
    MemoryDirectory disk = new MemoryDirectory();
    byte[] value = new byte[700_000];
    new Random(1).nextBytes(value);
    Effects unit = new Effects();
    unit.begin(Effects.STRING_RAW, 0, Engines.slice("long")).value(value, 0, value.length);
    unit.done();
    byte[] expected = Arrays.copyOf(unit.array(), unit.length());
    try (WriteLog log = open(disk, Recovered.NOTHING, ForcePolicy.NO)) {
      log.append(unit);
      assertThat(unit.isEmpty()).isTrue();
      log.append(unit(2));
    }
    List<byte[]> units = new ArrayList<>();
    new Recovery(disk, Engines.SILENT, true, (effects, at, end) -> units.add(Arrays.copyOfRange(effects, at, end))).recover(1);
    assertThat(units).hasSize(2);
    assertThat(units.get(0)).isEqualTo(expected);
    assertThat(units.get(1)).isEqualTo(bytes(2));
  }

  @Test void aTailThatIsCutAnywhere_leavesExactlyTheUnitsBeforeIt() throws IOException {
    MemoryDirectory whole = written(12);
    byte[] all = whole.bytes(FIRST);
    for (int cut = 0; cut <= all.length; cut += 1 + cut % 3) {
      MemoryDirectory disk = new MemoryDirectory();
      disk.put(FIRST, Arrays.copyOf(all, cut));
      Recovered recovered = recover(disk, 1);
      assertThat(recovered).as("recovered once more, after a cut at " + cut).isEqualTo(recover(disk, 1));
      try (WriteLog log = open(disk, recovered, ForcePolicy.ALWAYS)) {
        append(log, (int) recovered.next(), (int) recovered.next());
      }
      assertThat(recover(disk, 1).next()).isEqualTo(recovered.next() + 1);
    }
  }

  @Test void zerosAndGarbageBehindTheEnd_areCutOff_andNothingIsLost() throws IOException {
    byte[] all = written(20).bytes(FIRST);
    Random random = new Random(5);
    for (int round = 0; round < 50; round++) {
      byte[] tail = new byte[1 + random.nextInt(5_000)];
      if (round % 2 == 0) {
        random.nextBytes(tail);
      }
      byte[] both = Arrays.copyOf(all, all.length + tail.length);
      System.arraycopy(tail, 0, both, all.length, tail.length);
      MemoryDirectory disk = new MemoryDirectory();
      disk.put(FIRST, both);
      assertThat(recover(disk, 1).next()).isEqualTo(21);
      assertThat(disk.bytes(FIRST)).isEqualTo(all);
    }
  }

  @Test void aBitThatFlips_whereItWasSafe_isRefusedWithItsPlace_andNeverServed() throws IOException {
    byte[] all = written(12).bytes(FIRST);
    int refused = 0;
    for (int at = 0; at < all.length; at++) {
      MemoryDirectory disk = new MemoryDirectory();
      byte[] flipped = all.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      disk.put(FIRST, flipped);
      try {
        recover(disk, 1);
      } catch (LogDamagedException damaged) {
        assertThat(damaged).hasMessageContaining(FIRST).hasMessageContaining("byte").hasMessageContaining("record");
        refused++;
      }
    }
    int last = Frame.HEADER_BYTES + bytes(12).length + Frame.HEADER_BYTES + bytes(11).length; // known to be safe by none
    assertThat(refused).isGreaterThanOrEqualTo(all.length - last);
  }

  @Test void aSegmentThatIsMissing_isRefusedByName() throws IOException {
    MemoryDirectory disk = new MemoryDirectory();
    try (WriteLog log = open(disk, Recovered.NOTHING, ForcePolicy.ALWAYS)) {
      for (int i = 1; i <= 30; i++) {
        append(log, i, i);
        if (i % 10 == 0) {
          log.beginSegment();
        }
      }
    }
    assertThat(recover(disk, 1).next()).isEqualTo(31);
    assertThat(recover(disk, 15).next()).isEqualTo(31);
    disk.delete(Segment.name(11));
    assertThatThrownBy(() -> recover(disk, 1)).isInstanceOf(LogDamagedException.class)
        .hasMessageContaining("misses records 11 to 20").hasMessageContaining(Segment.name(21));
    assertThat(recover(disk, 21).next()).as("of what the snapshot has, nothing is needed").isEqualTo(31);
    disk.delete(Segment.name(1));
    assertThatThrownBy(() -> recover(disk, 1)).isInstanceOf(LogDamagedException.class).hasMessageContaining("record 1");
  }

  /** Some units, a new segment, some units, a snapshot that covers the first; what was acknowledged under always. */
  private long history(MemoryDirectory disk) {
    long acknowledged = 0;
    try (WriteLog log = open(disk, Recovered.NOTHING, ForcePolicy.ALWAYS)) {
      for (int i = 1; i <= 12; i++) {
        append(log, i, i);
        if (i == 6) {
          log.beginSegment();
        }
        log.await(i);
        if (!log.isReached(i)) {
          return acknowledged;
        }
        acknowledged = i;
      }
    } catch (IOException failed) {
      // it could not be opened
    }
    return acknowledged;
  }

  @ParameterizedTest @ValueSource(booleans = {false, true})
  void whereTheNthOperationFailsAndAllBehindIt_aPrefixIsLeft_withAllThatWasAcknowledged(boolean half) throws IOException {
    MemoryDirectory probe = new MemoryDirectory();
    assertThat(history(probe)).isEqualTo(12);
    for (int n = 1; n <= probe.operations(); n++) {
      MemoryDirectory disk = new MemoryDirectory();
      disk.failAt(n, half);
      long acknowledged = history(disk);
      assertThat(recover(disk.afterPowerLoss(), 1).next()).as("operation " + n + " of " + probe.told()).isGreaterThan(acknowledged);
      assertThat(recover(disk.afterKill(), 1).next()).as("operation " + n).isGreaterThan(acknowledged);
    }
  }

  @ParameterizedTest @ValueSource(booleans = {false, true})
  void aWriteThatFailsForAWhile_failsTheLog_whichHealsAndHasLostNothing(boolean half) throws IOException {
    MemoryDirectory disk = new MemoryDirectory();
    try (WriteLog log = open(disk, Recovered.NOTHING, ForcePolicy.ALWAYS)) {
      append(log, 1, 5);
      log.await(5);
      disk.failAt(1, half, 3);
      append(log, 6, 7);
      log.await(7);
      assertThat(log.failure()).hasMessageContaining("lets it fail");
      assertThat(log.isReached(7)).isFalse();
      append(log, 8, 9);
      while (!log.commit(9)) { // without anybody's doing
        Thread.onSpinWait();
      }
      assertThat(log.failure()).isNull();
    }
    assertThat(recover(disk.afterPowerLoss(), 1).next()).isEqualTo(10);
  }

  @Test void aForceThatFails_isNotTriedAgain_butHealedByASnapshotAndASegment() throws Exception {
    MemoryDirectory disk = new MemoryDirectory();
    java.util.concurrent.Semaphore wanted = new java.util.concurrent.Semaphore(0);
    try (WriteLog log = WriteLog.open(disk, Recovered.NOTHING, ForcePolicy.ALWAYS, Engines.SILENT, wanted::release)) {
      append(log, 1, 3);
      log.await(3);
      append(log, 4, 4);
      disk.failAt(2, false, 1); // the write goes, the force does not
      log.await(4);
      wanted.acquire();
      assertThat(log.failure()).isNotNull();
      assertThat(recover(disk.afterPowerLoss(), 1).next()).isEqualTo(4);
      append(log, 5, 6);
      long first = log.beginSegment();
      assertThat(first).as("a number is left out").isEqualTo(8);
      append(log, 8, 9);
      while (!disk.has(Segment.name(first))) {
        Thread.onSpinWait();
      }
      assertThat(log.isReached(9)).as("nothing counts before the snapshot is safe").isFalse();
      assertThat(recover(disk.afterKill(), 1).next()).as("and nothing behind it is used").isBetween(4L, 7L);
      log.covered(first);
      log.await(9);
      assertThat(log.failure()).isNull();
      assertThat(log.isReached(9)).isTrue();
      assertThat(recover(disk.afterPowerLoss(), first).next()).isEqualTo(10);
    }
  }

  /** A log that begins in the midst of things, up to there: begun, with its snapshot, and healed. */
  private WriteLog started(MemoryDirectory disk, boolean covered) throws IOException {
    WriteLog log = WriteLog.start(disk, 5, ForcePolicy.ALWAYS, Engines.SILENT, nobody);
    long first = log.beginSegment();
    assertThat(first).isEqualTo(6);
    append(log, 6, 7);
    while (!disk.has(Segment.name(first))) {
      Thread.onSpinWait();
    }
    assertThat(log.isReached(7)).as("as without a log").isTrue();
    if (covered) {
      log.covered(first);
      append(log, 8, 8);
      log.await(8);
    }
    return log;
  }

  @Test void aLogThatBegins_countsWithItsSnapshotAlone() throws IOException {
    MemoryDirectory begun = new MemoryDirectory();
    try (WriteLog log = started(begun, false)) {
      assertThat(log.isStarting()).isTrue();
      assertThat(recover(begun.afterKill(), 1)).as("its snapshot is missing").isEqualTo(Recovered.NOTHING);
      assertThat(recover(begun.afterPowerLoss(), 5).next()).isEqualTo(5);
    }
    MemoryDirectory healed = new MemoryDirectory();
    try (WriteLog log = started(healed, true)) {
      assertThat(log.isStarting()).isFalse();
      assertThat(recover(healed.afterPowerLoss(), 6).next()).isEqualTo(9);
      assertThatThrownBy(() -> recover(healed.afterPowerLoss(), 1)).as("it was acknowledged").isInstanceOf(LogDamagedException.class)
          .hasMessageContaining("record 1");
    }
    try (WriteLog log = open(healed, recover(healed, 6), ForcePolicy.ALWAYS)) {
      append(log, 9, 9);
    }
    assertThat(recover(healed.afterPowerLoss(), 6).next()).isEqualTo(10);
  }

  @Test void manyThreadsUnitsAreWrittenTogether_eachOnce_andSafeWhenTheyWereTold() throws Exception {
    MemoryDirectory disk = new MemoryDirectory();
    int threads = 4;
    int each = 300;
    try (WriteLog log = open(disk, Recovered.NOTHING, ForcePolicy.ALWAYS)) {
      List<Thread> all = IntStream.range(0, threads).mapToObj(number -> new Thread(() -> {
        Effects unit = new Effects();
        for (int i = 0; i < each; i++) {
          unit.begin(Effects.CLEAR, i, 0);
          unit.done();
          log.await(log.append(unit));
        }
      })).toList();
      all.forEach(Thread::start);
      for (Thread thread : all) {
        thread.join();
      }
      assertThat(log.forced()).isEqualTo(threads * each);
    }
    int[] count = new int[1];
    new Recovery(disk.afterPowerLoss(), Engines.SILENT, true, (effects, at, end) -> count[0]++).recover(1);
    assertThat(count[0]).isEqualTo(threads * each);
  }
}
