package io.qcache.net.differential;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What a run draws its commands from: rows of a weight, a name, what the replies may differ in, and the arguments.  One
 * command in twenty is then damaged: an argument too few, too many, twice, or all gone.
 *
 * <p>A command that makes a choice and changes something by it leaves the two servers apart: it is declared by
 * {@link #choosing}, and the key that it worked on is deleted at once.
 */
final class CommandTable {
  private static final int DAMAGED_PERCENT = 5;
  /** Never damaged: bare, COMMAND lists all, and Redis has more; SPOP would pop another number. */
  private static final Set<String> WHOLE = Set.of("COMMAND", "SPOP");
  private static final int INLINE_PERCENT = 2;
  private static final int LONGEST_INLINE = 1000;

  private record Row(
      int weight, String[] words, Allowance allowance, Consumer<Line> arguments, String[] keys, boolean chooses,
      Command before) {
    String fullName() {
      return String.join("|", words).toLowerCase(Locale.ROOT);
    }
  }

  private final List<Row> rows = new ArrayList<>();
  private int totalWeight;
  private String[] keys = Line.KEYS; // of the group that declares its rows

  static CommandTable of(List<CommandGroup> groups) {
    CommandTable table = new CommandTable();
    for (CommandGroup group : groups) {
      table.keys = group.keys();
      group.declare(table);
    }
    return table;
  }

  /** A command whose replies must be the same. */
  void row(int weight, String name, Consumer<Line> arguments) {
    row(weight, name, Allowance.NONE, arguments);
  }

  /** The name of a subcommand is two words. */
  void row(int weight, String name, Allowance allowance, Consumer<Line> arguments) {
    add(new Row(weight, name.split(" "), allowance, arguments, keys, false, null));
  }

  /** A command that removes from its first key what the server chooses: the key goes with the next command. */
  void choosing(int weight, String name, Consumer<Line> arguments) {
    add(new Row(weight, name.split(" "), Allowance.SAMPLE, arguments, keys, true, null));
  }

  /** A command that needs another right before it. */
  void row(int weight, Command before, String name, Allowance allowance, Consumer<Line> arguments) {
    add(new Row(weight, name.split(" "), allowance, arguments, keys, false, before));
  }

  private void add(Row row) {
    rows.add(row);
    totalWeight += row.weight;
  }

  /** Leaves out the rows of these commands; which of them there were. */
  Set<String> without(Set<String> names) {
    Set<String> gone = new TreeSet<>();
    for (Row row : List.copyOf(rows)) {
      if (names.contains(row.fullName())) {
        gone.add(row.fullName());
        rows.remove(row);
        totalWeight -= row.weight;
      }
    }
    return gone;
  }

  /** Whether there is a row of that command. */
  boolean has(String name) {
    return rows.stream().anyMatch(row -> row.words[0].equals(name));
  }

  /** Rows declared. */
  int size() {
    return rows.size();
  }

  /** A command, and perhaps one that must follow it with nothing between. */
  List<Command> draw(Dice dice) {
    int at = dice.below(totalWeight);
    int i = 0;
    while (at >= rows.get(i).weight) {
      at -= rows.get(i++).weight;
    }
    Row row = rows.get(i);
    Line line = new Line(dice, row.keys).words(row.words);
    row.arguments.accept(line);
    if (row.chooses) {
      byte[] key = line.arguments().get(row.words.length);
      return List.of(new Command(line.arguments(), row.allowance, false, false),
          new Command(List.of("DEL".getBytes(StandardCharsets.US_ASCII), key), Allowance.NONE, false, false));
    }
    if (dice.percent(DAMAGED_PERCENT) && !WHOLE.contains(row.words[0])) {
      damage(line, row.words.length);
    }
    Command command = new Command(line.arguments(), row.allowance, false, dice.percent(INLINE_PERCENT) && isShort(line));
    return row.before == null ? List.of(command) : List.of(row.before, command);
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
