package io.qcache.benchmarks.hits;

/** What was asked for cannot be done; the message names what and where, and is all that the user needs to see. */
final class BadInput extends RuntimeException {
  BadInput(String message) {
    super(message, null, false, false);
  }
}
