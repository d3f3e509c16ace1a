package io.qcache.net.room;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells about this process in /proc; elsewhere every figure is missing. */
final class ProcessFigures {
  private static final long MICROS_A_TICK = 10_000; // USER_HZ is 100 wherever a JDK runs on Linux

  private ProcessFigures() {}

  /** Memory that the process occupies, in bytes, or -1. */
  static long residentBytes() {
    return kibibytes(Path.of("/proc/self/status"), "VmRSS:");
  }

  /** Memory that the machine has, in bytes, or -1. */
  static long systemBytes() {
    return kibibytes(Path.of("/proc/meminfo"), "MemTotal:");
  }

  private static long kibibytes(Path file, String label) {
    for (String line : text(file).split("\n")) {
      if (line.startsWith(label)) {
        String[] words = line.substring(label.length()).trim().split(" ");
        return Long.parseLong(words[0]) * 1024;
      }
    }
    return -1;
  }

  /** Processor time that all threads have taken, in microseconds: in the program, then in the kernel; or null. */
  static long[] cpuMicros() {
    String stat = text(Path.of("/proc/self/stat"));
    int nameEnd = stat.lastIndexOf(')'); // the name may hold blanks and parentheses itself
    String[] fields = nameEnd < 0 ? new String[0] : stat.substring(nameEnd + 1).trim().split(" ");
    if (fields.length < 13) {
      return null;
    }
    return new long[] {Long.parseLong(fields[11]) * MICROS_A_TICK, Long.parseLong(fields[12]) * MICROS_A_TICK};
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException absent) {
      return ""; // another system, or a container that hides it
    }
  }
}
