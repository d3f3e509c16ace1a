package io.qcache.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.net.session.Message;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Output, unsent parts and chunks together, against plain byte arrays. */
class LoopOutputModelTest {
  private final ChunkPool pool = new ChunkPool();
  private final LoopOutput output = new LoopOutput(pool);
  private final AtomicLong messages = new AtomicLong(); // bytes that wait in any

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Takes out everything as the sender would, with writes that are too short. */
  private byte[] drain(Unsent unsent, Random random) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    int staged = unsent.stageTo - unsent.stageFrom;
    int first = random.nextInt(staged + 1);
    sent.write(output.stage(), unsent.stageFrom, first);
    unsent.unstage(output.stage(), first, pool);
    while (!unsent.isEmpty()) {
      ByteBuffer buffer = ByteBuffer.allocate(1 + random.nextInt(200_000));
      unsent.copyTo(buffer);
      int taken = 1 + random.nextInt(buffer.position());
      sent.write(buffer.array(), 0, taken);
      unsent.sent(taken, pool);
    }
    return sent.toByteArray();
  }

  @Test void whatIsWrittenInTurns_withMarksAndRewinds_isWhatIsSent() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Unsent[] unsent = {new Unsent(), new Unsent(), new Unsent()};
      ByteArrayOutputStream[] expected =
          {new ByteArrayOutputStream(), new ByteArrayOutputStream(), new ByteArrayOutputStream()};
      for (int turn = 0; turn < 6; turn++) {
        int who = random.nextInt(3);
        turn(unsent[who], expected[who], random);
        if (random.nextInt(3) == 0) {
          message(unsent[random.nextInt(3)], expected, unsent, random);
        }
        assertThat(unsent[who].bytes()).isEqualTo(expected[who].size());
      }
      long own = unsent[0].ownBytes() + unsent[1].ownBytes() + unsent[2].ownBytes() + output.staged();
      long all = unsent[0].bytes() + unsent[1].bytes() + unsent[2].bytes();
      assertThat(own).isBetween(all - messages.get() * 3, all - messages.get());
      for (int i = 0; i < 3; i++) {
        assertThat(Arrays.equals(drain(unsent[i], random), expected[i].toByteArray())).as("seed " + seed).isTrue();
      }
      output.clearStage();
      assertThat(messages).hasValue(0);
      assertThat(unsent[0].bytes() + unsent[0].ownBytes()).isZero();
    }
  }

  private void message(Unsent to, ByteArrayOutputStream[] expected, Unsent[] all, Random random) {
    Message message = new Message(bytes(random, random.nextInt(random.nextInt(8) == 0 ? 200_000 : 200)));
    for (int i = 0; i < 3; i++) {
      if (all[i] == to || random.nextBoolean()) {
        if (!output.stage(all[i], message.bytes())) {
          message.waits(messages);
          all[i].add(message);
        }
        expected[i].writeBytes(message.bytes());
      }
    }
  }

  private void turn(Unsent unsent, ByteArrayOutputStream expected, Random random) {
    boolean abandons = random.nextInt(8) == 0;
    byte[] before = expected.toByteArray();
    output.begin(unsent, null);
    int commands = random.nextInt(20);
    for (int i = 0; i < commands; i++) {
      byte[] kept = expected.toByteArray();
      long mark = output.mark();
      write(expected, bytes(random, random.nextInt(10) == 0 ? random.nextInt(300_000) : random.nextInt(100)));
      if (random.nextInt(4) == 0) {
        output.rewind(mark);
        reset(expected, kept);
        write(expected, bytes(random, random.nextInt(50)));
      }
    }
    if (abandons) {
      output.abandon();
      reset(expected, before);
    } else {
      output.end();
    }
  }

  private void write(ByteArrayOutputStream expected, byte[] bytes) {
    output.bytes(bytes, 0, bytes.length);
    expected.writeBytes(bytes);
  }

  private static void reset(ByteArrayOutputStream to, byte[] bytes) {
    to.reset();
    to.writeBytes(bytes);
  }

  @Test void aTurn_isFullAfterAMegabyte_andNotAnyMoreOnceItIsRewound() {
    output.begin(new Unsent(), null);
    long start = output.mark();
    byte[] kilobyte = new byte[1 << 10];
    for (int i = 0; i < 1 << 10; i++) {
      output.bytes(kilobyte, 0, kilobyte.length);
      assertThat(output.isFull()).isFalse();
    }
    output.bytes(kilobyte, 0, kilobyte.length);
    assertThat(output.isFull()).isTrue();
    output.rewind(start);
    assertThat(output.isFull()).isFalse();
    output.end();
  }

  @Test void aTurnThatWritesNothing_leavesNothing_thoughAnotherHasStagedMeanwhile() {
    Unsent one = new Unsent();
    Unsent other = new Unsent();
    for (Unsent unsent : new Unsent[] {one, other}) {
      output.begin(unsent, null);
      output.bytes(new byte[10], 0, 10);
      output.end();
    }
    output.begin(one, null);
    long mark = output.mark();
    output.bytes(new byte[10], 0, 10);
    output.rewind(mark);
    output.end();
    assertThat(one.head).isNull();
    assertThat(one.bytes()).isEqualTo(10);
    assertThat(pool.free()).isEqualTo(1);
  }

  @Test void betweenTurns_nothingCanBeWritten() {
    assertThatThrownBy(() -> output.bytes(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test void chunksThatWereSent_goBackToThePool_andAreTakenAgain() {
    Unsent unsent = new Unsent();
    output.begin(unsent, null);
    byte[] much = new byte[LoopOutput.STAGE_BYTES + 3 * Chunk.BYTES];
    output.bytes(much, 0, much.length);
    output.end();
    List<byte[]> arrays = new ArrayList<>();
    for (Chunk chunk = unsent.head; chunk != null; chunk = chunk.next) {
      arrays.add(chunk.bytes);
    }
    assertThat(arrays).hasSize(3);
    unsent.clear(pool);
    assertThat(pool.free()).isEqualTo(3);
    assertThat(arrays).anySatisfy(array -> assertThat(array).isSameAs(pool.take()));
  }
}
