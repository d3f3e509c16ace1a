package io.qcache.net.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares all that two servers hold: in each database the keys (by KEYS, DBSIZE, whole SCANs of any page size and
 * RANDOMKEY), and of each key its type, deadline and value.  A type is read by its row in {@link #VALUE_OF}.
 */
final class StateComparison {
  private static final int DATABASES = 16;
  private static final int MOST_PAGES = 100_000;

  private record Reading(Allowance allowance, List<String> before, List<String> after) {}

  private static final Map<String, Reading> VALUE_OF = Map.of(
      "string", new Reading(Allowance.NONE, List.of("GET"), List.of()),
      "list", new Reading(Allowance.NONE, List.of("LRANGE"), List.of("0", "-1")),
      "hash", new Reading(Allowance.PAIRS, List.of("HGETALL"), List.of()),
      "set", new Reading(Allowance.ORDER, List.of("SMEMBERS"), List.of()),
      "zset", new Reading(Allowance.NONE, List.of("ZRANGE"), List.of("0", "-1", "WITHSCORES")));

  private final Pair observer;
  private final long millis;
  private final Dice dice;

  StateComparison(Pair observer, long millis, Dice dice) {
    this.observer = observer;
    this.millis = millis;
    this.dice = dice;
  }

  /** The first difference, null if there is none. */
  Difference run() {
    for (int database = 0; database < DATABASES; database++) {
      Difference difference = database(database);
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private Difference database(int index) {
    observer.ask(Command.of("SELECT", Integer.toString(index)));
    Pair.Answer keys = observer.ask(Command.of("KEYS", "*"));
    if (!Allowance.ORDER.same(keys.redis(), keys.ours(), millis)) {
      return Difference.ofState("database " + index + ": KEYS *", "(keys)", keys);
    }
    Pair.Answer size = observer.ask(Command.of("DBSIZE"));
    if (!size.redis().equals(size.ours())) {
      return Difference.ofState("database " + index + ": DBSIZE", "(size)", size);
    }
    Set<Frame> all = new HashSet<>(keys.redis().elements());
    if (all.isEmpty()) {
      return null;
    }
    Difference difference = scans(index, all);
    return difference != null ? difference : values(index, all);
  }

  private Difference scans(int index, Set<Frame> all) {
    String count = Long.toString(dice.between(1, 20));
    Frame redis = scan(observer.redis, count);
    Frame ours = scan(observer.ours, count);
    if (!new HashSet<>(ours.elements()).equals(all) || !new HashSet<>(redis.elements()).equals(all)) {
      return Difference.ofState("database " + index + ": a whole scan with COUNT " + count, "(scan)",
          new Pair.Answer(redis, ours));
    }
    Pair.Answer random = observer.ask(Command.of("RANDOMKEY"));
    return all.contains(random.redis()) && all.contains(random.ours()) ? null
        : Difference.ofState("database " + index + ": RANDOMKEY is no key", "(random)", random);
  }

  /** All keys as one array. */
  private static Frame scan(Connection connection, String count) {
    StringBuilder keys = new StringBuilder();
    int found = 0;
    String cursor = "0";
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      connection.send(Step.encoded(List.of(Command.of("SCAN", cursor, "COUNT", count))));
      Frame page = connection.receive();
      if (page.elements().size() != 2) {
        return page;
      }
      for (Frame key : page.elements().get(1).elements()) {
        keys.append('$').append(key.line()).append("\r\n").append(key.text()).append("\r\n");
        found++;
      }
      cursor = page.elements().get(0).text();
      if (cursor.equals("0")) {
        return Frame.of("*" + found + "\r\n" + keys);
      }
    }
    return Frame.of("<a scan without end>");
  }

  private Difference values(int index, Set<Frame> keys) {
    for (Frame key : keys) {
      byte[] name = key.body();
      Pair.Answer type = observer.ask(command(Allowance.NONE, List.of("TYPE"), name, List.of()));
      Reading reading = VALUE_OF.get(type.redis().line());
      if (!type.redis().equals(type.ours()) || reading == null) {
        return of(index, key, "type", type);
      }
      Pair.Answer deadline = observer.ask(command(Allowance.MILLIS, List.of("PEXPIRETIME"), name, List.of()));
      if (!Allowance.MILLIS.same(deadline.redis(), deadline.ours(), millis)) {
        return of(index, key, "deadline", deadline);
      }
      Pair.Answer value = observer.ask(command(reading.allowance, reading.before, name, reading.after));
      if (!reading.allowance.same(value.redis(), value.ours(), millis)) {
        return of(index, key, "value", value);
      }
    }
    return null;
  }

  private static Difference of(int index, Frame key, String what, Pair.Answer answer) {
    return Difference.ofState("database " + index + ": the " + what + " of " + key, "(" + what + ")", answer);
  }

  private static Command command(Allowance allowance, List<String> before, byte[] key, List<String> after) {
    List<byte[]> arguments = new ArrayList<>();
    before.forEach(word -> arguments.add(word.getBytes(StandardCharsets.US_ASCII)));
    arguments.add(key);
    after.forEach(word -> arguments.add(word.getBytes(StandardCharsets.US_ASCII)));
    return new Command(arguments, allowance, false, false);
  }
}
