package io.qcache.net.option;

/** The text of {@code --help}, made of the option table. */
public final class Help {
  private static final int COLUMN = 34;

  private Help() {}

  /** Lines of at most 120 chars, the last one ended too. */
  public static String text() {
    StringBuilder text = new StringBuilder(4096);
    text.append("Usage: java -jar qcache-net.jar [FILE] [--NAME VALUE ...]\n\n")
        .append("FILE holds options like redis.conf, one a line.  The options, and their values unless given:\n\n");
    for (Option option : Option.all()) {
      int start = text.length();
      text.append("  --").append(option.title()).append(' ').append(Texts.ofBytes(shown(option)));
      pad(text, start);
      text.append(option.help).append('\n');
    }
    text.append("  --help, --version\n")
        .append("  --make-archive FILE               trains an archive for faster starts and says how to use it\n")
        .append("  --export FILE                     writes what --dir keeps as RDB, to - for the standard output;\n")
        .append("                                    --rdb-version N asks for a version, else it is the lowest that holds it\n")
        .append("  --export-commands FILE            the same as commands, which redis-cli --pipe feeds to any Redis\n")
        .append("  --check FILE                      says what an RDB file, a segment of a log or a directory holds, and whether\n")
        .append("                                    it is whole\n")
        .append("  --repair DIRECTORY                cuts a log before the first damage, once told to; a copy is kept beside\n\n")
        .append("Options of Redis whose feature is absent are taken with the value that switches it off\n")
        .append("(--daemonize no), and refused with any other.\n");
    return text.toString();
  }

  private static String shown(Option option) {
    if (option == Option.DIR || !option.hasValue()) {
      return option == Option.DIR ? "." : "HOST:PORT";
    }
    String preset = option.preset();
    return preset.isEmpty() ? "\"\"" : preset;
  }

  private static void pad(StringBuilder text, int start) {
    do {
      text.append(' ');
    } while (text.length() - start < COLUMN);
  }
}
