package io.qcache.client.channels;

import io.qcache.Bytes;
import io.qcache.ClosedException;
import io.qcache.ConnectionException;
import io.qcache.QCacheException;
import io.qcache.TimedOutException;
import io.qcache.client.wire.Backoff;
import io.qcache.client.wire.Connection;
import io.qcache.client.wire.Connections;
import io.qcache.client.wire.Request;
import io.qcache.client.wire.Settings;
import io.qcache.pubsub.Arrival;
import io.qcache.pubsub.Inbox;
import io.qcache.resp.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All subscriptions of a client, over one connection of their own, which comes with the first of them and goes with the
 * last.  A daemon thread keeps it: it connects, subscribes to everything again after a loss, tells the subscriptions of
 * that, and asks a server that is silent whether it is there.  Thread-safe.
 *
 * <pre>
 *   server ── push ──► the connection's thread ── by the name ──► Topic ──► Inbox, Inbox, …
 *                                              └─ confirmation ──► the head of {@code asked}
 * </pre>
 *
 * Messages are found their way without the lock; it guards what is subscribed to, and the order of requests.
 */
public final class Relay {
  private static final int JOIN_MILLIS = 5_000;

  /** A request on its way, in the order of the replies: to subscribe to a topic, or another, where that is null. */
  private record Asked(Topic topic) {}

  private final Connections connections;
  private final Settings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Bytes, Topic> channels = new ConcurrentHashMap<>(); // written under the lock
  private final Map<Bytes, Topic> patterns = new ConcurrentHashMap<>(); // written under the lock
  private final ArrayDeque<Asked> asked = new ArrayDeque<>();           // guarded by the lock
  private final Backoff backoff;
  private Connection connection;    // greeted; guarded by the lock
  private Thread thread;            // guarded by the lock
  private long failures;            // attempts to connect; guarded by the lock
  private QCacheException failure;  // of the last attempt that failed; guarded by the lock
  private boolean closed;           // guarded by the lock
  private volatile long heardNanos; // when the server last said something

  public Relay(Connections connections) {
    this.connections = connections;
    this.settings = connections.settings();
    this.backoff = new Backoff(settings.nanoTime());
  }

  private Map<Bytes, Topic> topics(boolean arePatterns) {
    return arePatterns ? patterns : channels;
  }

  // For subscriptions

  /**
   * Subscribes, and waits until the server has confirmed.  What has come so far is in the inbox then.
   *
   * @throws QCacheException where it cannot; then nothing is subscribed to
   * @throws IllegalStateException on the thread that reads the confirmations
   */
  public void enter(boolean patternsAreMeant, Collection<Bytes> names, Inbox inbox) {
    boolean done = false;
    try {
      awaitConfirmed(add(patternsAreMeant, names, inbox));
      done = true;
    } finally {
      if (!done) {
        leave(patternsAreMeant, names, inbox);
      }
    }
  }

