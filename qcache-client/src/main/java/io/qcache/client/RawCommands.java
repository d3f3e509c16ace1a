package io.qcache.client;

import io.qcache.Bytes;
import io.qcache.client.wire.Call;
import io.qcache.client.wire.Lease;
import io.qcache.client.wire.Loss;
import io.qcache.client.wire.Request;
import io.qcache.resp.Reply;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Any command by its name.  Those that change what a connection is are refused, as the connection is everybody's; those
 * that block run on one of their own.
 */
final class RawCommands {
  private static final Set<String> OF_THE_CONNECTION = Set.of(
      "AUTH", "HELLO", "QUIT", "RESET", "SELECT",
      "MULTI", "EXEC", "DISCARD", "WATCH", "UNWATCH",
      "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE",
      "MONITOR", "SYNC", "PSYNC", "REPLCONF", "ASKING", "READONLY", "READWRITE");
  private static final Set<String> OF_THE_CLIENT = Set.of("REPLY", "TRACKING", "CACHING", "SETNAME", "NO-TOUCH");
  private static final Set<String> BLOCKING = Set.of(
      "BLPOP", "BRPOP", "BLMOVE", "BRPOPLPUSH", "BLMPOP", "BZPOPMIN", "BZPOPMAX", "BZMPOP", "WAIT", "WAITAOF");

  private static final Set<String> EMPTYING = Set.of("FLUSHDB", "FLUSHALL");

  private final Door door;

  RawCommands(Door door) {
    this.door = door;
  }

  Reply execute(String name, Bytes... arguments) {
    Command<Reply> command = command(name, arguments);
    return door.call(isBlocking(name, arguments) ? command.waiting(0) : command);
  }

  CompletableFuture<Reply> executeAsync(String name, Bytes... arguments) {
    Command<Reply> command = command(name, arguments);
    return isBlocking(name, arguments) ? blockingAsync(command) : door.send(() -> command);
  }

  private static Command<Reply> command(String name, Bytes... arguments) {
    requireOfNobodyElse(name, arguments);
    Request request = new Request(name, arguments.length);
    for (Bytes argument : arguments) {
      request.written(argument.toArray()); // which of them are keys we do not know: a load of any of them is stale
    }
    return Command.of(EMPTYING.contains(name.toUpperCase(Locale.ROOT)) ? request.writesAnyKey() : request, reply -> reply);
  }

  private static void requireOfNobodyElse(String name, Bytes... arguments) {
    Objects.requireNonNull(name, "name");
    if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException("name must be one word: was '" + name + "'");
    }
    String upper = name.toUpperCase(Locale.ROOT);
    boolean ofTheClient = upper.equals("CLIENT") && arguments.length > 0
        && OF_THE_CLIENT.contains(arguments[0].utf8().toUpperCase(Locale.ROOT));
    if (OF_THE_CONNECTION.contains(upper) || ofTheClient) {
      throw new IllegalArgumentException(
          name + " would change a connection that others share: see database(i), atomically and the builder");
    }
  }

  private static boolean isBlocking(String name, Bytes... arguments) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (!upper.equals("XREAD") && !upper.equals("XREADGROUP")) {
      return BLOCKING.contains(upper);
    }
    for (Bytes argument : arguments) {
      if (argument.utf8().equalsIgnoreCase("BLOCK")) {
        return true;
      }
    }
    return false;
  }

  /** It may take as long as it likes; its connection goes back to the pool with the reply. */
  private CompletableFuture<Reply> blockingAsync(Command<Reply> command) {
    Answer<Reply> answer = new Answer<>(Answer.Body.none(), command);
    try {
      Lease lease = door.connections().lease();
      try {
        lease.sendPatiently(door.database(), command.request(), new Returning(lease, answer));
      } catch (RuntimeException unsent) {
        lease.close();
        throw unsent;
      }
    } catch (RuntimeException unsent) {
      answer.completeExceptionally(unsent);
    }
    return answer;
  }

  /** Gives the connection back before the answer is told, so that who goes on with it finds it free. */
  private record Returning(Lease lease, Call answer) implements Call {
    @Override public void reply(Reply reply) {
      lease.answered();
      lease.close();
      answer.reply(reply);
    }

    @Override public void lost(Loss why, boolean mayHaveRun) {
      lease.close();
      answer.lost(why, mayHaveRun);
    }
  }
}
