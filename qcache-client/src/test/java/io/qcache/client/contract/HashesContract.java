package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.AsyncHashes;
import io.qcache.ExpireIf;
import io.qcache.HashReads;
import io.qcache.Hashes;
import io.qcache.NotANumberException;
import io.qcache.OutOfRangeException;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.ValueType;
import io.qcache.WrongTypeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Hashes: fields set and read one by one and together. */
interface HashesContract extends Contract {
  default Hashes<String, String> hashes() {
    return cache().hashes();
  }

  @Test default void set_andGet_oneFieldOrMany() {
    assertThat(hashes().set("h", "a", "1")).isTrue();
    assertThat(hashes().set("h", "a", "2")).isFalse();
    assertThat(hashes().setAll("h", Map.of("a", "3", "b", "", "ä", "ö"))).isEqualTo(2);
    assertThat(hashes().setAll("h", Map.of())).isZero();
    assertThat(hashes().get("h", "a")).contains("3");
    assertThat(hashes().get("h", "b")).contains("");
    assertThat(hashes().get("h", "c")).isEmpty();
    assertThat(hashes().get("nobody", "a")).isEmpty();
    assertThat(hashes().getAll("h", List.of("ä", "c", "a"))).isEqualTo(Map.of("ä", "ö", "a", "3"));
    assertThat(hashes().getAll("h", List.of())).isEmpty();
    assertThat(hashes().getAll("nobody", List.of("a"))).isEmpty();
    assertThat(hashes().entries("h")).isEqualTo(Map.of("a", "3", "b", "", "ä", "ö"));
    assertThat(hashes().fields("h")).containsExactlyInAnyOrder("a", "b", "ä");
    assertThat(hashes().values("h")).containsExactlyInAnyOrder("3", "", "ö");
    assertThat(hashes().size("h")).isEqualTo(3);
    assertThat(hashes().size("nobody")).isZero();
    assertThat(hashes().contains("h", "b")).isTrue();
    assertThat(hashes().contains("h", "c")).isFalse();
    assertThat(hashes().length("h", "ä")).isEqualTo(2);
    assertThat(hashes().length("h", "c")).isZero();
    assertThat(keys().type("h")).contains(ValueType.HASH);
    assertThat(cache().database(3).hashes().entries("h")).isEmpty();
  }

  @Test default void setIfAbsent_leavesWhatIsThere() {
    assertThat(hashes().setIfAbsent("h", "a", "1")).isTrue();
    assertThat(hashes().setIfAbsent("h", "a", "2")).isFalse();
    assertThat(hashes().get("h", "a")).contains("1");
  }

  @Test default void delete_takesFields_andWithTheLastTheKeyGoes() {
    hashes().setAll("h", Map.of("a", "1", "b", "2", "c", "3"));
    keys().expire("h", HOUR);
    assertThat(hashes().delete("h", "a")).isTrue();
    assertThat(hashes().delete("h", "a")).isFalse();
    assertThat(hashes().delete("h", List.of())).isZero();
    assertThat(keys().timeToLive("h").left()).isPositive();
    assertThat(hashes().delete("h", List.of("b", "x", "c", "c"))).isEqualTo(2);
    assertThat(keys().exists("h")).isFalse();
    assertThat(hashes().delete("nobody", "a")).isFalse();
  }

  @Test default void increment_ofIntegersAndOthers() {
    assertThat(hashes().increment("h", "n")).isEqualTo(1);
    assertThat(hashes().increment("h", "n", 41)).isEqualTo(42);
    assertThat(hashes().increment("h", "f", 1.5)).isEqualTo(1.5);
    assertThat(hashes().increment("h", "f", -0.25)).isEqualTo(1.25);
    assertThat(hashes().get("h", "f")).contains("1.25");
    hashes().set("h", "text", "x");
    assertThatThrownBy(() -> hashes().increment("h", "text", 1)).isInstanceOf(NotANumberException.class);
    assertThatThrownBy(() -> hashes().increment("h", "text", 1.0)).isInstanceOf(NotANumberException.class);
    assertThatThrownBy(() -> hashes().increment("h", "n", Double.NaN)).isInstanceOf(NotANumberException.class);
    assertThatThrownBy(() -> hashes().increment("h", "n", Double.POSITIVE_INFINITY)).isInstanceOf(NotANumberException.class);
    assertThatThrownBy(() -> hashes().increment("h", "n", Long.MAX_VALUE)).isInstanceOf(OutOfRangeException.class);
    assertThat(hashes().get("h", "n")).contains("42");
  }

