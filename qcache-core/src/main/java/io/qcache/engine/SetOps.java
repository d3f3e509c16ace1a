package io.qcache.engine;

import io.qcache.ValueType;
import io.qcache.collection.ElementView;
import io.qcache.collection.SetDraft;
import io.qcache.engine.SetCombination.Kind;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import java.util.SplittableRandom;

/**
 * The operations of sets.  Static and thread-safe; each is atomic, alone or within a plan that this thread holds.  They read
 * their slices and keep nothing of them, and throw a {@link Signal} with nothing changed.
 *
 * <p>What is much is given by a {@link Producer}, without the lock, as it was under it.
 */
public final class SetOps {
  private static final int NONE = Records.NONE;

  private SetOps() {}

  // Reading

  /** How many members there are, 0 where the key is missing. */
  public static long size(Database db, Slice key) {
    return ElementRead.ask(db, key, ValueType.SET, view -> view == null ? 0 : view.size());
  }

  public static boolean contains(Database db, Slice key, Slice member) {
    return ElementRead.ask(db, key, ValueType.SET, view -> view != null && view.contains(member) ? 1 : 0) == 1;
  }

  /** Which of the slices from {@code from} on are members, at one instant. */
  public static boolean[] contains(Database db, Slice key, Slices members, int from) {
    boolean[] are = new boolean[members.size() - from];
    ElementRead.ask(db, key, ValueType.SET, view -> {
      for (int i = 0; i < are.length; i++) {
        are[i] = view != null && view.contains(members.get(from + i));
      }
      return 0;
    });
    return are;
  }

  /** Gives the collection of all members. */
  public static void members(Database db, Slice key, Sink out) {
    ElementRead.giveAll(db, key, ValueType.SET, ElementProducer.Part.ELEMENTS, out);
  }

  /** Gives a member chosen at random, or missing. */
  public static void random(Database db, Slice key, Sink out) {
    ElementRead.giveRandom(db, key, ValueType.SET, out);
  }

  /**
   * Gives the collection of members chosen at random: of so many different ones, at most all, or for a negative number of just
   * as many, each chosen among all.
   */
  public static void random(Database db, Slice key, long count, Sink out) {
    ElementRead.giveRandom(db, key, ValueType.SET, count, ElementProducer.Part.ELEMENTS, out);
  }

  /**
   * Gives some of the members, and returns the cursor to go on with: 0 when all have been met.  What is there from the first
   * call to the last is met, whatever comes and goes meanwhile.
   *
   * @param cursor 0 first, then what the last call returned
   * @param count  about how many members are looked at
   * @param match  only members that it matches; null for all
   */
  public static long scan(Database db, Slice key, long cursor, long count, Glob match, Sink out) {
    return new ElementScan(db, key, ValueType.SET, count, match, out).from(cursor);
  }

  // Writing

  /** Adds the members from {@code from} on; how many are new. */
  public static long add(Database db, Slice key, Slices members, int from) {
    try (Section section = db.write(key, bytes(members, from))) {
      HeldSet set = HeldSet.find(db, section, key);
      int old = set.record();
      long added = set.add(members, from);
      if (added > 0) {
        section.changed(Event.SADD, key, Cause.WRITTEN, old);
      }
      return added;
    }
  }

  private static long bytes(Slices slices, int from) {
    long bytes = 0;
    for (int i = from; i < slices.size(); i++) {
      bytes += slices.get(i).length();
    }
    return bytes;
  }

  /** Takes the members from {@code from} on out, and with the last one the key away; how many there were. */
  public static long remove(Database db, Slice key, Slices members, int from) {
    try (Section section = db.write(key)) {
      HeldSet set = HeldSet.find(db, section, key);
      long removed = set.remove(members, from);
      if (removed > 0) {
        changed(section, key, set, Event.SREM);
      }
      return removed;
    }
  }

  /** The change call of what may have left no member. */
  private static void changed(Section section, Slice key, HeldSet set, Event event) {
    section.changed(event, key, Cause.WRITTEN);
    if (set.isMissing()) {
      section.changed(Event.DEL, key, Cause.DELETED);
    }
  }

  /** Moves a member from one set to another, and says whether the first had it. */
  public static boolean move(Database db, Slice from, Slice to, Slice member) {
    try (Plan held = db.engine().plan().add(from).add(to).bringing(member.length()).acquire()) {
      Section source = db.held(from);
      Section target = db.held(to);
      if (source.find(from) == NONE) {
        return false; // whatever the other one is
      }
      HeldSet giving = HeldSet.find(db, source, from);
      HeldSet taking = HeldSet.find(db, target, to);
      if (!giving.contains(member)) {
        return false;
      }
      if (from.equals(to)) {
        return true;
      }
      Slices one = new Slices();
      one.add(member.array(), member.offset(), member.length());
      int old = taking.record();
      boolean added = taking.add(one, 0) > 0;
      try {
        HeldSet.find(db, source, from).remove(one, 0); // where it stands now
      } catch (Throwable failed) {
        if (added) {
          HeldSet.find(db, target, to).remove(one, 0);
        }
        throw failed;
      }
      changed(source, from, HeldSet.find(db, source, from), Event.SREM);
      if (added) {
        target.changed(Event.SADD, to, Cause.WRITTEN, old);
      }
      return true;
    }
  }

