package io.qcache.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.Bytes;
import io.qcache.ClosedException;
import io.qcache.ConnectionException;
import io.qcache.MemoryLimitException;
import io.qcache.engine.Engines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The table of loads, its doors played by hand. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoadsTest {
  private static final Bytes KEY = Bytes.of("k");

  private final Loads loads = new Loads();
  private final List<ByHand> made = new ArrayList<>();

  /** Every step is a future that the test completes. */
  private final class ByHand extends Load<String> {
    final CompletableFuture<Optional<String>> get = new CompletableFuture<>();
    final CompletableFuture<byte[]> begun = new CompletableFuture<>();
    final CompletableFuture<String> loaded = new CompletableFuture<>();
    final CompletableFuture<Void> kept = new CompletableFuture<>();
    final List<String> steps = new ArrayList<>();

    ByHand() {
      made.add(this);
    }

    @Override protected CompletableFuture<Optional<String>> get() {
      steps.add("get");
      return get;
    }

    @Override protected CompletableFuture<byte[]> begin() {
      steps.add("begin");
      return begun;
    }

    @Override protected CompletionStage<String> make() {
      steps.add("make");
      return loaded;
    }

    @Override protected byte[] encode(String value) {
      return value.getBytes();
    }

    @Override protected String decode(byte[] bytes) {
      return new String(bytes);
    }

    @Override protected CompletableFuture<?> keep(byte[] value) {
      steps.add(isStale() ? "keep stale" : "keep");
      return kept;
    }

    @Override protected void end() {
      assertThat(loads.size()).as("off the table before its watch ends").isZero();
      steps.add("end");
    }
  }

  private CompletableFuture<Optional<String>> call(ByHand load) {
    return loads.loadAsync(0, KEY, load);
  }

  private static Throwable failure(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    return Outcome.of(future).failure();
  }

  @AfterEach void nothingIsLeft_andWhatHasBegunHasEndedOnce() {
    assertThat(loads.isEmpty()).isTrue();
    assertThat(Waits.count()).isZero();
    for (ByHand each : made) {
      long ends = each.steps.stream().filter("end"::equals).count();
      assertThat(ends).as("%s", each.steps).isEqualTo(each.steps.contains("begin") ? 1 : 0);
    }
  }

  @Test void theSteps_followEachOther_andWhoWaitsTakesNone() {
    ByHand first = new ByHand();
    ByHand second = new ByHand();
    CompletableFuture<Optional<String>> loading = call(first);
    CompletableFuture<Optional<String>> waiting = call(second);
    first.begun.complete(null);
    first.loaded.complete("v");
    assertThat(loads.size()).isEqualTo(1);
    assertThat(waiting).isNotDone();
    first.kept.complete(null);
    assertThat(loading).isCompletedWithValue(Optional.of("v"));
    assertThat(waiting).isCompletedWithValue(Optional.of("v"));
    assertThat(first.steps).containsExactly("begin", "make", "keep", "end");
    assertThat(second.steps).isEmpty();
  }

  @Test void keysAndDatabases_areApart() {
    ByHand first = new ByHand();
    ByHand second = new ByHand();
    call(first);
    loads.loadAsync(1, KEY, second);
    assertThat(loads.size()).isEqualTo(2);
    loads.close();
    first.begun.complete("too late".getBytes());
    second.begun.complete("too late".getBytes());
  }

  @Test void aValueThatCameMeanwhile_isTheResult_andNothingIsLoaded() {
    ByHand first = new ByHand();
    CompletableFuture<Optional<String>> loading = call(first);
    ByHand second = new ByHand();
    CompletableFuture<Optional<String>> waiting = call(second);
    first.begun.complete("there".getBytes());
    assertThat(loading).isCompletedWithValue(Optional.of("there"));
    second.get.complete(Optional.of("there"));
    assertThat(waiting).isCompletedWithValue(Optional.of("there"));
    assertThat(first.steps).containsExactly("begin", "end");
    assertThat(second.steps).containsExactly("get");
  }

  @Test void aValueReadBeforeADelete_isNotGivenToWhoCallsAfterIt() {
    loads.spoil(0, KEY); // a delete is about to be sent: there is nothing yet to make stale
    ByHand first = new ByHand();
    CompletableFuture<Optional<String>> loading = call(first); // and reads before the delete arrives
    ByHand second = new ByHand();
    CompletableFuture<Optional<String>> after = call(second); // the delete has arrived, the first does not know yet
    first.begun.complete("old".getBytes());
    assertThat(loading).as("called before the delete was over").isCompletedWithValue(Optional.of("old"));
    second.get.complete(Optional.empty());
    second.begun.complete(null);
    second.loaded.complete("new");
    second.kept.complete(null);
    assertThat(after).isCompletedWithValue(Optional.of("new"));
  }

  @Test void aReadThatFails_isTheCallersOwnAffair_andWhoWaitsTriesForHimself() {
    ByHand first = new ByHand();
    ByHand second = new ByHand();
    CompletableFuture<Optional<String>> failing = call(first);
    CompletableFuture<Optional<String>> waiting = call(second);
    ConnectionException lost = new ConnectionException("lost", false, null);
    first.begun.completeExceptionally(lost);
    assertThat(failure(failing)).isSameAs(lost);
    assertThat(second.steps).containsExactly("get");
    second.get.complete(Optional.empty());
    second.begun.complete(null);
    second.loaded.complete("v");
    second.kept.complete(null);
    assertThat(waiting).isCompletedWithValue(Optional.of("v"));
  }

  @Test void aValueThatIsRefused_isReturnedToAll() {
    ByHand first = new ByHand();
    CompletableFuture<Optional<String>> loading = call(first);
    CompletableFuture<Optional<String>> waiting = call(new ByHand());
    first.begun.complete(null);
    first.loaded.complete("v");
    first.kept.completeExceptionally(new MemoryLimitException("full"));
    assertThat(loading).isCompletedWithValue(Optional.of("v"));
    assertThat(waiting).isCompletedWithValue(Optional.of("v"));
  }

  @Test void anErrorWhileItIsKept_isSeenByAll() {
    ByHand first = new ByHand();
    CompletableFuture<Optional<String>> loading = call(first);
    CompletableFuture<Optional<String>> waiting = call(new ByHand());
    first.begun.complete(null);
    first.loaded.complete("v");
    OutOfMemoryError error = new OutOfMemoryError("played");
    first.kept.completeExceptionally(error);
    assertThat(failure(loading)).isSameAs(error);
    assertThat(failure(waiting)).isSameAs(error);
  }

  @Test void whoComesAfterAChange_waitsForTheEnd_whateverThatIs_andReadsAgain() {
    ByHand stale = new ByHand();
    ByHand after = new ByHand();
    CompletableFuture<Optional<String>> loading = call(stale);
    CompletableFuture<Optional<String>> before = call(new ByHand());
    loads.spoil(0, Bytes.of("other"));
    loads.spoil(1, KEY);
    assertThat(stale.isStale()).isFalse();
    loads.spoil(0, KEY);
    CompletableFuture<Optional<String>> reading = call(after);
    stale.begun.complete(null);
    IllegalStateException mine = new IllegalStateException("mine");
    stale.loaded.completeExceptionally(mine);
    assertThat(failure(loading)).isSameAs(mine);
    assertThat(failure(before)).isSameAs(mine);
    after.get.complete(Optional.of("new"));
    assertThat(reading).isCompletedWithValue(Optional.of("new"));
  }

  @Test void spoilAll_spoilsAll() {
    ByHand first = new ByHand();
    call(first);
    loads.spoilAll();
    first.begun.complete(null);
    first.loaded.complete("v");
    first.kept.complete(null);
    assertThat(first.steps).containsExactly("begin", "make", "keep stale", "end");
  }

  @Test void settle_waitsForWhatIsOnItsWayIntoTheStore_andForNothingElse() {
    ByHand first = new ByHand();
    call(first);
    first.begun.complete(null);
    loads.settle(0, KEY);
    loads.settleAll();
    first.loaded.complete("v");
    LinkedBlockingQueue<String> settled = new LinkedBlockingQueue<>();
    Thread one = Engines.start(() -> {
      loads.settle(0, KEY);
      settled.add("one");
    });
    Thread all = Engines.start(() -> {
      loads.settleAll();
      settled.add("all");
    });
    Engines.awaitBlocked(one);
    Engines.awaitBlocked(all);
    assertThat(settled).isEmpty();
    first.kept.complete(null);
    Engines.finish(one);
    Engines.finish(all);
    assertThat(settled).containsExactlyInAnyOrder("one", "all");
  }

  @Test void closing_endsAllAtOnce_whateverTheirStep_andRefusesNewOnes() {
    List<CompletableFuture<?>> all = new ArrayList<>();
    List<ByHand> steps = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ByHand each = new ByHand();
      steps.add(each);
      all.add(loads.loadAsync(i, KEY, each));
      all.add(loads.loadAsync(i, KEY, new ByHand()));
    }
    steps.get(1).begun.complete(null);
    steps.get(2).begun.complete(null);
    steps.get(2).loaded.complete("v");
    loads.close();
    all.forEach(each -> assertThat(failure(each)).isInstanceOf(ClosedException.class));
    steps.get(0).begun.completeExceptionally(new ClosedException("by the door"));
    steps.get(1).loaded.complete("too late");
    steps.get(1).kept.completeExceptionally(new ClosedException("by the door"));
    steps.get(2).kept.complete(null);
    made.removeIf(each -> each.steps.isEmpty());
    assertThat(failure(call(new ByHand()))).isInstanceOf(ClosedException.class);
    made.remove(made.size() - 1); // it has ended without a beginning
  }

  @Test void stepsThatThrow_areFailures_andNothingStays() {
    Load<String> throwing = new Load<>() {
      private IllegalStateException no() {
        return new IllegalStateException("no");
      }

      @Override protected CompletableFuture<Optional<String>> get() {
        throw no();
      }

      @Override protected CompletableFuture<byte[]> begin() {
        throw no();
      }

      @Override protected CompletionStage<String> make() {
        throw no();
      }

      @Override protected byte[] encode(String value) {
        throw no();
      }

      @Override protected String decode(byte[] bytes) {
        throw no();
      }

      @Override protected CompletableFuture<?> keep(byte[] value) {
        throw no();
      }

      @Override protected void end() {}
    };
    assertThat(failure(loads.loadAsync(0, KEY, throwing))).hasMessage("no");
    assertThatThrownBy(() -> loads.load(0, KEY, throwing)).hasMessage("no");
    ByHand first = new ByHand();
    call(first);
    CompletableFuture<Optional<String>> again = loads.loadAsync(0, KEY, throwing);
    first.begun.completeExceptionally(new ConnectionException("lost", false, null));
    assertThat(failure(again)).hasMessage("no");
    ByHand second = new ByHand();
    call(second);
    CompletableFuture<Optional<String>> decoding = loads.loadAsync(0, KEY, throwing);
    second.begun.complete("there".getBytes());
    assertThat(failure(decoding)).hasMessage("no");
  }

  @Test void aThousandWhoWait_areServedByOneAfterTheOther_withoutAStackFullOfThem() {
    ByHand first = new ByHand();
    call(first);
    loads.spoil(0, KEY);
    List<CompletableFuture<Optional<String>>> all = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) { // each, called after the change, reads again and finds nothing to load
      ByHand each = new ByHand();
      each.get.complete(Optional.empty());
      each.begun.complete(null);
      each.loaded.complete(null);
      all.add(call(each));
    }
    first.begun.complete(null);
    first.loaded.complete(null);
    assertThat(all).allMatch(each -> each.join().isEmpty());
  }
}
