package io.qcache.net.command;

import io.qcache.resp.ReplyWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes what COMMAND INFO and COMMAND DOCS reply about a row. */
public final class CommandReply {
  private final ReplyWriter reply;

  public CommandReply(ReplyWriter reply) {
    this.reply = reply;
  }

  // COMMAND INFO

  /** The ten elements about a row; nil where it is null. */
  public void info(Row row) {
    if (row == null) {
      reply.nil();
      return;
    }
    reply.array(10);
    reply.bulk(row.name());
    reply.integer(row.arity());
    simpleSet(flags(row));
    legacyKeys(row.keys());
    simpleSet(categories(row));
    tips(row);
    keySpecs(row.keys());
    List<Row> subcommands = subcommands(row);
    if (subcommands.isEmpty()) {
      reply.set(0); // a set of none, but an array of some: so does Redis
    } else {
      reply.array(subcommands.size());
    }
    for (Row subcommand : subcommands) {
      info(subcommand);
    }
  }

  private static List<Row> subcommands(Row row) {
    return row.subcommands() == null ? List.of() : row.subcommands().rows();
  }

  private void simpleSet(List<String> words) {
    reply.set(words.size());
    for (String word : words) {
      reply.simple(word);
    }
  }

  private static List<String> flags(Row row) {
    List<String> flags = new ArrayList<>();
    for (Flag flag : Flag.values()) {
      if (row.is(flag)) {
        flags.add(flag.name().toLowerCase(Locale.ROOT));
      }
    }
    for (Keys keys = row.keys(); keys != null; keys = keys.next) {
      if (keys.kind != Keys.Kind.RANGE) {
        flags.add("movablekeys");
        break;
      }
    }
    return flags;
  }

  private static List<String> categories(Row row) {
    List<String> categories = new ArrayList<>();
    for (Category category : Category.values()) {
      if (row.isIn(category)) {
        categories.add("@".concat(category.name().toLowerCase(Locale.ROOT)));
      }
    }
    return categories;
  }

  /** First, last and step: all that clients before 7.0 knew of key positions. */
  private void legacyKeys(Keys all) {
    int first = 0;
    int last = 0;
    int step = 0;
    for (Keys keys = all; keys != null; keys = keys.next) {
      if (keys.kind == Keys.Kind.RANGE && !keys.isNowhere()) {
        first = first == 0 ? keys.first : first;
        last = keys.last;
        step = Math.max(step, keys.step);
      }
    }
    reply.integer(first);
    reply.integer(last);
    reply.integer(step);
  }

  private void tips(Row row) {
    String[] tips = CommandDocs.of(row).tips;
    reply.set(tips.length);
    for (String tip : tips) {
      reply.bulk(tip);
    }
  }

  private void keySpecs(Keys all) {
    int count = 0;
    for (Keys keys = all; keys != null; keys = keys.next) {
      count += keys.isNowhere() ? 0 : 1;
    }
    reply.set(count);
    for (Keys keys = all; count > 0 && keys != null; keys = keys.next) {
      keySpec(keys);
    }
  }

  private void keySpec(Keys keys) {
    reply.map(3);
    reply.bulk("flags");
    simpleSet(List.of(keys.access.words().split(" ")));
    reply.bulk("begin_search");
    if (keys.kind == Keys.Kind.UNKNOWN) {
      spec("unknown", 0);
      reply.bulk("find_keys");
      spec("unknown", 0);
      return;
    }
    if (keys.kind == Keys.Kind.KEYWORD) {
      spec("keyword", 2);
      reply.bulk("keyword");
      reply.bulk(keys.keyword);
      number("startfrom", keys.first);
    } else {
      spec("index", 1);
      number("index", keys.first);
    }
    reply.bulk("find_keys");
    if (keys.kind == Keys.Kind.COUNTED) {
      spec("keynum", 3);
      number("keynumidx", 0);
      number("firstkey", 1);
      number("keystep", keys.step);
    } else {
      spec("range", 3);
      number("lastkey", lastFromFirst(keys));
      number("keystep", keys.step);
      number("limit", 0);
    }
  }

  private static int lastFromFirst(Keys keys) {
    if (keys.kind == Keys.Kind.KEYWORD) {
      return 0; // one key, right behind the word
    }
    return keys.last < 0 ? keys.last : keys.last - keys.first;
  }

  private void spec(String type, int facts) {
    reply.map(2);
    reply.bulk("type");
    reply.bulk(type);
    reply.bulk("spec");
    reply.map(facts);
  }

  private void number(String name, long value) {
    reply.bulk(name);
    reply.integer(value);
  }

  // COMMAND DOCS

  /** The row's name, then the map of what there is to tell. */
  public void docs(Row row) {
    CommandDocs docs = CommandDocs.of(row);
    List<Row> subcommands = subcommands(row);
    reply.bulk(row.name());
    reply.map(docs.facts.size() + (docs.arguments.isEmpty() ? 0 : 1) + (subcommands.isEmpty() ? 0 : 1));
    for (String[] fact : docs.facts) {
      fact(fact);
    }
    if (!docs.arguments.isEmpty()) {
      arguments(docs.arguments);
    }
    if (!subcommands.isEmpty()) {
      reply.bulk("subcommands");
      reply.map(subcommands.size());
      for (Row subcommand : subcommands) {
        docs(subcommand);
      }
    }
  }

  private void fact(String[] fact) {
    reply.bulk(fact[0]);
    if (fact[0].equals("doc_flags")) {
      simpleSet(List.of(fact[1]));
    } else if (fact[0].equals("key_spec_index")) {
      reply.integer(Long.parseLong(fact[1]));
    } else {
      reply.bulk(fact[1]);
    }
  }

  private void arguments(List<CommandDocs.Argument> arguments) {
    reply.bulk("arguments");
    reply.array(arguments.size());
    for (CommandDocs.Argument argument : arguments) {
      argument(argument);
    }
  }

  private void argument(CommandDocs.Argument argument) {
    boolean isFlagged = !argument.flags.isEmpty();
    boolean isNested = !argument.arguments.isEmpty();
    reply.map(2 + argument.facts.size() + (isFlagged ? 1 : 0) + (isNested ? 1 : 0));
    reply.bulk("name");
    reply.bulk(argument.name);
    reply.bulk("type");
    reply.bulk(argument.type);
    for (String[] fact : argument.facts) {
      fact(fact);
    }
    if (isFlagged) {
      reply.bulk("flags");
      simpleSet(argument.flags);
    }
    if (isNested) {
      arguments(argument.arguments);
    }
  }
}
