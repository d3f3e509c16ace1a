package io.qcache.client.wire;

import io.qcache.TimedOutException;
import io.qcache.resp.Reply;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One connection, for any number of threads: requests go out in the order they were given, and their replies come back
 * in that order.  Whoever finds no writer at work becomes the writer and sends what all have queued, one system call
 * for many requests; the others only append.  With many requests on their way nobody writes at all: the connection's
 * own thread does when the next replies have come, for all who have queued until then, and who waits behind many loses
 * nothing by it.  A writer never blocks, so that an interrupt of the caller's thread can't harm the socket: what the
 * socket does not take is left to the connection's thread too, which also reads, and completes calls.
 *
 * <p>Connecting runs on that thread too: until it is done requests are queued, and they are lost unsent if it fails.
 * A lost connection stays lost.
 */
public final class Connection {
  private static final int MOST_ROUNDS = 16;
  private static final int MANY_ON_THEIR_WAY = 64;
  private static final int MOST_QUEUED_BYTES = 16 << 20;
  private static final BooleanSupplier NEVER = () -> false;

  /** A request and what waits for its reply. */
  public record Sent(Request request, Call call) {}

  private record InFlight(Call call, long start) {}

  private final Settings settings;
  private final ConnectionThread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final CountDownLatch greeted = new CountDownLatch(1);
  private final Queue<InFlight> inFlight = new ConcurrentLinkedQueue<>(); // added to under the lock
  private final Outgoing outgoing = new Outgoing();
  private int selected;           // the database of the last SELECT sent; guarded by the lock
  private volatile boolean ready; // greeted; written under the lock
  private boolean writing;        // somebody is the writer; guarded by the lock
  private int waitingForRoom;     // guarded by the lock
  private long appended;          // requests; guarded by the lock
  private long taken;             // requests that a writer has taken; guarded by the lock
  private volatile long answered; // requests; written by the connection's thread
  private long endedAtNanos;      // by the settings' clock; written before the loss
  private volatile Loss loss;     // written under the lock

  private Connection(
      Settings settings, int highestDatabase, Consumer<Reply> receiver, Consumer<Connection> whenLost) {
    this.settings = settings;
    this.selected = settings.database();
    this.thread = new ConnectionThread(this, settings, highestDatabase, receiver, whenLost);
  }

  /**
   * Begins to connect.  {@code whenLost} runs on the connection's thread when it has ended.  With a {@code receiver} the
   * connection is only {@link #tell told}, and all that comes after the greeting goes there, on that thread; without
   * one, null, each reply is for its call.
   */
  static Connection open(
      Settings settings, int highestDatabase, Consumer<Reply> receiver, Consumer<Connection> whenLost) {
    Connection connection = new Connection(settings, highestDatabase, receiver, whenLost);
    connection.thread.start();
    return connection;
  }

  /** Waits until the server has let us in; throws why it did not. */
  public void awaitGreeted() {
    try {
      // Connecting limits itself; the second is for a machine that is busy.
      if (!greeted.await(settings.connectTimeout().toMillis() + 1000, TimeUnit.MILLISECONDS)) {
        throw new TimedOutException("connecting to " + settings.address(), settings.connectTimeout());
      }
    } catch (InterruptedException e) {
      throw Waiter.interrupted("connecting to " + settings.address() + " was interrupted");
    }
    requireOpen();
  }

  public boolean isOpen() {
    return loss == null;
  }

  /** Whether the caller is the thread that completes this connection's calls: it must wait for none of them. */
  public boolean isOwnThread() {
    return thread.isCurrent();
  }

  /** The server may say nothing for long: a command that blocks is under way. */
  void expectSilence(boolean expected) {
    thread.expectSilence(expected);
  }

  /** Sends a request to a database.  Throws, having sent nothing, if the connection is lost. */
  public void send(int database, Request request, Call call) {
    send(database, List.of(new Sent(request, call)));
  }

  /** Sends requests in one step: nobody's come between them. */
  public void send(int database, List<Sent> all) {
    sendUnless(NEVER, database, all);
  }

  /**
   * Sends them unless that holds when it is their turn, and says whether it did.  So of two callers, one of whom makes it
   * hold before it sends something, the other sends before that or not at all.  It is asked under the lock.
   */
  public boolean sendUnless(BooleanSupplier no, int database, List<Sent> all) {
    boolean writer;
    lock.lock();
    try {
      awaitRoom();
      requireOpen();
      if (no.getAsBoolean()) {
        return false;
      }
      if (database != selected) {
        select(database);
      }
      for (Sent sent : all) {
        append(sent.request, sent.call);
      }
      writer = becomesWriter();
    } finally {
      lock.unlock();
    }
    if (writer) {
      write();
    }
    return true;
  }

  /** Sends a request for whose reply no call waits.  Throws, having sent nothing, if the connection is lost. */
  public void tell(Request request) {
    boolean writer;
    lock.lock();
    try {
      awaitRoom();
      requireOpen();
      outgoing.append(request.array(), request.size());
      appended++;
      writer = becomesOnlyWriter();
    } finally {
      lock.unlock();
    }
    if (writer) {
      write();
    }
  }

