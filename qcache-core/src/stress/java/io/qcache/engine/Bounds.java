package io.qcache.engine;

import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * How long Lincheck looks: about ten seconds a test on two idle cores; multiplied by {@code -Dqcache.stress=N} for a
 * long night.
 */
final class Bounds {
  private static final int TIMES = Integer.getInteger("qcache.stress", 1);

  private Bounds() {}

  /** Real threads. */
  static StressOptions stress() {
    return new StressOptions().threads(2).actorsPerThread(4).actorsBefore(2).actorsAfter(1)
        .iterations(8 * TIMES).invocationsPerIteration(400);
  }

  /** Every switch from one thread to another, one after the other, up to the bound. */
  static ModelCheckingOptions modelChecking() {
    return new ModelCheckingOptions().threads(2).actorsPerThread(2).actorsBefore(2).actorsAfter(1)
        .iterations(4 * TIMES).invocationsPerIteration(30)
        // It knows no views of byte arrays, so it can't switch between two of these accesses; it can before and after.
        .addGuarantee(ManagedStrategyGuaranteeKt.forClasses("io.qcache.keyspace.RecordLayout", "io.qcache.keyspace.KeyedHash",
            "io.qcache.keyspace.SipHash", "io.qcache.engine.Slice").allMethods().ignore());
  }
}
