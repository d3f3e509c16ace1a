package io.qcache.net.transport;

/** Whose transport it is: a connection at its loop. */
public interface Owner {
  /** Has the connection read again soon, at its loop, though its socket may have nothing: for any thread. */
  void readAgain();

  /** The loop's; by the loop. */
  TlsBuffers tlsBuffers();
}
