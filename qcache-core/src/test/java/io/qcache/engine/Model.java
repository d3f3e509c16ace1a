package io.qcache.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.qcache.Failure;
import io.qcache.types.ExtendedFloat;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an engine should do, said with maps: one a database, of Latin-1 text and deadline.  Nothing here is fast,
 * concurrent or in bytes.  A failure is a {@link Signal}; missing is null.
 */
final class Model {
  private static final long NONE = Deadline.NONE;

  /** A value and when it goes. */
  record Value(String text, long deadline) {}

  /** A result that may be any of these; null among them where it may be missing. */
  record OneOf(TreeSet<String> keys) {}

  /** A result from {@code least} to {@code most}. */
  record Between(long least, long most) {}

  final List<TreeMap<String, Value>> databases = new ArrayList<>();
  long now;
  private long due; // keys whose time has come since the last upkeep

  Model(int databases, long now) {
    for (int i = 0; i < databases; i++) {
      this.databases.add(new TreeMap<>());
    }
    this.now = now;
  }

  void step(long millis) {
    now += millis;
    databases.forEach(each -> {
      int before = each.size();
      each.values().removeIf(value -> value.deadline <= now);
      due += before - each.size();
    });
  }

  void upkeep() {
    due = 0;
  }

  /** Puts the value there, unless its time has come; gives the one before. */
  private Value put(int db, String key, String text, long deadline) {
    due += deadline <= now ? 1 : 0;
    return deadline <= now ? databases.get(db).remove(key) : databases.get(db).put(key, new Value(text, deadline));
  }

  private Value value(int db, String key) {
    return databases.get(db).get(key);
  }

  private static void require(boolean holds, Failure failure) {
    if (!holds) {
      throw Signal.of(failure);
    }
  }

  // Strings

  String get(int db, String key) {
    Value value = value(db, key);
    return value == null ? null : value.text;
  }

  List<String> getAll(int db, List<String> keys) {
    List<String> all = new ArrayList<>();
    keys.forEach(key -> all.add(get(db, key)));
    return all;
  }

  long length(int db, String key) {
    return value(db, key) == null ? 0 : get(db, key).length();
  }

  String getRange(int db, String key, long first, long last) {
    String text = value(db, key) == null ? "" : get(db, key);
    StringBuilder range = new StringBuilder();
    BigInteger from = place(first, text);
    BigInteger to = place(last, text);
    for (int i = 0; i < text.length(); i++) {
      BigInteger at = BigInteger.valueOf(i);
      if (from.compareTo(at) <= 0 && at.compareTo(to) <= 0) {
        range.append(text.charAt(i));
      }
    }
    boolean backwards = first < 0 && last < 0 && first > last; // asked for in Redis before the ends are cut
    return backwards ? "" : range.toString();
  }

  private static BigInteger place(long index, String text) {
    BigInteger place = BigInteger.valueOf(index);
    return index >= 0 ? place : place.add(BigInteger.valueOf(text.length())).max(BigInteger.ZERO);
  }

  boolean set(int db, String key, String text, StringOps.If condition, long deadline) {
    Value old = value(db, key);
    if ((condition == StringOps.If.ABSENT && old != null) || (condition == StringOps.If.PRESENT && old == null)) {
      return false;
    }
    put(db, key, text, deadline != Deadline.KEEP ? deadline : old == null ? NONE : old.deadline);
    return true;
  }

  String getAndSet(int db, String key, String text, StringOps.If condition, long deadline) {
    String old = get(db, key);
    set(db, key, text, condition, deadline);
    return old;
  }

  String getAndDelete(int db, String key) {
    Value old = databases.get(db).remove(key);
    return old == null ? null : old.text;
  }

  String getAndExpire(int db, String key, long deadline) {
    Value old = value(db, key);
    if (old == null) {
      return null;
    }
    setDeadline(db, key, deadline);
    return old.text;
  }

  private void setDeadline(int db, String key, long deadline) {
    String text = databases.get(db).remove(key).text;
    if (deadline > now) {
      put(db, key, text, deadline);
    }
  }

  void setAll(int db, Map<String, String> entries) {
    entries.forEach((key, text) -> put(db, key, text, NONE));
  }

  boolean setAllIfAbsent(int db, Map<String, String> entries) {
    if (entries.keySet().stream().anyMatch(databases.get(db)::containsKey)) {
      return false;
    }
    setAll(db, entries);
    return true;
  }

  private void replace(int db, String key, String text) {
    Value old = value(db, key);
    put(db, key, text, old == null ? NONE : old.deadline);
  }

  long append(int db, String key, String tail, long maxBytes) {
    String text = (value(db, key) == null ? "" : get(db, key)) + tail;
    require(text.length() <= maxBytes, Failure.STRING_TOO_LONG);
    replace(db, key, text);
    return text.length();
  }

