package io.qcache.client;

import io.qcache.Codec;
import io.qcache.CombineOptions;
import io.qcache.Millis;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.ScoreOptions;
import io.qcache.Scored;
import io.qcache.SortedRange;
import io.qcache.client.wire.Request;
import io.qcache.resp.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** The operations of sorted sets as commands.  Codecs run on the thread that asks, and on the one that takes the reply. */
final class SortedSetCommands<K, V> extends KeyedCommands<K, V> {
  SortedSetCommands(Codec<K> keys, Codec<V> values) {
    super(keys, values);
  }

  private byte[] member(V member) {
    return values.encode(Objects.requireNonNull(member, "member"));
  }

  private static String text(double score) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("a score must be a number: was NaN");
    }
    return Double.isInfinite(score) ? score > 0 ? "inf" : "-inf" : Double.toString(score);
  }

  private static double score(Reply reply) {
    return reply.asDouble();
  }

  private static OptionalDouble optionalScore(Reply reply) {
    return reply.isNull() ? OptionalDouble.empty() : OptionalDouble.of(score(reply));
  }

  private List<V> members(Reply reply) {
    List<V> all = new ArrayList<>();
    reply.asList().forEach(each -> all.add(decode(each)));
    return all;
  }

  private List<Scored<V>> entries(Reply reply) {
    List<Reply> flat = inTurn(reply);
    List<Scored<V>> all = new ArrayList<>(flat.size() / 2);
    for (int i = 0; i < flat.size(); i += 2) {
      all.add(new Scored<>(decode(flat.get(i)), score(flat.get(i + 1))));
    }
    return all;
  }

  private Optional<Scored<V>> first(Reply reply) {
    return entries(reply).stream().findFirst();
  }

  // Ranges

  private static String bound(double score, boolean excluded) {
    return excluded ? "(" + text(score) : text(score);
  }

  private byte[] bound(Optional<? extends V> member, boolean excluded, char none) {
    if (member.isEmpty()) {
      return new byte[] {(byte) none};
    }
    byte[] bytes = member(member.get());
    byte[] bound = new byte[bytes.length + 1];
    bound[0] = (byte) (excluded ? '(' : '[');
    System.arraycopy(bytes, 0, bound, 1, bytes.length);
    return bound;
  }

  private byte[] least(SortedRange<? extends V> range) {
    return switch (range.by()) {
      case RANK -> ascii(Long.toString(range.firstRank()));
      case SCORE -> ascii(bound(range.leastScore(), range.isLeastExcluded()));
      case MEMBER -> bound(range.least(), range.isLeastExcluded(), '-');
    };
  }

  private byte[] most(SortedRange<? extends V> range) {
    return switch (range.by()) {
      case RANK -> ascii(Long.toString(range.lastRank()));
      case SCORE -> ascii(bound(range.mostScore(), range.isMostExcluded()));
      case MEMBER -> bound(range.most(), range.isMostExcluded(), '+');
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean isLimited(SortedRange<?> range) {
    return range.by() != SortedRange.By.RANK && (range.skipped() > 0 || range.limit() >= 0);
  }

  /** How many arguments {@link #range} adds. */
  private static int arguments(SortedRange<?> range) {
    return 2 + (range.by() != SortedRange.By.RANK ? 1 : 0) + (range.isReversed() ? 1 : 0) + (isLimited(range) ? 3 : 0);
  }

  /** Behind the key: bounds and options as ZRANGE and ZRANGESTORE take them. */
  private Request range(Request request, SortedRange<? extends V> range) {
    boolean greaterFirst = range.isReversed() && range.by() != SortedRange.By.RANK;
    request.argument(greaterFirst ? most(range) : least(range)).argument(greaterFirst ? least(range) : most(range));
    if (range.by() != SortedRange.By.RANK) {
      request.argument(range.by() == SortedRange.By.SCORE ? "BYSCORE" : "BYLEX");
    }
    if (range.isReversed()) {
      request.argument("REV");
    }
    if (isLimited(range)) {
      request.argument("LIMIT").argument(range.skipped()).argument(range.limit());
    }
    return request;
  }

  // Reading

  Command<Long> size(K key) {
    return Command.of(reading("ZCARD", key, 0), Reply::asLong);
  }

  Command<OptionalDouble> score(K key, V member) {
    return Command.of(reading("ZSCORE", key, 1).argument(member(member)), SortedSetCommands::optionalScore);
  }

  Command<Map<V, Double>> scores(K key, Collection<? extends V> members) {
    List<V> asked = new ArrayList<>(members);
    if (asked.isEmpty()) {
      return Command.of(reading("ZCARD", key, 0), reply -> new LinkedHashMap<>());
    }
    Request request = reading("ZMSCORE", key, asked.size());
    asked.forEach(each -> request.argument(member(each)));
    return Command.of(request, reply -> {
      Map<V, Double> present = new LinkedHashMap<>();
      for (int i = 0; i < asked.size(); i++) {
        Reply score = reply.asList().get(i);
        if (!score.isNull()) {
          present.put(asked.get(i), score(score));
        }
      }
      return present;
    });
  }

  private static OptionalLong optionalRank(Reply reply) {
    return reply.isNull() ? OptionalLong.empty() : OptionalLong.of(reply.asLong());
  }

  Command<OptionalLong> rank(K key, V member) {
    return Command.of(reading("ZRANK", key, 1).argument(member(member)), SortedSetCommands::optionalRank);
  }

  Command<OptionalLong> reverseRank(K key, V member) {
    return Command.of(reading("ZREVRANK", key, 1).argument(member(member)), SortedSetCommands::optionalRank);
  }

  Command<Long> count(K key, SortedRange<? extends V> range) {
    if (range.by() == SortedRange.By.RANK) {
      throw new IllegalArgumentException("positions are not counted: the range must be of scores or members");
    }
    String name = range.by() == SortedRange.By.SCORE ? "ZCOUNT" : "ZLEXCOUNT";
    return Command.of(reading(name, key, 2).argument(least(range)).argument(most(range)), Reply::asLong);
  }

  Command<List<V>> members(K key, SortedRange<? extends V> range) {
    return Command.of(range(reading("ZRANGE", key, arguments(range)), range), this::members);
  }

  Command<List<Scored<V>>> entries(K key, SortedRange<? extends V> range) {
    if (range.by() == SortedRange.By.MEMBER) {
      throw new IllegalArgumentException("members of one score are asked for without it");
    }
    return Command.of(range(reading("ZRANGE", key, arguments(range) + 1), range).argument("WITHSCORES"), this::entries);
  }

  Command<Optional<V>> random(K key) {
    return Command.of(reading("ZRANDMEMBER", key, 0), this::optional);
  }

  Command<List<V>> random(K key, long count) {
    ElementReplies.requireCount(count);
    return Command.of(reading("ZRANDMEMBER", key, 1).argument(count), this::members);
  }

  Command<List<Scored<V>>> randomEntries(K key, long count) {
    ElementReplies.requireCount(count);
    return Command.of(reading("ZRANDMEMBER", key, 2).argument(Math.min(count, Integer.MAX_VALUE)).argument("WITHSCORES"),
        this::entries);
  }

  Command<ScanPage<Scored<V>>> scanPage(K key, long cursor, ScanOptions options) {
    return Command.of(ElementReplies.scan("ZSCAN", key(key), cursor, options),
        page -> new ScanPage<>(ElementReplies.cursor(page), List.copyOf(entries(page.asList().get(1)))));
  }

  // Several sorted sets

  private Request sources(Request request, List<? extends K> all) {
    request.argument(all.size());
    all.forEach(each -> request.key(key(each)));
    return request;
  }

  /** How many arguments {@link #sources} and {@link #how} add. */
  private static int arguments(int keys, CombineOptions options) {
    return 1 + keys + (options.isWeighted() ? 1 + keys : 0) + 2;
  }

  private static Request how(Request request, CombineOptions options, int keys) {
    double[] weights = options.weightsOf(keys);
    if (options.isWeighted()) {
      request.argument("WEIGHTS");
      for (double weight : weights) {
        request.argument(text(weight));
      }
    }
    return request.argument("AGGREGATE").argument(options.aggregate().name());
  }

  private Command<List<Scored<V>>> combined(String name, Collection<? extends K> all, CombineOptions options) {
    List<K> asked = new ArrayList<>(all);
    if (asked.isEmpty()) {
      options.weightsOf(0);
      return Command.known(new ArrayList<>());
    }
    Request request = how(sources(new Request(name, arguments(asked.size(), options) + 1), asked), options, asked.size());
    return Command.of(request.argument("WITHSCORES"), this::entries);
  }

  Command<List<Scored<V>>> union(Collection<? extends K> all, CombineOptions options) {
    return combined("ZUNION", all, options);
  }

  Command<List<Scored<V>>> intersection(Collection<? extends K> all, CombineOptions options) {
    return combined("ZINTER", all, options);
  }

  Command<List<Scored<V>>> difference(K from, Collection<? extends K> without) {
    List<K> all = first(from, without);
    return Command.of(sources(new Request("ZDIFF", all.size() + 2), all).argument("WITHSCORES"), this::entries);
  }

  private List<K> first(K from, Collection<? extends K> without) {
    List<K> all = new ArrayList<>();
    all.add(from);
    all.addAll(without);
    return all;
  }

  Command<Long> intersectionSize(Collection<? extends K> all, long most) {
    List<K> asked = new ArrayList<>(all);
    ElementReplies.require(most > 0, "> 0", most);
    return asked.isEmpty() ? Command.known(0L)
        : Command.of(sources(new Request("ZINTERCARD", asked.size() + 3), asked).argument("LIMIT").argument(most), Reply::asLong);
  }

  private List<K> requireSome(Collection<? extends K> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("keys must not be empty");
    }
    return new ArrayList<>(all);
  }

  Command<Long> storeUnion(K to, Collection<? extends K> all, CombineOptions options) {
    return store("ZUNIONSTORE", to, requireSome(all), options);
  }

  Command<Long> storeIntersection(K to, Collection<? extends K> all, CombineOptions options) {
    return store("ZINTERSTORE", to, requireSome(all), options);
  }

  private Command<Long> store(String name, K to, List<K> all, CombineOptions options) {
    return Command.of(how(sources(writing(name, to, arguments(all.size(), options)), all), options, all.size()), Reply::asLong);
  }

  Command<Long> storeDifference(K to, K from, Collection<? extends K> without) {
    List<K> all = first(from, without);
    return Command.of(sources(writing("ZDIFFSTORE", to, all.size() + 1), all), Reply::asLong);
  }

  Command<Long> storeRange(K to, K from, SortedRange<? extends V> range) {
    return Command.of(range(writing("ZRANGESTORE", to, 1 + arguments(range)).key(key(from)), range), Reply::asLong);
  }

  // Writing

  /** How many arguments {@link #options} adds. */
  private static int arguments(ScoreOptions options) {
    return (options.presence() == ScoreOptions.Presence.ANY ? 0 : 1) + (options.comparison() == ScoreOptions.Comparison.ANY ? 0 : 1);
  }

  private static Request options(Request request, ScoreOptions options) {
    switch (options.presence()) {
      case IF_ABSENT -> request.argument("NX");
      case IF_PRESENT -> request.argument("XX");
      default -> { }
    }
    switch (options.comparison()) {
      case IF_GREATER -> request.argument("GT");
      case IF_LESS -> request.argument("LT");
      default -> { }
    }
    return request;
  }

  private <T> Command<T> adding(
      K key, Map<? extends V, Double> scores, ScoreOptions options, Function<? super Reply, ? extends T> answer, T nothing) {
    Map<V, Double> all = new LinkedHashMap<>(scores);
    if (all.isEmpty()) {
      return Command.known(nothing);
    }
    Request request = writing("ZADD", key, 2 * all.size() + (options == null ? 0 : arguments(options) + 1));
    if (options != null) {
      options(request, options).argument("CH");
    }
    all.forEach((member, score) -> request.argument(text(score)).argument(member(member)));
    return Command.of(request, answer);
  }

  Command<Boolean> add(K key, V member, double score) {
    return adding(key, Map.of(member, score), null, Replies::isOne, false);
  }

  Command<Boolean> add(K key, V member, double score, ScoreOptions options) {
    return adding(key, Map.of(member, score), options, Replies::isOne, false);
  }

  Command<Long> addAll(K key, Map<? extends V, Double> scores) {
    return adding(key, scores, null, Reply::asLong, 0L);
  }

  Command<Long> addAll(K key, Map<? extends V, Double> scores, ScoreOptions options) {
    return adding(key, scores, options, Reply::asLong, 0L);
  }

  Command<Double> increment(K key, V member, double by) {
    return Command.of(writing("ZINCRBY", key, 2).argument(text(by)).argument(member(member)), SortedSetCommands::score);
  }

  Command<OptionalDouble> increment(K key, V member, double by, ScoreOptions options) {
    Request request = options(writing("ZADD", key, arguments(options) + 3), options).argument("INCR").argument(text(by)).argument(member(member));
    return Command.of(request, SortedSetCommands::optionalScore);
  }

  Command<Boolean> remove(K key, V member) {
    return Command.of(writing("ZREM", key, 1).argument(member(member)), Replies::isOne);
  }

  Command<Long> removeAll(K key, Collection<? extends V> members) {
    List<V> all = new ArrayList<>(members);
    if (all.isEmpty()) {
      return Command.known(0L);
    }
    Request request = writing("ZREM", key, all.size());
    all.forEach(each -> request.argument(member(each)));
    return Command.of(request, Reply::asLong);
  }

  Command<Long> removeRange(K key, SortedRange<? extends V> range) {
    if (range.isReversed() || range.skipped() > 0 || range.limit() >= 0) {
      throw new IllegalArgumentException("a range that is removed must be neither reversed nor limited");
    }
    String name = switch (range.by()) {
      case RANK -> "ZREMRANGEBYRANK";
      case SCORE -> "ZREMRANGEBYSCORE";
      case MEMBER -> "ZREMRANGEBYLEX";
    };
    return Command.of(writing(name, key, 2).argument(least(range)).argument(most(range)), Reply::asLong);
  }

  Command<Optional<Scored<V>>> pollFirst(K key) {
    return Command.of(writing("ZPOPMIN", key, 0), this::first);
  }

  Command<Optional<Scored<V>>> pollLast(K key) {
    return Command.of(writing("ZPOPMAX", key, 0), this::first);
  }

  /** BZPOPMIN or BZPOPMAX: the key, a member and its score. */
  Command<Optional<Scored<V>>> poll(String name, K key, Duration timeout) {
    long millis = Millis.positive("timeout", timeout);
    return Command.of(writing(name, key, 1).argument(Command.seconds(millis)), reply -> reply.isNull()
        ? Optional.<Scored<V>>empty()
        : Optional.of(new Scored<>(decode(reply.asList().get(1)), score(reply.asList().get(2))))).waiting(millis);
  }

  Command<List<Scored<V>>> pollFirst(K key, long most) {
    ElementReplies.require(most >= 0, ">= 0", most);
    return Command.of(writing("ZPOPMIN", key, 1).argument(most), this::entries);
  }

  Command<List<Scored<V>>> pollLast(K key, long most) {
    ElementReplies.require(most >= 0, ">= 0", most);
    return Command.of(writing("ZPOPMAX", key, 1).argument(most), this::entries);
  }
}
