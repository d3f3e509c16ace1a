package io.qcache;

import java.util.OptionalInt;

/** Where a copy goes and whether it may replace; an immutable value. */
public final class CopyOptions {
  private static final int SAME = -1;
  private static final CopyOptions IF_ABSENT = new CopyOptions(false, SAME);
  private static final CopyOptions REPLACE = new CopyOptions(true, SAME);

  private final boolean replace;
  private final int database;

  private CopyOptions(boolean replace, int database) {
    this.replace = replace;
    this.database = database;
  }

  /** Only if the target is missing. */
  public static CopyOptions ifAbsent() {
    return IF_ABSENT;
  }

  /** Replacing what the target holds. */
  public static CopyOptions replace() {
    return REPLACE;
  }

  /** Into another database. */
  public CopyOptions toDatabase(int index) {
    if (index < 0) {
      throw new OutOfRangeException("database must be >= 0: was " + index);
    }
    return new CopyOptions(replace, index);
  }

  public boolean replaces() {
    return replace;
  }

  /** The target's database, or empty for the source's. */
  public OptionalInt database() {
    return database == SAME ? OptionalInt.empty() : OptionalInt.of(database);
  }
}
