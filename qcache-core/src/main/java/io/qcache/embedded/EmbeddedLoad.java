package io.qcache.embedded;

import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.LoadWatch;
import io.qcache.engine.Signal;
import io.qcache.engine.Slice;
import io.qcache.engine.ValueList;
import io.qcache.load.Load;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A load into an engine.  Its key is watched from before the second get until it is kept, as in a transaction, but here
 * a delete that finds nothing counts too.  Every step is complete when it returns, but for a loader of stages.
 */
final class EmbeddedLoad<V> extends Load<V> {
  /** The user's loader, of the key. */
  interface Making<V> {
    CompletionStage<? extends V> make();
  }

  private static final CompletableFuture<byte[]> MISSING = CompletableFuture.completedFuture(null);

  private final Coded<?, V> coded;
  private final Supplier<Optional<V>> get;
  private final long liveMillis; // or FOR_EVER
  private final Making<V> making;
  private final LoadWatch watch;

  EmbeddedLoad(Coded<?, V> coded, Supplier<Optional<V>> get, Slice key, long liveMillis, Making<V> making) {
    this.coded = coded;
    this.get = get;
    this.liveMillis = liveMillis;
    this.making = making;
    this.watch = new LoadWatch(coded.database(), key);
  }

  @Override protected CompletableFuture<Optional<V>> get() {
    return CompletableFuture.completedFuture(get.get());
  }

  @Override protected CompletableFuture<byte[]> begin() {
    coded.requireOpen();
    ValueList out = new ValueList();
    try {
      if (watch.addIfMissing(out)) {
        return MISSING;
      }
    } catch (Signal signal) {
      throw signal.failure().exception();
    }
    return CompletableFuture.completedFuture(out.only());
  }

  @Override protected CompletionStage<? extends V> make() {
    return making.make();
  }

  @Override protected byte[] encode(V value) {
    return coded.valueNow(value).clone(); // those who wait will read it, and the codec may use its array again
  }

  @Override protected V decode(byte[] bytes) {
    return coded.decode(bytes);
  }

  @Override protected CompletableFuture<?> keep(byte[] value) {
    coded.requireOpen();
    try {
      watch.setUnlessTouched(new Slice().wrap(value), deadline(coded.database().engine()), this::leave);
    } catch (Signal signal) {
      throw signal.failure().exception();
    }
    return MISSING;
  }

  private long deadline(Engine engine) {
    return liveMillis == EmbeddedLoads.FOR_EVER ? Deadline.NONE : Deadline.of(liveMillis, false, true, engine.nowMillis());
  }

  @Override protected boolean isStale() {
    return watch.isFlagged() || super.isStale();
  }

  @Override protected void end() {
    watch.end();
  }
}
