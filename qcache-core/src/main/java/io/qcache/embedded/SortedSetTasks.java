package io.qcache.embedded;

import io.qcache.CombineOptions;
import io.qcache.Millis;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.ScoreOptions;
import io.qcache.Scored;
import io.qcache.SortedRange;
import io.qcache.ValueType;
import io.qcache.engine.Database;
import io.qcache.engine.Glob;
import io.qcache.engine.MemberRange;
import io.qcache.engine.ScoredSink;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.engine.SortedSetCombination;
import io.qcache.engine.SortedSetCombination.Aggregate;
import io.qcache.engine.SortedSetCombination.Kind;
import io.qcache.engine.SortedSetOps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The operations of sorted sets as tasks: each takes its arguments apart once, for every way in which it may run.  Those that wait
 * run at once, on the caller's thread.
 */
final class SortedSetTasks<K, V> {
  /** A member in bytes. */
  private record Raw(byte[] member, double score) {}

  /** A page in bytes. */
  private record RawPage(long cursor, List<Raw> members) {}

  /** A sink that keeps copies. */
  private static final class Members implements ScoredSink {
    private final List<Raw> all = new ArrayList<>();

    @Override public void begin(long members) {}

    @Override public void member(byte[] array, int from, int length, double score) {
      all.add(new Raw(Arrays.copyOfRange(array, from, from + length), score));
    }
  }

  private final Coded<K, V> coded;

  SortedSetTasks(Coded<K, V> coded) {
    this.coded = coded;
  }

  private static Function<Database, List<Raw>> into(BiConsumer<Database, ScoredSink> read) {
    return db -> {
      Members out = new Members();
      read.accept(db, out);
      return out.all;
    };
  }

  private List<V> members(List<Raw> all) {
    List<V> decoded = new ArrayList<>(all.size());
    all.forEach(each -> decoded.add(coded.decode(each.member)));
    return decoded;
  }

  private List<Scored<V>> entries(List<Raw> all) {
    List<Scored<V>> decoded = new ArrayList<>(all.size());
    all.forEach(each -> decoded.add(new Scored<>(coded.decode(each.member), each.score)));
    return decoded;
  }

  private Optional<Scored<V>> first(List<Raw> all) {
    return entries(all).stream().findFirst();
  }

  private static OptionalDouble optional(double score) {
    return Double.isNaN(score) ? OptionalDouble.empty() : OptionalDouble.of(score);
  }

  /** The range for the engine: a fresh one each time it is asked for. */
  private Function<Database, MemberRange> range(SortedRange<? extends V> given) {
    Slice least = given.least().map(each -> coded.value(each)).orElse(null);
    Slice most = given.most().map(each -> coded.value(each)).orElse(null);
    return db -> {
      MemberRange range = switch (given.by()) {
        case RANK -> MemberRange.ranks(given.firstRank(), given.lastRank());
        case SCORE -> MemberRange.scores(given.leastScore(), given.isLeastExcluded(), given.mostScore(), given.isMostExcluded());
        case MEMBER -> MemberRange.members(least, given.isLeastExcluded(), most, given.isMostExcluded());
      };
      if (given.by() != SortedRange.By.RANK) {
        range.limit(given.skipped(), given.limit());
      }
      return given.isReversed() ? range.reversed() : range;
    };
  }

  // Reading

  Task<?, Long> size(K key) {
    Slice k = coded.key(key);
    return Task.reading(k, db -> SortedSetOps.size(db, k), Function.identity());
  }

  Task<?, OptionalDouble> score(K key, V member) {
    Slice k = coded.key(key);
    Slice m = coded.value(member);
    return Task.reading(k, db -> SortedSetOps.score(db, k, m), SortedSetTasks::optional);
  }

