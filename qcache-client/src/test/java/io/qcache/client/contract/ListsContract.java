package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.AsyncLists;
import io.qcache.FindOptions;
import io.qcache.ListEnd;
import io.qcache.ListReads;
import io.qcache.Lists;
import io.qcache.NoSuchKeyException;
import io.qcache.OutOfRangeException;
import io.qcache.TimeToLive;
import io.qcache.ValueType;
import io.qcache.WrongTypeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Lists: both ends, the middle, from one to another. */
interface ListsContract extends Contract {
  default Lists<String, String> lists() {
    return cache().lists();
  }

  @Test default void add_atEitherEnd_tellsHowManyThereAre() {
    assertThat(lists().addLast("l", "c")).isEqualTo(1);
    assertThat(lists().addFirst("l", "b")).isEqualTo(2);
    assertThat(lists().addAllLast("l", List.of("d", "e"))).isEqualTo(4);
    assertThat(lists().addAllFirst("l", List.of("a", "ä"))).isEqualTo(6);
    assertThat(lists().getAll("l")).containsExactly("ä", "a", "b", "c", "d", "e");
    assertThat(lists().addAllLast("l", List.of())).isEqualTo(6);
    assertThat(lists().addAllFirst("nobody", List.of())).isZero();
    assertThat(keys().exists("nobody")).isFalse();
    assertThat(keys().type("l")).contains(ValueType.LIST);
    assertThat(cache().database(3).lists().getAll("l")).isEmpty();
  }

  @Test default void addIfPresent_addsOnlyToWhatIsThere_andKeepsTheDeadline() {
    assertThat(lists().addAllFirstIfPresent("l", List.of("a"))).isZero();
    assertThat(lists().addAllLastIfPresent("l", List.of("a", "b"))).isZero();
    assertThat(keys().exists("l")).isFalse();
    lists().addLast("l", "b");
    keys().expire("l", HOUR);
    assertThat(lists().addAllFirstIfPresent("l", List.of("a"))).isEqualTo(2);
    assertThat(lists().addAllLastIfPresent("l", List.of("c", "d"))).isEqualTo(4);
    assertThat(lists().getAll("l")).containsExactly("a", "b", "c", "d");
    assertThat(keys().timeToLive("l").left()).isPositive();
  }

  @Test default void poll_takesFromEitherEnd_andWithTheLastElementTheKeyGoes() {
    lists().addAllLast("l", List.of("a", "b", "c", "d", "e", "f"));
    assertThat(lists().pollFirst("l")).contains("a");
    assertThat(lists().pollLast("l")).contains("f");
    assertThat(lists().pollFirst("l", 2)).containsExactly("b", "c");
    assertThat(lists().pollLast("l", 0)).isEmpty();
    assertThat(lists().pollLast("l", Long.MAX_VALUE)).containsExactly("e", "d");
    assertThat(keys().exists("l")).isFalse();
    assertThat(lists().pollFirst("l")).isEmpty();
    assertThat(lists().pollLast("l")).isEmpty();
    assertThat(lists().pollFirst("l", 5)).isEmpty();
    assertThatThrownBy(() -> lists().pollFirst("l", -1)).isInstanceOf(OutOfRangeException.class).hasMessageContaining("-1");
    assertThatThrownBy(() -> lists().pollLast("l", -1)).isInstanceOf(OutOfRangeException.class);
  }

  @Test default void pollAny_takesOfTheFirstThatIsThere() {
    lists().addAllLast("b", List.of("1", "2", "3"));
    assertThat(lists().pollAny(List.of("a", "b"), ListEnd.LAST, 2)).contains(Map.entry("b", List.of("3", "2")));
    assertThat(lists().pollAny(List.of("b", "a"), ListEnd.FIRST, 9)).contains(Map.entry("b", List.of("1")));
    assertThat(lists().pollAny(List.of("a", "b"), ListEnd.FIRST, 1)).isEmpty();
    assertThat(lists().pollAny(List.of(), ListEnd.FIRST, 1)).isEmpty();
    assertThatThrownBy(() -> lists().pollAny(List.of("a"), ListEnd.FIRST, 0)).isInstanceOf(OutOfRangeException.class);
  }

  @Test default void range_andGet_countFromBothEnds() {
    lists().addAllLast("l", List.of("a", "b", "c", "d"));
    assertThat(lists().length("l")).isEqualTo(4);
    assertThat(lists().length("nobody")).isZero();
    assertThat(lists().range("l", 1, -2)).containsExactly("b", "c");
    assertThat(lists().range("l", -2, 99)).containsExactly("c", "d");
    assertThat(lists().range("l", 3, 1)).isEmpty();
    assertThat(lists().range("l", Long.MIN_VALUE, Long.MAX_VALUE)).hasSize(4);
    assertThat(lists().getAll("nobody")).isEmpty();
    assertThat(lists().get("l", 0)).contains("a");
    assertThat(lists().get("l", -1)).contains("d");
    assertThat(lists().get("l", 4)).isEmpty();
    assertThat(lists().get("l", Long.MIN_VALUE)).isEmpty();
  }

