package io.qcache.client.wire;

import io.qcache.resp.ProtocolException;
import io.qcache.resp.Reply;
import io.qcache.resp.ReplyReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The thread of a connection: connects, greets, reads replies and completes their calls, and writes when the socket
 * would not take what callers wanted to send.  When the server says nothing for long though it owes a reply, it gives
 * up: a peer that vanished without a word would otherwise keep callers waiting for as long as TCP tries.
 */
final class ConnectionThread implements Runnable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int READ_BYTES = 64 << 10;
  private static final long JOIN_MILLIS = 5000;

  private final Connection connection;
  private final Settings settings;
  private final int highestDatabase;
  private final Consumer<Reply> receiver; // of all that comes, or null
  private final Consumer<Connection> whenLost;
  private final Thread thread;
  private ReplyReader replies = new ReplyReader();
  private final ByteBuffer received = ByteBuffer.allocateDirect(READ_BYTES);
  private final byte[] bytes = new byte[READ_BYTES];
  private final long silenceNanos;
  private Selector selector;
  private SocketChannel socket;
  private volatile Line line;
  private SelectionKey key;
  private volatile boolean takenOver;   // this thread is the writer, once the socket takes more
  private volatile Throwable failure;   // of a writer
  private volatile boolean expectSilence;
  private Object owed;                  // the call whose reply was due first when we last looked
  private long quietSinceNanos;

  ConnectionThread(
      Connection connection, Settings settings, int highestDatabase, Consumer<Reply> receiver,
      Consumer<Connection> whenLost) {
    this.connection = connection;
    this.receiver = receiver;
    this.settings = settings;
    this.highestDatabase = highestDatabase;
    this.whenLost = whenLost;
    this.silenceNanos = settings.longestSilence().toNanos();
    this.thread = new Thread(this, "qcache-client " + settings.address() + " #" + COUNT.incrementAndGet());
    thread.setDaemon(true);
  }

  void start() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw Loss.broken("no connection can be made: " + e.getMessage(), e).exception(false);
    }
    thread.start();
  }

  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  Line line() {
    return line;
  }

  void expectSilence(boolean expected) {
    expectSilence = expected;
  }

  /** The socket is full, or a caller has written enough for others: go on from here. */
  void takeOver() {
    takenOver = true;
    selector.wakeup();
  }

  /** Writing failed.  What the server has sent before is still read. */
  void failed(Throwable reason) {
    failure = reason;
    selector.wakeup();
  }

  /** Looks again at what has changed: its loss, say. */
  void wake() {
    selector.wakeup();
  }

  /** Waits for the thread's end, but for its own.  An interrupt does not keep us from waiting, but it stays set. */
  void join() {
    if (isCurrent()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override public void run() {
    Loss why;
    try {
      connect();
      why = serve();
    } catch (Throwable thrown) {
      why = connection.loss() != null ? connection.loss() : whyNot(thrown);
    }
    closeLine();
    connection.ended(why);
    closeQuietly(selector);
    whenLost.accept(connection);
  }

  private Loss whyNot(Throwable thrown) {
    if (thrown instanceof Greeting.Refused) {
      return Loss.refused(thrown.getMessage());
    }
    String reason = thrown instanceof UnknownHostException ? "unknown host" : thrown.getMessage();
    return Loss.broken("cannot connect to " + settings.address() + ": " + reason, thrown);
  }

  private void connect() throws IOException {
    long deadline = System.nanoTime() + settings.connectTimeout().toNanos();
    IOException failed = null;
    for (SocketAddress address : settings.place().addresses()) {
      try {
        connect(address, deadline);
        new Greeting(settings, highestDatabase, requests -> exchange(requests, deadline)).say();
        connection.ready();
        return;
      } catch (Greeting.Refused refused) {
        throw refused;
      } catch (IOException e) { // localhost is often two addresses, and the server listens on one
        closeLine();
        replies = new ReplyReader();
        failed = failed == null ? e : failed;
      }
    }
    throw failed;
  }

  private void connect(SocketAddress address, long deadline) throws IOException {
    socket = settings.place().open();
    boolean connected = socket.connect(address);
    key = socket.register(selector, SelectionKey.OP_CONNECT);
    while (!connected) {
      await(deadline);
      connected = socket.finishConnect();
    }
    line = newLine();
    line.open(operations -> {
      key.interestOps(operations);
      await(deadline);
    });
    key.interestOps(SelectionKey.OP_READ);
  }

  private Line newLine() {
    return settings.tls() != null && settings.place() instanceof Place.Tcp tcp
        ? new TlsLine(socket, settings.tls(), tcp.host(), tcp.port(), selector::wakeup) : new Line.Plain(socket);
  }

  private void closeLine() {
    closeQuietly(line);
    closeQuietly(socket);
    line = null;
  }

  /** The greeting's conversation: it is short, so the socket takes it whole. */
  private List<Reply> exchange(List<Request> requests, long deadline) throws IOException {
    Outgoing out = new Outgoing();
    requests.forEach(request -> out.append(request.array(), request.size()));
    out.swap();
    if (!out.writeTo(line) || line.isHolding()) {
      throw new IOException("the socket does not take the greeting");
    }
    List<Reply> came = new ArrayList<>();
    while (came.size() < requests.size()) {
      await(deadline);
      if (fill() < 0) {
        throw new EOFException("the server closed the connection");
      }
      for (Reply reply = replies.poll(); reply != null; reply = replies.poll()) {
        if (!(reply instanceof Reply.Push)) {
          came.add(reply);
        }
      }
    }
    return came;
  }

  /** Waits for the socket until the deadline. */
  private void await(long deadline) throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("no answer within " + settings.connectTimeout());
    }
    selector.select(left);
    selector.selectedKeys().clear();
    requireNotClosed();
  }

  private void requireNotClosed() throws IOException {
    if (connection.loss() != null) {
      throw new IOException(connection.loss().toString());
    }
  }

  private Loss serve() {
    try {
      while (true) {
        round();
      }
    } catch (IOException | RuntimeException | Error e) {
      Loss closed = connection.loss();
      return closed != null ? closed : lostBy(e);
    }
  }

  private Loss lostBy(Throwable e) {
    return Loss.broken("lost the connection to " + settings.address() + ": " + e.getMessage(), e);
  }

  private void round() throws IOException {
    boolean writes = takenOver || line.isHolding();
    key.interestOps(writes ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(silenceNanos / 4)));
    int ready = selector.selectedKeys().isEmpty() ? 0 : key.readyOps(); // the key itself keeps what it was last time
    selector.selectedKeys().clear();
    Thread.interrupted(); // set by a continuation of the caller's; with it no select would wait again
    requireNotClosed();
    if (failure != null) {
      readTheRest();
    }
    if ((ready & SelectionKey.OP_WRITE) != 0) {
      line.flush();
      if (takenOver) {
        takenOver = false;
        connection.write();
      }
    }
    if ((ready & SelectionKey.OP_READ) != 0) {
      read();
    } else {
      checkSilence();
    }
  }

  private void readTheRest() throws IOException {
    while (read() > 0) {}
    throw new IOException(failure.getMessage(), failure);
  }

  /** Reads what is there and completes its calls; the bytes read. */
  private int read() throws IOException {
    int count;
    try {
      count = fill();
    } finally {
      deliver(); // also what was complete before the stream went wrong
    }
    if (count < 0) {
      throw new EOFException("the server closed it");
    }
    return count;
  }

  private int fill() throws IOException {
    received.clear();
    int count = line.read(received);
    if (count > 0) {
      received.flip().get(bytes, 0, count);
      try {
        replies.feed(bytes, 0, count);
      } catch (ProtocolException e) {
        throw new IOException("Protocol error: " + e.getMessage(), e);
      }
    }
    return count;
  }

  private void deliver() throws IOException {
    int count = 0;
    for (Reply reply = replies.poll(); reply != null; reply = replies.poll()) {
      if (receiver != null) {
        receiver.accept(reply);
        continue;
      }
      if (reply instanceof Reply.Push) {
        continue; // what nobody here has asked for
      }
      Call call = connection.next();
      if (call == null) {
        throw new IOException("a reply that nobody asked for: " + reply);
      }
      call.reply(reply);
      count++;
    }
    owed = null;
    if (count > 0) {
      connection.answered(count);
    }
  }

  private void checkSilence() throws IOException {
    Object first = connection.first();
    long now = settings.nanoTime().getAsLong();
    if (first == null || first != owed || expectSilence) {
      owed = first;
      quietSinceNanos = now;
    } else if (now - quietSinceNanos > silenceNanos) {
      throw new IOException("no word for " + settings.longestSilence());
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (Exception alreadyGone) {
      // It is given up anyway.
    }
  }
}
