package io.qcache.engine;

import io.qcache.Failure;
import io.qcache.ValueType;
import io.qcache.collection.LargeSortedSet;
import io.qcache.keyspace.Records;
import io.qcache.keyspace.Section;
import io.qcache.log.Effects;
import io.qcache.types.DoubleText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Sorting lists, sets and sorted sets.  Static and thread-safe.  Where the elements lead to other keys the plan is that
 * of all stripes, for which ones they are is not known before; otherwise what is only replied is sorted under no lock.
 */
public final class SortOps {
  private static final int NONE = Records.NONE;

  private SortOps() {}

  /** An element, and what it goes by. */
  private static final class Item {
    final byte[] element;
    double score;
    byte[] by; // null where its key is missing

    Item(byte[] element) {
      this.element = element;
    }
  }

  /** The elements in their order, or what the patterns give in place of each, null for nothing. */
  public static List<byte[]> sort(Database db, Slice key, SortOptions options) {
    Sort sort = new Sort(db, options, false);
    try (Plan held = plan(db, key, options).acquire()) {
      sort.take(key);
      if (options.readsOtherKeys()) {
        return sort.results();
      }
    }
    return sort.results();
  }

  /** Lets {@code to} be the list of that, or nothing where there is nothing; how many elements it has. */
  public static long store(Database db, Slice key, SortOptions options, Slice to) {
    Sort sort = new Sort(db, options, true);
    try (Plan held = plan(db, key, options).add(to).bringing(to.length()).acquire()) {
      sort.take(key);
      List<byte[]> results = sort.results();
      replace(db, to, results);
      return results.size();
    }
  }

  private static Plan plan(Database db, Slice key, SortOptions options) {
    Plan plan = db.engine().plan();
    return options.readsOtherKeys() ? plan.all() : plan.add(key);
  }

  private static void replace(Database db, Slice to, List<byte[]> elements) {
    Section section = db.held(to);
    int old = section.find(to);
    if (elements.isEmpty()) {
      if (old != NONE) {
        section.remove(to, old);
        section.changed(Event.DEL, to, Cause.DELETED);
      } else {
        section.deletedNothing(to);
      }
      return;
    }
    Slices slices = new Slices();
    for (byte[] element : elements) {
      slices.add(element == null ? new byte[0] : element);
    }
    HeldList.put(db.engine(), section, to, old, slices);
    section.changed(Event.SORTSTORE, to, old == NONE ? Cause.WRITTEN : Cause.REPLACED, old);
  }

  /** One sort. */
  private static final class Sort {
    private final Database db;
    private final SortOptions options;
    private final boolean stores;
    private final List<SortPattern> get = new ArrayList<>();
    private List<byte[]> elements = List.of();
    private boolean unsorted;
    private boolean alphabetical;
    private SortPattern by; // null: the elements themselves

    Sort(Database db, SortOptions options, boolean stores) {
      this.db = db;
      this.options = options;
      this.stores = stores;
      options.patterns().forEach(pattern -> get.add(new SortPattern(pattern)));
    }

    /** Takes the elements; under the plan. */
    void take(Slice key) {
      Records records = db.held(key).records();
      int record = records.peek(key);
      ValueType type = record == NONE ? null : records.type(record);
      if (type == null) { // else it is counted where the elements are read
        db.lookedUp(key, false);
      }
      unsorted = options.isUnsorted();
      alphabetical = options.isAlphabetical();
      by = options.by() == null || unsorted ? null : new SortPattern(options.by());
      if (unsorted && stores && type == ValueType.SET) { // whose order is ours alone: what is kept has one that is anybody's
        unsorted = false;
        alphabetical = true;
      }
      if (type == ValueType.SORTED_SET) {
        leaveCompact(db.held(key), key, record);
      }
      elements = type == null ? List.of() : elements(key, type);
    }

    /** Redis leaves its compact encoding for a sort, for good; so OBJECT ENCODING says that we have. */
    private static void leaveCompact(Section section, Slice key, int record) {
      if (!SortedSetOps.isCompact(section.records(), record)) {
        return;
      }
      Effects effects = section.effects();
      if (effects != null) {
        effects.begin(Effects.SCORES_LEAVE_COMPACT, section.database(), key);
      }
      SortedSetWrite.leaveCompact(section.records(), key, record);
      if (effects != null) {
        effects.done();
      }
    }

    private List<byte[]> elements(Slice key, ValueType type) {
      ValueList out = new ValueList();
      switch (type) {
        case LIST -> ListOps.range(db, key, 0, -1, out);
        case SET -> SetOps.members(db, key, out);
        case SORTED_SET -> SortedSetOps.range(db, key, MemberRange.ranks(0, -1), new Members(out));
        default -> throw Signal.of(Failure.WRONG_TYPE);
      }
      return out.all();
    }

    List<byte[]> results() {
      List<byte[]> sorted = unsorted ? unsorted() : sorted();
      List<byte[]> wanted = sorted.subList(options.first(sorted.size()), options.end(sorted.size()));
      if (get.isEmpty()) {
        return wanted;
      }
      List<byte[]> results = new ArrayList<>(wanted.size() * get.size());
      for (byte[] element : wanted) {
        for (SortPattern pattern : get) {
          results.add(pattern.valueFor(db, element));
        }
      }
      return results;
    }

    private List<byte[]> unsorted() {
      if (options.isDescending()) {
        Collections.reverse(elements);
      }
      return elements;
    }

    private List<byte[]> sorted() {
      Item[] items = new Item[elements.size()];
      boolean allNumbers = true;
      for (int i = 0; i < items.length; i++) {
        Item item = new Item(elements.get(i));
        item.by = by == null ? item.element : by.valueFor(db, item.element);
        if (!alphabetical && item.by != null) {
          item.score = score(item.by);
          allNumbers &= item.score == item.score;
        }
        items[i] = item;
      }
      if (!allNumbers) {
        throw Signal.of(Failure.NOT_SORTABLE);
      }
      Comparator<Item> order = alphabetical ? Sort::byBytes : Sort::byScore;
      Arrays.sort(items, options.isDescending() ? order.reversed() : order);
      List<byte[]> sorted = new ArrayList<>(items.length);
      for (Item item : items) {
        sorted.add(item.element);
      }
      return sorted;
    }

    /** Those without a value come first. */
    private static int byBytes(Item a, Item b) {
      if (a.by == null || b.by == null) {
        return Boolean.compare(a.by != null, b.by != null);
      }
      return Arrays.compareUnsigned(a.by, b.by);
    }

    private static int byScore(Item a, Item b) {
      if (a.score != b.score) {
        return a.score < b.score ? -1 : 1;
      }
      return Arrays.compareUnsigned(a.element, b.element);
    }

    /** As strtod reads it, up to a zero byte; NaN where it is no number. */
    private static double score(byte[] text) {
      int end = 0;
      while (end < text.length && text[end] != 0) {
        end++;
      }
      int start = 0;
      while (start < end && (text[start] == ' ' || text[start] >= '\t' && text[start] <= '\r')) {
        start++;
      }
      return end == 0 ? 0 : DoubleText.parse(text, start, end - start);
    }
  }

  /** Keeps members without their scores. */
  private record Members(ValueList out) implements ScoredSink {
    @Override public void begin(long members) {
      // Each of them follows.
    }

    @Override public void member(byte[] array, int offset, int length, double score) {
      out.value(array, offset, length);
    }
  }
}
