package io.qcache.net.room;

import static io.qcache.net.command.Flag.ADMIN;
import static io.qcache.net.command.Flag.LOADING;
import static io.qcache.net.command.Flag.NOSCRIPT;
import static io.qcache.net.command.Flag.STALE;

import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Flag;
import io.qcache.net.command.Room;
import io.qcache.net.command.Row;
import io.qcache.net.option.OptionVisitor;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** CONFIG: the server's options at run time. */
final class ConfigRoom extends Room {
  private static final int CONFIG = 0, GET = 1, SET = 2, RESETSTAT = 3, HELP = 4;

  ConfigRoom() {
    super(null);
  }

  @Override public void declare(CommandTable table) {
    Flag[] admin = {ADMIN, NOSCRIPT, LOADING, STALE};
    Row config = table.command(CONFIG, "CONFIG").arity(-2);
    config.subcommand(GET, "GET").arity(-3).flags(admin);
    config.subcommand(SET, "SET").arity(-4).flags(admin);
    config.subcommand(RESETSTAT, "RESETSTAT").arity(2).flags(admin).wholeKeyspace();
    config.subcommand(HELP, "HELP").arity(2).flags(LOADING, STALE);
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case GET -> get(call);
      case SET -> set(call);
      case RESETSTAT -> resetStat(call);
      case HELP -> Help.reply(call, "CONFIG",
          "GET <pattern> [<pattern> ...]", "Names and values of the options whose names match a pattern.",
          "SET <option> <value> [<option> <value> ...]", "Change options: all of those named, or none.",
          "RESETSTAT", "Start the counters of INFO again at zero.");
      default -> throw noSuchRow(op);
    }
  }

  private static void get(Call call) {
    Found found = new Found();
    call.host().followEngine();
    call.host().options().get(texts(call), found);
    call.reply().map(found.texts.size() / 2);
    for (String text : found.texts) {
      call.reply().bulk(text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** Names and values in turn; they wait here until their number is known. */
  private static final class Found implements OptionVisitor {
    final List<String> texts = new ArrayList<>();

    @Override public void option(String name, String value) {
      texts.add(name);
      texts.add(value);
    }
  }

  private static void set(Call call) {
    if (call.count() % 2 != 0) {
      throw Refusal.SYNTAX;
    }
    String error = call.host().options().change(texts(call));
    if (error != null) {
      throw Refusal.of(error);
    }
    call.reply().ok();
  }

  /** The arguments behind the subcommand, as the option table has texts: a char a byte. */
  private static List<String> texts(Call call) {
    List<String> texts = new ArrayList<>(call.count() - 2);
    for (int i = 2; i < call.count(); i++) {
      texts.add(call.slice(i).toString());
    }
    return texts;
  }

  private static void resetStat(Call call) {
    call.host().counters().reset();
    call.reply().ok();
  }
}
