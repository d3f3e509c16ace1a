package io.qcache.client;

import io.qcache.Bytes;
import io.qcache.Codec;
import io.qcache.Codecs;
import io.qcache.EventListener;
import io.qcache.EventOptions;
import io.qcache.Events;
import io.qcache.KeyEvent;
import io.qcache.Listening;
import io.qcache.Log;
import io.qcache.Message;
import io.qcache.MessageListener;
import io.qcache.QCacheException;
import io.qcache.ServerException;
import io.qcache.SubscribeOptions;
import io.qcache.change.ListenerThread;
import io.qcache.client.channels.Relay;
import io.qcache.client.wire.Request;
import io.qcache.pubsub.Listened;
import io.qcache.resp.Reply;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * The events of a server: what it publishes of them, on {@code __keyevent@DB__:EVENT} or, where a pattern of keys is given so that
 * the server chooses them, on {@code __keyspace@DB__:KEY}.
 */
final class RemoteEvents<K> implements Events<K> {
  private static final String OPTION = "notify-keyspace-events";
  private static final long EVENT_BYTES = 256; // an event in the queue, roughly
  private static final String SEPARATOR = "__:";

  private final Door door;
  private final Relay relay;
  private final ListenerThread listeners;
  private final Codec<K> keys;

  RemoteEvents(Door door, Relay relay, ListenerThread listeners, Codec<K> keys) {
    this.door = door;
    this.relay = relay;
    this.listeners = listeners;
    this.keys = Objects.requireNonNull(keys, "keys");
  }

  @Override public <A> Events<A> as(Codec<A> otherKeys) {
    return new RemoteEvents<>(door, relay, listeners, otherKeys);
  }

  @Override public Listening listen(EventOptions options, EventListener<K> listener) {
    SubscribeOptions subscribed = SubscribeOptions.standard().queueBytes(Math.max(1 << 10, options.queueEvents() * EVENT_BYTES));
    if (options.executor().isPresent()) {
      subscribed = subscribed.executor(options.executor().get());
    }
    boolean byKey = options.matching().isPresent();
    Told told = new Told(options, Objects.requireNonNull(listener, "listener"), byKey);
    requirePublished(options, byKey ? 'K' : 'E');
    Listened<Bytes, Bytes> listened =
        new Listened<>(subscribed, Codecs.bytes(), Codecs.bytes(), told, listeners, Log.system());
    boolean byPattern = byKey || options.names().isEmpty() || options.database().isEmpty();
    Set<Bytes> topics = topics(options);
    relay.enter(byPattern, topics, listened.inbox());
    return listened.begun(() -> relay.leave(byPattern, topics, listened.inbox()));
  }

  private static Set<Bytes> topics(EventOptions options) {
    String database = options.database().isPresent() ? Integer.toString(options.database().getAsInt()) : "*";
    Set<Bytes> topics = new LinkedHashSet<>();
    if (options.matching().isPresent()) {
      topics.add(Bytes.of("__keyspace@" + database + SEPARATOR + options.matching().get()));
    } else if (options.names().isEmpty()) {
      topics.add(Bytes.of("__keyevent@" + database + SEPARATOR + "*"));
    } else {
      options.names().forEach(name -> topics.add(Bytes.of("__keyevent@" + database + SEPARATOR + name)));
    }
    return topics;
  }

  /** Fails where the server would stay silent; one that does not let us look is believed. */
  private void requirePublished(EventOptions options, char channel) {
    String classes;
    try {
      classes = door.call(Command.of(Request.of("CONFIG", "GET", OPTION), RemoteEvents::value));
    } catch (ServerException mayNotLook) {
      return;
    }
    boolean published = classes.indexOf(channel) >= 0;
    for (String name : options.names()) {
      published &= isIn(classes, name);
    }
    if (!published || options.names().isEmpty() && !classes.matches(".*[Ag$lshzxe].*")) {
      throw new QCacheException("the server's " + OPTION + " is '" + classes + "', which does not publish what is asked for: it "
          + "needs " + channel + " and the classes of the events; 'KEA' has all but new and keymiss, 'KEAnm' these too");
    }
  }

  private static boolean isIn(String classes, String name) {
    return switch (name) {
      case "new" -> classes.indexOf('n') >= 0 || classes.indexOf('A') >= 0; // behind an A the n is not shown
      case "keymiss" -> classes.indexOf('m') >= 0;
      case "expired" -> classes.matches(".*[Ax].*");
      case "evicted" -> classes.matches(".*[Ae].*");
      default -> classes.matches(".*[Ag$lshz].*");
    };
  }

  private static String value(Reply reply) {
    return reply.asList().isEmpty() ? "" : reply.asList().get(1).asText();
  }

  /** Makes events of messages. */
  private final class Told implements MessageListener<Bytes, Bytes> {
    private final EventOptions options;
    private final EventListener<K> listener;
    private final boolean byKey;

    Told(EventOptions options, EventListener<K> listener, boolean byKey) {
      this.options = options;
      this.listener = listener;
      this.byKey = byKey;
    }

    @Override public void message(Message<Bytes, Bytes> message) {
      Bytes channel = message.channel();
      int start = "__keyevent@".length(); // as long as the other one
      int at = start;
      int database = 0;
      while (at < channel.length() && channel.at(at) >= '0' && channel.at(at) <= '9') {
        database = database * 10 + channel.at(at++) - '0';
      }
      if (at == start || at + SEPARATOR.length() > channel.length()) {
        return; // somebody's own message on a channel that looks like ours
      }
      Bytes rest = channel.slice(at + SEPARATOR.length(), channel.length());
      Bytes key = byKey ? rest : message.payload();
      String name = (byKey ? message.payload() : rest).utf8();
      if (options.wants(name) && options.fits(key)) { // its star may have stood for a part of the key
        byte[] bytes = key.toArray();
        listener.event(new KeyEvent<>(database, keys.decode(bytes, 0, bytes.length), name, cause(name)));
      }
    }

    @Override public void missed(long count) {
      listener.missed(count);
    }

    @Override public void interrupted() {
      listener.interrupted();
    }
  }

  private static KeyEvent.Cause cause(String name) {
    return switch (name) {
      case "expired" -> KeyEvent.Cause.EXPIRED;
      case "evicted" -> KeyEvent.Cause.EVICTED;
      case "keymiss" -> KeyEvent.Cause.MISSED;
      case "del", "rename_from", "move_from" -> KeyEvent.Cause.DELETED;
      default -> KeyEvent.Cause.WRITTEN;
    };
  }
}
