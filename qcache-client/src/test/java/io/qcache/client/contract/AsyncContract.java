package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.AsyncKeys;
import io.qcache.AsyncKeyspace;
import io.qcache.AsyncStrings;
import io.qcache.CopyOptions;
import io.qcache.ExpireIf;
import io.qcache.NoSuchKeyException;
import io.qcache.NotANumberException;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every operation that returns a future, in all three places where futures come from. */
interface AsyncContract extends Contract {
  /** What was asked for, and what is to come of it. */
  record Asked(CompletableFuture<?> future, Object expected) {}

  @Test default void everyOperation_byAsync() {
    verify(askEverything(cache().async()));
  }

  @Test default void everyOperation_byAPipeline() {
    verify(cache().pipeline(AsyncContract::askEverything));
  }

  @Test default void everyOperation_byATransaction() {
    verify(cache().atomically(List.of("a"), t -> askEverything(t.write())));
  }

  @Test default void failures_areTheFutures_byAsync() {
    verify(askForFailures(cache().async()));
  }

  @Test default void failures_areTheFutures_byAPipeline() {
    verify(cache().pipeline(AsyncContract::askForFailures));
  }

  @Test default void failures_areTheFutures_byATransaction() {
    verify(cache().atomically(List.of("a"), t -> askForFailures(t.write())));
  }

  private void verify(List<Asked> all) {
    for (int i = 0; i < all.size(); i++) {
      Asked asked = all.get(i);
      if (asked.expected instanceof Class<?> failure) {
        assertThat(Contract.failureOf(asked.future)).as("operation " + i).isInstanceOf(failure);
      } else {
        assertThat((Object) asked.future.join()).as("operation " + i).isEqualTo(asked.expected);
      }
    }
  }

  private static List<Asked> askEverything(AsyncKeyspace<String, String> space) {
    List<Asked> all = new ArrayList<>();
    askEveryday(space, all);
    askStrings(space.strings(), all);
    askKeys(space.keys(), all);
    return all;
  }

  private static void ask(List<Asked> all, CompletableFuture<?> future, Object expected) {
    all.add(new Asked(future, expected));
  }

  private static void askEveryday(AsyncKeyspace<String, String> space, List<Asked> all) {
    ask(all, space.set("a", "1"), null);
    ask(all, space.get("a"), Optional.of("1"));
    ask(all, space.exists("a"), true);
    ask(all, space.expire("a", HOUR), true);
    ask(all, space.setAll(Map.of("b", "2")), null);
    ask(all, space.getAll(List.of("a", "b", "x")), Map.of("a", "1", "b", "2"));
    ask(all, space.delete("a"), true);
  }

  private static void askStrings(AsyncStrings<String, String> strings, List<Asked> all) {
    ask(all, strings.set("k", "hello"), null);
    ask(all, strings.get("k"), Optional.of("hello"));
    ask(all, strings.getAll(List.of("k", "x")), Map.of("k", "hello"));
    ask(all, strings.getAll(List.of()), Map.of());
    ask(all, strings.length("k"), 5L);
    ask(all, strings.getRange("k", 1, 2), "el");
    ask(all, strings.set("k", "v", HOUR), null);
    ask(all, strings.set("k", "w", SetOptions.ifAbsent()), false);
    ask(all, strings.setIfAbsent("k", "w"), false);
    ask(all, strings.getAndSet("k", "w"), Optional.of("v"));
    ask(all, strings.getAndSet("k", "x", SetOptions.ifPresent()), Optional.of("w"));
    ask(all, strings.getAndExpire("k", HOUR), Optional.of("x"));
    ask(all, strings.getAndExpireAt("k", Instant.now().plus(HOUR)), Optional.of("x"));
    ask(all, strings.getAndPersist("k"), Optional.of("x"));
    ask(all, strings.append("k", "y"), 2L);
    ask(all, strings.setRange("k", 1, "zz"), 3L);
    ask(all, strings.getAndDelete("k"), Optional.of("xzz"));
    ask(all, strings.setAll(Map.of("m", "1", "n", "2")), null);
    ask(all, strings.setAll(Map.of()), null);
    ask(all, strings.setAllIfAbsent(Map.of("n", "3", "o", "4")), false);
    ask(all, strings.setAllIfAbsent(Map.of()), true);
    ask(all, strings.increment("n"), 3L);
    ask(all, strings.increment("n", 7), 10L);
    ask(all, strings.decrement("n"), 9L);
    ask(all, strings.decrement("n", 4), 5L);
    ask(all, strings.increment("n", 0.5), 5.5);
  }

