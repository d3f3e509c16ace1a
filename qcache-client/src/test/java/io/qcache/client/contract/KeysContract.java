package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.CopyOptions;
import io.qcache.ExpireIf;
import io.qcache.NoSuchKeyException;
import io.qcache.OutOfRangeException;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.ServerException;
import io.qcache.SetOptions;
import io.qcache.TimeToLive;
import io.qcache.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys: being there, deadlines, moving about, finding them. */
interface KeysContract extends Contract {
  @Test default void exists_andCountExisting_tellWhatIsThere() {
    cache().set("a", "1");
    assertThat(keys().exists("a")).isTrue();
    assertThat(keys().exists("b")).isFalse();
    assertThat(keys().countExisting(List.of("a", "b", "a"))).isEqualTo(2);
    assertThat(keys().countExisting(List.of())).isZero();
  }

  @Test default void type_tellsTheType_andNothingOfAMissingKey() {
    cache().set("a", "1");
    assertThat(keys().type("a")).contains(ValueType.STRING);
    assertThat(keys().type("b")).isEmpty();
  }

  @Test default void timeToLive_andDeadline_tellMissingNoneAndLeft() {
    assertThat(keys().timeToLive("k")).isEqualTo(TimeToLive.missing());
    assertThat(keys().deadline("k")).isEmpty();
    cache().set("k", "v");
    assertThat(keys().timeToLive("k")).isEqualTo(TimeToLive.none());
    assertThat(keys().deadline("k")).isEmpty();
    Instant deadline = Instant.ofEpochMilli(System.currentTimeMillis() + HOUR.toMillis());
    assertThat(keys().expireAt("k", deadline)).isTrue();
    assertThat(keys().deadline("k")).contains(deadline);
    assertThat(keys().timeToLive("k").left()).isBetween(HOUR.minusMinutes(1), HOUR.plusMinutes(1));
  }

  @Test default void delete_saysWhatWasThere() {
    cache().setAll(Map.of("a", "1", "b", "2", "c", "3"));
    assertThat(keys().delete("a")).isTrue();
    assertThat(keys().delete("a")).isFalse();
    assertThat(keys().delete(List.of("a", "b", "c", "b"))).isEqualTo(2);
    assertThat(keys().delete(List.of())).isZero();
    assertThat(keys().size()).isZero();
  }

  @Test default void touch_countsWhatIsThere() {
    cache().set("a", "1");
    assertThat(keys().touch(List.of("a", "b", "a"))).isEqualTo(2);
    assertThat(keys().touch(List.of())).isZero();
  }

  @Test default void expire_ofWhatIsPast_deletes() {
    assertThat(keys().expire("nobody", HOUR)).isFalse();
    for (Duration past : List.of(
        Duration.ZERO, Duration.ofMillis(-1), Duration.ofNanos(-1), Duration.ofDays(-99_999))) {
      cache().set("k", "v");
      assertThat(keys().expire("k", past)).isTrue();
      assertThat(keys().exists("k")).as("after expire " + past).isFalse();
    }
    for (Instant past : List.of(Instant.EPOCH, Instant.ofEpochMilli(-5), Instant.MIN, Instant.now().minusSeconds(1))) {
      cache().set("k", "v");
      assertThat(keys().expireAt("k", past)).isTrue();
      assertThat(keys().exists("k")).as("after expireAt " + past).isFalse();
    }
  }

  @Test default void expire_beyondWhatADeadlineCanBe_isOutOfRange() {
    cache().set("k", "v");
    assertThatThrownBy(() -> keys().expire("k", Duration.ofSeconds(Long.MAX_VALUE)))
        .isInstanceOf(OutOfRangeException.class);
    assertThat(keys().timeToLive("k")).isEqualTo(TimeToLive.none());
  }

