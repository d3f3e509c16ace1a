package io.qcache.net.session;

import io.qcache.engine.Producer;
import io.qcache.engine.Sink;
import io.qcache.resp.GrowingOutput;
import io.qcache.resp.Output;
import io.qcache.resp.ReplyWriter;

/**
 * A reply that another thread writes while the session waits, kept until the session's loop has it: bytes, and what is
 * to follow them where that is much.  For one thread at a time.
 */
final class RecordedReply extends ReplySink {
  private final GrowingOutput bytes;
  private Producer producer; // null where the bytes are all
  private Sink sink;

  private RecordedReply(GrowingOutput bytes) {
    super(new ReplyWriter(bytes));
    this.bytes = bytes;
  }

  static RecordedReply in(int protocol) {
    RecordedReply recorded = new RecordedReply(new GrowingOutput());
    recorded.reply().protocol(protocol);
    return recorded;
  }

  @Override public void produce(Producer much, Sink to) {
    producer = much;
    sink = to;
  }

  /** Writes it to the session, whose turn it is. */
  void giveTo(Session session) {
    Output output = session.call().reply().output();
    output.bytes(bytes.array(), 0, bytes.size());
    if (producer != null) {
      reply().output(output);
      Producer much = producer;
      producer = null;
      session.produce(much, sink);
    }
  }

  /** Nobody will have it. */
  void close() {
    if (producer != null) {
      producer.close();
      producer = null;
    }
  }
}
