package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.collection.ElementView;
import io.qcache.collection.Ranking;
import io.qcache.collection.SortedSetDraft;
import io.qcache.keyspace.Records;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A union, an intersection or a difference of sorted sets, and of sets, whose members have a score of 1: the keys, the weight of each, and how the scores of a member that several
 * of them have become one.  For one thread; it keeps the slices that it is given.
 */
public final class SortedSetCombination {
  /** What is combined how. */
  public enum Kind {
    UNION(Event.ZUNIONSTORE), INTERSECTION(Event.ZINTERSTORE), DIFFERENCE(Event.ZDIFFSTORE);

    private final Event stored;

    Kind(Event stored) {
      this.stored = stored;
    }
  }

  /** What becomes of two scores of a member. */
  public enum Aggregate {
    SUM, MIN, MAX;

    /** A sum of opposite infinities is 0. */
    double of(double score, double other) {
      return switch (this) {
        case SUM -> numberOr0(score + other);
        case MIN -> other < score ? other : score;
        case MAX -> other > score ? other : score;
      };
    }
  }

  private static final int LOOKED_AT_ONCE = 64; // members, until it is asked whether they are enough

  private final Kind kind;
  private final Slices keys;
  private final int from;
  private final int n;
  private final double[] weights;
  private Aggregate aggregate = Aggregate.SUM;

  /** Of the {@code n} keys from {@code from} on, with weights of 1 and the sum of scores. */
  public SortedSetCombination(Kind kind, Slices keys, int from, int n) {
    this.kind = kind;
    this.keys = keys;
    this.from = from;
    this.n = n;
    this.weights = new double[n];
    Arrays.fill(weights, 1);
  }

  /** What the scores of that key are multiplied with; the first is 0. */
  public SortedSetCombination weight(int key, double weight) {
    weights[key] = weight;
    return this;
  }

  public SortedSetCombination aggregate(Aggregate how) {
    aggregate = how;
    return this;
  }

  Event stored() {
    return kind.stored;
  }

  private static double numberOr0(double score) {
    return score == score ? score : 0;
  }

  /** A plan of the keys. */
  Plan plan(Database db) {
    Plan plan = db.engine().plan();
    for (int i = from; i < from + n; i++) {
      plan.add(keys.get(i));
    }
    return plan;
  }

  /** What can be combined. */
  interface Members {
    long size();

    /** The score of the member, NaN where it is none. */
    double score(Slice member);

    /** Visits the members from position {@code from} to before {@code to}; a set is asked for them in turn. */
    void visit(long from, long to, MemberVisitor visitor);
  }

  /** Those of a sorted set. */
  private record Sorted(Ranking set) implements Members {
    @Override public long size() {
      return set.size();
    }

    @Override public double score(Slice member) {
      return set.score(member);
    }

    @Override public void visit(long from, long to, MemberVisitor visitor) {
      set.visit(from, to, false, visitor);
    }
  }

  /** Those of a set, with a score of 1 each. */
  private static final class Unsorted implements Members {
    private final ElementView set;
    private final Slice member = new Slice();
    private ElementView.Steps steps;
    private long at; // where they are

    Unsorted(ElementView set) {
      this.set = set;
    }

    @Override public long size() {
      return set.size();
    }

    @Override public double score(Slice wanted) {
      return set.contains(wanted) ? 1 : Double.NaN;
    }

    @Override public void visit(long from, long to, MemberVisitor visitor) {
      if (from == 0) {
        steps = set.walk();
        at = 0;
      }
      assert at == from : "members of a set are visited in turn";
      for (; at < to && steps.next(member, new Slice()); at++) {
        visitor.member(member.array(), member.offset(), member.length(), 1);
      }
    }
  }

  /** One of the keys that are combined. */
  private record Source(Members set, double weight) {
    long size() {
      return set == null ? 0 : set.size();
    }
  }

