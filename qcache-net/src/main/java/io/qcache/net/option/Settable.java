package io.qcache.net.option;

/** When an option can be given a value. */
enum Settable {
  /** On the command line and in the file. */
  AT_START,
  /** By CONFIG SET too. */
  AT_RUN_TIME,
  /** At start alone, because who reaches the port could do harm with it. */
  PROTECTED
}
