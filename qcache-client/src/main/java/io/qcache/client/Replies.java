package io.qcache.client;

import io.qcache.QCacheException;
import io.qcache.TimeToLive;
import io.qcache.ValueType;
import io.qcache.resp.Reply;
import java.time.Instant;
import java.util.Optional;

/** What replies mean that are no errors. */
final class Replies {
  private Replies() {}

  static Void nothing(Reply reply) {
    return null;
  }

  /** Whether a conditional SET did it: OK, or null. */
  static boolean isDone(Reply reply) {
    return !reply.isNull();
  }

  /** A count of at most one as yes or no. */
  static boolean isOne(Reply reply) {
    return reply.asLong() > 0;
  }

  static Optional<ValueType> type(Reply reply) {
    String name = reply.asText();
    if (name.equals("none")) {
      return Optional.empty();
    }
    for (ValueType type : ValueType.values()) {
      if (type.wireName().equals(name)) {
        return Optional.of(type);
      }
    }
    throw new QCacheException("the key holds a type that this client does not know: " + name);
  }

  static TimeToLive timeToLive(Reply reply) {
    return TimeToLive.ofMillis(reply.asLong());
  }

  /** The answer of PEXPIRETIME: -1 and -2 are none. */
  static Optional<Instant> deadline(Reply reply) {
    long millis = reply.asLong();
    return millis < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
