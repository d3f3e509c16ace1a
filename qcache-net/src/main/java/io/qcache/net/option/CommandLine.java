package io.qcache.net.option;

import java.util.ArrayList;
import java.util.List;

/**
 * What the main program is called with: perhaps a file of options first, then {@code --name value} or {@code
 * --name=value}; an option takes all words up to the next one that begins with two dashes.  What comes later wins.
 * {@code --help}, {@code --version} and {@code --make-archive FILE} are no options but what to do instead of serving.
 */
public final class CommandLine {
  private final Options options = new Options();
  private boolean wantsHelp;
  private boolean wantsVersion;
  private String archive;

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

  /** The file to make an archive in; null where none is wanted. */
  public String archive() {
    return archive;
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
    if (name.equals("make-archive")) {
      readArchive(words);
    } else {
      options.setNamed(name, "--", words.toArray(new String[0]));
    }
    return next;
  }

  private void readArchive(List<String> words) throws OptionException {
    if (words.size() != 1 || words.get(0).isEmpty()) {
      throw new OptionException("--make-archive wants the name of one file");
    }
    archive = words.get(0);
  }
}
