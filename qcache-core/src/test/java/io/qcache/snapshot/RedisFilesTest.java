package io.qcache.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.FakeClock;
import io.qcache.engine.CollectionLimits;
import io.qcache.engine.SnapshotContents;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that redis-server 7.0.15 wrote of the same commands: {@code compact} with its own limits, {@code large} with
 * {@code --list-max-listpack-size 3 --hash-max-listpack-entries 1 --set-max-intset-entries 2 --zset-max-listpack-entries 1
 * --rdbcompression no}.
 */
class RedisFilesTest {
  private static final String REPEATED = "a text that comes again, a text that comes again, a text that comes again";

  private static byte[] file(String name) throws IOException {
    try (InputStream in = RedisFilesTest.class.getResourceAsStream("redis-7.0.15-" + name + ".rdb")) {
      return in.readAllBytes();
    }
  }

  private static Map<String, List<String>> wanted() {
    Map<String, List<String>> all = new TreeMap<>();
    all.put("0 STRING - string", List.of("value"));
    all.put("0 STRING - int8", List.of("-100"));
    all.put("0 STRING - int16", List.of("30000"));
    all.put("0 STRING - int32", List.of("-2000000000"));
    all.put("0 STRING - int64", List.of("9000000000000000000"));
    all.put("0 STRING - empty", List.of(""));
    all.put("0 STRING - repeated", List.of(REPEATED));
    all.put("0 STRING 4102444800000 deadline", List.of("soon"));
    all.put("9 STRING - other", List.of("database"));
    all.put("0 LIST - list", List.of("a", "b", "1", "-5000", "70000", "3000000000", "9000000000000000000", "", REPEATED));
    all.put("0 SET - integers16", sorted("1", "-2", "300"));
    all.put("0 SET - integers32", sorted("1", "-2", "70000"));
    all.put("0 SET - integers64", sorted("1", "-2", "9000000000000000000"));
    all.put("0 SET - set", sorted("a", "b", "1", REPEATED));
    all.put("0 HASH - hash", sorted("field = value", "number = 17", " = empty"));
    all.put("0 SORTED_SET - sorted", List.of("least = -Infinity", "two = -2.5", "tenth = 0.1", "one = 1.0", "many = 100000.0",
        "huge = 3.0E100", "infinite = Infinity"));
    List<String> list = new ArrayList<>();
    List<String> hash = new ArrayList<>();
    List<String> set = new ArrayList<>();
    List<String> ranking = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      list.add("element " + i);
      hash.add("field " + i + " = value " + i * i);
      set.add("member " + i);
      ranking.add("member " + i + " = " + i / 4.0);
    }
    ranking.sort((a, b) -> { // those of one score by their bytes
      double first = Double.parseDouble(a.split(" = ")[1]);
      double second = Double.parseDouble(b.split(" = ")[1]);
      return first != second ? Double.compare(first, second) : a.split(" = ")[0].compareTo(b.split(" = ")[0]);
    });
    all.put("0 LIST - longlist", list);
    all.put("0 HASH - bighash", sorted(hash.toArray(new String[0])));
    all.put("0 SET - bigset", sorted(set.toArray(new String[0])));
    all.put("0 SORTED_SET - bigsorted", ranking);
    all.put("0 LIST - longelement", List.of("x".repeat(3_000), "short"));
    all.put("0 HASH - longhash", List.of("field = " + "x".repeat(3_000)));
    return all;
  }

  private static List<String> sorted(String... texts) {
    List<String> list = new ArrayList<>(List.of(texts));
    list.sort(null);
    return list;
  }

  @ParameterizedTest @ValueSource(strings = {"compact", "large"})
  void whatRedisHad_isThere(String name) throws IOException {
    assertThat(RdbFiles.load(file(name))).isEqualTo(wanted());
  }

  @Test void encodingsAreWhatRedisWouldSay() throws IOException {
    Map<String, String> wanted = Map.of("0 STRING - int32", "int", "0 STRING - string", "embstr", "0 LIST - list", "quicklist",
        "0 SET - integers64", "intset", "0 SET - set", "hashtable", "0 HASH - hash", "listpack", "0 HASH - bighash", "listpack",
        "0 HASH - longhash", "hashtable", "0 SORTED_SET - sorted", "listpack", "0 SORTED_SET - bigsorted", "skiplist");
    for (String name : new String[] {"compact", "large"}) {
      Engine engine = Engine.open(Engines.settings(2, new FakeClock()));
      engine.collectionLimits(CollectionLimits.DEFAULT);
      try {
        RdbFiles.load(engine, file(name), false);
        Map<String, List<String>> contents = SnapshotContents.withEncodings(engine);
        wanted.forEach((key, encoding) -> assertThat(contents.get(key).get(0)).as(key).isEqualTo(encoding));
      } finally {
        engine.close();
      }
    }
  }

  @Test void withOneByteChanged_itIsRefused() throws IOException {
    byte[] file = file("large");
    for (int at = 0; at < file.length; at += 97) {
      file[at] ^= 0x10;
      assertThatThrownBy(() -> RdbFiles.load(file)).as("byte %d", at).isInstanceOf(RdbException.class);
      file[at] ^= 0x10;
    }
  }
}