  Task<?, Map<V, Double>> scores(K key, Collection<? extends V> members) {
    Slice k = coded.key(key);
    List<V> asked = new ArrayList<>(members);
    Slices m = coded.values(asked);
    return Task.reading(k, db -> SortedSetOps.scores(db, k, m, 0), scores -> {
      Map<V, Double> present = new LinkedHashMap<>();
      for (int i = 0; i < scores.length; i++) {
        if (!Double.isNaN(scores[i])) {
          present.put(asked.get(i), scores[i]);
        }
      }
      return present;
    });
  }

  Task<?, OptionalLong> rank(K key, V member) {
    return rank(key, member, false);
  }

  Task<?, OptionalLong> reverseRank(K key, V member) {
    return rank(key, member, true);
  }

  private Task<?, OptionalLong> rank(K key, V member, boolean backwards) {
    Slice k = coded.key(key);
    Slice m = coded.value(member);
    return Task.reading(k, db -> SortedSetOps.rank(db, k, m, backwards),
        rank -> rank < 0 ? OptionalLong.empty() : OptionalLong.of(rank));
  }

  Task<?, Long> count(K key, SortedRange<? extends V> range) {
    if (range.by() == SortedRange.By.RANK) {
      throw new IllegalArgumentException("positions are not counted: the range must be of scores or members");
    }
    Slice k = coded.key(key);
    Function<Database, MemberRange> r = range(range);
    return Task.reading(k, db -> SortedSetOps.count(db, k, r.apply(db).limit(0, MemberRange.ALL)), Function.identity());
  }

  private Function<Database, List<Raw>> read(Slice key, SortedRange<? extends V> range) {
    Function<Database, MemberRange> r = range(range);
    return into((db, out) -> SortedSetOps.range(db, key, r.apply(db), out));
  }

  Task<?, List<V>> members(K key, SortedRange<? extends V> range) {
    Slice k = coded.key(key);
    return Task.reading(k, read(k, range), this::members);
  }

  Task<?, List<Scored<V>>> entries(K key, SortedRange<? extends V> range) {
    if (range.by() == SortedRange.By.MEMBER) {
      throw new IllegalArgumentException("members of one score are asked for without it");
    }
    Slice k = coded.key(key);
    return Task.reading(k, read(k, range), this::entries);
  }

  Task<?, Optional<V>> random(K key) {
    Slice k = coded.key(key);
    return Task.reading(k, into((db, out) -> SortedSetOps.random(db, k, out)), all -> members(all).stream().findFirst());
  }

  private static Function<Database, List<Raw>> draw(Slice key, long count) {
    ElementTasks.requireCount(count);
    return into((db, out) -> SortedSetOps.random(db, key, count, out));
  }

  Task<?, List<V>> random(K key, long count) {
    Slice k = coded.key(key);
    return Task.reading(k, draw(k, count), this::members);
  }

  Task<?, List<Scored<V>>> randomEntries(K key, long count) {
    Slice k = coded.key(key);
    return Task.reading(k, draw(k, count), this::entries);
  }

  Task<?, ScanPage<Scored<V>>> scanPage(K key, long cursor, ScanOptions options) {
    Slice k = coded.key(key);
    Glob glob = ElementTasks.glob(options);
    return Task.reading(k, db -> {
      Members out = new Members();
      return new RawPage(SortedSetOps.scan(db, k, cursor, options.count(), glob, out), out.all);
    }, page -> new ScanPage<>(page.cursor, List.copyOf(entries(page.members))));
  }

  // Several sorted sets

  private static SortedSetCombination combination(Kind kind, Slices keys, int n, CombineOptions options) {
    SortedSetCombination combination = new SortedSetCombination(kind, keys, 0, n).aggregate(switch (options.aggregate()) {
      case SUM -> Aggregate.SUM;
      case MIN -> Aggregate.MIN;
      case MAX -> Aggregate.MAX;
    });
    double[] weights = options.weightsOf(n);
    for (int i = 0; i < n; i++) {
      combination.weight(i, weights[i]);
    }
    return combination;
  }

