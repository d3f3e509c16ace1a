package io.qcache.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class KeyedHashTest {
  private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);
  private static final BigInteger TWO_128 = BigInteger.ONE.shiftLeft(128);

  @Test void hash_isTheSumOfProductsFolded_forEveryLengthAndPlace() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] key = bytes(random, i < 300 ? i : random.nextInt(70));
      long first = random.nextLong();
      long second = random.nextLong();
      int offset = random.nextInt(9);
      byte[] around = new byte[offset + key.length + random.nextInt(9)];
      random.nextBytes(around);
      System.arraycopy(key, 0, around, offset, key.length);
      assertThat(new KeyedHash(first, second).hash(around, offset, key.length))
          .as("%d bytes at %d, seed %d", key.length, offset, seed)
          .isEqualTo(reference(new SipHash(first, second), key));
    }
  }

  @Test void keysOfOneLength_haveOtherWordsEach_soThatNoneIsLost() {
    KeyedHash hash = new KeyedHash(7, 8);
    for (int length = 1; length <= 70; length++) {
      Set<Long> seen = new HashSet<>();
      byte[] key = new byte[length];
      seen.add(hash.hash(key, 0, length));
      for (int bit = 0; bit < 8 * length; bit++) {
        key[bit / 8] ^= (byte) (1 << bit % 8);
        assertThat(seen.add(hash.hash(key, 0, length))).as("bit %d of %d bytes", bit, length).isTrue();
        key[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }
    assertThat(hash.hash(new byte[3], 0, 3)).isNotEqualTo(hash.hash(new byte[4], 0, 4));
  }

  /** What has broken other hashes by products: changes that collide whatever the secret is. */
  @Test void noChangeOfWords_collidesUnderManySecrets() {
    Random random = new Random(11);
    for (UnaryOperator<long[]> change : ATTACKS) {
      int collisions = 0;
      for (int trial = 0; trial < 20_000; trial++) {
        long[] words = {random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()};
        long[] changed = change.apply(words.clone());
        int count = trial % 2 == 0 ? 2 : 4;
        byte[] one = bytes(words, count);
        byte[] other = bytes(changed, count);
        KeyedHash hash = new KeyedHash(random.nextLong(), random.nextLong());
        collisions += !Arrays.equals(one, other) && hash.hash(one, 0, one.length) == hash.hash(other, 0, other.length) ? 1 : 0;
      }
      assertThat(collisions).isZero();
    }
  }

  private static final List<UnaryOperator<long[]>> ATTACKS = List.of(
      w -> new long[] {~w[0], ~w[1], w[2], w[3]},
      w -> new long[] {~w[0] ^ 1, ~w[1] ^ 1, w[2], w[3]}, // negation of both factors, had the secrets come by xor
      w -> new long[] {-w[0], -w[1], w[2], w[3]},
      w -> new long[] {w[1], w[0], w[2], w[3]},
      w -> new long[] {w[0], w[1], w[3], w[2]},
      w -> new long[] {w[2], w[3], w[0], w[1]},
      w -> new long[] {w[0] ^ Long.MIN_VALUE, w[1] ^ Long.MIN_VALUE, w[2], w[3]},
      w -> new long[] {w[0] + 1, w[1], w[2] - 1, w[3]},
      w -> new long[] {w[0] << 1, w[1] >> 1, w[2], w[3]},
      w -> new long[] {0, w[1], w[2], w[3]},
      w -> new long[] {w[0] ^ 1L << 63, w[1], w[2] ^ 1L << 63, w[3]});

  @Test void keysThatCountUp_fillBucketsByTheLeadingBits_asChanceWould() {
    KeyedHash hash = new KeyedHash(3, 4);
    for (String form : List.of("%d", "key:%016d", "user:%d:profile:settings:and:more", "%08d-long-enough-for-the-four-products-of-it")) {
      int[] buckets = new int[1 << 10];
      int keys = 1 << 16;
      for (int i = 0; i < keys; i++) {
        byte[] key = String.format(form, i).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        buckets[(int) (hash.hash(key, 0, key.length) >>> 54)]++;
      }
      double chiSquare = 0;
      double expected = (double) keys / buckets.length;
      for (int bucket : buckets) {
        chiSquare += (bucket - expected) * (bucket - expected) / expected;
      }
      assertThat(chiSquare).as(form).isBetween(1023 - 6 * 45.2, 1023 + 6 * 45.2); // 1,023 degrees: a deviation is 45.2
    }
  }

  @Test void everyBitOfAKey_turnsHalfOfTheHash() {
    Random random = new Random(5);
    for (int length : new int[] {1, 3, 4, 7, 8, 9, 16, 17, 20, 32, 33, 64}) {
      int trials = 400;
      long turned = 0;
      for (int trial = 0; trial < trials; trial++) {
        KeyedHash hash = new KeyedHash(random.nextLong(), random.nextLong());
        byte[] key = bytes(random, length);
        long before = hash.hash(key, 0, length);
        int bit = random.nextInt(8 * length);
        key[bit / 8] ^= (byte) (1 << bit % 8);
        turned += Long.bitCount(before ^ hash.hash(key, 0, length));
      }
      assertThat((double) turned / trials).as("of %d bytes", length).isBetween(31.0, 33.0); // a deviation is 0.2
    }
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] bytes(long[] words, int count) {
    byte[] bytes = new byte[8 * count];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (words[i / 8] >>> 8 * (i % 8));
    }
    return bytes;
  }

  /** As the class says it is, in big integers. */
  private static long reference(SipHash secrets, byte[] key) {
    int length = key.length;
    if (length > 64) {
      return secrets.hash(key, 0, length);
    }
    long[] words = length > 32 ? words(key, 0, 8, 16, 24, length - 32, length - 24, length - 16, length - 8)
        : length > 16 ? words(key, 0, 8, length - 16, length - 8)
        : length > 8 ? words(key, 0, length - 8) : new long[] {few(key), 0};
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < words.length; i += 2) {
      BigInteger x = BigInteger.valueOf(words[i] + secret(secrets, i + 2));
      BigInteger y = BigInteger.valueOf(words[i + 1] + secret(secrets, i + 3));
      sum = sum.add(x.multiply(y)).mod(TWO_128);
    }
    long low = sum.longValue() ^ secret(secrets, 0);
    long high = sum.shiftRight(64).longValue() ^ secret(secrets, 1) ^ length;
    BigInteger folded = BigInteger.valueOf(low).multiply(BigInteger.valueOf(high)).mod(TWO_128);
    return folded.mod(TWO_64).longValue() ^ folded.shiftRight(64).longValue();
  }

  private static long[] words(byte[] key, int... places) {
    return Arrays.stream(places).mapToLong(at -> word(key, at, 8)).toArray();
  }

  private static long few(byte[] key) {
    int length = key.length;
    if (length == 8) {
      return word(key, 0, 8);
    }
    if (length >= 4) {
      return word(key, 0, 4) | word(key, length - 4, 4) << 32;
    }
    long word = 0;
    for (byte b : key) {
      word = word << 8 | b & 0xff;
    }
    return word;
  }

  private static long word(byte[] key, int at, int bytes) {
    long word = 0;
    for (int i = 0; i < bytes; i++) {
      word |= (key[at + i] & 0xffL) << 8 * i;
    }
    return word;
  }

  private static long secret(SipHash of, int number) {
    return of.hash(new byte[] {(byte) number}, 0, 1);
  }
}
