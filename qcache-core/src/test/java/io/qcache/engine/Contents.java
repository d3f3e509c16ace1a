package io.qcache.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.qcache.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What all databases of an engine hold, as text that can be compared: keys, types, deadlines, encodings, values. */
public final class Contents {
  private Contents() {}

  public static Map<String, String> of(Engine engine) {
    Map<String, String> all = new TreeMap<>();
    for (int i = 0; i < engine.databases(); i++) {
      Database db = engine.database(i);
      ValueList keys = new ValueList();
      KeyOps.matching(db, new Glob(new byte[] {'*'}), keys);
      for (byte[] bytes : keys.all()) {
        Slice key = new Slice().wrap(bytes);
        all.put(i + ":" + key, KeyOps.encoding(db, key) + " until " + KeyOps.deadline(db, key) + ": " + value(db, key));
      }
    }
    return all;
  }

  private static String value(Database db, Slice key) {
    ValueList out = new ValueList();
    List<String> texts = new ArrayList<>();
    ValueType type = KeyOps.type(db, key);
    switch (type) {
      case STRING -> StringOps.get(db, key, out);
      case LIST -> ListOps.range(db, key, 0, -1, out);
      case HASH -> HashOps.entries(db, key, out);
      case SET -> SetOps.members(db, key, out);
      case SORTED_SET -> SortedSetOps.range(db, key, MemberRange.ranks(0, -1), new ScoredSink() {
        @Override public void begin(long members) {}

        @Override public void member(byte[] array, int from, int length, double score) {
          texts.add(text(Arrays.copyOfRange(array, from, from + length)) + "=" + score);
        }
      });
      default -> throw new AssertionError(type);
    }
    for (int i = 0; i < out.all().size(); i++) {
      texts.add(text(out.all().get(i)) + (type == ValueType.HASH ? "=" + text(out.all().get(++i)) : ""));
    }
    if (type == ValueType.HASH || type == ValueType.SET) { // which have no order
      Collections.sort(texts);
    }
    return type + " " + texts;
  }

  private static String text(byte[] bytes) {
    if (bytes.length > 100) {
      return bytes.length + " bytes " + Arrays.hashCode(bytes);
    }
    String text = new String(bytes, ISO_8859_1);
    return text.chars().allMatch(c -> c >= ' ' && c < 127) ? text : HexFormat.of().formatHex(bytes);
  }
}
