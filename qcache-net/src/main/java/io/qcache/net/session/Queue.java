package io.qcache.net.session;

import io.qcache.engine.Slices;
import io.qcache.net.command.Row;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * The commands between MULTI and EXEC: copies, for the read buffer goes on.  All bytes lie in one array, so what is
 * queued costs little more than what was sent.
 */
final class Queue {
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private final ArrayList<Row> rows = new ArrayList<>();
  private byte[] bytes = new byte[256];
  private int used;
  private int[] lengths = new int[16]; // of all arguments of all commands, in order
  private int arguments;
  private int[] counts = new int[8];   // of arguments, by command

  int size() {
    return rows.size();
  }

  long bytes() {
    return bytes.length + 4L * lengths.length + 4L * counts.length + 8L * rows.size();
  }

  Row row(int command) {
    return rows.get(command);
  }

  /** Adds a command; false, with nothing added, where it would make the queue longer than {@code most} bytes. */
  boolean add(Row row, Slices args, long most) {
    long length = 0;
    for (int i = 0; i < args.size(); i++) {
      length += args.get(i).length();
    }
    long overhead = 4L * (arguments + args.size()) + 12L * (rows.size() + 1);
    if (used + length + overhead > Math.min(most, LONGEST)) {
      return false;
    }
    reserve((int) (used + length), arguments + args.size());
    for (int i = 0; i < args.size(); i++) {
      System.arraycopy(args.get(i).array(), args.get(i).offset(), bytes, used, args.get(i).length());
      used += args.get(i).length();
      lengths[arguments++] = args.get(i).length();
    }
    counts[rows.size()] = args.size();
    rows.add(row);
    return true;
  }

  private void reserve(int bytesNeeded, int argumentsNeeded) {
    if (bytesNeeded > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(bytesNeeded, Math.min(2L * bytes.length, LONGEST)));
    }
    if (argumentsNeeded > lengths.length) {
      lengths = Arrays.copyOf(lengths, (int) Math.max(argumentsNeeded, Math.min(2L * lengths.length, LONGEST)));
    }
    rows.ensureCapacity(rows.size() + 1); // here, so that add() fails before its first change or not at all
    if (rows.size() == counts.length) {
      counts = Arrays.copyOf(counts, 2 * counts.length);
    }
  }

  /** Goes through the commands from the first on. */
  Reader reader() {
    return new Reader();
  }

  /** Where a walk through the queue is. */
  final class Reader {
    private int command;
    private int argument;
    private int at;

    /** Fills the list with the next command's arguments; its row, or null at the end. */
    Row next(Slices args) {
      args.clear();
      if (command == rows.size()) {
        return null;
      }
      for (int i = 0; i < counts[command]; i++) {
        args.add(bytes, at, lengths[argument]);
        at += lengths[argument++];
      }
      return rows.get(command++);
    }
  }
}
