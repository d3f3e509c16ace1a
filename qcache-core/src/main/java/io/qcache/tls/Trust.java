package io.qcache.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Whom one side of a connection believes.  Stateless. */
public final class Trust {
  private Trust() {}

  /**
   * Those whose certificates go back to one of a PEM file.
   *
   * @throws IOException naming the file and what is wrong with it
   */
  public static TrustManager[] read(Path certificates) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (X509Certificate each : Certificates.read(certificates)) {
        store.setCertificateEntry(Integer.toString(count++), each);
      }
      return of(store);
    } catch (IOException e) {
      throw Identity.named(certificates, e);
    } catch (GeneralSecurityException e) {
      throw new IOException(certificates + ": " + e.getMessage(), e);
    }
  }

  /** Those whose certificates go back to one of the store; null for the JDK's own. */
  public static TrustManager[] of(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
