package io.qcache.log;

import io.qcache.disk.Directory;
import io.qcache.disk.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Cuts a log off at a place from which on it cannot be used.  Nothing is thrown away: the segment that is cut is copied first, and
 * those behind it get another name.
 * <pre>
 *   …01.aof   …20.aof  good │ damaged   …42.aof        …01.aof   …20.aof  good   …20.aof.backup   …42.aof.backup
 * </pre>
 * Stopped in between, it can be done again.  For one thread, which owns the directory.
 */
public final class LogCut {
  private static final int COPY_BYTES = 256 << 10;
  private static final String TEMPORARY = "temp-backup";

  private final Directory directory;
  private final long segment;
  private final long position;
  private final List<Long> behind = new ArrayList<>();
  private long bytes;
  private long records;

  /** Looks at what is lost when only so many bytes of that segment, and nothing behind it, is kept. */
  public LogCut(Directory directory, long segment, long position) throws IOException {
    this.directory = directory;
    this.segment = segment;
    this.position = position < Segment.HEADER_BYTES ? 0 : position;
    for (long each : Segment.all(directory)) {
      if (each > segment) {
        behind.add(each);
      }
      if (each >= segment) {
        look(each, each == segment ? this.position : 0);
      }
    }
  }

  private void look(long each, long from) throws IOException {
    try (StoredFile file = directory.read(Segment.name(each))) {
      SegmentReader reader = new SegmentReader(file);
      bytes += reader.size() - from;
      long next = each;
      if (from > 0 && reader.header(each)) {
        while (reader.position() < from && reader.frame(next)) {
          next++;
          reader.passed();
        }
      }
      records += reader.wholeFramesFrom(next);
    }
  }

  /** What will be done and lost, in lines for people. */
  public List<String> plan() {
    List<String> lines = new ArrayList<>();
    String name = Segment.name(segment);
    lines.add(position == 0 ? name + " is put aside"
        : name + " is cut to its first " + position + " bytes, and kept beside as it is");
    if (!behind.isEmpty()) {
      lines.add(behind.size() + " behind it, from " + Segment.name(behind.get(0)) + " on, " + (behind.size() == 1 ? "is" : "are")
          + " put aside");
    }
    lines.add(bytes + " bytes are lost, with " + records + " records that are whole, and those that are not");
    return lines;
  }

  /** Does it; the names of the files that are kept beside. */
  public List<String> cut() throws IOException {
    List<String> kept = new ArrayList<>();
    String name = Segment.name(segment);
    if (position > 0) {
      kept.add(copy(name));
    }
    Collections.reverse(behind); // the last first: whatever is left then goes on from what is before it
    for (long each : behind) {
      kept.add(setAside(Segment.name(each)));
    }
    if (position == 0) {
      kept.add(setAside(name));
    }
    directory.force();
    if (position > 0) {
      try (StoredFile file = directory.append(name)) {
        file.truncate(position);
        file.force();
      }
    }
    return kept;
  }

  private String setAside(String name) throws IOException {
    String backup = backup(name);
    directory.rename(name, backup);
    return backup;
  }

  private String copy(String name) throws IOException {
    String backup = backup(name);
    ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_BYTES);
    try (StoredFile from = directory.read(name); StoredFile to = directory.create(TEMPORARY)) {
      while (from.read(buffer.clear()) >= 0) {
        to.write(buffer.flip());
      }
      to.force();
    }
    directory.rename(TEMPORARY, backup);
    directory.force();
    return backup;
  }

  private String backup(String name) {
    String first = name.concat(".backup");
    String free = first;
    for (int i = 2; directory.has(free); i++) {
      free = first + i;
    }
    return free;
  }
}
