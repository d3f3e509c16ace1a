package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.AsyncSets;
import io.qcache.OutOfRangeException;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.SetReads;
import io.qcache.Sets;
import io.qcache.ValueType;
import io.qcache.WrongTypeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Sets: members of one, and several together. */
interface SetsContract extends Contract {
  default Sets<String, String> sets() {
    return cache().sets();
  }

  @Test default void add_andRemove_oneMemberOrMany() {
    assertThat(sets().add("s", "a")).isTrue();
    assertThat(sets().add("s", "a")).isFalse();
    assertThat(sets().addAll("s", List.of("b", "ä", "b", "1"))).isEqualTo(3);
    assertThat(sets().addAll("s", List.of())).isZero();
    assertThat(sets().size("s")).isEqualTo(4);
    assertThat(sets().members("s")).containsExactlyInAnyOrder("a", "b", "ä", "1");
    assertThat(sets().contains("s", "ä")).isTrue();
    assertThat(sets().contains("s", "z")).isFalse();
    assertThat(sets().present("s", List.of("z", "b", "a"))).containsExactly("b", "a");
    assertThat(sets().present("s", List.of())).isEmpty();
    assertThat(sets().present("nobody", List.of("a"))).isEmpty();
    assertThat(keys().type("s")).contains(ValueType.SET);
    keys().expire("s", HOUR);
    assertThat(sets().remove("s", "a")).isTrue();
    assertThat(sets().remove("s", "a")).isFalse();
    assertThat(keys().timeToLive("s").left()).isPositive();
    assertThat(sets().removeAll("s", List.of())).isZero();
    assertThat(sets().removeAll("s", List.of("b", "ä", "1", "x"))).isEqualTo(3);
    assertThat(keys().exists("s")).isFalse();
    assertThat(sets().members("s")).isEmpty();
    assertThat(sets().size("nobody")).isZero();
    sets().add("s", "a");
    assertThat(cache().database(3).sets().members("s")).isEmpty();
  }

  @Test default void integers_areInTheirOrder() {
    sets().addAll("s", List.of("10", "-3", "2", "70000", "-5000000000"));
    assertThat(sets().members("s")).containsExactly("-5000000000", "-3", "2", "10", "70000");
    assertThat(sets().contains("s", "-3")).isTrue();
    assertThat(sets().contains("s", "03")).isFalse();
    sets().add("s", "03");
    assertThat(sets().members("s")).hasSize(6).contains("03", "70000");
  }

  @Test default void random_andPoll_areOfTheMembers() {
    Set<String> all = Set.of("a", "b", "c", "d");
    assertThat(sets().random("s")).isEmpty();
    assertThat(sets().random("s", -3)).isEmpty();
    assertThat(sets().poll("s")).isEmpty();
    assertThat(sets().poll("s", 3)).isEmpty();
    sets().addAll("s", all);
    assertThat(all).contains(sets().random("s").orElseThrow());
    assertThat(sets().random("s", 3)).hasSize(3).doesNotHaveDuplicates().allMatch(all::contains);
    assertThat(sets().random("s", -30)).hasSize(30).allMatch(all::contains);
    assertThat(sets().random("s", Long.MAX_VALUE)).hasSize(4);
    Set<String> polled = new HashSet<>(sets().poll("s", 2));
    assertThat(polled).hasSize(2);
    assertThat(sets().size("s")).isEqualTo(2);
    assertThat(sets().poll("s", 0)).isEmpty();
    polled.add(sets().poll("s").orElseThrow());
    polled.addAll(sets().poll("s", Long.MAX_VALUE));
    assertThat(polled).isEqualTo(all);
    assertThat(keys().exists("s")).isFalse();
    assertThatThrownBy(() -> sets().poll("s", -1)).isInstanceOf(OutOfRangeException.class).hasMessageContaining("-1");
    assertThatThrownBy(() -> sets().random("s", Long.MIN_VALUE)).isInstanceOf(OutOfRangeException.class);
  }

