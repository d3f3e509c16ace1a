package io.qcache.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The blocks of a PEM file (RFC 7468); what stands between them is skipped, as OpenSSL does.
 *
 * <pre>
 *   -----BEGIN CERTIFICATE-----
 *   MIIB…
 *   -----END CERTIFICATE-----
 * </pre>
 */
final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int MOST_BYTES = 16 << 20; // a list of certificates has a few hundred kilobytes

  /** One block; {@code headers} as old key files have them, empty for none. */
  record Block(String label, String headers, byte[] bytes) {}

  private Pem() {}

  /** All blocks; an IOException says what is wrong, without the path. */
  static List<Block> read(Path path) throws IOException {
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw new IOException("it is longer than " + MOST_BYTES + " bytes");
      }
      return parse(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      throw new IOException("no such file", e);
    }
  }

  static List<Block> parse(String text) throws IOException {
    List<Block> blocks = new ArrayList<>();
    String label = null;
    StringBuilder headers = new StringBuilder();
    StringBuilder body = new StringBuilder();
    for (String line : text.split("\r\n|\r|\n")) {
      String trimmed = line.strip();
      if (label == null) {
        label = label(trimmed, BEGIN);
        headers.setLength(0);
        body.setLength(0);
      } else if (trimmed.startsWith(END)) {
        if (!label.equals(label(trimmed, END))) {
          throw new IOException("its block '" + label + "' ends as another");
        }
        blocks.add(new Block(label, headers.toString(), decoded(label, body.toString())));
        label = null;
      } else if (trimmed.indexOf(':') > 0) {
        headers.append(trimmed).append('\n');
      } else {
        body.append(trimmed);
      }
    }
    if (label != null) {
      throw new IOException("its block '" + label + "' has no end");
    }
    return blocks;
  }

  private static String label(String line, String start) {
    return line.startsWith(start) && line.endsWith(DASHES) && line.length() > start.length() + DASHES.length()
        ? line.substring(start.length(), line.length() - DASHES.length()) : null;
  }

  private static byte[] decoded(String label, String body) throws IOException {
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new IOException("its block '" + label + "' is not base 64", e);
    }
  }
}
