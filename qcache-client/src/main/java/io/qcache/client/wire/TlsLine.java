package io.qcache.client.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * TLS over a socket: an engine, whose one half belongs to the thread that reads and whose other is used under a lock by
 * whoever writes, that thread too where the engine itself has something to say.  The server must show a certificate for the
 * host that was asked for.
 */
final class TlsLine implements Line {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int RECEIVED_BYTES = 64 << 10; // no more than a reader has room for
  private static final int HELD_BYTES = 96 << 10;
  private static final String TLS_1_3 = "TLSv1.3";

  private final SocketChannel socket;
  private final SSLEngine engine;
  private final Runnable whenHolding;
  private final ByteBuffer received = ByteBuffer.allocate(RECEIVED_BYTES).limit(0); // the reader's
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(RECEIVED_BYTES);    // the reader's
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteBuffer encrypted = ByteBuffer.allocate(HELD_BYTES);             // guarded by the lock
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(2 * HELD_BYTES).limit(0); // held; guarded by the lock
  private boolean opening = true;    // the reader's
  private volatile boolean holding;  // written under the lock

  /** {@code whenHolding} is called by a writer who leaves something behind. */
  TlsLine(SocketChannel socket, SSLContext context, String host, int port, Runnable whenHolding) {
    this.socket = socket;
    this.whenHolding = whenHolding;
    this.engine = context.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (isName(host)) {
      parameters.setServerNames(List.of(new SNIHostName(host.getBytes(StandardCharsets.US_ASCII))));
    }
    engine.setSSLParameters(parameters);
  }

  /** Whether the server can be told it (RFC 6066): the JDK itself does so only for names with a dot. */
  private static boolean isName(String host) {
    boolean letters = false;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      letters |= c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (c <= ' ' || c > '~' || c == ':' || c == '_' || c == '%') {
        return false;
      }
    }
    return letters && !host.endsWith(".");
  }

  // The handshake

  @Override public void open(Wait wait) throws IOException {
    try {
      engine.beginHandshake();
      while (opening) {
        step(wait);
      }
    } catch (SSLException refused) {
      complain();
      throw refused;
    }
  }

  private void step(Wait wait) throws IOException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> runTasks();
      case NEED_WRAP -> {
        sendOwn();
        while (holding) {
          wait.until(WRITE);
          flush();
        }
      }
      case NEED_UNWRAP -> {
        if (engine.unwrap(received, NOTHING).getStatus() == Status.BUFFER_UNDERFLOW) {
          wait.until(READ);
          if (receive() < 0) {
            throw new EOFException("the server closed the connection during the handshake");
          }
        }
      }
      default -> opening = false;
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
      task.run(); // what it throws, the engine throws when it is used again
    }
  }

  /** Tells the server what is wrong, as far as the socket takes it at once. */
  private void complain() {
    try {
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        sendOwn();
      }
    } catch (IOException gone) {
      // it is being closed anyway
    }
  }

  // Reading

  @Override public int read(ByteBuffer into) throws IOException {
    int before = into.position();
    int count = receive();
    boolean ended = false;
    while (received.hasRemaining() && !ended) {
      SSLEngineResult result = engine.unwrap(received, into);
      ended = result.getStatus() == Status.CLOSED;
      if (result.getStatus() == Status.BUFFER_UNDERFLOW || result.getStatus() == Status.BUFFER_OVERFLOW) {
        break;
      }
      settle(result.getHandshakeStatus(), ended);
    }
    int decrypted = into.position() - before;
    return decrypted == 0 && (ended || count < 0) ? -1 : decrypted;
  }

  private int receive() throws IOException {
    received.compact();
    incoming.clear().limit(received.remaining());
    int count = socket.read(incoming);
    received.put(incoming.flip()).flip();
    return count;
  }

  /** After the handshake: keys may change and the end may be confirmed, but nobody gets another handshake. */
  private void settle(HandshakeStatus status, boolean ended) throws IOException {
    if (status == HandshakeStatus.NEED_TASK
        || status == HandshakeStatus.NEED_WRAP && !ended && !engine.getSession().getProtocol().equals(TLS_1_3)) {
      throw new SSLException("another handshake is not taken");
    }
    if (status == HandshakeStatus.NEED_WRAP) {
      sendOwn();
    }
  }

  // Writing

  @Override public int write(ByteBuffer from) throws IOException {
    lock.lock();
    try {
      int start = from.position();
      flush();
      while (from.hasRemaining() && !holding) {
        encrypt(from);
      }
      return from.position() - start;
    } finally {
      lock.unlock();
    }
  }

  private void sendOwn() throws IOException {
    lock.lock();
    try {
      flush();
      do {
        encrypt(NOTHING);
      } while (!holding && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
    } finally {
      lock.unlock();
    }
  }

  /** Makes records of as much as fits and sends them as far as the socket takes them.  Under the lock. */
  private void encrypt(ByteBuffer from) throws IOException {
    encrypted.clear();
    int packet = engine.getSession().getPacketBufferSize();
    do {
      if (engine.wrap(from, encrypted).getStatus() == Status.CLOSED && from.hasRemaining()) {
        throw new IOException("the server takes no more");
      }
    } while (from.hasRemaining() && encrypted.remaining() > packet);
    encrypted.flip();
    outgoing.compact().put(encrypted).flip();
    flush();
  }

  @Override public boolean isHolding() {
    return holding;
  }

  @Override public void flush() throws IOException {
    lock.lock();
    try {
      if (outgoing.hasRemaining()) {
        socket.write(outgoing);
      }
      boolean before = holding;
      holding = outgoing.hasRemaining();
      if (holding && !before) {
        whenHolding.run();
      }
    } finally {
      lock.unlock();
    }
  }

  // The end

  @Override public boolean isOpen() {
    return socket.isOpen();
  }

  /** Says that nothing comes any more, where the socket takes it at once. */
  @Override public void close() throws IOException {
    lock.lock();
    try {
      if (!opening && !holding && socket.isOpen()) {
        engine.closeOutbound();
        encrypt(NOTHING);
      }
    } catch (IOException gone) {
      // then the server knows
    } finally {
      lock.unlock();
      socket.close();
    }
  }
}
