package io.qcache.net.session;

import io.qcache.Log;
import io.qcache.engine.CollectionLimits;
import io.qcache.engine.Engine;
import io.qcache.engine.EventClasses;
import io.qcache.net.command.CommandTable;
import io.qcache.net.option.Option;
import io.qcache.net.option.OptionException;
import io.qcache.net.option.OptionListener;
import io.qcache.net.option.Options;
import io.qcache.net.room.Rooms;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What all sessions of a server share.  Thread-safe. */
public final class Host {
  private final Engine engine;
  private final Options options;
  private final Log log;
  private final long startMillis;
  private final CommandTable commands = Rooms.table();
  private final Counters counters;
  private final Persistence persistence;
  private final Pause pause;
  private final ConcurrentHashMap<Long, Session> sessions = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private long maxBytes; // the engine's bound as the options have it; guarded by the options
  private volatile long nextWarningMillis;
  private volatile int port;
  private String runId; // guarded by this

  /** Of a server with these options, which from now on are also the engine's limits. */
  public Host(Engine engine, Options options, Log log) {
    this.engine = engine;
    this.options = options;
    this.log = log;
    this.counters = new Counters(engine);
    this.pause = new Pause(engine);
    this.startMillis = engine.nowMillis();
    this.maxBytes = engine.memory().maxBytes();
    this.persistence = new Persistence(engine, options, log);
    limitStrings();
    limitCollections();
    notifyOfEvents();
    options.listen(new EngineLimits());
  }

  /** Keeps the engine's limits those of the options; no lambda, for it is made at start. */
  private final class EngineLimits implements OptionListener {
    @Override public void changed(Option option) throws OptionException {
      if (option == Option.PROTO_MAX_BULK_LEN) {
        limitStrings();
      } else if (isOfCollections(option)) {
        limitCollections();
      } else if (option == Option.NOTIFY_KEYSPACE_EVENTS) {
        notifyOfEvents();
      } else if (option == Option.MAXMEMORY) {
        engine.memory().maxBytes(options.number(Option.MAXMEMORY));
        maxBytes = engine.memory().maxBytes();
      } else if (option == Option.MAXMEMORY_POLICY) {
        engine.evictionPolicy(options.evictionPolicy());
      } else {
        persistence.changed(option);
      }
    }
  }

  /** Makes the options say what has been set through the Java door, or another server of the same cache. */
  public void followEngine() {
    synchronized (options) { // which whoever changes an option holds until the engine has been told
      if (engine.memory().maxBytes() != maxBytes) {
        maxBytes = engine.memory().maxBytes();
        options.maxMemory(maxBytes);
      }
      if (engine.evictionPolicy() != options.evictionPolicy()) {
        options.evictionPolicy(engine.evictionPolicy());
      }
    }
  }

  private void limitStrings() {
    engine.maxStringBytes(options.number(Option.PROTO_MAX_BULK_LEN));
  }

  private static boolean isOfCollections(Option option) {
    return switch (option) {
      case LIST_MAX_LISTPACK_SIZE, HASH_MAX_LISTPACK_ENTRIES, HASH_MAX_LISTPACK_VALUE, SET_MAX_INTSET_ENTRIES,
          ZSET_MAX_LISTPACK_ENTRIES, ZSET_MAX_LISTPACK_VALUE -> true;
      default -> false;
    };
  }

  private void notifyOfEvents() {
    engine.notifications(EventClasses.of((int) options.number(Option.NOTIFY_KEYSPACE_EVENTS)));
  }

  private void limitCollections() {
    engine.collectionLimits(new CollectionLimits(options.number(Option.LIST_MAX_LISTPACK_SIZE),
        options.number(Option.HASH_MAX_LISTPACK_ENTRIES), options.number(Option.HASH_MAX_LISTPACK_VALUE),
        options.number(Option.SET_MAX_INTSET_ENTRIES),
        options.number(Option.ZSET_MAX_LISTPACK_ENTRIES), options.number(Option.ZSET_MAX_LISTPACK_VALUE)));
  }

  /** What is kept in files. */
  public Persistence persistence() {
    return persistence;
  }

  public Engine engine() {
    return engine;
  }

  public Options options() {
    return options;
  }

  public Log log() {
    return log;
  }

  /** The port that is listened on, 0 for none. */
  public int port() {
    return port;
  }

  /** To be told once it is known. */
  public void port(int listenedOn) {
    port = listenedOn;
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

  /** CLIENT PAUSE. */
  public Pause pause() {
    return pause;
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
    return Math.min(options.limits(true).requestBytes(), Runtime.getRuntime().maxMemory() / 4);
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

  /** How many sessions wait, for the end of a pause or for what one of their commands waits for. */
  public int waitingCount() {
    int waiting = 0;
    for (Session session : sessions.values()) {
      waiting += session.isWaiting() ? 1 : 0;
    }
    return waiting;
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
