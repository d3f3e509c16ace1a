package io.qcache.net.differential;

/**
 * All commands of sorted sets that do not block.  Ranges by name are asked of keys of their own, whose members all have
 * one score: of others Redis promises nothing, and its skiplist answers by chance.
 */
final class SortedSetCommands implements CommandGroup {
  private static final String[] WORDS = {"a", "b", "c", "d", "aa", "ab", "abc", "B", "", "\0", "z", "\u00ff", "hello"};

  @Override public String[] keys() {
    return Line.SORTED_SET_KEYS;
  }

  @Override public void declare(CommandTable table) {
    table.row(18, "ZADD", SortedSetCommands::add);
    table.row(6, "ZINCRBY", line -> line.key().score().element());
    table.row(6, "ZREM", line -> line.key().elements());
    table.row(5, "ZSCORE", line -> line.key().element());
    table.row(4, "ZMSCORE", line -> line.key().elements());
    table.row(3, "ZCARD", Line::key);
    table.row(5, "ZCOUNT", line -> bound(bound(line.key())));
    table.row(5, "ZRANK", line -> line.key().element());
    table.row(5, "ZREVRANK", line -> line.key().element());
    table.row(4, "ZPOPMIN", SortedSetCommands::pop);
    table.row(4, "ZPOPMAX", SortedSetCommands::pop);
    table.row(5, "ZMPOP", line -> popOptions(line.countedKeys()));
    table.row(7, "ZRANDMEMBER", Allowance.SAMPLE, SortedSetCommands::sample);
    table.row(4, "ZSCAN", Allowance.SCAN_PAIRS, line -> line.key().text("0").words("COUNT").text("5000"));
    table.row(5, "ZSCAN", Allowance.SCAN_PAGE, line -> KeyCommands.scanOptions(KeyCommands.cursor(line.key())));
    ranges(table);
    names(table);
    algebra(table);
  }

  private static void ranges(CommandTable table) {
    table.row(8, "ZRANGE", line -> rangeOptions(line.key().index().index()));
    table.row(8, "ZRANGE", line -> rangeOptions(bound(bound(line.key())).words("BYSCORE")));
    table.row(4, "ZRANGESTORE", line -> rangeOptions(line.key().key().index().index()));
    table.row(4, "ZRANGESTORE", line -> rangeOptions(bound(bound(line.key().key())).words("BYSCORE")));
    table.row(4, "ZREVRANGE", line -> withScores(line.key().index().index()));
    table.row(5, "ZRANGEBYSCORE", line -> limited(bound(bound(line.key()))));
    table.row(5, "ZREVRANGEBYSCORE", line -> limited(bound(bound(line.key()))));
    table.row(3, "ZREMRANGEBYRANK", line -> line.key().index().index());
    table.row(3, "ZREMRANGEBYSCORE", line -> bound(bound(line.key())));
  }

  private static void names(CommandTable table) {
    table.row(8, "ZADD", line -> named(line).many(4, () -> line.text("0").oneOf(WORDS)));
    table.row(4, "ZREM", line -> named(line).oneOf(WORDS).oneOf(WORDS));
    table.row(5, "ZLEXCOUNT", line -> name(name(named(line))));
    table.row(6, "ZRANGE", line -> rangeOptions(name(name(named(line))).words("BYLEX")));
    table.row(3, "ZRANGESTORE", line -> rangeOptions(name(name(named(line.key()))).words("BYLEX")));
    table.row(4, "ZRANGEBYLEX", line -> limited(name(name(named(line)))));
    table.row(4, "ZREVRANGEBYLEX", line -> limited(name(name(named(line)))));
    table.row(3, "ZREMRANGEBYLEX", line -> name(name(named(line))));
  }

  private static void algebra(CommandTable table) {
    table.row(5, "ZUNION", line -> joined(line.countedKeys(), true));
    table.row(5, "ZINTER", line -> joined(line.countedKeys(), true));
    table.row(4, "ZDIFF", line -> withScores(line.countedKeys()));
    table.row(4, "ZUNIONSTORE", line -> joined(line.key().countedKeys(), false));
    table.row(4, "ZINTERSTORE", line -> joined(line.key().countedKeys(), false));
    table.row(3, "ZDIFFSTORE", line -> line.key().countedKeys());
    table.row(4, "ZINTERCARD", SortedSetCommands::limit);
  }

