package io.qcache.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.BitOperation;
import io.qcache.BitOverflow;
import io.qcache.BitRange;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random operations on bits, of strings in a page and of strings in chunks, against bits looked at one by one. */
final class BitOpsModelTest {
  private static final int OPERATIONS = 4_000;
  private static final String[] KEYS = {"a", "b", "c"};

  private final Map<String, byte[]> model = new HashMap<>();

  @Test void shortStrings_areAsTheModelHasThem() {
    run(40 * 8);
  }

  @Test void stringsInChunks_areAsTheModelHasThem() {
    run(200_000 * 8);
  }

  private void run(long bits) {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (Engine engine = Engine.open(new Engine.Settings().maxBytes(64 << 20))) {
      Database db = engine.database(0);
      for (int i = 0; i < (bits > 1000 ? OPERATIONS / 10 : OPERATIONS); i++) {
        operation(db, random, bits);
      }
      for (String key : KEYS) {
        ValueList out = new ValueList();
        StringOps.get(db, slice(key), out);
        assertThat(out.only()).as(key).isEqualTo(model.get(key));
      }
    }
  }

  private void operation(Database db, Random random, long bits) {
    String key = KEYS[random.nextInt(KEYS.length)];
    long offset = (long) (random.nextDouble() * bits);
    boolean bit = random.nextBoolean();
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        assertThat(BitOps.set(db, slice(key), offset, bit)).isEqualTo(bit(bytes(key), offset));
        set(key, offset, bit);
      }
      case 2 -> assertThat(BitOps.get(db, slice(key), offset)).isEqualTo(bit(bytes(key), offset));
      case 3 -> {
        BitRange range = range(random, bits);
        assertThat(BitOps.count(db, slice(key), range)).as("%s of %s", range, key).isEqualTo(count(bytes(key), range));
      }
      case 4 -> {
        BitRange range = range(random, bits);
        assertThat(BitOps.find(db, slice(key), bit, range)).as("%s in %s of %s", bit, range, key)
            .isEqualTo(find(model.get(key), bit, range));
      }
      case 5 -> combine(db, random);
      case 6 -> fields(db, key, offset, random);
      default -> flood(db, key, random);
    }
  }

  /** Much that is set, so that a clear bit must be looked for. */
  private void flood(Database db, String key, Random random) {
    byte[] bytes = bytes(key).clone();
    Arrays.fill(bytes, random.nextBoolean() ? (byte) 0xff : 0);
    if (bytes.length > 0) {
      StringOps.setRange(db, slice(key), 0, new Slice().wrap(bytes));
      model.put(key, bytes);
    }
  }

  private void combine(Database db, Random random) {
    BitOperation operation = BitOperation.values()[random.nextInt(4)];
    String target = KEYS[random.nextInt(3)];
    Slices sources = new Slices();
    byte[] result = new byte[0];
    int count = operation == BitOperation.NOT ? 1 : 1 + random.nextInt(4);
    byte[][] all = new byte[count][];
    for (int i = 0; i < count; i++) {
      String key = KEYS[random.nextInt(3)];
      sources.add(key.getBytes());
      all[i] = bytes(key);
      result = Arrays.copyOf(result, Math.max(result.length, all[i].length));
    }
    for (int i = 0; i < result.length; i++) {
      result[i] = at(all[0], i);
      for (int j = 1; j < count; j++) {
        byte other = at(all[j], i);
        result[i] = (byte) (operation == BitOperation.AND ? result[i] & other
            : operation == BitOperation.OR ? result[i] | other : result[i] ^ other);
      }
      result[i] = operation == BitOperation.NOT ? (byte) ~result[i] : result[i];
    }
    assertThat(BitOps.combine(db, operation, slice(target), sources, 0)).isEqualTo(result.length);
    if (result.length == 0) {
      model.remove(target);
    } else {
      model.put(target, result);
    }
  }

  private static byte at(byte[] bytes, int i) {
    return i < bytes.length ? bytes[i] : 0;
  }

  private void fields(Database db, String key, long offset, Random random) {
    boolean signed = random.nextBoolean();
    int width = 1 + random.nextInt(signed ? 64 : 63);
    BitOverflow overflow = BitOverflow.values()[random.nextInt(3)];
    BitFields.Kind kind = BitFields.Kind.values()[random.nextInt(3)];
    long operand = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(1000) - 500;
    BitFields fields = new BitFields();
    if (kind == BitFields.Kind.GET) {
      fields.get(signed, width, offset);
    } else {
      fields.write(kind, signed, width, offset, operand, overflow);
    }
    BitOps.fields(db, slice(key), fields);
    BigInteger old = number(bytes(key), signed, width, offset);
    if (kind == BitFields.Kind.GET) {
      assertThat(fields.result(0)).isEqualTo(old.longValue());
      return;
    }
    BigInteger least = signed ? BigInteger.ONE.shiftLeft(width - 1).negate() : BigInteger.ZERO;
    BigInteger most = BigInteger.ONE.shiftLeft(signed ? width - 1 : width).subtract(BigInteger.ONE);
    BigInteger fresh = BigInteger.valueOf(operand);
    if (kind == BitFields.Kind.INCREMENT) {
      fresh = fresh.add(old);
    } else if (!signed && operand < 0) {
      fresh = fresh.add(BigInteger.ONE.shiftLeft(64)); // a negative number is a large unsigned one
    }
    set(key, offset + width - 1, bit(bytes(key), offset + width - 1)); // it grows whatever happens
    boolean fits = fresh.compareTo(least) >= 0 && fresh.compareTo(most) <= 0;
    assertThat(fields.isFailed(0)).isEqualTo(!fits && overflow == BitOverflow.FAIL);
    if (fields.isFailed(0)) {
      return;
    }
    if (!fits && overflow == BitOverflow.SATURATE) {
      // Redis takes the largest, too, where the distance from what is SET to it overflows a long
      boolean wraps = kind == BitFields.Kind.SET && signed && most.subtract(fresh).bitLength() >= Long.SIZE;
      fresh = fresh.compareTo(most) > 0 || wraps ? most : least;
    }
    for (int i = 0; i < width; i++) {
      set(key, offset + width - 1 - i, fresh.testBit(i));
    }
    assertThat(fields.result(0)).as("%s %s%d at %d by %d", kind, signed ? "i" : "u", width, offset, operand)
        .isEqualTo((kind == BitFields.Kind.SET ? old : number(bytes(key), signed, width, offset)).longValue());
  }

  private static BigInteger number(byte[] bytes, boolean signed, int width, long offset) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < width; i++) {
      value = value.shiftLeft(1).add(bit(bytes, offset + i) ? BigInteger.ONE : BigInteger.ZERO);
    }
    return signed && bit(bytes, offset) ? value.subtract(BigInteger.ONE.shiftLeft(width)) : value;
  }

  private static BitRange range(Random random, long bits) {
    long first = random.nextInt(4) == 0 ? -(long) (random.nextDouble() * bits) : (long) (random.nextDouble() * bits);
    long last = random.nextInt(4) == 0 ? -(long) (random.nextDouble() * bits) : (long) (random.nextDouble() * bits);
    return switch (random.nextInt(6)) {
      case 0 -> BitRange.all();
      case 1 -> BitRange.fromByte(first / 8);
      case 2 -> BitRange.bytes(first / 8, last / 8);
      case 3 -> BitRange.bits(first, first + random.nextInt(20));
      default -> BitRange.bits(first, last);
    };
  }

  private static long count(byte[] bytes, BitRange range) {
    long[] ends = ends(bytes.length, range);
    long count = 0;
    for (long i = ends[0]; i <= ends[1]; i++) {
      count += bit(bytes, i) ? 1 : 0;
    }
    return range.first() < 0 && range.last() < 0 && range.first() > range.last() ? 0 : count;
  }

  private static long find(byte[] bytes, boolean bit, BitRange range) {
    if (bytes == null) {
      return bit ? -1 : 0;
    }
    long[] ends = ends(bytes.length, range);
    for (long i = ends[0]; i <= ends[1]; i++) {
      if (bit(bytes, i) == bit) {
        return i;
      }
    }
    return bit || range.ends() || ends[0] > ends[1] ? -1 : bytes.length * 8L;
  }

  /** The first and the last bit of the range. */
  private static long[] ends(int length, BitRange range) {
    long total = range.isInBits() ? length * 8L : length;
    long first = Math.max(0, range.first() < 0 ? range.first() + total : range.first());
    long last = Math.min(total - 1, Math.max(0, range.last() < 0 ? range.last() + total : range.last()));
    return range.isInBits() ? new long[] {first, last} : new long[] {first * 8, last * 8 + 7};
  }

  private static boolean bit(byte[] bytes, long offset) {
    return offset >> 3 < bytes.length && (bytes[(int) (offset >> 3)] & 0x80 >>> (offset & 7)) != 0;
  }

  private void set(String key, long offset, boolean bit) {
    byte[] bytes = bytes(key);
    int at = (int) (offset >> 3);
    byte[] longer = at < bytes.length ? bytes : Arrays.copyOf(bytes, at + 1);
    int mask = 0x80 >>> (offset & 7);
    longer[at] = (byte) (bit ? longer[at] | mask : longer[at] & ~mask);
    model.put(key, longer);
  }

  private byte[] bytes(String key) {
    return model.getOrDefault(key, new byte[0]);
  }

  private static Slice slice(String key) {
    return new Slice().wrap(key.getBytes());
  }
}
