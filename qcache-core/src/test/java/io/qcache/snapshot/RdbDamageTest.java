package io.qcache.snapshot;

import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.FakeClock;
import io.qcache.ListEnd;
import io.qcache.engine.SnapshotContents;
import io.qcache.engine.Database;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import io.qcache.engine.HashOps;
import io.qcache.engine.ListOps;
import io.qcache.engine.SetOps;
import io.qcache.engine.SortedSetOps;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A file that is not what was written is refused, by name, or loads exactly: never silently something else. */
class RdbDamageTest {
  private final Engine engine = Engine.open(Engines.settings(2, new FakeClock()));

  @AfterEach void close() {
    engine.close();
  }

  private void fill() {
    Database db = engine.database(0);
    Engines.set(db, "string", "value");
    Engines.set(db, "number", "-12345");
    Engines.set(db, "deadline", "a text that is a text that is a text", FakeClock.START + 60_000);
    Engines.set(engine.database(9), "long", "x".repeat(70_000));
    ListOps.push(db, slice("list"), slices("a", "b", "1", "a text that comes again a text that comes again"), 0, ListEnd.LAST, false);
    SetOps.add(db, slice("integers"), slices("1", "2", "-3", "400000"), 0);
    SetOps.add(db, slice("set"), slices("a", "b", "1"), 0);
    HashOps.set(db, slice("hash"), slices("field", "value", "one", "1"), 0);
    HashOps.set(db, slice("timed"), slices("field", "value", "one", "1"), 0);
    HashOps.expire(db, slice("timed"), slices("field"), 0, FakeClock.START + 60_000, 0);
    SortedSetOps.add(db, slice("sorted"), new double[] {1, -2.5, Double.POSITIVE_INFINITY}, slices("a", "b", "c"), 0, 1, 0);
  }

  /** Loads it, or says so. */
  private static Map<String, List<String>> loadedOrNull(byte[] file) throws IOException {
    try {
      return RdbFiles.load(file);
    } catch (RdbException refused) {
      assertThat(refused).hasMessageStartingWith("(memory)/dump.rdb").hasMessageContaining(" byte ");
      return null;
    }
  }

  @Test void cutAnywhere_itIsRefused() throws IOException {
    fill();
    for (boolean summing : new boolean[] {true, false}) {
      byte[] file = RdbFiles.write(engine, Rdb.NEWEST, true, summing);
      assertThat(loadedOrNull(file)).isEqualTo(SnapshotContents.of(engine));
      for (int length = 0; length < file.length; length++) {
        assertThat(loadedOrNull(Arrays.copyOf(file, length))).as("cut at %d", length).isNull();
      }
      assertThat(loadedOrNull(Arrays.copyOf(file, file.length + 1))).as("longer").isNull();
    }
  }

