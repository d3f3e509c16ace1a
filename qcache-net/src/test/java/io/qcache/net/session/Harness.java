package io.qcache.net.session;

import io.qcache.Log;
import io.qcache.engine.Engine;
import io.qcache.net.option.Option;
import io.qcache.net.option.OptionException;
import io.qcache.net.option.Options;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A server without sockets: an engine with a clock that stands until it is moved, options, and clients. */
public final class Harness implements AutoCloseable {
  /** A clock to be moved by tests. */
  public static final class Clock implements InstantSource {
    private volatile long millis = 1_700_000_000_000L;

    @Override public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }

    @Override public long millis() {
      return millis;
    }

    public void forward(long by) {
      millis += by;
    }
  }

  public final Clock clock = new Clock();
  public final List<String> logged = new ArrayList<>();
  public final Options options = new Options();
  public final Engine engine;
  public final Host host;

  public Harness() {
    this(new Engine.Settings());
  }

  public Harness(Engine.Settings settings) {
    Log log = (level, message) -> {
      synchronized (logged) {
        logged.add(level + " " + message);
      }
    };
    engine = Engine.open(settings.clock(clock).hashKey(1, 2).log(log));
    host = new Host(engine, options, log);
  }

  public Client client() {
    return new Client(this);
  }

  public void set(Option option, String value) {
    try {
      options.set(option, value);
    } catch (OptionException wrong) {
      throw new AssertionError(wrong);
    }
  }

  @Override public void close() {
    engine.close();
  }
}
