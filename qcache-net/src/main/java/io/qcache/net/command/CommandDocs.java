package io.qcache.net.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be told about commands but is not needed to run them: from the resource {@code commands.txt}, loaded when
 * first asked for.
 * <pre>
 *   set                                           name, of a subcommand with its container: client|list
 *     summary Set a string …                      a fact: its name, then text to the end of the line
 *     tips request_policy:all_shards              those of COMMAND INFO
 *     arguments
 *       condition oneof since:2.6.12 optional     name, type, facts with a colon, flags; its own arguments indented
 *         nx pure-token token:NX
 * </pre>
 */
final class CommandDocs {
  private static final CommandDocs NONE = new CommandDocs();

  final List<String[]> facts = new ArrayList<>(); // name and text
  final List<Argument> arguments = new ArrayList<>();
  String[] tips = new String[0];

  private CommandDocs() {}

  /** An argument in the documentation's words; a token, a block or a choice of others. */
  static final class Argument {
    final String name;
    final String type;
    final List<String[]> facts = new ArrayList<>(); // name and text
    final List<String> flags = new ArrayList<>();
    final List<Argument> arguments = new ArrayList<>();

    Argument(String line) {
      String[] words = line.split(" ");
      name = words[0];
      type = words[1];
      for (int i = 2; i < words.length; i++) {
        int colon = words[i].indexOf(':');
        if (colon < 0) {
          flags.add(words[i]);
        } else {
          facts.add(new String[] {words[i].substring(0, colon), words[i].substring(colon + 1)});
        }
      }
    }
  }

  /** Of the command with that name, or with nothing to tell. */
  static CommandDocs of(Row row) {
    return Holder.ALL.getOrDefault(row.name(), NONE);
  }

  private static final class Holder {
    static final Map<String, CommandDocs> ALL = load();
  }

  private static Map<String, CommandDocs> load() {
    try (InputStream in = CommandDocs.class.getResourceAsStream("commands.txt");
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      return read(lines);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Map<String, CommandDocs> read(BufferedReader lines) throws IOException {
    Map<String, CommandDocs> all = new HashMap<>();
    List<List<Argument>> open = new ArrayList<>(); // where the next argument goes, by depth
    CommandDocs docs = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int depth = depth(line);
      String text = line.substring(2 * depth);
      if (text.isEmpty() || text.charAt(0) == '#') {
        continue;
      }
      if (depth == 0) {
        docs = new CommandDocs();
        all.put(text, docs);
      } else if (depth == 1) {
        open.clear();
        open.add(docs.arguments);
        docs.fact(text);
      } else {
        Argument argument = new Argument(text);
        open.get(depth - 2).add(argument);
        open.subList(depth - 1, open.size()).clear();
        open.add(argument.arguments);
      }
    }
    return all;
  }

  private static int depth(String line) {
    int blanks = 0;
    while (blanks < line.length() && line.charAt(blanks) == ' ') {
      blanks++;
    }
    return blanks / 2;
  }

  private void fact(String text) {
    if (text.equals("arguments")) {
      return;
    }
    int space = text.indexOf(' ');
    String name = text.substring(0, space);
    if (name.equals("tips")) {
      tips = text.substring(space + 1).split(" ");
    } else {
      facts.add(new String[] {name, text.substring(space + 1)});
    }
  }
}
