package io.qcache.embedded;

import io.qcache.Codec;
import io.qcache.EventListener;
import io.qcache.EventOptions;
import io.qcache.Events;
import io.qcache.KeyEvent;
import io.qcache.Listening;
import io.qcache.engine.Cause;
import io.qcache.engine.Change;
import io.qcache.engine.ChangeListener;
import io.qcache.engine.Engine;
import io.qcache.engine.Event;
import java.util.Objects;

/** The events of an engine in this JVM. */
final class EmbeddedEvents<K> implements Events<K> {
  private final Engine engine;
  private final Codec<K> keys;

  EmbeddedEvents(Engine engine, Codec<K> keys) {
    this.engine = engine;
    this.keys = Objects.requireNonNull(keys, "keys");
  }

  @Override public <A> Events<A> as(Codec<A> otherKeys) {
    return new EmbeddedEvents<>(engine, otherKeys);
  }

  @Override public Listening listen(EventOptions options, EventListener<K> listener) {
    EmbeddedCache.requireOpen(engine);
    Told told = new Told(options, Objects.requireNonNull(listener, "listener"));
    return engine.subscribe(told, options.queueEvents(), options.executor().orElse(engine.listeners()));
  }

  /** Hands a listener those changes that its options ask for. */
  private final class Told implements ChangeListener {
    private final EventOptions options;
    private final EventListener<K> listener;
    private final int database;

    Told(EventOptions options, EventListener<K> listener) {
      this.options = options;
      this.listener = listener;
      this.database = options.database().orElse(-1);
    }

    @Override public boolean wants(Change change) {
      return change.event() != Event.FLUSH && change.event() != Event.SWAP
          && (database < 0 || database == change.database())
          && options.wants(change.event().wireName())
          && options.fits(change.key());
    }

    @Override public boolean wantsMisses() {
      return options.wants(Event.KEYMISS.wireName());
    }

    @Override public void changed(Change change) {
      byte[] key = change.key().toArray();
      listener.event(new KeyEvent<>(
          change.database(), keys.decode(key, 0, key.length), change.event().wireName(), cause(change.cause())));
    }

    @Override public void missed(long count) {
      listener.missed(count);
    }

    @Override public String name() {
      return listener.getClass().getName();
    }
  }

  private static KeyEvent.Cause cause(Cause cause) {
    return switch (cause) {
      case WRITTEN, REPLACED -> KeyEvent.Cause.WRITTEN;
      case DELETED -> KeyEvent.Cause.DELETED;
      case EXPIRED -> KeyEvent.Cause.EXPIRED;
      case EVICTED -> KeyEvent.Cause.EVICTED;
      case MISSED -> KeyEvent.Cause.MISSED;
    };
  }
}
