package io.qcache.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.Codec;
import io.qcache.Codecs;
import io.qcache.CopyOptions;
import io.qcache.ExpireIf;
import io.qcache.Keyspace;
import io.qcache.ScanOptions;
import io.qcache.SetOptions;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a codec may do: hand out one array again and again, be slow, throw.  And what it may rely on. */
class CodecUseTest {
  private final Engine engine = Engines.open(4);
  private final EmbeddedCache cache = new EmbeddedCache(engine);

  @AfterEach void close() {
    cache.close();
  }

  /** Eight bytes, always the same eight. */
  private static final class OneArray implements Codec<Long> {
    private final byte[] array = new byte[8];

    @Override public byte[] encode(Long value) {
      ByteBuffer.wrap(array).putLong(value);
      return array;
    }

    @Override public Long decode(byte[] bytes, int from, int length) {
      assertThat(length).isEqualTo(8);
      return ByteBuffer.wrap(bytes, from, length).getLong();
    }
  }

  private static Map<Long, Long> map(long... pairs) {
    Map<Long, Long> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  @Test void aCodecMayHandOutTheSameArrayAgain_forKeysAndValuesBoth() {
    OneArray codec = new OneArray();
    Keyspace<Long, Long> numbers = cache.as(codec, codec);
    numbers.set(1L, 10L);
    assertThat(numbers.get(1L)).hasValue(10L);
    assertThat(numbers.strings().set(1L, 11L, SetOptions.ifPresent())).isTrue();
    assertThat(numbers.strings().getAndSet(1L, 12L)).hasValue(11L);
    numbers.strings().set(2L, 20L, Duration.ofHours(1));
    numbers.setAll(map(3, 30, 4, 40));
    assertThat(numbers.strings().setAllIfAbsent(map(5, 50, 6, 60))).isTrue();
    assertThat(numbers.getAll(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L)))
        .isEqualTo(map(1, 12, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60));
    numbers.keys().rename(6L, 7L);
    assertThat(numbers.keys().copy(7L, 8L)).isTrue();
    assertThat(numbers.get(7L)).hasValue(60L);
    assertThat(numbers.get(8L)).hasValue(60L);
    assertThat(numbers.keys().countExisting(List.of(6L, 7L, 8L))).isEqualTo(2);
    assertThat(numbers.strings().append(9L, 90L)).isEqualTo(8);
    assertThat(numbers.strings().setRange(9L, 0, 91L)).isEqualTo(8);
    assertThat(numbers.strings().compute(9L, old -> Optional.of(old.orElseThrow() + 1))).hasValue(92L);
    assertThat(numbers.strings().computeIfAbsent(10L, key -> key * 10)).isEqualTo(100L);
    assertThat(numbers.keys().delete(List.of(9L, 10L))).isEqualTo(2);
    assertThat(numbers.keys().scan(ScanOptions.all())).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 7L, 8L);
  }

  @Test void queuedOperations_keepWhatTheyWereGiven() {
    OneArray codec = new OneArray();
    Keyspace<Long, Long> numbers = cache.as(codec, codec);
    List<CompletableFuture<Optional<Long>>> read = numbers.pipeline(pipe -> {
      pipe.set(1L, 10L);
      pipe.set(2L, 20L);
      return List.of(pipe.get(1L), pipe.get(2L));
    });
    assertThat(read.get(0).join()).hasValue(10L);
    assertThat(read.get(1).join()).hasValue(20L);
    numbers.atomically(List.of(1L, 2L), transaction -> {
      long sum = transaction.read().get(1L).orElseThrow() + transaction.read().get(2L).orElseThrow();
      transaction.write().set(3L, sum);
      transaction.write().delete(1L);
      assertThatThrownBy(() -> transaction.read().get(3L)).isInstanceOf(IllegalStateException.class);
      return null;
    });
    assertThat(numbers.getAll(List.of(1L, 2L, 3L))).isEqualTo(map(2, 20, 3, 30));
  }

  @Test void theArrayOfACodec_isOnlyRead() {
    byte[] key = {1};
    byte[] value = {2};
    Keyspace<byte[], byte[]> arrays = cache.as(Codecs.byteArray(), Codecs.byteArray());
    arrays.set(key, value);
    value[0] = 9;
    arrays.strings().set(key, value, SetOptions.ifAbsent());
    assertThat(arrays.get(new byte[] {1})).hasValueSatisfying(got -> {
      assertThat(got).containsExactly(2);
      got[0] = 7;
    });
    assertThat(arrays.get(key)).hasValueSatisfying(got -> assertThat(got).containsExactly(2));
    assertThat(key).containsExactly(1);
  }

  /** Text that says when it is encoded or decoded, and throws when told to. */
  private static final class Probe implements Codec<String> {
    private final Runnable called;
    private boolean encodeThrows;
    private boolean decodeThrows;

    Probe(Runnable called) {
      this.called = called;
    }

    @Override public byte[] encode(String value) {
      called.run();
      if (encodeThrows) {
        throw new UnsupportedOperationException("encode");
      }
      return Codecs.utf8().encode(value);
    }

    @Override public String decode(byte[] bytes, int from, int length) {
      called.run();
      if (decodeThrows) {
        throw new UnsupportedOperationException("decode");
      }
      return Codecs.utf8().decode(bytes, from, length);
    }
  }

  /** Every operation of the Java door that has anything to encode or decode. */
  private static List<Consumer<Keyspace<String, String>>> operations() {
    List<Consumer<Keyspace<String, String>>> all = new ArrayList<>();
    Map<String, String> entries = Map.of("a", "1", "n1", "2");
    all.add(ks -> ks.get("a"));
    all.add(ks -> ks.strings().get("a", new byte[9], 0));
    all.add(ks -> ks.getAll(List.of("a", "b", "none")));
    all.add(ks -> ks.strings().length("a"));
    all.add(ks -> ks.strings().getRange("a", 0, -1));
    all.add(ks -> ks.set("a", "2"));
    all.add(ks -> ks.strings().set("a", "3", Duration.ofHours(1)));
    all.add(ks -> ks.strings().set("a", "4", SetOptions.ifPresent()));
    all.add(ks -> ks.strings().getAndSet("a", "5"));
    all.add(ks -> ks.setAll(entries));
    all.add(ks -> ks.strings().setAllIfAbsent(entries));
    all.add(ks -> ks.strings().append("b", "6"));
    all.add(ks -> ks.strings().setRange("b", 1, "7"));
    all.add(ks -> ks.strings().increment("a"));
    all.add(ks -> ks.strings().decrement("a"));
    all.add(ks -> ks.strings().increment("a", 0.5));
    all.add(ks -> ks.strings().getAndExpire("a", Duration.ofHours(1)));
    all.add(ks -> ks.strings().getAndExpireAt("a", Instant.MAX));
    all.add(ks -> ks.strings().getAndPersist("a"));
    all.add(ks -> ks.strings().compute("b", old -> old));
    all.add(ks -> ks.strings().computeIfAbsent("n2", key -> key));
    all.add(ks -> ks.strings().merge("b", "x", String::concat));
    all.add(ks -> ks.exists("a"));
    all.add(ks -> ks.keys().countExisting(List.of("a", "b")));
    all.add(ks -> ks.keys().touch(List.of("a", "b")));
    all.add(ks -> ks.keys().type("a"));
    all.add(ks -> ks.keys().timeToLive("a"));
    all.add(ks -> ks.keys().deadline("a"));
    all.add(ks -> ks.expire("a", Duration.ofHours(2)));
    all.add(ks -> ks.keys().expireAt("a", Instant.MAX, ExpireIf.PRESENT));
    all.add(ks -> ks.keys().persist("a"));
    all.add(ks -> ks.keys().rename("a", "c"));
    all.add(ks -> ks.keys().renameIfAbsent("c", "a"));
    all.add(ks -> ks.keys().copy("a", "d", CopyOptions.replace()));
    all.add(ks -> ks.keys().random());
    all.add(ks -> ks.keys().scan(ScanOptions.all()).forEach(key -> { }));
    all.add(ks -> ks.keys().matching("*"));
    all.add(ks -> ks.keys().move("d", 1));
    all.add(ks -> ks.strings().getAndDelete("a"));
    all.add(ks -> ks.delete("a"));
    all.add(ks -> ks.keys().delete(List.of("a", "c")));
    all.add(ks -> ks.pipeline(pipe -> {
      pipe.set("p", "1");
      return pipe.get("p");
    }));
    all.add(ks -> ks.atomically(List.of("p", "b"), transaction -> {
      transaction.read().getAll(List.of("p", "b"));
      transaction.read().keys().countExisting(List.of("p"));
      transaction.write().set("q", "1");
      return transaction.write().strings().getAndSet("p", "2");
    }));
    return all;
  }

  private void begin() {
    cache.clearAll();
    cache.set("a", "1");
    cache.set("b", "2");
    cache.set("c", "3");
  }

  @Test void codecs_areNeverCalledUnderALock() {
    int[] calls = new int[1];
    Probe probe = new Probe(() -> {
      calls[0]++;
      assertThat(Engines.holdsAny(engine)).isFalse();
      assertThat(Engines.isFree(engine)).as("nor one for reading").isTrue();
    });
    Keyspace<String, String> probed = cache.as(probe, probe);
    begin();
    operations().forEach(each -> each.accept(probed));
    assertThat(calls[0]).isGreaterThan(100);
  }

  @Test void aCodecThatThrowsWhenEncoding_changesNothing_andLeavesNoLock() {
    Probe probe = new Probe(() -> { });
    for (boolean keys : new boolean[] {true, false}) {
      Keyspace<String, String> probed = keys ? cache.as(probe, Codecs.utf8()) : cache.as(Codecs.utf8(), probe);
      for (Consumer<Keyspace<String, String>> operation : operations()) {
        begin();
        probe.encodeThrows = true;
        try {
          operation.accept(probed);
        } catch (UnsupportedOperationException expected) { // some encode nothing of that kind
          assertThat(cache.getAll(List.of("a", "b", "c"))).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
          assertThat(cache.keys().size()).isEqualTo(3);
        }
        probe.encodeThrows = false;
        assertThat(Engines.isFree(engine)).isTrue();
      }
    }
  }

  @Test void aCodecThatThrowsWhenDecoding_leavesNoLock_andIsSeenByTheCaller() {
    Probe probe = new Probe(() -> { });
    Keyspace<String, String> probed = cache.as(probe, probe);
    probe.decodeThrows = true;
    begin();
    assertThatThrownBy(() -> probed.get("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> probed.getAll(List.of("a"))).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> probed.keys().matching("*")).isInstanceOf(UnsupportedOperationException.class);
    assertThat(probed.async().get("a")).isCompletedExceptionally();
    assertThat(Engines.isFree(engine)).isTrue();
    assertThat(cache.get("a")).hasValue("1");
  }

  @Test void aCodecThatThrowsWhenDecoding_failsItsOwnFutureOnly() {
    Codec<String> fails = new Codec<>() {
      @Override public byte[] encode(String value) {
        return Codecs.utf8().encode(value);
      }

      @Override public String decode(byte[] bytes, int from, int length) {
        String text = Codecs.utf8().decode(bytes, from, length);
        if (text.equals("bad")) {
          throw new LinkageError("an Error, even");
        }
        return text;
      }
    };
    cache.set("bad", "bad");
    cache.set("good", "good");
    Keyspace<String, String> probed = cache.as(Codecs.utf8(), fails);
    List<CompletableFuture<Optional<String>>> piped = probed.pipeline(
        pipe -> List.of(pipe.get("bad"), pipe.get("good")));
    assertThat(piped.get(0)).isCompletedExceptionally();
    assertThat(piped.get(1)).isCompletedWithValue(Optional.of("good"));
    List<CompletableFuture<Optional<String>>> atOnce = probed.atomically(List.of(), transaction ->
        List.of(transaction.write().get("bad"), transaction.write().strings().getAndSet("good", "better")));
    assertThat(atOnce.get(0)).isCompletedExceptionally();
    assertThat(atOnce.get(1)).isCompletedWithValue(Optional.of("good"));
    assertThat(cache.get("good")).hasValue("better");
    assertThat(probed.async().get("bad")).isCompletedExceptionally();
  }

  @Test void aComputedValueThatCannotBeEncoded_isNoSilentLoss() {
    Probe probe = new Probe(() -> { });
    Keyspace<String, String> probed = cache.as(Codecs.utf8(), probe);
    probe.encodeThrows = true;
    assertThatThrownBy(() -> probed.strings().compute("k", old -> Optional.of("x")))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> probed.strings().computeIfAbsent("k", key -> "x"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> probed.strings().merge("k", "x", String::concat))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(cache.exists("k")).isFalse();
    assertThat(Engines.isFree(engine)).isTrue();
  }

  @Test void nulls_areRefused() {
    assertThatThrownBy(() -> cache.get(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.set("k", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.set(null, "v")).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.as(null, Codecs.utf8())).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.keys().expire("k", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.strings().computeIfAbsent("k", key -> null))
        .isInstanceOf(NullPointerException.class);
    assertThat(cache.keys().size()).isZero();
    assertThat(Engines.isFree(engine)).isTrue();
  }
}