  @Test default void move_takesAMemberToAnotherSet() {
    sets().addAll("a", List.of("1", "x"));
    assertThat(sets().move("a", "b", "x")).isTrue();
    assertThat(sets().move("a", "b", "x")).isFalse();
    assertThat(sets().move("a", "a", "1")).isTrue();
    assertThat(sets().move("a", "b", "1")).isTrue();
    assertThat(keys().exists("a")).isFalse();
    assertThat(sets().members("b")).containsExactlyInAnyOrder("1", "x");
    assertThat(sets().move("nobody", "b", "1")).isFalse();
  }

  @Test default void severalSets_areCombined() {
    sets().addAll("a", List.of("1", "2", "3", "x"));
    sets().addAll("b", List.of("2", "3", "4"));
    sets().addAll("c", List.of("3", "x"));
    assertThat(sets().union(List.of("a", "b", "nobody"))).containsExactlyInAnyOrder("1", "2", "3", "4", "x");
    assertThat(sets().union(List.of())).isEmpty();
    assertThat(sets().intersection(List.of("a", "b", "c"))).containsExactly("3");
    assertThat(sets().intersection(List.of("a", "nobody"))).isEmpty();
    assertThat(sets().intersection(List.of())).isEmpty();
    assertThat(sets().difference("a", List.of("b", "nobody"))).containsExactlyInAnyOrder("1", "x");
    assertThat(sets().difference("a", List.of())).hasSize(4);
    assertThat(sets().intersectionSize(List.of("a", "b"))).isEqualTo(2);
    assertThat(sets().intersectionSize(List.of("a", "b"), 1)).isEqualTo(1);
    assertThat(sets().intersectionSize(List.of())).isZero();
    assertThatThrownBy(() -> sets().intersectionSize(List.of("a"), 0)).isInstanceOf(OutOfRangeException.class);
    strings().set("to", "text");
    assertThat(sets().storeUnion("to", List.of("a", "b"))).isEqualTo(5);
    assertThat(sets().storeDifference("a", "a", List.of("c"))).isEqualTo(2);
    assertThat(sets().members("a")).containsExactly("1", "2");
    assertThat(sets().storeIntersection("to", List.of("a", "c"))).isZero();
    assertThat(keys().exists("to")).isFalse();
    assertThatThrownBy(() -> sets().storeUnion("to", List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sets().storeIntersection("to", List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test default void aLargeSet_isWholeAtBothDoors_andIsScanned() {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 6_000; i++) {
      all.add("member " + i);
    }
    assertThat(sets().addAll("s", all)).isEqualTo(all.size());
    assertThat(sets().members("s").equals(all)).isTrue();
    assertThat(sets().union(List.of("s", "nobody")).equals(all)).isTrue();
    Set<String> scanned = new HashSet<>();
    sets().scan("s", ScanOptions.all().count(300)).forEach(scanned::add);
    assertThat(scanned.equals(all)).isTrue();
    List<String> matched = new ArrayList<>();
    sets().scan("s", ScanOptions.all().matching("*77").count(500)).forEach(matched::add);
    assertThat(Set.copyOf(matched)).hasSize(60);
    ScanPage<String> page = sets().scanPage("s", ScanPage.START, ScanOptions.all());
    assertThat(page.isLast()).isFalse();
    assertThatThrownBy(() -> sets().scanPage("s", 0, ScanOptions.all().type(ValueType.SET)))
        .isInstanceOf(IllegalArgumentException.class);
    Set<String> polled = sets().poll("s", 2_000);
    assertThat(polled).hasSize(2_000).isSubsetOf(all);
    assertThat(sets().present("s", polled)).isEmpty();
    assertThat(sets().size("s")).isEqualTo(4_000);
  }

  @Test default void anotherTypeThanASet_isRefused() {
    strings().set("text", "text");
    sets().add("s", "a");
    assertThatThrownBy(() -> sets().add("text", "a")).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> sets().members("text")).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> sets().union(List.of("s", "text"))).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> sets().move("s", "text", "a")).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> strings().get("s")).isInstanceOf(WrongTypeException.class);
    assertThat(sets().members("s")).containsExactly("a");
  }

  @Test default void everyOperationOfSets_byAsync() {
    Contract.verify(askSets(cache().async().sets()));
  }

  @Test default void everyOperationOfSets_byAPipeline() {
    Contract.verify(cache().pipeline(p -> askSets(p.sets())));
  }

  @Test default void everyOperationOfSets_byATransaction() {
    Contract.verify(cache().atomically(List.of("s"), t -> askSets(t.write().sets())));
  }

  /** What is asked for, and what is to come of it. */
  private static Map<CompletableFuture<?>, Object> askSets(AsyncSets<String, String> sets) {
    Map<CompletableFuture<?>, Object> all = new LinkedHashMap<>();
    all.put(sets.add("s", "a"), true);
    all.put(sets.addAll("s", List.of("a", "b", "c")), 2L);
    all.put(sets.addAll("t", List.of("c", "d")), 2L);
    all.put(sets.size("s"), 3L);
    all.put(sets.contains("s", "b"), true);
    all.put(sets.present("s", List.of("x", "b")), Set.of("b"));
    all.put(sets.members("s"), Set.of("a", "b", "c"));
    all.put(sets.union(List.of("s", "t")), Set.of("a", "b", "c", "d"));
    all.put(sets.intersection(List.of("s", "t")), Set.of("c"));
    all.put(sets.difference("s", List.of("t")), Set.of("a", "b"));
    all.put(sets.intersectionSize(List.of("s", "t")), 1L);
    all.put(sets.intersectionSize(List.of("s", "t"), 5), 1L);
    all.put(sets.storeUnion("u", List.of("s", "t")), 4L);
    all.put(sets.storeIntersection("u", List.of("s", "t")), 1L);
    all.put(sets.storeDifference("u", "t", List.of("s")), 1L);
    all.put(sets.random("u"), Optional.of("d"));
    all.put(sets.random("u", -2), List.of("d", "d"));
    all.put(sets.scanPage("u", 0, ScanOptions.all()), new ScanPage<>(0, List.of("d")));
    all.put(sets.move("u", "t", "d"), true);
    all.put(sets.remove("s", "a"), true);
    all.put(sets.removeAll("s", List.of("b", "z")), 1L);
    all.put(sets.poll("s"), Optional.of("c"));
    all.put(sets.poll("t", 5), Set.of("c", "d"));
    all.put(sets.poll("t", -1), OutOfRangeException.class);
    return all;
  }

  @Test default void aTransaction_readsSets_beforeItWrites() {
    sets().add("s", "a");
    CompletableFuture<Boolean> added = cache().atomically(List.of(), t -> {
      SetReads<String, String> read = t.read().sets();
      assertThat(read.size("s")).isEqualTo(1);
      assertThat(read.contains("s", "a")).isTrue();
      assertThat(read.present("s", List.of("a"))).containsExactly("a");
      assertThat(read.members("s")).containsExactly("a");
      assertThat(read.random("s")).contains("a");
      assertThat(read.random("s", 1)).containsExactly("a");
      assertThat(read.union(List.of("s", "t"))).containsExactly("a");
      assertThat(read.intersection(List.of("s", "t"))).isEmpty();
      assertThat(read.difference("s", List.of("t"))).containsExactly("a");
      assertThat(read.intersectionSize(List.of("s", "s"))).isEqualTo(1);
      assertThat(read.intersectionSize(List.of("s", "s"), 1)).isEqualTo(1);
      assertThat(read.scan("s", ScanOptions.all())).hasSize(1);
      assertThat(read.scanPage("s", 0, ScanOptions.all()).keys()).hasSize(1);
      CompletableFuture<Boolean> asked = t.write().sets().add("t", "a");
      assertThatThrownBy(() -> read.union(List.of("s", "t"))).isInstanceOf(IllegalStateException.class);
      return asked;
    });
    assertThat(added.join()).isTrue();
  }
}
