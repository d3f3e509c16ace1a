package io.qcache.net.option;

/** Takes what CONFIG GET found: the name as it is to be replied, and the value's text. */
public interface OptionVisitor {
  void option(String name, String value);
}
