package io.qcache.engine;

import static io.qcache.engine.Engines.get;
import static io.qcache.engine.Engines.isFree;
import static io.qcache.engine.Engines.isTaken;
import static io.qcache.engine.Engines.keyIn;
import static io.qcache.engine.Engines.set;
import static io.qcache.engine.Engines.slice;
import static io.qcache.engine.Engines.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.keyspace.Section;
import org.junit.jupiter.api.Test;

/** Runs, as all tests do, with {@code -Dqcache.checks=true}. */
class PlanTest {
  private final Engine engine = Engines.open(4);
  private final Database db = engine.database(0);
  private final String inFirst = keyIn(engine, 0, "a");
  private final String inSecond = keyIn(engine, 1, "b");
  private final String inThird = keyIn(engine, 2, "c");

  @Test void aPlan_holdsItsStripes_andNoOthers() {
    try (Plan held = engine.plan().add(slices(inFirst, "value", inThird), 0, 2).acquire()) {
      assertThat(engine.stripe(0).isHeld()).isTrue();
      assertThat(engine.stripe(1).isHeld()).isFalse();
      assertThat(engine.stripe(2).isHeld()).isTrue();
      Engines.finish(new Thread(() -> set(db, inSecond, "by another")));
      assertThat(isTaken(engine)).isTrue();
    }
    assertThat(engine.stripe(0).isHeld()).isFalse();
    assertThat(isFree(engine)).isTrue();
  }

  @Test void operationsWithinAPlan_findItHeld_andLeaveItHeld() {
    try (Plan held = engine.plan().all().acquire()) {
      StringOps.setAll(db, slices(inFirst, "1", inSecond, "2"), 0);
      KeyOps.rename(db, slice(inFirst), slice(inThird), false);
      assertThat(get(db, inThird)).isEqualTo("1");
      assertThat(KeyOps.size(db)).isEqualTo(2);
      KeyOps.clear(db);
      assertThat(engine.stripe(0).isHeld()).isTrue();
      assertThat(isTaken(engine)).isTrue();
    }
    assertThat(isFree(engine)).isTrue();
  }

  @Test void aSecondPlanOfOtherStripes_isAnAssertionError_andTheFirstGoesOn() {
    try (Plan held = engine.plan().add(slice(inSecond)).acquire()) {
      assertThatThrownBy(() -> engine.plan().add(slice(inFirst)).acquire()).isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> engine.plan().all().acquire()).isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> engine.plan().add(slice(inSecond)).add(slice(inThird)).acquire())
          .as("nested, but with more than is held").isInstanceOf(AssertionError.class);
      set(db, inSecond, "x");
    }
    assertThat(isFree(engine)).as("what the refused ones had taken is given back").isTrue();
  }

  @Test void aStripeOrAPlan_beyondTheStripeHeld_isAnAssertionError() {
    try (Section section = db.write(slice(inSecond))) {
      assertThatThrownBy(() -> db.write(slice(inFirst))).isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> engine.plan().add(slice(inFirst)).acquire()).isInstanceOf(AssertionError.class);
    }
    assertThat(isFree(engine)).isTrue();
  }

  @Test void readingOrWritingBeyondThePlan_isAnAssertionError() { // a reader that waits there can wait in a circle
    try (Plan held = engine.plan().add(slice(inSecond)).acquire()) {
      assertThatThrownBy(() -> get(db, inFirst)).isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> set(db, inThird, "x")).isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> KeyOps.size(db)).isInstanceOf(AssertionError.class);
      assertThatThrownBy(() -> KeyOps.random(db, new ValueList())).isInstanceOf(AssertionError.class);
    }
    assertThat(get(db, inFirst)).isNull();
    assertThat(isFree(engine)).isTrue();
  }

  @Test void aClosedPlan_isEmpty_andCanBeFilledAgain() {
    Plan plan = engine.plan();
    plan.add(slice(inFirst)).acquire();
    plan.close();
    plan.close();
    plan.add(slice(inThird));
    plan.close(); // never acquired
    try (Plan held = plan.add(slice(inSecond)).acquire()) {
      assertThat(engine.stripe(0).isHeld()).isFalse();
      assertThat(engine.stripe(1).isHeld()).isTrue();
      assertThat(engine.stripe(2).isHeld()).isFalse();
    }
    assertThat(isFree(engine)).isTrue();
  }

  @Test void anEmptyPlan_holdsNothing() {
    try (Plan held = engine.plan().acquire()) {
      assertThat(isFree(engine)).isTrue();
    }
    assertThat(KeyOps.exists(db, slices(), 0)).isZero();
    StringOps.setAll(db, slices(), 0);
  }

  @Test void aPlan_isTakenOnce() {
    try (Plan held = engine.plan().add(slice(inFirst)).acquire()) {
      assertThatThrownBy(held::acquire).isInstanceOf(AssertionError.class);
    }
    assertThat(isFree(engine)).isTrue();
  }

  @Test void manyStripes_areAllTaken() { // more than a word of bits
    Engine wide = Engines.open(256);
    try (Plan held = wide.plan().all().acquire()) {
      for (int i = 0; i < wide.stripes(); i++) {
        assertThat(wide.stripe(i).isHeld()).isTrue();
      }
    }
    String key = keyIn(wide, 200, "k");
    try (Plan held = wide.plan().add(slice(key)).acquire()) {
      assertThat(wide.stripe(200).isHeld()).isTrue();
      assertThat(wide.stripe(200 & 63).isHeld()).isFalse();
    }
    assertThat(isFree(wide)).isTrue();
  }
}
