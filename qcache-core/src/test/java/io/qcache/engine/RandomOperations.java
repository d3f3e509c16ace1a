package io.qcache.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.qcache.AsyncKeyspace;
import io.qcache.AsyncKeys;
import io.qcache.AsyncStrings;
import io.qcache.CopyOptions;
import io.qcache.ExpireIf;
import io.qcache.ScanOptions;
import io.qcache.SetOptions;
import io.qcache.TimeToLive;
import io.qcache.engine.StringOps.If;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Makes random operations on the few keys of one database, often enough on the same to meet every case. */
final class RandomOperations {
  static final int DATABASES = 3;
  static final long MAX_BYTES = 60;

  private static final String[] KEYS = {"a", "b", "c", "d", "e1", "e2", "e3", "", "\0\u00ff"};
  private static final String[] VALUES = {"", "0", "1", "-1", "41", "3.25", "-0.5", "abc", "9223372036854775807",
      "-9223372036854775808", "1e2", "0x10", " 1", "01", "\0\0", "\u00e9", "inf", "a longer value than all the others"};
  private static final long[] NUMBERS = {0, 1, -1, 2, 7, -7, 1_000, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1};
  private static final double[] FRACTIONS = {0.5, -1.25, 3, 1e19, 0, Double.NaN, Double.POSITIVE_INFINITY};
  private static final long[] PLACES = {0, 1, 2, 5, -1, -2, -5, 40, 59, 60, 61, -100, Long.MAX_VALUE, Long.MIN_VALUE};
  private static final long[] MILLIS = {1, 5, 20, 100, 0, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE / 2};

  private final Random random;
  private final int db;

  RandomOperations(Random random, int db) {
    this.random = random;
    this.db = db;
  }

  Operation next() {
    return random.nextInt(40) == 0 ? whole() : random.nextInt(5) < 3 ? string() : key();
  }

  private String key(int ignored) {
    return KEYS[random.nextInt(KEYS.length)];
  }

  private String value() {
    return VALUES[random.nextInt(VALUES.length)];
  }

  private static Slice slice(String text) {
    return new Slice().wrap(text.getBytes(ISO_8859_1));
  }

  private static String text(BiConsumer<Database, ValueList> read, Database db) {
    ValueList out = new ValueList();
    read.accept(db, out);
    return out.only() == null ? null : new String(out.only(), ISO_8859_1);
  }

  private Operation of(String name, java.util.function.Function<Model, Object> model,
      java.util.function.Function<Database, Object> engine,
      java.util.function.Function<AsyncKeyspace<String, String>, CompletableFuture<?>> door) {
    return new Operation(name + " in " + db, model, e -> engine.apply(e.database(db)), door);
  }

  private Operation string() {
    String k = key(0);
    String v = value();
    String about = "'" + k + "' '" + v + "' ";
    long n = NUMBERS[random.nextInt(NUMBERS.length)];
    long first = PLACES[random.nextInt(PLACES.length)];
    long last = PLACES[random.nextInt(PLACES.length)];
    switch (random.nextInt(13)) {
      case 0:
        return of("get " + about, m -> m.get(db, k), d -> text((e, out) -> StringOps.get(e, slice(k), out), d),
            ks -> ks.strings().get(k).thenApply(RandomOperations::orNull));
      case 1:
        return of("length " + about, m -> m.length(db, k), d -> StringOps.length(d, slice(k)),
            ks -> ks.strings().length(k));
      case 2:
        return of("getRange " + about + first + " " + last, m -> m.getRange(db, k, first, last),
            d -> text((e, out) -> StringOps.getRange(e, slice(k), first, last, out), d),
            ks -> ks.strings().getRange(k, first, last));
      case 3:
        return of("append " + about, m -> m.append(db, k, v, MAX_BYTES), d -> StringOps.append(d, slice(k), slice(v)),
            ks -> ks.strings().append(k, v));
      case 4:
        return of("setRange " + about + first, m -> m.setRange(db, k, first, v, MAX_BYTES),
            d -> StringOps.setRange(d, slice(k), first, slice(v)), ks -> ks.strings().setRange(k, first, v));
      case 5:
        return of("increment " + about + n, m -> m.increment(db, k, n), d -> StringOps.increment(d, slice(k), n),
            ks -> ks.strings().increment(k, n));
      case 6:
        return of("decrement " + about + n, m -> m.decrement(db, k, n), d -> StringOps.decrement(d, slice(k), n),
            ks -> ks.strings().decrement(k, n));
      case 7:
        return incrementFloat(k, FRACTIONS[random.nextInt(FRACTIONS.length)]);
      case 8:
        return of("getAndDelete " + about, m -> m.getAndDelete(db, k),
            d -> text((e, out) -> StringOps.getAndDelete(e, slice(k), out), d),
            ks -> ks.strings().getAndDelete(k).thenApply(RandomOperations::orNull));
      case 9:
        return getAll();
      case 10:
        return setAll(random.nextBoolean());
      case 11:
        return getAndExpire(k);
      default:
        return set(k, v, random.nextBoolean());
    }
  }

