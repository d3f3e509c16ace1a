package io.qcache.benchmarks.peers;

import io.qcache.benchmarks.Store;
import java.nio.charset.StandardCharsets;

/** Keys that are ready-made strings. */
abstract class ByString implements Store<String> {
  @Override public final String key(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
