package io.qcache.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/** An engine that is cheap enough to have one for every run of a race, and words for what is read from it. */
final class SmallEngine {
  static final String OLD = "old";
  static final String NEW = "new";
  static final String MISSING = "missing";

  private SmallEngine() {}

  /** One database, one or more stripes, a clock that stands still. */
  static Engine open(int stripes, long maxBytes) {
    return open(stripes, maxBytes, InstantSource.fixed(Instant.ofEpochMilli(1_000)));
  }

  /**
   * The same with a clock.  It is closed, which says that no upkeep thread and no listener may come: a thread that the
   * test knows nothing of.  Its operations work as ever; only the doors refuse a closed engine.
   */
  static Engine open(int stripes, long maxBytes, InstantSource clock) {
    Engine engine = Engine.open(new Engine.Settings().databases(1).stripes(stripes).maxBytes(maxBytes)
        .hashKey(1, 2).clock(clock).executor(Runnable::run));
    engine.close();
    return engine;
  }

  static Slice slice(String text) {
    return new Slice().wrap(text.getBytes());
  }

  static Slices slices(String... texts) {
    Slices slices = new Slices();
    for (String text : texts) {
      slices.add(text.getBytes());
    }
    return slices;
  }

  /** A value that tells which it is: all its bytes are the first letter of the word. */
  static byte[] value(String word, int length) {
    byte[] value = new byte[length];
    Arrays.fill(value, (byte) word.charAt(0));
    return value;
  }

  static void set(Database db, String key, byte[] value) {
    StringOps.set(db, slice(key), new Slice().wrap(value), StringOps.If.ALWAYS, Deadline.NONE, null);
  }

  static void delete(Database db, String key) {
    KeyOps.delete(db, slices(key), 0);
  }

  /** What the key holds, in a word. */
  static String read(Database db, String key) {
    ValueList out = new ValueList();
    StringOps.get(db, slice(key), out);
    return out.all().size() == 1 ? word(out.only()) : out.all().size() + " values";
  }

  /** OLD, NEW, MISSING, or what is wrong with the value. */
  static String word(byte[] value) {
    if (value == null) {
      return MISSING;
    }
    for (byte each : value) {
      if (each != value[0]) {
        return "a mixture of " + (char) value[0] + " and " + (char) each;
      }
    }
    if (value.length == 0) {
      return "nothing";
    }
    return value[0] == OLD.charAt(0) ? OLD : value[0] == NEW.charAt(0) ? NEW : "another key's value";
  }
}
