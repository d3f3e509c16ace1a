package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.collection.LargeSortedSet;
import io.qcache.collection.PackedSortedSet;
import io.qcache.collection.Ranking;
import io.qcache.collection.SortedSetDraft;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;

/**
 * The operations of sorted sets.  Static and thread-safe; each is atomic, alone or within a plan that this thread holds.  They read
 * their slices and keep nothing of them, and throw a {@link Signal} with nothing changed.
 *
 * <p>Members are ordered by score, those of one score by their bytes, unsigned; a position counts from 0.
 */
public final class SortedSetOps {
  /** Bits of what {@link #add} may be told, combined as a command may combine them. */
  public static final int IF_ABSENT = 1;
  public static final int IF_PRESENT = 2;
  public static final int IF_GREATER = 4;
  public static final int IF_LESS = 8;
  /** Count those whose score was changed too. */
  public static final int COUNT_CHANGED = 16;

  /** What a member that is not there has for a score, and an increment that was not made for its sum. */
  public static final double NO_SCORE = Double.NaN;

  private static final long AT_ONCE_BYTES = 64 << 10; // a reply that is longer is produced
  private static final int SCANNED_AT_ONCE = 1_000; // members in one hold of the lock

  private SortedSetOps() {}

  // Reading one

  /** How many members there are, 0 where the key is missing. */
  public static long size(Database db, Slice key) {
    try (RankingRead read = new RankingRead(db, key)) {
      return read.set() == null ? 0 : read.set().size();
    }
  }

  /** How many members lie in the range. */
  public static long count(Database db, Slice key, MemberRange range) {
    try (RankingRead read = new RankingRead(db, key)) {
      return read.set() == null ? 0 : range.in(read.set()).count();
    }
  }

  /** The score of the member, or {@link #NO_SCORE}. */
  public static double score(Database db, Slice key, Slice member) {
    try (RankingRead read = new RankingRead(db, key)) {
      return read.set() == null ? NO_SCORE : read.set().score(member);
    }
  }

  /** The scores of the members from {@code from} on, at one instant; {@link #NO_SCORE} for what is none. */
  public static double[] scores(Database db, Slice key, Slices members, int from) {
    double[] scores = new double[members.size() - from];
    try (RankingRead read = new RankingRead(db, key)) {
      for (int i = 0; i < scores.length; i++) {
        scores[i] = read.set() == null ? NO_SCORE : read.set().score(members.get(from + i));
      }
    }
    return scores;
  }

  /** The position of the member, counted from the greatest where {@code backwards}; -1 where it is none. */
  public static long rank(Database db, Slice key, Slice member, boolean backwards) {
    try (RankingRead read = new RankingRead(db, key)) {
      long rank = read.set() == null ? -1 : read.set().rank(member);
      return rank >= 0 && backwards ? read.set().size() - 1 - rank : rank;
    }
  }

  /** Gives the members in the range. */
  public static void range(Database db, Slice key, MemberRange range, ScoredSink out) {
    RankingProducer producer = null;
    try (RankingRead read = new RankingRead(db, key)) {
      Ranking set = read.set();
      if (set == null) {
        out.begin(0);
      } else {
        range.in(set);
        if (isLong(set, range.count())) {
          producer = new RankingProducer(((LargeSortedSet) set).pin(), range.from(), range.to(), range.isBackwards(), out);
        } else {
          give(set, range, out);
        }
      }
    }
    if (producer != null) {
      out.produce(producer);
    }
  }

  private static void give(Ranking set, MemberRange range, ScoredSink out) {
    out.begin(range.count());
    set.visit(range.from(), range.to(), range.isBackwards(), out);
  }

  /** Whether so many members of a set make a long reply. */
  static boolean isLong(Ranking set, long count) {
    return set instanceof LargeSortedSet large && large.bytes() / (large.size() + 1) * count > AT_ONCE_BYTES;
  }

  /** Gives a member, each with the same chance; false where the key is missing. */
  public static boolean random(Database db, Slice key, MemberVisitor out) {
    try (RankingRead read = new RankingRead(db, key)) {
      if (read.set() == null) {
        return false;
      }
      long at = db.engine().random().nextLong(read.set().size());
      read.set().visit(at, at + 1, false, out);
      return true;
    }
  }

  /**
   * Gives members chosen at random: so many different ones, at most all, in no particular order; or for a negative number just as
   * many, each chosen among all.
   */
  public static void random(Database db, Slice key, long count, ScoredSink out) {
    RandomMembers chosen;
    try (RankingRead read = new RankingRead(db, key)) {
      if (read.set() == null || count == 0) {
        out.begin(0);
        return;
      }
      chosen = RandomMembers.of(read.set(), count, db.engine().random(), out);
    }
    if (chosen.isLong()) {
      out.produce(chosen);
    } else {
      try (chosen) {
        chosen.give(null, Integer.MAX_VALUE);
      }
    }
  }

