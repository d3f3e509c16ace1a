package io.qcache.net.transport;

import io.qcache.Log;
import io.qcache.net.option.Option;
import io.qcache.net.option.Options;
import io.qcache.tls.Identity;
import io.qcache.tls.Trust;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** One state of the TLS options, with their files read.  Immutable; thread-safe. */
final class TlsSettings {
  private static final Option[] OPTIONS = {
    Option.TLS_CERT_FILE, Option.TLS_KEY_FILE, Option.TLS_KEY_FILE_PASS, Option.TLS_CA_CERT_FILE,
    Option.TLS_AUTH_CLIENTS, Option.TLS_PROTOCOLS, Option.TLS_CIPHERS, Option.TLS_CIPHERSUITES,
    Option.TLS_PREFER_SERVER_CIPHERS,
  };
  private static final int SESSION_SECONDS = 300;
  private static final int MOST_SESSIONS = 20 << 10;
  private static final List<String> PROTOCOLS = List.of(Tls.TLS_1_3, "TLSv1.2");

  private final SSLContext context;
  private final SSLParameters parameters;

  private TlsSettings(SSLContext context, SSLParameters parameters) {
    this.context = context;
    this.parameters = parameters;
  }

  static boolean isOne(Option option) {
    for (Option each : OPTIONS) {
      if (each == option) {
        return true;
      }
    }
    return false;
  }

  /** Reads the files; an IOException says which option cannot be, and why. */
  static TlsSettings of(Options options, Log log) throws IOException {
    Identity identity = identity(options);
    if (identity.validUntil().before(new Date())) {
      log.log(Level.WARNING, "the certificate of tls-cert-file has expired: " + identity.validUntil());
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {identity}, trust(options), null);
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      context.getServerSessionContext().setSessionCacheSize(MOST_SESSIONS);
      return new TlsSettings(context, parameters(options, context));
    } catch (GeneralSecurityException e) {
      throw new IOException("this JVM has no TLS: " + e.getMessage(), e);
    }
  }

  private static Identity identity(Options options) throws IOException {
    require(options, Option.TLS_CERT_FILE);
    require(options, Option.TLS_KEY_FILE);
    try {
      return Identity.read(options.path(Option.TLS_CERT_FILE), options.path(Option.TLS_KEY_FILE),
          options.text(Option.TLS_KEY_FILE_PASS).toCharArray());
    } catch (InvalidPathException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void require(Options options, Option option) throws IOException {
    if (options.text(option).isEmpty()) {
      throw new IOException(option.title() + " is not given");
    }
  }

  private static boolean asksClients(Options options) {
    return !options.text(Option.TLS_AUTH_CLIENTS).equals("no");
  }

  private static TrustManager[] trust(Options options) throws IOException {
    if (!asksClients(options)) {
      return new TrustManager[0];
    }
    if (options.text(Option.TLS_CA_CERT_FILE).isEmpty()) {
      throw new IOException("tls-ca-cert-file must be given, unless tls-auth-clients is no");
    }
    try {
      return Trust.read(options.path(Option.TLS_CA_CERT_FILE));
    } catch (InvalidPathException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static SSLParameters parameters(Options options, SSLContext context) throws IOException {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(protocols(options.text(Option.TLS_PROTOCOLS)));
    parameters.setCipherSuites(new CipherNames(context).suites(
        options.text(Option.TLS_CIPHERSUITES), options.text(Option.TLS_CIPHERS)));
    parameters.setUseCipherSuitesOrder(options.isOn(Option.TLS_PREFER_SERVER_CIPHERS));
    if (options.text(Option.TLS_AUTH_CLIENTS).equals("optional")) {
      parameters.setWantClientAuth(true);
    } else {
      parameters.setNeedClientAuth(asksClients(options));
    }
    return parameters;
  }

  private static String[] protocols(String words) throws IOException {
    List<String> all = new ArrayList<>();
    for (String word : words.isBlank() ? new String[0] : words.trim().split("\\s+")) {
      String known = null;
      for (String each : PROTOCOLS) {
        known = each.equalsIgnoreCase(word) ? each : known;
      }
      if (known == null) {
        throw new IOException("tls-protocols may be TLSv1.2 and TLSv1.3, not '" + word + "'");
      }
      all.add(known);
    }
    return (all.isEmpty() ? PROTOCOLS : all).toArray(new String[0]);
  }

  SSLEngine engine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters);
    return engine;
  }
}
