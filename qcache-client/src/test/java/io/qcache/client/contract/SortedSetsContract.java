package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.AsyncSortedSets;
import io.qcache.CombineOptions;
import io.qcache.OutOfRangeException;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.ScoreOptions;
import io.qcache.Scored;
import io.qcache.SortedRange;
import io.qcache.SortedSetReads;
import io.qcache.SortedSets;
import io.qcache.ValueType;
import io.qcache.WrongTypeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Sorted sets: members, ranges of one, and several together. */
interface SortedSetsContract extends Contract {
  default SortedSets<String, String> sortedSets() {
    return cache().sortedSets();
  }

  private static Scored<String> scored(String member, double score) {
    return new Scored<>(member, score);
  }

  @Test default void scores_areGivenAndTaken_ofOneMemberOrMany() {
    assertThat(sortedSets().add("z", "a", 1)).isTrue();
    assertThat(sortedSets().add("z", "a", 2)).isFalse();
    assertThat(sortedSets().addAll("z", Map.of("a", 3.0, "b", -1.5, "ä", Double.POSITIVE_INFINITY))).isEqualTo(2);
    assertThat(sortedSets().addAll("z", Map.of())).isZero();
    assertThat(sortedSets().size("z")).isEqualTo(3);
    assertThat(sortedSets().score("z", "b")).hasValue(-1.5);
    assertThat(sortedSets().score("z", "x")).isEmpty();
    assertThat(sortedSets().score("nobody", "x")).isEmpty();
    assertThat(sortedSets().scores("z", List.of("x", "ä", "a")))
        .containsExactly(Map.entry("ä", Double.POSITIVE_INFINITY), Map.entry("a", 3.0));
    assertThat(sortedSets().scores("z", List.of())).isEmpty();
    assertThat(sortedSets().rank("z", "a")).hasValue(1);
    assertThat(sortedSets().reverseRank("z", "b")).hasValue(2);
    assertThat(sortedSets().rank("z", "x")).isEmpty();
    assertThat(sortedSets().reverseRank("nobody", "x")).isEmpty();
    assertThat(keys().type("z")).contains(ValueType.SORTED_SET);
    keys().expire("z", HOUR);
    assertThat(sortedSets().remove("z", "a")).isTrue();
    assertThat(sortedSets().remove("z", "a")).isFalse();
    assertThat(keys().timeToLive("z").left()).isPositive();
    assertThat(sortedSets().removeAll("z", List.of())).isZero();
    assertThat(sortedSets().removeAll("z", List.of("b", "x", "ä"))).isEqualTo(2);
    assertThat(keys().exists("z")).isFalse();
    assertThat(sortedSets().size("z")).isZero();
    sortedSets().add("z", "a", 0.1);
    assertThat(cache().database(3).sortedSets().size("z")).isZero();
    assertThatThrownBy(() -> sortedSets().add("z", "a", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test default void options_sayWhenAScoreIsGiven() {
    assertThat(sortedSets().add("z", "a", 5, ScoreOptions.ifPresent())).isFalse();
    assertThat(sortedSets().add("z", "a", 5, ScoreOptions.ifAbsent())).isTrue();
    assertThat(sortedSets().add("z", "a", 6, ScoreOptions.ifAbsent())).isFalse();
    assertThat(sortedSets().add("z", "a", 4, ScoreOptions.always().ifGreater())).isFalse();
    assertThat(sortedSets().add("z", "a", 4, ScoreOptions.always().ifLess())).isTrue();
    assertThat(sortedSets().add("z", "b", 4, ScoreOptions.ifPresent().ifLess())).isFalse();
    assertThat(sortedSets().addAll("z", Map.of("a", 4.0, "b", 1.0), ScoreOptions.always())).isEqualTo(1);
    assertThat(sortedSets().addAll("z", Map.of("a", 7.0, "c", 1.0), ScoreOptions.ifPresent())).isEqualTo(1);
    assertThat(sortedSets().addAll("z", Map.of(), ScoreOptions.always())).isZero();
    assertThat(sortedSets().increment("z", "a", 1.5)).isEqualTo(8.5);
    assertThat(sortedSets().increment("z", "new", 0.1)).isEqualTo(0.1);
    assertThat(sortedSets().increment("z", "new", 0.2)).isEqualTo(0.1 + 0.2);
    assertThat(sortedSets().increment("z", "a", -1, ScoreOptions.always().ifGreater())).isEmpty();
    assertThat(sortedSets().increment("z", "a", -1, ScoreOptions.always().ifLess())).hasValue(7.5);
    assertThat(sortedSets().increment("z", "nobody", 1, ScoreOptions.ifPresent())).isEmpty();
    assertThat(sortedSets().increment("z", "a", 1, ScoreOptions.ifAbsent())).isEmpty();
    sortedSets().add("z", "end", Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> sortedSets().increment("z", "end", Double.NEGATIVE_INFINITY)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> ScoreOptions.ifAbsent().ifLess()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test default void ranges_ofPositionsScoresAndMembers() {
    sortedSets().addAll("z", Map.of("a", 1.0, "b", 2.0, "c", 2.0, "d", 3.0, "e", 9.5));
    assertThat(sortedSets().members("z", SortedRange.all())).containsExactly("a", "b", "c", "d", "e");
    assertThat(sortedSets().members("z", SortedRange.ranks(1, -2))).containsExactly("b", "c", "d");
    assertThat(sortedSets().members("z", SortedRange.<String>ranks(0, 1).reversed())).containsExactly("e", "d");
    assertThat(sortedSets().members("z", SortedRange.scores(2, 3))).containsExactly("b", "c", "d");
    assertThat(sortedSets().members("z", SortedRange.<String>scores(2, 3).excludingLeast())).containsExactly("d");
    assertThat(sortedSets().members("z", SortedRange.<String>scores(2, 3).excludingMost().reversed())).containsExactly("c", "b");
    assertThat(sortedSets().members("z", SortedRange.<String>scores(0, Double.POSITIVE_INFINITY).limit(1, 2))).containsExactly("b", "c");
    assertThat(sortedSets().entries("z", SortedRange.<String>scores(0, 2).reversed().limit(0, 2)))
        .containsExactly(scored("c", 2), scored("b", 2));
    assertThat(sortedSets().entries("z", SortedRange.ranks(-1, -1))).containsExactly(scored("e", 9.5));
    assertThat(sortedSets().entries("nobody", SortedRange.all())).isEmpty();
    assertThat(sortedSets().count("z", SortedRange.<String>scores(2, 9.5).excludingMost())).isEqualTo(3);
    assertThat(sortedSets().count("z", SortedRange.<String>scores(2, 9.5).limit(0, 1))).isEqualTo(4);
    assertThatThrownBy(() -> sortedSets().count("z", SortedRange.all())).isInstanceOf(IllegalArgumentException.class);
    sortedSets().addAll("words", Map.of("ä", 0.0, "a", 0.0, "b", 0.0, "c", 0.0));
    assertThat(sortedSets().members("words", SortedRange.between("a", "b"))).containsExactly("a", "b");
    assertThat(sortedSets().members("words", SortedRange.from("b").excludingLeast())).containsExactly("c", "ä");
    assertThat(sortedSets().members("words", SortedRange.upTo("c").reversed().limit(1, 1))).containsExactly("b");
    assertThat(sortedSets().count("words", SortedRange.from("b"))).isEqualTo(3);
    assertThatThrownBy(() -> sortedSets().entries("words", SortedRange.from("b"))).isInstanceOf(IllegalArgumentException.class);
    assertThat(sortedSets().storeRange("to", "z", SortedRange.<String>scores(2, 9.5).reversed().limit(0, 2))).isEqualTo(2);
    assertThat(sortedSets().members("to", SortedRange.all())).containsExactly("d", "e");
    assertThat(sortedSets().storeRange("to", "z", SortedRange.ranks(7, 9))).isZero();
    assertThat(keys().exists("to")).isFalse();
    assertThat(sortedSets().removeRange("words", SortedRange.from("c"))).isEqualTo(2);
    assertThat(sortedSets().removeRange("z", SortedRange.scores(2, 2))).isEqualTo(2);
    assertThat(sortedSets().removeRange("z", SortedRange.ranks(0, -2))).isEqualTo(2);
    assertThatThrownBy(() -> sortedSets().removeRange("z", SortedRange.<String>all().reversed()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(sortedSets().members("z", SortedRange.all())).containsExactly("e");
  }

  @Test default void poll_takesFromAnEnd() {
    assertThat(sortedSets().pollFirst("z")).isEmpty();
    assertThat(sortedSets().pollLast("z", 3)).isEmpty();
    sortedSets().addAll("z", Map.of("a", 1.0, "b", 2.0, "c", 3.0, "d", 4.0, "e", 5.0));
    assertThat(sortedSets().pollFirst("z")).contains(scored("a", 1));
    assertThat(sortedSets().pollLast("z")).contains(scored("e", 5));
    assertThat(sortedSets().pollFirst("z", 0)).isEmpty();
    assertThat(sortedSets().pollLast("z", 2)).containsExactly(scored("d", 4), scored("c", 3));
    assertThat(sortedSets().pollFirst("z", Long.MAX_VALUE)).containsExactly(scored("b", 2));
    assertThat(keys().exists("z")).isFalse();
    assertThatThrownBy(() -> sortedSets().pollFirst("z", -1)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> sortedSets().pollLast("z", -1)).isInstanceOf(OutOfRangeException.class);
  }

  @Test default void random_isOfTheMembers() {
    assertThat(sortedSets().random("z")).isEmpty();
    assertThat(sortedSets().random("z", -3)).isEmpty();
    sortedSets().addAll("z", Map.of("a", 1.0, "b", 2.0, "c", 3.0));
    assertThat(sortedSets().random("z").orElseThrow()).isIn("a", "b", "c");
    assertThat(sortedSets().random("z", 2)).hasSize(2).doesNotHaveDuplicates();
    assertThat(sortedSets().random("z", -20)).hasSize(20);
    assertThat(sortedSets().randomEntries("z", 9)).containsExactlyInAnyOrder(scored("a", 1), scored("b", 2), scored("c", 3));
    assertThatThrownBy(() -> sortedSets().random("z", Long.MIN_VALUE)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> sortedSets().randomEntries("z", Long.MIN_VALUE)).isInstanceOf(OutOfRangeException.class);
  }

  @Test default void severalSortedSets_areCombined() {
    sortedSets().addAll("a", Map.of("x", 1.0, "y", 2.0));
    sortedSets().addAll("b", Map.of("y", 10.0, "z", 20.0));
    cache().sets().add("plain", "y");
    List<String> both = List.of("a", "b");
    assertThat(sortedSets().union(both)).containsExactly(scored("x", 1), scored("y", 12), scored("z", 20));
    assertThat(sortedSets().union(both, CombineOptions.max().weights(1, 0.1))).containsExactly(scored("x", 1), scored("y", 2), scored("z", 2));
    assertThat(sortedSets().intersection(both)).containsExactly(scored("y", 12));
    assertThat(sortedSets().intersection(both, CombineOptions.min().weights(-1, 1))).containsExactly(scored("y", -2));
    assertThat(sortedSets().intersection(List.of("a", "plain"))).containsExactly(scored("y", 3));
    assertThat(sortedSets().union(List.of("plain", "nobody"))).containsExactly(scored("y", 1));
    assertThat(sortedSets().difference("a", List.of("plain", "nobody"))).containsExactly(scored("x", 1));
    assertThat(sortedSets().difference("a", List.of())).hasSize(2);
    assertThat(sortedSets().union(List.of())).isEmpty();
    assertThat(sortedSets().intersection(List.of())).isEmpty();
    assertThat(sortedSets().intersectionSize(both)).isEqualTo(1);
    assertThat(sortedSets().intersectionSize(List.of("a", "a"), 1)).isEqualTo(1);
    assertThat(sortedSets().intersectionSize(List.of())).isZero();
    assertThatThrownBy(() -> sortedSets().intersectionSize(both, 0)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> sortedSets().union(both, CombineOptions.sum().weights(1))).isInstanceOf(IllegalArgumentException.class);
    strings().set("to", "text");
    assertThat(sortedSets().storeUnion("to", both)).isEqualTo(3);
    assertThat(sortedSets().storeUnion("to", both, CombineOptions.min())).isEqualTo(3);
    assertThat(sortedSets().score("to", "y")).hasValue(2);
    assertThat(sortedSets().storeIntersection("to", both)).isEqualTo(1);
    assertThat(sortedSets().storeIntersection("to", both, CombineOptions.max())).isEqualTo(1);
    assertThat(sortedSets().storeDifference("to", "b", List.of("a"))).isEqualTo(1);
    assertThat(sortedSets().members("to", SortedRange.all())).containsExactly("z");
    assertThat(sortedSets().storeDifference("to", "b", List.of("b"))).isZero();
    assertThat(keys().exists("to")).isFalse();
    assertThatThrownBy(() -> sortedSets().storeUnion("to", List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sortedSets().storeIntersection("to", List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test default void aLargeSortedSet_isWholeAtBothDoors_andIsScanned() {
    Map<String, Double> all = new HashMap<>();
    for (int i = 0; i < 6_000; i++) {
      all.put("member " + i, i / 7.0);
    }
    assertThat(sortedSets().addAll("z", all)).isEqualTo(all.size());
    List<Scored<String>> entries = sortedSets().entries("z", SortedRange.all());
    Map<String, Double> given = new LinkedHashMap<>();
    entries.forEach(each -> given.put(each.member(), each.score()));
    assertThat(given.equals(all)).isTrue();
    assertThat(entries.get(0)).isEqualTo(scored("member 0", 0));
    assertThat(sortedSets().rank("z", "member 4321")).hasValue(4321);
    Map<String, Double> scanned = new HashMap<>();
    sortedSets().scan("z", ScanOptions.all().count(300)).forEach(each -> scanned.put(each.member(), each.score()));
    assertThat(scanned.equals(all)).isTrue();
    Set<String> matched = new HashSet<>();
    sortedSets().scan("z", ScanOptions.all().matching("*77").count(500)).forEach(each -> matched.add(each.member()));
    assertThat(matched).hasSize(60);
    assertThat(sortedSets().scanPage("z", ScanPage.START, ScanOptions.all()).isLast()).isFalse();
    assertThatThrownBy(() -> sortedSets().scanPage("z", 0, ScanOptions.all().type(ValueType.SET)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(sortedSets().pollLast("z", 5_000)).hasSize(5_000).startsWith(scored("member 5999", 5999 / 7.0));
    assertThat(sortedSets().size("z")).isEqualTo(1_000);
  }

  @Test default void anotherTypeThanASortedSet_isRefused() {
    strings().set("text", "text");
    assertThatThrownBy(() -> sortedSets().add("text", "a", 1)).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> sortedSets().members("text", SortedRange.all())).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> sortedSets().union(List.of("text"))).isInstanceOf(WrongTypeException.class);
    assertThat(strings().get("text")).contains("text");
  }

  @Test default void sortedSets_byFutures_inAPipelineAndInATransaction() {
    Contract.verify(asked(cache().async().sortedSets()));
    cache().clearAll();
    Contract.verify(cache().pipeline(async -> asked(async.sortedSets())));
    cache().clearAll();
    Contract.verify(cache().atomically(List.of(), t -> asked(t.write().sortedSets())));
  }

  /** Every operation, and what comes of it. */
  private static Map<CompletableFuture<?>, Object> asked(AsyncSortedSets<String, String> sets) {
    Map<CompletableFuture<?>, Object> all = new LinkedHashMap<>();
    all.put(sets.add("z", "a", 1), true);
    all.put(sets.add("z", "a", 2, ScoreOptions.ifAbsent()), false);
    all.put(sets.addAll("z", Map.of("b", 2.0)), 1L);
    all.put(sets.addAll("z", Map.of("b", 3.0), ScoreOptions.always()), 1L);
    all.put(sets.increment("z", "b", 1), 4.0);
    all.put(sets.increment("z", "b", 1, ScoreOptions.always().ifLess()), OptionalDouble.empty());
    all.put(sets.add("z", "x", Double.NaN), IllegalArgumentException.class);
    all.put(sets.size("z"), 2L);
    all.put(sets.score("z", "a"), OptionalDouble.of(1));
    all.put(sets.scores("z", List.of("a", "x")), Map.of("a", 1.0));
    all.put(sets.rank("z", "b"), OptionalLong.of(1));
    all.put(sets.reverseRank("z", "b"), OptionalLong.of(0));
    all.put(sets.count("z", SortedRange.scores(1, 3)), 1L);
    all.put(sets.members("z", SortedRange.all()), List.of("a", "b"));
    all.put(sets.entries("z", SortedRange.ranks(0, 0)), List.of(scored("a", 1)));
    all.put(sets.storeRange("one", "z", SortedRange.ranks(0, 0)), 1L);
    all.put(sets.random("one"), Optional.of("a"));
    all.put(sets.random("one", -2), List.of("a", "a"));
    all.put(sets.randomEntries("one", 3), List.of(scored("a", 1)));
    all.put(sets.scanPage("one", 0, ScanOptions.all()), new ScanPage<>(0, List.of(scored("a", 1))));
    all.put(sets.union(List.of("one", "z")), List.of(scored("a", 2), scored("b", 4)));
    all.put(sets.union(List.of("one", "z"), CombineOptions.min()), List.of(scored("a", 1), scored("b", 4)));
    all.put(sets.intersection(List.of("one", "z")), List.of(scored("a", 2)));
    all.put(sets.intersection(List.of("one", "z"), CombineOptions.max()), List.of(scored("a", 1)));
    all.put(sets.difference("z", List.of("one")), List.of(scored("b", 4)));
    all.put(sets.intersectionSize(List.of("one", "z")), 1L);
    all.put(sets.intersectionSize(List.of("one", "z"), 1), 1L);
    all.put(sets.storeUnion("to", List.of("one", "z")), 2L);
    all.put(sets.storeUnion("to", List.of("one", "z"), CombineOptions.sum()), 2L);
    all.put(sets.storeIntersection("to", List.of("one", "z")), 1L);
    all.put(sets.storeIntersection("to", List.of("one", "z"), CombineOptions.sum()), 1L);
    all.put(sets.storeDifference("to", "z", List.of("one")), 1L);
    all.put(sets.pollFirst("z"), Optional.of(scored("a", 1)));
    all.put(sets.pollLast("z"), Optional.of(scored("b", 4)));
    all.put(sets.pollFirst("to", 5), List.of(scored("b", 4)));
    all.put(sets.pollLast("to", 5), List.of());
    all.put(sets.pollLast("to", -1), OutOfRangeException.class);
    all.put(sets.remove("one", "x"), false);
    all.put(sets.removeAll("one", List.of("x")), 0L);
    all.put(sets.removeRange("one", SortedRange.all()), 1L);
    return all;
  }

  @Test default void aTransaction_readsSortedSets_beforeItWrites() {
    sortedSets().add("z", "a", 1);
    CompletableFuture<Boolean> added = cache().atomically(List.of(), t -> {
      SortedSetReads<String, String> read = t.read().sortedSets();
      List<Scored<String>> one = List.of(scored("a", 1));
      assertThat(read.size("z")).isEqualTo(1);
      assertThat(read.score("z", "a")).hasValue(1);
      assertThat(read.scores("z", List.of("a"))).hasSize(1);
      assertThat(read.rank("z", "a")).hasValue(0);
      assertThat(read.reverseRank("z", "a")).hasValue(0);
      assertThat(read.count("z", SortedRange.scores(1, 1))).isEqualTo(1);
      assertThat(read.members("z", SortedRange.all())).containsExactly("a");
      assertThat(read.entries("z", SortedRange.all())).isEqualTo(one);
      assertThat(read.random("z")).contains("a");
      assertThat(read.random("z", 1)).containsExactly("a");
      assertThat(read.randomEntries("z", 1)).isEqualTo(one);
      assertThat(read.union(List.of("z", "y"))).isEqualTo(one);
      assertThat(read.union(List.of("z", "y"), CombineOptions.sum())).isEqualTo(one);
      assertThat(read.intersection(List.of("z", "y"))).isEmpty();
      assertThat(read.intersection(List.of("z"), CombineOptions.sum())).isEqualTo(one);
      assertThat(read.difference("z", List.of("y"))).isEqualTo(one);
      assertThat(read.intersectionSize(List.of("z", "z"))).isEqualTo(1);
      assertThat(read.intersectionSize(List.of("z", "z"), 1)).isEqualTo(1);
      List<Scored<String>> scanned = new ArrayList<>();
      read.scan("z", ScanOptions.all()).forEach(scanned::add);
      assertThat(scanned).isEqualTo(one);
      assertThat(read.scanPage("z", 0, ScanOptions.all()).keys()).isEqualTo(one);
      CompletableFuture<Boolean> asked = t.write().sortedSets().add("y", "a", 1);
      assertThatThrownBy(() -> read.union(List.of("z", "y"))).isInstanceOf(IllegalStateException.class);
      return asked;
    });
    assertThat(added.join()).isTrue();
  }
}
