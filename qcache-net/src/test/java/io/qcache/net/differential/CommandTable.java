package io.qcache.net.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a run draws its commands from: rows of a weight, a name, what the replies may differ in, and the arguments.  One
 * command in twenty is then damaged: an argument too few, too many, twice, or all gone.
 */
final class CommandTable {
  private static final int DAMAGED_PERCENT = 5;
  private static final int INLINE_PERCENT = 2;
  private static final int LONGEST_INLINE = 1000;

  private record Row(int weight, String[] words, Allowance allowance, Consumer<Line> arguments) {}

  private final List<Row> rows = new ArrayList<>();
  private int totalWeight;

  static CommandTable of(List<CommandGroup> groups) {
    CommandTable table = new CommandTable();
    groups.forEach(group -> group.declare(table));
    return table;
  }

  /** A command whose replies must be the same. */
  void row(int weight, String name, Consumer<Line> arguments) {
    row(weight, name, Allowance.NONE, arguments);
  }

  /** The name of a subcommand is two words. */
  void row(int weight, String name, Allowance allowance, Consumer<Line> arguments) {
    rows.add(new Row(weight, name.split(" "), allowance, arguments));
    totalWeight += weight;
  }

  /** Rows declared. */
  int size() {
    return rows.size();
  }

  Command draw(Dice dice) {
    int at = dice.below(totalWeight);
    int i = 0;
    while (at >= rows.get(i).weight) {
      at -= rows.get(i++).weight;
    }
    Row row = rows.get(i);
    Line line = new Line(dice).words(row.words);
    row.arguments.accept(line);
    if (dice.percent(DAMAGED_PERCENT) && !row.words[0].equals("COMMAND")) { // bare, it lists all, and Redis has more
      damage(line, row.words.length);
    }
    return new Command(line.arguments(), row.allowance, false, dice.percent(INLINE_PERCENT) && isShort(line));
  }

  /** But for its name: another command would have other allowances. */
  private static void damage(Line line, int nameWords) {
    List<byte[]> arguments = line.arguments();
    int at = nameWords + line.dice.below(arguments.size() - nameWords + 1);
    switch (line.dice.below(4)) {
      case 0 -> arguments.subList(Math.min(at, arguments.size()), arguments.size()).clear();
      case 1 -> line.key();
      case 2 -> arguments.add(at, arguments.get(at - 1));
      default -> {
        if (at < arguments.size()) {
          arguments.remove(at);
        }
      }
    }
  }

  private static boolean isShort(Line line) {
    return line.arguments().stream().mapToInt(argument -> argument.length).sum() < LONGEST_INLINE;
  }
}
