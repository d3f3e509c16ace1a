package io.qcache.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.qcache.ValueType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that an engine holds, as text to be compared: database, type, key and deadline to the elements, those of hashes and sets sorted. */
public final class SnapshotContents implements SnapshotSink {
  private final Map<String, List<String>> all = new TreeMap<>();
  private String name;
  private ValueType type;
  private List<String> elements;
  private ByteArrayOutputStream parts;
  private int missing;

  private final List<Long> deadlines = new ArrayList<>(); // of a hash's fields, in their order

  private SnapshotContents() {}

  public static Map<String, List<String>> of(Engine engine) {
    SnapshotContents contents = new SnapshotContents();
    engine.snapshot(contents);
    contents.end();
    return contents.all;
  }

  /** The same with what OBJECT ENCODING says, for engines that are not changed meanwhile. */
  public static Map<String, List<String>> withEncodings(Engine engine) {
    Map<String, List<String>> contents = of(engine);
    contents.forEach((name, elements) -> {
      String[] words = name.split(" ", 4);
      elements.add(0, KeyOps.encoding(engine.database(Integer.parseInt(words[0])), new Slice().wrap(words[3].getBytes(ISO_8859_1))));
    });
    return contents;
  }

  private void end() {
    if (name == null) {
      return;
    }
    if (type == ValueType.HASH || type == ValueType.SORTED_SET) {
      List<String> pairs = new ArrayList<>();
      for (int i = 0; i < elements.size(); i += 2) {
        long deadline = i / 2 < deadlines.size() ? deadlines.get(i / 2) : Deadline.NONE;
        pairs.add(elements.get(i) + " = " + elements.get(i + 1) + (deadline == Deadline.NONE ? "" : " @" + deadline));
      }
      elements = pairs;
    }
    if (type == ValueType.HASH || type == ValueType.SET) {
      elements.sort(null);
    }
    if (all.put(name, elements) != null) {
      throw new AssertionError("given twice: " + name);
    }
  }

  @Override public void key(int database, ValueType of, long deadlineMillis, Slice key) {
    end();
    type = of;
    name = database + " " + of + " " + (deadlineMillis == Deadline.NONE ? "-" : deadlineMillis) + " " + key;
    elements = new ArrayList<>();
    deadlines.clear();
  }

  @Override public void elements(long count) {}

  @Override public void timedFields(long count, long earliest) {}

  @Override public void deadline(long millis) {
    deadlines.add(millis);
  }

  @Override public void value(byte[] array, int offset, int length) {
    if (type == ValueType.SORTED_SET && elements.size() % 2 == 1) {
      long bits = 0;
      for (int i = 7; i >= 0; i--) {
        bits = bits << 8 | array[offset + i] & 0xff;
      }
      elements.add(Double.toString(Double.longBitsToDouble(bits)));
    } else {
      elements.add(new String(array, offset, length, ISO_8859_1));
    }
  }

  @Override public void begin(int length) {
    missing = length;
    parts = new ByteArrayOutputStream();
  }

  @Override public void part(byte[] array, int offset, int length) {
    parts.write(array, offset, length);
    missing -= length;
    if (missing == 0) {
      elements.add(parts.toString(ISO_8859_1));
    }
  }

  @Override public void missing() {
    throw new AssertionError("a snapshot misses nothing");
  }

  @Override public long mark() {
    return 0;
  }

  @Override public void rewind(long mark) {
    throw new AssertionError("a snapshot is not taken back");
  }
}
