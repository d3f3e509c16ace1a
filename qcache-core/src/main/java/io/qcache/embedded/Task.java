package io.qcache.embedded;

import io.qcache.engine.Database;
import io.qcache.engine.Plan;
import io.qcache.engine.Signal;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An operation with its arguments already bytes, so that it can run later and under a plan: {@code run} works in bytes
 * and never calls a codec, {@code decode} makes the result of what it gave, outside all locks.
 */
final class Task<R, T> {
  private static final long NOTHING = -1;
  private static final Slices WHOLE_DATABASE = new Slices();

  private static final int NONE = Integer.MAX_VALUE;

  private final Slices keys;
  private final int step; // the keys are at 0, step, 2 * step …
  private final int firstWritten; // of the keys; those before it are only read
  private final Function<Database, R> run;
  private final Function<R, T> decode;
  private long brings = NOTHING; // bytes, for which there must be room

  private Task(Slices keys, int step, int firstWritten, Function<Database, R> run, Function<R, T> decode) {
    this.keys = keys;
    this.step = step;
    this.firstWritten = firstWritten;
    this.run = run;
    this.decode = decode;
  }

  static <R, T> Task<R, T> reading(Slice key, Function<Database, R> run, Function<R, T> decode) {
    return new Task<>(one(key), 1, NONE, run, decode);
  }

  static <R, T> Task<R, T> reading(Slices keys, Function<Database, R> run, Function<R, T> decode) {
    return new Task<>(keys, 1, NONE, run, decode);
  }

  static <R, T> Task<R, T> writing(Slice key, Function<Database, R> run, Function<R, T> decode) {
    return new Task<>(one(key), 1, 0, run, decode);
  }

  static <R, T> Task<R, T> writing(Slices keys, int step, Function<Database, R> run, Function<R, T> decode) {
    return new Task<>(keys, step, 0, run, decode);
  }

  /** An operation from the first key to the second, which it writes; in another database where {@code elsewhere}. */
  static <R, T> Task<R, T> copying(
      Slices keys, boolean elsewhere, Function<Database, R> run, Function<R, T> decode) {
    return new Task<>(keys, 1, elsewhere ? NONE : 1, run, decode);
  }

  /** An operation from all keys but the last to that one, which it writes. */
  static <R, T> Task<R, T> storing(Slices keys, Function<Database, R> run, Function<R, T> decode) {
    return new Task<>(keys, 1, keys.size() - 1, run, decode);
  }

  /** An operation that could not be made: to run it is to fail. */
  static <T> Task<?, T> failing(RuntimeException failure) {
    return new Task<T, T>(new Slices(), 1, NONE, db -> {
      throw failure;
    }, Function.identity());
  }

  /** An operation that may touch any key. */
  static <R, T> Task<R, T> ofDatabase(boolean writes, Function<Database, R> run, Function<R, T> decode) {
    return new Task<>(WHOLE_DATABASE, 1, writes ? 0 : NONE, run, decode);
  }

  /** Says that it brings so many bytes, so that it is refused where there is no room. */
  Task<R, T> bringing(long bytes) {
    brings = bytes;
    return this;
  }

  private static Slices one(Slice key) {
    Slices slices = new Slices();
    slices.add(key.array(), key.offset(), key.length());
    return slices;
  }

  /** Runs it, by itself. */
  T now(Database database) {
    EmbeddedCache.requireOpen(database.engine());
    R raw;
    try {
      raw = run.apply(database);
    } catch (Signal signal) {
      throw signal.failure().exception();
    }
    return decode.apply(raw);
  }

  R run(Database database) {
    return run.apply(database);
  }

  T decode(R raw) {
    return decode.apply(raw);
  }

  void addTo(Plan plan) {
    if (brings != NOTHING) {
      plan.bringing(brings);
    }
    if (keys == WHOLE_DATABASE) {
      plan.all();
    } else {
      plan.add(keys, 0, step);
    }
  }

  /** Whether it may change any key whatever. */
  boolean writesAll() {
    return firstWritten == 0 && keys == WHOLE_DATABASE;
  }

  /** Shows the keys of its database that it may change. */
  void forEachWritten(Consumer<Slice> each) {
    for (int i = firstWritten; i < keys.size(); i += step) {
      each.accept(keys.get(i));
    }
  }
}
