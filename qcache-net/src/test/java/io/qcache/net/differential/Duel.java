package io.qcache.net.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Two servers that are told the same by a few connections each, and one connection each that looks at what they hold.
 * One thread: what one lane sends is answered before another lane sends.
 */
final class Duel implements AutoCloseable {
  static final int LANES = 3;
  private static final long CLOCK_MILLIS = 50;
  private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final InetSocketAddress redis;
  private final InetSocketAddress ours;
  private final List<Lane> lanes = new ArrayList<>();
  private final Tally tally;
  private Pair observer;
  private EventComparison events;
  private long heard; // by those that are closed
  private long stepStart = System.nanoTime();
  private long longestMillis;   // of a step: how far apart the two may have run the same command

  Duel(InetSocketAddress redis, InetSocketAddress ours, Tally tally) {
    this.redis = redis;
    this.ours = ours;
    this.tally = tally;
    open();
  }

  /** Empties both servers and begins with new connections. */
  void restart() {
    closeAll();
    open();
  }

  private void open() {
    observer = connect();
    Pair.Answer flushed = observer.ask(Command.of("FLUSHALL"));
    if (!flushed.redis().is("+OK\r\n") || !flushed.ours().is("+OK\r\n")) {
      throw new AssertionError("FLUSHALL does not answer OK: " + flushed);
    }
    events = new EventComparison(connect(), observer);
    for (int i = 0; i < LANES; i++) {
      lanes.add(new Lane(connect()));
    }
  }

  private Pair connect() {
    try {
      return new Pair(redis, ours);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot connect to " + redis + " or " + ours, e);
    }
  }

  /** How many events of keys were compared, those by time left out. */
  long eventsHeard() {
    return heard + events.heard();
  }

  /** The commands of Redis, by their names in COMMAND LIST, that the other does not have. */
  Set<String> missingCommands() {
    Pair.Answer lists = observer.ask(Command.of("COMMAND", "LIST"));
    Set<String> missing = new HashSet<>();
    lists.redis().elements().forEach(name -> missing.add(name.text()));
    lists.ours().elements().forEach(name -> missing.remove(name.text()));
    return missing;
  }

  /** The first difference, null if there is none. */
  Difference run(Step step) {
    stepStart = System.nanoTime();
    Lane lane = lanes.get(step.lane());
    Difference difference = step.pipelined() ? pipeline(lane, step) : oneByOne(lane, step);
    if (difference == null && step.commands().get(step.commands().size() - 1).name().equals("QUIT")) {
      difference = reopen(step.lane());
    }
    longestMillis = Math.max(longestMillis, stepMillis());
    if (difference == null) {
      difference = events.run(step);
    }
    settle(step.settleMillis());
    return difference;
  }

  /** The first difference between what the two hold, null if there is none. */
  Difference compareStates(Dice dice) {
    Difference difference = new StateComparison(observer, toleranceMillis(), dice).run();
    return difference != null ? difference : events.compareExpired();
  }

  private long toleranceMillis() {
    return CLOCK_MILLIS + Math.max(longestMillis, stepMillis());
  }

  private long stepMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - stepStart);
  }

  private Difference oneByOne(Lane lane, Step step) {
    for (Command command : step.commands()) {
      Difference difference = ask(lane, step, command);
      long end = System.nanoTime() + SOON_NANOS;
      while (difference != null && command.allowance() == Allowance.SOON && System.nanoTime() < end) {
        difference = ask(lane, step, command);
      }
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private Difference ask(Lane lane, Step step, Command command) {
    lane.pair().send(Step.encoded(List.of(command)));
    return receive(lane, step, command);
  }

  private Difference pipeline(Lane lane, Step step) {
    lane.pair().send(step.encoded());
    for (Command command : step.commands()) {
      Difference difference = receive(lane, step, command);
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private Difference receive(Lane lane, Step step, Command command) {
    if (command.silent()) {
      return null;
    }
    Pair.Answer answer = lane.pair().receive();
    Difference difference = lane.compare(command, answer, toleranceMillis());
    tally.count(command, answer.redis(), step.pipelined(), lane.protocol());
    return difference;
  }

  private Difference reopen(int index) {
    Lane lane = lanes.get(index);
    Pair.Answer end = lane.pair().receive();
    if (!end.redis().equals(end.ours())) {
      return Difference.of(Command.of("QUIT"), end);
    }
    lane.close();
    lanes.set(index, new Lane(connect()));
    return null;
  }

  private static void settle(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void closeAll() {
    lanes.forEach(Lane::close);
    lanes.clear();
    heard += events.heard();
    events.close();
    observer.close();
  }

  @Override public void close() {
    closeAll();
  }
}
