package io.qcache.net.loop;

import io.qcache.net.option.Option;
import io.qcache.net.option.OutputClass;
import io.qcache.net.session.Message;
import io.qcache.net.session.Peer;
import io.qcache.net.transport.Owner;
import io.qcache.net.transport.TlsBuffers;
import io.qcache.net.transport.Transport;
import io.qcache.resp.Output;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/**
 * A client's socket at its loop.  What it reads is run at once and staged, and sent at the end of the round; what
 * cannot be sent stops its reading until it is, so a client that does not read costs one reply and a megabyte.  An idle
 * one owns no buffer.
 *
 * <p>Event loop only, but for what {@link Peer} offers.  Times are the loop's ticks, of one second in which it has
 * served.
 */
final class Connection implements Peer, Owner, Mail {
  private static final int CLOSING_TICKS = 30; // that the last reply may take without progress
  private static final int MOST_KEPT_WAITING = 256 << 10; // bytes; but for what one read brings
  private static final int COPIED_BYTES = 4 << 10; // of a message: a longer one is sent from where it is

  private final EventLoop loop;
  private final Transport transport;
  private final Unsent unsent = new Unsent();
  private final Kept kept;
  private final Holdings holdings;
  private Conversation conversation;
  private SelectionKey key;
  private int wanted = SelectionKey.OP_READ;   // to wait for, but for the transport
  private int interest = SelectionKey.OP_READ; // what is waited for
  private boolean full;       // the last turn ended before its input did
  private boolean scheduled;  // for another turn without reading
  private boolean woken;      // the session shall have a turn
  long alarmNanos;            // the alarms', as the next two
  long alarmOrder;
  int alarmIndex = -1;
  private boolean staged;     // for sending
  private boolean held;       // what is unsent waits for the log
  private boolean missed;     // a read, because of that
  private long waitsFor;      // the last unit that what is unsent may have seen
  private long wrote;         // the last unit of its own in what is unsent; 0 for none
  private long repliesBefore; // those that are unsent; negative where other things are between them
  private boolean refused;    // is closed when that is sent
  private volatile boolean closed;
  private boolean keptAlive;  // the system has been told to look after it
  private final int beginTick;
  private int activeTick;
  private int commandTick;    // when the command that is incomplete began
  int index;                  // in the loop's list

  Connection(EventLoop loop, Transport transport) {
    this.loop = loop;
    this.transport = transport;
    this.kept = new Kept(loop.pool());
    this.holdings = new Holdings(loop, this);
    this.beginTick = loop.tick();
    this.activeTick = beginTick;
  }

  /** Starts reading. */
  void open(Selector selector) throws IOException {
    transport.open(this);
    key = transport.channel().register(selector, SelectionKey.OP_READ, this);
    conversation = loop.server().open(this, loop.outbound().output());
  }

  /** Goes on at another selector. */
  void move(Selector to) throws IOException {
    SelectionKey before = key;
    key = transport.channel().register(to, interest, this);
    before.cancel();
  }

  boolean isClosed() {
    return closed;
  }

  Unsent unsent() {
    return unsent;
  }

  Holdings holdings() {
    return holdings;
  }

  // Reading

  /** Its socket is ready. */
  void ready(int operations) {
    try {
      if (held) {
        interest(0); // until it may have its replies
      } else if ((operations & SelectionKey.OP_WRITE) != 0) {
        loop.outbound().sendChunks(this);
      } else if (!scheduled) { // else it has more than it can run, and takes no more
        readSoon();
      }
    } catch (Throwable thrown) {
      failed(thrown);
    }
  }

  private void readSoon() {
    if (kept.length() == 0) {
      loop.together().read(this);
    } else {
      loop.together().run(); // the array is theirs
      read();
    }
  }

  private void read() {
    Inbound inbound = loop.inbound();
    if (receive(inbound) > 0) {
      received(inbound);
    }
  }

  /** Reads once; how many bytes there are to run, and what else is to be done is done. */
  int receive(Inbound inbound) {
    try {
      return tryToReceive(inbound);
    } catch (Throwable thrown) {
      failed(thrown);
      return 0;
    }
  }

