package io.qcache.net.session;

import io.qcache.net.option.OutputClass;
import io.qcache.resp.GrowingOutput;
import io.qcache.resp.Output;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client of a {@link Harness}: sends bytes to a session of its own, gets the reply's bytes; chars are bytes. */
public final class Client implements Peer {
  private static final long PATIENCE_NANOS = 10_000_000_000L;
  private static int lastPort = 40_000;

  public final Session session;
  private final GrowingOutput output = new GrowingOutput();
  private final int port;
  private byte[] kept = new byte[0]; // what the session has not taken yet
  private long fullAt = Long.MAX_VALUE;
  private long roomBytes = Long.MAX_VALUE;
  private volatile boolean killed;
  private volatile boolean woken;
  private long wakeMillis = NEVER;
  private volatile OutputClass outputClass = OutputClass.NORMAL;

  Client(Harness harness) {
    synchronized (Client.class) {
      port = ++lastPort;
    }
    session = new Session(harness.host, this, output);
  }

  /** Sends an inline command, or several lines of them; the replies. */
  public String send(String lines) {
    return feed(lines + "\r\n");
  }

  /** Sends one command as an array of bulk strings. */
  public String call(String... args) {
    StringBuilder request = new StringBuilder("*" + args.length + "\r\n");
    for (String arg : args) {
      request.append('$').append(arg.length()).append("\r\n").append(arg).append("\r\n");
    }
    return feed(request.toString());
  }

  /** Sends bytes as they are; the replies that came, those of many turns whole. */
  public String feed(String bytes) {
    StringBuilder text = new StringBuilder(begin(bytes));
    while (session.isReplying()) {
      text.append(turn());
    }
    return text.toString();
  }

  /** Gives the session another turn, without more bytes; what it replied. */
  public String turn() {
    return begin("");
  }

  /**
   * Gives the session turns until it has told that, which another thread may be handing over just now; all that it told.
   * After ten seconds that is what it has told until then.
   */
  public String turnsUntil(String told) {
    StringBuilder text = new StringBuilder(turn());
    for (long end = System.nanoTime() + PATIENCE_NANOS; text.indexOf(told) < 0 && System.nanoTime() < end; ) {
      Thread.onSpinWait();
      text.append(turn());
    }
    return text.toString();
  }

  /** Sends bytes as they are; what was replied in the first turn. */
  public String begin(String bytes) {
    byte[] more = bytes.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(kept, kept.length + more.length);
    System.arraycopy(more, 0, all, kept.length, more.length);
    int taken = session.feed(all, 0, all.length);
    kept = Arrays.copyOfRange(all, taken, all.length);
    return replies();
  }

  /** The replies written since it was last asked. */
  public String replies() {
    String text = new String(output.array(), 0, output.size(), StandardCharsets.ISO_8859_1);
    output.clear();
    return text;
  }

  /** Be full from so many bytes of output on. */
  public void fullAt(long bytes) {
    fullAt = bytes;
  }

  /** Bytes that the session has not taken. */
  public int left() {
    return kept.length;
  }

  public boolean isKilled() {
    return killed;
  }

  public void disconnect() {
    session.close();
  }

  @Override public String remoteAddress() {
    return "127.0.0.1:" + port;
  }

  @Override public String localAddress() {
    return "127.0.0.1:5001";
  }

  @Override public boolean isUnixSocket() {
    return false;
  }

  @Override public boolean isLocal() {
    return true;
  }

  @Override public void wake() {
    woken = true;
  }

  /** Whether the session has been given a turn since this was last asked. */
  public boolean isWoken() {
    boolean was = woken;
    woken = false;
    return was;
  }

  @Override public void wakeIn(long millis) {
    wakeMillis = millis;
  }

  /** When the session wants a turn, in milliseconds from when it was asked; {@link #NEVER} for not at all. */
  public long wakeMillis() {
    return wakeMillis;
  }

  @Override public void kill() {
    killed = true;
  }

  /** Messages are written at once: the test sends none in the middle of a turn. */
  @Override public void push(Message message) {
    synchronized (output) {
      output.bytes(message.bytes(), 0, message.length());
    }
  }

  @Override public void givePushed(Output to) {
    // they have been written
  }

  @Override public void outputClass(OutputClass next) {
    outputClass = next;
  }

  /** Which limits the session has asked for. */
  public OutputClass outputClass() {
    return outputClass;
  }

  @Override public long inputBytes() {
    return kept.length;
  }

  @Override public long outputBytes() {
    return output.size();
  }

  @Override public long inputFreeBytes() {
    return 0;
  }

  @Override public int outputPieces() {
    return output.size() > 0 ? 1 : 0;
  }

  @Override public boolean isBlocked() {
    return false;
  }

  @Override public boolean hasRoom(long bytes) {
    return bytes <= roomBytes;
  }

  /** Let so many bytes wait at most. */
  public void room(long bytes) {
    roomBytes = bytes;
  }

  @Override public boolean isFull() {
    return output.size() >= fullAt;
  }
}
