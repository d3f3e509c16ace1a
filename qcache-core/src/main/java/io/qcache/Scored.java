package io.qcache;

import java.util.Objects;

/** A member of a sorted set and its score, which is never a NaN. */
public record Scored<V>(V member, double score) {
  public Scored {
    Objects.requireNonNull(member, "member");
  }
}
