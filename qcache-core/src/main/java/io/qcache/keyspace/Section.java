package io.qcache.keyspace;

import io.qcache.Bytes;
import io.qcache.ValueType;
import io.qcache.change.Unit;
import io.qcache.engine.Cause;
import io.qcache.engine.Change;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.Event;
import io.qcache.engine.Slice;
import io.qcache.engine.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The part of one database that lies in one stripe, whose lock guards it.  A writer gets it by {@code Database.write(key)},
 * works, and closes it, which gives the stripe back:
 * <pre>
 *   try (Section section = database.write(key)) {
 *     Entry entry = section.find(key);
 *     …
 *   }
 * </pre>
 * Every change of a key ends in {@link #changed}, the first half of the change call: it flags those who watch the key, and
 * notes the change for the queue.  The effect that a log will write is the entry as it stands then.
 */
public final class Section implements AutoCloseable {
  private final Stripe stripe;
  private final Engine engine;
  private final int database;
  private final int skippedBits;
  private EntryTable table;
  private DeadlineHeap deadlines;
  private Map<Slice, List<Watch>> watches; // null until first used
  private long expired;

  Section(Stripe stripe, int database) {
    this.stripe = stripe;
    this.engine = stripe.engine();
    this.database = database;
    this.skippedBits = engine.stripeBits();
    this.table = new EntryTable(skippedBits);
    this.deadlines = new DeadlineHeap();
  }

  // For readers and writers

  /** The entry of the key, or null where it is missing or its time has come.  Changes nothing. */
  public Entry peek(Slice key) {
    Entry entry = table.find(key, engine.hash(key));
    return entry == null || isDue(entry) ? null : entry;
  }

  public boolean isDue(Entry entry) {
    return entry.deadlineMillis != Deadline.NONE && entry.deadlineMillis <= engine.nowMillis();
  }

  public int size() {
    return table.size();
  }

  /** How many entries have a deadline. */
  public int sizeWithDeadline() {
    return deadlines.size();
  }

  /** How many keys have expired here. */
  public long expired() {
    return expired;
  }

  /** How many leading bits of the hash, behind the stripe's, say the home of an entry now. */
  public int homeBits() {
    return table.homeBits();
  }

  /** The {@code n}-th entry of a home, or null. */
  public Entry atHome(int home, int n) {
    return table.atHome(home, n);
  }

  /** Any live entry, all equally likely, or null where none is found among the many that are due. */
  public Entry random(RandomGenerator random) {
    for (int tries = 0; table.size() > 0 && tries < 100; tries++) { // many may be due and not gone yet
      Entry entry = table.random(random);
      if (!isDue(entry)) {
        return entry;
      }
    }
    return null;
  }

  // For writers

  /** The entry of the key, or null where it is missing; deletes it where its time has come. */
  public Entry find(Slice key) {
    Entry entry = table.find(key, engine.hash(key));
    if (entry != null && isDue(entry)) {
      expire(entry);
      return null;
    }
    return entry;
  }

  /** Adds a key that {@link #find} did not find, with a copy of the value and no deadline. */
  public Entry insert(Slice key, ValueType type, byte[] array, int offset, int length) {
    Entry entry = new Entry(key.kept(), engine.hash(key));
    entry.set(type, array, offset, length);
    table.add(entry);
    if (engine.changes().isWanted()) {
      changed(Event.NEW, entry.key, Cause.WRITTEN);
    }
    return entry;
  }

  public void setDeadline(Entry entry, long deadlineMillis) {
    if (entry.deadlineMillis != deadlineMillis) {
      deadlines.set(entry, deadlineMillis);
      stripe.deadlinesChanged();
    }
  }

  /** Takes the entry away without a word; {@link #changed} says why. */
  public void remove(Entry entry) {
    setDeadline(entry, Deadline.NONE);
    table.remove(entry);
  }

  /** The change call: once for every change of a key, when the key is as it will be. */
  public void changed(Event event, Slice key, Cause cause) {
    if (watches != null) {
      flag(key);
    }
    note(event, key, cause);
  }

  /** The change call for a whole database, {@link #clear} and {@link #swap} having flagged those who watch its keys. */
  public void changedWhole(Event event, Cause cause) {
    note(event, new Slice(), cause);
  }

  private void note(Event event, Slice key, Cause cause) {
    if (engine.changes().isWanted()) {
      stripe.unit().add(new Change(database, Bytes.copyOf(key.array(), key.offset(), key.length()), event, cause));
    }
  }

  private void expire(Entry entry) {
    remove(entry);
    expired++;
    changed(Event.EXPIRED, entry.key, Cause.EXPIRED);
  }

  int expire(long nowMillis, int most) {
    int gone = 0;
    while (gone < most && deadlines.nextMillis() <= nowMillis && deadlines.next() != null) {
      expire(deadlines.next());
      gone++;
    }
    return gone;
  }

  long nextMillis() {
    return deadlines.nextMillis();
  }

  /** Empties it.  Costs the same however much there was. */
  public void clear() {
    if (watches != null) {
      flagPresent(table);
    }
    table = new EntryTable(skippedBits);
    deadlines = new DeadlineHeap();
    stripe.deadlinesChanged();
  }

  /** Exchanges the contents, but not those who watch, with another database's part of the same stripe. */
  public void swap(Section other) {
    flagPresent(table);
    flagPresent(other.table);
    other.flagPresent(table);
    other.flagPresent(other.table);
    EntryTable tableHere = table;
    DeadlineHeap deadlinesHere = deadlines;
    table = other.table;
    deadlines = other.deadlines;
    other.table = tableHere;
    other.deadlines = deadlinesHere;
  }

  // Watching

  /** From now on a change of the key flags the watch; false where it does already. */
  public boolean watch(Slice key, Watch watch) {
    engine.hash(key);
    if (watches == null) {
      watches = new HashMap<>();
    }
    List<Watch> watching = watches.get(key);
    if (watching == null) {
      watching = new ArrayList<>(1);
      watches.put(key.kept(), watching);
    }
    return !watching.contains(watch) && watching.add(watch);
  }

  public void unwatch(Slice key, Watch watch) {
    List<Watch> watching = watches.get(key);
    watching.remove(watch);
    if (watching.isEmpty()) {
      watches.remove(key);
    }
    if (watches.isEmpty()) {
      watches = null;
    }
  }

  private void flag(Slice key) {
    engine.hash(key);
    List<Watch> watching = watches.get(key);
    if (watching != null) {
      watching.forEach(Watch::touch);
    }
  }

  private void flagPresent(EntryTable there) {
    if (watches != null) {
      watches.forEach((key, watching) -> {
        if (there.find(key, engine.hash(key)) != null) {
          watching.forEach(Watch::touch);
        }
      });
    }
  }

  /** Gives the stripe back. */
  @Override public void close() {
    stripe.release();
  }
}
