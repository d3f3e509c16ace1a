package io.qcache.embedded;

import io.qcache.ExpireIf;
import io.qcache.Failure;
import io.qcache.Millis;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.TimeToLive;
import io.qcache.engine.Database;
import io.qcache.engine.Deadline;
import io.qcache.engine.Glob;
import io.qcache.engine.HashOps;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Numbers;
import io.qcache.engine.Signal;
import io.qcache.engine.Sink;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.engine.ValueList;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The operations of hashes as tasks: each takes its arguments apart once, for every way in which it may run. */
final class HashTasks<K, V> {
  private final Coded<K, V> coded;

  HashTasks(Coded<K, V> coded) {
    this.coded = coded;
  }

  private static <T> Task<?, T> reading(Slice key, BiConsumer<Database, Sink> read, Function<List<byte[]>, T> decode) {
    return Task.reading(key, db -> {
      ValueList out = new ValueList();
      read.accept(db, out);
      return out.all();
    }, decode);
  }

  Task<?, Optional<V>> get(K key, K field) {
    Slice k = coded.key(key);
    Slice f = coded.key(field);
    return reading(k, (db, out) -> HashOps.get(db, k, f, out), values -> coded.optional(values.get(0)));
  }

  Task<?, Map<K, V>> getAll(K key, Collection<? extends K> fields) {
    Slice k = coded.key(key);
    List<K> asked = new ArrayList<>(fields);
    Slices f = coded.keys(asked);
    return reading(k, (db, out) -> HashOps.getAll(db, k, f, 0, out), values -> {
      Map<K, V> present = new LinkedHashMap<>();
      for (int i = 0; i < asked.size(); i++) {
        if (values.get(i) != null) {
          present.put(asked.get(i), coded.decode(values.get(i)));
        }
      }
      return present;
    });
  }

  Task<?, Map<K, V>> entries(K key) {
    Slice k = coded.key(key);
    return reading(k, (db, out) -> HashOps.entries(db, k, out), pairs -> {
      Map<K, V> entries = new LinkedHashMap<>();
      for (int i = 0; i < pairs.size(); i += 2) {
        entries.put(coded.decodeKey(pairs.get(i)), coded.decode(pairs.get(i + 1)));
      }
      return entries;
    });
  }

  private List<Map.Entry<K, V>> entryList(List<byte[]> pairs) {
    List<Map.Entry<K, V>> entries = new ArrayList<>(pairs.size() / 2);
    for (int i = 0; i < pairs.size(); i += 2) {
      entries.add(Map.entry(coded.decodeKey(pairs.get(i)), coded.decode(pairs.get(i + 1))));
    }
    return entries;
  }

  Task<?, Set<K>> fields(K key) {
    Slice k = coded.key(key);
    return reading(k, (db, out) -> HashOps.fields(db, k, out), fields -> new LinkedHashSet<>(coded.decodeKeys(fields)));
  }

  Task<?, List<V>> values(K key) {
    Slice k = coded.key(key);
    return reading(k, (db, out) -> HashOps.values(db, k, out), coded::decodeAll);
  }

