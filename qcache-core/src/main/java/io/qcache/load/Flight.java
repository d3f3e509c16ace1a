package io.qcache.load;

import io.qcache.ClosedException;
import io.qcache.QCacheException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * A load under way: begin, make, keep, each when the one before is complete, and an end whatever happens.  Steps run on
 * one thread at a time; all else is for any thread.
 */
final class Flight<V> {
  /** The result where nothing came of it for those who wait: they ask again. */
  static final byte[] AGAIN = {};

  private final Loads loads;
  private final Loads.Key key;
  private final Load<V> load;
  private final CompletableFuture<Optional<V>> own; // of the call that loads, perhaps in the user's hands
  private final CompletableFuture<byte[]> result = new CompletableFuture<>(); // of those who wait; never handed out
  private volatile Thread runner; // that is in the user's code now
  private volatile boolean keeping;
  private final int cell = Loads.cell();
  private boolean left; // the table

  Flight(Loads loads, Loads.Key key, Load<V> load, CompletableFuture<Optional<V>> own) {
    this.loads = loads;
    this.key = key;
    this.load = load;
    this.own = own;
  }

  Loads.Key key() {
    return key;
  }

  /** Where it is counted. */
  int cell() {
    return cell;
  }

  /** The bytes of the value; null for none, {@link #AGAIN}, or the loader's failure. */
  CompletableFuture<byte[]> result() {
    return result;
  }

  /** The thread that runs the loader, null where none does. */
  Thread runner() {
    return runner;
  }

  /** Whether what it loads may be older than a change of the key. */
  boolean isStale() {
    return load.isStale();
  }

  void spoil() {
    load.spoil();
  }

  /** Whether its value may be on the way into the store; asked after {@link #spoil}, no is for good. */
  boolean isKeeping() {
    return keeping;
  }

  void run() {
    load.by(this);
    CompletableFuture<byte[]> begun;
    try {
      loads.requireOpen();
      begun = load.begin();
    } catch (Throwable failure) {
      begun(null, failure);
      return;
    }
    then(begun, this::begun);
  }

  /** Goes on with what a stage came to, at once where that is known. */
  private static <T> void then(CompletionStage<T> stage, BiConsumer<? super T, Throwable> next) {
    if (stage instanceof CompletableFuture<T> future && future.isDone() && !future.isCompletedExceptionally()) {
      next.accept(future.join(), null);
    } else {
      stage.whenComplete(next);
    }
  }

  private void begun(byte[] there, Throwable failure) {
    if (failure != null) { // the caller's own, an interrupt say: those who wait try for themselves
      finish(AGAIN, null);
      own.completeExceptionally(cause(failure));
    } else if (there != null) {
      // For this call alone: a change that was called before we were on the table may come after this read, and who calls
      // after that change may wait for us.
      finish(AGAIN, null);
      completeOwn(there);
    } else {
      make();
    }
  }

  private void completeOwn(byte[] there) {
    try {
      own.complete(Optional.of(load.decode(there)));
    } catch (Throwable ofCodec) {
      own.completeExceptionally(ofCodec);
    }
  }

  private void make() {
    CompletionStage<? extends V> made;
    runner = Thread.currentThread();
    try {
      made = Objects.requireNonNull(load.make(), "the loader's stage");
    } catch (Throwable ofLoader) {
      runner = null;
      fail(ofLoader);
      return;
    }
    runner = null;
    then(made, this::made);
  }

  private void made(V value, Throwable failure) {
    if (failure != null) {
      fail(cause(failure));
    } else if (value == null) {
      finish(null, null);
      own.complete(Optional.empty());
    } else {
      keep(value);
    }
  }

  private void keep(V value) {
    byte[] bytes;
    runner = Thread.currentThread();
    try {
      bytes = load.encode(value);
    } catch (Throwable ofCodec) {
      runner = null;
      fail(ofCodec);
      return;
    }
    runner = null;
    keeping = true; // before the step asks whether it is stale
    CompletableFuture<?> kept;
    try {
      kept = load.keep(bytes);
    } catch (Throwable failure) {
      kept(value, bytes, failure);
      return;
    }
    then(kept, (nothing, failure) -> kept(value, bytes, failure));
  }

  private void kept(V value, byte[] bytes, Throwable failure) {
    Throwable reason = cause(failure);
    boolean refused = reason instanceof QCacheException && !(reason instanceof ClosedException);
    if (reason == null || refused) { // a value that there was no room for, say, is a value still
      finish(bytes, null);
      own.complete(Optional.of(value));
    } else {
      fail(reason);
    }
  }

  private void fail(Throwable failure) {
    finish(null, failure);
    own.completeExceptionally(failure);
  }

  void leave() {
    left = true;
    loads.remove(this);
  }

  /**
   * The way out.  Off the table first: who comes from here on finds the value in the store, or loads.  Then it is noted
   * for good whether it was stale, as that may be forgotten with the end, and somebody may hold it in his hands still.
   */
  private void finish(byte[] bytes, Throwable failure) {
    if (!left) {
      leave();
    }
    try {
      if (load.isStale()) {
        load.spoil();
      }
      load.end();
    } finally {
      if (failure == null) {
        result.complete(bytes);
      } else {
        result.completeExceptionally(failure);
      }
    }
  }

  /** The cache is closed: nobody waits any longer.  The loader runs on, for nobody. */
  void close() {
    ClosedException closed = new ClosedException("the cache was closed while the value was loaded");
    loads.remove(this);
    result.completeExceptionally(closed);
    own.completeExceptionally(closed);
  }

  /** What a stage failed with, out of the wrapping of the stages behind it. */
  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
  }
}
