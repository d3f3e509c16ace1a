package io.qcache.net.option;

import io.qcache.EvictionPolicy;
import io.qcache.engine.Glob;
import io.qcache.resp.Limits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The values of the option table.  Thread-safe: readers see one immutable row of values, changed as a whole, so that of
 * several options set together nobody sees the half.
 *
 * <p>A text's chars are its bytes (ISO 8859-1), so that a value is what a client sent, byte for byte.  What people
 * write comes in by {@link #setNamed}.
 */
public final class Options {
  private static final int LONGEST_ECHO = 128;

  private final List<OptionListener> listeners = new ArrayList<>(); // guarded by this
  private final List<OptionCheck> checks = new ArrayList<>(); // guarded by this
  private volatile Values values;
  private long possibleClients = Long.MAX_VALUE; // guarded by this

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

  /** The file that it names. */
  public Path path(Option option) {
    return Path.of(Texts.ofBytes(text(option)));
  }

  /** What AUTH must give, empty where nothing is asked for; not to be changed. */
  public byte[] password() {
    return values.password;
  }

  public boolean hasPassword() {
    return values.password.length > 0;
  }

  /** How much output may wait for a connection; the same object until that option changes. */
  public OutputLimits outputLimits() {
    return values.row[Option.CLIENT_OUTPUT_BUFFER_LIMIT.ordinal()].limits;
  }

  /** What all connections together may hold, in bytes. */
  public long clientBytes() {
    return values.clientBytes;
  }

  /** What a request may be; the same object until an option changes. */
  public Limits limits(boolean authenticated) {
    return authenticated ? values.limits : values.strangersLimits;
  }

  // Start

  /**
   * Sets an option at start, without telling listeners; several words for one that takes them.
   *
   * @throws OptionException saying what is wrong with the words, without the option's name
   */
  public synchronized void set(Option option, String... words) throws OptionException {
    Value[] row = values.row.clone();
    if (option.kind == Kind.LISTEN_ADDRESS) {
      listenOn(row, words);
    } else {
      row[option.ordinal()] = Value.parse(option, row[option.ordinal()], words);
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

  /** The ports that were free. */
  public void ports(int taken, int takenForTls) {
    put(Option.PORT, taken);
    put(Option.TLS_PORT, takenForTls);
  }

  /**
   * The system allows so many connections, so more are not taken from now on; says what {@code maxclients} was if that
   * was more, otherwise -1.
   */
  public synchronized long possibleClients(long most) {
    long wanted = number(Option.MAXCLIENTS);
    possibleClients = most;
    if (wanted <= most) {
      return -1;
    }
    put(Option.MAXCLIENTS, most);
    return wanted;
  }

  private void requirePossible(Option option, Value value) throws OptionException {
    if (option == Option.MAXCLIENTS && value.number > possibleClients) {
      throw new OptionException("The operating system is not able to handle the specified number of clients, try with "
          + possibleClients);
    }
  }

  /** When snapshots are taken: seconds and changes in turn. */
  public long[] savePoints() {
    return values.row[Option.SAVE.ordinal()].points();
  }

  /** How many the engine has. */
  public void databases(int count) {
    put(Option.DATABASES, count);
  }

  /** The bound that the engine has. */
  public void maxMemory(long bytes) {
    put(Option.MAXMEMORY, bytes);
  }

  /** What the engine drops. */
  public void evictionPolicy(EvictionPolicy policy) {
    put(Option.MAXMEMORY_POLICY, policy.redisName());
  }

  /** Whether the engine has a log, and how that is forced, as a value of {@code appendfsync}. */
  public void log(boolean has, String policy) {
    put(Option.APPENDONLY, has ? "yes" : "no");
    if (has) {
      put(Option.APPENDFSYNC, policy);
    }
  }

  /** What is to be dropped where the bound is reached. */
  public EvictionPolicy evictionPolicy() {
    return EvictionPolicy.of(text(Option.MAXMEMORY_POLICY));
  }

  private void put(Option option, long number) {
    put(option, Long.toString(number));
  }

  private void put(Option option, String text) {
    try {
      set(option, text);
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

  // CONFIG

  /** Gives every option that one of the patterns asks for, each once; in any case, as Redis's are. */
  public void get(List<String> patterns, OptionVisitor visitor) {
    Values now = values;
    List<String> given = new ArrayList<>();
    for (String pattern : patterns) {
      Glob glob = new Glob(bytes(pattern));
      boolean exact = !isPattern(pattern);
      for (Option option : Option.all()) {
        if (option.hasValue()) {
          String value = now.row[option.ordinal()].text;
          visit(option.title(), value, exact ? pattern : null, glob, given, visitor);
          if (option.olderTitle() != null) {
            visit(option.olderTitle(), value, exact ? pattern : null, glob, given, visitor);
          }
        }
      }
      String[] off = Absent.off();
      for (int i = 0; i < off.length; i += 2) {
        visit(off[i], off[i + 1], exact ? pattern : null, glob, given, visitor);
      }
    }
  }

  private static void visit(
      String name, String value, String exact, Glob glob, List<String> given, OptionVisitor visitor) {
    byte[] folded = bytes(name);
    boolean wanted = exact != null ? name.equalsIgnoreCase(exact) : glob.matches(folded, 0, folded.length);
    if (wanted && !given.contains(name)) {
      given.add(name);
      visitor.option(exact != null ? exact : name, value); // Redis replies a plain name as it was asked for
    }
  }

  private static byte[] bytes(String text) {
    return text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
  }

  /**
   * Sets options at run time, all or none: names at the even places, their values behind each.
   *
   * @return null, or the error to reply in Redis's words, without the minus
   */
  public synchronized String change(List<String> pairs) {
    Option[] changed = new Option[pairs.size() / 2];
    String error = check(pairs, changed);
    if (error != null) {
      return error;
    }
    Value[] row = values.row.clone();
    for (int i = 0; i < changed.length; i++) {
      String value = pairs.get(2 * i + 1);
      try {
        if (changed[i] != null) {
          row[changed[i].ordinal()] = Value.parse(changed[i],
              changed[i] == Option.SAVE ? null : row[changed[i].ordinal()], value); // that of CONFIG replaces, that of a file adds
          requirePossible(changed[i], row[changed[i].ordinal()]);
        } else if (Absent.refusal(pairs.get(2 * i), value) != null) {
          throw new OptionException(Absent.refusal(pairs.get(2 * i), value));
        }
      } catch (OptionException e) {
        String name = changed[i] != null ? changed[i].title() : pairs.get(2 * i).toLowerCase(Locale.ROOT);
        return failed(name, e.getMessage());
      }
    }
    Values next = new Values(row);
    String refused = refusedByChecks(changed, new Options(next));
    return refused != null ? refused : follow(changed, next);
  }

  private String refusedByChecks(Option[] changed, Options wanted) {
    for (Option option : changed) {
      for (OptionCheck check : checks) {
        String refusal = option == null ? null : check.refusal(wanted, option);
        if (refusal != null) {
          return failed(option.title(), refusal);
        }
      }
    }
    return null;
  }

  /** Fills in the options; what is wrong with the first that may not be set, or null. */
  private static String check(List<String> pairs, Option[] options) {
    for (int i = 0; i < options.length; i++) {
      String name = pairs.get(2 * i);
      Option option = Option.named(name);
      if (option == null && !Absent.isAbsent(name)) {
        return "ERR Unknown option or number of arguments for CONFIG SET - '" + echo(name) + "'";
      }
      String refusal = option != null ? refusal(option) : null;
      if (refusal == null && comesBefore(pairs, i)) {
        refusal = "duplicate parameter";
      }
      if (refusal != null) {
        return failed(name, refusal);
      }
      options[i] = option;
    }
    return null;
  }

  private static String refusal(Option option) {
    return switch (option.settable) {
      case AT_RUN_TIME -> null;
      case AT_START -> "can't set immutable config";
      case PROTECTED -> "can't set protected config";
    };
  }

  private static boolean comesBefore(List<String> pairs, int index) {
    for (int i = 0; i < index; i++) {
      if (pairs.get(2 * i).equalsIgnoreCase(pairs.get(2 * index))) {
        return true;
      }
    }
    return false;
  }

  private static String failed(String name, String reason) {
    return "ERR CONFIG SET failed (possibly related to argument '" + echo(name) + "') - " + reason;
  }

  private static String echo(String text) {
    return text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO);
  }

  /** Asks that of every change from now on. */
  public synchronized void check(OptionCheck check) {
    checks.add(check);
  }

  /** Calls the listener of every change from now on. */
  public synchronized void listen(OptionListener listener) {
    listeners.add(listener);
  }

  /** Puts the values in force, and tells of them; where somebody cannot follow, those before again. */
  private String follow(Option[] changed, Values next) {
    Values before = values;
    values = next;
    for (int i = 0; i < changed.length; i++) {
      try {
        tell(changed[i]);
      } catch (OptionException e) {
        values = before;
        for (int back = i; back >= 0; back--) {
          tellAgain(changed[back]);
        }
        return failed(changed[i].title(), e.getMessage());
      }
    }
    return null;
  }

  private void tell(Option option) throws OptionException {
    for (OptionListener listener : listeners) {
      if (option != null) {
        listener.changed(option);
      }
    }
  }

  private void tellAgain(Option option) {
    try {
      tell(option);
    } catch (OptionException asBefore) {
      // then it has stayed as it was
    }
  }

  /** One state of all values, with what is derived of them. */
  private static final class Values {
    final Value[] row;
    final byte[] password;
    final Limits limits;
    final Limits strangersLimits;
    final long clientBytes;

    Values(Value[] row) {
      this.row = row;
      password = row[Option.REQUIREPASS.ordinal()].text.getBytes(StandardCharsets.ISO_8859_1);
      limits = Limits.DEFAULT
          .withInlineBytes((int) number(Option.PROTO_MAX_INLINE_LEN))
          .withBulkBytes(number(Option.PROTO_MAX_BULK_LEN));
      strangersLimits = Limits.UNAUTHENTICATED
          .withInlineBytes((int) number(Option.PROTO_MAX_INLINE_LEN))
          .withBulkBytes(number(Option.UNAUTHENTICATED_MAX_BULK_LEN))
          .withArguments((int) number(Option.UNAUTHENTICATED_MAX_ARGUMENTS));
      clientBytes = clientBytes(number(Option.MAXMEMORY_CLIENTS));
    }

    private long clientBytes(long given) {
      long heap = Runtime.getRuntime().maxMemory();
      long store = number(Option.MAXMEMORY) > 0 ? number(Option.MAXMEMORY) : heap / 2;
      if (given == 0) {
        return Math.max(heap - store - heap / 8, heap / 16);
      }
      return given > 0 ? given : store / 100 * -given;
    }

    private long number(Option option) {
      return row[option.ordinal()].number;
    }
  }
}
