package io.qcache.engine;

import io.qcache.collection.RankingPin;

/** Gives a range of a large sorted set, as it was when it was pinned, bit by bit. */
final class RankingProducer implements Producer, MemberVisitor {
  private static final int ABOUT = 32; // bytes that a reply needs for a member beside its own

  private final RankingPin pin;
  private final RankingPin.Steps steps;
  private final ScoredSink out;
  private final long count;
  private long given = -1; // members; before it began: -1
  private long givenBytes;

  /** The members from position {@code from} to before {@code to}, the last one first where {@code backwards}. */
  RankingProducer(RankingPin pin, long from, long to, boolean backwards, ScoredSink out) {
    this.pin = pin;
    this.steps = pin.walk(backwards ? to : from, backwards);
    this.count = to - from;
    this.out = out;
  }

  @Override public boolean give(Sink ignored, int bytes) {
    if (given < 0) {
      out.begin(count);
      given = 0;
    }
    givenBytes = 0;
    while (given < count && givenBytes < bytes) {
      steps.visit(1, this);
      given++;
    }
    return given < count;
  }

  @Override public void member(byte[] array, int from, int length, double score) {
    givenBytes += length + ABOUT;
    out.member(array, from, length, score);
  }

  @Override public void close() {
    pin.close();
  }
}
