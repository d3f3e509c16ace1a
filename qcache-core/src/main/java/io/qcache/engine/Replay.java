package io.qcache.engine;

import io.qcache.ListEnd;
import io.qcache.ValueType;
import io.qcache.collection.SetDraft;
import io.qcache.collection.SortedSetDraft;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.keyspace.Stripe;
import io.qcache.log.EffectReader;
import io.qcache.log.Effects;

/**
 * Applies the effects of units, in their order, to an engine that nobody else uses yet, by the classes that made the changes in
 * the first place.  Nothing expires meanwhile, nothing is evicted or refused, and nobody is told.  For one thread.
 */
public final class Replay {
  private static final int NONE = Records.NONE;

  private final Engine engine;
  private final EffectReader reader = new EffectReader();
  private final Slice key = new Slice();
  private final Slice value = new Slice();
  private final Slices list = new Slices();
  private int database;

  public Replay(Engine engine) {
    this.engine = engine;
  }

  /**
   * Applies what a unit did.
   *
   * @throws IllegalArgumentException where the bytes are no effects, or none that fit what is there
   */
  public void apply(byte[] unit, int from, int to) {
    reader.wrap(unit, from, to);
    database = 0;
    try {
      for (int kind = reader.kind(); kind >= 0; kind = reader.kind()) {
        apply(kind);
      }
    } catch (Signal unfit) {
      throw new IllegalArgumentException("an effect does not fit what its key holds: " + unfit.failure().line(), unfit);
    }
  }

  private void apply(int kind) {
    switch (kind) {
      case Effects.DATABASE -> database = reader.number(engine.databases() - 1);
      case Effects.CLEAR -> KeyOps.clear(engine.database(reader.number(engine.databases() - 1)));
      case Effects.SWAP -> {
        int first = reader.number(engine.databases() - 1);
        KeyOps.swap(engine.database(first), engine.database(reader.number(engine.databases() - 1)));
      }
      case Effects.RENAME, Effects.COPY -> give(kind == Effects.RENAME);
      default -> {
        reader.bytes(key);
        Stripe stripe = engine.stripe(engine.hash(key));
        stripe.acquire();
        try {
          Section section = stripe.section(database);
          apply(kind, section, section.records().locate(key));
        } finally {
          stripe.release();
        }
      }
    }
  }

  private void give(boolean moves) {
    reader.bytes(key);
    int other = reader.number(engine.databases() - 1);
    Slice to = reader.bytes(new Slice());
    try (Plan held = engine.plan().add(key).add(to).acquire()) {
      Section source = engine.database(database).held(key);
      Section target = engine.database(other).held(to);
      source.give(key, required(source.records().locate(key)), target, to, target.records().locate(to), moves);
    }
  }

  private static int required(int record) {
    return require(record != NONE, record);
  }

  private static int require(boolean holds, int record) {
    if (!holds) {
      throw new IllegalArgumentException("an effect does not fit what its key holds");
    }
    return record;
  }

  private void apply(int kind, Section section, int record) {
    Records records = section.records();
    switch (kind) {
      case Effects.STRING -> section.put(key, record, reader.bytes(value), Deadline.NONE);
      case Effects.STRING_UNTIL -> {
        long deadline = reader.fixed();
        section.put(key, record, reader.bytes(value), deadline);
      }
      case Effects.STRING_RAW -> {
        byte[] bytes = reader.bytes(value).copy();
        records.putRaw(key, record, ValueType.STRING, bytes, bytes.length, Deadline.NONE);
      }
      case Effects.RANGE -> range(section, record);
      case Effects.REMOVE -> section.remove(key, required(record));
      case Effects.DEADLINE -> section.setDeadline(key, required(record), reader.fixed());
      case Effects.LIST -> HeldList.put(engine, section, key, record, reader.list(list));
      case Effects.HASH_SET -> new HeldHash(engine, section, key, record).set(pairs(), 0);
      case Effects.HASH_DEADLINE -> {
        long deadline = reader.fixed();
        new HeldHash(engine, section, key, required(record)).deadline(reader.bytes(value), deadline);
      }
      case Effects.HASH_DELETE -> new HeldHash(engine, section, key, required(record)).delete(reader.list(list), 0);
      case Effects.SET_ADD -> new HeldSet(engine, section, key, record).add(reader.list(list), 0);
      case Effects.SET_REMOVE -> new HeldSet(engine, section, key, required(record)).remove(reader.list(list), 0);
      case Effects.SET -> set(section, record);
      case Effects.SCORES_PUT, Effects.SCORES_REMOVE, Effects.SCORES_REMOVE_RANGE -> change(kind, section, record);
      case Effects.SCORES_COMPACT, Effects.SCORES -> scores(section, record, kind == Effects.SCORES_COMPACT);
      case Effects.SCORES_LEAVE_COMPACT -> SortedSetWrite.leaveCompact(records, key,
          require(record != NONE && records.type(record) == ValueType.SORTED_SET, record));
      default -> change(kind, new HeldList(engine, section, key, record));
    }
  }

