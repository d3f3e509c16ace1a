package io.qcache.net.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hears what each of two servers says of its keys (keyspace notifications, every class), and compares that in order.  A mark
 * tells where the events of a step end: a key that neither has is looked up, and missing it is an event too.
 *
 * <p>What may differ:
 * <ul>
 *   <li>{@code expired} comes when a server finds that a key is due: Redis by the next look at it or some tenths of a second
 *       later, ours by itself in time.  So each key must have expired as often with both whenever their states are compared, but
 *       between other events wherever that was.
 *   <li>{@code keymiss} comes for each key that SORT's patterns lead to from the members of a set, whose order is each server's
 *       own: what is missed in a row may come in any order.
 *   <li>{@code setbit} does not come from Redis where BITFIELD has made a string longer for fields that then all overflow and
 *       FAIL; it does come from us, for the key has changed.  Steps with such a BITFIELD are compared without it.
 * </ul>
 */
final class EventComparison implements AutoCloseable {
  /** Of a difference of what was heard. */
  static final String NAME = "events";

  private static final String CLASSES = "KEAmn";
  private static final String MARK = "(mark) ";
  private static final String EXPIRED = "expired";
  private static final int MOST_SHOWN = 60;

  private final Pair listener;
  private final Pair asker;
  private final Map<String, Integer> expired = new TreeMap<>(); // by database and key: Redis's times less ours, never 0
  private long marks;
  private long heard;

  /** Two servers that are asked by {@code asker}, whose connections are not closed with this. */
  EventComparison(Pair listener, Pair asker) {
    this.listener = listener;
    this.asker = asker;
    asker.ask(Command.of("CONFIG", "SET", "notify-keyspace-events", CLASSES));
    listener.ask(Command.of("PSUBSCRIBE", "__key*__:*"));
  }

  /** The first difference of what was heard since it was asked last, null if there is none. */
  Difference run(Step step) {
    String mark = MARK + marks++;
    asker.ask(Command.of("GET", mark));
    List<String> redis = upTo(mark, listener.redis, 1);
    List<String> ours = upTo(mark, listener.ours, -1);
    heard += redis.size();
    if (step.commands().stream().anyMatch(EventComparison::mayFail)) {
      redis.removeIf(EventComparison::isSetBit);
      ours.removeIf(EventComparison::isSetBit);
    }
    if (redis.equals(ours)) {
      return null;
    }
    int at = 0;
    while (at < redis.size() && at < ours.size() && redis.get(at).equals(ours.get(at))) {
      at++;
    }
    return new Difference("what is heard of\n" + step + "  Redis: " + shown(redis) + "\n  ours:  " + shown(ours), NAME,
        at(redis, at), at(ours, at));
  }

  /** The first difference of what has expired so far, null if there is none. */
  Difference compareExpired() {
    return expired.isEmpty() ? null
        : new Difference("expired, times by Redis less times by ours: " + expired, "(expired)", Frame.of("<>"), Frame.of("<>"));
  }

  /** How many events both have had, each on its two channels; those by time are not counted. */
  long heard() {
    return heard;
  }

  private List<String> upTo(String mark, Connection connection, int sign) {
    List<String> events = new ArrayList<>();
    while (true) {
      Frame frame = connection.receive();
      List<Frame> message = frame.elements();
      if (message.size() != 4) {
        events.add("<no message: " + frame + ">");
        return events;
      }
      String channel = message.get(2).text();
      String payload = message.get(3).text();
      if (payload.equals(mark)) {
        events.remove(events.size() - 1); // the same on the other channel
        sortMisses(events);
        return events;
      }
      if (payload.equals(EXPIRED)) {
        expired.merge(channel, sign, EventComparison::sum);
      } else if (!channel.endsWith(":" + EXPIRED)) {
        events.add(channel + " " + payload);
      }
    }
  }

  private static void sortMisses(List<String> events) {
    int from = 0;
    while (from < events.size()) {
      int to = from;
      while (to < events.size() && isMiss(events.get(to))) {
        to++;
      }
      events.subList(from, to).sort(null);
      from = to + 1;
    }
  }

  private static boolean isMiss(String event) {
    return event.endsWith(" keymiss") || event.matches("(?s)__keyevent@\\d+__:keymiss .*");
  }

  private static boolean isSetBit(String event) {
    return event.endsWith(" setbit") || event.matches("(?s)__keyevent@\\d+__:setbit .*");
  }

  private static boolean mayFail(Command command) {
    return command.name().equals("BITFIELD")
        && command.arguments().stream().anyMatch(argument -> new String(argument, ISO_8859_1).equalsIgnoreCase("FAIL"));
  }

  private static Integer sum(Integer a, Integer b) {
    return a + b == 0 ? null : Integer.valueOf(a + b);
  }

  /** The name of an event, without its key: the kind of a difference is to be the same for any. */
  private static Frame at(List<String> events, int at) {
    if (at >= events.size()) {
      return Frame.of("<no more>");
    }
    String event = events.get(at);
    boolean isOfKey = event.startsWith("__keyspace");
    return Frame.of("<" + (isOfKey ? event.substring(event.lastIndexOf(' ') + 1) : event.replaceFirst("^[^:]*:(\\S*) .*", "$1"))
        + ">");
  }

  private static String shown(List<String> events) {
    StringBuilder text = new StringBuilder();
    for (String event : events.subList(0, Math.min(events.size(), MOST_SHOWN))) {
      if (event.startsWith("__keyspace")) { // the same follows on the other channel
        text.append(Escapes.argument(event.substring("__keyspace@".length())
            .getBytes(ISO_8859_1))).append(", ");
      }
    }
    return text.toString();
  }

  @Override public void close() {
    listener.close();
  }
}
