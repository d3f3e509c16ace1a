package io.qcache.keyspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.FakeClock;
import io.qcache.ValueType;
import io.qcache.change.Unit;
import io.qcache.engine.Cause;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import io.qcache.engine.Engines.Recorder;
import io.qcache.engine.Event;
import io.qcache.engine.Slice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stripe and its sections by themselves; the engine gives the clock, the hash and the queue. */
class StripeTest {
  private final FakeClock clock = new FakeClock();
  private final Engine engine = Engine.open(Engines.settings(1, clock).executor(Runnable::run));
  private final Stripe stripe = new Stripe(engine, 0, 2);

  @AfterEach void close() {
    engine.close();
  }

  private static Slice key(String text) {
    return new Slice().wrap(text.getBytes(UTF_8));
  }

  private static int insert(Section section, String key, long deadlineMillis) {
    int record = section.records().put(
        key(key), Records.NONE, ValueType.STRING, key.getBytes(UTF_8), 0, key.length(), deadlineMillis);
    section.isNew(key(key));
    return record;
  }

  private boolean isFree() {
    boolean[] free = new boolean[1];
    Thread other = new Thread(() -> {
      stripe.acquire();
      free[0] = true;
      stripe.release();
    });
    other.setDaemon(true);
    other.start();
    if (stripe.isHeld()) {
      Engines.awaitBlocked(other);
      return false;
    }
    Engines.finish(other);
    return free[0];
  }

  @Test void holds_nest_andTheLastReleaseUnlocks() {
    stripe.acquire();
    stripe.acquire();
    stripe.release();
    assertThat(stripe.isHeld()).isTrue();
    assertThat(isFree()).isFalse();
    assertThat(stripe.beginRead()).as("reads what it holds").isZero();
    stripe.endRead(0);
    stripe.release();
    assertThat(stripe.isHeld()).isFalse();
    assertThat(isFree()).isTrue();
  }

  @Test void readers_readTogether_andWritersWaitForThem() {
    long stamp = stripe.beginRead();
    assertThat(stamp).isNotZero();
    Engines.finish(new Thread(() -> stripe.endRead(stripe.beginRead())));
    Thread writer = Engines.start(() -> {
      stripe.acquire();
      stripe.release();
    });
    Engines.awaitBlocked(writer);
    stripe.endRead(stamp);
    Engines.finish(writer);
  }

  @Test void changes_areNotEvenMade_whileNobodySubscribes() {
    Unit unit = new Unit();
    stripe.acquire(unit);
    insert(stripe.section(0), "k", Deadline.NONE);
    stripe.section(0).changed(Event.SET, key("k"), Cause.WRITTEN);
    stripe.section(0).changedWhole(Event.FLUSH, Cause.DELETED);
    assertThat(unit.isEmpty()).isTrue();
    engine.subscribe(new Recorder(), 10);
    stripe.section(0).changed(Event.SET, key("k"), Cause.WRITTEN);
    assertThat(unit.isEmpty()).isFalse();
    stripe.releaseByPlan();
  }

  @Test void theChangesOfAHold_goToTheQueueWithItsEnd() {
    Recorder recorder = new Recorder();
    engine.subscribe(recorder, 10);
    stripe.acquire();
    insert(stripe.section(1), "k", Deadline.NONE);
    stripe.acquire();
    stripe.section(1).changed(Event.SET, key("k"), Cause.WRITTEN);
    stripe.release();
    assertThat(recorder.take()).isEmpty();
    stripe.release();
    assertThat(recorder.take()).containsExactly("1 k new WRITTEN", "1 k set WRITTEN");
  }

  @Test void aHoldThatChangesNothing_handsNothingOver() {
    Recorder recorder = new Recorder();
    engine.subscribe(recorder, 10);
    stripe.acquire();
    stripe.section(0).find(key("none"));
    stripe.release();
    assertThat(recorder.take()).isEmpty();
  }

  @Test void sections_appearWhenWrittenTo() {
    assertThat(stripe.sectionOrNull(0)).isNull();
    stripe.acquire();
    Section section = stripe.section(0);
    stripe.release();
    assertThat(stripe.sectionOrNull(0)).isSameAs(section);
    assertThat(stripe.sectionOrNull(1)).isNull();
  }

  @Test void peek_changesNothing_andFindTakesAwayWhatIsDue() {
    stripe.acquire();
    Section section = stripe.section(0);
    Records records = section.records();
    insert(section, "k", FakeClock.START + 10);
    clock.step(9);
    assertThat(records.peek(key("k"))).isNotEqualTo(Records.NONE);
    clock.step(1);
    assertThat(records.peek(key("k"))).isEqualTo(Records.NONE);
    assertThat(records.size()).isEqualTo(1);
    assertThat(records.sizeWithDeadline()).isEqualTo(1);
    assertThat(section.find(key("k"))).isEqualTo(Records.NONE);
    assertThat(records.size()).isZero();
    assertThat(records.sizeWithDeadline()).isZero();
    assertThat(section.expired()).isEqualTo(1);
    stripe.release();
  }

  @Test void expire_handlesNoMoreThanASliceOfEachDatabase() {
    stripe.acquire();
    for (int i = 0; i < 20; i++) {
      insert(stripe.section(i % 2), "k" + i, FakeClock.START + i);
    }
    stripe.release();
    assertThat(stripe.nextMillis()).isEqualTo(FakeClock.START);
    clock.step(15);
    int left = 20;
    for (boolean more = true; more; ) {
      more = stripe.expire(FakeClock.START + 15, 3);
      int now = stripe.sectionOrNull(0).records().size() + stripe.sectionOrNull(1).records().size();
      assertThat(left - now).isBetween(0, 6);
      left = now;
    }
    assertThat(left).isEqualTo(4);
    assertThat(stripe.nextMillis()).isEqualTo(FakeClock.START + 16);
    assertThat(isFree()).isTrue();
  }

  @Test void whenToLookForWhatIsDue_isPublishedWhenTheStripeIsGivenBack() {
    stripe.acquire();
    int record = insert(stripe.section(0), "k", FakeClock.START + 50);
    assertThat(stripe.nextMillis()).isEqualTo(Deadline.NONE);
    stripe.release();
    assertThat(stripe.nextMillis()).isEqualTo(FakeClock.START + 50);
    stripe.acquire(new Unit());
    stripe.section(0).records().remove(key("k"), record);
    stripe.releaseByPlan();
    clock.step(50);
    assertThat(stripe.expire(FakeClock.START + 50, 10)).as("what the hint was for is gone").isFalse();
    assertThat(stripe.nextMillis()).isEqualTo(Deadline.NONE);
  }

  @Test void taking_anotherStripe_isAnAssertionError() {
    Stripe other = new Stripe(engine, 1, 1);
    stripe.acquire();
    assertThatThrownBy(other::acquire).isInstanceOf(AssertionError.class).hasMessageContaining("stripe 1");
    assertThatThrownBy(() -> other.acquire(new Unit())).isInstanceOf(AssertionError.class);
    assertThatThrownBy(other::beginRead).isInstanceOf(AssertionError.class);
    stripe.release();
    other.acquire();
    other.release();
  }
}