  private Slices pairs() {
    require(reader.list(list).size() % 2 == 0, NONE);
    return list;
  }

  private void range(Section section, int record) {
    Records records = section.records();
    require(record == NONE || records.type(record) == ValueType.STRING, record);
    int length = record == NONE ? 0 : records.length(record);
    int longer = Math.max(length, reader.number(Integer.MAX_VALUE - 8));
    int offset = reader.number(longer);
    reader.bytes(value);
    require(value.length() <= longer - offset, record);
    int grown = section.grow(key, record, longer);
    if (value.length() > 0) {
      section.write(key, grown, offset, value.array(), value.offset(), value.length());
    }
  }

  private void change(int kind, HeldList list) {
    switch (kind) {
      case Effects.LIST_PUSH_FIRST -> list.push(reader.list(this.list), 0, ListEnd.FIRST);
      case Effects.LIST_PUSH_LAST -> list.push(reader.list(this.list), 0, ListEnd.LAST);
      case Effects.LIST_REMOVE, Effects.LIST_KEEP -> {
        long first = reader.number();
        long end = reader.number();
        require(0 <= first && first <= end && end <= list.size(), required(list.record()));
        if (kind == Effects.LIST_KEEP) {
          list.keep(first, end);
        } else {
          list.remove(first, end);
        }
      }
      case Effects.LIST_REPLACE, Effects.LIST_INSERT -> {
        long index = reader.number();
        reader.bytes(value);
        boolean inserts = kind == Effects.LIST_INSERT;
        require(0 <= index && index < list.size() + (inserts ? 1 : 0), required(list.record()));
        if (inserts) {
          list.insert(index, value);
        } else {
          list.replace(index, value);
        }
      }
      case Effects.LIST_REMOVE_EQUAL_FIRST, Effects.LIST_REMOVE_EQUAL_LAST -> {
        long most = reader.number();
        reader.bytes(value);
        required(list.record());
        list.removeEqual(value, most, kind == Effects.LIST_REMOVE_EQUAL_FIRST ? ListEnd.FIRST : ListEnd.LAST);
      }
      default -> throw new IllegalArgumentException("no kind of effect: " + kind);
    }
  }

  private void set(Section section, int record) {
    SetDraft draft = HeldSet.draft(engine);
    while (reader.element(value)) {
      draft.add(value);
    }
    require(draft.size() > 0, record);
    HeldSet.put(section, key, record, draft);
  }

  private void scores(Section section, int record, boolean compact) {
    SortedSetDraft draft = engine.sortedSetDraft().begin().exactly();
    while (reader.element(value)) {
      draft.put(value, reader.score(), draft.score(value));
    }
    draft.notCompactIf(!compact);
    draft.settle();
    require(draft.size() > 0, record);
    SortedSetWrite.put(section, key, record, draft);
  }

  private void change(int kind, Section section, int record) {
    try (SortedSetWrite write = new SortedSetWrite(engine, section, key, record)) {
      SortedSetDraft draft = write.draft();
      if (kind == Effects.SCORES_REMOVE_RANGE) {
        long first = reader.number();
        long end = reader.number();
        require(0 <= first && first < end && end <= draft.size(), record);
        write.remove(first, end, Event.ZREM);
        return;
      }
      while (reader.element(value)) {
        if (kind == Effects.SCORES_PUT) {
          write.put(value, reader.score(), draft.score(value), Event.ZADD);
        } else {
          write.remove(value, Event.ZREM);
        }
      }
    }
  }
}
