package io.qcache.net.room;

import io.qcache.engine.Producer;
import io.qcache.net.session.Call;
import io.qcache.net.session.ReplySink;

/** Replies with a collection of another type than an array, which in RESP2 is one nevertheless. */
final class CollectionReply extends ReplySink {
  /** What the reply is in RESP3. */
  enum Shape {
    MAP, SET,
    /** An array of arrays of two. */
    PAIRS
  }

  private final Call call;
  private final Shape shape;
  private final boolean pairs;
  private boolean second; // of a pair

  CollectionReply(Call call, Shape shape) {
    super(call.reply());
    this.call = call;
    this.shape = shape;
    this.pairs = shape == Shape.PAIRS && call.reply().protocol() == 3;
  }

  @Override public void elements(long count) {
    switch (shape) {
      case MAP -> reply().map(count / 2);
      case SET -> reply().set(count);
      case PAIRS -> reply().array(pairs ? count / 2 : count);
    }
  }

  @Override public void value(byte[] array, int offset, int length) {
    pair();
    super.value(array, offset, length);
  }

  @Override public void begin(int length) {
    pair();
    super.begin(length);
  }

  private void pair() {
    if (pairs && !second) {
      reply().array(2);
    }
    second = !second;
  }

  @Override public void produce(Producer producer) {
    call.produce(producer, this);
  }

  @Override public void rewind(long mark) {
    call.rewind(mark);
  }
}
