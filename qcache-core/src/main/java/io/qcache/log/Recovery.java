package io.qcache.log;

import io.qcache.Log;
import io.qcache.disk.Directory;
import io.qcache.disk.StoredFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Reads the segments of a directory, in their order, from a number on, and hands out the units.
 *
 * <p>In the last segment, from the first frame on that is not whole, the tail is torn: what a loss of power or a full disk
 * leaves.  It is cut off, and told.  But where a whole frame behind it knows that this one was safe, the file is damaged; so it is
 * where any other segment ends early, or is missing.  That is refused, naming file, place and record.
 */
public final class Recovery {
  /** Who gets the units. */
  public interface Target {
    /** What a unit did; throws IllegalArgumentException where that cannot be. */
    void apply(byte[] effects, int from, int to);

    /** A segment is read: so many bytes of it are good, and hold the records from its first up to, without it, {@code end}. */
    default void read(String name, long end, long goodBytes) {}
  }

  private static final long MILLIS_A_LINE = 2_000;

  private final Directory directory;
  private final Log log;
  private final Target target;
  private final boolean cuts;
  private long next; // number of the frame that is expected
  private long from; // those before are in the snapshot
  private long units;
  private long cutBytes;
  private long tornSegment = -1;
  private long tornAt;
  private long nextLineMillis = System.currentTimeMillis() + MILLIS_A_LINE;

  /** @param cuts whether a torn tail is cut off, or only told */
  public Recovery(Directory directory, Log log, boolean cuts, Target target) {
    this.directory = directory;
    this.log = log;
    this.cuts = cuts;
    this.target = target;
  }

  /** How many units were handed out. */
  public long units() {
    return units;
  }

  /** How many bytes of a torn tail there were. */
  public long cutBytes() {
    return cutBytes;
  }

  /** How many bytes of its segment are before it. */
  public long tornAt() {
    return tornAt;
  }

  /** The first number of the segment that has it; -1 where there is none. */
  public long tornSegment() {
    return tornSegment;
  }

  /**
   * Reads that segment alone, as if it were the last, and hands nothing out; the number of the record that would follow.
   *
   * @throws LogDamagedException where something safe is not as it was
   */
  public long check(String name) throws IOException {
    from = Long.MAX_VALUE;
    next = Segment.first(name);
    long good = read(next, true);
    target.read(name, next, good);
    return next;
  }

  /**
   * Hands out all units from that number on; where the log goes on.
   *
   * @throws LogDamagedException where something safe is not as it was, or missing
   */
  public Recovered recover(long firstUnit) throws IOException {
    from = firstUnit;
    List<Long> all = connected(Segment.all(directory));
    int at = first(all);
    if (all.isEmpty() || at < 0 && firstUnit == 1 && all.get(0) == 1) {
      return new Recovered(firstUnit, -1, 0, 0);
    }
    if (at < 0) {
      throw new LogDamagedException(directory.path() + " misses the segment that has record " + firstUnit
          + ": the first one is " + Segment.name(all.get(0)), all.get(0), 0);
    }
    long other = 0;
    long length = 0;
    next = all.get(at);
    for (; at < all.size(); at++) {
      long segment = all.get(at);
      boolean last = at == all.size() - 1;
      if (segment != next && !(segment == firstUnit && next <= firstUnit)) {
        throw new LogDamagedException(directory.path() + " misses records " + next + " to " + (segment - 1)
            + ": " + Segment.name(segment) + " begins behind them", segment, 0);
      }
      next = segment;
      other += length;
      length = read(segment, last);
      target.read(Segment.name(segment), next, length);
    }
    if (next < firstUnit) { // only older ones are left: a new one begins
      return new Recovered(firstUnit, -1, 0, other + length);
    }
    return new Recovered(next, length == 0 ? -1 : all.get(all.size() - 1), length, other);
  }