  private Operation incrementFloat(String k, double by) {
    String text = Double.toString(by);
    String added = Double.isFinite(by) ? new BigDecimal(text).toPlainString() : text;
    return of("incrementFloat '" + k + "' " + by, m -> Double.valueOf(m.incrementFloat(db, k, added)),
        d -> Double.valueOf(text((e, out) -> StringOps.incrementFloat(e, slice(k), slice(added), out), d)),
        ks -> ks.strings().increment(k, by));
  }

  private List<String> someKeys() {
    List<String> keys = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      keys.add(key(0));
    }
    return keys;
  }

  private static Slices slices(List<String> texts) {
    Slices slices = new Slices();
    texts.forEach(each -> slices.add(each.getBytes(ISO_8859_1)));
    return slices;
  }

  private Operation getAll() {
    List<String> keys = someKeys();
    return of("getAll " + keys, m -> present(keys, m.getAll(db, keys)), d -> {
      ValueList out = new ValueList();
      StringOps.getAll(d, slices(keys), 0, out);
      List<String> texts = new ArrayList<>();
      out.all().forEach(each -> texts.add(each == null ? null : new String(each, ISO_8859_1)));
      return present(keys, texts);
    }, ks -> ks.strings().getAll(keys));
  }

  private static Map<String, String> present(List<String> keys, List<String> values) {
    Map<String, String> present = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      if (values.get(i) != null) {
        present.put(keys.get(i), values.get(i));
      }
    }
    return present;
  }

  private Operation setAll(boolean ifAbsent) {
    Map<String, String> entries = new LinkedHashMap<>();
    someKeys().forEach(key -> entries.put(key, value()));
    List<String> flat = new ArrayList<>();
    entries.forEach((key, value) -> flat.addAll(List.of(key, value)));
    if (ifAbsent) {
      return of("setAllIfAbsent " + entries, m -> m.setAllIfAbsent(db, entries),
          d -> StringOps.setAllIfAbsent(d, slices(flat), 0), ks -> ks.strings().setAllIfAbsent(entries));
    }
    return of("setAll " + entries, m -> {
      m.setAll(db, entries);
      return null;
    }, d -> {
      StringOps.setAll(d, slices(flat), 0);
      return null;
    }, ks -> ks.strings().setAll(entries));
  }

  /** An expiry as the Java door says it and as a deadline. */
  private record Expiry(SetOptions.Expiry kind, long millis) {
    SetOptions on(SetOptions options) {
      return switch (kind) {
        case NONE -> options;
        case KEEP -> options.keepTtl();
        case IN -> options.expireIn(Duration.ofMillis(millis));
        case AT -> options.expireAt(Instant.ofEpochMilli(millis));
      };
    }

    long deadline(long now) {
      if (kind == SetOptions.Expiry.AT && millis <= 0) {
        throw Signal.of(io.qcache.Failure.INVALID_EXPIRE_TIME);
      }
      return switch (kind) {
        case NONE -> Deadline.NONE;
        case KEEP -> Deadline.KEEP;
        case IN -> Deadline.of(millis, false, true, now);
        case AT -> Deadline.clamp(millis);
      };
    }
  }

  private Expiry expiry() {
    long millis = MILLIS[random.nextInt(MILLIS.length)];
    return switch (random.nextInt(4)) {
      case 0 -> new Expiry(SetOptions.Expiry.NONE, 0);
      case 1 -> new Expiry(SetOptions.Expiry.KEEP, 0);
      case 2 -> new Expiry(SetOptions.Expiry.IN, millis <= 0 ? 50 : millis);
      default -> new Expiry(SetOptions.Expiry.AT, at());
    };
  }

  private long at() {
    return random.nextInt(5) == 0 ? MILLIS[random.nextInt(MILLIS.length)]
        : io.qcache.FakeClock.START + random.nextInt(3_000);
  }

  private Operation set(String k, String v, boolean gets) {
    If condition = If.values()[random.nextInt(3)];
    Expiry expiry = expiry();
    SetOptions options = expiry.on(switch (condition) {
      case ALWAYS -> SetOptions.always();
      case ABSENT -> SetOptions.ifAbsent();
      case PRESENT -> SetOptions.ifPresent();
    });
    String name = (gets ? "getAndSet '" : "set '") + k + "' '" + v + "' " + options;
    if (gets) {
      return of(name, m -> m.getAndSet(db, k, v, condition, expiry.deadline(m.now)),
          d -> text((e, out) -> StringOps.set(e, slice(k), slice(v), condition, expiry.deadline(now(e)), out), d),
          ks -> ks.strings().getAndSet(k, v, options).thenApply(RandomOperations::orNull));
    }
    return of(name, m -> m.set(db, k, v, condition, expiry.deadline(m.now)),
        d -> StringOps.set(d, slice(k), slice(v), condition, expiry.deadline(now(d)), null),
        ks -> ks.strings().set(k, v, options));
  }

  private Operation getAndExpire(String k) {
    Expiry expiry = expiry();
    boolean in = expiry.kind == SetOptions.Expiry.IN;
    boolean at = expiry.kind == SetOptions.Expiry.AT;
    Expiry used = in || at ? expiry : new Expiry(SetOptions.Expiry.NONE, 0);
    return of("getAndExpire '" + k + "' " + used, m -> m.getAndExpire(db, k, used.deadline(m.now)),
        d -> text((e, out) -> StringOps.getAndExpire(e, slice(k), used.deadline(now(e)), out), d),
        ks -> {
          AsyncStrings<String, String> strings = ks.strings();
          return (in ? strings.getAndExpire(k, Duration.ofMillis(used.millis))
              : at ? strings.getAndExpireAt(k, Instant.ofEpochMilli(used.millis))
              : strings.getAndPersist(k)).thenApply(RandomOperations::orNull);
        });
  }

  private static long now(Database db) {
    return db.engine().nowMillis();
  }

  private static String orNull(Optional<String> value) {
    return value.orElse(null);
  }

  private Operation key() {
    String k = key(0);
    String to = key(0);
    int toDb = random.nextInt(DATABASES);
    boolean flag = random.nextBoolean();
    List<String> keys = someKeys();
    switch (random.nextInt(12)) {
      case 0:
        return of("exists " + keys, m -> m.exists(db, keys), d -> KeyOps.exists(d, slices(keys), 0),
            ks -> ks.keys().countExisting(keys));
      case 1:
        return of("touch " + keys, m -> m.exists(db, keys), d -> KeyOps.touch(d, slices(keys), 0),
            ks -> ks.keys().touch(keys));
      case 2:
        return of("delete " + keys, m -> m.delete(db, keys), d -> KeyOps.delete(d, slices(keys), 0),
            ks -> ks.keys().delete(keys));
      case 3:
        return of("type '" + k + "'", m -> m.get(db, k) != null, d -> KeyOps.type(d, slice(k)) != null,
            ks -> flag ? ks.keys().exists(k) : ks.keys().type(k).thenApply(Optional::isPresent));
      case 4:
        return of("deadline '" + k + "'", m -> m.deadline(db, k), d -> KeyOps.deadline(d, slice(k)),
            ks -> deadline(ks, k));
      case 5:
      case 6:
        return expire(k);
      case 7:
        return of("persist '" + k + "'", m -> m.persist(db, k), d -> KeyOps.persist(d, slice(k)),
            ks -> ks.keys().persist(k));
      case 8:
        return of("rename '" + k + "' '" + to + "' " + flag, m -> m.rename(db, k, to, flag),
            d -> KeyOps.rename(d, slice(k), slice(to), flag),
            ks -> flag ? ks.keys().renameIfAbsent(k, to) : ks.keys().rename(k, to).thenApply(nothing -> true));
      case 9:
        CopyOptions options = (flag ? CopyOptions.replace() : CopyOptions.ifAbsent()).toDatabase(toDb);
        return of("copy '" + k + "' " + toDb + " '" + to + "' " + flag, m -> m.copy(db, k, toDb, to, flag),
            d -> KeyOps.copy(d, slice(k), d.engine().database(toDb), slice(to), flag),
            ks -> ks.keys().copy(k, to, options));
      case 10:
        return of("move '" + k + "' " + toDb, m -> m.move(db, k, toDb),
            d -> KeyOps.move(d, slice(k), d.engine().database(toDb)), ks -> ks.keys().move(k, toDb));
      default:
        return of("random", m -> m.random(db), d -> text(KeyOps::random, d),
            ks -> ks.keys().random().thenApply(RandomOperations::orNull));
    }
  }

  private static CompletableFuture<Long> deadline(AsyncKeyspace<String, String> ks, String k) {
    AsyncKeys<String> keys = ks.keys();
    CompletableFuture<TimeToLive> left = keys.timeToLive(k);
    return keys.deadline(k).thenCombine(left, (deadline, ttl) -> ttl.isMissing() ? Deadline.MISSING
        : deadline.map(Instant::toEpochMilli).orElse(Deadline.NONE));
  }

  private Operation expire(String k) {
    ExpireIf condition = ExpireIf.values()[random.nextInt(ExpireIf.values().length)];
    int bits = switch (condition) {
      case ALWAYS -> 0;
      case ABSENT -> KeyOps.IF_ABSENT;
      case PRESENT -> KeyOps.IF_PRESENT;
      case LATER -> KeyOps.IF_LATER;
      case EARLIER -> KeyOps.IF_EARLIER;
      case PRESENT_AND_EARLIER -> KeyOps.IF_PRESENT | KeyOps.IF_EARLIER;
    };
    if (random.nextBoolean()) {
      long at = at();
      return of("expireAt '" + k + "' " + at + " " + condition, m -> m.expire(db, k, Deadline.clamp(at), bits),
          d -> KeyOps.expire(d, slice(k), Deadline.clamp(at), bits),
          ks -> ks.keys().expireAt(k, Instant.ofEpochMilli(at), condition));
    }
    long millis = MILLIS[random.nextInt(MILLIS.length)];
    return of("expire '" + k + "' " + millis + " " + condition,
        m -> m.expire(db, k, Deadline.of(millis, false, true, m.now), bits),
        d -> KeyOps.expire(d, slice(k), Deadline.of(millis, false, true, now(d)), bits),
        ks -> ks.keys().expire(k, Duration.ofMillis(millis), condition));
  }

  private Operation whole() {
    switch (random.nextInt(6)) {
      case 0:
        return of("clear", m -> {
          m.clear(db);
          return null;
        }, d -> {
          KeyOps.clear(d);
          return null;
        }, ks -> ks.keys().clear());
      case 1:
      case 2:
        return of("size", m -> m.size(db), KeyOps::size, ks -> ks.keys().size());
      case 3:
        return of("scan", m -> m.keys(db, ""), d -> scanAll(d),
            ks -> ks.keys().scanPage(0, ScanOptions.all().count(1_000_000))
                .thenApply(page -> new TreeSet<>(page.keys())));
      default:
        return of("matching", m -> m.keys(db, "e"), d -> matching(d, "e*"),
            ks -> ks.keys().matching("e*").thenApply(TreeSet::new));
    }
  }

  static TreeSet<String> matching(Database db, String glob) {
    ValueList out = new ValueList();
    KeyOps.matching(db, Glob.of(slice(glob)), out);
    return texts(out);
  }

  private static TreeSet<String> scanAll(Database db) {
    ValueList out = new ValueList();
    long cursor = 0;
    do {
      cursor = KeyOps.scan(db, cursor, 3, null, null, out);
    } while (cursor != 0);
    return texts(out);
  }

  private static TreeSet<String> texts(ValueList out) {
    TreeSet<String> texts = new TreeSet<>();
    out.all().forEach(key -> texts.add(new String(key, ISO_8859_1)));
    return texts;
  }
}
