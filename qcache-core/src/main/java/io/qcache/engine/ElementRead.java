package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.collection.ElementView;
import io.qcache.collection.LargeElements;
import io.qcache.collection.LargeIntegers;
import io.qcache.collection.Packed;
import io.qcache.collection.PackedElements;
import io.qcache.collection.PackedIntegers;
import io.qcache.collection.SetDraft;
import io.qcache.keyspace.LargeValue;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Stripe;

/** How hashes and sets are found and read, whatever their form. */
final class ElementRead {
  /** What is read of a view, under the lock. */
  interface Question {
    /** The answer; the view is null where the key is missing. */
    long of(ElementView view);
  }

  private ElementRead() {}

  /** Asks under the read lock. */
  static long ask(Database db, Slice key, ValueType type, Question question) {
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead();
    try {
      return question.of(find(db, stripe, key, type));
    } finally {
      stripe.endRead(stamp);
    }
  }

  /** The value of the key, or null where it is missing; counts the use.  Under the read lock or better. */
  static ElementView find(Database db, Stripe stripe, Slice key, ValueType type) {
    int record = locate(db, stripe, key, type);
    return record == Records.NONE ? null : view(stripe.recordsOrNull(db.index()), record);
  }

  /** The record of the key, or NONE; counts the use.  Under the read lock or better. */
  static int locate(Database db, Stripe stripe, Slice key, ValueType type) {
    Records records = stripe.recordsOrNull(db.index());
    int record = records == null ? Records.NONE : records.peek(key);
    db.used(records, key, record);
    return require(records, record, type);
  }

  /** The record, which is NONE or of that type; any other one is a Signal. */
  static int require(Records records, int record, ValueType type) {
    if (record != Records.NONE && records.type(record) != type) {
      throw Signal.of(Failure.WRONG_TYPE);
    }
    return record;
  }

  /** The type's own byte of the value's encoding. */
  static int encoding(Records records, int record) {
    if (records.isLarge(record)) {
      return records.large(record) instanceof LargeElements large ? large.encoding() : SetDraft.INTSET;
    }
    Slice packed = records.valueOf(record, new Slice());
    return Packed.encoding(packed.array(), packed.offset());
  }

  /** What is seen of the value; null for a hash of which all fields are due. */
  static ElementView view(Records records, int record) {
    if (records.isTimed(record)) {
      ElementView live = records.isLarge(record) ? ((LargeElements) records.large(record)).view(records.nowMillis())
          : PackedElements.timed(records.valueOf(record, new Slice()), records.nowMillis());
      return live.size() == 0 ? null : live;
    }
    if (records.isLarge(record)) {
      LargeValue value = records.large(record);
      return value instanceof LargeIntegers integers ? integers.view() : ((LargeElements) value).table();
    }
    Slice packed = records.valueOf(record, new Slice());
    if (records.type(record) == ValueType.SET && Packed.encoding(packed.array(), packed.offset()) == SetDraft.INTSET) {
      return new PackedIntegers(packed);
    }
    return new PackedElements(packed, records.type(record) == ValueType.HASH);
  }

  /** Gives all of the key's elements, or their values, or both: what is much without the lock, as it was under it. */
  static void giveAll(Database db, Slice key, ValueType type, ElementProducer.Part part, Sink out) {
    Producer later = null;
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead();
    try {
      ElementView view = find(db, stripe, key, type);
      if (view == null) {
        out.elements(0);
      } else {
        later = give(view, view.size(), part, out);
      }
    } finally {
      stripe.endRead(stamp);
    }
    produce(later, out);
  }

  /** Gives all of it now where it is not much, or returns who is to. */
  static Producer give(ElementView view, long count, ElementProducer.Part part, Sink out) {
    if (view.bytes() <= ElementProducer.PART_BYTES) {
      new ElementProducer(view, view.walk(), count, part).give(out, Integer.MAX_VALUE);
      return null;
    }
    ElementView kept = view.kept();
    return new ElementProducer(kept, kept.walk(), count, part);
  }

  /** Gives one element chosen at random, or missing. */
  static void giveRandom(Database db, Slice key, ValueType type, Sink out) {
    ask(db, key, type, view -> {
      if (view == null) {
        out.missing();
      } else {
        Slice element = new Slice();
        view.random(db.engine().random(), element, new Slice());
        ArrayProducer.give(element, out);
      }
      return 0;
    });
  }

  /**
   * Gives elements chosen at random, perhaps with their values: so many different ones, at most all, or for a negative number
   * just as many, each chosen among all.
   */
  static void giveRandom(Database db, Slice key, ValueType type, long count, ElementProducer.Part part, Sink out) {
    Producer later = null;
    Stripe stripe = db.stripe(key);
    long stamp = stripe.beginRead();
    try {
      ElementView view = find(db, stripe, key, type);
      if (view == null || count == 0) {
        out.elements(0);
      } else if (count >= view.size()) {
        later = give(view, view.size(), part, out);
      } else {
        ElementView kept = view.kept();
        later = new ElementProducer(kept, chosen(kept, count, db.engine()), Math.abs(count), part);
      }
    } finally {
      stripe.endRead(stamp);
    }
    produce(later, out);
  }

  private static ElementView.Steps chosen(ElementView view, long count, Engine engine) {
    if (count > 0) {
      return view.inRandomOrder(engine.random());
    }
    return (element, value) -> {
      view.random(engine.random(), element, value);
      return true;
    };
  }

  static void produce(Producer later, Sink out) {
    if (later != null) {
      out.produce(later);
    }
  }
}
