package io.qcache.embedded;

import io.qcache.BitField;
import io.qcache.BitOperation;
import io.qcache.BitRange;
import io.qcache.BitStep;
import io.qcache.engine.BitFields;
import io.qcache.engine.BitOps;
import io.qcache.engine.Database;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;

/** The operations of bits as tasks. */
final class BitTasks<K> {
  private final Coded<K, ?> coded;

  BitTasks(Coded<K, ?> coded) {
    this.coded = coded;
  }

  Task<?, Boolean> get(K key, long offset) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> BitOps.get(db, k, offset), Function.<Boolean>identity());
  }

  Task<?, Long> count(K key, BitRange range) {
    Slice k = coded.key(key);
    Objects.requireNonNull(range, "range");
    return Task.reading(k, db -> BitOps.count(db, k, range), Function.<Long>identity());
  }

  Task<?, OptionalLong> find(K key, boolean bit, BitRange range) {
    Slice k = coded.key(key);
    Objects.requireNonNull(range, "range");
    return Task.reading(k, db -> BitOps.find(db, k, bit, range),
        found -> found < 0 ? OptionalLong.empty() : OptionalLong.of(found));
  }

  Task<?, Long> getField(K key, BitField field) {
    Slice k = coded.key(key);
    List<BitStep> steps = List.of(field.get());
    return Task.reading(k, db -> run(db, k, steps), fields -> fields.result(0));
  }

  Task<?, Boolean> set(K key, long offset, boolean bit) {
    Slice k = coded.key(key);
    return Task.writing(k, db -> BitOps.set(db, k, offset, bit), Function.<Boolean>identity()).bringing(1);
  }

  Task<?, Long> combine(BitOperation operation, K target, Collection<? extends K> sources) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("sources must be one or more: there is none");
    }
    if (operation == BitOperation.NOT && sources.size() != 1) {
      throw new IllegalArgumentException("NOT is of one source: there are " + sources.size());
    }
    Slice t = coded.key(target);
    Slices s = coded.keys(sources);
    Slices all = coded.keys(sources);
    all.add(t.array(), t.offset(), t.length());
    return Task.storing(all, db -> BitOps.combine(db, operation, t, s, 0), Function.<Long>identity()).bringing(0);
  }

  Task<?, List<OptionalLong>> fields(K key, List<BitStep> steps) {
    Slice k = coded.key(key);
    List<BitStep> kept = List.copyOf(steps);
    return Task.writing(k, db -> run(db, k, kept), BitTasks::results).bringing(kept.size());
  }

  private static BitFields run(Database db, Slice key, List<BitStep> steps) {
    BitFields fields = new BitFields();
    for (BitStep step : steps) {
      BitField field = step.field();
      BitOps.requireOffset(db, field.offset());
      switch (step.kind()) {
        case GET -> fields.get(field.signed(), field.bits(), field.offset());
        case SET -> fields.write(BitFields.Kind.SET, field.signed(), field.bits(), field.offset(), step.operand(),
            step.overflow());
        case INCREMENT -> fields.write(BitFields.Kind.INCREMENT, field.signed(), field.bits(), field.offset(),
            step.operand(), step.overflow());
      }
    }
    BitOps.fields(db, key, fields);
    return fields;
  }

  private static List<OptionalLong> results(BitFields fields) {
    List<OptionalLong> results = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      results.add(fields.isFailed(i) ? OptionalLong.empty() : OptionalLong.of(fields.result(i)));
    }
    return results;
  }
}