  /** What the keys hold, in their order; a Signal where one is neither a sorted set nor a set.  Under a plan of them. */
  Source[] sources(Database db) {
    Source[] sources = new Source[n];
    for (int i = 0; i < n; i++) {
      Slice key = keys.get(from + i);
      Records records = db.held(key).records();
      int record = records.peek(key);
      db.used(records, key, record);
      sources[i] = new Source(record == Records.NONE ? null : set(records, record), weights[i]);
    }
    return sources;
  }

  private static Members set(Records records, int record) {
    return switch (records.type(record)) {
      case SORTED_SET -> new Sorted(RankingRead.of(records, record));
      case SET -> new Unsorted(ElementRead.view(records, record));
      default -> throw Signal.of(Failure.WRONG_TYPE);
    };
  }

  /** What comes of it, in this thread's draft.  Under a plan of the keys. */
  SortedSetDraft in(Database db) {
    Source[] sources = sources(db);
    SortedSetDraft draft = db.engine().sortedSetDraft().begin().exactly();
    switch (kind) {
      case UNION -> unite(sorted(sources), draft);
      case INTERSECTION -> {
        Slice member = new Slice();
        intersect(sorted(sources), 0, sources[0].size(),
            (array, at, length, score) -> draft.put(member.wrap(array, at, length), score, Double.NaN));
      }
      case DIFFERENCE -> subtract(sources, draft);
      default -> throw new AssertionError(kind);
    }
    return draft;
  }

  /** How many members the intersection has, at most {@code limit} unless that is 0. */
  long sizeIn(Database db, long limit) {
    Source[] sources = sorted(sources(db));
    long[] count = new long[1];
    for (long at = 0; at < sources[0].size() && (limit == 0 || count[0] < limit); at += LOOKED_AT_ONCE) {
      intersect(sources, at, Math.min(at + LOOKED_AT_ONCE, sources[0].size()), (array, from, length, score) -> count[0]++);
    }
    return limit == 0 ? count[0] : Math.min(count[0], limit);
  }

  /** The smallest first, which also says in which order floating-point numbers are added, as in Redis. */
  private static Source[] sorted(Source[] sources) {
    Arrays.sort(sources, Comparator.comparingLong(Source::size));
    return sources;
  }

  private void unite(Source[] sources, SortedSetDraft draft) {
    Slice member = new Slice();
    for (Source source : sources) {
      if (source.size() > 0) {
        source.set.visit(0, source.size(), (array, at, length, score) -> {
          double weighted = numberOr0(source.weight * score);
          double old = draft.score(member.wrap(array, at, length));
          double now = old == old ? aggregate.of(old, weighted) : weighted;
          if (Double.doubleToRawLongBits(now) != Double.doubleToRawLongBits(old)) { // also -0 becoming 0
            draft.put(member, now, old);
          }
        });
      }
    }
  }

  /** Gives those that all have, of the first one's between two positions. */
  private void intersect(Source[] sources, long first, long last, MemberVisitor out) {
    if (first == last) {
      return;
    }
    Slice member = new Slice();
    sources[0].set.visit(first, last, (array, at, length, score) -> {
      double sum = numberOr0(sources[0].weight * score);
      member.wrap(array, at, length);
      for (int i = 1; i < sources.length; i++) {
        double other = sources[i].set.score(member);
        if (other != other) {
          return;
        }
        sum = aggregate.of(sum, other * sources[i].weight);
      }
      out.member(array, at, length, sum);
    });
  }

  private static void subtract(Source[] sources, SortedSetDraft draft) {
    if (sources[0].size() == 0) {
      return;
    }
    Slice member = new Slice();
    sources[0].set.visit(0, sources[0].size(), (array, at, length, score) -> {
      member.wrap(array, at, length);
      for (int i = 1; i < sources.length; i++) {
        double other = sources[i].size() == 0 ? Double.NaN : sources[i].set.score(member);
        if (other == other) {
          return;
        }
      }
      draft.put(member, score, Double.NaN);
    });
  }
}