  /**
   * Shows some of the members, and returns the cursor to go on with: 0 when all have been met.  What is there from the first call
   * to the last is met, whatever comes and goes meanwhile.
   *
   * @param cursor 0 first, then what the last call returned; any other number begins somewhere
   * @param count  about how many members are looked at
   * @param match  only members that it matches; null for all
   */
  public static long scan(Database db, Slice key, long cursor, long count, Glob match, ScoredSink out) {
    MemberVisitor matching = match == null ? out : (array, from, length, score) -> {
      if (match.matches(array, from, length)) {
        out.member(array, from, length, score);
      }
    };
    long next = cursor;
    long left = count;
    do {
      try (RankingRead read = new RankingRead(db, key)) {
        boolean compact = isCompact(read.set()); // Redis gives all of those, whatever the cursor
        out.compact(compact);
        if (read.set() instanceof LargeSortedSet large && !compact) {
          next = large.scan(next, Math.min(left, SCANNED_AT_ONCE), matching);
        } else {
          next = 0;
          if (read.set() != null) {
            read.set().visit(0, read.set().size(), false, matching);
          }
        }
      }
      left -= SCANNED_AT_ONCE;
    } while (next != 0 && left > 0);
    return next;
  }

  /** Whether the key holds one that Redis would keep in its compact encoding; false where it holds none. */
  static boolean isCompact(Records records, int record) {
    return isCompact(RankingRead.of(records, record));
  }

  private static boolean isCompact(Ranking set) {
    return set instanceof LargeSortedSet large ? large.isCompact() : set instanceof PackedSortedSet packed && packed.encoding() == 0;
  }

  // Changing one

  /**
   * Gives members their scores, where the options let it.
   *
   * @param scores  none of them a NaN
   * @param members the first of them at {@code from}, the others {@code step} apart
   * @return how many are new, or are new or have another score where {@link #COUNT_CHANGED}
   */
  public static long add(Database db, Slice key, double[] scores, Slices members, int from, int step, int options) {
    long added = 0;
    long changed = 0;
    try (Section section = db.write(key, members.bytes())) {
      try (SortedSetWrite write = new SortedSetWrite(db, section, key)) {
        if (write.isMissing() && (options & IF_PRESENT) != 0) {
          return 0;
        }
        SortedSetDraft draft = write.draft();
        for (int i = 0; i < scores.length; i++) {
          Slice member = members.get(from + i * step);
          double old = draft.score(member);
          if (fits(old, scores[i], options) && scores[i] != old) {
            write.put(member, scores[i], old, Event.ZADD);
            added += old == old ? 0 : 1;
            changed++;
          }
        }
      }
    }
    return (options & COUNT_CHANGED) != 0 ? changed : added;
  }

  private static boolean fits(double old, double score, int options) {
    if (old != old) {
      return (options & IF_PRESENT) == 0;
    }
    return (options & IF_ABSENT) == 0
        && !((options & IF_GREATER) != 0 && score <= old) && !((options & IF_LESS) != 0 && score >= old);
  }

  /** Adds to the score of a member, 0 where it is none, where the options let it; the sum, or {@link #NO_SCORE}. */
  public static double increment(Database db, Slice key, double by, Slice member, int options) {
    try (Section section = db.write(key, member.length());
        SortedSetWrite write = new SortedSetWrite(db, section, key)) {
      double old = write.draft().score(member);
      if (old == old ? (options & IF_ABSENT) != 0 : (options & IF_PRESENT) != 0) {
        return NO_SCORE;
      }
      double sum = old == old ? old + by : by;
      if (sum != sum) {
        throw Signal.of(Failure.SCORE_NOT_A_NUMBER);
      }
      if (!fits(old, sum, options)) {
        return NO_SCORE;
      }
      if (sum != old) {
        write.put(member, sum, old, Event.ZINCR);
      }
      return sum;
    }
  }

  /** Takes the members from {@code from} on out; how many there were. */
  public static long remove(Database db, Slice key, Slices members, int from) {
    long removed = 0;
    try (Section section = db.write(key);
        SortedSetWrite write = new SortedSetWrite(db, section, key)) {
      for (int i = from; i < members.size() && write.draft().size() > 0; i++) {
        removed += write.remove(members.get(i), Event.ZREM) ? 1 : 0;
      }
    }
    return removed;
  }

  /** Takes the members in the range out; how many there were. */
  public static long remove(Database db, Slice key, MemberRange range) {
    try (Section section = db.write(key);
        SortedSetWrite write = new SortedSetWrite(db, section, key)) {
      range.in(write.draft().set());
      if (range.count() > 0) {
        write.remove(range.from(), range.to(), range.removed());
      }
      return range.count();
    }
  }

  /** Takes so many members with the least scores out, or with the greatest, and gives them in that order. */
  public static void pop(Database db, Slice key, boolean greatest, long count, ScoredSink out) {
    Producer producer;
    try (Section section = db.write(key)) {
      producer = pop(db, section, key, greatest, count, out);
    }
    if (producer != null) {
      out.produce(producer);
    }
  }

