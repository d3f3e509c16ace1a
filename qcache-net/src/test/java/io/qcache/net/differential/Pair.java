package io.qcache.net.differential;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A connection to each of the two servers, which are told the same.  One thread. */
final class Pair implements AutoCloseable {
  /** What the two said. */
  record Answer(Frame redis, Frame ours) {}

  final Connection redis;
  final Connection ours;

  Pair(InetSocketAddress redisAddress, InetSocketAddress ourAddress) throws IOException {
    redis = new Connection(redisAddress);
    ours = new Connection(ourAddress);
  }

  void send(byte[] bytes) {
    redis.send(bytes);
    ours.send(bytes);
  }

  Answer receive() {
    return new Answer(redis.receive(), ours.receive());
  }

  Answer ask(Command command) {
    return ask(List.of(command)).get(0);
  }

  /** Sends all at once. */
  List<Answer> ask(List<Command> commands) {
    send(Step.encoded(commands));
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      answers.add(receive());
    }
    return answers;
  }

  @Override public void close() {
    redis.close();
    ours.close();
  }
}
