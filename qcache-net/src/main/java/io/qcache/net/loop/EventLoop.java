package io.qcache.net.loop;

import io.qcache.engine.NeverWaits;
import io.qcache.log.WriteLog;
import io.qcache.net.transport.TlsBuffers;
import io.qcache.net.transport.Transport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A thread that serves its share of the connections: it reads, runs and writes them itself, and nobody else does.
 *
 * <pre>
 *   a round    select ─ read each ready connection once, run them, stage their replies ─ mail ─ second turns ─ send
 *              └─ at most once a second: a tick, from which all timeouts are counted
 * </pre>
 *
 * All replies of a round leave together at its end: a log is written before any of them ({@link CommitPoint}).
 *
 * <p>Ticks are not caught up on.  So when the process has been stopped for an hour only a second or two have passed for
 * the timeouts, and what has come in meanwhile is read before anybody is found idle.
 *
 * <p>A connection that throws is closed, and the loop goes on.  It keeps some memory in reserve, which it gives up when
 * there is no other, so that what has failed can be closed and told; when memory fails it twice within a second
 * and no connection holds any, it ends.
 *
 * <p>{@link #post} is for any thread, all else for the loop.
 */
final class EventLoop extends Thread implements NeverWaits, Consumer<SelectionKey> {
  private static final long TICK_NANOS = 1_000_000_000L;
  private static final long STOPPING_MILLIS = 20; // between two looks at what is left to send
  private static final long STAYS = 0;            // select waits for ever
  private static final int RESERVE_BYTES = 256 << 10;

  private final Loops loops;
  private final Mailbox mailbox;
  private final AtomicInteger share = new AtomicInteger();
  private final SpinGuard spinGuard = new SpinGuard();
  private final ChunkPool pool = new ChunkPool();
  private final ArrayList<Connection> connections = new ArrayList<>();
  private final Handshakes handshakes = new Handshakes();
  private final Alarms alarms = new Alarms();
  private final ArrayList<Listener> listeners = new ArrayList<>();
  private CommitPoint commit; // null while there has been no log
  private long wrote;         // the last unit of the turn at hand; 0 for none
  private ArrayDeque<Connection> again = new ArrayDeque<>();
  private ArrayDeque<Connection> turns = new ArrayDeque<>();
  private volatile Selector selector;
  private Inbound inbound;    // with the first connection
  private Together together;
  private Outbound outbound;
  private TlsBuffers tlsBuffers; // with the first connection that needs them
  private int tick;
  private long tickNanos = System.nanoTime();
  private volatile boolean stopping; // late mail is delivered by others
  private long stopNanos;     // when what is unsent is given up
  private boolean ended;
  private byte[] reserve = new byte[RESERVE_BYTES]; // null between an OutOfMemoryError and the next tick

  EventLoop(Loops loops, int number) throws IOException {
    super(null, null, "qcache-loop-".concat(Integer.toString(number)), 0, false);
    setDaemon(false);
    this.loops = loops;
    this.selector = Selector.open();
    this.mailbox = new Mailbox(selector);
  }

  // Parts, for its connections

  Server server() {
    return loops.server();
  }

  ChunkPool pool() {
    return pool;
  }

  Inbound inbound() {
    return inbound;
  }

  Together together() {
    return together;
  }

  Outbound outbound() {
    return outbound;
  }

  TlsBuffers tlsBuffers() {
    if (tlsBuffers == null) {
      tlsBuffers = new TlsBuffers();
    }
    return tlsBuffers;
  }

  int tick() {
    return tick;
  }

  boolean isStopping() {
    return stopping;
  }

  Buffers buffers() {
    return loops.buffers();
  }

  /** Wakes the connection in so many milliseconds. */
  void wakeIn(Connection connection, long millis) {
    alarms.set(connection, System.nanoTime(), millis);
  }

  /** Gives the connection another turn in the next round. */
  void again(Connection connection) {
    again.add(connection);
  }

  void log(Level level, String message, Connection about) {
    loops.server().log().log(level, message.concat(": ").concat(about.remoteAddress()));
  }

  /** To be called when the connection is closed, and has given back what it held. */
  void failed(Throwable thrown, Connection connection) {
    try {
      if (thrown instanceof OutOfMemoryError) {
        reserve = null;
        buffers().giveUpLargest();
      }
      loops.failed(thrown, connection);
    } catch (OutOfMemoryError exhausted) {
      reserve = null; // then it is not told
    }
  }

  // From other threads

  /** Delivers the mail soon, at the loop; not at all where it has ended. */
  void post(Mail mail) {
    mailbox.post(mail, Thread.currentThread() == this);
  }

  /** How many connections it has, or is about to have. */
  int share() {
    return share.get();
  }

  boolean isOf(Loops group) {
    return loops == group;
  }

  /** Gives it a connection. */
  void adopt(Transport transport) {
    share.incrementAndGet();
    try {
      post(new Arrival(this, transport));
    } catch (Throwable thrown) {
      share.decrementAndGet();
      throw thrown;
    }
  }

  /** Sends what has been read and is to be replied, within that time, and ends. */
  void end(long nanos) {
    post(new Stop(this, System.nanoTime() + nanos));
  }

  /** Its thread must not have been started. */
  void add(Listener listener) throws IOException {
    listener.register(selector);
    listeners.add(listener);
  }

  private record Arrival(EventLoop loop, Transport transport) implements Mail {
    @Override public void deliver() {
      loop.arrived(transport);
    }
  }

  private record Stop(EventLoop loop, long nanos) implements Mail {
    @Override public void deliver() {
      loop.stop(nanos);
    }
  }

  // The rounds

  @Override public void run() {
    boolean isFirst = false;
    Throwable reason = null;
    try {
      while (!ended) {
        roundOrReserve();
      }
    } catch (Throwable thrown) {
      reserve = null;
      reason = thrown;
      isFirst = loops.isFirstToDie();
    }
    try {
      closeAll(); // before anything is told, which takes memory
    } finally {
      try {
        if (isFirst) {
          loops.died(this, reason);
        }
      } finally {
        loops.ended();
      }
    }
  }

  private void roundOrReserve() throws IOException {
    try {
      round();
    } catch (OutOfMemoryError exhausted) { // outside of any connection
      if (reserve == null && !giveUpLargest()) {
        throw exhausted;
      }
      reserve = null;
    }
  }

  /** Closes the connection that holds the most, if that is more than a little; whether there was one. */
  private boolean giveUpLargest() {
    try {
      if (buffers().giveUpLargest()) {
        return true;
      }
    } catch (OutOfMemoryError exhausted) {
      // to find one among all, and to send for it, takes memory itself; to close one of its own takes none
    }
    Connection largest = null;
    long most = Chunk.BYTES;
    for (int i = 0; i < connections.size(); i++) {
      Connection connection = connections.get(i);
      long bytes = connection.holdings().bytes();
      if (bytes > most && !connection.isSpared()) {
        largest = connection;
        most = bytes;
      }
    }
    if (largest != null) {
      largest.close();
    }
    return largest != null;
  }

  private void round() throws IOException {
    boolean busy = !again.isEmpty() || !mailbox.isEmpty();
    long timeout = timeout();
    long before = busy ? 0 : System.nanoTime();
    int ready = busy ? selector.selectNow(this) : selector.select(this, timeout);
    if (ready == 0 && !busy) {
      nothingReady(before, timeout);
    }
    if (together != null) {
      together.run();
    }
    mailbox.deliver();
    ring();
    secondTurns();
    send();
    if (System.nanoTime() - tickNanos >= TICK_NANOS) {
      nextTick();
    }
    if (stopping) {
      stopFurther();
    }
  }

  /** Milliseconds to wait for something to happen. */
  private long timeout() {
    if (stopping) {
      return STOPPING_MILLIS;
    }
    if (connections.isEmpty() && !isPaused()) {
      return STAYS;
    }
    long now = System.nanoTime();
    long left = TICK_NANOS - (now - tickNanos);
    if (!alarms.isEmpty()) {
      left = Math.min(left, alarms.nanosUntilNext(now));
    }
    return Math.max(1, (left + 999_999) / 1_000_000);
  }

  private void nothingReady(long before, long timeout) throws IOException {
    boolean interrupted = Thread.interrupted(); // else every select from now on would return at once
    boolean waited = timeout != STAYS && System.nanoTime() - before >= timeout * 1_000_000 / 2;
    if (spinGuard.isSpinning(0, waited || interrupted || !mailbox.isEmpty() || mailbox.isWoken())) {
      loops.server().log().log(Level.WARNING, "a selector returns for nothing: replacing it");
      replaceSelector();
    }
  }

  /** A key is ready. */
  @Override public void accept(SelectionKey key) {
    spinGuard.isSpinning(1, true);
    if (key.attachment() instanceof Connection connection) {
      connection.ready(key.readyOps());
    } else {
      ((Listener) key.attachment()).ready();
    }
  }

  private void ring() {
    if (alarms.isEmpty()) {
      return;
    }
    long now = System.nanoTime();
    for (Connection connection = alarms.poll(now); connection != null; connection = alarms.poll(now)) {
      connection.wakeNow();
    }
  }

  private void secondTurns() {
    if (again.isEmpty()) {
      return;
    }
    ArrayDeque<Connection> now = again;
    again = turns; // whoever needs a third turn has it in the next round
    turns = now;
    for (Connection connection = now.poll(); connection != null; connection = now.poll()) {
      connection.resume();
    }
  }

  /** Sends what is staged, or lets it wait for the log. */
  void send() {
    if (outbound == null) {
      return;
    }
    WriteLog log = loops.log();
    if (log == null && commit == null) {
      outbound.send(null);
    } else {
      commitPoint().end(log);
    }
  }

  private CommitPoint commitPoint() {
    if (commit == null) {
      commit = new CommitPoint(this, outbound);
    }
    return commit;
  }

  /** Whether what is added to a connection's output, beside a turn, has to wait, and with it the rest. */
  boolean holds(Connection connection) {
    return commit != null && commit.holds(connection);
  }

  @Override public void wrote(long sequence) {
    wrote = sequence;
  }

  /** The last unit of the turn at hand, which ends; 0 where it has changed nothing, or nothing is logged. */
  long takeWrote() {
    long taken = wrote;
    wrote = 0;
    return taken;
  }

  private void nextTick() {
    tick++;
    tickNanos = System.nanoTime();
    if (reserve == null) {
      reserve();
    }
    for (int i = connections.size() - 1; i >= 0; i--) { // backwards: a closed one gives its place to the last
      Connection connection = connections.get(i);
      try {
        connection.tick(tick);
      } catch (Throwable thrown) {
        connection.failed(thrown);
      }
    }
    for (Listener listener : listeners) {
      listener.tick();
    }
  }

  private void reserve() {
    try {
      reserve = new byte[RESERVE_BYTES];
    } catch (OutOfMemoryError still) {
      // the next tick tries again
    }
  }

  private boolean isPaused() {
    boolean paused = false;
    for (int i = 0; i < listeners.size(); i++) {
      paused |= listeners.get(i).isPaused();
    }
    return paused;
  }

  // Connections

  private void arrived(Transport transport) {
    if (stopping) {
      Loops.close(transport.channel());
      share.decrementAndGet();
      return;
    }
    Connection connection;
    try {
      if (inbound == null) {
        inbound = new Inbound();
        together = new Together(inbound, loops.server());
        outbound = new Outbound(pool);
      }
      connection = new Connection(this, transport);
      connection.index = connections.size();
      connections.add(connection);
    } catch (Throwable thrown) {
      Loops.close(transport.channel());
      share.decrementAndGet();
      throw thrown;
    }
    if (transport.isOpening() && !handshakes.add(connection, loops.handshakesOfEach())) {
      loops.server().rejected();
      log(Level.DEBUG, "refused a connection, since tls-max-handshakes are under way", connection);
      connection.close();
      return;
    }
    try {
      connection.open(selector);
    } catch (Throwable thrown) {
      connection.failed(thrown);
    }
  }

  /** Its transport is open now. */
  void opened(Connection connection) {
    handshakes.remove(connection);
  }

  /** It is closed. */
  void removed(Connection connection) {
    handshakes.remove(connection);
    alarms.remove(connection);
    Connection last = connections.remove(connections.size() - 1);
    if (last != connection) {
      connections.set(connection.index, last);
      last.index = connection.index;
    }
    share.decrementAndGet();
  }

  /** Moves everything to a new selector. */
  void replaceSelector() throws IOException {
    Selector before = selector;
    Selector next = Selector.open();
    for (Listener listener : listeners) {
      listener.register(next);
    }
    for (Connection connection : connections) {
      connection.move(next);
    }
    selector = next;
    mailbox.wakes(next);
    before.close();
  }

  Selector selector() {
    return selector;
  }

  // The end

  private void stop(long nanos) {
    stopping = true;
    stopNanos = nanos;
    closeListeners();
  }

  private void stopFurther() {
    for (int i = connections.size() - 1; i >= 0; i--) {
      connections.get(i).stop();
    }
    ended = connections.isEmpty() || System.nanoTime() - stopNanos >= 0;
  }

  private boolean isMailEnded() {
    try {
      mailbox.end();
      return true;
    } catch (Throwable thrown) {
      return false;
    }
  }

  private void closeListeners() {
    for (Listener listener : listeners) {
      listener.close();
    }
    listeners.clear();
  }

  private void closeAll() {
    closeListeners();
    while (!connections.isEmpty()) {
      connections.get(connections.size() - 1).close();
    }
    stopping = true; // whoever still arrives is turned away
    if (commit != null) {
      commit.follow(null);
    }
    while (!isMailEnded()) {
      // that piece of mail threw: on to the next
    }
    try {
      selector.close();
    } catch (IOException e) {
      loops.server().log().log(Level.WARNING, "closing a selector failed", e);
    }
  }
}
