package io.qcache.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeptModelTest {
  private final ChunkPool pool = new ChunkPool();
  private final Kept kept = new Kept(pool);

  private byte[] content() {
    return Arrays.copyOfRange(kept.array, kept.from, kept.to);
  }

  @Test void whatIsAppendedAndTaken_isWhatIsKept_inAnArrayOfItsSize() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] expected = {};
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(3) > 0) {
        byte[] more = new byte[random.nextInt(20) == 0 ? random.nextInt(300_000) : random.nextInt(500)];
        random.nextBytes(more);
        kept.append(ByteBuffer.wrap(more));
        expected = Arrays.copyOf(expected, expected.length + more.length);
        System.arraycopy(more, 0, expected, expected.length - more.length, more.length);
      } else {
        int taken = random.nextInt(5) == 0 ? expected.length : random.nextInt(expected.length + 1);
        expected = Arrays.copyOfRange(expected, taken, expected.length);
        kept.keep(kept.array, kept.from + taken, kept.to);
      }
      assertThat(Arrays.equals(content(), expected)).as("seed %d, step %d", seed, i).isTrue();
      assertThat(kept.array.length).isLessThanOrEqualTo(Math.max(Chunk.BYTES, 8 * Math.max(expected.length, 512)));
      if (expected.length > 1 << 20) {
        kept.release();
        expected = new byte[0];
      }
    }
  }

  @Test void threeBytes_ownAFewHundred_andNothingOwnsNothing() {
    kept.keep(new byte[300_000], 5, 8);
    assertThat(kept.array.length).isLessThanOrEqualTo(256);
    kept.keep(kept.array, kept.to, kept.to);
    assertThat(kept.array).isEmpty();
  }

  @Test void aFewBytesBehindAHugeCommand_doNotHoldItsArray() {
    kept.append(ByteBuffer.wrap(new byte[8 << 20]));
    kept.keep(kept.array, kept.to - 10, kept.to);
    assertThat(kept.length()).isEqualTo(10);
    assertThat(kept.array.length).isLessThanOrEqualTo(256);
  }

  @Test void anArrayOfThePool_goesBackToIt() {
    kept.keep(new byte[60_000], 0, 60_000);
    kept.release();
    assertThat(pool.free()).isEqualTo(1);
  }
}
