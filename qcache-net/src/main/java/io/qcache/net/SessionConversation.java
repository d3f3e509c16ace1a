package io.qcache.net;

import io.qcache.net.loop.Conversation;
import io.qcache.net.session.Host;
import io.qcache.net.session.Peer;
import io.qcache.net.session.Session;
import io.qcache.resp.Output;

/** A session, as its connection knows it. */
final class SessionConversation implements Conversation {
  private final Session session;

  SessionConversation(Host host, Peer peer, Output output) {
    session = new Session(host, peer, output);
  }

  @Override public int feed(byte[] array, int from, int to) {
    return session.feed(array, from, to);
  }

  @Override public void announce(byte[] array, int from, int to) {
    session.announce(array, from, to);
  }

  @Override public long replies() {
    return session.replies();
  }

  @Override public boolean isReplying() {
    return session.isReplying();
  }

  @Override public boolean isWaiting() {
    return session.isWaiting();
  }

  @Override public boolean isSubscribed() {
    return session.isSubscribed();
  }

  @Override public boolean isClosing() {
    return session.isClosing();
  }

  @Override public boolean isAuthenticated() {
    return session.isAuthenticated();
  }

  @Override public long heldBytes() {
    return session.heldBytes();
  }

  @Override public boolean isSpared() {
    return session.isSpared();
  }

  @Override public void close() {
    session.close();
  }
}
