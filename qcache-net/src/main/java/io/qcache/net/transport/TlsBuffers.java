package io.qcache.net.transport;

import java.nio.ByteBuffer;

/**
 * What a loop lends to its TLS connections while each is read or written: encrypted bytes in an array, where ciphers work
 * fastest, and the same outside the heap, since no array is handed to a channel.  Event loop only.
 */
public final class TlsBuffers {
  static final int READ_BYTES = 256 << 10;
  static final int WRITE_BYTES = 320 << 10;

  /** Received and not decrypted; position and limit as to be read. */
  final ByteBuffer received = ByteBuffer.allocate(READ_BYTES);
  /** Encrypted and not sent; position and limit as to be written. */
  final ByteBuffer encrypted = ByteBuffer.allocate(WRITE_BYTES);
  /** For the channel, in either direction. */
  final ByteBuffer direct = ByteBuffer.allocateDirect(WRITE_BYTES);
}