  Task<?, Long> size(K key) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> HashOps.size(db, k), Function.identity());
  }

  Task<?, Boolean> contains(K key, K field) {
    Slice k = coded.key(key);
    Slice f = coded.key(field);
    return Task.reading(k, db -> HashOps.contains(db, k, f), Function.identity());
  }

  Task<?, Long> length(K key, K field) {
    Slice k = coded.key(key);
    Slice f = coded.key(field);
    return Task.reading(k, db -> HashOps.length(db, k, f), Function.identity());
  }

  Task<?, Optional<K>> random(K key) {
    Slice k = coded.key(key);
    return reading(k, (db, out) -> HashOps.random(db, k, out),
        fields -> Optional.ofNullable(fields.get(0)).map(coded::decodeKey));
  }

  Task<?, List<K>> random(K key, long count) {
    Slice k = coded.key(key);
    ElementTasks.requireCount(count);
    return reading(k, (db, out) -> HashOps.random(db, k, count, false, out), coded::decodeKeys);
  }

  Task<?, List<Map.Entry<K, V>>> randomEntries(K key, long count) {
    Slice k = coded.key(key);
    ElementTasks.requireCount(count);
    return reading(k, (db, out) -> HashOps.random(db, k, count, true, out), this::entryList);
  }

  Task<?, ScanPage<Map.Entry<K, V>>> scanPage(K key, long cursor, ScanOptions options) {
    Slice k = coded.key(key);
    Glob glob = ElementTasks.glob(options);
    return Task.reading(k, db -> {
      ValueList out = new ValueList();
      return new ElementTasks.RawPage(HashOps.scan(db, k, cursor, options.count(), glob, out), out.all());
    }, page -> new ScanPage<>(page.cursor(), List.copyOf(entryList(page.elements()))));
  }

  // Writing

  Task<?, Boolean> set(K key, K field, V value) {
    Slice k = coded.key(key);
    Slices pair = new Slices();
    pair.add(coded.key(field).array());
    pair.add(coded.value(value).array());
    return Task.writing(k, db -> HashOps.set(db, k, pair, 0) > 0, Function.<Boolean>identity()).bringing(pair.bytes());
  }

  Task<?, Long> setAll(K key, Map<? extends K, ? extends V> entries) {
    Slice k = coded.key(key);
    Slices pairs = coded.pairs(entries);
    if (pairs.size() == 0) {
      return nothing(k);
    }
    return Task.writing(k, db -> HashOps.set(db, k, pairs, 0), Function.<Long>identity()).bringing(pairs.bytes());
  }

  private static Task<?, Long> nothing(Slice key) {
    return Task.reading(key, db -> 0L, Function.identity());
  }

  Task<?, Boolean> setIfAbsent(K key, K field, V value) {
    Slice k = coded.key(key);
    Slice f = coded.key(field);
    Slice v = coded.value(value);
    return Task.writing(k, db -> HashOps.setIfAbsent(db, k, f, v), Function.<Boolean>identity())
        .bringing((long) f.length() + v.length());
  }

  Task<?, Boolean> delete(K key, K field) {
    Slice k = coded.key(key);
    Slices one = new Slices();
    one.add(coded.key(field).array());
    return Task.writing(k, db -> HashOps.delete(db, k, one, 0) > 0, Function.identity());
  }

  Task<?, Long> delete(K key, Collection<? extends K> fields) {
    Slice k = coded.key(key);
    Slices f = coded.keys(fields);
    return f.size() == 0 ? nothing(k) : Task.writing(k, db -> HashOps.delete(db, k, f, 0), Function.identity());
  }

  Task<?, Long> increment(K key, K field, long by) {
    Slice k = coded.key(key);
    Slice f = coded.key(field);
    return Task.writing(k, db -> HashOps.increment(db, k, f, by), Function.<Long>identity())
        .bringing((long) f.length() + Numbers.LONG_BYTES);
  }

  Task<?, Double> increment(K key, K field, double by) {
    Slice k = coded.key(key);
    Slice f = coded.key(field);
    String text = Double.isFinite(by) ? new BigDecimal(Double.toString(by)).toPlainString() : Double.toString(by);
    Slice added = new Slice().wrap(text.getBytes(StandardCharsets.US_ASCII));
    return Task.writing(k, db -> {
      ValueList out = new ValueList();
      HashOps.incrementFloat(db, k, f, added, out);
      return out;
    }, out -> Double.valueOf(new String(out.only(), StandardCharsets.US_ASCII))).bringing((long) f.length() + added.length());
  }

  // Deadlines of fields

  Task<?, TimeToLive> timeToLive(K key, K field) {
    Slice k = coded.key(key);
    Slices f = coded.keys(List.of(field));
    return Task.reading(k, db -> {
      long deadline = HashOps.deadlines(db, k, f, 0)[0];
      return deadline == Deadline.MISSING ? TimeToLive.missing()
          : deadline == Deadline.NONE ? TimeToLive.none()
          : TimeToLive.left(Duration.ofMillis(Math.max(0, deadline - db.engine().nowMillis())));
    }, Function.identity());
  }

  Task<?, Optional<Instant>> deadline(K key, K field) {
    Slice k = coded.key(key);
    Slices f = coded.keys(List.of(field));
    return Task.reading(k, db -> {
      long deadline = HashOps.deadlines(db, k, f, 0)[0];
      boolean none = deadline == Deadline.MISSING || deadline == Deadline.NONE;
      return none ? Optional.empty() : Optional.of(Instant.ofEpochMilli(deadline));
    }, Function.identity());
  }

  Task<?, Boolean> expire(K key, K field, Duration timeToLive, ExpireIf condition) {
    return expire(key, field, Math.max(0, Millis.of(timeToLive)), true, condition);
  }

  Task<?, Boolean> expireAt(K key, K field, Instant deadline, ExpireIf condition) {
    return expire(key, field, Math.max(0, Millis.of(deadline)), false, condition);
  }

  private Task<?, Boolean> expire(K key, K field, long millis, boolean fromNow, ExpireIf condition) {
    Slice k = coded.key(key);
    Slices f = coded.keys(List.of(field));
    int bits = bits(condition);
    return Task.writing(k, db -> {
      long since = fromNow ? db.engine().nowMillis() : 0;
      if (millis > HashOps.LATEST_MILLIS - since) {
        throw Signal.of(Failure.INVALID_EXPIRE_TIME);
      }
      return HashOps.expire(db, k, f, 0, since + millis, bits)[0] > HashOps.UNMET;
    }, Function.identity());
  }

  private static int bits(ExpireIf condition) {
    return switch (condition) {
      case ALWAYS -> 0;
      case ABSENT -> KeyOps.IF_ABSENT;
      case PRESENT -> KeyOps.IF_PRESENT;
      case LATER -> KeyOps.IF_LATER;
      case EARLIER -> KeyOps.IF_EARLIER;
      case PRESENT_AND_EARLIER -> throw new IllegalArgumentException("not a condition for fields: " + condition);
    };
  }

  Task<?, Boolean> persist(K key, K field) {
    Slice k = coded.key(key);
    Slices f = coded.keys(List.of(field));
    return Task.writing(k, db -> HashOps.persist(db, k, f, 0)[0] == HashOps.DONE, Function.identity());
  }
}
