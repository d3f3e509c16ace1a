package io.qcache.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads the certificates of a PEM file. */
final class Certificates {
  private Certificates() {}

  /** All of them in their order, at least one; an IOException says what is wrong, without the path. */
  static List<X509Certificate> read(Path path) throws IOException {
    List<X509Certificate> all = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Pem.Block block : Pem.read(path)) {
        if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
          all.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
        }
      }
    } catch (CertificateException e) {
      throw new IOException("a certificate in it is malformed", e);
    }
    if (all.isEmpty()) {
      throw new IOException("there is no certificate in it");
    }
    return all;
  }
}
