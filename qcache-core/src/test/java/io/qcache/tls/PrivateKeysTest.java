package io.qcache.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Private keys in all the forms that OpenSSL's users have them in. */
class PrivateKeysTest {
  private static final char[] NO_PASSWORD = {};
  private static final byte[] P_256 = HexFormat.of().parseHex("06082a8648ce3d030107");

  @TempDir private Path directory;

  private static KeyPair ec() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static PrivateKey key(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.startsWith("RSA")) {
      generator.initialize(1024); // to be quick: nobody is to be kept out by it
    }
    return generator.generateKeyPair().getPrivate();
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END " + label + "-----\n";
  }

  private PrivateKey read(String text, char[] password) throws Exception {
    Path file = directory.resolve("key.pem");
    Files.writeString(file, text);
    return PrivateKeys.read(file, password);
  }

  /** What is in the envelope that the JDK puts round a key. */
  private static byte[] bare(byte[] pkcs8) throws IOException {
    Der fields = new Der(pkcs8).enter(Der.SEQUENCE);
    fields.enter(Der.INTEGER);
    fields.enter(Der.SEQUENCE);
    return fields.enter(Der.OCTETS).bytes();
  }

  /** With the curve's name in it, as OpenSSL writes it. */
  private static byte[] withCurve(byte[] sec1) throws IOException {
    return Der.element(Der.SEQUENCE, new Der(sec1).enter(Der.SEQUENCE).bytes(), Der.element(Der.CONTEXT_0, P_256));
  }

  private static byte[] encrypted(byte[] pkcs8, String algorithm, String password) throws Exception {
    SecretKey secret = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray()));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.ENCRYPT_MODE, secret);
    byte[] bytes = cipher.doFinal(pkcs8);
    AlgorithmParameters parameters = cipher.getParameters();
    return Der.element(Der.SEQUENCE, identifier(algorithm, parameters.getEncoded()), Der.element(Der.OCTETS, bytes));
  }

  /** EncryptedPrivateKeyInfo makes it from JDK 19 on; until then the parameters of PBES2 were the whole identifier. */
  private static byte[] identifier(String algorithm, byte[] parameters) throws IOException {
    if (new Der(parameters).enter(Der.SEQUENCE).isNext(Der.OID)) {
      return parameters;
    }
    String oid = algorithm.endsWith("DESede") ? "060a2a864886f70d010c0103" : "06092a864886f70d01050d";
    return Der.element(Der.SEQUENCE, HexFormat.of().parseHex(oid), parameters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519", "RSASSA-PSS"})
  void pkcs8_isRead_ofEachAlgorithm(String algorithm) throws Exception {
    PrivateKey key = key(algorithm);
    assertThat(read(pem("PRIVATE KEY", key.getEncoded()), NO_PASSWORD)).isEqualTo(key);
  }

  @Test void pkcs1_isRead() throws Exception {
    PrivateKey key = key("RSA");
    assertThat(read(pem("RSA PRIVATE KEY", bare(key.getEncoded())), NO_PASSWORD)).isEqualTo(key);
  }

  @Test void sec1_isRead_whereverItsCurveIsNamed() throws Exception {
    ECPrivateKey key = (ECPrivateKey) ec().getPrivate();
    byte[] sec1 = bare(key.getEncoded());
    for (String text : new String[] {pem("EC PRIVATE KEY", withCurve(sec1)), pem("EC PARAMETERS", P_256) + pem("EC PRIVATE KEY", sec1)}) {
      ECPrivateKey read = (ECPrivateKey) read(text, NO_PASSWORD);
      assertThat(read.getS()).isEqualTo(key.getS());
      assertThat(read.getParams()).isEqualTo(key.getParams());
    }
    assertThatThrownBy(() -> read(pem("EC PRIVATE KEY", sec1), NO_PASSWORD)).hasMessage("its key names no curve");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PBEWithHmacSHA256AndAES_256", "PBEWithHmacSHA1AndAES_128", "PBEWithSHA1AndDESede"})
  void encryptedPkcs8_isOpenedByItsPassword_andByNoOther(String algorithm) throws Exception {
    PrivateKey key = ec().getPrivate();
    String text = pem("ENCRYPTED PRIVATE KEY", encrypted(key.getEncoded(), algorithm, "s3cret"));
    assertThat(read(text, "s3cret".toCharArray())).isEqualTo(key);
    for (int i = 0; i < 200; i++) { // some of them end with bytes that could be padding
      char[] other = ("other" + i).toCharArray();
      assertThatThrownBy(() -> read(text, other)).hasMessage("the password does not open its key");
    }
    assertThatThrownBy(() -> read(text, NO_PASSWORD)).hasMessage("its key is encrypted, and no password is given");
  }

  @Test void whatOpensslHasEncrypted_isOpened() throws Exception {
    String text = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjAcX/wmDz7YgICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEGLrMTgYnxwsJAE1/HdrH2wEgZCy
        SRVmWmeJBP2mREr7tjjnDQyhSNrLkHcIu05z0ZmkvzqLG0kj0bEFu5zOq38zc2FH
        TQ9bi+TRM6GnOKD5y36CID6WOxOvFzQaStHcPskuZ57Sl4h2+ObaKz9qx0WwpmsH
        NmJw8Glu5nw6YxDI7Du0pPQgQFIR4nZbP6oO0HMBizQtkhxkAphAAXWQbBqUxNc=
        -----END ENCRYPTED PRIVATE KEY-----
        """;
    assertThat(((ECPrivateKey) read(text, "s3cret".toCharArray())).getS()).isEqualTo(new BigInteger("1f1d0421aa15d8b3129b697e096be137f8cc0749798c037e200f1ee4cd28d6b3", 16));
  }

  @Test void textAroundTheBlocks_andOtherBlocks_areSkipped_andLineEndsMayBeAnybodys() throws Exception {
    PrivateKey key = ec().getPrivate();
    String text = "Bag Attributes\n" + pem("CERTIFICATE", new byte[3]) + "  more\n" + pem("PRIVATE KEY", key.getEncoded());
    assertThat(read(text.replace("\n", "\r\n"), NO_PASSWORD)).isEqualTo(key);
  }

  @Test void whatIsNoKey_saysWhatItIs() throws Exception {
    PrivateKey key = ec().getPrivate();
    String whole = pem("PRIVATE KEY", key.getEncoded());
    assertThatThrownBy(() -> read("", NO_PASSWORD)).hasMessage("there is no private key in it");
    assertThatThrownBy(() -> read(whole.substring(0, whole.indexOf("-----END")), NO_PASSWORD)).hasMessage("its block 'PRIVATE KEY' has no end");
    assertThatThrownBy(() -> read(whole.replace("END PRIVATE", "END PUBLIC"), NO_PASSWORD)).hasMessage("its block 'PRIVATE KEY' ends as another");
    assertThatThrownBy(() -> read(whole.replace("M", "*"), NO_PASSWORD)).hasMessage("its block 'PRIVATE KEY' is not base 64");
    assertThatThrownBy(() -> PrivateKeys.read(directory.resolve("none"), NO_PASSWORD)).hasMessage("no such file");
    assertThatThrownBy(() -> read(pem("RSA PRIVATE KEY", new byte[3]).replace("KEY-----\nA", "KEY-----\nDEK-Info: DES\n\nA"), NO_PASSWORD))
        .hasMessageContaining("in OpenSSL's old form");
  }

  @Test void aKeyCutAnywhere_isRefused_andNothingElse() throws Exception {
    for (byte[] form : new byte[][] {ec().getPrivate().getEncoded(), withCurve(bare(ec().getPrivate().getEncoded()))}) {
      String label = form[4] == 0 ? "PRIVATE KEY" : "EC PRIVATE KEY";
      for (int length = 0; length < form.length; length++) {
        byte[] cut = Arrays.copyOf(form, length);
        assertThatThrownBy(() -> read(pem(label, cut), NO_PASSWORD)).isInstanceOf(IOException.class);
      }
    }
  }
}
