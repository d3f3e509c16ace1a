package io.qcache.engine;

/**
 * Which classes of events are published, and on which of the two channels of a key: the value of Redis's
 * {@code notify-keyspace-events}.  Immutable.
 * <pre>
 *   g generic  $ string  l list  s set  h hash  z sorted set  x expired  e evicted  t stream  d module     A all of these
 *   n new keys  m misses     K on __keyspace@DB__:KEY  E on __keyevent@DB__:EVENT
 * </pre>
 */
public final class EventClasses {
  /** Nothing is published. */
  public static final EventClasses NONE = new EventClasses(0);

  private static final String LETTERS = "g$lshzxetdnKEm"; // a bit each, in the order in which Redis shows them
  private static final int ALL = (1 << LETTERS.indexOf('n')) - 1;

  private final int bits;

  private EventClasses(int bits) {
    this.bits = bits;
  }

  /** The classes whose letters the text has, in any order; null where one of its letters is none. */
  public static EventClasses parse(String text) {
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      int bit = LETTERS.indexOf(text.charAt(i));
      if (bit < 0 && text.charAt(i) != 'A') {
        return null;
      }
      bits |= bit < 0 ? ALL : 1 << bit;
    }
    return new EventClasses(bits);
  }

  /** The classes that {@link #bits} said. */
  public static EventClasses of(int bits) {
    return new EventClasses(bits);
  }

  /** All that is to be known of it, as the text is not. */
  public int bits() {
    return bits;
  }

  /** Whether the letter is among them, given itself or by an A. */
  public boolean has(char letter) {
    int bit = LETTERS.indexOf(letter);
    return bit >= 0 && (bits & 1 << bit) != 0;
  }

  /** Whether anything is published at all: a class, on a channel. */
  public boolean areAny() {
    return (has('K') || has('E')) && (bits & ~(1 << LETTERS.indexOf('K') | 1 << LETTERS.indexOf('E'))) != 0;
  }

  /** As Redis shows it, where an A leaves the new keys unsaid. */
  public String text() {
    boolean all = (bits & ALL) == ALL;
    StringBuilder text = new StringBuilder(all ? "A" : "");
    for (int i = all ? LETTERS.indexOf('K') : 0; i < LETTERS.length(); i++) {
      if ((bits & 1 << i) != 0) {
        text.append(LETTERS.charAt(i));
      }
    }
    return text.toString();
  }
}