  private int tryToReceive(Inbound inbound) throws IOException {
    boolean opening = transport.isOpening();
    int count;
    try {
      count = inbound.read(transport);
    } catch (IOException reset) {
      if (opening) {
        loop.log(Level.DEBUG, "closing a connection whose handshake failed, ".concat(reset.toString()), this);
      }
      close();
      return 0;
    }
    if (opening && !transport.isOpening()) {
      loop.opened(this);
    }
    if (count < 0) {
      close();
    } else if (count > 0) {
      activeTick = loop.tick();
    } else {
      interest(wanted);
      count();
      if (transport.hasMore()) {
        anotherTurn();
      }
    }
    return count;
  }

  /** What it is about to run. */
  void announce(byte[] array, int from, int to) {
    try {
      conversation.announce(array, from, to);
    } catch (Throwable thrown) {
      failed(thrown);
    }
  }

  @Override public void readAgain() {
    loop.post(this::goOn);
  }

  private void goOn() {
    if (held) {
      missed = true;
    } else if (!closed) {
      try {
        read();
      } catch (Throwable thrown) {
        failed(thrown);
      }
    }
  }

  @Override public TlsBuffers tlsBuffers() {
    return loop.tlsBuffers();
  }

  boolean isWorking() {
    return transport.isWorking();
  }

  /** Others want to open too. */
  void giveUpOpening() {
    loop.log(Level.DEBUG, "closing the connection whose handshake takes longest, for tls-max-handshakes are under way",
        this);
    close();
  }

  private void received(Inbound inbound) {
    int before = kept.length();
    if (inbound.fits(before)) {
      kept.copyTo(inbound.array());
      turn(inbound.array(), 0, inbound.copy(before));
    } else {
      kept.append(inbound.bytes());
      turn(kept.array, kept.from, kept.to);
    }
  }

  /** Another turn with what is kept. */
  void resume() {
    scheduled = false;
    try {
      if (closed || !isAllSent()) {
        return;
      }
      if (!woken && transport.hasMore() && !full && !conversation.isReplying() && !isLoaded()) {
        read();
      } else {
        turn(kept.array, kept.from, kept.to);
      }
    } catch (Throwable thrown) {
      failed(thrown);
    }
  }

  /** Runs what has come, and stages the replies. */
  void turn(byte[] array, int from, int to) {
    try {
      run(array, from, to);
    } catch (Throwable thrown) {
      failed(thrown);
    }
  }

  private void run(byte[] array, int from, int to) {
    if (loop.outbound().output().isStageFull()) {
      loop.send();
    }
    int taken = closed ? 0 : feed(array, from, to);
    if (taken > 0) {
      commandTick = loop.tick();
    }
    if (closed) {
      return;
    }
    if (loop.outbound().output().isOverflown()) { // what it was about to be told is lost
      close();
      return;
    }
    if (conversation.isClosing()) {
      kept.release();
    } else {
      if (kept.length() == 0) {
        commandTick = loop.tick();
      }
      kept.keep(array, from + taken, to);
    }
    holdings.input(kept); // before anybody gets a reply
    if (holdings.hasOutbox()) {
      addMessages();
    }
    if (unsent.isEmpty() && wrote == 0) {
      afterSend();
    } else {
      stage();
    }
  }

  private void stage() {
    if (!staged) {
      staged = true;
      loop.outbound().staged(this);
    }
  }

  private int feed(byte[] array, int from, int to) {
    woken = false;
    LoopOutput output = loop.outbound().output();
    repliesBefore = unsent.isEmpty() ? conversation.replies() : -1;
    output.begin(unsent, this);
    boolean whole = false;
    try {
      int taken = conversation.feed(array, from, to);
      whole = true;
      return taken;
    } finally {
      wrote = loop.takeWrote();
      if (whole) {
        full = output.isFull();
        output.end();
      } else {
        output.abandon();
      }
    }
  }

  // Messages

  /** There are some. */
  void takeMessages() {
    if (closed) {
      return;
    }
    try {
      boolean blocked = !unsent.isEmpty() && !staged; // it waits to be written
      addMessages();
      if (blocked) {
        loop.holds(this);
        count();
        holdings.loaded();
      } else if (!unsent.isEmpty()) {
        stage();
      }
    } catch (Throwable thrown) {
      failed(thrown);
    }
  }

