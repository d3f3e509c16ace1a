package io.qcache.net.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * Cipher suites by their names: those of TLS 1.3, which all libraries share, and for TLS 1.2 either OpenSSL's, as
 * {@code ECDHE-RSA-AES128-GCM-SHA256}, or the standard's.  OpenSSL's keywords, as HIGH or !MD5, are none.
 */
final class CipherNames {
  private static final String WITH = "_WITH_";

  private final Map<String, String> suites = new HashMap<>(); // by each of their names
  private final String[] presets;

  CipherNames(SSLContext context) {
    presets = context.getDefaultSSLParameters().getCipherSuites();
    for (String suite : context.getSupportedSSLParameters().getCipherSuites()) {
      suites.put(suite, suite);
      suites.putIfAbsent(openSslName(suite), suite);
    }
  }

  /** {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256} is ECDHE-RSA-AES128-GCM-SHA256, of plain RSA AES128-GCM-SHA256. */
  static String openSslName(String suite) {
    int with = suite.indexOf(WITH);
    if (with < 0) {
      return suite;
    }
    String exchange = suite.substring("TLS_".length(), with).replace('_', '-');
    String cipher = suite.substring(with + WITH.length()).replace("AES_", "AES").replace('_', '-').replace("-CBC", "");
    cipher = cipher.startsWith("CHACHA20") ? "CHACHA20-POLY1305" : cipher;
    return exchange.equals("RSA") ? cipher : exchange + '-' + cipher;
  }

  private static boolean isOf13(String suite) {
    return !suite.contains(WITH);
  }

  /** The suites of both lists, each the JDK's own where it is empty; an IOException names what is none. */
  String[] suites(String of13, String of12) throws IOException {
    List<String> all = new ArrayList<>();
    add(all, of13, true, "tls-ciphersuites");
    add(all, of12, false, "tls-ciphers");
    return all.toArray(new String[0]);
  }

  private void add(List<String> all, String names, boolean wants13, String option) throws IOException {
    if (names.isEmpty()) {
      for (String suite : presets) {
        if (isOf13(suite) == wants13 && !suite.endsWith("_SCSV")) {
          all.add(suite);
        }
      }
      return;
    }
    for (String name : names.split("[: ,]+")) {
      String suite = suites.get(name);
      if (suite == null || isOf13(suite) != wants13) {
        throw new IOException(option + ": there is no suite '" + name + "'");
      }
      all.add(suite);
    }
  }
}
