package io.qcache.embedded;

import io.qcache.FindOptions;
import io.qcache.ListEnd;
import io.qcache.Millis;
import io.qcache.OutOfRangeException;
import io.qcache.ValueType;
import io.qcache.engine.Database;
import io.qcache.engine.ListOps;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.engine.ValueList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The operations of lists as tasks: each takes its arguments apart once, for every way in which it may run.  Those that wait run
 * at once, on the caller's thread.
 */
final class ListTasks<K, V> {
  private final Coded<K, V> coded;

  ListTasks(Coded<K, V> coded) {
    this.coded = coded;
  }

  Task<?, Long> length(K key) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> ListOps.length(db, k), Function.identity());
  }

  Task<?, Optional<V>> get(K key, long index) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> {
      ValueList out = new ValueList();
      ListOps.get(db, k, index, out);
      return out;
    }, this::optional);
  }

  Task<?, List<V>> range(K key, long first, long last) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> {
      ValueList out = new ValueList();
      ListOps.range(db, k, first, last, out);
      return out;
    }, this::list);
  }

  Task<?, Long> indexOf(K key, V element) {
    Slice k = coded.key(key);
    Slice v = coded.value(element);
    return Task.reading(k, db -> ListOps.find(db, k, v, ListEnd.FIRST, 1, 1, Long.MAX_VALUE),
        found -> found.length == 0 ? -1L : found[0]);
  }

  Task<?, List<Long>> find(K key, V element, FindOptions options) {
    Slice k = coded.key(key);
    Slice v = coded.value(element);
    return Task.reading(k,
        db -> ListOps.find(db, k, v, options.from(), options.skipped() + 1, options.limit(), options.within()), ListTasks::indices);
  }

  private static List<Long> indices(long[] found) {
    List<Long> indices = new ArrayList<>(found.length);
    for (long each : found) {
      indices.add(each);
    }
    return indices;
  }

  Task<?, Long> addAll(K key, Collection<? extends V> elements, ListEnd end, boolean ifPresent) {
    Slice k = coded.key(key);
    Slices v = coded.values(elements);
    if (v.size() == 0) {
      return length(key);
    }
    return Task.writing(k, db -> ListOps.push(db, k, v, 0, end, ifPresent), Function.<Long>identity()).bringing(v.bytes());
  }

  Task<?, Optional<V>> poll(K key, ListEnd end) {
    Slice k = coded.key(key);
    return Task.writing(k, db -> {
      ValueList out = new ValueList();
      ListOps.pop(db, k, end, out);
      return out;
    }, this::optional);
  }

  Task<?, List<V>> poll(K key, ListEnd end, long most) {
    Slice k = coded.key(key);
    require(most >= 0, ">= 0", most);
    return Task.writing(k, db -> {
      ValueList out = new ValueList();
      ListOps.pop(db, k, end, most, out);
      return out;
    }, this::list);
  }

  private static void require(boolean holds, String what, long most) {
    if (!holds) {
      throw new OutOfRangeException("most must be " + what + ": was " + most);
    }
  }

  Task<?, Optional<Map.Entry<K, List<V>>>> pollAny(Collection<? extends K> keys, ListEnd end, long most) {
    List<K> asked = List.copyOf(keys);
    Slices k = coded.keys(asked);
    Objects.requireNonNull(end, "end");
    require(most > 0, "> 0", most);
    return Task.writing(k, 1, db -> {
      ValueList out = new ValueList();
      return ListOps.popFirst(db, k, 0, k.size(), end, most, out) ? out : null;
    }, this::entry);
  }

  Optional<Map.Entry<K, List<V>>> pollAny(Collection<? extends K> keys, ListEnd end, long most, Duration timeout) {
    Slices k = coded.keys(keys);
    Objects.requireNonNull(end, "end");
    require(most > 0, "> 0", most);
    long millis = Millis.positive("timeout", timeout);
    if (k.size() == 0) {
      throw new IllegalArgumentException("keys must not be empty");
    }
    Database db = coded.database();
    return entry(new Taker<>(db, ValueType.LIST, null, key -> {
      ValueList out = new ValueList();
      out.value(key.array(), key.offset(), key.length());
      ListOps.pop(db, key, end, most, out);
      return out;
    }).await(k, millis));
  }

  private Optional<Map.Entry<K, List<V>>> entry(ValueList out) {
    if (out == null) {
      return Optional.empty();
    }
    List<byte[]> all = out.all();
    return Optional.of(Map.entry(coded.decodeKey(all.get(0)), coded.decodeAll(all.subList(1, all.size()))));
  }

  Task<?, Optional<V>> move(K from, ListEnd fromEnd, K to, ListEnd toEnd) {
    Slices keys = new Slices();
    keys.add(coded.keyNow(from).clone());
    keys.add(coded.keyNow(to).clone());
    Objects.requireNonNull(fromEnd, "fromEnd");
    Objects.requireNonNull(toEnd, "toEnd");
    return Task.writing(keys, 1, db -> {
      ValueList out = new ValueList();
      ListOps.move(db, keys.get(0), fromEnd, keys.get(1), toEnd, out);
      return out;
    }, this::optional).bringing(keys.get(1).length());
  }

  Optional<V> move(K from, ListEnd fromEnd, K to, ListEnd toEnd, Duration timeout) {
    Slices source = coded.keys(List.of(from));
    Slice target = coded.key(to);
    Objects.requireNonNull(fromEnd, "fromEnd");
    Objects.requireNonNull(toEnd, "toEnd");
    long millis = Millis.positive("timeout", timeout);
    Database db = coded.database();
    ValueList moved = new Taker<>(db, ValueType.LIST, target, key -> {
      ValueList out = new ValueList();
      ListOps.move(db, key, fromEnd, target, toEnd, out);
      return out;
    }).await(source, millis);
    return moved == null ? Optional.empty() : optional(moved);
  }

  Task<?, Void> set(K key, long index, V element) {
    Slice k = coded.key(key);
    Slice v = coded.value(element);
    return Task.writing(k, db -> {
      ListOps.set(db, k, index, v);
      return null;
    }, nothing -> (Void) null).bringing(v.length());
  }

  Task<?, Long> insert(K key, boolean before, V pivot, V element) {
    Slice k = coded.key(key);
    Slice p = coded.value(pivot);
    Slice v = coded.value(element);
    return Task.writing(k, db -> ListOps.insert(db, k, before, p, v), Function.<Long>identity()).bringing(v.length());
  }

  Task<?, Long> remove(K key, V element, ListEnd from, long most) {
    Slice k = coded.key(key);
    Slice v = coded.value(element);
    Objects.requireNonNull(from, "from");
    require(most > 0, "> 0", most);
    return Task.writing(k, db -> ListOps.remove(db, k, v, most, from), Function.identity());
  }

  Task<?, Void> trim(K key, long first, long last) {
    Slice k = coded.key(key);
    return Task.writing(k, db -> {
      ListOps.trim(db, k, first, last);
      return null;
    }, nothing -> (Void) null);
  }

  private Optional<V> optional(ValueList out) {
    return coded.optional(out.only());
  }

  private List<V> list(ValueList out) {
    return coded.decodeAll(out.all());
  }
}
