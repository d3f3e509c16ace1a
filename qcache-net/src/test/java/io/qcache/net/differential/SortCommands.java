package io.qcache.net.differential;

import java.util.function.Consumer;

/**
 * SORT and SORT_RO over small numbers, the weights of which lie in strings and in hashes.  Where ties are left to the
 * sort's own order, it is any order.
 */
final class SortCommands implements CommandGroup {
  // Redis takes a number for none where an earlier command has left ERANGE in errno, which this one clears, and fails.
  private static final Command CALM = Command.of("HINCRBYFLOAT", "a", "f", "x");
  private static final String[] KEYS = {"sort:list", "sort:set", "sort:zset"};

  @Override public String[] keys() {
    return KEYS;
  }

  @Override public void declare(CommandTable table) {
    table.row(6, "RPUSH", line -> line.text("sort:list").many(4, () -> number(line)));
    table.row(6, "SADD", line -> line.text("sort:set").many(4, () -> number(line)));
    table.row(6, "ZADD", line -> line.text("sort:zset").many(4, () -> number(line.score())));
    table.row(2, "DEL", line -> line.oneOf(KEYS));
    table.row(8, "SET", line -> weight(line.text("w:" + line.dice.below(20))));
    table.row(6, "HSET", line -> weight(line.text("o:" + line.dice.below(20)).oneOf("f", "g", "")));
    table.row(3, "DEL", line -> line.text("w:" + line.dice.below(20)).text("o:" + line.dice.below(20)));
    sort(table, "SORT");
    sort(table, "SORT_RO");
  }

  private static void sort(CommandTable table, String name) {
    table.row(4, CALM, name, Allowance.NONE, Line::key);
    table.row(6, CALM, name, Allowance.NONE, options(SortCommands::by));
    table.row(5, CALM, name, Allowance.NONE, options(line -> line.words("ALPHA")));
    table.row(4, CALM, name, Allowance.NONE, options(line -> line.words("BY").oneOf("nosort", "", "w:")));
    table.row(5, CALM, name, Allowance.ANY_ORDER, line -> by(line.key()));
    table.row(3, CALM, name, Allowance.ANY_ORDER, line -> by(line.key()).words("ALPHA"));
    table.row(3, CALM, name, Allowance.ANY_ORDER, line -> line.key().words("BY", "nosort"));
    table.row(4, CALM, name, Allowance.ANY_ORDER, line -> line.oneOf(Line.KEYS).words("ALPHA")); // f ties with f\0
    table.row(1, CALM, name, Allowance.NONE, ordered(line -> line.oneOf("BY", "GET", "LIMIT", "STORE", "", "NOSORT").oneOf("", "1", "a")));
  }

  private static Consumer<Line> options(Consumer<Line> first) {
    return ordered(line -> {
      first.accept(line);
      for (int left = line.dice.few(4); left > 0; left--) {
        switch (line.dice.below(9)) {
          case 0, 1 -> line.words("LIMIT").count().count();
          case 2, 3 -> line.words(line.dice.oneOf("ASC", "DESC", "DESC"));
          case 4, 5, 6 -> line.words("GET").oneOf("#", "w:*", "o:*->f", "o:*->", "w:1", "*", "o:*->nosuch", "");
          case 7 -> line.words("STORE").oneOf("list", "list:1", "set", "sort:list", "nosuch");
          default -> line.oneOf("BY", "GET", "LIMIT", "STORE", "");
        }
      }
    });
  }

  /** Of a key whose elements have an order, should the words say not to sort. */
  private static Consumer<Line> ordered(Consumer<Line> words) {
    return line -> words.accept(line.oneOf("sort:list", "sort:zset"));
  }

  private static Line by(Line line) {
    return line.words("BY").oneOf("w:*", "w:*", "o:*->f", "o:*->g", "o:*->", "w:*->f", "o:*", "*");
  }

  private static Line number(Line line) {
    return line.text(line.dice.percent(97) ? Integer.toString(line.dice.below(20)) : line.dice.oneOf("a", "", "1e1"));
  }

  private static void weight(Line line) {
    if (line.dice.percent(90)) {
      line.text(Long.toString(line.dice.between(-4, 4)));
    } else {
      line.oneOf("1.5", "inf", "nan", "", "x", "1 ");
    }
  }
}
