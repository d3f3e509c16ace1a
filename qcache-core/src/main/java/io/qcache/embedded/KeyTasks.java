package io.qcache.embedded;

import io.qcache.CopyOptions;
import io.qcache.ExpireIf;
import io.qcache.Millis;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.TimeToLive;
import io.qcache.ValueType;
import io.qcache.engine.Deadline;
import io.qcache.engine.Glob;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.engine.ValueList;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The operations of keys as tasks. */
final class KeyTasks<K> {
  private final Coded<K, ?> coded;

  KeyTasks(Coded<K, ?> coded) {
    this.coded = coded;
  }

  Task<?, Boolean> exists(K key) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> KeyOps.type(db, k) != null, Function.identity());
  }

  Task<?, Long> countExisting(Collection<? extends K> keys) {
    Slices k = coded.keys(keys);
    return Task.reading(k, db -> KeyOps.exists(db, k, 0), Function.identity());
  }

  Task<?, Optional<ValueType>> type(K key) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> Optional.ofNullable(KeyOps.type(db, k)), Function.identity());
  }

  Task<?, TimeToLive> timeToLive(K key) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> {
      long deadline = KeyOps.deadline(db, k);
      return deadline == Deadline.MISSING ? TimeToLive.missing()
          : deadline == Deadline.NONE ? TimeToLive.none()
          : TimeToLive.left(Duration.ofMillis(Math.max(0, deadline - db.engine().nowMillis())));
    }, Function.identity());
  }

  Task<?, Optional<Instant>> deadline(K key) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> {
      long deadline = KeyOps.deadline(db, k);
      boolean none = deadline == Deadline.MISSING || deadline == Deadline.NONE;
      return none ? Optional.empty() : Optional.of(Instant.ofEpochMilli(deadline));
    }, Function.identity());
  }

  Task<?, Boolean> delete(K key) {
    Slices k = coded.keys(List.of(key));
    return Task.writing(k, 1, db -> KeyOps.delete(db, k, 0) > 0, Function.identity());
  }

  Task<?, Long> delete(Collection<? extends K> keys) {
    Slices k = coded.keys(keys);
    return Task.writing(k, 1, db -> KeyOps.delete(db, k, 0), Function.identity());
  }

  Task<?, Long> touch(Collection<? extends K> keys) {
    Slices k = coded.keys(keys);
    return Task.reading(k, db -> KeyOps.touch(db, k, 0), Function.identity());
  }

  Task<?, Boolean> expire(K key, Duration timeToLive, ExpireIf condition) {
    Slice k = coded.key(key);
    long millis = Millis.of(timeToLive);
    return Task.writing(k, db -> {
      long now = db.engine().nowMillis();
      return KeyOps.expire(db, k, Deadline.of(millis, false, true, now), bits(condition));
    }, Function.identity());
  }

  Task<?, Boolean> expireAt(K key, Instant deadline, ExpireIf condition) {
    Slice k = coded.key(key);
    long millis = Millis.of(deadline);
    return Task.writing(k, db -> KeyOps.expire(db, k, Deadline.clamp(millis), bits(condition)), Function.identity());
  }

  private static int bits(ExpireIf condition) {
    return switch (condition) {
      case ALWAYS -> 0;
      case ABSENT -> KeyOps.IF_ABSENT;
      case PRESENT -> KeyOps.IF_PRESENT;
      case LATER -> KeyOps.IF_LATER;
      case EARLIER -> KeyOps.IF_EARLIER;
      case PRESENT_AND_EARLIER -> KeyOps.IF_PRESENT | KeyOps.IF_EARLIER;
    };
  }

  Task<?, Boolean> persist(K key) {
    Slice k = coded.key(key);
    return Task.writing(k, db -> KeyOps.persist(db, k), Function.identity());
  }

  Task<?, Void> rename(K from, K to) {
    Slices k = coded.keys(List.of(from, to));
    return Task.writing(k, 1, db -> {
      KeyOps.rename(db, k.get(0), k.get(1), false);
      return null;
    }, nothing -> null);
  }

  Task<?, Boolean> renameIfAbsent(K from, K to) {
    Slices k = coded.keys(List.of(from, to));
    return Task.writing(k, 1, db -> KeyOps.rename(db, k.get(0), k.get(1), true), Function.identity());
  }

  Task<?, Boolean> copy(K from, K target, CopyOptions options) {
    Slices k = coded.keys(List.of(from, target));
    OptionalInt to = options.database();
    boolean elsewhere = to.isPresent() && to.getAsInt() != coded.database().index();
    return Task.copying(k, elsewhere, db -> KeyOps.copy(db, k.get(0),
        db.engine().database(to.orElse(db.index())), k.get(1), options.replaces()), Function.<Boolean>identity()).bringing(0);
  }

  Task<?, Boolean> move(K key, int database) {
    Slice k = coded.key(key);
    return Task.writing(k, db -> KeyOps.move(db, k, db.engine().database(database)), Function.identity());
  }

  Task<?, Optional<K>> random() {
    return Task.ofDatabase(false, db -> {
      ValueList out = new ValueList();
      KeyOps.random(db, out);
      return out.only();
    }, bytes -> Optional.ofNullable(bytes).map(coded::decodeKey));
  }

  /** A page in bytes. */
  private record RawPage(long cursor, List<byte[]> keys) {}

  Task<?, ScanPage<K>> scanPage(long cursor, ScanOptions options) {
    Glob glob = options.glob().map(KeyTasks::glob).orElse(null);
    return Task.ofDatabase(false, db -> {
      ValueList out = new ValueList();
      long next = KeyOps.scan(db, cursor, options.count(), glob, options.type().orElse(null), out);
      return new RawPage(next, out.all());
    }, page -> new ScanPage<>(page.cursor, List.copyOf(coded.decodeKeys(page.keys))));
  }

  Task<?, List<K>> matching(String glob) {
    Glob match = glob(glob);
    return Task.ofDatabase(false, db -> {
      ValueList out = new ValueList();
      KeyOps.matching(db, match, out);
      return out.all();
    }, coded::decodeKeys);
  }

  private static Glob glob(String pattern) {
    return new Glob(pattern.getBytes(StandardCharsets.UTF_8));
  }

  Task<?, Long> size() {
    return Task.ofDatabase(false, KeyOps::size, Function.identity());
  }

  Task<?, Void> clear() {
    return Task.ofDatabase(true, db -> {
      KeyOps.clear(db);
      return null;
    }, nothing -> null);
  }
}
