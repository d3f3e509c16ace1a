package io.qcache.net.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * Over TLS: an engine between the channel and the conversation.
 *
 * <pre>
 *   read    channel ──► buffers.received ──unwrap──► into          kept: the record that is not complete
 *   write   from ──wrap──► buffers.encrypted ──► channel           held: what the channel did not take
 * </pre>
 *
 * The buffers are the loop's: an idle connection has none but the engine's own.  While anything is held nothing is read,
 * and no more is encrypted at once than the channel took last time and one record: so a peer that does not read makes
 * the server wait as it does over plain TCP.
 *
 * <p>What the engine has to calculate for a handshake is done by other threads, during which the engine is left alone.
 * One handshake is all there is: whoever wants another is cut off.
 */
final class TlsTransport extends TcpTransport {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final byte[] NONE = {};
  private static final int MOST_RECORDS = 256;           // read at a time: empty ones could be thousands
  private static final int MOST_TAKEN = 256 << 10;
  private static final int MOST_DISCARDED = 4;           // reads
  private static final int ALERT = 21;                   // a record's first byte, before TLS 1.3

  private final Tls tls;
  private final SSLEngine engine;
  private Owner owner;
  private byte[] kept = NONE;
  private byte[] held = NONE;
  private int heldFrom;
  private int taken;               // by the channel, in the last write
  private boolean opening = true;
  private boolean working;         // others calculate
  private volatile boolean worked; // they are done
  private boolean more;            // complete records are kept
  private boolean ended;           // the peer has said that nothing comes any more

  TlsTransport(SocketChannel channel, Tls tls) throws IOException {
    super(channel);
    this.tls = tls;
    this.engine = tls.engine();
  }

  @Override public void open(Owner to) throws IOException {
    super.open(to);
    owner = to;
    engine.beginHandshake();
  }

  @Override public boolean isOpening() {
    return opening;
  }

  @Override public boolean isWorking() {
    return working;
  }

  @Override public int interest(int wanted) {
    if (working) {
      return 0;
    }
    if (held != NONE) {
      return SelectionKey.OP_WRITE;
    }
    return opening ? SelectionKey.OP_READ : wanted;
  }

  @Override public boolean hasMore() {
    return more && !working && held == NONE;
  }

  @Override public int keptBytes() {
    return kept.length;
  }

  @Override public int heldBytes() {
    return held.length;
  }

  // Reading

  @Override public int read(ByteBuffer into) throws IOException {
    if (working && !worked || held != NONE) {
      return 0;
    }
    int before = into.position();
    int count;
    try {
      if (working) {
        working = false;
        settle(engine.getHandshakeStatus());
      }
      ByteBuffer received = owner.tlsBuffers().received;
      count = receive(received);
      decrypt(received, into);
      keep(received);
    } catch (SSLException broken) {
      complain();
      throw broken;
    }
    int decrypted = into.position() - before;
    return decrypted == 0 && (ended || count < 0) ? -1 : decrypted;
  }

  /** What is kept, and what has come behind it; -1 where the channel is at its end. */
  private int receive(ByteBuffer received) throws IOException {
    received.clear().put(kept);
    kept = NONE;
    int count = 0;
    if (received.hasRemaining() && !working) {
      ByteBuffer direct = owner.tlsBuffers().direct;
      direct.clear().limit(received.remaining());
      count = channel().read(direct);
      received.put(direct.flip());
    }
    received.flip();
    return count;
  }

  private void keep(ByteBuffer received) {
    if (received.hasRemaining() && !ended) {
      kept = Arrays.copyOfRange(received.array(), received.position(), received.limit());
    }
  }

