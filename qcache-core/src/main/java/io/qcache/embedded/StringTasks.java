package io.qcache.embedded;

import io.qcache.Failure;
import io.qcache.SetOptions;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.Numbers;
import io.qcache.engine.Signal;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.engine.StringOps;
import io.qcache.engine.ValueList;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The operations of strings as tasks: each takes its arguments apart once, for every way in which it may run. */
final class StringTasks<K, V> {
  private final Coded<K, V> coded;

  StringTasks(Coded<K, V> coded) {
    this.coded = coded;
  }

  Task<?, Optional<V>> get(K key) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> {
      ValueList out = new ValueList();
      StringOps.get(db, k, out);
      return out;
    }, this::optional);
  }

  Task<?, Map<K, V>> getAll(Collection<? extends K> keys) {
    List<K> asked = new ArrayList<>(keys);
    Slices k = coded.keys(asked);
    return Task.reading(k, db -> {
      ValueList out = new ValueList();
      StringOps.getAll(db, k, 0, out);
      return out;
    }, out -> present(asked, out.all()));
  }

  private Map<K, V> present(List<K> asked, List<byte[]> values) {
    Map<K, V> present = new LinkedHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      if (values.get(i) != null) {
        present.put(asked.get(i), coded.decode(values.get(i)));
      }
    }
    return present;
  }

  Task<?, Long> length(K key) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> StringOps.length(db, k), Function.identity());
  }

  Task<?, V> getRange(K key, long first, long last) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> {
      ValueList out = new ValueList();
      StringOps.getRange(db, k, first, last, out);
      return out;
    }, out -> coded.decode(out.only()));
  }

  Task<?, V> commonSubsequence(K first, K second) {
    Slices k = coded.keys(List.of(first, second));
    return Task.reading(k, db -> StringOps.commonSubsequence(db, k.get(0), k.get(1), true).bytes(), coded::decode);
  }

  Task<?, Long> commonSubsequenceLength(K first, K second) {
    Slices k = coded.keys(List.of(first, second));
    return Task.reading(k, db -> (long) StringOps.commonSubsequence(db, k.get(0), k.get(1), false).length(),
        Function.<Long>identity());
  }

  Task<?, Void> set(K key, V value) {
    return setAlways(key, value, SetOptions.always());
  }

  Task<?, Void> set(K key, V value, Duration timeToLive) {
    return setAlways(key, value, SetOptions.always().expireIn(timeToLive));
  }

  private Task<?, Void> setAlways(K key, V value, SetOptions options) {
    Slice k = coded.key(key);
    Slice v = coded.value(value);
    return Task.writing(k, db -> {
      StringOps.set(db, k, v, StringOps.If.ALWAYS, deadline(db.engine(), options), null);
      return null;
    }, nothing -> (Void) null).bringing(v.length());
  }

  Task<?, Boolean> set(K key, V value, SetOptions options) {
    Slice k = coded.key(key);
    Slice v = coded.value(value);
    return Task.writing(k,
        db -> StringOps.set(db, k, v, condition(options), deadline(db.engine(), options), null), Function.<Boolean>identity())
        .bringing(v.length());
  }

  Task<?, Optional<V>> getAndSet(K key, V value, SetOptions options) {
    Slice k = coded.key(key);
    Slice v = coded.value(value);
    return Task.writing(k, db -> {
      ValueList out = new ValueList();
      StringOps.set(db, k, v, condition(options), deadline(db.engine(), options), out);
      return out;
    }, this::optional).bringing(v.length());
  }

  Task<?, Optional<V>> getAndDelete(K key) {
    Slice k = coded.key(key);
    return Task.writing(k, db -> {
      ValueList out = new ValueList();
      StringOps.getAndDelete(db, k, out);
      return out;
    }, this::optional);
  }

  /** GETEX with the expiry of the options, whose absence takes the deadline away. */
  Task<?, Optional<V>> getAndExpire(K key, SetOptions options) {
    Slice k = coded.key(key);
    return Task.writing(k, db -> {
      ValueList out = new ValueList();
      StringOps.getAndExpire(db, k, deadline(db.engine(), options), out);
      return out;
    }, this::optional);
  }

  Task<?, Void> setAll(Map<? extends K, ? extends V> entries) {
    Slices pairs = coded.pairs(entries);
    return Task.writing(pairs, 2, db -> {
      StringOps.setAll(db, pairs, 0);
      return null;
    }, nothing -> (Void) null).bringing(pairs.bytes());
  }

  Task<?, Boolean> setAllIfAbsent(Map<? extends K, ? extends V> entries) {
    Slices pairs = coded.pairs(entries);
    return Task.writing(pairs, 2, db -> StringOps.setAllIfAbsent(db, pairs, 0), Function.<Boolean>identity())
        .bringing(pairs.bytes());
  }

  Task<?, Long> append(K key, V tail) {
    Slice k = coded.key(key);
    Slice v = coded.value(tail);
    return Task.writing(k, db -> StringOps.append(db, k, v), Function.<Long>identity()).bringing(v.length());
  }

  Task<?, Long> setRange(K key, long offset, V bytes) {
    Slice k = coded.key(key);
    Slice v = coded.value(bytes);
    return Task.writing(k, db -> StringOps.setRange(db, k, offset, v), Function.<Long>identity())
        .bringing(v.length());
  }

  Task<?, Long> increment(K key, long by) {
    Slice k = coded.key(key);
    return Task.writing(k, db -> StringOps.increment(db, k, by), Function.<Long>identity())
        .bringing(Numbers.LONG_BYTES);
  }

  Task<?, Long> decrement(K key, long by) {
    Slice k = coded.key(key);
    return Task.writing(k, db -> StringOps.decrement(db, k, by), Function.<Long>identity())
        .bringing(Numbers.LONG_BYTES);
  }

  Task<?, Double> increment(K key, double by) {
    Slice k = coded.key(key);
    String text = Double.isFinite(by) ? new BigDecimal(Double.toString(by)).toPlainString() : Double.toString(by);
    Slice added = new Slice().wrap(text.getBytes(StandardCharsets.US_ASCII));
    return Task.writing(k, db -> {
      ValueList out = new ValueList();
      StringOps.incrementFloat(db, k, added, out);
      return out;
    }, out -> Double.valueOf(new String(out.only(), StandardCharsets.US_ASCII))).bringing(added.length());
  }

  private Optional<V> optional(ValueList out) {
    return coded.optional(out.only());
  }

  private static StringOps.If condition(SetOptions options) {
    return switch (options.condition()) {
      case ALWAYS -> StringOps.If.ALWAYS;
      case IF_ABSENT -> StringOps.If.ABSENT;
      case IF_PRESENT -> StringOps.If.PRESENT;
    };
  }

  static long deadline(Engine engine, SetOptions options) {
    long millis = options.expiryMillis();
    return switch (options.expiry()) {
      case NONE -> Deadline.NONE;
      case KEEP -> Deadline.KEEP;
      case IN -> Deadline.of(millis, false, true, engine.nowMillis());
      case AT -> {
        if (millis <= 0) {
          throw Signal.of(Failure.INVALID_EXPIRE_TIME);
        }
        yield Deadline.of(millis, false, false, engine.nowMillis());
      }
    };
  }
}