  /**
   * The same of the first of {@code n} keys from {@code from} on that is there; says whether one is, and then gives the key first.
   */
  public static boolean popFirst(Database db, Slices keys, int from, int n, boolean greatest, long count, ScoredSink out) {
    Producer producer = null;
    boolean popped = false;
    Plan plan = db.engine().plan();
    for (int i = from; i < from + n; i++) {
      plan.add(keys.get(i));
    }
    try (Plan held = plan.acquire()) {
      for (int i = from; i < from + n && !popped; i++) {
        Section section = db.held(keys.get(i));
        if (section.find(keys.get(i)) != Records.NONE) {
          out.key(keys.get(i));
          producer = pop(db, section, keys.get(i), greatest, count, out);
          popped = true;
        }
      }
    }
    if (producer != null) {
      out.produce(producer);
    }
    return popped;
  }

  /** Gives them, or returns the producer that is to do it. */
  private static Producer pop(Database db, Section section, Slice key, boolean greatest, long count, ScoredSink out) {
    try (SortedSetWrite write = new SortedSetWrite(db, section, key)) {
      Ranking set = write.draft().set();
      MemberRange range = MemberRange.ranks(0, count - 1);
      if (count == 0 || set.size() == 0) {
        out.begin(0);
        return null;
      }
      range = (greatest ? range.reversed() : range).in(set);
      Producer producer = null;
      if (isLong(set, range.count())) {
        producer = new RankingProducer(((LargeSortedSet) set).pin(), range.from(), range.to(), greatest, out);
      } else {
        give(set, range, out);
      }
      try {
        write.remove(range.from(), range.to(), greatest ? Event.ZPOPMAX : Event.ZPOPMIN);
      } catch (Throwable failed) {
        if (producer != null) {
          producer.close();
        }
        throw failed;
      }
      return producer;
    }
  }

  // Of many

  /** Lets {@code to} hold the members of {@code key} in the range, or nothing where there are none; how many there are. */
  public static long store(Database db, Slice to, Slice key, MemberRange range) {
    try (Plan held = db.engine().plan().add(to).add(key).bringing(to.length()).acquire()) {
      Section source = db.held(key);
      int record = source.records().peek(key);
      db.used(source.records(), key, record);
      SortedSetDraft draft = db.engine().sortedSetDraft().begin();
      if (record != Records.NONE) {
        Ranking set = RankingRead.of(source.records(), record);
        range.in(set);
        draft.notCompactIf(range.isByRank() && range.count() > db.engine().collectionLimits().sortedSetEntries());
        Slice member = new Slice();
        set.visit(range.from(), range.to(), range.isBackwards(),
            (array, from, length, score) -> draft.put(member.wrap(array, from, length), score, NO_SCORE));
      }
      return store(db, to, draft, Event.ZRANGESTORE);
    }
  }

  /** Lets the key hold what the draft has, or nothing where that is empty; how many members there are. */
  static long store(Database db, Slice to, SortedSetDraft draft, Event event) {
    draft.settle();
    Section target = db.held(to);
    int old = target.find(to);
    if (draft.size() > 0) {
      SortedSetWrite.put(target, to, old, draft);
      target.changed(event, to, old == Records.NONE ? Cause.WRITTEN : Cause.REPLACED, old);
    } else if (old != Records.NONE) {
      target.remove(to, old);
      target.changed(Event.DEL, to, Cause.DELETED);
    } else {
      target.deletedNothing(to);
    }
    return draft.size();
  }

  /** Gives the members that the combination has, in their order. */
  public static void combine(Database db, SortedSetCombination combination, ScoredSink out) {
    SortedSetDraft draft;
    try (Plan held = combination.plan(db).acquire()) {
      draft = combination.in(db);
    }
    Ranking set = draft.set();
    if (isLong(set, set.size())) {
      out.produce(new RankingProducer(draft.largeOrNull().pin(), 0, set.size(), false, out));
    } else {
      out.begin(set.size());
      set.visit(0, set.size(), false, out);
    }
  }

  /** Lets {@code to} hold the members that the combination has, or nothing where it has none; how many there are. */
  public static long store(Database db, Slice to, SortedSetCombination combination) {
    try (Plan held = combination.plan(db).add(to).bringing(to.length()).acquire()) {
      return store(db, to, combination.in(db), combination.stored());
    }
  }

  /** How many members all of the keys have in common; not counted beyond {@code limit}, unless that is 0. */
  public static long intersectionSize(Database db, SortedSetCombination keys, long limit) {
    try (Plan held = keys.plan(db).acquire()) {
      return keys.sizeIn(db, limit);
    }
  }

  /** A Signal where one of the keys holds something that cannot be combined. */
  public static void requireCombinable(Database db, SortedSetCombination keys) {
    try (Plan held = keys.plan(db).acquire()) {
      keys.sources(db);
    }
  }
}
