package io.qcache.client;

/** Carries out an operation and waits for its result. */
interface Caller {
  <R> R call(Command<R> command);
}
