package io.qcache.client;

import io.qcache.OutOfRangeException;
import io.qcache.ScanOptions;
import io.qcache.client.wire.Request;
import io.qcache.resp.Reply;

/** What the commands of hashes and of sets have in common. */
final class ElementReplies {
  private ElementReplies() {}

  /** HSCAN or SSCAN of the key. */
  static Request scan(String name, byte[] key, long cursor, ScanOptions options) {
    if (options.type().isPresent()) {
      throw new IllegalArgumentException("a scan within a key knows no type: was " + options.type().get());
    }
    Request request = new Request(name, options.glob().isPresent() ? 6 : 4).key(key).argument(Long.toUnsignedString(cursor));
    request.argument("COUNT").argument(options.count());
    options.glob().ifPresent(glob -> request.argument("MATCH").argument(glob));
    return request;
  }

  static long cursor(Reply page) {
    return Long.parseUnsignedLong(page.asList().get(0).asText());
  }

  static long requireCount(long count) {
    if (count < -Integer.MAX_VALUE) {
      throw new OutOfRangeException("count must be >= " + -Integer.MAX_VALUE + ": was " + count);
    }
    return count;
  }

  static void require(boolean holds, String what, long most) {
    if (!holds) {
      throw new OutOfRangeException("most must be " + what + ": was " + most);
    }
  }
}
