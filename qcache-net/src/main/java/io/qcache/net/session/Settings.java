package io.qcache.net.session;

import io.qcache.resp.Limits;

/**
 * The options of a server as its sessions see them.  Thread-safe.  A text's chars are its bytes (ISO 8859-1), so that a
 * value is what a client sent, byte for byte.
 */
public interface Settings {
  /** How many options there are. */
  int size();

  /** The name of option {@code i}, in lower case, as CONFIG GET prints it. */
  String name(int i);

  /** The value as CONFIG GET prints it. */
  String value(int i);

  /** Whether CONFIG SET may change it. */
  boolean isSettable(int i);

  /** Sets it at run time; null, or the reason why not, in the words that CONFIG SET's error ends with. */
  String set(int i, String value);

  /** What clients must give to AUTH, empty where nothing is asked for; not to be changed. */
  byte[] password();

  /** For requests of authenticated clients: the same object until something changes. */
  Limits limits();

  /** The port that is listened on, 0 for none. */
  int port();

  int maxClients();
}
