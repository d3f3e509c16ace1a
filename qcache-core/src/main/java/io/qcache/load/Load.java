package io.qcache.load;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What one call of {@code getOrLoad} brings: how its door reads, loads and keeps the value of its key.  Its steps run
 * one after the other, on whatever thread completed the one before; {@link #isStale} is asked by any thread at any time.
 * For {@link Loads#load} every step returns a completed stage, having waited itself.  A step may throw instead of
 * returning a stage that failed.
 *
 * <p>{@code begin}, {@code make}, {@code keep} and {@code end} run only if the call becomes the one that loads.
 *
 * @param <V> what the caller's codec makes of the value's bytes
 */
public abstract class Load<V> {
  private volatile boolean stale;
  private Flight<V> flight; // of the one who runs the steps

  /** Reads the value as {@code get} does: a load that this call waited for came to nothing. */
  protected abstract CompletableFuture<Optional<V>> get();

  /**
   * Reads the value once more, null where it is still missing.  Then whatever is called from before that read on and
   * changes or deletes the key makes this stale; what it finds there is shared with nobody.
   */
  protected abstract CompletableFuture<byte[]> begin();

  /** Runs the user's loader; null in the stage is "there is none".  Under no lock. */
  protected abstract CompletionStage<? extends V> make();

  /** The value's bytes, which the caller owns. */
  protected abstract byte[] encode(V value);

  /** The value of bytes that others read too. */
  protected abstract V decode(byte[] bytes);

  /** Sets the key, unless this is stale: that decision and the write are one step. */
  protected abstract CompletableFuture<?> keep(byte[] value);

  /**
   * Off the table, for a {@code keep} that does this in one step with its write: who comes from here on finds the value in the
   * store, or loads.  Takes no lock but that of a map's bin.
   */
  protected final void leave() {
    flight.leave();
  }

  final void by(Flight<V> flight) {
    this.flight = flight;
  }

  /** Gives back what {@link #begin} took; called once, on every way out. */
  protected abstract void end();

  /** Whether the key has been changed or deleted since {@link #begin}. */
  protected boolean isStale() {
    return stale;
  }

  /** Makes it stale for good. */
  final void spoil() {
    stale = true;
  }
}
