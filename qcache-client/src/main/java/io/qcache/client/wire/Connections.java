package io.qcache.client.wire;

import io.qcache.Failure;
import io.qcache.TimedOutException;
import io.qcache.resp.Reply;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * All connections of one client: the one that callers share, and a small pool of others for who needs one alone.
 * Thread-safe.
 */
public final class Connections {
  private final Settings settings;
  private final SharedConnection shared;
  private final Pool pool;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger highestDatabase; // that the server has shown to have
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean closed;             // written under the lock

  public Connections(Settings settings) {
    this.settings = settings;
    this.highestDatabase = new AtomicInteger(settings.database());
    this.shared = new SharedConnection(settings, this);
    this.pool = new Pool(settings, this);
  }

  public Settings settings() {
    return settings;
  }

  /** The connection for all, perhaps one that is being made; never waits for the server. */
  public Connection shared() {
    requireOpen();
    return shared.get();
  }

  /** The same for who is going to wait for its replies; throws IllegalStateException on the thread that reads them. */
  public Connection sharedToWaitFor() {
    Connection connection = shared();
    if (connection.isOwnThread()) {
      throw new IllegalStateException("the connection's thread would wait for itself: continue by …Async methods");
    }
    return connection;
  }

  /** Connects the shared one now, and waits for it; throws why that failed. */
  public void connect() {
    shared().awaitGreeted();
  }

  /**
   * A connection for the caller alone, to be closed by it.
   *
   * @throws TimedOutException when all stay in use for the command timeout
   */
  public Lease lease() {
    shared(); // while the server is away, its pause after a failed attempt is for these too
    return pool.lease();
  }

  /** Throws {@code ClosedException} if the client is closed. */
  public void requireOpen() {
    if (closed) {
      throw Loss.closed().exception(false);
    }
  }

  /** Throws the server's refusal if it has no database of that index; asks it the first time. */
  public void requireDatabase(int index) {
    requireOpen();
    if (index < 0) {
      throw Failure.DATABASE_OUT_OF_RANGE.exception();
    }
    if (index <= highestDatabase.get()) {
      return;
    }
    Waiter waiter = Waiter.of("SELECT");
    sharedToWaitFor().probe(index, waiter);
    if (waiter.await("SELECT", settings.commandTimeout()) instanceof Reply.ErrorReply error) {
      throw Failure.of(error.line());
    }
    highestDatabase.accumulateAndGet(index, Math::max);
  }

  /** Begins to make a connection. */
  Connection open() {
    return open(null, open::remove);
  }

  /**
   * Begins to make a connection that is only told, and whose replies, whatever they are, go to the receiver; to be ended
   * by the caller.  {@code whenLost} is called when it has ended.
   */
  public Connection openReceiving(Consumer<Reply> receiver, Consumer<Connection> whenLost) {
    return open(receiver, lost -> {
      open.remove(lost);
      whenLost.accept(lost);
    });
  }

  private Connection open(Consumer<Reply> receiver, Consumer<Connection> whenLost) {
    lock.lock();
    try {
      requireOpen();
      Connection made = Connection.open(settings, highestDatabase.get(), receiver, whenLost);
      open.add(made);
      if (!made.isOpen()) { // already, so its thread may have looked for it in vain
        open.remove(made);
      }
      return made;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all of them, and the calls that wait for them; a second call does nothing. */
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        pool.close();
      }
    } finally {
      lock.unlock();
    }
    open.forEach(Connection::end);
    open.forEach(Connection::close);
  }
}
