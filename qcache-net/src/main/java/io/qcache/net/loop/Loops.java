package io.qcache.net.loop;

import io.qcache.log.WriteLog;
import io.qcache.net.option.Option;
import io.qcache.net.transport.Entrance;
import io.qcache.net.transport.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All event loops of a server; the first one accepts.  When one dies the others end too: a server that accepts and does
 * not answer is worse than none.  Thread-safe.
 */
public final class Loops {
  private static final long STOP_NANOS = 9_000_000_000L; // to be done within ten seconds
  private static final int MOST_LOGGED = 100;            // kinds of failures

  private final Server server;
  private final EventLoop[] loops;
  private final List<Entrance> entrances;
  private final AtomicLong failures = new AtomicLong();
  private final Buffers buffers;
  private final Set<String> logged = new HashSet<>(); // guarded by itself
  private final CountDownLatch running;
  private volatile WriteLog log;
  private volatile boolean dead;
  private volatile boolean ending;

  private Loops(Server server, List<Entrance> entrances) throws IOException {
    this.server = server;
    this.entrances = entrances;
    buffers = new Buffers(server.options());
    loops = new EventLoop[(int) server.options().number(Option.EVENT_LOOPS)];
    running = new CountDownLatch(loops.length);
    for (int i = 0; i < loops.length; i++) {
      loops[i] = new EventLoop(this, i);
    }
    for (Entrance entrance : entrances) {
      loops[0].add(new Listener(this, entrance));
    }
  }

  /**
   * Listens as the options say; the loops are still to be started.
   *
   * @throws IOException naming what cannot be listened on
   */
  public static Loops open(Server server) throws IOException {
    reserveDescriptors(server);
    List<Entrance> entrances = Entrance.openAll(server.options(), server.log());
    try {
      return new Loops(server, entrances);
    } catch (IOException | RuntimeException | Error e) {
      entrances.forEach(Entrance::close);
      throw e;
    }
  }

  /** So that connections never take the last ones, which files and loops need. */
  private static void reserveDescriptors(Server server) {
    long most = Descriptors.clients((int) server.options().number(Option.EVENT_LOOPS));
    long wanted = server.options().possibleClients(most);
    if (wanted >= 0) {
      server.log().log(Level.WARNING, "the system allows so few open files that maxclients is " + most + " and not "
          + wanted);
    }
  }

  public void start() {
    for (EventLoop loop : loops) {
      loop.start();
    }
  }

  /** The port that is listened on, 0 for none. */
  public int port() {
    return port(true);
  }

  /** The port that is listened on for TLS, 0 for none. */
  public int tlsPort() {
    return port(false);
  }

  private int port(boolean plain) {
    for (Entrance entrance : entrances) {
      if (entrance.port() != 0 && entrance.isPlain() == plain) {
        return entrance.port();
      }
    }
    return 0;
  }

  /** Open connections. */
  public int connections() {
    int sum = 0;
    for (EventLoop loop : loops) {
      sum += loop.share();
    }
    return sum;
  }

  /** How many connections have ended because something threw. */
  public long failures() {
    return failures.get();
  }

  /** Whether it serves. */
  public boolean isOpen() {
    return !ending;
  }

  /** What the connections hold. */
  Buffers buffers() {
    return buffers;
  }

  Server server() {
    return server;
  }

  EventLoop loop(int i) {
    return loops[i];
  }

  /** The log that replies wait for from now on; null for none. */
  public void log(WriteLog next) {
    log = next;
  }

  WriteLog log() {
    return log;
  }

  // Connections

  /** To the loop that has the fewest. */
  void dealOut(Transport transport) {
    EventLoop idlest = loops[0];
    for (EventLoop loop : loops) {
      if (loop.share() < idlest.share()) {
        idlest = loop;
      }
    }
    idlest.adopt(transport);
  }

  /** How many handshakes each loop may have under way. */
  int handshakesOfEach() {
    return (int) (server.options().number(Option.TLS_MAX_HANDSHAKES) + loops.length - 1) / loops.length;
  }

  static void close(Closeable channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // nothing that could be done about it
    }
  }

  // Failures

  /** A connection is being closed because of that: counted, and each kind is logged once. */
  void failed(Throwable thrown, Connection connection) {
    failures.incrementAndGet();
    StackTraceElement[] trace = thrown.getStackTrace();
    String kind = thrown.getClass().getName() + (trace.length > 0 ? " at " + trace[0] : "");
    boolean isNew;
    synchronized (logged) {
      isNew = logged.size() < MOST_LOGGED && logged.add(kind);
    }
    if (isNew) {
      server.log().log(Level.ERROR, "closed " + connection.remoteAddress()
          + " because its connection failed at " + Thread.currentThread().getName()
          + "; the same is not logged again", thrown);
    }
  }

  /** A loop is about to die: the server is open no more.  Whether it is the first, which is to tell. */
  boolean isFirstToDie() {
    synchronized (logged) {
      boolean isFirst = !dead;
      dead = true;
      ending = true;
      return isFirst;
    }
  }

  /** A loop has died because of that; the others end. */
  void died(EventLoop loop, Throwable reason) {
    try {
      server.died(reason, loop.getName());
    } finally {
      endLoops(0);
    }
  }

  // The end

  /** Answers what has been read and ends, within ten seconds.  From a loop of its own it does not wait for that. */
  public void close() {
    ending = true;
    endLoops(dead ? 0 : STOP_NANOS);
    if (Thread.currentThread() instanceof EventLoop own && own.isOf(this)) {
      return;
    }
    boolean interrupted = false;
    while (true) {
      try {
        running.await(STOP_NANOS + TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS);
        break;
      } catch (InterruptedException e) {
        interrupted = true; // it ends all the same: nobody must find it half closed
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void endLoops(long nanos) {
    for (EventLoop loop : loops) {
      loop.end(nanos);
    }
  }

  void ended() {
    running.countDown();
  }

  /** Waits until all loops have ended. */
  public void await() throws InterruptedException {
    running.await();
  }
}