  /** Adds them to the output, but into no reply that is under way. */
  private void addMessages() {
    if (conversation.isReplying() || conversation.isClosing()) {
      return;
    }
    for (Message message = holdings.takeMessage(); message != null; message = holdings.takeMessage()) {
      repliesBefore = -1;
      boolean isCopied = message.length() <= COPIED_BYTES
          && loop.outbound().output().stage(unsent, message.bytes());
      if (isCopied) {
        message.left();
      } else {
        unsent.add(message);
      }
    }
  }

  @Override public void givePushed(Output to) {
    for (Message message = holdings.takeMessage(); message != null; message = holdings.takeMessage()) {
      to.bytes(message.bytes(), 0, message.length());
      message.left();
    }
  }

  // Sending

  /** Writes what the transport takes; how much that was.  A connection that is broken is closed. */
  int write(ByteBuffer buffer) {
    try {
      int count = transport.write(buffer);
      if (count > 0) {
        activeTick = loop.tick();
      }
      return count;
    } catch (IOException reset) {
      close();
      return 0;
    }
  }

  // Waiting for the log

  /** What is unsent may have seen that unit. */
  void waitFor(long sequence) {
    waitsFor = sequence;
  }

  long waitsFor() {
    return waitsFor;
  }

  /** The last unit of its own that what is unsent is about; 0 for none. */
  long wrote() {
    return wrote;
  }

  boolean isHeld() {
    return held;
  }

  /** Nothing of it is sent, nor is it read. */
  void hold() {
    held = true;
  }

  /** What was staged is its own now. */
  void isKept() {
    count();
  }

  void release() {
    held = false;
    if (missed) {
      missed = false;
      readAgain();
    }
  }

  /**
   * What it has written is not logged: it is told that in place of all it was to be told, or, where the replies cannot be told apart,
   * once and closed.
   */
  void refuse(byte[] line) {
    boolean clear = repliesBefore >= 0 && !conversation.isReplying() && !conversation.isSubscribed();
    int count = clear ? (int) (conversation.replies() - repliesBefore) : 1;
    refused = !clear;
    wrote = 0;
    unsent.clear(loop.pool());
    byte[] lines = new byte[count * line.length];
    for (int at = 0; at < lines.length; at += line.length) {
      System.arraycopy(line, 0, lines, at, line.length);
    }
    if (count > 0) {
      unsent.add(lines);
    }
  }

  /** It is not in the list of those who staged any more. */
  void isSent() {
    staged = false;
  }

  /** What could be sent has been: goes on reading or running, waits to send the rest, or ends. */
  void afterSend() {
    wrote = 0;
    count();
    if (!isAllSent()) {
      interest(SelectionKey.OP_WRITE);
    } else if (refused) {
      closeAfterReply();
    } else if (conversation.isReplying()) {
      anotherTurn();
    } else if (conversation.isClosing()) {
      closeAfterReply();
    } else {
      boolean reads = !loop.isStopping() && !isLoaded();
      interest(reads ? SelectionKey.OP_READ : 0);
      if (woken || full && kept.length() > 0 || reads && transport.hasMore()) {
        anotherTurn();
      }
    }
  }

  /** Whether it has sent enough for a session that takes nothing at the moment. */
  private boolean isLoaded() {
    return conversation.isWaiting() && kept.length() >= MOST_KEPT_WAITING;
  }

  private boolean isAllSent() {
    return unsent.isEmpty() && transport.heldBytes() == 0;
  }

  /** Notes what it holds now. */
  private void count() {
    int held = transport.heldBytes();
    holdings.output(unsent, held);
    holdings.own(kept.capacity() + unsent.ownBytes() + held + transport.keptBytes() + conversation.heldBytes());
  }

  private void anotherTurn() {
    if (!scheduled) {
      scheduled = true;
      loop.again(this);
    }
  }

  private void interest(int operations) {
    wanted = operations;
    int next = transport.interest(operations);
    if (next != interest) {
      interest = next;
      key.interestOps(next);
    }
  }

  // Ending

