package io.qcache.net.command;

import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of all commands, or of a container's subcommands, found by name in whatever case without allocating: open
 * addressing over the upper-cased bytes.  Filled by one thread before it is read by any other, and not changed after
 * that.
 */
public final class CommandTable {
  private final Row container; // null: the table of all
  private final List<Row> rows = new ArrayList<>();
  private Row[] slots = new Row[16];
  private byte[][] names = new byte[16][]; // of the rows in the same slots, in upper case
  private int longest;
  private Room declaring;

  public CommandTable() {
    this(null);
  }

  CommandTable(Row container) {
    this.container = container;
  }

  /** Adds the room's commands. */
  public CommandTable add(Room room) {
    declaring = room;
    room.declare(this);
    declaring = null;
    return this;
  }

  /** Declares a command of the room that is being added; the name is in upper case. */
  public Row command(int op, String name) {
    return add(new Row(declaring, op, name, container), name);
  }

  Row add(Row row, String upperCase) {
    byte[] name = upperCase.getBytes(StandardCharsets.ISO_8859_1);
    if (find(new Slice().wrap(name)) != null) {
      throw new IllegalStateException("declared twice: ".concat(row.name()));
    }
    rows.add(row);
    longest = Math.max(longest, name.length);
    if (rows.size() * 2 > slots.length) {
      grow();
    }
    put(row, name);
    return row;
  }

  private void grow() {
    Row[] oldRows = slots;
    byte[][] oldNames = names;
    slots = new Row[oldRows.length * 2];
    names = new byte[oldRows.length * 2][];
    for (int i = 0; i < oldRows.length; i++) {
      if (oldRows[i] != null) {
        put(oldRows[i], oldNames[i]);
      }
    }
  }

  private void put(Row row, byte[] name) {
    int i = home(name, 0, name.length);
    while (slots[i] != null) {
      i = (i + 1) & slots.length - 1;
    }
    slots[i] = row;
    names[i] = name;
  }

  /** The row of that name, or null; does not look into containers. */
  public Row find(Slice name) {
    int length = name.length();
    if (length > longest) {
      return null;
    }
    byte[] array = name.array();
    int offset = name.offset();
    for (int i = home(array, offset, length); slots[i] != null; i = (i + 1) & slots.length - 1) {
      if (isNamed(names[i], array, offset, length)) {
        return slots[i];
      }
    }
    return null;
  }

  /** The row that a request is for: of a container's the subcommand's, if one is named; null where there is none. */
  public Row find(Slices args) {
    Row row = find(args.get(0));
    return row == null || row.subcommands() == null || args.size() == 1 ? row : row.subcommands().find(args.get(1));
  }

  /** The row of a name that may be a subcommand's, such as {@code client|list}; null where there is none. */
  public Row findByFullName(Slice name) {
    int bar = 0;
    while (bar < name.length() && name.at(bar) != '|') {
      bar++;
    }
    if (bar == name.length()) {
      return find(name);
    }
    Row row = find(new Slice().wrap(name.array(), name.offset(), bar));
    return row == null || row.subcommands() == null ? null
        : row.subcommands().find(new Slice().wrap(name.array(), name.offset() + bar + 1, name.length() - bar - 1));
  }

  /** All rows, in the order of their declaration; not to be changed. */
  public List<Row> rows() {
    return rows;
  }

  private static boolean isNamed(byte[] upperCase, byte[] array, int offset, int length) {
    if (upperCase.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (upperCase[i] != upper(array[offset + i])) {
        return false;
      }
    }
    return true;
  }

  private int home(byte[] array, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = hash * 31 + upper(array[i]);
    }
    return (hash ^ hash >>> 7) & slots.length - 1;
  }

  private static int upper(byte b) {
    return b >= 'a' && b <= 'z' ? b - 32 : b;
  }
}
