package io.qcache.net.option;

/** Told of options that CONFIG SET changed, on the thread that ran it, after the new value is in force. */
public interface OptionListener {
  void changed(Option option);
}
