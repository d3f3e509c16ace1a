package io.qcache.net.differential;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What servers say to raw bytes on a connection of its own, whose sending side is then shut, until they close it. */
final class RawConversation {
  private static final int QUIET_MILLIS = 2_000;
  private static final int SHORT = 1_000;
  private static final int MOST_SHOWN = 4_000;

  private final byte[] bytes;

  /** Every char a byte. */
  RawConversation(String latin1) {
    bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  boolean isShort() {
    return bytes.length < SHORT;
  }

  String whole(InetSocketAddress address) throws IOException {
    return inPieces(address, bytes.length);
  }

  String byteByByte(InetSocketAddress address) throws IOException {
    return inPieces(address, 1);
  }

  /** Greeting's ids and versions are left out. */
  private String inPieces(InetSocketAddress address, int piece) throws IOException {
    try (Connection connection = new Connection(address)) {
      for (int at = 0; at < bytes.length; at += piece) {
        connection.send(Arrays.copyOfRange(bytes, at, at + piece));
      }
      connection.endOutput();
      return Escapes.of(connection.receiveAll(QUIET_MILLIS), MOST_SHOWN)
          .replaceAll("(\\$7\\\\r\\\\nversion\\\\r\\\\n\\$)\\d+\\\\r\\\\n[^\\\\]*", "$1")
          .replaceAll("(\\$2\\\\r\\\\nid\\\\r\\\\n:)\\d+", "$1");
    }
  }
}
