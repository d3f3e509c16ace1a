package io.qcache.client;

import io.qcache.Failure;
import io.qcache.client.wire.Request;
import io.qcache.resp.Reply;
import java.math.BigDecimal;
import java.util.function.Function;

/**
 * An operation ready to be sent: its request, and what its reply means.  One whose result needs no server, such as the
 * deletion of no keys, has no request.
 */
final class Command<R> {
  private static final long NEVER = -1;
  private static final long LONGEST_WAIT_MILLIS = 100L * 365 * 24 * 60 * 60 * 1000; // what no server takes for too long

  private final Request request; // null where the result is known
  private final Function<? super Reply, ? extends R> decode;
  private final R known;
  private long waitMillis = NEVER;

  private Command(Request request, Function<? super Reply, ? extends R> decode, R known) {
    this.request = request;
    this.decode = decode;
    this.known = known;
  }

  static <R> Command<R> of(Request request, Function<? super Reply, ? extends R> decode) {
    return new Command<>(request, decode, null);
  }

  static <R> Command<R> known(R result) {
    return new Command<>(null, reply -> result, result);
  }

  /** A wait as commands name it, in seconds. */
  static String seconds(long millis) {
    return BigDecimal.valueOf(Math.min(millis, LONGEST_WAIT_MILLIS), 3).toPlainString();
  }

  /** Says that the server may wait so long before it replies, so that it has to go over a connection of its own. */
  Command<R> waiting(long millis) {
    waitMillis = Math.min(millis, LONGEST_WAIT_MILLIS);
    return this;
  }

  boolean isWaiting() {
    return waitMillis != NEVER;
  }

  long waitMillis() {
    return waitMillis;
  }

  boolean isKnown() {
    return request == null;
  }

  R known() {
    return known;
  }

  Request request() {
    return request;
  }

  /** What the reply means; throws what an error reply says, or whatever a codec throws. */
  R result(Reply reply) {
    if (reply instanceof Reply.ErrorReply error) {
      throw Failure.of(error.line());
    }
    return decode.apply(reply);
  }
}
