package io.qcache.net.loop;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How many files and sockets the system lets this process have; stateless.  JMX would tell too, and cost a start. */
final class Descriptors {
  private static final int RESERVED = 32;     // for files, jars, the standard streams
  private static final int EACH_LOOP = 4;     // selectors and what wakes them
  private static final int MOST_READ = 8 << 10;
  private static final String ROW = "Max open files";

  private Descriptors() {}

  /** The connections that there can be beside what must be kept in reserve, 1 at least; Long.MAX_VALUE if unknown. */
  static long clients(int loops) {
    try (FileInputStream in = new FileInputStream("/proc/self/limits")) {
      byte[] bytes = in.readNBytes(MOST_READ);
      long most = limit(new String(bytes, StandardCharsets.ISO_8859_1));
      return most == Long.MAX_VALUE ? most : Math.max(1, most - RESERVED - (long) EACH_LOOP * loops);
    } catch (IOException notLinux) {
      return Long.MAX_VALUE;
    }
  }

  /** The first number of the row, Long.MAX_VALUE where there is none. */
  static long limit(String rows) {
    int row = rows.indexOf(ROW);
    if (row < 0) {
      return Long.MAX_VALUE;
    }
    int at = row + ROW.length();
    while (at < rows.length() && rows.charAt(at) == ' ') {
      at++;
    }
    long number = 0;
    int start = at;
    for (; at < rows.length() && rows.charAt(at) >= '0' && rows.charAt(at) <= '9' && at - start < 18; at++) {
      number = number * 10 + rows.charAt(at) - '0';
    }
    return at == start ? Long.MAX_VALUE : number;
  }
}
