package io.qcache.net;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What the system tells a starting process, asked for in the way that costs least. */
final class Startup {
  private static final int LONG_BYTES = Long.BYTES;

  private Startup() {}

  /** The id of this process: from /proc where there is one, for ProcessHandle brings a thread pool along. */
  static long pid() {
    try (InputStream in = new FileInputStream("/proc/self/stat")) {
      long pid = 0;
      for (int c = in.read(); c >= '0' && c <= '9'; c = in.read()) {
        pid = 10 * pid + c - '0';
      }
      if (pid > 0) {
        return pid;
      }
    } catch (IOException noSuchFile) {
      // another system
    }
    return ProcessHandle.current().pid();
  }

  /** 128 bits that nobody can guess, from where SecureRandom has its own; null where there is no such file. */
  static long[] secret() {
    try (InputStream in = new FileInputStream("/dev/urandom")) {
      byte[] bytes = in.readNBytes(2 * LONG_BYTES);
      return bytes.length == 2 * LONG_BYTES ? new long[] {number(bytes, 0), number(bytes, LONG_BYTES)} : null;
    } catch (IOException noSuchFile) {
      return null;
    }
  }

  private static long number(byte[] bytes, int from) {
    long number = 0;
    for (int i = from; i < from + LONG_BYTES; i++) {
      number = number << Byte.SIZE | bytes[i] & 0xff;
    }
    return number;
  }
}
