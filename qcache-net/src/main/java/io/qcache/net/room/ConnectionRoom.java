package io.qcache.net.room;

import static io.qcache.net.command.Flag.ALLOW_BUSY;
import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.LOADING;
import static io.qcache.net.command.Flag.NOSCRIPT;
import static io.qcache.net.command.Flag.NO_AUTH;
import static io.qcache.net.command.Flag.STALE;

import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Flag;
import io.qcache.net.command.Room;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;
import io.qcache.net.session.Session;
import io.qcache.resp.ReplyWriter;
import java.nio.charset.StandardCharsets;

/** Commands of a connection: who speaks, in which protocol, to which database. */
final class ConnectionRoom extends Room {
  private static final int PING = 0, ECHO = 1, QUIT = 2, SELECT = 3, HELLO = 4, AUTH = 5, RESET = 6;

  ConnectionRoom() {
    super(Category.CONNECTION);
  }

  @Override public void declare(CommandTable table) {
    Flag[] anybody = {NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY};
    table.command(PING, "PING").arity(-1).flags(FAST).whileSubscribed();
    table.command(ECHO, "ECHO").arity(2).flags(LOADING, STALE, FAST);
    table.command(QUIT, "QUIT").arity(-1).flags(anybody).notQueued().whileSubscribed();
    table.command(SELECT, "SELECT").arity(2).flags(LOADING, STALE, FAST);
    table.command(HELLO, "HELLO").arity(-1).flags(anybody);
    table.command(AUTH, "AUTH").arity(-2).flags(anybody);
    table.command(RESET, "RESET").arity(1).flags(anybody).notQueued().whileSubscribed();
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case PING -> ping(call);
      case ECHO -> bulk(call, 1);
      case QUIT -> quit(call);
      case SELECT -> select(call);
      case HELLO -> hello(call);
      case AUTH -> auth(call);
      case RESET -> reset(call);
      default -> throw noSuchRow(op);
    }
  }

  private static void ping(Call call) {
    if (call.count() > 2) {
      throw Refusal.wrongArity(call.row().name());
    }
    if (call.session().isConfined()) {
      call.reply().array(2);
      call.reply().bulk("pong");
      pongText(call);
    } else if (call.count() == 2) {
      bulk(call, 1);
    } else {
      call.reply().simple("PONG");
    }
  }

  /** What a subscribed client reads must look like a message. */
  private static void pongText(Call call) {
    if (call.count() == 2) {
      bulk(call, 1);
    } else {
      call.reply().bulk("");
    }
  }

  private static void bulk(Call call, int i) {
    Slice text = call.slice(i);
    call.reply().bulk(text.array(), text.offset(), text.length());
  }

  private static void quit(Call call) {
    call.session().quit();
    call.reply().ok();
  }

  private static void select(Call call) {
    call.session().select(call.host().engine().database(call.int32(1)));
    call.reply().ok();
  }

  private static void auth(Call call) {
    if (call.count() > 3) {
      throw Refusal.SYNTAX;
    }
    if (call.count() == 2 && !call.host().options().hasPassword()) {
      throw Refusal.NO_PASSWORD_CONFIGURED;
    }
    byte[] user = call.count() == 3 ? call.slice(1).copy() : "default".getBytes(StandardCharsets.US_ASCII);
    authenticate(call, user, call.slice(call.count() - 1).copy());
    call.reply().ok();
  }

  private static void authenticate(Call call, byte[] user, byte[] password) {
    if (!call.session().isPassword(user, password)) {
      throw Refusal.WRONG_PASSWORD;
    }
    call.session().authenticate();
  }

  private static void reset(Call call) {
    call.session().reset();
    call.reply().simple("RESET");
  }

  // HELLO

  private static void hello(Call call) {
    int protocol = call.count() > 1 ? protocol(call.slice(1)) : call.session().protocol();
    int name = options(call);
    if (!call.session().isAuthenticated()) {
      throw Refusal.HELLO_NOT_AUTHENTICATED;
    }
    if (name > 0) {
      ClientRoom.name(call, name);
    }
    call.session().protocol(protocol);
    greet(call);
  }

  private static int protocol(Slice version) {
    if (!isLong(version)) {
      throw Refusal.PROTOCOL_NOT_A_NUMBER;
    }
    if (version.length() != 1 || version.at(0) < '2' || version.at(0) > '3') {
      throw Refusal.UNSUPPORTED_PROTOCOL;
    }
    return version.at(0) - '0';
  }

  private static boolean isLong(Slice text) {
    return Numbers.isLong(text.array(), text.offset(), text.length());
  }

  /** Does what the options say, in turn; where the last name is, or 0: a stranger shall not have it yet. */
  private static int options(Call call) {
    int name = 0;
    for (int i = 2; i < call.count(); i++) {
      int behind = call.count() - 1 - i;
      if (call.slice(i).is("AUTH") && behind >= 2) {
        authenticate(call, call.slice(++i).copy(), call.slice(++i).copy());
      } else if (call.slice(i).is("SETNAME") && behind >= 1) {
        name = ++i;
        nameUnlessAStranger(call, name);
      } else {
        throw Refusal.helloOption(call.slice(i));
      }
    }
    return name;
  }

  private static void nameUnlessAStranger(Call call, int i) {
    if (call.session().isAuthenticated()) {
      ClientRoom.name(call, i);
    } else {
      ClientRoom.requireName(call.slice(i));
    }
  }

  private static void greet(Call call) {
    Session session = call.session();
    ReplyWriter reply = call.reply();
    reply.map(7);
    reply.bulk("server");
    reply.bulk("redis"); // what we are compatible with: clients look for it
    reply.bulk("version");
    reply.bulk(Info.REDIS_VERSION);
    reply.bulk("proto");
    reply.integer(session.protocol());
    reply.bulk("id");
    reply.integer(session.id());
    reply.bulk("mode");
    reply.bulk("standalone");
    reply.bulk("role");
    reply.bulk("master");
    reply.bulk("modules");
    reply.array(0);
  }
}