  private static void askKeys(AsyncKeys<String> keys, List<Asked> all) {
    Instant deadline = Instant.ofEpochMilli(System.currentTimeMillis() + HOUR.toMillis());
    ask(all, keys.exists("n"), true);
    ask(all, keys.countExisting(List.of("n", "x", "n")), 2L);
    ask(all, keys.countExisting(List.of()), 0L);
    ask(all, keys.type("n"), Optional.of(ValueType.STRING));
    ask(all, keys.timeToLive("n"), TimeToLive.none());
    ask(all, keys.expire("n", HOUR), true);
    ask(all, keys.expire("n", HOUR, ExpireIf.ABSENT), false);
    ask(all, keys.expireAt("n", deadline), true);
    ask(all, keys.expireAt("n", deadline, ExpireIf.LATER), false);
    ask(all, keys.deadline("n"), Optional.of(deadline));
    ask(all, keys.persist("n"), true);
    ask(all, keys.touch(List.of("n", "x")), 1L);
    ask(all, keys.rename("n", "p"), null);
    ask(all, keys.renameIfAbsent("p", "m"), false);
    ask(all, keys.copy("p", "m"), false);
    ask(all, keys.copy("p", "m", CopyOptions.replace()), true);
    ask(all, keys.move("m", 9), true);
    ask(all, keys.delete("x"), false);
    ask(all, keys.delete(List.of("b", "x")), 1L);
    ask(all, keys.matching("*"), List.of("p"));
    ask(all, keys.random(), Optional.of("p"));
    ask(all, keys.scanPage(ScanPage.START, ScanOptions.all())
        .thenApply(page -> List.of("p").containsAll(page.keys())), true); // a page may be empty and not the last
    ask(all, keys.size(), 1L);
    ask(all, keys.clear(), null);
    ask(all, keys.size(), 0L);
  }

  /** None of these may throw where it is asked for, nor keep the others from being carried out. */
  private static List<Asked> askForFailures(AsyncKeyspace<String, String> space) {
    List<Asked> all = new ArrayList<>();
    ask(all, space.set("a", "text"), null);
    ask(all, space.strings().increment("a"), NotANumberException.class);
    ask(all, space.strings().increment("a", 1.5), NotANumberException.class);
    ask(all, space.strings().setRange("a", -1, "x"), OutOfRangeException.class);
    ask(all, space.strings().set("a", "no", Duration.ZERO), OutOfRangeException.class);
    ask(all, space.strings().getAndExpire("a", Duration.ofSeconds(-1)), OutOfRangeException.class);
    ask(all, space.strings().getAndExpireAt("a", Instant.EPOCH), OutOfRangeException.class);
    ask(all, space.keys().rename("nobody", "b"), NoSuchKeyException.class);
    ask(all, space.keys().move("a", 99_999), OutOfRangeException.class);
    ask(all, space.keys().copy("a", "a"), ServerException.class);
    ask(all, space.get("a"), Optional.of("text"));
    return all;
  }

  @Test default void futures_ofAsync_canBeContinued() {
    CompletableFuture<Long> chained = cache().async().set("n", "1")
        .thenCompose(done -> cache().async().strings().increment("n"))
        .thenCompose(two -> cache().async().strings().increment("n", two));
    assertThat(chained.join()).isEqualTo(4);
  }

  @Test default void manyAtOnce_keepTheirOrder() {
    List<CompletableFuture<Long>> all = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      all.add(cache().async().strings().increment("n"));
    }
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).join()).isEqualTo(i + 1);
    }
  }

  @Test default void pipeline_returnsWhatItsBodyDoes_withFuturesThatAreComplete() {
    List<CompletableFuture<Long>> all = cache().pipeline(p -> {
      List<CompletableFuture<Long>> asked = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        asked.add(p.strings().increment("n"));
      }
      return asked;
    });
    assertThat(all).allMatch(CompletableFuture::isDone);
    assertThat(all.get(9999).join()).isEqualTo(10_000);
    assertThat(cache().<String>pipeline(p -> null)).isNull();
  }

  @Test default void pipeline_sendsNothingWhenItsBodyThrows() {
    List<CompletableFuture<?>> asked = new ArrayList<>();
    assertThatThrownBy(() -> cache().pipeline(p -> {
      asked.add(p.set("k", "v"));
      throw new IllegalArgumentException("mine");
    })).isInstanceOf(IllegalArgumentException.class).hasMessage("mine");
    assertThat(cache().get("k")).isEmpty();
  }

  @Test default void pipeline_waitingInItsBody_throws_alsoForDerivedFutures() {
    cache().pipeline(p -> {
      CompletableFuture<Long> future = p.strings().increment("n");
      assertThat(future).isNotDone();
      assertThatThrownBy(future::join).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(future::get).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> future.get(1, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> future.thenApply(n -> n + 1).join()).isInstanceOf(IllegalStateException.class);
      return future;
    }).thenAccept(n -> assertThat(n).isEqualTo(1)).join();
  }

  @Test default void pipeline_askedAfterItsBody_throws() {
    AsyncKeyspace<String, String> kept = cache().pipeline(p -> p);
    assertThatThrownBy(() -> kept.get("k")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> kept.keys().size()).isInstanceOf(IllegalStateException.class);
  }
}