  @Test void withAnyBitFlipped_itIsRefused_orTheSame() throws IOException {
    fill();
    byte[] file = RdbFiles.write(engine, Rdb.NEWEST, true, true);
    Map<String, List<String>> whole = SnapshotContents.of(engine);
    for (int bit = 0; bit < 8 * file.length; bit++) {
      file[bit / 8] ^= (byte) (1 << bit % 8);
      Map<String, List<String>> loaded = loadedOrNull(file);
      assertThat(loaded == null || loaded.equals(whole)).as("bit %d", bit).isTrue();
      file[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  /** Without a checksum damage may not be seen, but nothing worse than a refusal comes of it. */
  @Test void withoutAChecksum_damageDoesNoHarm() throws IOException {
    fill();
    byte[] file = RdbFiles.write(engine, Rdb.NEWEST, true, false);
    int refused = 0;
    for (int at = 0; at < file.length; at++) {
      byte was = file[at];
      for (int b : new int[] {0, 1, 0x40, 0x7f, 0x80, 0x81, 0xc3, 0xfe, 0xff}) {
        file[at] = (byte) b;
        refused += loadedOrNull(file) == null ? 1 : 0;
      }
      file[at] = was;
    }
    assertThat(refused).isPositive();
  }

  @Test void anAnnouncedLength_reservesNothing() {
    for (int type : new int[] {Rdb.STRING, Rdb.LIST, Rdb.SET, Rdb.HASH, Rdb.ZSET, Rdb.ZSET_2, Rdb.LIST_QUICKLIST, Rdb.LIST_QUICKLIST_2}) {
      byte[] file = RdbFiles.file(type, RdbFiles.key("k"), 0x80, 0x7f, 0xff, 0xff, 0xf0, "abc");
      assertThatThrownBy(() -> RdbFiles.load(file)).isInstanceOf(RdbException.class);
    }
    byte[] longest = RdbFiles.file(Rdb.STRING, RdbFiles.key("k"), 0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, "abc");
    assertThatThrownBy(() -> RdbFiles.load(longest)).isInstanceOf(RdbException.class)
        .hasMessageContaining("a string of 18446744073709551615 bytes, which is too long");
    byte[] expanded = RdbFiles.file(Rdb.STRING, RdbFiles.key("k"), 0xc3, 2, 0x80, 0x7f, 0xff, 0xff, 0xf0, 0, 'a' + 0);
    assertThatThrownBy(() -> RdbFiles.load(expanded)).isInstanceOf(RdbException.class)
        .hasMessageContaining("a compressed string that is none");
  }

  @Test void whatCannotBe_isRefusedByName() {
    refused("a set that has a member twice", Rdb.SET, RdbFiles.key("k"), 2, RdbFiles.key("a"), RdbFiles.key("a"));
    refused("a hash that has a field twice",
        Rdb.HASH, RdbFiles.key("k"), 2, RdbFiles.key("a"), RdbFiles.key("b"), RdbFiles.key("a"), RdbFiles.key("b"));
    refused("a sorted set that has a member twice", Rdb.ZSET, RdbFiles.key("k"), 2, RdbFiles.key("a"), 1, "1", RdbFiles.key("a"), 1, "2");
    refused("a score that is no number", Rdb.ZSET, RdbFiles.key("k"), 1, RdbFiles.key("a"), 253);
    refused("the same key stands in it twice",
        Rdb.STRING, RdbFiles.key("k"), RdbFiles.key("a"), Rdb.STRING, RdbFiles.key("k"), RdbFiles.key("b"));
    refused("it has a database 16, and there are to be only 16",
        Rdb.SELECTDB, 16, Rdb.STRING, RdbFiles.key("k"), RdbFiles.key("a"));
    refused("a value of the type 99, which there is not", 99, RdbFiles.key("k"), RdbFiles.key("a"));
    refused("a string of the encoding 4", Rdb.STRING, RdbFiles.key("k"), 0xc4);
    refused("a length that begins with 130", Rdb.STRING, RdbFiles.key("k"), 0x82);
    refused("in the place of a length", Rdb.SET, RdbFiles.key("k"), 0xc0, 1);
    refused("a node of the kind 3", Rdb.LIST_QUICKLIST_2, RdbFiles.key("k"), 1, 3, RdbFiles.key("a"));
  }

  private static void refused(String why, Object... content) {
    assertThatThrownBy(() -> RdbFiles.load(RdbFiles.file(content))).isInstanceOf(RdbException.class)
        .hasMessageContaining(why).hasMessageContaining("dump.rdb");
  }

  @Test void whatIsNoRdbFile_isRefused() {
    assertThatThrownBy(() -> RdbFiles.load(new byte[0])).isInstanceOf(RdbException.class);
    assertThatThrownBy(() -> RdbFiles.load("*1\r\n$4\r\nPING".getBytes())).isInstanceOf(RdbException.class)
        .hasMessageContaining("it is no RDB file");
    assertThatThrownBy(() -> RdbFiles.load("REDIS0013\377".getBytes())).isInstanceOf(RdbException.class)
        .hasMessageContaining("the version 13 of the format");
    assertThatThrownBy(() -> RdbFiles.load("REDIS00x3\377".getBytes())).isInstanceOf(RdbException.class)
        .hasMessageContaining("its version is no number");
  }

  @Test void whatDoesNotFit_isRefused() throws IOException {
    fill();
    byte[] file = RdbFiles.write(engine, Rdb.NEWEST, false, true);
    Engine small = Engine.open(Engines.settings(1, new FakeClock()).maxBytes(64 << 10));
    try {
      assertThatThrownBy(() -> RdbFiles.load(small, file, false)).isInstanceOf(RdbException.class)
          .hasMessageContaining("does not fit into maxmemory, which is 65536 bytes");
    } finally {
      small.close();
    }
  }

  @Test void keysWhoseTimeHasCome_areLeftOut() throws IOException {
    Engines.set(engine.database(0), "soon", "v", FakeClock.START + 1);
    Engines.set(engine.database(0), "later", "v", FakeClock.START + 2);
    byte[] file = RdbFiles.write(engine, Rdb.NEWEST, false, true);
    FakeClock clock = new FakeClock();
    clock.step(1);
    Engine later = Engine.open(Engines.settings(1, clock));
    try {
      RdbLoader loader = RdbFiles.load(later, file, false);
      assertThat(loader.due()).isEqualTo(1);
      assertThat(SnapshotContents.of(later)).containsOnlyKeys("0 STRING " + (FakeClock.START + 2) + " later");
      assertThat(later.expiredKeys()).isZero();
    } finally {
      later.close();
    }
  }
}
