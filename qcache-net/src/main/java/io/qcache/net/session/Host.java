package io.qcache.net.session;

import io.qcache.Log;
import io.qcache.engine.Engine;
import io.qcache.net.command.CommandTable;
import io.qcache.net.room.Rooms;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What all sessions of a server share.  Thread-safe. */
public final class Host {
  private final Engine engine;
  private final Settings settings;
  private final Log log;
  private final String version;
  private final long startMillis;
  private final CommandTable commands = Rooms.table();
  private final Counters counters = new Counters();
  private final ConcurrentHashMap<Long, Session> sessions = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private volatile long nextWarningMillis;
  private String runId; // guarded by this

  /** {@code version} is QCache's own, such as {@code 0.1.0}. */
  public Host(Engine engine, Settings settings, Log log, String version) {
    this.engine = engine;
    this.settings = settings;
    this.log = log;
    this.version = version;
    this.startMillis = engine.nowMillis();
  }

  public Engine engine() {
    return engine;
  }

  public Settings settings() {
    return settings;
  }

  public Log log() {
    return log;
  }

  public String version() {
    return version;
  }

  /** When it was made, in milliseconds of the engine's clock. */
  public long startMillis() {
    return startMillis;
  }

  public CommandTable commands() {
    return commands;
  }

  public Counters counters() {
    return counters;
  }

  /** 40 hex digits that no other run of a server has. */
  public synchronized String runId() {
    if (runId == null) { // at first need: a secure random costs a start-up milliseconds
      SecureRandom random = new SecureRandom();
      char[] digits = new char[40];
      for (int i = 0; i < digits.length; i++) {
        digits[i] = Character.forDigit(random.nextInt(16), 16);
      }
      runId = new String(digits);
    }
    return runId;
  }

  /** The most bytes that one transaction may queue. */
  long maxQueueBytes() {
    return Math.min(settings.limits().requestBytes(), Runtime.getRuntime().maxMemory() / 4);
  }

  /** Says, at most once a minute, that a browser or the like has sent a request of HTTP. */
  void warnOfHttp(Peer from) {
    long now = engine.nowMillis();
    if (now >= nextWarningMillis) {
      nextWarningMillis = now + 60_000;
      log.log(Level.WARNING, "closed ".concat(from.remoteAddress()).concat(", which sends HTTP: "
          + "somebody may be misusing a browser to reach this server"));
    }
  }

  // Sessions

  long register(Session session) {
    long id = lastId.incrementAndGet();
    sessions.put(id, session);
    counters.connection();
    return id;
  }

  void deregister(Session session) {
    sessions.remove(session.id());
  }

  public int sessionCount() {
    return sessions.size();
  }

  /** The session of that id, or null. */
  public Session session(long id) {
    return sessions.get(id);
  }

  /** All open sessions, the oldest first. */
  public Session[] sessions() {
    Session[] open = sessions.values().toArray(new Session[0]);
    Arrays.sort(open);
    return open;
  }
}