  long setRange(int db, String key, long offset, String bytes, long maxBytes) {
    require(offset >= 0, Failure.OFFSET_OUT_OF_RANGE);
    String text = value(db, key) == null ? "" : get(db, key);
    if (bytes.isEmpty()) {
      return text.length();
    }
    require(offset <= maxBytes - bytes.length(), Failure.STRING_TOO_LONG);
    StringBuilder changed = new StringBuilder(text);
    changed.setLength((int) Math.max(text.length(), offset + bytes.length()));
    changed.replace((int) offset, (int) offset + bytes.length(), bytes);
    replace(db, key, changed.toString());
    return changed.length();
  }

  long increment(int db, String key, long by) {
    String text = value(db, key) == null ? "0" : get(db, key);
    require(text.matches("0|-?[1-9][0-9]*"), Failure.NOT_AN_INTEGER);
    BigInteger old = new BigInteger(text);
    require(old.bitLength() < Long.SIZE, Failure.NOT_AN_INTEGER);
    BigInteger sum = old.add(BigInteger.valueOf(by));
    require(sum.bitLength() < Long.SIZE, Failure.WOULD_OVERFLOW);
    replace(db, key, sum.toString());
    return sum.longValue();
  }

  long decrement(int db, String key, long by) {
    require(by != Long.MIN_VALUE, Failure.DECREMENT_OVERFLOW);
    return increment(db, key, -by);
  }

  String incrementFloat(int db, String key, String by) { // the arithmetic has a test of its own
    ExtendedFloat old = number(value(db, key) == null ? "0" : get(db, key));
    ExtendedFloat added = number(by);
    require(old != null && added != null, Failure.NOT_A_FLOAT);
    ExtendedFloat sum = old.plus(added);
    require(sum.isFinite(), Failure.NOT_FINITE);
    replace(db, key, new String(sum.text(), ISO_8859_1));
    return get(db, key);
  }

  private static ExtendedFloat number(String text) {
    return ExtendedFloat.parse(text.getBytes(ISO_8859_1), 0, text.length());
  }

  // Keys

  long exists(int db, List<String> keys) {
    return keys.stream().filter(databases.get(db)::containsKey).count();
  }

  long delete(int db, List<String> keys) {
    return keys.stream().filter(key -> databases.get(db).remove(key) != null).count();
  }

  long deadline(int db, String key) {
    return value(db, key) == null ? Deadline.MISSING : value(db, key).deadline;
  }

  boolean expire(int db, String key, long deadline, int condition) {
    Value old = value(db, key);
    if (old == null
        || ((condition & KeyOps.IF_ABSENT) != 0 && old.deadline != NONE)
        || ((condition & KeyOps.IF_PRESENT) != 0 && old.deadline == NONE)
        || ((condition & KeyOps.IF_LATER) != 0 && (old.deadline == NONE || deadline <= old.deadline))
        || ((condition & KeyOps.IF_EARLIER) != 0 && old.deadline != NONE && deadline >= old.deadline)) {
      return false;
    }
    setDeadline(db, key, deadline);
    return true;
  }

  boolean persist(int db, String key) {
    Value old = value(db, key);
    if (old == null || old.deadline == NONE) {
      return false;
    }
    setDeadline(db, key, NONE);
    return true;
  }

  boolean rename(int db, String from, String to, boolean ifAbsent) {
    require(value(db, from) != null, Failure.NO_SUCH_KEY);
    if (ifAbsent && value(db, to) != null) {
      return false;
    }
    databases.get(db).put(to, databases.get(db).remove(from));
    return true;
  }

  boolean copy(int db, String from, int toDb, String to, boolean replace) {
    require(db != toDb || !from.equals(to), Failure.SAME_OBJECT);
    if (value(db, from) == null || (value(toDb, to) != null && !replace)) {
      return false;
    }
    databases.get(toDb).put(to, value(db, from));
    return true;
  }

  boolean move(int db, String key, int toDb) {
    require(db != toDb, Failure.SAME_OBJECT);
    if (value(db, key) == null || value(toDb, key) != null) {
      return false;
    }
    databases.get(toDb).put(key, databases.get(db).remove(key));
    return true;
  }

  OneOf random(int db) {
    return new OneOf(new TreeSet<>(databases.get(db).keySet()));
  }

  TreeSet<String> keys(int db, String prefix) {
    TreeSet<String> keys = new TreeSet<>(databases.get(db).keySet());
    keys.removeIf(key -> !key.startsWith(prefix));
    return keys;
  }

  Between size(int db) {
    return new Between(databases.get(db).size(), databases.get(db).size() + due);
  }

  void clear(int db) {
    databases.get(db).clear();
  }

  void swap(int one, int other) {
    TreeMap<String, Value> first = databases.get(one);
    databases.set(one, databases.get(other));
    databases.set(other, first);
  }
}
