package io.qcache.net.option;

/** Told of options that CONFIG SET changed, on the thread that ran it, after the new value is in force. */
public interface OptionListener {
  /** @throws OptionException where that cannot be followed: then all values are as they were, which is told, too */
  void changed(Option option) throws OptionException;
}