  private Task<?, List<Scored<V>>> combined(Kind kind, Slices keys, CombineOptions options) {
    SortedSetCombination combination = combination(kind, keys, keys.size(), options);
    return Task.reading(keys, into((db, out) -> {
      if (keys.size() > 0) {
        SortedSetOps.combine(db, combination, out);
      }
    }), this::entries);
  }

  Task<?, List<Scored<V>>> union(Collection<? extends K> keys, CombineOptions options) {
    return combined(Kind.UNION, coded.keys(keys), options);
  }

  Task<?, List<Scored<V>>> intersection(Collection<? extends K> keys, CombineOptions options) {
    return combined(Kind.INTERSECTION, coded.keys(keys), options);
  }

  Task<?, List<Scored<V>>> difference(K from, Collection<? extends K> without) {
    return combined(Kind.DIFFERENCE, coded.keys(first(from, without)), CombineOptions.sum());
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
    SortedSetCombination all = new SortedSetCombination(Kind.INTERSECTION, k, 0, k.size());
    return Task.reading(k, db -> k.size() == 0 ? 0 : SortedSetOps.intersectionSize(db, all, most), Function.identity());
  }

  Task<?, Long> storeUnion(K to, Collection<? extends K> keys, CombineOptions options) {
    return storing(to, Kind.UNION, requireSome(coded.keys(keys)), options);
  }

  Task<?, Long> storeIntersection(K to, Collection<? extends K> keys, CombineOptions options) {
    return storing(to, Kind.INTERSECTION, requireSome(coded.keys(keys)), options);
  }

  Task<?, Long> storeDifference(K to, K from, Collection<? extends K> without) {
    return storing(to, Kind.DIFFERENCE, coded.keys(first(from, without)), CombineOptions.sum());
  }

  private static Slices requireSome(Slices keys) {
    if (keys.size() == 0) {
      throw new IllegalArgumentException("keys must not be empty");
    }
    return keys;
  }

  /** The keys are all but the last. */
  private Task<?, Long> storing(K to, Kind kind, Slices keys, CombineOptions options) {
    Slice t = coded.key(to);
    SortedSetCombination combination = combination(kind, keys, keys.size(), options);
    keys.add(t.array());
    return Task.storing(keys, db -> SortedSetOps.store(db, t, combination), Function.<Long>identity()).bringing(t.length());
  }

  Task<?, Long> storeRange(K to, K from, SortedRange<? extends V> range) {
    Slice t = coded.key(to);
    Slices keys = new Slices();
    keys.add(coded.key(from).array());
    keys.add(t.array());
    Function<Database, MemberRange> r = range(range);
    return Task.storing(keys, db -> SortedSetOps.store(db, t, keys.get(0), r.apply(db)), Function.<Long>identity())
        .bringing(t.length());
  }

  // Writing

