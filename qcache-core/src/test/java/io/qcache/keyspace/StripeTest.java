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

  private static Entry insert(Section section, String key) {
    return section.insert(key(key), ValueType.STRING, key.getBytes(UTF_8), 0, key.length());
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
    insert(stripe.section(0), "k");
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
    insert(stripe.section(1), "k");
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
    section.setDeadline(insert(section, "k"), FakeClock.START + 10);
    clock.step(9);
    assertThat(section.peek(key("k"))).isNotNull();
    clock.step(1);
    assertThat(section.peek(key("k"))).isNull();
    assertThat(section.size()).isEqualTo(1);
    assertThat(section.sizeWithDeadline()).isEqualTo(1);
    assertThat(section.find(key("k"))).isNull();
    assertThat(section.size()).isZero();
    assertThat(section.sizeWithDeadline()).isZero();
    assertThat(section.expired()).isEqualTo(1);
    stripe.release();
  }

  @Test void expire_takesNoMoreThanASlice_overAllDatabases() {
    stripe.acquire();
    for (int i = 0; i < 10; i++) {
      Section section = stripe.section(i % 2);
      section.setDeadline(insert(section, "k" + i), FakeClock.START + i);
    }
    stripe.release();
    assertThat(stripe.nextMillis()).isEqualTo(FakeClock.START);
    assertThat(stripe.expire(FakeClock.START + 7, 6)).isEqualTo(6);
    assertThat(stripe.expire(FakeClock.START + 7, 6)).isEqualTo(2);
    assertThat(stripe.expire(FakeClock.START + 7, 6)).isZero();
    assertThat(stripe.nextMillis()).isEqualTo(FakeClock.START + 8);
    assertThat(isFree()).isTrue();
  }

  @Test void theEarliestDeadline_isPublishedWhenTheStripeIsGivenBack() {
    stripe.acquire();
    Section section = stripe.section(0);
    Entry entry = insert(section, "k");
    section.setDeadline(entry, FakeClock.START + 50);
    assertThat(stripe.nextMillis()).isEqualTo(Deadline.NONE);
    stripe.release();
    assertThat(stripe.nextMillis()).isEqualTo(FakeClock.START + 50);
    stripe.acquire(new Unit());
    section.remove(entry);
    stripe.releaseByPlan();
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
