package io.qcache.net.option;

/** The types an option can have; each reads and checks a value's text in the words of Redis 7.0. */
enum Kind {
  /** Canonical decimal digits. */
  NUMBER,
  /** Octal digits. */
  OCTAL,
  /** A number of bytes, with a unit or none: {@code 100}, {@code 1k} is 1000, {@code 1kb} 1024, so too m and g. */
  BYTES,
  /** The same, or up to 100 with a percent sign, which is kept as a number below 0. */
  BYTES_OR_PERCENT,
  /** yes or no. */
  SWITCH,
  /** One of a few words. */
  CHOICE,
  /** Any text. */
  TEXT,
  /** One or more addresses. */
  ADDRESSES,
  /** Limits of output, by class of connections; classes that are not named keep theirs. */
  OUTPUT_LIMITS,
  /** Classes of events, a letter each. */
  EVENT_CLASSES,
  /** Seconds and changes in turn; at start, those given later are added. */
  SAVE_POINTS,
  /** A plain name within a directory. */
  FILE_NAME,
  /** A directory that exists. */
  DIRECTORY,
  /** {@code host:port} or {@code :port}: another way to say bind and port. */
  LISTEN_ADDRESS
}
