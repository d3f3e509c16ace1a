package io.qcache.net.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * How a connection's bytes come and go, and between which addresses.  What is read and written here is what the
 * conversation means; what travels may be something else, so a transport may hold back some of it: then it says what it
 * waits for.
 *
 * <p>Its connection's loop only, but for the addresses, which may be asked for by any thread.
 */
public abstract class Transport {
  private final SocketChannel channel;

  /** Of a channel that does not block. */
  Transport(SocketChannel channel) {
    this.channel = channel;
  }

  /** For a selector, and for nothing else. */
  public final SocketChannel channel() {
    return channel;
  }

  /** To be called once before anything is read, by the loop of its owner. */
  public abstract void open(Owner owner) throws IOException;

  /** Whether it has still to come to terms with the peer before anything can be read or written. */
  public boolean isOpening() {
    return false;
  }

  /** Whether it is kept from that, or from anything else, by work on another thread and not by the peer. */
  public boolean isWorking() {
    return false;
  }

  /** What to wait for at the selector where the conversation waits for those operations. */
  public int interest(int wanted) {
    return wanted;
  }

  /** Whether reading would give something though nothing more has come. */
  public boolean hasMore() {
    return false;
  }

  /** What it holds back of what was received, in bytes. */
  public int keptBytes() {
    return 0;
  }

  /** What it holds back of what was written, in bytes. */
  public int heldBytes() {
    return 0;
  }

  /** Reads once into the rest of the buffer; the bytes read, 0 where there are none yet, -1 at the end. */
  public int read(ByteBuffer into) throws IOException {
    return channel.read(into);
  }

  /** Writes what can be taken of the buffer, with nothing in it what was held back; how much of the buffer that was. */
  public int write(ByteBuffer from) throws IOException {
    return channel.write(from);
  }

  /** Has the system ask a silent peer whether it is there after so many seconds, 0 for never. */
  public abstract void keepAlive(int seconds);

  /** Ends it; what was not sent is lost. */
  public void close() throws IOException {
    channel.close(); // cancels its keys
  }

  /** Where the peer is, as {@code 127.0.0.1:1234}. */
  public abstract String remoteAddress();

  /** Where the peer has connected to, as {@code 127.0.0.1:5001}. */
  public abstract String localAddress();

  /** Whether the peer is on this machine for certain. */
  public abstract boolean isLocal();

  /** Whether it is a Unix socket. */
  public boolean isUnixSocket() {
    return false;
  }
}