  private static void add(Line line) {
    line.key();
    for (int left = line.dice.few(4); left > 0; left--) {
      line.words(line.dice.oneOf("NX", "XX", "GT", "LT", "CH", "CH", "INCR"));
    }
    line.many(2, () -> line.score().element());
  }

  private static void pop(Line line) {
    line.key();
    if (line.dice.percent(50)) {
      line.size();
    }
  }

  private static void popOptions(Line line) {
    line.words(line.dice.percent(96) ? line.dice.oneOf("MIN", "MAX") : "LEFT");
    for (int left = line.dice.few(2); left > 0; left--) {
      if (line.dice.percent(90)) {
        line.words("COUNT").size();
      } else {
        line.oneOf("COUNT", "MIN", "");
      }
    }
  }

  private static void sample(Line line) {
    line.key();
    if (line.dice.percent(75)) {
      line.sampleSize();
      if (line.dice.percent(50)) {
        line.words(line.dice.percent(95) ? "WITHSCORES" : "WITHVALUES");
      }
    }
  }

  /** Of a range by score. */
  private static Line bound(Line line) {
    return switch (line.dice.below(10)) {
      case 0 -> line.oneOf("-inf", "+inf", "inf", "(-inf", "(inf");
      case 1 -> line.oneOf("", "(", "((1", "a", "nan", "(nan", "[1", "1 ", " 1", "(+1", "0x10", "1e3", "-", "+");
      case 2, 3, 4 -> line.text("(" + line.dice.between(-6, 6));
      default -> line.text(Long.toString(line.dice.between(-6, 6)));
    };
  }

  private static Line named(Line line) {
    return line.dice.percent(97) ? line.oneOf("names", "names:1") : line.oneOf("nosuch", "hash", "a");
  }

  /** Of a range by name. */
  private static Line name(Line line) {
    return switch (line.dice.below(10)) {
      case 0, 1 -> line.text("-");
      case 2, 3 -> line.text("+");
      case 4 -> line.oneOf("", "a", "[", "(", "-a", "+a", "1");
      case 5, 6 -> line.text("(" + line.dice.oneOf(WORDS));
      default -> line.text("[" + line.dice.oneOf(WORDS));
    };
  }

  private static Line withScores(Line line) {
    if (line.dice.percent(50)) {
      line.words(line.dice.percent(95) ? "WITHSCORES" : "WITHVALUES");
    }
    return line;
  }

  private static void limited(Line line) {
    for (int left = line.dice.few(3); left > 0; left--) {
      if (line.dice.percent(60)) {
        line.words("LIMIT").count().count();
      } else {
        line.words(line.dice.oneOf("WITHSCORES", "WITHSCORES", "LIMIT", "REV"));
      }
    }
  }

  private static void rangeOptions(Line line) {
    for (int left = line.dice.few(4); left > 0; left--) {
      switch (line.dice.below(8)) {
        case 0, 1, 2 -> line.words("REV");
        case 3, 4 -> line.words("LIMIT").count().count();
        case 5, 6 -> line.words("WITHSCORES");
        default -> line.oneOf("BYSCORE", "BYLEX", "LIMIT", "", "DESC");
      }
    }
  }

  private static void joined(Line line, boolean scores) {
    int keys = line.arguments().size();
    for (int left = line.dice.few(3); left > 0; left--) {
      switch (line.dice.below(5)) {
        case 0, 1 -> {
          line.words("WEIGHTS");
          for (int i = line.dice.percent(90) ? keys - 2 : line.dice.below(4); i > 0; i--) {
            line.score();
          }
        }
        case 2, 3 -> line.words("AGGREGATE", line.dice.percent(95) ? line.dice.oneOf("SUM", "MIN", "MAX") : "AVG");
        default -> line.oneOf("WITHSCORES", "WEIGHTS", "AGGREGATE", "");
      }
    }
    if (scores) {
      withScores(line);
    }
  }

  private static void limit(Line line) {
    line.countedKeys();
    if (line.dice.percent(50)) {
      line.words(line.dice.percent(95) ? "LIMIT" : "COUNT").size();
    }
  }
}
