package io.qcache.benchmarks.hits;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads the traces that the literature passes around, plain or gzip, told by what is in them and not by their names.
 * <pre>
 *   text     a key number a line, as the LIRS traces have it; blank lines, lines that begin with # and the LIRS
 *            marks '*' are passed over
 *   records  32-bit numbers, where a zero byte comes early; in which order their bytes are makes no difference, since
 *            a key is only ever compared with itself
 * </pre>
 */
final class TraceFile {
  private static final int SNIFFED = 4096;
  private static final int LONGEST_TOKEN = 40; // what an error shows of it

  private TraceFile() {}

  /**
   * The trace of that file, or of standard input if it is {@code -}.
   *
   * @throws BadInput if there is no such file, or it holds what is no trace: named by line and token, or by byte
   */
  static Trace read(String file, InputStream standardInput) {
    String name = file.equals("-") ? "standard input" : file;
    try {
      if (file.equals("-")) {
        return read(name, "standard-input", standardInput);
      }
      try (InputStream in = Files.newInputStream(Path.of(file))) {
        return read(name, shortName(file), in);
      }
    } catch (NoSuchFileException missing) {
      throw new BadInput(name + ": no such file, and no synthetic trace is called so");
    } catch (ZipException | EOFException damaged) {
      throw new BadInput(name + ": damaged gzip: " + damaged.getMessage());
    } catch (IOException | java.nio.file.InvalidPathException failed) {
      throw new BadInput(name + ": " + failed.getMessage());
    }
  }

  private static String shortName(String file) {
    String last = Path.of(file).getFileName().toString();
    int dot = last.indexOf('.', 1);
    return dot < 0 ? last : last.substring(0, dot);
  }

  private static Trace read(String name, String shortName, InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
    byte[] start = peek(in, 6);
    if (start.length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b) {
      in = new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16);
    } else if (Arrays.equals(start, new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0})) {
      throw new BadInput(name + ": is xz: pipe it through xz -dc and name the trace -");
    }
    Trace.Builder trace = new Trace.Builder();
    if (hasZero(peek(in, SNIFFED))) {
      readRecords(name, in, trace);
    } else {
      readText(name, in, trace);
    }
    if (trace.length() == 0) {
      throw new BadInput(name + ": no request in it");
    }
    return trace.build(shortName);
  }

  private static byte[] peek(BufferedInputStream in, int most) throws IOException {
    in.mark(most);
    byte[] start = in.readNBytes(most);
    in.reset();
    return start;
  }

  private static boolean hasZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  private static void readRecords(String name, InputStream in, Trace.Builder trace) throws IOException {
    long count = 0;
    for (byte[] record = in.readNBytes(4); record.length > 0; record = in.readNBytes(4)) {
      if (record.length < 4) {
        throw new BadInput(name + ": " + record.length + " bytes too many after record " + count
            + ": records have 4 bytes each");
      }
      trace.add((record[0] & 0xff) << 24 | (record[1] & 0xff) << 16 | (record[2] & 0xff) << 8 | record[3] & 0xff);
      count++;
    }
  }

  private static void readText(String name, InputStream in, Trace.Builder trace) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long number = 1;
    int next;
    do {
      next = in.read();
      if (next == '\n' || next < 0) {
        String token = line.toString(java.nio.charset.StandardCharsets.ISO_8859_1).strip();
        line.reset();
        if (!token.isEmpty() && !token.startsWith("#") && !token.equals("*")) {
          trace.add(key(name, number, token));
        }
        number++;
      } else if (line.size() < LONGEST_TOKEN * 100) { // a longer line is a comment or an error: its start will do
        line.write(next);
      }
    } while (next >= 0);
  }

  private static long key(String name, long line, String token) {
    long key = 0;
    for (int i = 0; i < token.length(); i++) {
      int digit = token.charAt(i) - '0';
      if (digit < 0 || digit > 9 || key > (Long.MAX_VALUE - digit) / 10) {
        String shown = token.length() > LONGEST_TOKEN ? token.substring(0, LONGEST_TOKEN) + "..." : token;
        throw new BadInput(name + ":" + line + ": not a key number: '" + printable(shown) + "'");
      }
      key = key * 10 + digit;
    }
    return key;
  }

  /** Control characters of a file that is no trace do not reach the terminal. */
  private static String printable(String token) {
    return token.replaceAll("[^ -~]", "?");
  }
}
