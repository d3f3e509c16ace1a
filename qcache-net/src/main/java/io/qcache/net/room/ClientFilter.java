package io.qcache.net.room;

import io.qcache.engine.Numbers;
import io.qcache.engine.Slice;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;
import io.qcache.net.session.Session;

/** Which connections CLIENT KILL closes: those that fit everything that is asked for. */
final class ClientFilter {
  private long id;            // 0: any
  private String address;     // null: any
  private String localAddress;
  private Slice type;         // null: any
  private boolean sparesSelf = true;

  private ClientFilter() {}

  /** Of the pairs from argument 2 on. */
  ClientFilter(Call call) {
    for (int i = 2; i < call.count(); i += 2) {
      if (i + 1 == call.count()) {
        throw Refusal.SYNTAX;
      }
      take(call.slice(i), call.slice(i + 1));
    }
  }

  /** The one connection from that address, this one too. */
  static ClientFilter ofAddress(Slice address) {
    ClientFilter filter = new ClientFilter();
    filter.address = address.toString();
    filter.sparesSelf = false;
    return filter;
  }

  private void take(Slice name, Slice value) {
    if (name.is("ID")) {
      id = id(value);
    } else if (name.is("TYPE")) {
      requireType(value);
      type = value;
    } else if (name.is("ADDR")) {
      address = value.toString();
    } else if (name.is("LADDR")) {
      localAddress = value.toString();
    } else if (name.is("USER")) {
      requireUser(value);
    } else if (name.is("SKIPME") && (value.is("YES") || value.is("NO"))) {
      sparesSelf = value.is("YES");
    } else {
      throw Refusal.SYNTAX;
    }
  }

  private static long id(Slice text) {
    long id = Numbers.isLong(text.array(), text.offset(), text.length()) ? Numbers.parse(text) : 0;
    if (id < 1) {
      throw Refusal.CLIENT_ID;
    }
    return id;
  }

  /** Refuses a word that is no type. */
  static void requireType(Slice type) {
    if (!type.is("NORMAL") && !type.is("PUBSUB") && !type.is("MASTER") && !type.is("REPLICA") && !type.is("SLAVE")) {
      throw Refusal.unknownClientType(type);
    }
  }

  /** Whether a session is of that type: those that subscribe are not normal, and masters and replicas there are none. */
  static boolean isOfType(Session session, Slice type) {
    return session.isSubscribed() ? type.is("PUBSUB") : type.is("NORMAL");
  }

  private static void requireUser(Slice name) {
    if (!name.toString().equals("default")) {
      throw Refusal.noSuchUser(name);
    }
  }

  boolean fits(Session session, Session self) {
    return (type == null || isOfType(session, type))
        && (id == 0 || session.id() == id)
        && (address == null || address.equals(session.peer().remoteAddress()))
        && (localAddress == null || localAddress.equals(session.peer().localAddress()))
        && !(sparesSelf && session == self);
  }
}