  @Test default void find_givesIndicesFromEitherEnd() {
    lists().addAllLast("l", List.of("x", "a", "x", "b", "x", "x"));
    assertThat(lists().indexOf("l", "b")).isEqualTo(3);
    assertThat(lists().indexOf("l", "z")).isEqualTo(-1);
    assertThat(lists().indexOf("nobody", "z")).isEqualTo(-1);
    assertThat(lists().find("l", "x", FindOptions.all())).containsExactly(0L, 2L, 4L, 5L);
    assertThat(lists().find("l", "x", FindOptions.all().from(ListEnd.LAST).skip(1).limit(2))).containsExactly(4L, 2L);
    assertThat(lists().find("l", "x", FindOptions.all().within(3))).containsExactly(0L, 2L);
    assertThat(lists().find("l", "x", FindOptions.all().skip(9))).isEmpty();
    assertThat(lists().find("nobody", "x", FindOptions.all())).isEmpty();
    assertThatThrownBy(() -> FindOptions.all().skip(-1)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> FindOptions.all().limit(0)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> FindOptions.all().within(0)).isInstanceOf(OutOfRangeException.class);
  }

  @Test default void set_insert_remove_trim_changeTheMiddle() {
    lists().addAllLast("l", List.of("a", "b", "c", "b"));
    lists().set("l", 2, "C");
    lists().set("l", -4, "A");
    assertThat(lists().insertBefore("l", "b", "x")).isEqualTo(5);
    assertThat(lists().insertAfter("l", "C", "y")).isEqualTo(6);
    assertThat(lists().insertAfter("l", "none", "y")).isEqualTo(-1);
    assertThat(lists().insertBefore("nobody", "b", "x")).isZero();
    assertThat(lists().getAll("l")).containsExactly("A", "x", "b", "C", "y", "b");
    assertThat(lists().remove("l", "b", ListEnd.LAST, 1)).isEqualTo(1);
    assertThat(lists().getAll("l")).containsExactly("A", "x", "b", "C", "y");
    assertThat(lists().remove("l", "b")).isEqualTo(1);
    assertThat(lists().remove("l", "b")).isZero();
    lists().trim("l", 1, -2);
    assertThat(lists().getAll("l")).containsExactly("x", "C");
    lists().trim("l", 2, 9);
    assertThat(keys().exists("l")).isFalse();
    assertThatThrownBy(() -> lists().set("l", 0, "x")).isInstanceOf(NoSuchKeyException.class);
    lists().addLast("l", "a");
    assertThatThrownBy(() -> lists().set("l", 1, "x")).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> lists().remove("l", "a", ListEnd.FIRST, 0)).isInstanceOf(OutOfRangeException.class);
  }

  @Test default void move_goesFromOneToAnother_andRoundInOne() {
    lists().addAllLast("a", List.of("1", "2", "3"));
    assertThat(lists().move("a", ListEnd.FIRST, "b", ListEnd.LAST)).contains("1");
    assertThat(lists().move("a", ListEnd.LAST, "b", ListEnd.FIRST)).contains("3");
    assertThat(lists().getAll("b")).containsExactly("3", "1");
    assertThat(lists().move("b", ListEnd.FIRST, "b", ListEnd.LAST)).contains("3");
    assertThat(lists().getAll("b")).containsExactly("1", "3");
    assertThat(lists().move("nobody", ListEnd.FIRST, "b", ListEnd.FIRST)).isEmpty();
    assertThat(lists().move("a", ListEnd.FIRST, "a", ListEnd.LAST.opposite())).contains("2");
    assertThat(lists().getAll("a")).containsExactly("2");
  }

  @Test default void aLongList_isWholeAtBothDoors() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      all.add("element " + i);
    }
    assertThat(lists().addAllLast("l", all)).isEqualTo(20_000);
    assertThat(lists().getAll("l")).isEqualTo(all);
    assertThat(lists().pollFirst("l", 15_000)).isEqualTo(all.subList(0, 15_000));
    assertThat(lists().range("l", 0, -1)).isEqualTo(all.subList(15_000, 20_000));
    lists().addFirst("l", "x".repeat(300_000));
    assertThat(lists().get("l", 0).orElseThrow()).hasSize(300_000);
    assertThat(lists().pollFirst("l").orElseThrow()).hasSize(300_000);
  }

  @Test default void anotherType_isRefused_eitherWayRound() {
    strings().set("s", "text");
    lists().addLast("l", "a");
    assertThatThrownBy(() -> lists().addLast("s", "a")).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> lists().length("s")).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> lists().move("l", ListEnd.FIRST, "s", ListEnd.FIRST)).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> strings().get("l")).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> strings().append("l", "x")).isInstanceOf(WrongTypeException.class);
    assertThat(strings().getAll(List.of("l", "s"))).isEqualTo(Map.of("s", "text"));
    assertThat(lists().getAll("l")).containsExactly("a");
    strings().set("l", "text");
    assertThat(strings().get("l")).contains("text");
  }

  @Test default void keysOfLists_areRenamedCopiedAndExpired() {
    lists().addAllLast("l", List.of("a", "b"));
    keys().rename("l", "m");
    keys().copy("m", "n");
    lists().addLast("n", "c");
    assertThat(lists().getAll("m")).containsExactly("a", "b");
    assertThat(lists().getAll("n")).containsExactly("a", "b", "c");
    keys().expire("m", HOUR);
    lists().pollFirst("m");
    assertThat(keys().timeToLive("m").left()).isPositive();
    lists().pollFirst("m");
    lists().addFirst("m", "x");
    assertThat(keys().timeToLive("m")).isEqualTo(TimeToLive.none());
  }

  @Test default void everyOperationOfLists_byAsync() {
    Contract.verify(askLists(cache().async().lists()));
  }

  @Test default void everyOperationOfLists_byAPipeline() {
    Contract.verify(cache().pipeline(p -> askLists(p.lists())));
  }

  @Test default void everyOperationOfLists_byATransaction() {
    Contract.verify(cache().atomically(List.of("l"), t -> askLists(t.write().lists())));
  }

  @Test default void aTransaction_readsLists_andAppliesItsWritesAtOnce() {
    lists().addAllLast("from", List.of("a", "b", "c", "b"));
    CompletableFuture<Long> moved = cache().atomically(List.of(), t -> {
      ListReads<String, String> read = t.read().lists();
      assertThat(read.length("from")).isEqualTo(4);
      assertThat(read.get("from", 1)).contains("b");
      assertThat(read.range("from", 0, 0)).containsExactly("a");
      assertThat(read.indexOf("from", "c")).isEqualTo(2);
      assertThat(read.find("from", "b", FindOptions.all())).containsExactly(1L, 3L);
      List<String> all = read.getAll("from");
      t.write().delete("from");
      assertThatThrownBy(() -> read.length("from")).isInstanceOf(IllegalStateException.class);
      return t.write().lists().addAllLast("to", all);
    });
    assertThat(moved.join()).isEqualTo(4);
    assertThat(lists().getAll("to")).containsExactly("a", "b", "c", "b");
    assertThat(keys().exists("from")).isFalse();
  }

  /** What is asked for, and what is to come of it. */
  private static Map<CompletableFuture<?>, Object> askLists(AsyncLists<String, String> lists) {
    Map<CompletableFuture<?>, Object> all = new LinkedHashMap<>();
    all.put(lists.addLast("l", "c"), 1L);
    all.put(lists.addFirst("l", "b"), 2L);
    all.put(lists.addAllFirst("l", List.of("a")), 3L);
    all.put(lists.addAllLast("l", List.of("d", "e")), 5L);
    all.put(lists.addAllFirstIfPresent("none", List.of("a")), 0L);
    all.put(lists.addAllLastIfPresent("l", List.of("a")), 6L);
    all.put(lists.addAllLast("l", List.of()), 6L);
    all.put(lists.length("l"), 6L);
    all.put(lists.get("l", 1), Optional.of("b"));
    all.put(lists.range("l", 0, 1), List.of("a", "b"));
    all.put(lists.getAll("l"), List.of("a", "b", "c", "d", "e", "a"));
    all.put(lists.indexOf("l", "a"), 0L);
    all.put(lists.find("l", "a", FindOptions.all().from(ListEnd.LAST)), List.of(5L, 0L));
    all.put(lists.pollFirst("l"), Optional.of("a"));
    all.put(lists.pollLast("l"), Optional.of("a"));
    all.put(lists.pollFirst("l", 1), List.of("b"));
    all.put(lists.pollLast("l", 1), List.of("e"));
    all.put(lists.pollLast("l", -1), OutOfRangeException.class);
    all.put(lists.pollAny(List.of("none", "l"), ListEnd.FIRST, 1), Optional.of(Map.entry("l", List.of("c"))));
    all.put(lists.move("l", ListEnd.FIRST, "m", ListEnd.LAST), Optional.of("d"));
    all.put(lists.set("m", 0, "x"), null);
    all.put(lists.set("m", 1, "x"), OutOfRangeException.class);
    all.put(lists.set("none", 1, "x"), NoSuchKeyException.class);
    all.put(lists.insertBefore("m", "x", "w"), 2L);
    all.put(lists.insertAfter("m", "x", "y"), 3L);
    all.put(lists.remove("m", "x"), 1L);
    all.put(lists.remove("m", "w", ListEnd.LAST, 1), 1L);
    all.put(lists.trim("m", 0, 0), null);
    all.put(lists.getAll("m"), List.of("y"));
    return all;
  }
}
