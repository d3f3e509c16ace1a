package io.qcache.net.room;

import static io.qcache.net.command.Flag.ADMIN;
import static io.qcache.net.command.Flag.LOADING;
import static io.qcache.net.command.Flag.NOSCRIPT;
import static io.qcache.net.command.Flag.STALE;

import io.qcache.engine.Glob;
import io.qcache.engine.Slice;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Flag;
import io.qcache.net.command.Room;
import io.qcache.net.command.Row;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;
import io.qcache.net.session.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

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
    config.subcommand(RESETSTAT, "RESETSTAT").arity(2).flags(admin);
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
    Settings settings = call.host().settings();
    boolean[] chosen = new boolean[settings.size()];
    int count = 0;
    for (int i = 2; i < call.count(); i++) {
      Glob pattern = new Glob(lower(call.slice(i)).getBytes(StandardCharsets.ISO_8859_1));
      for (int option = 0; option < chosen.length; option++) {
        byte[] name = bytes(settings.name(option));
        if (!chosen[option] && pattern.matches(name, 0, name.length)) {
          chosen[option] = true;
          count++;
        }
      }
    }
    call.reply().map(count);
    for (int option = 0; option < chosen.length; option++) {
      if (chosen[option]) {
        call.reply().bulk(bytes(settings.name(option)));
        call.reply().bulk(bytes(settings.value(option)));
      }
    }
  }

  private static void set(Call call) {
    if (call.count() % 2 != 0) {
      throw Refusal.SYNTAX;
    }
    int[] options = options(call);
    String[] before = new String[options.length];
    for (int i = 0; i < options.length; i++) {
      before[i] = call.host().settings().value(options[i]);
    }
    for (int i = 0; i < options.length; i++) {
      String reason = call.host().settings().set(options[i], text(call.slice(2 * i + 3)));
      if (reason != null) {
        restore(call, options, before, i);
        throw failed(call, options[i], reason);
      }
    }
    call.reply().ok();
  }

  /** Finds every option before any is set; the first that can't be set is the one that is told of. */
  private static int[] options(Call call) {
    int[] options = new int[call.count() / 2 - 1];
    for (int i = 0; i < options.length; i++) {
      Slice name = call.slice(2 * i + 2);
      options[i] = find(call.host().settings(), name);
      if (options[i] < 0) {
        throw Refusal.unknownSetting(name);
      }
      if (!call.host().settings().isSettable(options[i])) {
        throw failed(call, options[i], "can't set immutable config");
      }
      for (int earlier = 0; earlier < i; earlier++) {
        if (options[earlier] == options[i]) {
          throw failed(call, options[i], "duplicate parameter");
        }
      }
    }
    return options;
  }

  private static Refusal failed(Call call, int option, String reason) {
    return Refusal.settingFailed(call.host().settings().name(option), reason);
  }

  private static int find(Settings settings, Slice name) {
    String lower = lower(name);
    for (int i = 0; i < settings.size(); i++) {
      if (settings.name(i).equals(lower)) {
        return i;
      }
    }
    return -1;
  }

  private static void restore(Call call, int[] options, String[] before, int count) {
    for (int i = count - 1; i >= 0; i--) {
      String reason = call.host().settings().set(options[i], before[i]);
      if (reason != null) {
        throw new IllegalStateException("option ".concat(call.host().settings().name(options[i]))
            .concat(" can't be set back: ").concat(reason));
      }
    }
  }

  private static void resetStat(Call call) {
    call.host().counters().reset();
    call.reply().ok();
  }

  private static String text(Slice slice) {
    return slice.toString();
  }

  private static String lower(Slice slice) {
    return text(slice).toLowerCase(Locale.ROOT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
