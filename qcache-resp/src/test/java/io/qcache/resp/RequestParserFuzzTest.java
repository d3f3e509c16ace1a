package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random and mutated requests, fed in every way, against the reference. */
class RequestParserFuzzTest {
  private static final Limits SMALL =
      Limits.DEFAULT.withInlineBytes(24).withBulkBytes(200).withArguments(5).withRequestBytes(150);

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test void randomBytes_areReadLikeTheReferenceReadsThem() {
    for (int round = 0; round < 20_000; round++) {
      StringBuilder stream = new StringBuilder(random.nextInt(3) == 0 ? "*1\r\n" : "");
      for (int i = random.nextInt(40); i >= 0; i--) {
        stream.append(Bytes.meaningful(random));
      }
      check(Bytes.of(stream.toString()), "random round " + round);
    }
  }

  @Test void mutatedRequests_areReadLikeTheReferenceReadsThem() {
    for (int round = 0; round < 20_000; round++) {
      byte[] stream = pipeline();
      check(random.nextInt(10) == 0 ? stream : Bytes.mutated(stream, random), "mutated round " + round);
    }
  }

  @Test void randomLines_areSplitLikeTheReferenceSplitsThem() {
    String parts = "abnrt4 \t\"\"''\\\\\\xf1\013\r";
    for (int round = 0; round < 30_000; round++) {
      StringBuilder line = new StringBuilder();
      for (int i = random.nextInt(16); i >= 0; i--) {
        line.append(parts.charAt(random.nextInt(parts.length())));
      }
      check(Bytes.of(line.append("\r\n").toString()), "line round " + round);
    }
  }

  @Test void mutatedRequest_cutAtEveryByte_givesTheSame() {
    for (int round = 0; round < 150; round++) {
      byte[] stream = Bytes.mutated(pipeline(), random);
      assertThat(Requests.everyWay(stream, SMALL)).as("seed " + seed + " round " + round)
          .isEqualTo(ReferenceRequests.read(stream, SMALL));
    }
  }

  private void check(byte[] stream, String what) {
    Limits limits = random.nextBoolean() ? SMALL
        : random.nextBoolean() ? Limits.DEFAULT : Limits.UNAUTHENTICATED;
    String seeded = "seed " + seed + ", " + what + ": " + Bytes.text(stream);
    Requests whole = Requests.whole(stream, limits);
    assertThat(whole.events).as(seeded).isEqualTo(ReferenceRequests.read(stream, limits));
    whole.mustEqual(Requests.byteByByte(stream, limits), seeded);
    whole.mustEqual(Requests.randomly(stream, random, limits), seeded);
  }

  private byte[] pipeline() {
    GrowingOutput out = new GrowingOutput();
    RequestWriter writer = new RequestWriter(out);
    for (int c = random.nextInt(3); c >= 0; c--) {
      if (random.nextInt(4) == 0) {
        byte[] line = Bytes.of(random.nextBoolean() ? "SET \"a\\x41\\n\" 'b\\''\r\n" : "*0\r\n\r\nPING\n");
        out.bytes(line, 0, line.length);
        continue;
      }
      int arguments = 1 + random.nextInt(4);
      writer.command(arguments);
      for (int i = 0; i < arguments; i++) {
        writer.argument(Bytes.random(random, random.nextInt(random.nextInt(20) == 0 ? 120 : 8)));
      }
    }
    return out.toByteArray();
  }
}
