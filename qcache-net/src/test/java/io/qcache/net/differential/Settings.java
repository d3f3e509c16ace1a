package io.qcache.net.differential;

import java.net.InetSocketAddress;

/**
 * What the command line asks of a run:
 *
 * <ul>
 *   <li>{@code -Ddifferential.commands=300000}
 *   <li>{@code -Ddifferential.seed=}: replays a run; else a new one, which is printed
 *   <li>{@code -Ddifferential.target=host:port}: compares that server; {@code redis} a second redis-server, which must
 *       find nothing and so proves the {@link Allowance}s; else a server of our own in this JVM
 *   <li>{@code -Ddifferential.differences=20}: stops after so many of different kinds
 *   <li>{@code -Dredis.server=}: the reference's executable, else {@code redis-server} of the PATH
 * </ul>
 */
record Settings(long commands, long seed, String target, int differences, String redisServer) {
  static Settings fromProperties() {
    return new Settings(
        number("differential.commands", 300_000),
        number("differential.seed", System.nanoTime() & 0xffff_ffffL),
        System.getProperty("differential.target", ""),
        (int) number("differential.differences", 20),
        System.getProperty("redis.server", "redis-server"));
  }

  boolean isAgainstRedis() {
    return target.equals("redis");
  }

  /** Null if the run starts the server itself. */
  InetSocketAddress targetAddress() {
    if (target.isEmpty() || isAgainstRedis()) {
      return null;
    }
    int colon = target.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("differential.target must be host:port or redis: was " + target);
    }
    return new InetSocketAddress(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
  }

  private static long number(String name, long absent) {
    String value = System.getProperty(name, "");
    try {
      return value.isEmpty() ? absent : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number: was " + value);
    }
  }
}
