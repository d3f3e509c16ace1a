package io.qcache.keyspace;

/**
 * Lengths of arrays near powers of two.  Each access reads the array's length, at its front; arrays of 2^n bytes side by side
 * have all their fronts on the same few lines of a processor's caches and of its table of pages, which then hold none of them
 * for long.  Arrays of an odd number of lines of 64 bytes, and no whole number of 4 KiB, have their fronts everywhere.
 */
final class Spread {
  private static final int LINE = 64;
  private static final int HEADER = 16; // of an array
  private static final int LEAST_BYTES = 4096; // smaller ones are so many that other things lie between them

  private Spread() {}

  /** The length for an array of bytes that is to take little less than {@code bytes}, a power of two. */
  static int bytes(int bytes) {
    return bytes < LEAST_BYTES ? bytes : bytes - bytes / LINE - LINE - HEADER;
  }

  /** The length for an array of longs that is to have little more than {@code longs}, a power of two. */
  static int longs(int longs) {
    return longs < LEAST_BYTES / Long.BYTES ? longs : longs + longs / LINE + (LINE - HEADER) / Long.BYTES;
  }
}
