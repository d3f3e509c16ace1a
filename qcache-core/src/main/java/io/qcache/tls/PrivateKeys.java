package io.qcache.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Reads a private key from a PEM file.  The JDK knows PKCS#8 alone, so the other forms are put into that first:
 *
 * <pre>
 *   PRIVATE KEY             PKCS#8            0, algorithm, key
 *   ENCRYPTED PRIVATE KEY   PKCS#8 encrypted  PBES2 (OpenSSL's default) or the older PBE of the JDK
 *   RSA PRIVATE KEY         PKCS#1            the key of RSA
 *   EC PRIVATE KEY          SEC1              the key of an elliptic curve, which its parameters name
 * </pre>
 */
final class PrivateKeys {
  private static final String WRONG_PASSWORD = "the password does not open its key";
  private static final byte[] ZERO = Der.element(Der.INTEGER, new byte[1]);
  private static final byte[] RSA = Der.element(Der.SEQUENCE, oid("2a864886f70d010101"), new byte[] {5, 0});
  private static final byte[] EC = oid("2a8648ce3d0201");
  private static final String[] ALGORITHMS = { // the contents of their identifiers, and the JDK's names
    "2a864886f70d010101", "RSA", "2a864886f70d01010a", "RSASSA-PSS", "2a8648ce3d0201", "EC", "2b6570", "EdDSA",
    "2b6571", "EdDSA",
  };

  private PrivateKeys() {}

  private static byte[] oid(String hex) {
    return Der.element(Der.OID, HexFormat.of().parseHex(hex));
  }

  /** The first key of the file; an IOException says what is wrong, without the path. */
  static PrivateKey read(Path path, char[] password) throws IOException {
    byte[] curve = null;
    for (Pem.Block block : Pem.read(path)) {
      switch (block.label()) {
        case "PRIVATE KEY":
          return key(block.bytes());
        case "ENCRYPTED PRIVATE KEY":
          return encryptedKey(decrypted(block.bytes(), password));
        case "RSA PRIVATE KEY":
          requirePlain(block);
          return key(pkcs8(RSA, block.bytes()));
        case "EC PARAMETERS":
          curve = block.bytes();
          break;
        case "EC PRIVATE KEY":
          requirePlain(block);
          return key(pkcs8(Der.element(Der.SEQUENCE, EC, curve(block.bytes(), curve)), block.bytes()));
        default: // a certificate beside it, say
          break;
      }
    }
    throw new IOException("there is no private key in it");
  }

  private static void requirePlain(Pem.Block block) throws IOException {
    if (!block.headers().isEmpty()) {
      throw new IOException("its key is encrypted in OpenSSL's old form: convert it by 'openssl pkcs8 -topk8'");
    }
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return Der.element(Der.SEQUENCE, ZERO, algorithm, Der.element(Der.OCTETS, key));
  }

  /** The curve's identifier: in the key, or in a block before it. */
  private static byte[] curve(byte[] key, byte[] before) throws IOException {
    Der fields = new Der(key).enter(Der.SEQUENCE);
    fields.enter(Der.INTEGER);
    fields.enter(Der.OCTETS);
    if (fields.isNext(Der.CONTEXT_0)) {
      return fields.enter(Der.CONTEXT_0).bytes();
    }
    if (before == null) {
      throw new IOException("its key names no curve");
    }
    return before;
  }

  /** Of bytes that another password may have decrypted: one in 256 of them ends as if it were the right one. */
  private static PrivateKey encryptedKey(byte[] decrypted) throws IOException {
    try {
      new Der(decrypted).enter(Der.SEQUENCE).enter(Der.INTEGER);
    } catch (IOException noKey) {
      throw new IOException(WRONG_PASSWORD, noKey);
    }
    return key(decrypted);
  }

  private static PrivateKey key(byte[] pkcs8) throws IOException {
    Der fields = new Der(pkcs8).enter(Der.SEQUENCE);
    fields.enter(Der.INTEGER);
    byte[] identifier = fields.enter(Der.SEQUENCE).enter(Der.OID).bytes();
    try {
      return KeyFactory.getInstance(algorithm(identifier)).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new IOException("its key is none that can be used: " + e.getMessage(), e);
    }
  }

  private static String algorithm(byte[] identifier) throws IOException {
    for (int i = 0; i < ALGORITHMS.length; i += 2) {
      if (Arrays.equals(identifier, HexFormat.of().parseHex(ALGORITHMS[i]))) {
        return ALGORITHMS[i + 1];
      }
    }
    throw new IOException("its key is for an algorithm that is not known");
  }

  private static byte[] decrypted(byte[] bytes, char[] password) throws IOException {
    if (password.length == 0) {
      throw new IOException("its key is encrypted, and no password is given");
    }
    EncryptedPrivateKeyInfo info;
    String algorithm;
    try {
      info = new EncryptedPrivateKeyInfo(bytes);
      // Of PBES2 the parameters alone name what is needed; their text is that name.
      algorithm = info.getAlgParameters() == null ? info.getAlgName() : info.getAlgParameters().toString();
      algorithm = algorithm.startsWith("PBE") && algorithm.indexOf('\n') < 0 ? algorithm : info.getAlgName();
    } catch (IOException | RuntimeException e) {
      throw new IOException("its key is encrypted in a way that is not known", e);
    }
    return decrypted(info, algorithm, password);
  }

  private static byte[] decrypted(EncryptedPrivateKeyInfo info, String algorithm, char[] password) throws IOException {
    SecretKey secret;
    Cipher cipher;
    try {
      secret = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password));
      cipher = Cipher.getInstance(algorithm);
    } catch (GeneralSecurityException e) {
      throw new IOException("its key is encrypted in a way that is not known: " + algorithm, e);
    }
    try {
      cipher.init(Cipher.DECRYPT_MODE, secret, info.getAlgParameters());
      return cipher.doFinal(info.getEncryptedData());
    } catch (GeneralSecurityException e) {
      throw new IOException(WRONG_PASSWORD, e);
    }
  }
}