  private void decrypt(ByteBuffer received, ByteBuffer into) throws IOException {
    int start = into.position();
    more = false;
    for (int records = 0; received.hasRemaining() && !ended && !working && held == NONE; records++) {
      boolean last = into.position() > start && received.get(received.position()) == ALERT;
      if (last || records == MOST_RECORDS) { // what came before the end is to be answered before it
        more = true;
        return;
      }
      SSLEngineResult result = engine.unwrap(received, into);
      ended = result.getStatus() == Status.CLOSED;
      if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
        return;
      }
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        more = true;
        return;
      }
      settle(result.getHandshakeStatus());
    }
    more = received.hasRemaining() && !ended;
  }

  /** Does what the engine asks for. */
  private void settle(HandshakeStatus status) throws IOException {
    switch (status) {
      case NEED_TASK -> {
        requireFirstHandshake();
        worked = false;
        working = true;
        tls.execute(this::work);
      }
      case NEED_WRAP -> {
        if (!ended && !engine.getSession().getProtocol().equals(Tls.TLS_1_3)) {
          requireFirstHandshake();
        }
        sendOwn();
      }
      case FINISHED, NOT_HANDSHAKING -> opening = false;
      default -> {} // it needs more to read
    }
  }

  /** In TLS 1.2 either side may ask for another handshake, which costs much and has been a way in for attackers. */
  private void requireFirstHandshake() throws SSLException {
    if (!opening) {
      throw new SSLException("another handshake is not taken");
    }
  }

  /** On another thread. */
  private void work() {
    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
      task.run(); // what it throws is thrown by the engine, when it is used again
    }
    worked = true;
    owner.readAgain();
  }

  /** Sends what the engine has to say itself. */
  private void sendOwn() throws IOException {
    ByteBuffer encrypted = owner.tlsBuffers().encrypted.clear();
    SSLEngineResult result;
    do {
      result = engine.wrap(NOTHING, encrypted);
    } while (result.getStatus() == Status.OK && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
        && encrypted.remaining() > engine.getSession().getPacketBufferSize());
    send(encrypted.flip());
    if (result.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
      settle(result.getHandshakeStatus());
    }
  }

  /** Tells the peer what is wrong, as far as the channel takes it at once. */
  private void complain() {
    try {
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && held == NONE) {
        ByteBuffer encrypted = owner.tlsBuffers().encrypted.clear();
        engine.wrap(NOTHING, encrypted);
        send(encrypted.flip());
      }
      for (int i = 0; i < MOST_DISCARDED && channel().read(owner.tlsBuffers().direct.clear()) > 0; i++) {
        // unread bytes would reset the connection, and the alert be lost
      }
    } catch (IOException gone) {
      // it is being closed anyway
    }
  }

  // Writing

  @Override public int write(ByteBuffer from) throws IOException {
    if (working || !flush() || opening) {
      return 0;
    }
    int start = from.position();
    int now = 0;
    int most = taken;
    while (from.hasRemaining() && held == NONE) {
      now += send(encrypt(from, most));
      most = now;
    }
    taken = from.position() > start ? Math.min(now, MOST_TAKEN) : taken;
    return from.position() - start;
  }

  /** Encrypts at most so many bytes and one record. */
  private ByteBuffer encrypt(ByteBuffer from, int most) throws IOException {
    ByteBuffer encrypted = owner.tlsBuffers().encrypted.clear();
    int packet = engine.getSession().getPacketBufferSize();
    do {
      if (engine.wrap(from, encrypted).getStatus() == Status.CLOSED) {
        throw new IOException("the peer takes no more");
      }
    } while (from.hasRemaining() && encrypted.position() < most && encrypted.remaining() > packet);
    return encrypted.flip();
  }

  /** Writes once and holds the rest; how much the channel took. */
  private int send(ByteBuffer encrypted) throws IOException {
    ByteBuffer direct = owner.tlsBuffers().direct;
    int sent = 0;
    if (held == NONE) {
      direct.clear().put(encrypted.duplicate());
      sent = channel().write(direct.flip());
    }
    encrypted.position(sent);
    if (encrypted.hasRemaining()) {
      hold(encrypted);
    }
    return sent;
  }

  private void hold(ByteBuffer rest) {
    int before = held.length - heldFrom;
    byte[] all = new byte[before + rest.remaining()];
    System.arraycopy(held, heldFrom, all, 0, before);
    rest.get(all, before, rest.remaining());
    held = all;
    heldFrom = 0;
  }

  /** Writes what is held; whether nothing is any more. */
  private boolean flush() throws IOException {
    while (held != NONE) {
      ByteBuffer direct = owner.tlsBuffers().direct.clear();
      int length = Math.min(held.length - heldFrom, direct.capacity());
      int sent = channel().write(direct.put(held, heldFrom, length).flip());
      heldFrom += sent;
      if (heldFrom == held.length) {
        held = NONE;
        heldFrom = 0;
        more = kept.length > 0; // it waited for this
      } else if (sent < length) {
        return false;
      }
    }
    return true;
  }

  // The end

  /** Says that nothing comes any more, where there is a way to say it. */
  @Override public void close() throws IOException {
    try {
      if (!opening && !working && held == NONE && channel().isOpen()) {
        engine.closeOutbound();
        ByteBuffer encrypted = owner.tlsBuffers().encrypted.clear();
        engine.wrap(NOTHING, encrypted);
        channel().write(owner.tlsBuffers().direct.clear().put(encrypted.flip()).flip());
      }
    } catch (IOException gone) {
      // then the peer knows
    } finally {
      kept = NONE;
      held = NONE;
      super.close();
    }
  }
}
