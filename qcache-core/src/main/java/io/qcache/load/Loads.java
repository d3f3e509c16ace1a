package io.qcache.load;

import io.qcache.Bytes;
import io.qcache.ClosedException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The loads under way in one cache: at most one for each key, whoever asks.  Thread-safe.
 * <pre>
 *   get, a miss ─► on the table? ─no─► put it there ─► get again ─► loader ─► keep, unless stale ─► off the table
 *                       │yes                              └─ a hit: that is its result, who waits asks again
 *                       └─► wait for its bytes and decode them; if it was stale already, wait for its end and ask again
 * </pre>
 * - The second get is what makes one load of many calls: who missed, was held up, and finds the table empty may have
 *   missed a whole load; its value is in the store.
 * - What callers share is bytes, so that each decodes by its own codec and gets a value of its own.
 * - A load is stale once its key was changed or deleted.  Who called before that gets what it loads, who calls after it
 *   must not: he waits for it to end, so that loads of a key never overlap, and then there is the new value or a fresh
 *   load.  A stale load keeps nothing.
 * - The user's code runs under no lock and in no bin of a map: nothing that it does, a load of other keys included, can
 *   block others.  A circle of loads is refused by {@link Waits}.
 *
 * <p>A get that hits never comes here.  There are as many entries as loads are under way; each goes on every way out.
 */
public final class Loads {
  /** A key of a database.  Ordered, so that a map of keys that collide on purpose stays a tree. */
  record Key(int database, Bytes bytes) implements Comparable<Key> {
    @Override public int compareTo(Key other) {
      int byDatabase = Integer.compare(database, other.database);
      return byDatabase != 0 ? byDatabase : bytes.compareTo(other.bytes);
    }
  }

  private static final int CELLS = 16; // of the count of those under way, so that threads seldom share one
  private static final int APART = 16; // a cache line

  private final ConcurrentHashMap<Key, Flight<?>> flights = new ConcurrentHashMap<>();
  private final AtomicIntegerArray underWay = new AtomicIntegerArray(CELLS * APART);
  private volatile boolean closed;

  /** How many are under way. */
  public int size() {
    return flights.size();
  }

  /**
   * Loads the key, whose value was found missing, or waits for who does.  What the loader throws is thrown as it is, to
   * every caller.
   *
   * @throws IllegalStateException where the load would wait for itself
   */
  public <V> Optional<V> load(int database, Bytes key, Load<V> load) {
    Key wanted = new Key(database, key);
    while (true) {
      CompletableFuture<Optional<V>> own = new CompletableFuture<>();
      Flight<V> mine = new Flight<>(this, wanted, load, own);
      Flight<?> other = enter(mine);
      if (other == null) {
        mine.run();
        return Outcome.of(own).valueOrThrow();
      }
      byte[] bytes = resultFor(other);
      if (bytes != Flight.AGAIN) {
        return optional(load, bytes);
      }
      Optional<V> there = Outcome.of(load.get()).valueOrThrow();
      if (there.isPresent()) {
        return there;
      }
    }
  }

  private static byte[] resultFor(Flight<?> other) {
    boolean stale = other.isStale(); // now: what happens while we wait comes after our call
    Outcome<byte[]> outcome = Waits.await(other);
    return stale ? Flight.AGAIN : outcome.valueOrThrow();
  }

  /** The same by a future; failures are the future's. */
  public <V> CompletableFuture<Optional<V>> loadAsync(int database, Bytes key, Load<V> load) {
    CompletableFuture<Optional<V>> own = new CompletableFuture<>();
    join(new Key(database, key), load, own);
    return own;
  }

  private <V> void join(Key wanted, Load<V> load, CompletableFuture<Optional<V>> own) {
    Flight<V> mine = new Flight<>(this, wanted, load, own);
    Flight<?> other = enter(mine);
    if (other == null) {
      mine.run();
    } else if (other.runner() == Thread.currentThread()) {
      own.completeExceptionally(Waits.circle());
    } else {
      boolean stale = other.isStale();
      other.result().whenComplete((bytes, failure) -> {
        if (stale || bytes == Flight.AGAIN) {
          again(wanted, load, own);
        } else {
          complete(own, load, bytes, failure);
        }
      });
    }
  }

  private <V> void again(Key wanted, Load<V> load, CompletableFuture<Optional<V>> own) {
    CompletableFuture<Optional<V>> read;
    try {
      read = load.get();
    } catch (Throwable failure) {
      read = CompletableFuture.failedFuture(failure);
    }
    read.whenComplete((there, failure) -> {
      if (failure != null) {
        own.completeExceptionally(failure);
      } else if (there.isPresent()) {
        own.complete(there);
      } else {
        join(wanted, load, own);
      }
    });
  }

  private static <V> void complete(
      CompletableFuture<Optional<V>> own, Load<V> load, byte[] bytes, Throwable failure) {
    if (failure != null) {
      own.completeExceptionally(failure);
      return;
    }
    try {
      own.complete(optional(load, bytes));
    } catch (Throwable ofCodec) {
      own.completeExceptionally(ofCodec);
    }
  }

  private static <V> Optional<V> optional(Load<V> load, byte[] bytes) {
    return bytes == null ? Optional.empty() : Optional.of(load.decode(bytes));
  }

  /** Puts it on the table, unless there is one of the key: that one, or null. */
  private Flight<?> enter(Flight<?> flight) {
    underWay.incrementAndGet(flight.cell()); // first: nobody is to find the table empty while it is on it
    Flight<?> other = flights.putIfAbsent(flight.key(), flight);
    if (other != null) {
      underWay.decrementAndGet(flight.cell());
    }
    return other;
  }

  void remove(Flight<?> flight) {
    if (flights.remove(flight.key(), flight)) {
      underWay.decrementAndGet(flight.cell());
    }
  }

  /** The cell that the calling thread counts in. */
  static int cell() {
    return (System.identityHashCode(Thread.currentThread()) & CELLS - 1) * APART;
  }

  // For a door whose store does not tell of changes: it says what it is about to change

  /** Whether there is none under way, so that nothing needs saying. */
  public boolean isEmpty() {
    // The map's own count is a sum of cells that are not read at one instant; here each has all of those it counts.
    for (int i = 0; i < CELLS; i++) {
      if (underWay.get(i * APART) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Makes a load of the key stale, if there is one: the key is about to be changed or deleted. */
  public void spoil(int database, Bytes key) {
    Flight<?> flight = flights.get(new Key(database, key));
    if (flight != null) {
      flight.spoil();
    }
  }

  /** Makes all of them stale. */
  public void spoilAll() {
    flights.values().forEach(Flight::spoil);
  }

  /**
   * Waits until nothing is on its way into the store that {@link #spoil} came too late for: for who makes the change
   * that it has told of on a way that could overtake.
   */
  public void settle(int database, Bytes key) {
    Flight<?> flight = flights.get(new Key(database, key));
    if (flight != null) {
      settle(flight);
    }
  }

  /** The same of all of them. */
  public void settleAll() {
    flights.values().forEach(Loads::settle);
  }

  private static void settle(Flight<?> flight) {
    if (flight.isKeeping()) {
      Waits.await(flight);
    }
  }

  void requireOpen() {
    if (closed) {
      throw new ClosedException("the cache is closed");
    }
  }

  /** Ends them all for those who wait, with {@link ClosedException}. */
  public void close() {
    closed = true;
    flights.values().forEach(Flight::close);
  }
}
