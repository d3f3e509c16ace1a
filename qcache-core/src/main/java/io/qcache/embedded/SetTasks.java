package io.qcache.embedded;

import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.engine.Database;
import io.qcache.engine.Glob;
import io.qcache.engine.SetOps;
import io.qcache.engine.Sink;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.engine.ValueList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The operations of sets as tasks: each takes its arguments apart once, for every way in which it may run. */
final class SetTasks<K, V> {
  private final Coded<K, V> coded;

  SetTasks(Coded<K, V> coded) {
    this.coded = coded;
  }

  private static Function<Database, List<byte[]>> into(BiConsumer<Database, Sink> read) {
    return db -> {
      ValueList out = new ValueList();
      read.accept(db, out);
      return out.all();
    };
  }

  private Set<V> set(List<byte[]> members) {
    return new LinkedHashSet<>(coded.decodeAll(members));
  }

  Task<?, Long> size(K key) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> SetOps.size(db, k), Function.identity());
  }

  Task<?, Boolean> contains(K key, V member) {
    Slice k = coded.key(key);
    Slice m = coded.value(member);
    return Task.reading(k, db -> SetOps.contains(db, k, m), Function.identity());
  }

  Task<?, Set<V>> present(K key, Collection<? extends V> members) {
    Slice k = coded.key(key);
    List<V> asked = new ArrayList<>(members);
    Slices m = coded.values(asked);
    return Task.reading(k, db -> SetOps.contains(db, k, m, 0), are -> {
      Set<V> present = new LinkedHashSet<>();
      for (int i = 0; i < are.length; i++) {
        if (are[i]) {
          present.add(asked.get(i));
        }
      }
      return present;
    });
  }

  Task<?, Set<V>> members(K key) {
    Slice k = coded.key(key);
    return Task.reading(k, into((db, out) -> SetOps.members(db, k, out)), this::set);
  }

  Task<?, Optional<V>> random(K key) {
    Slice k = coded.key(key);
    return Task.reading(k, into((db, out) -> SetOps.random(db, k, out)), members -> coded.optional(members.get(0)));
  }

  Task<?, List<V>> random(K key, long count) {
    Slice k = coded.key(key);
    ElementTasks.requireCount(count);
    return Task.reading(k, into((db, out) -> SetOps.random(db, k, count, out)), coded::decodeAll);
  }

  Task<?, ScanPage<V>> scanPage(K key, long cursor, ScanOptions options) {
    Slice k = coded.key(key);
    Glob glob = ElementTasks.glob(options);
    return Task.reading(k, db -> {
      ValueList out = new ValueList();
      return new ElementTasks.RawPage(SetOps.scan(db, k, cursor, options.count(), glob, out), out.all());
    }, page -> new ScanPage<>(page.cursor(), List.copyOf(coded.decodeAll(page.elements()))));
  }

  // Several sets

  Task<?, Set<V>> union(Collection<? extends K> keys) {
    Slices k = coded.keys(keys);
    return Task.reading(k, into((db, out) -> {
      if (k.size() > 0) {
        SetOps.union(db, k, 0, out);
      }
    }), this::set);
  }

  Task<?, Set<V>> intersection(Collection<? extends K> keys) {
    Slices k = coded.keys(keys);
    return Task.reading(k, into((db, out) -> {
      if (k.size() > 0) {
        SetOps.intersection(db, k, 0, out);
      }
    }), this::set);
  }

  Task<?, Set<V>> difference(K from, Collection<? extends K> without) {
    Slices k = coded.keys(first(from, without));
    return Task.reading(k, into((db, out) -> SetOps.difference(db, k, 0, out)), this::set);
  }

  private List<K> first(K from, Collection<? extends K> without) {
    List<K> all = new ArrayList<>();
    all.add(from);
    all.addAll(without);
    return all;
  }

  Task<?, Long> intersectionSize(Collection<? extends K> keys, long most) {
    Slices k = coded.keys(keys);
    ElementTasks.require(most > 0, "> 0", most);
    return Task.reading(k, db -> k.size() == 0 ? 0 : SetOps.intersectionSize(db, k, 0, k.size(), most), Function.identity());
  }

  Task<?, Long> storeUnion(K to, Collection<? extends K> keys) {
    Slice t = coded.key(to);
    Slices k = requireSome(coded.keys(keys));
    return storing(t, k, db -> SetOps.storeUnion(db, t, k, 0));
  }

  Task<?, Long> storeIntersection(K to, Collection<? extends K> keys) {
    Slice t = coded.key(to);
    Slices k = requireSome(coded.keys(keys));
    return storing(t, k, db -> SetOps.storeIntersection(db, t, k, 0));
  }

  Task<?, Long> storeDifference(K to, K from, Collection<? extends K> without) {
    Slice t = coded.key(to);
    Slices k = coded.keys(first(from, without));
    return storing(t, k, db -> SetOps.storeDifference(db, t, k, 0));
  }

  private static Slices requireSome(Slices keys) {
    if (keys.size() == 0) {
      throw new IllegalArgumentException("keys must not be empty");
    }
    return keys;
  }

  private static Task<?, Long> storing(Slice to, Slices sources, ToLongFunction<Database> store) {
    Slices all = new Slices();
    for (int i = 0; i < sources.size(); i++) {
      all.add(sources.get(i).array());
    }
    all.add(to.array());
    return Task.storing(all, store::applyAsLong, Function.<Long>identity()).bringing(to.length());
  }

  // Writing

  private Slices one(V member) {
    Slices one = new Slices();
    one.add(coded.value(member).array());
    return one;
  }

  private static Task<?, Long> nothing(Slice key) {
    return Task.reading(key, db -> 0L, Function.identity());
  }

  Task<?, Boolean> add(K key, V member) {
    Slice k = coded.key(key);
    Slices m = one(member);
    return Task.writing(k, db -> SetOps.add(db, k, m, 0) > 0, Function.<Boolean>identity()).bringing(m.bytes());
  }

  Task<?, Long> addAll(K key, Collection<? extends V> members) {
    Slice k = coded.key(key);
    Slices m = coded.values(members);
    if (m.size() == 0) {
      return nothing(k);
    }
    return Task.writing(k, db -> SetOps.add(db, k, m, 0), Function.<Long>identity()).bringing(m.bytes());
  }

  Task<?, Boolean> remove(K key, V member) {
    Slice k = coded.key(key);
    Slices m = one(member);
    return Task.writing(k, db -> SetOps.remove(db, k, m, 0) > 0, Function.identity());
  }

  Task<?, Long> removeAll(K key, Collection<? extends V> members) {
    Slice k = coded.key(key);
    Slices m = coded.values(members);
    return m.size() == 0 ? nothing(k) : Task.writing(k, db -> SetOps.remove(db, k, m, 0), Function.identity());
  }

  Task<?, Optional<V>> poll(K key) {
    Slice k = coded.key(key);
    return Task.writing(k, into((db, out) -> SetOps.pop(db, k, out)), members -> coded.optional(members.get(0)));
  }

  Task<?, Set<V>> poll(K key, long most) {
    Slice k = coded.key(key);
    ElementTasks.require(most >= 0, ">= 0", most);
    return Task.writing(k, into((db, out) -> SetOps.pop(db, k, most, out)), this::set);
  }

  Task<?, Boolean> move(K from, K to, V member) {
    Slices k = new Slices();
    k.add(coded.key(from).array());
    k.add(coded.key(to).array());
    Slice m = coded.value(member);
    return Task.writing(k, 1, db -> SetOps.move(db, k.get(0), k.get(1), m), Function.<Boolean>identity()).bringing(m.length());
  }
}
