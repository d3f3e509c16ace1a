package io.qcache.net.option;

import io.qcache.net.session.Settings;
import io.qcache.resp.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of the option table.  Thread-safe: readers see one immutable row of values, changed as a whole.
 *
 * <p>A text's chars are its bytes (ISO 8859-1), so that a value is what a client sent, byte for byte.  What
 * people write comes in by {@link #setNamed}.
 */
public final class Options implements Settings {
  private static final Option[] SHOWN = shown();

  private final List<OptionListener> listeners = new ArrayList<>(); // guarded by this
  private volatile Values values;

  /** All as they are when nothing is said. */
  public Options() {
    Value[] presets = new Value[Option.all().length];
    for (Option option : Option.all()) {
      try {
        presets[option.ordinal()] = Value.parse(option, Texts.toBytes(option.preset()));
      } catch (OptionException e) {
        throw new IllegalStateException(option.title() + ": " + e.getMessage());
      }
    }
    values = new Values(presets);
  }

  private Options(Values values) {
    this.values = values;
  }

  /** The same values, to be changed apart. */
  public Options copy() {
    return new Options(values);
  }

  private static Option[] shown() {
    List<Option> shown = new ArrayList<>();
    for (Option option : Option.all()) {
      if (option.hasValue()) {
        shown.add(option);
      }
    }
    return shown.toArray(new Option[0]);
  }

  // Reading

  /** The number of a NUMBER, BYTES or CHOICE (its place), 1 for a yes. */
  public long number(Option option) {
    return values.row[option.ordinal()].number;
  }

  public boolean isOn(Option option) {
    return number(option) != 0;
  }

  /** As CONFIG GET shows it: bytes as digits, addresses with a blank between them. */
  public String text(Option option) {
    return values.row[option.ordinal()].text;
  }

  @Override public byte[] password() {
    return values.password;
  }

  @Override public int port() {
    return (int) number(Option.PORT);
  }

  @Override public int maxClients() {
    return (int) Math.min(number(Option.MAXCLIENTS), Integer.MAX_VALUE);
  }

  @Override public Limits limits() {
    return values.limits;
  }

  // Start

  /**
   * Sets an option at start; several words for one that takes them.
   *
   * @throws OptionException saying what is wrong with the words, without the option's name
   */
  synchronized void set(Option option, String... words) throws OptionException {
    Value[] row = values.row.clone();
    if (option.kind == Kind.LISTEN_ADDRESS) {
      listenOn(row, words);
    } else {
      row[option.ordinal()] = Value.parse(option, words);
    }
    values = new Values(row);
  }

  /**
   * Sets the option of that name, in any case, to those words as people write them.
   *
   * @throws OptionException naming the option, with {@code before} before it, and its words
   */
  public void setNamed(String name, String before, String... words) throws OptionException {
    Option option = Option.named(name);
    String value = String.join(" ", words);
    String given = before + name + (words.length == 0 ? "" : " '" + value + "'");
    if (option == null && !Absent.isAbsent(name)) {
      throw new OptionException("unknown option " + given);
    }
    try {
      if (option != null) {
        set(option, encoded(words));
      } else if (Absent.refusal(name, value) != null) {
        throw new OptionException(Absent.refusal(name, value));
      }
    } catch (OptionException e) {
      throw new OptionException(given + ": " + e.getMessage());
    }
  }

  private static String[] encoded(String[] words) {
    String[] encoded = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      encoded[i] = Texts.toBytes(words[i]);
    }
    return encoded;
  }

  /** The port that was free. */
  public void port(int taken) {
    put(Option.PORT, taken);
  }

  /** How many the engine has. */
  public void databases(int count) {
    put(Option.DATABASES, count);
  }

  private void put(Option option, int number) {
    try {
      set(option, Integer.toString(number));
    } catch (OptionException e) {
      throw new IllegalStateException(option.title() + ": " + e.getMessage());
    }
  }

  /** {@code :5001}, {@code host:5001}, {@code [::1]:5001}. */
  private static void listenOn(Value[] row, String[] words) throws OptionException {
    String text = words.length == 1 ? words[0] : "";
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new OptionException("argument must be HOST:PORT or :PORT");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw new OptionException("an IPv6 address must stand in [ ]");
    }
    row[Option.PORT.ordinal()] = Value.parse(Option.PORT, text.substring(colon + 1));
    row[Option.BIND.ordinal()] = Value.parse(Option.BIND, host.isEmpty() ? "* -::*" : host);
  }

  // CONFIG: the table's rows, and behind them what is off

  @Override public int size() {
    return SHOWN.length + Absent.off().length / 2;
  }

  @Override public String name(int i) {
    return i < SHOWN.length ? SHOWN[i].title() : Absent.off()[2 * (i - SHOWN.length)];
  }

  @Override public String value(int i) {
    return i < SHOWN.length ? text(SHOWN[i]) : Absent.off()[2 * (i - SHOWN.length) + 1];
  }

  @Override public boolean isSettable(int i) {
    return i >= SHOWN.length || SHOWN[i].settable == Settable.AT_RUN_TIME;
  }

  @Override public String set(int i, String value) {
    if (i >= SHOWN.length) {
      return Absent.refusal(name(i), value);
    }
    try {
      change(SHOWN[i], value);
      return null;
    } catch (OptionException e) {
      return e.getMessage();
    }
  }

  private void change(Option option, String value) throws OptionException {
    OptionListener[] told;
    synchronized (this) {
      set(option, value);
      told = listeners.toArray(new OptionListener[0]);
    }
    for (OptionListener listener : told) {
      listener.changed(option);
    }
  }

  /** Calls the listener of every change from now on. */
  public synchronized void listen(OptionListener listener) {
    listeners.add(listener);
  }

  /** One state of all values, with what is derived of them. */
  private static final class Values {
    final Value[] row;
    final byte[] password;
    final Limits limits;

    Values(Value[] row) {
      this.row = row;
      password = row[Option.REQUIREPASS.ordinal()].text.getBytes(StandardCharsets.ISO_8859_1);
      limits = Limits.DEFAULT
          .withInlineBytes((int) number(Option.PROTO_MAX_INLINE_LEN))
          .withBulkBytes(number(Option.PROTO_MAX_BULK_LEN));
    }

    private long number(Option option) {
      return row[option.ordinal()].number;
    }
  }
}