  /** No more is read; whether nothing is left to do. */
  boolean stop() {
    if (!isAllSent() || scheduled) {
      if (interest == SelectionKey.OP_READ) {
        interest(0);
      }
      return false;
    }
    closeAfterReply();
    return true;
  }

  private void closeAfterReply() {
    try {
      loop.inbound().discard(transport);
    } catch (IOException reset) {
      // it is being closed
    }
    close();
  }

  /** The next second has come. */
  void tick(int now) {
    if (!keptAlive) {
      keptAlive = true;
      transport.keepAlive((int) loop.server().options().number(Option.TCP_KEEPALIVE));
    }
    if (holdings.isTooSlow(now)) {
      holdings.cut();
    } else if (transport.isOpening() && isOver(Option.TLS_HANDSHAKE_TIMEOUT, now - beginTick)) {
      loop.log(Level.DEBUG, "closing a connection whose handshake took too long", this);
      close();
    } else if (isOver(Option.TIMEOUT, now - activeTick) && !scheduled && !conversation.isSubscribed()
        && !conversation.isWaiting()) {
      loop.log(Level.DEBUG, "closing an idle connection", this);
      close();
    } else if (kept.length() > 0 && !full && !scheduled && !conversation.isAuthenticated()
        && !conversation.isWaiting() && isOver(Option.UNAUTHENTICATED_TIMEOUT, now - commandTick)) {
      loop.log(Level.INFO, "closing a connection that sent half a command and has not logged in", this);
      close();
    } else if (conversation.isClosing() && now - activeTick > CLOSING_TICKS) {
      close();
    }
  }

  private boolean isOver(Option seconds, int ticks) {
    long most = loop.server().options().number(seconds);
    return most > 0 && ticks > most;
  }

  /** Closes it, and tells why. */
  void failed(Throwable thrown) {
    close(); // first: it may be memory that is wanting
    loop.failed(thrown, this);
  }

  void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      giveBack();
    } catch (Throwable thrown) {
      loop.failed(thrown, this);
    }
    try {
      if (conversation != null) {
        conversation.close();
      }
    } catch (Throwable thrown) {
      loop.failed(thrown, this);
    }
    try {
      transport.close(); // when memory is given back, as it may take some
    } catch (IOException e) {
      loop.log(Level.DEBUG, e.toString(), this);
    } catch (Throwable thrown) {
      loop.failed(thrown, this);
    }
    loop.removed(this); // last: who sees it gone finds nothing of it any more
  }

  private void giveBack() {
    unsent.clear(loop.pool());
    kept.release();
    holdings.end();
  }

  /** Killed. */
  @Override public void deliver() {
    close();
  }

  // For any thread

  @Override public String remoteAddress() {
    return transport.remoteAddress();
  }

  @Override public String localAddress() {
    return transport.localAddress();
  }

  @Override public boolean isLocal() {
    return transport.isLocal();
  }

  @Override public boolean isUnixSocket() {
    return transport.isUnixSocket();
  }

  @Override public void wake() {
    loop.post(this::wakeNow);
  }

  /** Gives the session a turn, as soon as what it has replied is sent. */
  void wakeNow() {
    woken = true;
    if (!closed) {
      anotherTurn();
    }
  }

  @Override public void wakeIn(long millis) {
    loop.wakeIn(this, millis);
  }

  @Override public void kill() {
    loop.post(this);
  }

  boolean isSpared() {
    return conversation.isSpared();
  }

  @Override public void push(Message message) {
    holdings.push(message);
  }

  @Override public void outputClass(OutputClass next) {
    holdings.outputClass(next);
  }

  @Override public long inputBytes() {
    return holdings.inputBytes();
  }

  @Override public long inputFreeBytes() {
    return holdings.inputFreeBytes();
  }

  @Override public long outputBytes() {
    return holdings.outputBytes();
  }

  @Override public int outputPieces() {
    return holdings.outputPieces();
  }

  @Override public boolean isBlocked() {
    return holdings.isBlocked();
  }

  @Override public boolean hasRoom(long bytes) {
    return holdings.hasRoom(bytes);
  }

  @Override public boolean isFull() {
    return loop.outbound().output().isFull();
  }
}
