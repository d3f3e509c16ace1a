package io.qcache.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Date;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Who one side of a connection is: a private key, and the chain of certificates that goes with it, its own first.  Shown
 * to every peer whose algorithms fit, whatever names it asks for.  Immutable.
 */
public final class Identity extends X509ExtendedKeyManager {
  private static final String ALIAS = "identity";
  private static final byte[] PROBE = new byte[32];

  private final PrivateKey key;
  private final X509Certificate[] chain;

  private Identity(PrivateKey key, X509Certificate[] chain) {
    this.key = key;
    this.chain = chain;
  }

  /**
   * Reads PEM files: the certificates from one, the key from the same or another, as PKCS#8, encrypted or not, PKCS#1 or
   * SEC1.
   *
   * @param password empty for none
   * @throws IOException naming the file and what is wrong with it
   */
  public static Identity read(Path certificates, Path key, char[] password) throws IOException {
    X509Certificate[] chain;
    try {
      chain = Certificates.read(certificates).toArray(new X509Certificate[0]);
    } catch (IOException e) {
      throw named(certificates, e);
    }
    try {
      Identity identity = new Identity(PrivateKeys.read(key, password), chain);
      identity.requireMatch();
      return identity;
    } catch (IOException e) {
      throw named(key, e);
    }
  }

  static IOException named(Path path, IOException e) {
    return new IOException(path + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()), e);
  }

  /** Signs something and looks whether the certificate says that it is right. */
  private void requireMatch() throws IOException {
    PublicKey known = chain[0].getPublicKey();
    boolean matches;
    try {
      Signature signer = signature();
      signer.initSign(key);
      signer.update(PROBE);
      byte[] signed = signer.sign();
      Signature verifier = signature();
      verifier.initVerify(known);
      verifier.update(PROBE);
      matches = verifier.verify(signed);
    } catch (GeneralSecurityException e) {
      matches = false;
    }
    if (!matches) {
      throw new IOException("its key is not the one that the certificate is for");
    }
  }

  private Signature signature() throws GeneralSecurityException {
    switch (key.getAlgorithm()) {
      case "RSA":
        return Signature.getInstance("SHA256withRSA");
      case "EC":
        return Signature.getInstance("SHA256withECDSA");
      case "RSASSA-PSS":
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        return signature;
      default:
        return Signature.getInstance(key.getAlgorithm());
    }
  }

  /** Until when its certificate is valid. */
  public Date validUntil() {
    return chain[0].getNotAfter();
  }

  private String alias(String... keyTypes) {
    for (String type : keyTypes == null ? new String[0] : keyTypes) {
      if (type.equals(key.getAlgorithm()) || type.startsWith(key.getAlgorithm().concat("_"))) {
        return ALIAS;
      }
    }
    return null;
  }

  private String[] aliases(String type) {
    return alias(type) == null ? null : new String[] {ALIAS};
  }

  @Override public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return alias(keyType);
  }

  @Override public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
    return alias(keyTypes);
  }

  @Override public String[] getClientAliases(String keyType, Principal[] issuers) {
    return aliases(keyType);
  }

  @Override public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return alias(keyTypes);
  }

  @Override public String[] getServerAliases(String keyType, Principal[] issuers) {
    return aliases(keyType);
  }

  @Override public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return alias(keyType);
  }

  @Override public X509Certificate[] getCertificateChain(String alias) {
    return chain.clone();
  }

  @Override public PrivateKey getPrivateKey(String alias) {
    return key;
  }
}
