package io.qcache.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate with its private key, made byte by byte for a test (RFC 5280): P-256, signed by another or by itself. */
final class TestCertificate {
  private static final byte[] ECDSA_SHA256 = element(0x30, hex("06082a8648ce3d040302"));
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static long serial = System.nanoTime();

  final KeyPair keys;
  final X509Certificate certificate;

  private TestCertificate(KeyPair keys, X509Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  /** One that others can be issued by. */
  static TestCertificate authority(String name) throws Exception {
    return make(name, null, Instant.now().plus(Duration.ofDays(1)));
  }

  /** One for those hosts that vouches for itself. */
  static TestCertificate selfSigned(String name, String... hosts) throws Exception {
    return make(name, null, Instant.now().plus(Duration.ofDays(1)), hosts);
  }

  /** One for those hosts, names or addresses of IPv4. */
  TestCertificate issue(String name, String... hosts) throws Exception {
    return make(name, this, Instant.now().plus(Duration.ofDays(1)), hosts);
  }

  TestCertificate issueExpired(String name, String... hosts) throws Exception {
    return make(name, this, Instant.now().minus(Duration.ofHours(1)), hosts);
  }

  private static synchronized TestCertificate make(String name, TestCertificate issuer, Instant until, String... hosts)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    byte[] subject = name(name);
    byte[] extensions = element(0x30, hosts.length == 0 ? authority() : alternativeNames(hosts));
    byte[] body = element(0x30,
        element(0xa0, element(0x02, new byte[] {2})),
        element(0x02, BigInteger.valueOf(serial++).toByteArray()),
        ECDSA_SHA256,
        issuer == null ? subject : issuer.certificate.getSubjectX500Principal().getEncoded(),
        element(0x30, time(until.minus(Duration.ofDays(2))), time(until)),
        subject,
        keys.getPublic().getEncoded(),
        element(0xa3, extensions));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign((issuer == null ? keys : issuer.keys).getPrivate());
    signature.update(body);
    byte[] whole = element(0x30, body, ECDSA_SHA256, element(0x03, new byte[1], signature.sign()));
    return new TestCertificate(keys, (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(whole)));
  }

  private static byte[] name(String text) {
    return element(0x30, element(0x31, element(0x30, hex("0603550403"),
        element(0x0c, text.getBytes(StandardCharsets.UTF_8)))));
  }

  private static byte[] time(Instant instant) {
    return element(0x17, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] authority() {
    return element(0x30, hex("0603551d13"), hex("0101ff"), element(0x04, element(0x30, hex("0101ff"))));
  }

  private static byte[] alternativeNames(String... hosts) throws IOException {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    for (String host : hosts) {
      names.writeBytes(Character.isDigit(host.charAt(0))
          ? element(0x87, InetAddress.getByName(host).getAddress())
          : element(0x82, host.getBytes(StandardCharsets.US_ASCII)));
    }
    return element(0x30, hex("0603551d11"), element(0x04, element(0x30, names.toByteArray())));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (body.size() >= 0x100) {
      out.write(0x82);
      out.write(body.size() >> 8);
    } else if (body.size() >= 0x80) {
      out.write(0x81);
    }
    out.write(body.size());
    out.writeBytes(body.toByteArray());
    return out.toByteArray();
  }

  /** Writes the certificate as a PEM file. */
  Path certificateFile(Path directory, String name) throws Exception {
    return Files.writeString(directory.resolve(name), pem("CERTIFICATE", certificate.getEncoded()));
  }

  /** Writes the key as a PEM file. */
  Path keyFile(Path directory, String name) throws Exception {
    return Files.writeString(directory.resolve(name), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes)
        + "\n-----END " + label + "-----\n";
  }

  /** For a side that trusts this one, and shows that one, or nobody for null. */
  SSLContext context(TestCertificate self) throws Exception {
    KeyStore trusted = store();
    trusted.setCertificateEntry("ca", certificate);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(self == null ? new KeyManager[0] : self.keyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private KeyManager[] keyManagers() throws Exception {
    KeyStore own = store();
    own.setKeyEntry("self", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(own, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    return store;
  }
}
