package io.qcache.net.option;

import io.qcache.snapshot.RdbWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What the main program is called with: perhaps a file of options first, then {@code --name value} or {@code
 * --name=value}; an option takes all words up to the next one that begins with two dashes.  What comes later wins.
 * {@code --help}, {@code --version} and those of {@link Task} with their file are no options but what to do instead of serving.
 */
public final class CommandLine {
  private final Options options = new Options();
  private boolean wantsHelp;
  private boolean wantsVersion;
  private Task task;
  private String file;
  private int rdbVersion;

  private CommandLine() {}

  /**
   * Reads it, and the file.
   *
   * @throws OptionException with a line that names the option and the value that cannot be taken
   */
  public static CommandLine parse(String... args) throws OptionException {
    CommandLine line = new CommandLine();
    int first = 0;
    if (args.length > 0 && !args[0].startsWith("-")) {
      new OptionFile(line.options).read(args[0]);
      first = 1;
    }
    for (int i = first; i < args.length; ) {
      i = line.read(args, i);
    }
    if (line.rdbVersion != 0 && line.task != Task.EXPORT) {
      throw new OptionException("--rdb-version belongs to --export");
    }
    return line;
  }

  /** The values, not shared yet. */
  public Options options() {
    return options;
  }

  public boolean wantsHelp() {
    return wantsHelp;
  }

  public boolean wantsVersion() {
    return wantsVersion;
  }

  /** What to do instead of serving; null for nothing. */
  public Task task() {
    return task;
  }

  /** The file to do it with. */
  public String file() {
    return file;
  }

  /** The version of RDB to export; 0 for the lowest that holds what there is. */
  public int rdbVersion() {
    return rdbVersion;
  }

  /** Reads the option at {@code at} with its words; where the next one is. */
  private int read(String[] args, int at) throws OptionException {
    String word = args[at];
    if (word.equals("--help") || word.equals("-h")) {
      wantsHelp = true;
      return at + 1;
    }
    if (word.equals("--version") || word.equals("-v")) {
      wantsVersion = true;
      return at + 1;
    }
    if (!word.startsWith("--") || word.length() == 2) {
      throw new OptionException("unknown option '" + word + "': options are written --name value");
    }
    int next = at + 1;
    List<String> words = new ArrayList<>();
    int equals = word.indexOf('=');
    if (equals > 0) {
      words.add(word.substring(equals + 1));
    } else {
      while (next < args.length && !args[next].startsWith("--")) {
        words.add(args[next++]);
      }
    }
    String name = word.substring(2, equals > 0 ? equals : word.length());
    Task wanted = Task.named(name);
    if (wanted != null) {
      readTask(wanted, words);
    } else if (name.equals("rdb-version")) {
      readVersion(words);
    } else {
      options.setNamed(name, "--", words.toArray(new String[0]));
    }
    return next;
  }

  private void readTask(Task wanted, List<String> words) throws OptionException {
    if (words.size() != 1 || words.get(0).isEmpty()) {
      throw new OptionException(wanted.title().concat(" wants the name of one file"));
    }
    if (task != null && task != wanted) {
      throw new OptionException(task.title() + " and " + wanted.title() + " exclude each other");
    }
    task = wanted;
    file = words.get(0);
  }

  private void readVersion(List<String> words) throws OptionException {
    int oldest = RdbWriter.oldestVersion();
    int newest = RdbWriter.newestVersion();
    try {
      rdbVersion = words.size() == 1 ? Integer.parseInt(words.get(0)) : -1;
    } catch (NumberFormatException none) {
      rdbVersion = -1;
    }
    if (rdbVersion < oldest || rdbVersion > newest) {
      throw new OptionException("--rdb-version wants a number from " + oldest + " to " + newest);
    }
  }
}
