package io.qcache.net.session;

import io.qcache.engine.Database;
import io.qcache.engine.Deadline;
import io.qcache.engine.Parts;
import io.qcache.engine.Producer;
import io.qcache.engine.Sink;
import io.qcache.engine.Slices;
import io.qcache.net.command.Row;
import io.qcache.pubsub.Kind;
import io.qcache.resp.Limits;
import io.qcache.resp.Output;
import io.qcache.resp.ProtocolException;
import io.qcache.resp.ReplyWriter;
import io.qcache.resp.RequestParser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A client's conversation, apart from any socket: bytes in by {@link #feed}, replies out to an {@link Output}.
 *
 * <p>It belongs to one event loop.  Others may ask for what CLIENT LIST prints, which may be a moment old, and call
 * {@link #kill}; everything else is for the loop alone.
 *
 * <p>It takes the bytes apart and keeps the order of replies; what becomes of a command is up to {@link Dispatch}.
 */
public final class Session implements Comparable<Session> {
  /** What becomes of replies: CLIENT REPLY. */
  public enum Replies {
    ON, OFF, SKIP
  }

  private static final int LONG_ARGUMENT = Parts.PIECE_BYTES; // in bytes; what is longer is taken apart as it comes

  private static final int MANY_ARGUMENTS = 64; // that may come in an array too long to be kept alive by the last of them

  private final Host host;
  private final Peer peer;
  private final Output out;
  private final long id;
  private final long createdMillis;
  private final ReplyWriter writer;
  private final RequestParser parser;
  private final Call call;
  private final Transaction transaction;
  private final Dispatch dispatch;
  private final Published published;
  private final Silence silence;
  private volatile Rest rest;   // with the first producer
  private volatile Wait wait;   // for the reply of the command before; null: for nothing
  private long waitEndMillis;   // when that is given up
  private volatile boolean paused; // the command that was parsed last has not been run yet
  private volatile Subscriptions subscriptions; // with the first one
  private volatile LongArguments longOnes; // of the command at hand; null where it has none
  private Limits limits;
  private boolean authenticated;
  private boolean closing;
  private long commands;        // of this round
  private long replies;         // completed

  // Written by the loop, read by whoever lists clients
  private volatile boolean killed;
  private volatile Database database;
  private volatile boolean untouching;
  private volatile boolean spared;
  private volatile String name = "";
  private volatile String libraryName = "";
  private volatile String libraryVersion = "";
  private volatile long activeMillis;

  public Session(Host host, Peer peer, Output out) {
    this.host = host;
    this.peer = peer;
    this.out = out;
    this.createdMillis = host.engine().nowMillis();
    this.activeMillis = createdMillis;
    this.database = host.engine().database(0);
    this.writer = new ReplyWriter(out);
    this.call = new Call(this, writer);
    this.transaction = new Transaction(this);
    this.dispatch = new Dispatch(this, call, writer);
    this.published = new Published(this);
    this.silence = new Silence(writer);
    this.authenticated = !host.options().hasPassword();
    this.limits = wantedLimits();
    this.parser = new RequestParser(limits);
    parser.largeAbove(LONG_ARGUMENT);
    this.id = host.register(this); // last: from here on others see it
  }

  // For the connection

  /**
   * Runs the complete commands in {@code array[from, to)}, until the peer is full or the session closes.  Returns how
   * many bytes it took: the rest begins with a command's start, and is to be given again, with more behind it where it
   * is not complete.  Nothing of the array is kept.  A long argument is taken as it comes, from the middle of its
   * command: then what stands before it is moved up in the array, and the command starts later.
   */
  public int feed(byte[] array, int from, int to) {
    activeMillis = host.engine().nowMillis();
    if (isReplying()) {
      giveRest();
      if (isReplying()) {
        return 0;
      }
    }
    if (wait != null && !endWait()) {
      return 0;
    }
    renewLimits();
    int at = from;
    int touchedTo = from; // the first command is not worth looking for what comes behind it
    try {
      while (at < to && wait == null && !isClosing() && !isReplying() && !peer.isFull()) {
        boolean isWithin = longOnes != null && longOnes.isMissingBytes();
        int outcome = isWithin ? RequestParser.LARGE : paused ? RequestParser.COMMAND : parser.parse(array, at, to);
        if (outcome == RequestParser.NEED_MORE) {
          break;
        }
        if (outcome == RequestParser.LARGE) {
          at = takeLong(array, at, to, isWithin);
          if (longOnes.isMissingBytes()) {
            break;
          }
          continue;
        }
        if (outcome == RequestParser.COMMAND) {
          take(array, at);
          paused = !runOne();
          if (paused) {
            break;
          }
          if (longOnes != null || parser.count() > MANY_ARGUMENTS) {
            dropLong();
          }
        }
        at += parser.consumed();
        if (at >= touchedTo && at < to) {
          touchedTo = Lookahead.ofThread().touch(database, array, at, to);
        }
      }
    } catch (ProtocolException broken) {
      breakOff("ERR ".concat(broken.getMessage()));
    } catch (OutOfMemoryError exhausted) { // between commands: its arguments alone are too many
      breakOff("OOM request failed because the JVM is out of memory");
    } finally {
      published.handOver();
    }
    host.counters().round(commands, at - from);
    commands = 0;
    return at - from;
  }

  /** Says that {@link #feed} will soon be called with this, and with nothing else, by the same thread. */
  public void announce(byte[] array, int from, int to) {
    if (!isReplying()) {
      Lookahead.ofThread().add(database, array, from, to);
    }
  }

  /** All that is to be run before anything else has been {@linkplain #announce announced} by this thread. */
  public static void announced() {
    Lookahead.ofThread().touch();
  }

  /** Whether the connection is to be closed when the output has been sent; nothing is parsed any more. */
  public boolean isClosing() {
    return closing || killed;
  }

  /** Whether a reply is under way: {@link #feed}, even with nothing, gives more of it, and runs nothing before its end. */
  public boolean isReplying() {
    Rest current = rest;
    return current != null && !current.isEmpty();
  }

  /** Whether it runs nothing until it has a turn that {@link Peer#wake} or {@link Peer#wakeIn} gives it; for any thread. */
  public boolean isWaiting() {
    return wait != null || paused;
  }

  /** To be called once, when the connection is gone. */
  public void close() {
    closing = true;
    if (wait != null) {
      wait.drop();
    }
    if (paused) {
      host.pause().forget(this);
    }
    dropRest();
    dropLong();
    transaction.discard();
    if (subscriptions != null) {
      subscriptions.clear();
    }
    host.deregister(this);
  }

  /** Whether it may run commands; false also means small limits. */
  public boolean isAuthenticated() {
    return authenticated || !host.options().hasPassword();
  }

  /** Ends it from any thread. */
  public void kill() {
    killed = true;
    Wait current = wait;
    if (current != null) {
      current.cancel();
    }
    peer.kill();
  }

  // A command

  private void take(byte[] array, int from) {
    byte[] source = parser.array(array);
    int base = parser.base(from);
    int[] spans = parser.spans();
    int count = parser.count();
    Slices args = call.refill();
    for (int i = 0, number = 0; i < count; i++) {
      if (spans[2 * i] < 0) {
        args.add(longOnes.get(number++));
      } else {
        args.add(source, base + spans[2 * i], spans[2 * i + 1]);
      }
    }
  }

  /** Takes what has come of a long argument out of the array; where its command starts now. */
  private int takeLong(byte[] array, int from, int to, boolean isWithin) {
    if (longOnes == null) {
      longOnes = new LongArguments();
    }
    if (!isWithin) {
      longOnes.begin(parser.largeLength());
    }
    int before = parser.consumedSoFar();
    int bytes = longOnes.take(array, from + before, to);
    System.arraycopy(array, from, array, from + bytes, before);
    if (!longOnes.isMissingBytes()) {
      parser.resumeAfterLarge();
    }
    return from + bytes;
  }

  private void dropLong() {
    longOnes = null; // first: it may be memory that is wanting
    call.forget();
  }

  /** What it holds of long arguments, in bytes; for any thread. */
  public long longBytes() {
    LongArguments current = longOnes;
    return current == null ? 0 : current.bytes();
  }

  /** How many replies it has completed; by its loop. */
  public long replies() {
    return replies;
  }

  /** Whether it has run: else it waits for the end of a pause. */
  private boolean runOne() {
    long mark = writer.mark();
    if (!dispatch.run(mark)) {
      return false;
    }
    commands++;
    if (wait == null) {
      endReply(mark);
    }
    return true;
  }

  private void endReply(long mark) {
    if (silence.isOn()) {
      rewind(mark);
      silence.giveAside();
    } else {
      replies++;
    }
    silence.next();
  }

  // Commands that reply later

  /** Has the command at hand reply when the wait is over, or its time, in milliseconds of the engine's clock. */
  public void await(Wait reply, long endMillis) {
    wait = reply;
    waitEndMillis = endMillis;
    if (killed) { // in between
      reply.cancel();
    }
    wakeAtEnd();
  }

  /** Ends its wait, if a command of it waits, as if the time were up or with an error; from any thread.  Whether it did. */
  public boolean unblock(boolean withError) {
    Wait current = wait;
    return current != null && current.unblock(withError);
  }

  private void wakeAtEnd() {
    peer.wakeIn(waitEndMillis == Deadline.NONE ? Peer.NEVER : Math.max(0, waitEndMillis - activeMillis));
  }

  /** Looks whether the wait is over, and ends it if so. */
  private boolean endWait() {
    long mark = writer.mark();
    try {
      boolean isOver = wait.isOver(call) || waitEndMillis <= activeMillis && wait.giveUp(call);
      if (!isOver) {
        wakeAtEnd();
        return false;
      }
    } catch (Throwable thrown) {
      dispatch.failed(call.row(), thrown, mark);
    }
    wait = null;
    peer.wakeIn(Peer.NEVER);
    endReply(mark);
    return true;
  }

  private void breakOff(String line) {
    closing = true;
    dropLong();
    if (!silence.isOn()) {
      dispatch.fail(line, writer.mark());
    }
  }

  // Replies that take several turns

  /** Has the producer give what it has to the sink: the first part now, what follows in turns to come. */
  void produce(Producer producer, Sink sink) {
    boolean kept = false;
    try {
      if (!silence.isOn() && (isReplying() || producer.give(sink, Rest.TURN_BYTES))) {
        keep(producer, sink);
        kept = true;
      }
    } finally {
      if (!kept) {
        producer.close();
      }
    }
  }

  private void keep(Producer producer, Sink sink) {
    if (rest == null) {
      rest = new Rest(peer);
    }
    rest.add(producer, sink);
    writer.output(rest);
  }

  private void giveRest() {
    writer.output(out);
    rest.give(out);
    if (isReplying()) {
      writer.output(rest);
    }
  }

  private void dropRest() {
    if (rest != null) {
      rest.clear();
      writer.output(out);
    }
  }

  /** Takes back what was replied since the mark. */
  void rewind(long mark) {
    if (mark >= 0 && isReplying()) { // it was taken before the first producer came
      dropRest();
    }
    writer.rewind(mark);
  }

  /** What waits behind a reply that is under way, in bytes; for any thread. */
  public long restBytes() {
    Rest current = rest;
    return current == null ? 0 : current.heldBytes();
  }

  // Subscriptions, and what is no reply: CLIENT REPLY does not silence it

  /** What it is subscribed to. */
  public Subscriptions subscriptions() {
    if (subscriptions == null) {
      subscriptions = new Subscriptions(this);
    }
    return subscriptions;
  }

  /** The same; null before the first. */
  Subscriptions subscriptionsOrNull() {
    return subscriptions;
  }

  /** Whether it is subscribed to anything; for any thread. */
  public boolean isSubscribed() {
    Subscriptions current = subscriptions;
    return current != null && !current.isEmpty();
  }

  /** How many subscriptions of a kind it has; for any thread. */
  public int subscriptions(Kind kind) {
    Subscriptions current = subscriptions;
    return current == null ? 0 : current.count(kind);
  }

  /** The memory of its subscriptions, in bytes; for any thread. */
  public long subscriptionBytes() {
    Subscriptions current = subscriptions;
    return current == null ? 0 : current.bytes();
  }

  /** How many it has of that kind and those that are counted together with it. */
  public int subscribed(Kind kind) {
    return kind == Kind.SHARD
        ? subscriptions(Kind.SHARD) : subscriptions(Kind.CHANNEL) + subscriptions(Kind.PATTERN);
  }

  /** Whether only commands about subscriptions run, since in RESP2 a reply looks like a message. */
  public boolean isConfined() {
    return subscriptions != null && writer.protocol() == 2 && isSubscribed();
  }

  /** Where to write what is no reply to a command but looks like one. */
  public ReplyWriter pushes() {
    return silence.pushes();
  }

  /** Writes the messages that have come so far before what is written next, unless an array of EXEC is under way. */
  public void givePushed() {
    if (!transaction.isRunning()) {
      peer.givePushed(pushes().output());
    }
  }

  /** What it publishes. */
  public Published published() {
    return published;
  }

  /**
   * The memory that it holds: long arguments that are coming, what is queued, what waits behind a reply that is under way, and
   * what a command that waits holds; for any thread.
   */
  public long heldBytes() {
    return longBytes() + transaction.queuedBytes() + restBytes() + subscriptionBytes() + waitBytes();
  }

  private long waitBytes() {
    Wait current = wait;
    return current == null ? 0 : current.heldBytes();
  }

  // For rooms

  public Host host() {
    return host;
  }

  public Peer peer() {
    return peer;
  }

  public long id() {
    return id;
  }

  public Transaction transaction() {
    return transaction;
  }

  Call call() {
    return call;
  }

  Dispatch dispatch() {
    return dispatch;
  }

  public Database database() {
    return database;
  }

  public void select(Database next) {
    database = untouching ? next.touching(false) : next;
  }

  /** Whether its reads keep no key from being evicted: CLIENT NO-TOUCH; for any thread. */
  public boolean isUntouching() {
    return untouching;
  }

  public void untouching(boolean on) {
    untouching = on;
    select(host.engine().database(database.index()));
  }

  /** Whether it shall not be closed because all together hold too much: CLIENT NO-EVICT; for any thread. */
  public boolean isSpared() {
    return spared;
  }

  public void spared(boolean on) {
    spared = on;
  }

  /** 2 or 3. */
  public int protocol() {
    return writer.protocol();
  }

  public void protocol(int version) {
    if (subscriptions != null) {
      subscriptions.protocol(version);
    }
    writer.protocol(version);
  }

  /** Whether AUTH with these would succeed; takes as long for a password that is nearly right as for any other. */
  public boolean isPassword(byte[] user, byte[] password) {
    byte[] wanted = host.options().password();
    boolean isUser = MessageDigest.isEqual(user, "default".getBytes(StandardCharsets.US_ASCII));
    return isUser && (wanted.length == 0 || MessageDigest.isEqual(password, wanted));
  }

  public void authenticate() {
    authenticated = true;
    renewLimits();
  }

  /** Makes it as if the client had just connected, but for its id and what it is attached to. */
  public void reset() {
    transaction.discard();
    untouching = false;
    database = host.engine().database(0);
    if (subscriptions != null) {
      subscriptions.clear();
      givePushed();
    }
    protocol(2);
    name = "";
    silence.reset();
    authenticated = !host.options().hasPassword();
    renewLimits();
  }

  /** Closes it when the replies so far have been sent. */
  public void quit() {
    closing = true;
  }

  public void replies(Replies mode) {
    silence.set(mode);
  }

  private void renewLimits() {
    Limits wanted = wantedLimits();
    if (wanted != limits) {
      limits = wanted;
      parser.limits(wanted);
    }
  }

  private Limits wantedLimits() {
    return host.options().limits(isAuthenticated());
  }

  // What CLIENT LIST prints, for any thread

  /** As CLIENT SETNAME gave it, empty for none; chars are bytes, as in the next two. */
  public String name() {
    return name;
  }

  public void name(String next) {
    name = next;
  }

  public String libraryName() {
    return libraryName;
  }

  public void libraryName(String next) {
    libraryName = next;
  }

  public String libraryVersion() {
    return libraryVersion;
  }

  public void libraryVersion(String next) {
    libraryVersion = next;
  }

  public long createdMillis() {
    return createdMillis;
  }

  /** When it was last fed. */
  public long activeMillis() {
    return activeMillis;
  }

  /** Whether somebody has ended it. */
  public boolean isKilled() {
    return killed;
  }

  /** The row of the last command, whatever became of it; null before the first and of one that is unknown. */
  public Row lastRow() {
    return dispatch.lastRow();
  }

  @Override public int compareTo(Session other) {
    return Long.compare(id, other.id);
  }
}
