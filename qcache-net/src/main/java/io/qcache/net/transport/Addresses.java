package io.qcache.net.transport;

import java.net.InetSocketAddress;

/** Addresses as Redis prints them: {@code 127.0.0.1:5001}, {@code [::1]:5001}. */
final class Addresses {
  private static final int GROUPS = 8;

  private Addresses() {}

  static String text(InetSocketAddress address) {
    byte[] bytes = address.getAddress().getAddress();
    return bytes.length == 4
        ? address.getAddress().getHostAddress() + ':' + address.getPort()
        : '[' + ipv6(bytes) + "]:" + address.getPort();
  }

  /** The shortest form, RFC 5952: the longest run of two or more zero groups becomes {@code ::}. */
  private static String ipv6(byte[] bytes) {
    int from = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = zeros(bytes, i);
      if (run > length) {
        from = i;
        length = run;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < GROUPS; ) {
      if (i == from) {
        text.append("::");
        i += length;
      } else {
        text.append(i > 0 && i != from + length ? ":" : "").append(Integer.toHexString(group(bytes, i++)));
      }
    }
    return text.toString();
  }

  private static int zeros(byte[] bytes, int group) {
    int end = group;
    while (end < GROUPS && group(bytes, end) == 0) {
      end++;
    }
    return end - group;
  }

  private static int group(byte[] bytes, int i) {
    return (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
  }
}
