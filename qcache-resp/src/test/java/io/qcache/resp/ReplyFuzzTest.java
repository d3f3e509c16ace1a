package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random values there and back; random and mutated bytes against the reference. */
class ReplyFuzzTest {
  private static final Limits SMALL =
      Limits.DEFAULT.withInlineBytes(30).withBulkBytes(100).withArguments(3).withDepth(3);

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final RandomReplies source = new RandomReplies(random);

  @Test void randomReplies_writtenInEitherProtocol_areReadBack() {
    for (int round = 0; round < 5_000; round++) {
      List<Reply> replies = List.of(source.any(4), source.any(1));
      assertThat(read(written(replies, 3))).as("seed " + seed + " round " + round).isEqualTo(replies);
      assertThat(read(written(replies, 2))).as("seed " + seed + " round " + round)
          .isEqualTo(replies.stream().map(RandomReplies::inTwo).toList());
    }
  }

  @Test void randomReplies_streamedAndWithAttributes_areReadBack() {
    for (int round = 0; round < 5_000; round++) {
      Reply reply = source.any(4);
      byte[] stream = Bytes.of(source.fancy(reply));
      assertThat(read(stream)).as("seed " + seed + " round " + round).containsExactly(reply);
      assertThat(ReferenceReplies.read(stream, Limits.DEFAULT).replies).containsExactly(reply);
    }
  }

  @Test void randomReply_cutAtEveryByte_givesTheSame() {
    for (int round = 0; round < 100; round++) {
      Reply reply = source.any(2);
      Replies read = Replies.everyWay(Bytes.of(source.fancy(reply)), Limits.DEFAULT);
      assertThat(read.replies).as("seed " + seed + " round " + round).containsExactly(reply);
    }
  }

  @Test void mutatedReplies_areReadLikeTheReferenceReadsThem() {
    for (int round = 0; round < 30_000; round++) {
      check(Bytes.mutated(Bytes.of(source.fancy(source.any(3))), random), "mutated round " + round);
    }
  }

  @Test void randomBytes_areReadLikeTheReferenceReadsThem() {
    for (int round = 0; round < 30_000; round++) {
      StringBuilder stream = new StringBuilder(random.nextBoolean() ? "*?\r\n" : "");
      for (int i = random.nextInt(30); i >= 0; i--) {
        stream.append(random.nextInt(4) == 0 ? ":1\r\n" : Bytes.meaningful(random));
      }
      check(Bytes.of(stream.toString()), "random round " + round);
    }
  }

  private void check(byte[] stream, String what) {
    Limits limits = random.nextBoolean() ? SMALL : Limits.DEFAULT;
    String seeded = "seed " + seed + ", " + what + ": " + Bytes.text(stream);
    ReferenceReplies expected = ReferenceReplies.read(stream, limits);
    Replies whole = Replies.whole(stream, limits);
    assertThat(whole.replies).as(seeded).isEqualTo(expected.replies);
    assertThat(whole.failure != null).as(seeded).isEqualTo(expected.failed);
    whole.mustEqual(Replies.feed(stream, limits, () -> 1), seeded);
    whole.mustEqual(Replies.feed(stream, limits, () -> 1 + random.nextInt(9)), seeded);
  }

  private List<Reply> read(byte[] stream) {
    List<Reply> replies = new ArrayList<>(Replies.whole(stream, Limits.DEFAULT).replies);
    assertThat(Replies.feed(stream, Limits.DEFAULT, () -> 1 + random.nextInt(9)).replies).isEqualTo(replies);
    return replies;
  }

  private byte[] written(List<Reply> replies, int protocol) {
    Chunks out = new Chunks(1 + random.nextInt(100));
    ReplyWriter writer = new ReplyWriter(out);
    writer.protocol(protocol);
    replies.forEach(reply -> RandomReplies.write(reply, writer));
    return out.written();
  }
}
