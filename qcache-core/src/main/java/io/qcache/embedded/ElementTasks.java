package io.qcache.embedded;

import io.qcache.OutOfRangeException;
import io.qcache.ScanOptions;
import io.qcache.engine.Glob;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the tasks of hashes and of sets have in common. */
final class ElementTasks {
  /** A page in bytes. */
  record RawPage(long cursor, List<byte[]> elements) {}

  private ElementTasks() {}

  /** What a scan within a key looks for; null for all. */
  static Glob glob(ScanOptions options) {
    if (options.type().isPresent()) {
      throw new IllegalArgumentException("a scan within a key knows no type: was " + options.type().get());
    }
    return options.glob().map(pattern -> new Glob(pattern.getBytes(StandardCharsets.UTF_8))).orElse(null);
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