  @Test default void random_isOfTheFields() {
    Map<String, String> all = Map.of("a", "1", "b", "2", "c", "3");
    assertThat(hashes().random("h")).isEmpty();
    assertThat(hashes().random("h", 3)).isEmpty();
    hashes().setAll("h", all);
    assertThat(all).containsKey(hashes().random("h").orElseThrow());
    assertThat(hashes().random("h", 2)).hasSize(2).doesNotHaveDuplicates().allMatch(all::containsKey);
    assertThat(hashes().random("h", Long.MAX_VALUE)).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(hashes().random("h", -50)).hasSize(50).allMatch(all::containsKey);
    assertThat(hashes().random("h", 0)).isEmpty();
    assertThat(hashes().randomEntries("h", 2)).hasSize(2).allMatch(each -> all.get(each.getKey()).equals(each.getValue()));
    assertThat(hashes().randomEntries("h", -9)).hasSize(9);
    assertThat(hashes().randomEntries("h", Long.MAX_VALUE)).hasSize(3);
    assertThatThrownBy(() -> hashes().random("h", Long.MIN_VALUE)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> hashes().randomEntries("h", Long.MIN_VALUE)).isInstanceOf(OutOfRangeException.class);
  }

  @Test default void aLargeHash_isWholeAtBothDoors_andIsScanned() {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      all.put("field " + i, "value " + i);
    }
    all.put("long", "x".repeat(300_000));
    assertThat(hashes().setAll("h", all)).isEqualTo(all.size());
    assertThat(hashes().entries("h").equals(all)).isTrue();
    assertThat(hashes().fields("h")).isEqualTo(all.keySet());
    assertThat(hashes().values("h")).hasSize(all.size());
    assertThat(hashes().get("h", "long").orElseThrow()).hasSize(300_000);
    assertThat(hashes().getAll("h", List.of("field 7", "long", "field 8")).values()).hasSize(3);
    Map<String, String> scanned = new HashMap<>();
    hashes().scan("h", ScanOptions.all().count(300)).forEach(each -> scanned.put(each.getKey(), each.getValue()));
    assertThat(scanned.equals(all)).isTrue();
    List<String> matched = new ArrayList<>();
    hashes().scan("h", ScanOptions.all().matching("field 77*").count(500)).forEach(each -> matched.add(each.getKey()));
    assertThat(Set.copyOf(matched)).hasSize(11);
    ScanPage<Map.Entry<String, String>> page = hashes().scanPage("h", ScanPage.START, ScanOptions.all());
    assertThat(page.isLast()).isFalse();
    assertThat(page.keys()).isNotEmpty();
    assertThatThrownBy(() -> hashes().scanPage("h", 0, ScanOptions.all().type(ValueType.HASH)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(hashes().scan("nobody", ScanOptions.all())).isEmpty();
  }

  @Test default void anotherTypeThanAHash_isRefused() {
    strings().set("s", "text");
    assertThatThrownBy(() -> hashes().set("s", "a", "1")).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> hashes().entries("s")).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> hashes().getAll("s", List.of())).isInstanceOf(WrongTypeException.class);
    hashes().set("h", "a", "1");
    assertThatThrownBy(() -> strings().get("h")).isInstanceOf(WrongTypeException.class);
    keys().rename("h", "i");
    keys().copy("i", "j");
    hashes().set("j", "b", "2");
    assertThat(hashes().entries("i")).isEqualTo(Map.of("a", "1"));
    assertThat(hashes().entries("j")).hasSize(2);
  }

  @Test default void everyOperationOfHashes_byAsync() {
    Contract.verify(askHashes(cache().async().hashes()));
  }

  @Test default void everyOperationOfHashes_byAPipeline() {
    Contract.verify(cache().pipeline(p -> askHashes(p.hashes())));
  }

  @Test default void everyOperationOfHashes_byATransaction() {
    Contract.verify(cache().atomically(List.of("h"), t -> askHashes(t.write().hashes())));
  }

  /** What is asked for, and what is to come of it. */
  private static Map<CompletableFuture<?>, Object> askHashes(AsyncHashes<String, String> hashes) {
    Map<CompletableFuture<?>, Object> all = new LinkedHashMap<>();
    all.put(hashes.set("h", "a", "1"), true);
    all.put(hashes.setAll("h", Map.of("a", "2", "b", "x")), 1L);
    all.put(hashes.setIfAbsent("h", "a", "3"), false);
    all.put(hashes.get("h", "a"), Optional.of("2"));
    all.put(hashes.getAll("h", List.of("c", "b")), Map.of("b", "x"));
    all.put(hashes.increment("h", "a"), 3L);
    all.put(hashes.increment("h", "a", 7), 10L);
    all.put(hashes.increment("h", "a", 0.5), 10.5);
    all.put(hashes.increment("h", "b", 1), NotANumberException.class);
    all.put(hashes.entries("h"), Map.of("a", "10.5", "b", "x"));
    all.put(hashes.delete("h", "a"), true);
    all.put(hashes.fields("h"), Set.of("b"));
    all.put(hashes.values("h"), List.of("x"));
    all.put(hashes.size("h"), 1L);
    all.put(hashes.contains("h", "b"), true);
    all.put(hashes.length("h", "b"), 1L);
    all.put(hashes.random("h"), Optional.of("b"));
    all.put(hashes.random("h", -2), List.of("b", "b"));
    all.put(hashes.randomEntries("h", 2), List.of(Map.entry("b", "x")));
    all.put(hashes.scanPage("h", 0, ScanOptions.all()), new ScanPage<>(0, List.of(Map.entry("b", "x"))));
    all.put(hashes.delete("h", List.of("b", "c")), 1L);
    return all;
  }

  @Test default void aTransaction_readsHashes_beforeItWrites() {
    hashes().setAll("h", Map.of("a", "1"));
    CompletableFuture<Boolean> set = cache().atomically(List.of(), t -> {
      HashReads<String, String> read = t.read().hashes();
      assertThat(read.get("h", "a")).contains("1");
      assertThat(read.getAll("h", List.of("a", "b"))).isEqualTo(Map.of("a", "1"));
      assertThat(read.entries("h")).isEqualTo(Map.of("a", "1"));
      assertThat(read.fields("h")).containsExactly("a");
      assertThat(read.values("h")).containsExactly("1");
      assertThat(read.size("h")).isEqualTo(1);
      assertThat(read.contains("h", "a")).isTrue();
      assertThat(read.length("h", "a")).isEqualTo(1);
      assertThat(read.random("h")).contains("a");
      assertThat(read.random("h", 1)).containsExactly("a");
      assertThat(read.randomEntries("h", 1)).containsExactly(Map.entry("a", "1"));
      assertThat(read.scan("h", ScanOptions.all())).hasSize(1);
      assertThat(read.scanPage("h", 0, ScanOptions.all()).keys()).hasSize(1);
      CompletableFuture<Boolean> asked = t.write().hashes().set("h", "b", read.get("h", "a").orElseThrow());
      assertThatThrownBy(() -> read.size("h")).isInstanceOf(IllegalStateException.class);
      return asked;
    });
    assertThat(set.join()).isTrue();
    assertThat(hashes().get("h", "b")).contains("1");
  }

  @Test default void fields_haveDeadlinesOfTheirOwn() throws Exception {
    hashes().setAll("h", Map.of("a", "1", "b", "2", "n", "3"));
    assertThat(hashes().timeToLive("h", "a").isMissing()).isFalse();
    assertThat(hashes().timeToLive("h", "a").asDuration()).isEmpty();
    assertThat(hashes().timeToLive("h", "nope").isMissing()).isTrue();
    assertThat(hashes().expire("h", "nope", Duration.ofSeconds(9))).isFalse();
    assertThat(hashes().expire("h", "a", Duration.ofSeconds(100), ExpireIf.PRESENT)).isFalse();
    assertThat(hashes().expire("h", "a", Duration.ofSeconds(100))).isTrue();
    assertThat(hashes().timeToLive("h", "a").asDuration().orElseThrow()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(100));
    Instant deadline = Instant.ofEpochMilli(4_000_000_000_000L);
    assertThat(hashes().expireAt("h", "a", deadline, ExpireIf.EARLIER)).isFalse();
    assertThat(hashes().expireAt("h", "a", deadline)).isTrue();
    assertThat(hashes().deadline("h", "a")).contains(deadline);
    assertThat(hashes().deadline("h", "b")).isEmpty();
    assertThat(hashes().persist("h", "a")).isTrue();
    assertThat(hashes().persist("h", "a")).isFalse();
    assertThat(hashes().expire("h", "b", Duration.ofSeconds(-1))).isTrue();
    assertThat(hashes().fields("h")).containsExactlyInAnyOrder("a", "n");
    assertThat(hashes().expire("h", "n", Duration.ofMillis(1))).isTrue();
    while (hashes().contains("h", "n")) {
      Thread.onSpinWait();
    }
    assertThat(hashes().entries("h")).isEqualTo(Map.of("a", "1"));
    assertThatThrownBy(() -> hashes().expire("h", "a", Duration.ofDays(1_000_000))).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> hashes().expire("h", "a", Duration.ofDays(1), ExpireIf.PRESENT_AND_EARLIER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test default void fieldsDeadlines_byFutures_andInATransaction() throws Exception {
    hashes().set("h", "a", "1");
    AsyncHashes<String, String> async = cache().async().hashes();
    Instant deadline = Instant.ofEpochMilli(4_000_000_000_000L);
    assertThat(async.expire("h", "a", Duration.ofSeconds(100)).get()).isTrue();
    assertThat(async.expire("h", "a", Duration.ofSeconds(200), ExpireIf.LATER).get()).isTrue();
    assertThat(async.timeToLive("h", "a").get().asDuration()).isPresent();
    assertThat(async.expireAt("h", "a", deadline).get()).isTrue();
    assertThat(async.expireAt("h", "a", deadline, ExpireIf.ABSENT).get()).isFalse();
    assertThat(async.deadline("h", "a").get()).contains(deadline);
    assertThat(async.persist("h", "a").get()).isTrue();
    cache().atomically(List.of("h"), body -> {
      assertThat(body.read().hashes().timeToLive("h", "a").asDuration()).isEmpty();
      assertThat(body.read().hashes().deadline("h", "a")).isEmpty();
      body.write().hashes().expire("h", "a", Duration.ofSeconds(100));
      return null;
    });
    assertThat(hashes().timeToLive("h", "a").asDuration()).isPresent();
  }
}