  @Test default void expire_holdsToItsCondition() {
    Duration soon = HOUR;
    Duration late = HOUR.multipliedBy(2);
    cache().set("k", "v");
    assertThat(keys().expire("k", soon, ExpireIf.PRESENT)).isFalse();
    assertThat(keys().expire("k", soon, ExpireIf.LATER)).as("never is later than all").isFalse();
    assertThat(keys().expire("k", soon, ExpireIf.PRESENT_AND_EARLIER)).isFalse();
    assertThat(keys().timeToLive("k")).isEqualTo(TimeToLive.none());
    assertThat(keys().expire("k", late, ExpireIf.EARLIER)).isTrue();
    assertThat(keys().expire("k", late, ExpireIf.ABSENT)).isFalse();
    assertThat(keys().expire("k", soon, ExpireIf.LATER)).isFalse();
    assertThat(keys().expire("k", soon, ExpireIf.PRESENT_AND_EARLIER)).isTrue();
    assertThat(keys().expire("k", late, ExpireIf.EARLIER)).isFalse();
    assertThat(keys().expire("k", late, ExpireIf.LATER)).isTrue();
    assertThat(keys().expire("k", soon, ExpireIf.PRESENT)).isTrue();
    assertThat(keys().expire("k", late, ExpireIf.ALWAYS)).isTrue();
    assertThat(keys().timeToLive("k").left()).isBetween(late.minusMinutes(1), late.plusMinutes(1));
  }

  @Test default void expireAt_holdsToItsCondition() {
    Instant soon = Instant.ofEpochMilli(System.currentTimeMillis() + HOUR.toMillis());
    Instant late = soon.plus(HOUR);
    cache().set("k", "v");
    assertThat(keys().expireAt("k", late, ExpireIf.ABSENT)).isTrue();
    assertThat(keys().expireAt("k", late, ExpireIf.LATER)).as("as late is not later").isFalse();
    assertThat(keys().expireAt("k", soon, ExpireIf.EARLIER)).isTrue();
    assertThat(keys().deadline("k")).contains(soon);
    assertThat(keys().expireAt("nobody", soon, ExpireIf.ALWAYS)).isFalse();
  }

  @Test default void persist_takesADeadlineAway() {
    cache().strings().set("k", "v", HOUR);
    assertThat(keys().persist("k")).isTrue();
    assertThat(keys().persist("k")).isFalse();
    assertThat(keys().timeToLive("k")).isEqualTo(TimeToLive.none());
    assertThat(keys().persist("nobody")).isFalse();
  }

  @Test default void rename_takesValueAndDeadlineAlong() {
    strings().set("a", "1", HOUR);
    cache().set("b", "2");
    keys().rename("a", "b");
    assertThat(keys().exists("a")).isFalse();
    assertThat(cache().get("b")).contains("1");
    assertThat(keys().timeToLive("b").left()).isPositive();
    keys().rename("b", "b");
    assertThat(cache().get("b")).contains("1");
    assertThatThrownBy(() -> keys().rename("a", "b")).isInstanceOf(NoSuchKeyException.class);
  }

  @Test default void renameIfAbsent_replacesNothing() {
    cache().setAll(Map.of("a", "1", "b", "2"));
    assertThat(keys().renameIfAbsent("a", "b")).isFalse();
    assertThat(keys().renameIfAbsent("a", "c")).isTrue();
    assertThat(cache().getAll(List.of("a", "b", "c"))).isEqualTo(Map.of("b", "2", "c", "1"));
    assertThatThrownBy(() -> keys().renameIfAbsent("a", "d")).isInstanceOf(NoSuchKeyException.class);
  }

  @Test default void copy_copiesValueAndDeadline_whereItMay() {
    strings().set("a", "1", HOUR);
    assertThat(keys().copy("a", "b")).isTrue();
    assertThat(keys().timeToLive("b").left()).isPositive();
    cache().set("a", "2");
    assertThat(keys().copy("a", "b")).isFalse();
    assertThat(keys().copy("a", "b", CopyOptions.ifAbsent())).isFalse();
    assertThat(keys().copy("a", "b", CopyOptions.replace())).isTrue();
    assertThat(cache().get("b")).contains("2");
    assertThat(keys().timeToLive("b")).isEqualTo(TimeToLive.none());
    assertThat(keys().copy("nobody", "c")).isFalse();
    assertThatThrownBy(() -> keys().copy("a", "a")).isInstanceOf(ServerException.class)
        .hasMessage("ERR source and destination objects are the same");
  }

