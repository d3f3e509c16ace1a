package io.qcache.net.differential;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What two servers may legitimately answer differently, each with its reason; all else must be the same byte for byte,
 * and errors always.  An EXEC is compared element by element with the allowances of the commands that were queued.
 */
enum Allowance {
  NONE("the default: the same bytes") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return false;
    }
  },
  ORDER("KEYS, SMEMBERS: a hash table's order is its own; the same elements must come, each once") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      Map<List<Frame>, Integer> elements = groups(redis, 1);
      return redis.type() == ours.type() && elements.equals(groups(ours, 1))
          && elements.size() == redis.elements().size();
    }
  },
  ANY_ORDER("HVALS, SORT BY nosort: the same, and what comes twice comes twice") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return redis.isAggregate() && redis.type() == ours.type() && groups(redis, 1).equals(groups(ours, 1));
    }
  },
  PAIRS("HGETALL: the same pairs in an order of each server's own, be they a map or one list") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return redis.isAggregate() && redis.type() == ours.type() && groups(redis, 2).equals(groups(ours, 2));
    }
  },
  SAMPLE("SPOP, SRANDMEMBER, HRANDFIELD, ZRANDMEMBER: which ones is chance; how many and of what shape is not") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return sameShape(redis, ours);
    }
  },
  CHOICE("RANDOMKEY: any key will do; that it exists is checked by the comparison of states") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return redis.isString() && ours.isString();
    }
  },
  SCAN_PAGE("SCAN: cursors and page sizes are each server's own; whole scans are compared with the states") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return isPage(redis) && isPage(ours);
    }
  },
  SCAN_ALL("SCAN, SSCAN with COUNT 5000: one page of all in any order, where one page was enough for both") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return samePage(redis, ours, 1);
    }
  },
  SCAN_PAIRS("HSCAN, ZSCAN with COUNT 5000: the same of pairs") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return samePage(redis, ours, 2);
    }
  },
  ENCODING("OBJECT ENCODING: a whole number that INCRBYFLOAT has left is embstr to Redis, to us int as any other") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return redis.text().equals("embstr") && ours.text().equals("int");
    }
  },
  SECONDS("TTL, EXPIRETIME: rounded, so two deadlines a few milliseconds apart may be a second apart") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return near(redis, ours, 1 + millis / 1000);
    }
  },
  MILLIS("PTTL, PEXPIRETIME: the servers run a command one after the other; deadlines given as such are exact") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return near(redis, ours, millis) && !isGivenDeadline(redis.number());
    }
  },
  CLOCK("TIME: two clock readings") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      List<Frame> a = redis.elements();
      List<Frame> b = ours.elements();
      return a.size() == 2 && b.size() == 2 && a.get(0).type() == b.get(0).type()
          && Math.abs(micros(a) - micros(b)) <= (millis + 1) * 1000;
    }
  },
  SOON("DBSIZE after an expiry: Redis deletes when it is asked for the key, we when the upkeep comes by; asked again") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return false;
    }
  },
  ANY_NUMBER("CLIENT ID, COMMAND COUNT: a number, which one is each server's own") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return redis.type() == ':' && ours.type() == ':';
    }
  },
  ANY_TEXT("INFO: the facts are about another process; but a section that is empty is empty in both") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return redis.isString() && redis.type() == ours.type() && redis.text().isEmpty() == ours.text().isEmpty();
    }
  },
  ANY_AGGREGATE("CONFIG GET, COMMAND DOCS: the options and texts are each server's own; the type is not") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return redis.isAggregate() && redis.type() == ours.type();
    }
  },
  ROW("COMMAND INFO: the order of flags, categories and tips says nothing; notes on keys are prose") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return sameRow(redis, ours);
    }
  },
  GREETING("HELLO: the version and the connection's id are each server's own") {
    private final Set<String> own = Set.of("version", "id");

    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      List<Frame> a = redis.elements();
      List<Frame> b = ours.elements();
      boolean same = redis.type() == ours.type() && a.size() == b.size() && redis.isAggregate();
      for (int i = 0; same && i < a.size(); i++) {
        boolean isOwn = i % 2 == 1 && own.contains(a.get(i - 1).text()) && a.get(i).type() == b.get(i).type();
        same = isOwn || a.get(i).equals(b.get(i));
      }
      return same;
    }
  },
  CLIENT_LINES("CLIENT LIST and INFO: addresses, ages and buffers are each server's own; names and states are not") {
    @Override boolean accepts(Frame redis, Frame ours, long millis) {
      return redis.isString() && redis.type() == ours.type()
          && ClientLine.allOf(redis.text()).equals(ClientLine.allOf(ours.text()));
    }
  };

  // Relative deadlines of the generators end before, or far behind; see Line.deadlineMillis.
  private static final long FIRST_GIVEN = 4_102_444_800_000L;
  private static final int ECHO_BYTES = 128;
  private static final long LAST_GIVEN = 5_000_000_000_000L;

  private final String reason;

  Allowance(String reason) {
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  /** True if the replies, which are not the same, differ in nothing else; neither is an error. */
  abstract boolean accepts(Frame redis, Frame ours, long millis);

  /** True if the replies are the same but for what is allowed; {@code millis} is how far the clocks may be apart. */
  final boolean same(Frame redis, Frame ours, long millis) {
    if (redis.equals(ours)) {
      return true;
    }
    if (redis.isError() && ours.isError()) {
      return isCutEcho(redis, ours);
    }
    return redis.isReply() && ours.isReply() && !redis.isError() && !ours.isError()
        && !redis.is("+QUEUED\r\n") && !ours.is("+QUEUED\r\n") && accepts(redis, ours, millis);
  }

  /** We echo at most 128 bytes of what a client sent in an error; Redis does for some errors, for others all. */
  private static boolean isCutEcho(Frame redis, Frame ours) {
    String line = ours.line().replaceFirst("'$", "");
    return line.length() > ECHO_BYTES && redis.line().startsWith(line);
  }

  private static boolean near(Frame redis, Frame ours, long distance) {
    return redis.type() == ':' && ours.type() == ':' && redis.number() >= 0 && ours.number() >= 0
        && Math.abs(redis.number() - ours.number()) <= distance;
  }

  private static boolean isGivenDeadline(long millis) {
    return millis >= FIRST_GIVEN && millis <= LAST_GIVEN;
  }

  private static long micros(List<Frame> time) {
    return time.get(0).number() * 1_000_000 + time.get(1).number();
  }

  private static boolean isPage(Frame frame) {
    List<Frame> page = frame.elements();
    return frame.type() == '*' && page.size() == 2 && page.get(0).type() == '$' && page.get(0).text().matches("\\d+")
        && page.get(1).type() == '*';
  }

  private static boolean isWhole(Frame page) {
    return page.elements().get(0).text().equals("0");
  }

  private static boolean samePage(Frame redis, Frame ours, int size) {
    return isPage(redis) && isPage(ours) && (!isWhole(redis) || !isWhole(ours)
        || groups(redis.elements().get(1), size).equals(groups(ours.elements().get(1), size)));
  }

  /** The elements, so many together, and how often they come. */
  private static Map<List<Frame>, Integer> groups(Frame aggregate, int size) {
    List<Frame> elements = aggregate.elements();
    Map<List<Frame>, Integer> groups = new HashMap<>();
    for (int i = 0; i < elements.size(); i += size) {
      groups.merge(elements.subList(i, Math.min(i + size, elements.size())), 1, Integer::sum);
    }
    return groups;
  }

  private static boolean sameShape(Frame redis, Frame ours) {
    List<Frame> a = redis.elements();
    List<Frame> b = ours.elements();
    boolean same = redis.type() == ours.type() && redis.isNull() == ours.isNull() && a.size() == b.size();
    for (int i = 0; same && i < a.size(); i++) {
      same = sameShape(a.get(i), b.get(i));
    }
    return same;
  }

  private static boolean sameRow(Frame redis, Frame ours) {
    List<Frame> a = withoutNotes(redis);
    List<Frame> b = withoutNotes(ours);
    if (redis.type() != ours.type() || a.size() != b.size()) {
      return false;
    }
    if (isWords(a) && isWords(b)) {
      return Arrays.equals(sorted(a), sorted(b));
    }
    boolean same = redis.isAggregate() || redis.equals(ours);
    for (int i = 0; same && i < a.size(); i++) {
      same = sameRow(a.get(i), b.get(i));
    }
    return same;
  }

  private static List<Frame> withoutNotes(Frame frame) {
    List<Frame> elements = frame.elements();
    if (elements.size() > 2 && elements.get(0).is("$5\r\nnotes\r\n")) {
      elements.subList(0, 2).clear();
    }
    return elements;
  }

  private static boolean isWords(List<Frame> elements) {
    return !elements.isEmpty() && elements.stream().allMatch(e -> e.type() == '+');
  }

  private static String[] sorted(List<Frame> words) {
    return words.stream().map(Frame::line).sorted().toArray(String[]::new);
  }
}
