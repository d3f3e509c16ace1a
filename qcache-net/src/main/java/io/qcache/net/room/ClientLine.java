package io.qcache.net.room;

import io.qcache.net.session.Peer;
import io.qcache.net.session.Session;
import io.qcache.pubsub.Kind;

/** A session in a line of CLIENT LIST: Redis's fields, as far as there is something true to say. */
final class ClientLine {
  private static final int BYTES_ITSELF = 1_200; // of a connection that holds nothing, on the heap

  private ClientLine() {}

  static void append(StringBuilder line, Session session, long nowMillis) {
    Peer peer = session.peer();
    field(line, "id", session.id());
    field(line, "addr", peer.remoteAddress());
    field(line, "laddr", peer.localAddress());
    field(line, "fd", -1); // the JVM keeps it to itself
    field(line, "name", session.name());
    field(line, "age", Math.max(0, nowMillis - session.createdMillis()) / 1000);
    field(line, "idle", Math.max(0, nowMillis - session.activeMillis()) / 1000);
    field(line, "flags", flags(session));
    field(line, "db", session.database().index());
    field(line, "sub", session.subscriptions(Kind.CHANNEL));
    field(line, "psub", session.subscriptions(Kind.PATTERN));
    field(line, "ssub", session.subscriptions(Kind.SHARD));
    field(line, "multi", session.transaction().queued());
    memory(line, session);
    field(line, "cmd", session.lastRow() == null ? "NULL" : session.lastRow().name());
    field(line, "user", "default");
    field(line, "redir", -1);
    field(line, "resp", session.protocol());
    field(line, "lib-name", session.libraryName());
    field(line, "lib-ver", session.libraryVersion());
    line.setCharAt(line.length() - 1, '\n');
  }

  private static void memory(StringBuilder line, Session session) {
    Peer peer = session.peer();
    long input = peer.inputBytes() + session.longBytes();
    long free = peer.inputFreeBytes();
    long queued = session.transaction().queuedBytes();
    long output = peer.outputBytes() + session.restBytes();
    field(line, "qbuf", input);
    field(line, "qbuf-free", free);
    field(line, "argv-mem", 0); // arguments are read where they came in: in qbuf
    field(line, "multi-mem", queued);
    field(line, "rbs", 0); // it writes where all of its loop do
    field(line, "rbp", 0);
    field(line, "obl", 0);
    field(line, "oll", peer.outputPieces());
    field(line, "omem", output);
    field(line, "tot-mem", BYTES_ITSELF + input + free + queued + output + session.subscriptionBytes());
    line.append("events=").append(peer.isBlocked() ? "w " : "r ");
  }

  private static String flags(Session session) {
    StringBuilder flags = new StringBuilder(6);
    if (session.isSubscribed()) {
      flags.append('P');
    }
    if (session.transaction().queued() >= 0) {
      flags.append('x');
    }
    if (session.isWaiting()) {
      flags.append('b');
    }
    if (session.transaction().isVoid()) {
      flags.append('d');
    }
    if (session.isClosing()) {
      flags.append(session.isKilled() ? 'A' : 'c'); // as soon as its loop comes by, or behind its last reply
    }
    if (session.peer().isUnixSocket()) {
      flags.append('U');
    }
    if (session.isSpared()) {
      flags.append('e');
    }
    if (session.isUntouching()) {
      flags.append('T');
    }
    return flags.isEmpty() ? "N" : flags.toString();
  }

  private static void field(StringBuilder line, String name, String value) {
    line.append(name).append('=').append(value).append(' ');
  }

  private static void field(StringBuilder line, String name, long value) {
    line.append(name).append('=').append(value).append(' ');
  }
}