  @Test default void copy_goesToAnotherDatabase() {
    cache().set("a", "1");
    assertThat(keys().copy("a", "a", CopyOptions.ifAbsent().toDatabase(3))).isTrue();
    assertThat(keys().copy("a", "a", CopyOptions.ifAbsent().toDatabase(3))).isFalse();
    cache().set("a", "2");
    assertThat(keys().copy("a", "a", CopyOptions.replace().toDatabase(3))).isTrue();
    assertThat(cache().database(3).get("a")).contains("2");
    assertThatThrownBy(() -> keys().copy("a", "a", CopyOptions.replace().toDatabase(99_999)))
        .isInstanceOf(OutOfRangeException.class);
  }

  @Test default void move_changesTheDatabase() {
    cache().set("a", "1");
    assertThat(keys().move("a", 2)).isTrue();
    assertThat(keys().move("a", 2)).isFalse();
    cache().set("a", "3");
    assertThat(keys().move("a", 2)).as("there already").isFalse();
    assertThat(cache().database(2).get("a")).contains("1");
    assertThatThrownBy(() -> keys().move("a", 99_999)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> keys().move("a", -1)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> keys().move("a", 0)).isInstanceOf(ServerException.class);
    assertThat(cache().get("a")).contains("3");
  }

  @Test default void random_isOneOfTheKeys() {
    assertThat(keys().random()).isEmpty();
    cache().setAll(Map.of("a", "1", "b", "2"));
    assertThat(keys().random().orElseThrow()).isIn("a", "b");
  }

  @Test default void scan_meetsEachKey_andPagesEndWithTheLast() {
    Map<String, String> many = new LinkedHashMap<>();
    for (int i = 0; i < 500; i++) {
      many.put("key:" + i, "v");
    }
    cache().setAll(many);
    cache().set("other", "v");
    assertThat(keys().scan(ScanOptions.all().count(7))).contains("other").containsAll(many.keySet());
    assertThat(keys().scan(ScanOptions.all().matching("key:*"))).containsAll(many.keySet()).doesNotContain("other");
    assertThat(keys().scan(ScanOptions.all().type(ValueType.STRING).count(1000))).containsAll(many.keySet());
    List<String> met = new ArrayList<>();
    ScanPage<String> page = keys().scanPage(ScanPage.START, ScanOptions.all());
    met.addAll(page.keys());
    while (!page.isLast()) {
      page = keys().scanPage(page.cursor(), ScanOptions.all());
      met.addAll(page.keys());
    }
    assertThat(met).contains("other").containsAll(many.keySet());
  }

  @Test default void scan_ofAnEmptyDatabase_meetsNothing() {
    assertThat(keys().scan(ScanOptions.all())).isEmpty();
    assertThat(keys().scanPage(ScanPage.START, ScanOptions.all()).keys()).isEmpty();
  }

  @Test default void matching_understandsGlobs() {
    cache().setAll(Map.of("one", "1", "two", "2", "three", "3", "[x]", "4"));
    assertThat(keys().matching("t*")).containsExactlyInAnyOrder("two", "three");
    assertThat(keys().matching("?[nw]?")).containsExactlyInAnyOrder("one", "two");
    assertThat(keys().matching("\\[x\\]")).containsExactly("[x]");
    assertThat(keys().matching("[^t]*e")).containsExactly("one");
    assertThat(keys().matching("")).isEmpty();
    assertThat(keys().matching("*")).hasSize(4);
  }

  @Test default void size_andClear_areOfThisDatabase() {
    cache().setAll(Map.of("a", "1", "b", "2"));
    cache().database(1).set("c", "3");
    assertThat(keys().size()).isEqualTo(2);
    keys().clear();
    assertThat(keys().size()).isZero();
    assertThat(cache().database(1).keys().size()).isEqualTo(1);
  }

  @Test default void aKeyThatIsPastItsDeadline_isMissingForEverything() {
    strings().set("k", "v", SetOptions.always().expireAt(Instant.ofEpochMilli(1)));
    assertThat(keys().exists("k")).isFalse();
    assertThat(keys().type("k")).isEmpty();
    assertThat(keys().timeToLive("k")).isEqualTo(TimeToLive.missing());
    assertThat(keys().deadline("k")).isEmpty();
    assertThat(strings().setIfAbsent("k", "new")).isTrue();
    assertThat(cache().get("k")).contains("new");
  }
}