  private List<Topic> add(boolean arePatterns, Collection<Bytes> names, Inbox inbox) {
    List<Topic> all = new ArrayList<>();
    lock.lock();
    try {
      requireOpen();
      if (connection != null && connection.isOwnThread()) {
        throw new IllegalStateException("the connection's thread would wait for itself: give listeners an executor");
      }
      for (Bytes name : names) {
        Topic topic = topics(arePatterns).get(name);
        boolean isNew = topic == null;
        if (isNew) {
          topic = new Topic(arePatterns, name);
        }
        topic.add(inbox);
        if (isNew) {
          topics(arePatterns).put(name, topic);
          subscribe(topic);
        }
        all.add(topic);
      }
      if (thread == null && !all.isEmpty()) {
        thread = new Thread(this::run, "qcache-client " + settings.address() + " subscriptions");
        thread.setDaemon(true);
        thread.start();
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  private void awaitConfirmed(List<Topic> topics) {
    long left = settings.commandTimeout().toNanos();
    lock.lock();
    try {
      long failuresBefore = failures;
      while (!topics.stream().allMatch(Topic::isAnswered)) {
        requireOpen();
        if (failures != failuresBefore) {
          throw failure instanceof ConnectionException
              ? new ConnectionException(failure.getMessage(), false, failure) : failure;
        }
        if (left <= 0) {
          throw new TimedOutException("SUBSCRIBE", settings.commandTimeout());
        }
        left = changed.awaitNanos(left);
      }
      topics.forEach(Topic::requireNotRefused);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QCacheException("subscribing was interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw clientIsClosed();
    }
  }

  private static ClosedException clientIsClosed() {
    return new ClosedException("the client is closed");
  }

  /** Unsubscribes from what nobody else here is subscribed to. */
  public void leave(boolean patternsAreMeant, Collection<Bytes> names, Inbox inbox) {
    lock.lock();
    try {
      for (Bytes name : names) {
        Topic topic = topics(patternsAreMeant).get(name);
        if (topic != null) {
          topic.remove(inbox);
          if (topic.isEmpty()) {
            topics(patternsAreMeant).remove(name);
            ask(new Asked(null), patternsAreMeant ? "PUNSUBSCRIBE" : "UNSUBSCRIBE", topic);
          }
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void subscribe(Topic topic) {
    ask(new Asked(topic), topic.isPattern ? "PSUBSCRIBE" : "SUBSCRIBE", topic);
  }

  /** Sends a request, where there is a connection; without one it is made up for when there is. */
  private void ask(Asked what, String command, Topic topic) {
    if (connection == null) {
      return;
    }
    Request request = topic == null
        ? new Request(command, 0) : new Request(command, 1).argument(topic.name.toArray());
    asked.add(what);
    try {
      connection.tell(request);
    } catch (QCacheException lost) {
      asked.clear(); // the thread will find that out, and begin anew
    }
  }

  // The connection

  /** The thread's work, as long as there are subscriptions. */
  private void run() {
    while (isNeeded()) {
      Connection current = null;
      long openedAt = settings.nanoTime().getAsLong();
      try {
        current = connections.openReceiving(this::received, this::woken);
        current.awaitGreeted();
        use(current);
        awaitLoss(current);
      } catch (QCacheException failed) {
        failed(failed);
      }
      drop(current, openedAt);
    }
  }

  private boolean isNeeded() {
    lock.lock();
    try {
      boolean needed = !closed && hasTopics();
      if (!needed) {
        thread = null;
      }
      return needed;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasTopics() {
    return !channels.isEmpty() || !patterns.isEmpty();
  }

  private void use(Connection greeted) {
    heardNanos = settings.nanoTime().getAsLong();
    lock.lock();
    try {
      connection = greeted;
      asked.clear();
      interrupted().forEach(Inbox::interrupted); // before anything that the new connection brings
      channels.values().forEach(this::subscribe);
      patterns.values().forEach(this::subscribe);
    } finally {
      lock.unlock();
    }
  }

  /** Those that had begun over an earlier connection. */
  private Set<Inbox> interrupted() {
    Set<Inbox> all = new LinkedHashSet<>();
    for (Map<Bytes, Topic> topics : List.of(channels, patterns)) {
      for (Topic topic : topics.values()) {
        if (topic.hasBegun) {
          all.addAll(List.of(topic.inboxes()));
        }
      }
    }
    return all;
  }

  /** Waits for the end of the connection or of all subscriptions, and asks a server that has been silent. */
  private void awaitLoss(Connection current) {
    long half = Math.max(1, settings.longestSilence().toNanos() / 2);
    boolean pinged = false;
    lock.lock();
    try {
      while (current.isOpen() && !closed && hasTopics()) {
        long silent = settings.nanoTime().getAsLong() - heardNanos;
        if (silent < half) {
          pinged = false;
        } else if (!pinged) {
          pinged = true;
          ask(new Asked(null), "PING", null);
        } else if (silent >= 2 * half) {
          return;
        }
        changed.await(half / 2 + 1, TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      // nobody has this thread to interrupt it; it looks again what is to be done
    } finally {
      lock.unlock();
    }
  }

  private void drop(Connection current, long openedAt) {
    boolean wasGreeted = current != null && current.wasGreeted();
    if (current != null) {
      current.end();
    }
    lock.lock();
    try {
      connection = null;
      asked.clear();
      channels.values().forEach(Topic::unconfirm);
      patterns.values().forEach(Topic::unconfirm);
    } finally {
      lock.unlock();
    }
    long now = settings.nanoTime().getAsLong();
    backoff.lost(wasGreeted, now - openedAt, now);
    pause();
  }

  private void pause() {
    lock.lock();
    try {
      for (long left = backoff.left(); left > 0 && !closed && hasTopics(); left = backoff.left()) {
        changed.await(left, TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      // as above
    } finally {
      lock.unlock();
    }
  }

  private void failed(QCacheException why) {
    lock.lock();
    try {
      failures++;
      failure = why;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void woken(Connection lost) {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // What comes

  /** By the connection's thread.  A server of RESP2 sends arrays where others push. */
  private void received(Reply reply) {
    heardNanos = settings.nanoTime().getAsLong();
    boolean isPush = reply instanceof Reply.Push || reply instanceof Reply.ArrayReply;
    List<Reply> parts = isPush ? reply.asList() : List.of();
    String kind = parts.isEmpty() ? "" : parts.get(0).asText();
    switch (kind) {
      case "message" -> deliver(channels, parts, 1);
      case "pmessage" -> deliver(patterns, parts, 2);
      default -> answered(reply, kind);
    }
  }

  private static void deliver(Map<Bytes, Topic> topics, List<Reply> parts, int channel) {
    byte[] name = parts.get(1).asBytes();
    Topic topic = topics.get(Bytes.copyOf(name));
    if (topic != null) {
      topic.deliver(new Arrival(parts.get(channel).asBytes(), parts.get(channel + 1).asBytes(),
          channel == 1 ? null : name));
    }
  }

  private void answered(Reply reply, String kind) {
    if (reply instanceof Reply.Push && !kind.endsWith("subscribe")) {
      return; // what nobody here has asked for
    }
    lock.lock();
    try {
      Asked head = asked.poll();
      if (head != null && head.topic != null) {
        head.topic.answered(reply);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends all subscriptions, and waits for the thread. */
  public void close() {
    Thread running;
    lock.lock();
    try {
      closed = true;
      running = thread;
      for (Map<Bytes, Topic> topics : List.of(channels, patterns)) {
        for (Topic topic : topics.values()) {
          for (Inbox inbox : topic.inboxes()) {
            inbox.end(Relay::clientIsClosed);
          }
        }
      }
      if (connection != null) {
        connection.end();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    join(running);
  }

  private static void join(Thread running) {
    if (running == null || running == Thread.currentThread()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      running.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
