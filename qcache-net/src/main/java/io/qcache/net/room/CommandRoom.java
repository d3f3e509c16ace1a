package io.qcache.net.room;

import static io.qcache.net.command.Flag.LOADING;
import static io.qcache.net.command.Flag.STALE;

import io.qcache.engine.Glob;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.net.command.Access;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandReply;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Keys;
import io.qcache.net.command.Room;
import io.qcache.net.command.Row;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;
import io.qcache.resp.ReplyWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** COMMAND: what the table says about itself. */
final class CommandRoom extends Room {
  private static final int COMMAND = 0, COUNT = 1, LIST = 2, INFO = 3, DOCS = 4, GETKEYS = 5, GETKEYSANDFLAGS = 6,
      HELP = 7;

  CommandRoom() {
    super(Category.CONNECTION);
  }

  @Override public void declare(CommandTable table) {
    Row command = table.command(COMMAND, "COMMAND").arity(-1).flags(LOADING, STALE);
    command.subcommand(COUNT, "COUNT").arity(2).flags(LOADING, STALE);
    command.subcommand(LIST, "LIST").arity(-2).flags(LOADING, STALE);
    command.subcommand(INFO, "INFO").arity(-2).flags(LOADING, STALE);
    command.subcommand(DOCS, "DOCS").arity(-2).flags(LOADING, STALE);
    command.subcommand(GETKEYS, "GETKEYS").arity(-4).flags(LOADING, STALE);
    command.subcommand(GETKEYSANDFLAGS, "GETKEYSANDFLAGS").arity(-4).flags(LOADING, STALE);
    command.subcommand(HELP, "HELP").arity(2).flags(LOADING, STALE);
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case COMMAND -> infoOfAll(call);
      case COUNT -> call.reply().integer(call.host().commands().rows().size());
      case LIST -> list(call);
      case INFO -> info(call);
      case DOCS -> docs(call);
      case GETKEYS -> getKeys(call, false);
      case GETKEYSANDFLAGS -> getKeys(call, true);
      case HELP -> help(call);
      default -> throw noSuchRow(op);
    }
  }

  private static void help(Call call) {
    Help.reply(call, "COMMAND",
        "(no subcommand)", "What is declared about every command.",
        "COUNT", "How many commands there are.",
        "DOCS [<command> ...]", "How these commands, or all, are called.",
        "GETKEYS <command> [<arg> ...]", "The keys of that request.",
        "GETKEYSANDFLAGS <command> [<arg> ...]", "The keys of that request, and what is done with each.",
        "INFO [<command> ...]", "What is declared about these commands, or about all.",
        "LIST [FILTERBY (ACLCAT <category>|MODULE <name>|PATTERN <pattern>)]", "The names of commands.");
  }

  private static void infoOfAll(Call call) {
    List<Row> rows = call.host().commands().rows();
    CommandReply reply = new CommandReply(call.reply());
    call.reply().array(rows.size());
    for (Row row : rows) {
      reply.info(row);
    }
  }

  private static void info(Call call) {
    if (call.count() == 2) {
      infoOfAll(call);
      return;
    }
    CommandReply reply = new CommandReply(call.reply());
    call.reply().array(call.count() - 2);
    for (int i = 2; i < call.count(); i++) {
      reply.info(call.host().commands().findByFullName(call.slice(i)));
    }
  }

  private static void docs(Call call) {
    List<Row> rows = new ArrayList<>();
    for (int i = 2; i < call.count(); i++) {
      Row row = call.host().commands().findByFullName(call.slice(i));
      if (row != null) {
        rows.add(row);
      }
    }
    if (call.count() == 2) {
      rows = call.host().commands().rows();
    }
    CommandReply reply = new CommandReply(call.reply());
    call.reply().map(rows.size());
    for (Row row : rows) {
      reply.docs(row);
    }
  }

  // COMMAND LIST

  private static void list(Call call) {
    boolean filtered = call.count() == 5 && call.slice(2).is("FILTERBY");
    if (!filtered && call.count() > 2) {
      throw Refusal.SYNTAX;
    }
    List<Row> rows = withSubcommands(call.host().commands());
    if (filtered) {
      filter(rows, call.slice(3), call.slice(4));
    }
    call.reply().array(rows.size());
    for (Row row : rows) {
      call.reply().bulk(row.name());
    }
  }

  private static List<Row> withSubcommands(CommandTable table) {
    List<Row> all = new ArrayList<>();
    for (Row row : table.rows()) {
      all.add(row);
      if (row.subcommands() != null) {
        all.addAll(row.subcommands().rows());
      }
    }
    return all;
  }

  private static void filter(List<Row> rows, Slice kind, Slice argument) {
    if (kind.is("MODULE")) {
      rows.clear(); // there are no modules
    } else if (kind.is("ACLCAT")) {
      Category category = category(argument);
      rows.removeIf(row -> category == null || !row.isIn(category));
    } else if (kind.is("PATTERN")) {
      Glob pattern = new Glob(argument.toString().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1));
      rows.removeIf(row -> !matches(pattern, row));
    } else {
      throw Refusal.SYNTAX;
    }
  }

  private static boolean matches(Glob pattern, Row row) {
    byte[] name = row.name().getBytes(StandardCharsets.ISO_8859_1);
    return pattern.matches(name, 0, name.length);
  }

  private static Category category(Slice name) {
    for (Category category : Category.values()) {
      if (name.is(category.name())) {
        return category;
      }
    }
    return null;
  }

  // COMMAND GETKEYS

  private static void getKeys(Call call, boolean withFlags) {
    Slices request = new Slices();
    for (int i = 2; i < call.count(); i++) {
      request.add(call.slice(i).array(), call.slice(i).offset(), call.slice(i).length());
    }
    Row row = call.host().commands().find(request);
    if (row == null) {
      throw Refusal.INVALID_COMMAND;
    }
    if (row.keys().isNone()) {
      throw Refusal.NO_KEYS;
    }
    if (!row.accepts(request.size())) {
      throw Refusal.INVALID_ARGUMENT_COUNT;
    }
    Positions positions = new Positions();
    if (!row.keys().forEach(request, positions)) {
      throw Refusal.INVALID_ARGUMENTS;
    }
    write(call.reply(), request, positions, withFlags);
  }

  private static final class Positions implements Keys.Visitor {
    final List<Integer> positions = new ArrayList<>();
    final List<Access> accesses = new ArrayList<>();

    @Override public void key(int position, Access access) {
      positions.add(position);
      accesses.add(access);
    }
  }

  private static void write(ReplyWriter reply, Slices request, Positions keys, boolean withFlags) {
    reply.array(keys.positions.size());
    for (int i = 0; i < keys.positions.size(); i++) {
      Slice key = request.get(keys.positions.get(i));
      if (withFlags) {
        reply.array(2);
      }
      reply.bulk(key.array(), key.offset(), key.length());
      if (withFlags) {
        String[] words = inFact(keys.accesses.get(i), request).words().split(" ");
        reply.set(words.length);
        for (String word : words) {
          reply.simple(word);
        }
      }
    }
  }

  /** SET reads only where it is told to GET. */
  private static Access inFact(Access access, Slices request) {
    if (access != Access.READ_WRITE_BY_OPTION) {
      return access;
    }
    for (int i = 3; i < request.size(); i++) {
      if (request.get(i).is("GET")) {
        return Access.READ_WRITE;
      }
    }
    return Access.WRITE;
  }
}
