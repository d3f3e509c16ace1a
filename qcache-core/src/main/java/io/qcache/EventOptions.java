package io.qcache;

import io.qcache.engine.Glob;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;

/** Which events a listener is told of, and how it is served.  An immutable value. */
public final class EventOptions {
  private static final EventOptions ALL = new EventOptions(-1, null, Set.of(), 10_000, null);

  private final int database; // -1: all
  private final String keys; // null: all
  private final Glob glob; // of them, or null
  private final Set<String> names; // empty: all
  private final int queueEvents;
  private final Executor executor; // null: the cache's

  private EventOptions(int database, String keys, Set<String> names, int queueEvents, Executor executor) {
    this.database = database;
    this.keys = keys;
    this.glob = keys == null ? null : new Glob(keys.getBytes(StandardCharsets.UTF_8));
    this.names = names;
    this.queueEvents = queueEvents;
    this.executor = executor;
  }

  /** Every event but {@code new} and {@code keymiss}, which are told to who names them; a queue of 10,000 events. */
  public static EventOptions all() {
    return ALL;
  }

  /** Those of one database alone. */
  public EventOptions database(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("database must be >= 0: was " + index);
    }
    return new EventOptions(index, keys, names, queueEvents, executor);
  }

  /** Those of keys that a glob pattern fits, as {@link ScanOptions#matching} has it. */
  public EventOptions matching(String pattern) {
    return new EventOptions(database, Objects.requireNonNull(pattern, "pattern"), names, queueEvents, executor);
  }

  /** Those of these names, such as {@code expired}, instead of any chosen before. */
  public EventOptions named(String... names) {
    Set<String> chosen = new LinkedHashSet<>(List.of(names));
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("at least one event must be named");
    }
    for (String name : chosen) {
      if (!name.matches("[a-z_-]+")) {
        throw new IllegalArgumentException("an event is named by small letters, _ and -: was '" + name + "'");
      }
    }
    return new EventOptions(database, keys, chosen, queueEvents, executor);
  }

  /**
   * How many events may wait for the listener.  Where that is full, embedded writers wait, but those who never do, such as a
   * server's event loops and listeners, go on, and the listener is told how many it missed.
   */
  public EventOptions queueEvents(int events) {
    if (events < 1) {
      throw new IllegalArgumentException("queueEvents must be > 0: was " + events);
    }
    return new EventOptions(database, keys, names, events, executor);
  }

  /** Where the listener is called. */
  public EventOptions executor(Executor listeners) {
    return new EventOptions(database, keys, names, queueEvents, Objects.requireNonNull(listeners, "executor"));
  }

  /** The index of the only database, where one was chosen. */
  public OptionalInt database() {
    return database < 0 ? OptionalInt.empty() : OptionalInt.of(database);
  }

  /** The pattern of keys, where one was given. */
  public Optional<String> matching() {
    return Optional.ofNullable(keys);
  }

  /** The names of events, none for all. */
  public Set<String> names() {
    return names;
  }

  /** Whether events of a key of these bytes are wanted. */
  public boolean fits(Bytes key) {
    return glob == null || glob.matches(key.toArray(), 0, key.length());
  }

  /** Whether an event of that name is wanted. */
  public boolean wants(String name) {
    return names.isEmpty() ? !name.equals("new") && !name.equals("keymiss") : names.contains(name);
  }

  public int queueEvents() {
    return queueEvents;
  }

  /** The executor, where one was given. */
  public Optional<Executor> executor() {
    return Optional.ofNullable(executor);
  }
}
