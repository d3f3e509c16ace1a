package io.qcache.net.session;

import io.qcache.engine.Engine;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What INFO counts since the start or CONFIG RESETSTAT.  Thread-safe; sessions add up themselves between two rounds.
 *
 * <p>What the engine counts it counts for everybody, so a reset only notes where its counts stand.
 */
public final class Counters {
  private static final int CODES = 128; // clients can't invent codes, but a future command might echo one
  private static final String OTHER_CODES = "OTHER";

  private final Engine engine;
  private volatile Keyspace then = new Keyspace(0, 0, 0, 0, 0);
  private final LongAdder connections = new LongAdder();
  private final LongAdder rejectedConnections = new LongAdder();
  private final LongAdder evictedClients = new LongAdder();
  private final LongAdder commands = new LongAdder();
  private final LongAdder inputBytes = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final ConcurrentHashMap<String, LongAdder> errorsByCode = new ConcurrentHashMap<>();

  Counters(Engine engine) {
    this.engine = engine;
  }

  /**
   * What has become of keys, through either door.
   *
   * @param hits    looked up by readers and found
   * @param misses  looked up by readers and not found
   * @param expired taken away because their deadline had come
   * @param evicted dropped because there was no room
   * @param expiredFields of hashes, taken away because their deadline had come
   */
  public record Keyspace(long hits, long misses, long expired, long evicted, long expiredFields) {
    private static Keyspace of(Engine engine) {
      return new Keyspace(engine.hits(), engine.misses(), engine.expiredKeys(), engine.evictedKeys(), engine.expiredFields());
    }

    private Keyspace since(Keyspace then) {
      return new Keyspace(hits - then.hits, misses - then.misses, expired - then.expired, evicted - then.evicted,
          expiredFields - then.expiredFields);
    }
  }

  void connection() {
    connections.increment();
  }

  /** A connection that was refused before it got a session. */
  public void rejectedConnection() {
    rejectedConnections.increment();
  }

  /** A connection that was closed because all together held too much. */
  public void evictedClient() {
    evictedClients.increment();
  }

  void round(long commandsRun, long bytesRead) {
    commands.add(commandsRun);
    inputBytes.add(bytesRead);
  }

  /** An error reply; its code is the line's first word. */
  void error(String line) {
    errors.increment();
    int space = line.indexOf(' ');
    String code = space < 0 ? line : line.substring(0, space);
    LongAdder known = errorsByCode.get(code);
    if (known == null) {
      String kept = errorsByCode.size() < CODES ? code : OTHER_CODES;
      errorsByCode.putIfAbsent(kept, new LongAdder());
      known = errorsByCode.get(kept);
    }
    if (known != null) { // null: reset between the two lines
      known.increment();
    }
  }

  void failure() {
    failures.increment();
  }

  public long connections() {
    return connections.sum();
  }

  public long rejectedConnections() {
    return rejectedConnections.sum();
  }

  public long evictedClients() {
    return evictedClients.sum();
  }

  public long commands() {
    return commands.sum();
  }

  public long inputBytes() {
    return inputBytes.sum();
  }

  public long errors() {
    return errors.sum();
  }

  /** Handlers that have thrown. */
  public long failures() {
    return failures.sum();
  }

  /** Error replies by code; the map itself. */
  public ConcurrentHashMap<String, LongAdder> errorsByCode() {
    return errorsByCode;
  }

  /** Takes every stripe in turn. */
  public Keyspace keyspace() {
    return Keyspace.of(engine).since(then);
  }

  /** Takes every stripe in turn. */
  public void reset() {
    then = Keyspace.of(engine);
    connections.reset();
    rejectedConnections.reset();
    evictedClients.reset();
    commands.reset();
    inputBytes.reset();
    errors.reset();
    failures.reset();
    errorsByCode.clear();
  }
}