  /** The last segment that begins at or before the first unit. */
  private int first(List<Long> all) {
    int found = -1;
    for (int i = 0; i < all.size() && all.get(i) <= from; i++) {
      found = i;
    }
    return found;
  }

  /**
   * Without the last ones that stand apart and whose snapshot was never complete, so that nothing in them was acknowledged: had it been
   * complete, it were the one that is loaded, or another segment would follow.  Nor with one that was not yet begun.
   */
  private List<Long> connected(List<Long> all) throws IOException {
    int apart = all.size();
    while (apart > 0 && all.get(apart - 1) > from) {
      byte kind = Segment.kind(directory, all.get(apart - 1));
      if (kind != Segment.APART && kind != Segment.NONE) {
        break;
      }
      apart--;
    }
    for (long each : all.subList(apart, all.size())) {
      log.log(Level.WARNING, Segment.name(each) + " has no snapshot to go on from, or nothing in it, so that nothing was acknowledged: "
          + (cuts ? "deleted" : "to be deleted"));
      if (cuts) {
        directory.delete(Segment.name(each));
      }
    }
    return all.subList(0, apart);
  }

  /** Reads one; how many bytes of it are good, 0 where even its header is not. */
  private long read(long segment, boolean last) throws IOException {
    String name = Segment.name(segment);
    try (StoredFile file = directory.read(name)) {
      SegmentReader reader = new SegmentReader(file);
      if (!reader.header(segment)) {
        return torn(segment, reader, 0, last);
      }
      while (!reader.isAtEnd()) {
        if (!reader.frame(next)) {
          return torn(segment, reader, reader.position(), last);
        }
        if (next >= from) {
          apply(segment, name, reader);
        }
        next++;
        tell(name, reader);
      }
      return reader.position();
    }
  }

  private void apply(long segment, String name, SegmentReader reader) throws IOException {
    try {
      target.apply(reader.array(), reader.effects(), reader.effectsEnd());
      units++;
    } catch (IllegalArgumentException unfit) {
      throw new LogDamagedException(where(name, reader.position()) + " is whole but cannot be applied: " + unfit.getMessage(), segment, reader.position(), unfit);
    }
    reader.passed();
  }

  private String where(String name, long position) {
    return directory.path() + "/" + name + ", byte " + position + ", record " + next;
  }

  private void tell(String name, SegmentReader reader) throws IOException {
    reader.passed();
    if ((next & 0xfff) == 0 && System.currentTimeMillis() >= nextLineMillis) {
      nextLineMillis = System.currentTimeMillis() + MILLIS_A_LINE;
      log.log(Level.INFO, "reading " + name + ": " + reader.position() * 100 / Math.max(1, reader.size()) + " %, " + units
          + " units applied");
    }
  }

  /** The frame there is not whole; how many bytes before it are good. */
  private long torn(long segment, SegmentReader reader, long position, boolean last) throws IOException {
    String name = Segment.name(segment);
    if (!last) {
      throw new LogDamagedException(where(name, position) + " is damaged, and " + Segment.name(next) + " and later segments rely on it",
          segment, position);
    }
    long found = reader.wholeFrameThatKnows(next);
    if (found >= 0) {
      throw new LogDamagedException(where(name, position) + " is damaged: it was safe when the record at byte " + found + " was written",
          segment, position);
    }
    cutBytes = reader.size() - position;
    tornSegment = segment;
    tornAt = position;
    log.log(Level.WARNING, name + " has a torn end: " + cutBytes + " bytes from byte " + position + " on, of record " + next
        + ", which was never safe, " + (cuts ? "are cut off" : "are to be cut off"));
    if (cuts) {
      cut(name, position);
    }
    return position;
  }

  private void cut(String name, long position) throws IOException {
    if (position == 0) {
      directory.delete(name);
      directory.force();
      return;
    }
    try (StoredFile file = directory.append(name)) {
      file.truncate(position);
      file.force();
    }
  }
}