  /** Asks whether there is such a database, and goes back to the one before in the same step. */
  void probe(int database, Call call) {
    int before;
    lock.lock();
    try {
      before = selected;
    } finally {
      lock.unlock();
    }
    send(before, List.of(new Sent(Greeting.select(database), call), new Sent(Greeting.select(before), new Selected())));
  }

  private void requireOpen() {
    if (loss != null) {
      throw loss.exception(false);
    }
  }

  private void select(int database) {
    append(Greeting.select(database), new Selected());
    selected = database;
  }

  private void append(Request request, Call call) {
    long start = outgoing.appended();
    outgoing.append(request.array(), request.size());
    inFlight.add(new InFlight(call, start)); // before the lock is given up, so before its reply can come
    appended++;
  }

  /** A server that does not read makes callers wait here, all but the thread that has to read its replies. */
  private void awaitRoom() {
    if (outgoing.queuedBytes() < MOST_QUEUED_BYTES || isOwnThread()) {
      return;
    }
    waitingForRoom++;
    try {
      long left = settings.commandTimeout().toNanos();
      while (outgoing.queuedBytes() >= MOST_QUEUED_BYTES && loss == null) {
        if (left <= 0) {
          throw new TimedOutException("room to send to " + settings.address(), settings.commandTimeout());
        }
        left = room.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw Waiter.interrupted("waiting for room to send was interrupted: nothing was sent");
    } finally {
      waitingForRoom--;
    }
  }

  /**
   * Whether the caller is the writer now: if there is no other, the server has let us in, and not so many are on their
   * way that their replies will make the thread write soon.  Under the lock.
   */
  private boolean becomesWriter() {
    return taken - answered < MANY_ON_THEIR_WAY && becomesOnlyWriter();
  }

  private boolean becomesOnlyWriter() {
    boolean writer = ready && !writing;
    writing |= writer;
    return writer;
  }

  /** Replies have come: what was left for now goes out.  The count first: who leaves a request later has seen it. */
  void answered(int count) {
    answered += count;
    boolean writer;
    lock.lock();
    try {
      writer = appended > taken && becomesOnlyWriter();
    } finally {
      lock.unlock();
    }
    if (writer) {
      write();
    }
  }

  /**
   * The writer's work: to send until nothing is queued.  After some rounds, or if the socket is full, the thread goes
   * on.
   */
  void write() {
    try {
      for (int round = 0; round < MOST_ROUNDS && outgoing.writeTo(thread.line()); round++) {
        if (!nextRound()) {
          return;
        }
      }
      thread.takeOver();
    } catch (Throwable failure) { // whatever it is, without a writer nothing would ever be sent again
      thread.failed(failure);
    }
  }

  private boolean nextRound() {
    lock.lock();
    try {
      writing = outgoing.swap();
      taken = appended;
      if (waitingForRoom > 0) {
        room.signalAll();
      }
      return writing;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the server has let us in. */
  public boolean wasGreeted() {
    return ready;
  }

  /** Ends it soon: waiting calls get {@code ClosedException}. */
  public void end() {
    end(Loss.closed());
    thread.wake();
  }

  /** Ends it and waits for its thread, unless called by it. */
  void close() {
    end();
    thread.join();
  }

  /** Why it ended, or null. */
  Loss loss() {
    return loss;
  }

  /** When it ended, by the clock of the settings. */
  long endedAtNanos() {
    return endedAtNanos;
  }

  /** Connected and greeted: what was queued meanwhile goes out. */
  void ready() {
    lock.lock();
    try {
      ready = true;
      writing = true;
    } finally {
      lock.unlock();
    }
    greeted.countDown();
    write();
  }

  /** The call that the next reply is for; null if nobody waits for one. */
  Call next() {
    InFlight next = inFlight.poll();
    return next == null ? null : next.call;
  }

  /** The call whose reply is due first, left where it is: for telling whether it changes. */
  Object first() {
    return inFlight.peek();
  }

  private void end(Loss why) {
    lock.lock();
    try {
      if (loss == null) {
        endedAtNanos = settings.nanoTime().getAsLong();
        loss = why;
      }
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all calls.  The socket is closed already, so that no byte goes out any more that is not counted. */
  void ended(Loss why) {
    end(why);
    greeted.countDown();
    long offered = outgoing.offered();
    for (InFlight left = inFlight.poll(); left != null; left = inFlight.poll()) {
      tell(left, left.start < offered);
    }
  }

  private void tell(InFlight left, boolean mayHaveRun) {
    try {
      left.call.lost(loss, mayHaveRun);
    } catch (RuntimeException | Error thrown) {
      // Somebody's continuation; the others still have to be told.
    }
  }

  /**
   * Waits for the reply to a SELECT.  If it fails, the requests behind it run in the wrong database: nothing may
   * follow.
   */
  private static final class Selected implements Call {
    @Override public void reply(Reply reply) {
      if (reply instanceof Reply.ErrorReply error) {
        throw Loss.refused(error.line()).exception(true);
      }
    }

    @Override public void lost(Loss why, boolean mayHaveRun) {}
  }
}
