package io.qcache.net.differential;

import java.util.Map;
import java.util.TreeMap;

/** What a run has asked and how often that was an error: a generator that only ever gets errors proves little. */
final class Tally {
  private static final class Count {
    long answered;
    long errors;
    long queued;
  }

  private final Map<String, Count> counts = new TreeMap<>();
  private long pipelined;
  private long inThree;

  void count(Command command, Frame reply, boolean inPipeline, int protocol) {
    String name = command.name().chars().allMatch(c -> c >= 'A' && c <= 'Z' || c == '_') ? command.name() : "(odd)";
    Count count = counts.computeIfAbsent(name.length() > 20 ? "(odd)" : name, absent -> new Count());
    count.answered++;
    count.errors += reply.isError() ? 1 : 0;
    count.queued += reply.is("+QUEUED\r\n") ? 1 : 0;
    pipelined += inPipeline ? 1 : 0;
    inThree += protocol == 3 ? 1 : 0;
  }

  @Override public String toString() {
    long all = counts.values().stream().mapToLong(count -> count.answered).sum();
    long queued = counts.values().stream().mapToLong(count -> count.queued).sum();
    StringBuilder text = new StringBuilder(all + " replies, " + pipelined + " of them pipelined, " + queued
        + " QUEUED, " + inThree + " in RESP3\n");
    counts.forEach((name, count) -> text.append(String.format("  %-14s %7d, %3d %% errors, %3d %% queued%n", name,
        count.answered, 100 * count.errors / count.answered, 100 * count.queued / count.answered)));
    return text.toString();
  }
}
