package io.qcache;

/** An error reply that is none of the family's others: its prefix, such as {@code ERR} or {@code NOAUTH}, and its text. */
public final class ServerException extends QCacheException {
  private final String prefix;
  private final String text;

  public ServerException(String prefix, String text) {
    super(text.isEmpty() ? prefix : prefix + " " + text);
    this.prefix = prefix;
    this.text = text;
  }

  /** The first word, such as {@code ERR}. */
  public String prefix() {
    return prefix;
  }

  /** What stands behind the prefix. */
  public String text() {
    return text;
  }
}
