package io.qcache.net.differential;

import java.util.ArrayList;
import java.util.List;

/** A pair of connections in the middle of a conversation: knows what the next EXEC would run.  One thread. */
final class Lane implements AutoCloseable {
  private final Pair pair;
  private final List<Command> queued = new ArrayList<>();
  private int protocol = 2;

  Lane(Pair pair) {
    this.pair = pair;
  }

  Pair pair() {
    return pair;
  }

  /** 2 or 3; not what a HELLO inside of a transaction made of it. */
  int protocol() {
    return protocol;
  }

  /** The difference of the replies to the lane's next command, null if they agree. */
  Difference compare(Command command, Pair.Answer answer, long millis) {
    Difference difference = null;
    if (!command.allowance().same(answer.redis(), answer.ours(), millis)) {
      difference = command.name().equals("EXEC")
          ? compareElements(command, answer, millis) : Difference.of(command, answer);
    }
    note(command, answer.redis());
    return difference;
  }

  private Difference compareElements(Command exec, Pair.Answer answer, long millis) {
    List<Frame> redis = answer.redis().elements();
    List<Frame> ours = answer.ours().elements();
    if (!answer.ours().isReply() || answer.redis().type() != answer.ours().type()
        || redis.size() != queued.size() || ours.size() != queued.size() || queued.isEmpty()) {
      return Difference.of(exec, answer);
    }
    for (int i = 0; i < queued.size(); i++) {
      if (!queued.get(i).allowance().same(redis.get(i), ours.get(i), millis)) {
        return Difference.inExec(queued.get(i), new Pair.Answer(redis.get(i), ours.get(i)));
      }
    }
    return null;
  }

  private void note(Command command, Frame reply) {
    if (reply.is("+QUEUED\r\n")) {
      queued.add(command);
    } else if (endsTransactions(command) && !reply.line().startsWith("ERR wrong number of arguments")) {
      queued.clear();
    }
    if (command.name().equals("HELLO") && reply.isAggregate()) {
      protocol = reply.type() == '%' ? 3 : 2;
    } else if (reply.is("+RESET\r\n")) {
      protocol = 2;
    }
  }

  private static boolean endsTransactions(Command command) {
    return switch (command.name()) {
      case "EXEC", "DISCARD", "RESET" -> true;
      default -> false;
    };
  }

  @Override public void close() {
    pair.close();
  }
}
