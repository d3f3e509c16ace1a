package io.qcache.client.wire;

import java.time.Duration;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/**
 * Where a client connects and how; an immutable value.
 *
 * @param tls        null for none
 * @param user       empty for the server's default user
 * @param password   empty for none
 * @param clientName what the server's lists show; empty for none
 * @param longestSilence after which a server that owes a reply counts as gone
 * @param nanoTime   the monotonic clock, in nanoseconds, by which back-off and silence are measured
 */
public record Settings(
    Place place, SSLContext tls, String user, String password, int database, String clientName,
    Duration connectTimeout, Duration commandTimeout, Duration longestSilence, int poolSize, LongSupplier nanoTime) {

  /** {@code host:port} or a path, for messages. */
  public String address() {
    return place.toString();
  }

  boolean hasPassword() {
    return !password.isEmpty();
  }

  /** Without the password. */
  @Override public String toString() {
    return address() + "/" + database;
  }
}
