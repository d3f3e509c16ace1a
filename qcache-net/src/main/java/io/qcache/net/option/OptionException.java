package io.qcache.net.option;

/** An option that cannot be taken; the message is one line that names it and its value. */
public final class OptionException extends Exception {
  public OptionException(String message) {
    super(message, null, false, false);
  }
}
