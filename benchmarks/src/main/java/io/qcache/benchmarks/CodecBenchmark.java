package io.qcache.benchmarks;

import io.qcache.resp.GrowingOutput;
import io.qcache.resp.ReplyReader;
import io.qcache.resp.ReplyWriter;
import io.qcache.resp.RequestParser;
import io.qcache.resp.RequestWriter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does it cost to write and to read a SET and its value's reply, a hundred in a pipeline? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {
  private static final int PIPELINE = 100;

  @Param({"32", "512"}) public int valueBytes;

  private final GrowingOutput output = new GrowingOutput();
  private final RequestWriter requestWriter = new RequestWriter(output);
  private final ReplyWriter replyWriter = new ReplyWriter(output);
  private final RequestParser parser = new RequestParser();
  private final ReplyReader reader = new ReplyReader();
  private final byte[] name = {'S', 'E', 'T'};
  private final byte[] key = Keys.key(123_456);
  private byte[] value;
  private byte[] requests;
  private byte[] replies;

  @Setup public void encodeOnce() {
    value = new byte[valueBytes];
    encodeRequests();
    requests = output.toByteArray();
    encodeReplies();
    replies = output.toByteArray();
  }

  @Benchmark @OperationsPerInvocation(PIPELINE) public GrowingOutput encodeRequests() {
    output.clear();
    for (int i = 0; i < PIPELINE; i++) {
      requestWriter.command(3);
      requestWriter.argument(name, 0, name.length);
      requestWriter.argument(key, 0, key.length);
      requestWriter.argument(value, 0, value.length);
    }
    return output;
  }

  @Benchmark @OperationsPerInvocation(PIPELINE) public int decodeRequests() {
    int bytes = 0;
    int from = 0;
    while (parser.parse(requests, from, requests.length) == RequestParser.COMMAND) {
      bytes += parser.length(2);
      from += parser.consumed();
    }
    return bytes;
  }

  @Benchmark @OperationsPerInvocation(PIPELINE) public GrowingOutput encodeReplies() {
    output.clear();
    for (int i = 0; i < PIPELINE; i++) {
      replyWriter.bulk(value, 0, value.length);
    }
    return output;
  }

  @Benchmark @OperationsPerInvocation(PIPELINE) public int decodeReplies() {
    reader.feed(replies, 0, replies.length);
    int bytes = 0;
    for (int i = 0; i < PIPELINE; i++) {
      bytes += reader.poll().asBytes().length;
    }
    return bytes;
  }
}
