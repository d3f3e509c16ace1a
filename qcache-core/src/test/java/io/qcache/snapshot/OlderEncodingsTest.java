package io.qcache.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.FakeClock;
import io.qcache.disk.MemoryDirectory;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import io.qcache.engine.SnapshotContents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Encodings that redis-server 7.0 does not write any more, or not yet, built byte by byte. */
class OlderEncodingsTest {
  private static final byte[] KEY = RdbFiles.key("k");

  private static List<String> only(Object... content) throws IOException {
    return RdbFiles.load(RdbFiles.file(content)).values().iterator().next();
  }

  private static void refused(String why, Object... content) {
    assertThatThrownBy(() -> RdbFiles.load(RdbFiles.file(content))).isInstanceOf(RdbException.class).hasMessageContaining(why);
  }

  private static byte[] little(int value, int bytes) {
    byte[] little = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      little[i] = (byte) (value >>> 8 * i);
    }
    return little;
  }

  private static byte[] joined(byte[]... parts) {
    byte[] all = {};
    for (byte[] part : parts) {
      all = Arrays.copyOf(all, all.length + part.length);
      System.arraycopy(part, 0, all, all.length - part.length, part.length);
    }
    return all;
  }

  /** Of entries that are an encoding and its bytes; what stands before each is put there. */
  private static byte[] ziplist(byte[]... entries) {
    byte[] body = {};
    int last = 10;
    int before = 0;
    for (byte[] entry : entries) {
      byte[] prefix = before < 254 ? new byte[] {(byte) before} : joined(new byte[] {(byte) 254}, little(before, 4));
      last = 10 + body.length;
      body = joined(body, prefix, entry);
      before = prefix.length + entry.length;
    }
    return joined(little(11 + body.length, 4), little(last, 4), little(entries.length, 2), body, new byte[] {(byte) 255});
  }

  /** Of entries without their lengths behind them, each below 128 bytes. */
  private static byte[] listpack(byte[]... entries) {
    byte[] body = {};
    for (byte[] entry : entries) {
      body = joined(body, entry, new byte[] {(byte) entry.length});
    }
    return joined(little(7 + body.length, 4), little(entries.length, 2), body, new byte[] {(byte) 255});
  }

  private static byte[] zipText(String text) {
    return text.length() < 64 ? RdbFiles.bytes(text.length(), text)
        : text.length() < 1 << 14 ? RdbFiles.bytes(0x40 | text.length() >> 8, text.length(), text)
        : RdbFiles.bytes(0x80, 0, text.length() >> 16, text.length() >> 8, text.length(), text);
  }

  private static byte[] packText(String text) {
    return RdbFiles.bytes(0x80 | text.length(), text);
  }

  private static byte[] number(int... bytes) {
    byte[] array = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      array[i] = (byte) bytes[i];
    }
    return array;
  }

  private static final byte[][] ZIP_NUMBERS = {number(0xf1), number(0xfd), number(0xfe, 0x80), number(0xc0, 0, 0x80),
      number(0xf0, 0, 0, 0x80), number(0xd0, 0, 0, 0, 0x80), number(0xe0, 0, 0, 0, 0, 0, 0, 0, 0x80)};

  @Test void ziplists() throws IOException {
    byte[] list = ziplist(ZIP_NUMBERS[0], ZIP_NUMBERS[1], ZIP_NUMBERS[2], ZIP_NUMBERS[3], ZIP_NUMBERS[4],
        ZIP_NUMBERS[5], ZIP_NUMBERS[6], zipText("short"), zipText("l".repeat(300)), zipText("x"), zipText("e".repeat(2_000)));
    List<String> elements = List.of("0", "12", "-128", "-32768", "-8388608", "-2147483648", "-9223372036854775808", "short",
        "l".repeat(300), "x", "e".repeat(2_000));
    assertThat(only(Rdb.LIST_ZIPLIST, KEY, list)).isEqualTo(elements);
    assertThat(only(Rdb.LIST_QUICKLIST, KEY, 2, list, ziplist(zipText("z")))).startsWith("0", "12").endsWith("z").hasSize(12);
    assertThat(only(Rdb.HASH_ZIPLIST, KEY, ziplist(zipText("f"), ZIP_NUMBERS[2]))).containsExactly("f = -128");
    assertThat(only(Rdb.ZSET_ZIPLIST, KEY, ziplist(zipText("a"), zipText("1.5"), zipText("b"), ZIP_NUMBERS[1], zipText("c"), zipText("inf"))))
        .containsExactly("a = 1.5", "b = 12.0", "c = Infinity");
  }

  @Test void listpacks() throws IOException {
    byte[] numbers = listpack(number(127), number(0xdf, 0xff), number(0xd0, 0), number(0xf1, 0, 0x80), number(0xf2, 0, 0, 0x80),
        number(0xf3, 0, 0, 0, 0x80), number(0xf4, 0, 0, 0, 0, 0, 0, 0, 0x80), packText("text"), RdbFiles.bytes(0xe0, 70, "t".repeat(70)),
        RdbFiles.bytes(0xf0, 3, 0, 0, 0, "abc"));
    List<String> texts = List.of("127", "-1", "-4096", "-32768", "-8388608", "-2147483648", "-9223372036854775808", "text",
        "t".repeat(70), "abc");
    assertThat(only(Rdb.LIST_QUICKLIST_2, KEY, 1, 2, numbers)).isEqualTo(texts);
    assertThat(only(Rdb.LIST_QUICKLIST_2, KEY, 3, 2, numbers, 1, RdbFiles.key("plain"), 2, numbers)).hasSize(21).contains("plain");
    assertThat(only(Rdb.SET_LISTPACK, KEY, numbers)).containsExactlyInAnyOrderElementsOf(texts);
    assertThat(only(Rdb.HASH_LISTPACK, KEY, numbers)).contains("127 = -1", "t".repeat(70) + " = abc");
    assertThat(only(Rdb.ZSET_LISTPACK, KEY, listpack(packText("a"), number(5)))).containsExactly("a = 5.0");
  }

  @Test void zipmaps() throws IOException {
    byte[] map = RdbFiles.bytes(2, 1, "a", 2, 0, "bc", 0, 254, 3, 0, 0, 0, 2, "xyz", "??", 255);
    assertThat(only(Rdb.HASH_ZIPMAP, KEY, map)).containsExactly(" = xyz", "a = bc");
    refused("a field without a value", Rdb.HASH_ZIPMAP, KEY, RdbFiles.bytes(1, 1, "a", 255));
    refused("longer than the whole", Rdb.HASH_ZIPMAP, KEY, RdbFiles.bytes(1, 1, "a", 9, 0, "b", 255));
    refused("not as many fields", Rdb.HASH_ZIPMAP, KEY, RdbFiles.bytes(2, 1, "a", 1, 0, "b", 255));
    refused("ends before its end", Rdb.HASH_ZIPMAP, KEY, RdbFiles.bytes(1, 1, "a", 1, 0, "b", 255, 0));
  }

  @Test void intsets() throws IOException {
    assertThat(only(Rdb.SET_INTSET, KEY, joined(little(2, 4), little(2, 4), little(-1, 2), little(7, 2)))).containsExactly("-1", "7");
    refused("not in their order", Rdb.SET_INTSET, KEY, joined(little(2, 4), little(2, 4), little(7, 2), little(7, 2)));
    refused("integers of 3 bytes", Rdb.SET_INTSET, KEY, joined(little(3, 4), little(1, 4), little(7, 3)));
    refused("its length", Rdb.SET_INTSET, KEY, joined(little(2, 4), little(3, 4), little(7, 2), little(8, 2)));
  }

  @Test void anyByteOfAStructure_isChecked_orIsAnElementS() throws IOException {
    byte[][] structures = {ziplist(zipText("ab"), ZIP_NUMBERS[3], zipText("c")), listpack(packText("ab"), number(0xf1, 5, 5), number(7))};
    int[] types = {Rdb.LIST_ZIPLIST, Rdb.LIST_QUICKLIST_2};
    for (int which = 0; which < 2; which++) {
      byte[] whole = structures[which];
      int kept = 0;
      for (int at = 0; at < whole.length; at++) {
        byte[] damaged = whole.clone();
        damaged[at] ^= 0x01;
        try {
          assertThat(which == 0 ? only(types[0], KEY, damaged) : only(types[1], KEY, 1, 2, damaged)).hasSize(3);
          kept++;
        } catch (RdbException refused) {
          assertThat(refused).hasMessageContaining(which == 0 ? "a ziplist" : "a listpack");
        }
        byte[] cut = Arrays.copyOf(whole, at);
        refused(which == 0 ? "a ziplist" : "a listpack", which == 0 ? new Object[] {types[0], KEY, cut} : new Object[] {types[1], KEY, 1, 2, cut});
      }
      assertThat(kept).as("elements' own bytes").isBetween(5, 7);
    }
  }

  @Test void deadlinesAndHints() throws IOException {
    assertThat(RdbFiles.load(RdbFiles.file(Rdb.RESIZEDB, 9, 3, Rdb.SLOT_INFO, 1, 2, 3, Rdb.AUX, RdbFiles.key("who"), RdbFiles.key("me"),
        Rdb.EXPIRETIME, 0, 0, 0, 0x70, Rdb.FREQ, 7, Rdb.STRING, KEY, RdbFiles.key("v"), Rdb.IDLE, 5, Rdb.STRING, RdbFiles.key("l"), RdbFiles.key("w"))))
        .containsOnlyKeys("0 STRING " + 0x70000000L * 1_000 + " k", "0 STRING - l");
  }

  @Test void deadlinesOfFields_areReadAsRedis74WritesThem() throws IOException {
    byte[] earliest = {0, 0, 0, 0, 0, 2, 0, 0}; // little-endian: 2 << 40
    String millis = new String(earliest, StandardCharsets.ISO_8859_1);
    long first = 2L << 40;
    List<String> read = List.of("f = v @" + first, "g = w", "h = x @" + (first + 6));
    assertThat(only(Rdb.HASH_DEADLINES, KEY, millis, 3, 0, RdbFiles.key("g"), RdbFiles.key("w"), 1, RdbFiles.key("f"), RdbFiles.key("v"),
        7, RdbFiles.key("h"), RdbFiles.key("x"))).isEqualTo(read);
    byte[] second = {(byte) 0xf4, 6, 0, 0, 0, 0, 2, 0, 0};
    byte[] one = {(byte) 0xf4, 0, 0, 0, 0, 0, 2, 0, 0};
    assertThat(only(Rdb.HASH_LISTPACK_DEADLINES, KEY, millis, listpack(packText("f"), packText("v"), one, packText("h"), packText("x"), second,
        packText("g"), packText("w"), number(0)))).isEqualTo(read);
    refused("a field twice", Rdb.HASH_DEADLINES, KEY, millis, 2, 0, RdbFiles.key("g"), RdbFiles.key("w"), 1, RdbFiles.key("g"), RdbFiles.key("v"));
    refused("a field without a value", Rdb.HASH_LISTPACK_DEADLINES, KEY, millis, listpack(number(1)));
    refused("no number", Rdb.HASH_LISTPACK_DEADLINES, KEY, millis, listpack(number(1), number(2)));
    refused("no number", Rdb.HASH_LISTPACK_DEADLINES, KEY, millis, listpack(number(1), number(2), packText("x")));
    refused("a field whose deadline is", Rdb.HASH_DEADLINES, KEY, "12345678", 1, 0, RdbFiles.key("f"), RdbFiles.key("v"));
    refused("of a format that no release has had", 22, KEY, millis, 0);
    refused("of a format that no release has had", 23, KEY, millis, listpack(number(1)));
  }

  @Test void fieldsWhoseTimeHasCome_areLeftOut_andAHashWithoutOthersIsToo() throws IOException {
    String past = new String(new byte[] {0, 0, 0, 0, 0, 1, 0, 0}, StandardCharsets.ISO_8859_1); // little-endian: 1 << 40
    byte[] due = {(byte) 0xf4, 0, 0, 0, 0, 0, 1, 0, 0};
    byte[] later = {(byte) 0xf4, 0, 0, 0, 0, 0, 2, 0, 0};
    byte[] file = RdbFiles.file(
        Rdb.HASH_LISTPACK_DEADLINES, KEY, past, listpack(packText("f"), packText("v"), due, packText("h"), packText("x"), later,
            packText("g"), packText("w"), number(0)),
        Rdb.HASH_DEADLINES, RdbFiles.key("all"), past, 2, 1, RdbFiles.key("f"), RdbFiles.key("v"), 9, RdbFiles.key("g"), RdbFiles.key("v"),
        Rdb.HASH_DEADLINES, RdbFiles.key("one"), past, 2, 1, RdbFiles.key("f"), RdbFiles.key("v"), 0, RdbFiles.key("g"), RdbFiles.key("v"));
    Engine engine = Engine.open(Engines.settings(2, new FakeClock()));
    try {
      RdbLoader loader = RdbFiles.load(engine, file, false);
      assertThat(SnapshotContents.of(engine)).isEqualTo(Map.of("0 HASH - k", List.of("g = w", "h = x @" + (2L << 40)),
          "0 HASH - one", List.of("g = v")));
      assertThat(loader.dueFields()).isEqualTo(4);
      assertThat(loader.due()).as("keys").isEqualTo(1);
      assertThat(loader.keys()).isEqualTo(3);
    } finally {
      engine.close();
    }
  }

  @Test void fieldsWhoseTimeHasCome_areKept_forWhoReplaysALogBehindThem() throws IOException {
    String past = new String(new byte[] {0, 0, 0, 0, 0, 1, 0, 0}, StandardCharsets.ISO_8859_1);
    MemoryDirectory disk = new MemoryDirectory();
    disk.put("dump.rdb", RdbFiles.file(Rdb.HASH_DEADLINES, KEY, past, 1, 1, RdbFiles.key("f"), RdbFiles.key("v")));
    Engine engine = Engine.open(Engines.settings(2, new FakeClock()));
    engine.loading(true); // nothing is deleted beside who loads
    try {
      RdbLoader loader = new RdbLoader(engine, false, true);
      loader.load(disk, "dump.rdb");
      assertThat(SnapshotContents.of(engine)).containsOnlyKeys("0 HASH - k");
      assertThat(loader.dueFields()).isZero();
    } finally {
      engine.close();
    }
  }

  @Test void emptyCollections_areLeftOut() throws IOException {
    assertThat(RdbFiles.load(RdbFiles.file(Rdb.LIST, KEY, 0, Rdb.HASH, KEY, 0, Rdb.STRING, KEY, KEY))).containsOnlyKeys("0 STRING - k");
  }

  @Test void whatIsNotSupported_isRefusedByName_orLeftOut() throws IOException {
    Object[] stream = {Rdb.STREAM_2, KEY, 1, RdbFiles.key("0123456789abcdef"), listpack(number(1)), 1, 5, 0, 5, 0, 0, 0, 1,
        1, RdbFiles.key("group"), 5, 0, 1, 1, "0123456789abcdef" + "12345678", 1, 1, RdbFiles.key("consumer"), "12345678", 1, "0123456789abcdef"};
    Object[] module = {Rdb.MODULE_2, KEY, 0x81, 0, 0, 0, 0, 0, 0, 4, 0, 2, 7, 5, RdbFiles.key("text"), 4, "12345678", 0};
    Object[] functions = {Rdb.FUNCTION2, RdbFiles.key("#!lua name=lib")};
    Object[] aux = {Rdb.MODULE_AUX, 0x81, 0, 0, 0, 0, 0, 0, 4, 0, 2, 1, 1, 9, 0};
    String[] names = {"a stream", "a value of a module", "a library of functions", "data of the module AAAAAAAAB"};
    Object[][] all = {stream, module, functions, aux};
    for (int i = 0; i < all.length; i++) {
      refused(names[i], all[i]);
      byte[] and = RdbFiles.file(new String(RdbFiles.bytes(all[i]), StandardCharsets.ISO_8859_1), Rdb.STRING, KEY, KEY);
      assertThat(RdbFiles.load(and, true)).containsOnlyKeys("0 STRING - k");
    }
  }
}
