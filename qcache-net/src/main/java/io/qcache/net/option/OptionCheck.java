package io.qcache.net.option;

/** Asked before CONFIG SET changes options that concern others: told of them as they would be. */
public interface OptionCheck {
  /** Why that option, which is one of those to be changed, cannot be as it is there; null where it can. */
  String refusal(Options wanted, Option changed);
}
