package io.qcache.resp;

/**
 * Where the arguments of a command lie: a growing array of pairs offset, length.
 * It doubles as arguments arrive, never by an announced count, and shrinks back at {@link #clear()}.
 */
final class Spans {
  private static final int KEPT = 2 * 256;
  private static final int FIRST = 2 * 8;

  int[] pairs = new int[FIRST];
  int count;

  void clear() {
    count = 0;
    if (pairs.length > KEPT) {
      pairs = new int[FIRST];
    }
  }

  void add(int offset, int length) {
    int at = 2 * count;
    if (at == pairs.length) {
      grow();
    }
    pairs[at] = offset;
    pairs[at + 1] = length;
    count++;
  }

  // A request of 2^31 bytes holds at most 357 million arguments (of 6 bytes each): twice that is a possible array.
  private void grow() {
    pairs = java.util.Arrays.copyOf(pairs, (int) Math.min(2L * pairs.length, Integer.MAX_VALUE - 9));
  }

  int offset(int i) {
    return pairs[2 * i];
  }

  int length(int i) {
    return pairs[2 * i + 1];
  }
}