  /** Takes a member chosen at random out and gives it; or missing. */
  public static void pop(Database db, Slice key, Sink out) {
    try (Section section = db.write(key)) {
      HeldSet set = HeldSet.find(db, section, key);
      if (set.isMissing()) {
        out.missing();
        return;
      }
      Slice member = new Slice();
      set.view().random(db.engine().random(), member, new Slice());
      Slices one = new Slices();
      if (member.length() > ArrayProducer.ABOVE) { // which nobody writes into
        one.add(member.array(), member.offset(), member.length());
      } else {
        one.add(member.copy());
      }
      set.remove(one, 0);
      changed(section, key, set, Event.SPOP);
      ArrayProducer.give(one.get(0), out);
    }
  }

  /** Takes up to {@code count} members chosen at random out and gives the collection of them. */
  public static void pop(Database db, Slice key, long count, Sink out) {
    Producer later = null;
    try (Section section = db.write(key)) {
      HeldSet set = HeldSet.find(db, section, key);
      if (set.isMissing() || count == 0) {
        out.elements(0);
        return;
      }
      later = pop(db.engine(), set, count, out);
      changed(section, key, set, Event.SPOP);
    }
    ElementRead.produce(later, out);
  }

  private static Producer pop(Engine engine, HeldSet set, long count, Sink out) {
    ElementView view = set.view();
    if (count >= view.size()) {
      Producer later = ElementRead.give(view, view.size(), ElementProducer.Part.ELEMENTS, out);
      set.drop();
      return later;
    }
    // chosen twice alike, of the set as it was: to be taken out, and to be given
    long seed = engine.random().nextLong();
    ElementView kept = view.kept();
    boolean removed = false;
    try {
      set.remove(limited(kept.inRandomOrder(new SplittableRandom(seed)), count), count);
      removed = true;
    } finally {
      if (!removed) {
        kept.close();
      }
    }
    return new ElementProducer(kept, kept.inRandomOrder(new SplittableRandom(seed)), count, ElementProducer.Part.ELEMENTS);
  }

  private static HeldSet.Members limited(ElementView.Steps steps, long count) {
    long[] left = {count};
    Slice none = new Slice();
    return member -> left[0]-- > 0 && steps.next(member, none);
  }

  // Several sets

  /** Gives the collection of what any of the sets has, by the keys from {@code from} on. */
  public static void union(Database db, Slices keys, int from, Sink out) {
    combine(db, Kind.UNION, keys, from, out);
  }

  /** Gives the collection of what all of the sets have. */
  public static void intersection(Database db, Slices keys, int from, Sink out) {
    combine(db, Kind.INTERSECTION, keys, from, out);
  }

  /** Gives the collection of what the first of the sets has and no other. */
  public static void difference(Database db, Slices keys, int from, Sink out) {
    combine(db, Kind.DIFFERENCE, keys, from, out);
  }

  private static void combine(Database db, Kind kind, Slices keys, int from, Sink out) {
    SetCombination kept;
    try (Plan held = db.engine().plan().add(keys, from, 1).acquire()) {
      SetCombination all = combination(db, kind, keys, from, keys.size());
      if (all.bytes() <= ElementProducer.PART_BYTES) {
        while (all.give(out, Integer.MAX_VALUE)) {
          Thread.onSpinWait(); // on to the next member
        }
        return;
      }
      kept = all.kept();
    }
    out.produce(kept);
  }

  private static SetCombination combination(Database db, Kind kind, Slices keys, int from, int to) {
    ElementView[] views = new ElementView[to - from];
    for (int i = from; i < to; i++) {
      views[i - from] = ElementRead.find(db, db.stripe(keys.get(i)), keys.get(i), ValueType.SET);
    }
    return new SetCombination(kind, views);
  }

  /** How many members all the sets by the keys from {@code from} to before {@code to} have; counted up to {@code most}. */
  public static long intersectionSize(Database db, Slices keys, int from, int to, long most) {
    Plan plan = db.engine().plan();
    for (int i = from; i < to; i++) {
      plan.add(keys.get(i));
    }
    SetCombination kept;
    try (Plan held = plan.acquire()) {
      SetCombination all = combination(db, Kind.INTERSECTION, keys, from, to);
      if (all.bytes() <= ElementProducer.PART_BYTES) {
        return all.count(most);
      }
      kept = all.kept();
    }
    try (kept) {
      return kept.count(most);
    }
  }

  /** Stores what any of the sets has, by the keys from {@code from} on; how many members that is.  Of none, the key goes. */
  public static long storeUnion(Database db, Slice to, Slices keys, int from) {
    return store(db, Kind.UNION, to, keys, from, Event.SUNIONSTORE);
  }

  /** Stores what all of the sets have. */
  public static long storeIntersection(Database db, Slice to, Slices keys, int from) {
    return store(db, Kind.INTERSECTION, to, keys, from, Event.SINTERSTORE);
  }

  /** Stores what the first of the sets has and no other. */
  public static long storeDifference(Database db, Slice to, Slices keys, int from) {
    return store(db, Kind.DIFFERENCE, to, keys, from, Event.SDIFFSTORE);
  }

  private static long store(Database db, Kind kind, Slice to, Slices keys, int from, Event event) {
    try (Plan held = db.engine().plan().add(keys, from, 1).add(to).bringing(to.length()).acquire()) {
      SetDraft draft = HeldSet.draft(db.engine());
      HeldSet.Members members = combination(db, kind, keys, from, keys.size()).members();
      for (Slice member = new Slice(); members.next(member); ) {
        draft.add(member);
      }
      Section section = db.held(to);
      int old = section.find(to);
      if (draft.size() > 0) {
        HeldSet.put(section, to, old, draft);
        section.changed(event, to, old == NONE ? Cause.WRITTEN : Cause.REPLACED, old);
      } else if (old != NONE) {
        section.remove(to, old);
        section.changed(Event.DEL, to, Cause.DELETED);
      } else {
        section.deletedNothing(to);
      }
      return draft.size();
    }
  }
}
