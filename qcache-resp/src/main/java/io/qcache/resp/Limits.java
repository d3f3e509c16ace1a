package io.qcache.resp;

/**
 * What a parser accepts from the other side.  An immutable value: a session hands its parser another one when its
 * rights change (before and after AUTH).  No limit makes a parser allocate: memory grows with received bytes only.
 *
 * <ul>
 *   <li>{@code inlineBytes}: the longest inline command, header line, or line of a reply, without its line end;
 *   <li>{@code bulkBytes}: the longest bulk string, in requests and replies ({@code proto-max-bulk-len});
 *   <li>{@code arguments}: the most arguments of a request, and the most elements of an aggregate in a reply;
 *   <li>{@code depth}: how deep the aggregates of a reply may nest (a request never nests);
 *   <li>{@code requestBytes}: the longest request with all its headers, arguments handed over as large ones included;
 *   <li>{@code authenticated}: false makes a request beyond {@code arguments} or {@code bulkBytes} fail with the words
 *       for a peer that has not logged in.
 * </ul>
 */
public record Limits(
    int inlineBytes, long bulkBytes, int arguments, int depth, long requestBytes, boolean authenticated) {

  /** Redis's own numbers: lines of 64 KiB, bulks of 512 MiB, any number of arguments, requests of 1 GiB; depth 128. */
  public static final Limits DEFAULT = new Limits(64 << 10, 512L << 20, Integer.MAX_VALUE, 128, 1L << 30, true);

  /** For a peer that has not logged in yet: 10 arguments of 16 KiB. */
  public static final Limits UNAUTHENTICATED = new Limits(64 << 10, 16 << 10, 10, 128, 1L << 30, false);

  public Limits {
    atLeast(1, "inlineBytes", inlineBytes);
    atLeast(0, "bulkBytes", bulkBytes);
    atLeast(1, "arguments", arguments);
    atLeast(1, "depth", depth);
    atLeast(1, "requestBytes", requestBytes);
    if (inlineBytes > 1 << 30) {
      throw new IllegalArgumentException("inlineBytes must be <= 1073741824: was " + inlineBytes);
    }
    if (bulkBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("bulkBytes must be <= 2147483647: was " + bulkBytes);
    }
  }

  public Limits withInlineBytes(int bytes) {
    return new Limits(bytes, bulkBytes, arguments, depth, requestBytes, authenticated);
  }

  public Limits withBulkBytes(long bytes) {
    return new Limits(inlineBytes, bytes, arguments, depth, requestBytes, authenticated);
  }

  public Limits withArguments(int count) {
    return new Limits(inlineBytes, bulkBytes, count, depth, requestBytes, authenticated);
  }

  public Limits withDepth(int levels) {
    return new Limits(inlineBytes, bulkBytes, arguments, levels, requestBytes, authenticated);
  }

  public Limits withRequestBytes(long bytes) {
    return new Limits(inlineBytes, bulkBytes, arguments, depth, bytes, authenticated);
  }

  private static void atLeast(long least, String name, long value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be >= " + least + ": was " + value);
    }
  }
}