  private static double number(double score) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("a score must be a number: was NaN");
    }
    return score;
  }

  private static int options(ScoreOptions options) {
    return switch (options.presence()) {
      case ANY -> 0;
      case IF_ABSENT -> SortedSetOps.IF_ABSENT;
      case IF_PRESENT -> SortedSetOps.IF_PRESENT;
    } | switch (options.comparison()) {
      case ANY -> 0;
      case IF_GREATER -> SortedSetOps.IF_GREATER;
      case IF_LESS -> SortedSetOps.IF_LESS;
    };
  }

  Task<?, Boolean> add(K key, V member, double score) {
    return adding(key, Map.of(member, score), 0, count -> count > 0);
  }

  Task<?, Boolean> add(K key, V member, double score, ScoreOptions options) {
    return adding(key, Map.of(member, score), options(options) | SortedSetOps.COUNT_CHANGED, count -> count > 0);
  }

  Task<?, Long> addAll(K key, Map<? extends V, Double> scores) {
    return adding(key, scores, 0, Function.identity());
  }

  Task<?, Long> addAll(K key, Map<? extends V, Double> scores, ScoreOptions options) {
    return adding(key, scores, options(options) | SortedSetOps.COUNT_CHANGED, Function.identity());
  }

  private <T> Task<?, T> adding(K key, Map<? extends V, Double> scores, int options, Function<Long, T> answer) {
    Slice k = coded.key(key);
    Slices members = new Slices();
    double[] s = new double[scores.size()];
    scores.forEach((member, score) -> {
      s[members.size()] = number(score);
      members.add(coded.value(member).array());
    });
    if (s.length == 0) {
      return Task.reading(k, db -> 0L, answer);
    }
    return Task.writing(k, db -> SortedSetOps.add(db, k, s, members, 0, 1, options), answer).bringing(members.bytes());
  }

  Task<?, Double> increment(K key, V member, double by) {
    Slice k = coded.key(key);
    Slice m = coded.value(member);
    number(by);
    return Task.writing(k, db -> SortedSetOps.increment(db, k, by, m, 0), Function.<Double>identity()).bringing(m.length());
  }

  Task<?, OptionalDouble> increment(K key, V member, double by, ScoreOptions options) {
    Slice k = coded.key(key);
    Slice m = coded.value(member);
    number(by);
    return Task.writing(k, db -> SortedSetOps.increment(db, k, by, m, options(options)), SortedSetTasks::optional)
        .bringing(m.length());
  }

  Task<?, Boolean> remove(K key, V member) {
    Slice k = coded.key(key);
    Slices one = new Slices();
    one.add(coded.value(member).array());
    return Task.writing(k, db -> SortedSetOps.remove(db, k, one, 0) > 0, Function.identity());
  }

  Task<?, Long> removeAll(K key, Collection<? extends V> members) {
    Slice k = coded.key(key);
    Slices m = coded.values(members);
    return m.size() == 0 ? Task.reading(k, db -> 0L, Function.identity())
        : Task.writing(k, db -> SortedSetOps.remove(db, k, m, 0), Function.identity());
  }

  Task<?, Long> removeRange(K key, SortedRange<? extends V> range) {
    if (range.isReversed() || range.skipped() > 0 || range.limit() >= 0) {
      throw new IllegalArgumentException("a range that is removed must be neither reversed nor limited");
    }
    Slice k = coded.key(key);
    Function<Database, MemberRange> r = range(range);
    return Task.writing(k, db -> SortedSetOps.remove(db, k, r.apply(db)), Function.identity());
  }

  Task<?, Optional<Scored<V>>> pollFirst(K key) {
    Slice k = coded.key(key);
    return Task.writing(k, into((db, out) -> SortedSetOps.pop(db, k, false, 1, out)), this::first);
  }

  Task<?, Optional<Scored<V>>> pollLast(K key) {
    Slice k = coded.key(key);
    return Task.writing(k, into((db, out) -> SortedSetOps.pop(db, k, true, 1, out)), this::first);
  }

  Task<?, List<Scored<V>>> pollFirst(K key, long most) {
    return poll(key, false, most);
  }

  Task<?, List<Scored<V>>> pollLast(K key, long most) {
    return poll(key, true, most);
  }

  /** Waits on the caller's thread. */
  Optional<Scored<V>> poll(K key, boolean greatest, Duration timeout) {
    Slices keys = coded.keys(List.of(key));
    long millis = Millis.positive("timeout", timeout);
    Database db = coded.database();
    List<Raw> taken = new Taker<>(db, ValueType.SORTED_SET, null,
        k -> into((on, out) -> SortedSetOps.pop(on, k, greatest, 1, out)).apply(db)).await(keys, millis);
    return taken == null ? Optional.empty() : first(taken);
  }

  private Task<?, List<Scored<V>>> poll(K key, boolean greatest, long most) {
    Slice k = coded.key(key);
    ElementTasks.require(most >= 0, ">= 0", most);
    return Task.writing(k, into((db, out) -> SortedSetOps.pop(db, k, greatest, most, out)), this::entries);
  }
}
