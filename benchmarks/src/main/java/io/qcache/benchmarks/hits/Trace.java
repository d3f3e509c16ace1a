package io.qcache.benchmarks.hits;

import java.util.Arrays;

/**
 * The keys of a load in the order in which they are asked for, numbered from 0 in the order in which they first appear:
 * four bytes a request, whatever the keys were.  Whoever reads {@code keys} leaves them as they are.
 */
record Trace(String name, int[] keys, int distinct) {
  /** Numbers keys as they come, in a table with open addressing: 12 bytes a slot, at most two thirds of them used. */
  static final class Builder {
    private static final int LONGEST = Integer.MAX_VALUE - 8;
    private int[] requests = new int[1024];
    private int length;
    private long[] keys = new long[1024];
    private int[] numbers = new int[1024]; // number + 1; 0: the slot is free
    private int distinct;

    /** @throws BadInput if the trace gets longer than an array can be */
    void add(long key) {
      if (length == requests.length) {
        if (length == LONGEST) {
          throw new BadInput("a trace has at most " + LONGEST + " requests");
        }
        requests = Arrays.copyOf(requests, (int) Math.min(2L * length, LONGEST));
      }
      requests[length++] = number(key);
    }

    private int number(long key) {
      int slot = slot(key);
      if (numbers[slot] == 0) {
        if (distinct >= keys.length / 3 * 2) {
          grow();
          slot = slot(key);
        }
        keys[slot] = key;
        numbers[slot] = ++distinct;
      }
      return numbers[slot] - 1;
    }

    /** Where the key is, or the free slot where it belongs. */
    private int slot(long key) {
      int slot = (int) (Hash.of(key) >>> 32) & keys.length - 1;
      while (numbers[slot] != 0 && keys[slot] != key) {
        slot = slot + 1 & keys.length - 1;
      }
      return slot;
    }

    private void grow() {
      long[] oldKeys = keys;
      int[] oldNumbers = numbers;
      keys = new long[oldKeys.length * 2];
      numbers = new int[oldKeys.length * 2];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldNumbers[i] != 0) {
          int slot = slot(oldKeys[i]);
          keys[slot] = oldKeys[i];
          numbers[slot] = oldNumbers[i];
        }
      }
    }

    int length() {
      return length;
    }

    /** @throws BadInput if nothing was added */
    Trace build(String name) {
      if (length == 0) {
        throw new BadInput(name + ": no request in it");
      }
      return new Trace(name, Arrays.copyOf(requests, length), distinct);
    }
  }
}
