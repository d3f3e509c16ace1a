package io.qcache.net.room;

import static io.qcache.net.command.Flag.ADMIN;
import static io.qcache.net.command.Flag.LOADING;
import static io.qcache.net.command.Flag.NOSCRIPT;
import static io.qcache.net.command.Flag.STALE;

import io.qcache.engine.Deadline;
import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Flag;
import io.qcache.net.command.Room;
import io.qcache.net.command.Row;
import io.qcache.net.session.Call;
import io.qcache.net.session.Pause;
import io.qcache.net.session.Refusal;
import io.qcache.net.session.Session;
import java.nio.charset.StandardCharsets;

/** CLIENT: this connection and the others. */
final class ClientRoom extends Room {
  private static final int CLIENT = 0, ID = 1, INFO = 2, LIST = 3, SETNAME = 4, GETNAME = 5, SETINFO = 6, REPLY = 7,
      KILL = 8, NO_TOUCH = 9, HELP = 10, NO_EVICT = 11, PAUSE = 12, UNPAUSE = 13, UNBLOCK = 14;

  ClientRoom() {
    super(null);
  }

  @Override public void declare(CommandTable table) {
    Flag[] own = {NOSCRIPT, LOADING, STALE};
    Flag[] admin = {ADMIN, NOSCRIPT, LOADING, STALE};
    Row client = table.command(CLIENT, "CLIENT").arity(-2);
    client.subcommand(ID, "ID").arity(2).flags(own).categories(Category.CONNECTION);
    client.subcommand(INFO, "INFO").arity(2).flags(own).categories(Category.CONNECTION);
    client.subcommand(LIST, "LIST").arity(-2).flags(admin).categories(Category.CONNECTION);
    client.subcommand(SETNAME, "SETNAME").arity(3).flags(own).categories(Category.CONNECTION);
    client.subcommand(GETNAME, "GETNAME").arity(2).flags(own).categories(Category.CONNECTION);
    client.subcommand(SETINFO, "SETINFO").arity(4).flags(own).categories(Category.CONNECTION);
    client.subcommand(REPLY, "REPLY").arity(3).flags(own).categories(Category.CONNECTION);
    client.subcommand(KILL, "KILL").arity(-3).flags(admin).categories(Category.CONNECTION);
    client.subcommand(NO_TOUCH, "NO-TOUCH").arity(3).flags(own).categories(Category.CONNECTION);
    client.subcommand(NO_EVICT, "NO-EVICT").arity(3).flags(admin).categories(Category.CONNECTION);
    client.subcommand(PAUSE, "PAUSE").arity(-3).flags(admin).categories(Category.CONNECTION);
    client.subcommand(UNPAUSE, "UNPAUSE").arity(2).flags(admin).categories(Category.CONNECTION);
    client.subcommand(UNBLOCK, "UNBLOCK").arity(-3).flags(admin).categories(Category.CONNECTION);
    client.subcommand(HELP, "HELP").arity(2).flags(LOADING, STALE).categories(Category.CONNECTION);
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case ID -> call.reply().integer(call.session().id());
      case INFO -> info(call);
      case LIST -> list(call);
      case SETNAME -> setName(call);
      case GETNAME -> getName(call);
      case SETINFO -> setInfo(call);
      case REPLY -> reply(call);
      case KILL -> kill(call);
      case NO_TOUCH -> noTouch(call);
      case NO_EVICT -> noEvict(call);
      case PAUSE -> pause(call);
      case UNPAUSE -> unpause(call);
      case UNBLOCK -> unblock(call);
      case HELP -> help(call);
      default -> throw noSuchRow(op);
    }
  }

  private static void help(Call call) {
    Help.reply(call, "CLIENT",
        "GETNAME", "The name of this connection.",
        "ID", "The number of this connection.",
        "INFO", "A line about this connection.",
        "KILL <ip:port>", "Close the connection that comes from that address.",
        "KILL <filter> <value> [<filter> <value> ...]",
        "Close those that every filter fits: ID, TYPE, USER, ADDR, LADDR; SKIPME NO does not spare this one.",
        "LIST [TYPE <type> | ID <id> [<id> ...]]", "A line about each connection.",
        "NO-EVICT (ON|OFF)", "Whether this connection stays when maxmemory-clients has others closed.",
        "NO-TOUCH (ON|OFF)", "Whether what this connection reads counts as not used, but for TOUCH.",
        "PAUSE <timeout> [WRITE|ALL]",
        "Let all commands, or only those that may write, wait for that many milliseconds.",
        "REPLY (ON|OFF|SKIP)", "Whether this connection gets replies; SKIP leaves out the next.",
        "SETINFO (LIB-NAME|LIB-VER) <value>", "Tell which library this connection is made by.",
        "SETNAME <name>", "Give this connection a name; an empty one takes it away.",
        "UNBLOCK <id> [TIMEOUT|ERROR]", "End a command of a connection that waits, as if its time were up or with an error.",
        "UNPAUSE", "End a pause.");
  }

  // This connection

  private static void setName(Call call) {
    name(call, 2);
    call.reply().ok();
  }

  /** Names the session as argument {@code i} says. */
  static void name(Call call, int i) {
    requireName(call.slice(i));
    call.session().name(call.slice(i).toString());
  }

  static void requireName(Slice name) {
    if (!isPrintable(name)) {
      throw Refusal.CLIENT_NAME;
    }
  }

  /** Whether nothing in it could break the lines and columns of CLIENT LIST. */
  private static boolean isPrintable(Slice text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.at(i) < '!' || text.at(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static void getName(Call call) {
    String name = call.session().name();
    if (name.isEmpty()) {
      call.reply().nil();
    } else {
      call.reply().bulk(name);
    }
  }

  private static void setInfo(Call call) {
    Slice attribute = call.slice(2);
    Slice value = call.slice(3);
    if (attribute.is("LIB-NAME")) {
      requirePrintable(value, "lib-name");
      call.session().libraryName(value.toString());
    } else if (attribute.is("LIB-VER")) {
      requirePrintable(value, "lib-ver");
      call.session().libraryVersion(value.toString());
    } else {
      throw Refusal.unrecognizedOption(attribute);
    }
    call.reply().ok();
  }

  private static void requirePrintable(Slice value, String attribute) {
    if (!isPrintable(value)) {
      throw Refusal.infoText(attribute);
    }
  }

  private static void reply(Call call) {
    Slice mode = call.slice(2);
    if (mode.is("ON")) {
      call.session().replies(Session.Replies.ON);
      call.reply().ok();
    } else if (mode.is("OFF")) {
      call.session().replies(Session.Replies.OFF);
    } else if (mode.is("SKIP")) {
      call.session().replies(Session.Replies.SKIP);
    } else {
      throw Refusal.SYNTAX;
    }
  }

  private static void noTouch(Call call) {
    call.session().untouching(isOn(call.slice(2)));
    call.reply().ok();
  }

  private static void noEvict(Call call) {
    call.session().spared(isOn(call.slice(2)));
    call.reply().ok();
  }

  private static boolean isOn(Slice mode) {
    if (!mode.is("ON") && !mode.is("OFF")) {
      throw Refusal.SYNTAX;
    }
    return mode.is("ON");
  }

  private static void info(Call call) {
    StringBuilder line = new StringBuilder(256);
    ClientLine.append(line, call.session(), call.host().engine().nowMillis());
    verbatim(call, line);
  }

  private static void verbatim(Call call, StringBuilder text) {
    byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    call.reply().verbatim("txt", bytes, 0, bytes.length);
  }

  // All connections

  private static void list(Call call) {
    StringBuilder lines = new StringBuilder(1024);
    long now = call.host().engine().nowMillis();
    if (call.count() == 2) {
      append(lines, call.host().sessions(), now);
    } else if (call.count() == 4 && call.slice(2).is("TYPE")) {
      listByType(lines, call, now);
    } else if (call.count() > 3 && call.slice(2).is("ID")) {
      listById(lines, call, now);
    } else {
      throw Refusal.SYNTAX;
    }
    verbatim(call, lines);
  }

  private static void append(StringBuilder lines, Session[] sessions, long now) {
    for (Session session : sessions) {
      ClientLine.append(lines, session, now);
    }
  }

  private static void listByType(StringBuilder lines, Call call, long now) {
    ClientFilter.requireType(call.slice(3));
    for (Session session : call.host().sessions()) {
      if (ClientFilter.isOfType(session, call.slice(3))) {
        ClientLine.append(lines, session, now);
      }
    }
  }

  private static void listById(StringBuilder lines, Call call, long now) {
    for (int i = 3; i < call.count(); i++) {
      Slice id = call.slice(i);
      if (!Numbers.isLong(id.array(), id.offset(), id.length())) {
        throw Refusal.INVALID_CLIENT_ID;
      }
      Session session = call.host().session(Numbers.parse(id));
      if (session != null) {
        ClientLine.append(lines, session, now);
      }
    }
  }

  private static void kill(Call call) {
    boolean byAddress = call.count() == 3;
    ClientFilter filter = byAddress ? ClientFilter.ofAddress(call.slice(2)) : new ClientFilter(call);
    long killed = 0;
    for (Session session : call.host().sessions()) {
      if (filter.fits(session, call.session())) {
        end(session, call.session());
        killed++;
      }
    }
    if (!byAddress) {
      call.reply().integer(killed);
    } else if (killed == 0) {
      throw Refusal.NO_SUCH_CLIENT;
    } else {
      call.reply().ok();
    }
  }

  private static void pause(Call call) {
    if (call.count() > 4) {
      throw Refusal.unknownOrWrongArity(call.slice(1), "CLIENT");
    }
    Pause.Kind kind = call.count() == 3 || call.slice(3).is("ALL") ? Pause.Kind.ALL : Pause.Kind.WRITES;
    if (kind == Pause.Kind.WRITES && !call.slice(3).is("WRITE")) {
      throw Refusal.PAUSE_MODE;
    }
    long end = Timeouts.endMillis(call, 2);
    if (end == Deadline.NONE) {
      throw Refusal.TIMEOUT_RANGE; // Redis adds without looking, and does not pause at all
    }
    call.host().pause().begin(kind, end);
    call.reply().ok();
  }

  private static void unpause(Call call) {
    call.host().pause().end();
    call.reply().ok();
  }

  private static void unblock(Call call) {
    if (call.count() > 4) {
      throw Refusal.unknownOrWrongArity(call.slice(1), "CLIENT");
    }
    boolean withError = call.count() == 4 && call.slice(3).is("ERROR");
    if (call.count() == 4 && !withError && !call.slice(3).is("TIMEOUT")) {
      throw Refusal.UNBLOCK_REASON;
    }
    Session session = call.host().session(call.integer(2));
    call.reply().integer(session != null && session.unblock(withError) ? 1 : 0);
  }

  private static void end(Session session, Session self) {
    if (session == self) {
      session.quit(); // it shall still read the reply
    } else {
      session.kill();
    }
  }
}
