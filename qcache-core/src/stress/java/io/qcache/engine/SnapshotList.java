package io.qcache.engine;

import io.qcache.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Keeps a word for each value that a snapshot gives. */
final class SnapshotList implements SnapshotSink {
  private final ValueList values = new ValueList();

  /** The words of all values that are there, as text. */
  static String of(Engine engine) {
    SnapshotList list = new SnapshotList();
    engine.snapshot(list);
    List<String> words = new ArrayList<>();
    list.values.all().forEach(each -> words.add(SmallEngine.word(each)));
    return words.toString();
  }

  @Override public void key(int database, ValueType type, long deadlineMillis, Slice key) {}

  @Override public void elements(long count) {}

  @Override public void value(byte[] array, int offset, int length) {
    values.value(array, offset, length);
  }

  @Override public void begin(int length) {
    values.begin(length);
  }

  @Override public void part(byte[] array, int offset, int length) {
    values.part(array, offset, length);
  }

  @Override public void missing() {
    values.missing();
  }

  @Override public long mark() {
    return values.mark();
  }

  @Override public void rewind(long mark) {
    values.rewind(mark);
  }
}
