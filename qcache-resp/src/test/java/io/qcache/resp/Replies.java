package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;

/** Feeds a reader in all ways, each part in an array that is overwritten afterwards. */
final class Replies {
  final List<Reply> replies = new ArrayList<>();
  String failure;
  long failedAt = -1;
  boolean isBetween;

  static Replies whole(byte[] stream, Limits limits) {
    return feed(stream, limits, () -> Integer.MAX_VALUE);
  }

  static List<Reply> read(String stream) {
    Replies all = everyWay(Bytes.of(stream), Limits.DEFAULT);
    assertThat(all.failure).isNull();
    return all.replies;
  }

  static Replies everyWay(byte[] stream, Limits limits) {
    Replies whole = whole(stream, limits);
    whole.mustEqual(feed(stream, limits, () -> 1), "byte by byte");
    for (int cut = 1; cut < stream.length; cut++) {
      int[] sizes = {cut, Integer.MAX_VALUE};
      int[] i = {0};
      whole.mustEqual(feed(stream, limits, () -> sizes[Math.min(i[0]++, 1)]), "cut at " + cut);
    }
    return whole;
  }

  void mustEqual(Replies other, String how) {
    assertThat(other.replies).as(how).isEqualTo(replies);
    assertThat(other.failure).as(how).isEqualTo(failure);
    assertThat(other.failedAt).as(how + ", offset of the failure").isEqualTo(failedAt);
    assertThat(other.isBetween).as(how).isEqualTo(isBetween);
  }

  static Replies feed(byte[] stream, Limits limits, IntSupplier sizes) {
    Replies all = new Replies();
    ReplyReader reader = new ReplyReader(limits);
    try {
      for (int at = 0; at < stream.length;) {
        int part = Math.min(stream.length - at, sizes.getAsInt());
        byte[] array = new byte[part + 7];
        System.arraycopy(stream, at, array, 3, part);
        assertThat(reader.feed(array, 3, 3 + part)).isEqualTo(part);
        Arrays.fill(array, (byte) 'X');
        at += part;
      }
    } catch (ProtocolException e) {
      all.failure = e.getMessage();
      all.failedAt = e.offset();
    }
    for (Reply reply = reader.poll(); reply != null; reply = reader.poll()) {
      all.replies.add(reply);
    }
    all.isBetween = all.failure == null && reader.isBetweenReplies();
    return all;
  }
}
