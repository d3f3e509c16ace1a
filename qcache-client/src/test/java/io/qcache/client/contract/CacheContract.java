package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.Bytes;
import io.qcache.ClosedException;
import io.qcache.Codec;
import io.qcache.Codecs;
import io.qcache.EvictionPolicy;
import io.qcache.Keyspace;
import io.qcache.OutOfRangeException;
import io.qcache.QCache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The cache as a whole: its databases, codecs, everyday operations, and its end. */
interface CacheContract extends Contract {
  @Test default void theEverydayOnes_areThoseOfTheGroups() {
    everyday(cache());
    everyday(cache().database(1));
    assertThat(cache().database(0).get("b")).contains("2");
  }

  private static void everyday(Keyspace<String, String> space) {
    space.set("a", "1");
    assertThat(space.get("a")).contains("1");
    assertThat(space.exists("a")).isTrue();
    assertThat(space.expire("a", HOUR)).isTrue();
    assertThat(space.keys().timeToLive("a").left()).isPositive();
    space.setAll(Map.of("b", "2", "c", "3"));
    assertThat(space.getAll(List.of("a", "b", "x"))).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(space.delete("a")).isTrue();
    assertThat(space.delete("a")).isFalse();
    assertThat(space.getOrLoad("a", key -> key + "1")).contains("a1");
    assertThat(space.getOrLoad("d", HOUR, key -> key + "4")).contains("d4");
    assertThat(space.strings().get("b")).contains("2");
    assertThat(space.async().get("b").join()).contains("2");
    assertThat(space.pipeline(p -> p.get("b")).join()).contains("2");
    assertThat(byTransaction(space, "b")).contains("2");
  }

  private static Optional<String> byTransaction(Keyspace<String, String> space, String key) {
    return space.atomically(List.of(key), t -> t.read().get(key));
  }

  @Test default void databases_areApart() {
    cache().set("k", "0");
    Keyspace<String, String> fifth = cache().database(5);
    assertThat(fifth.get("k")).isEmpty();
    fifth.set("k", "5");
    for (int i = 0; i < 20; i++) { // in turn, so that each call has another database than the one before
      assertThat(cache().get("k")).contains("0");
      assertThat(fifth.get("k")).contains("5");
    }
    assertThat(fifth.pipeline(p -> p.get("k")).join()).contains("5");
    assertThat(byTransaction(fifth, "k")).contains("5");
    assertThat(byTransaction(cache(), "k")).contains("0");
  }

  @Test default void database_thatIsNotThere_isOutOfRange_andHarmsNothing() {
    cache().set("k", "0");
    assertThatThrownBy(() -> cache().database(-1)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> cache().database(99_999)).isInstanceOf(OutOfRangeException.class);
    assertThat(cache().get("k")).contains("0");
    assertThat(cache().database(15).get("k")).isEmpty();
  }

  @Test default void clearAll_emptiesAllDatabases() {
    cache().set("a", "1");
    cache().database(7).set("b", "2");
    cache().clearAll();
    assertThat(cache().keys().size()).isZero();
    assertThat(cache().database(7).keys().size()).isZero();
  }

  @Test default void swapDatabases_exchangesContents() {
    cache().set("a", "1");
    cache().database(7).set("b", "2");
    cache().swapDatabases(0, 7);
    assertThat(cache().get("b")).contains("2");
    assertThat(cache().database(7).get("a")).contains("1");
    cache().swapDatabases(3, 3);
    assertThatThrownBy(() -> cache().swapDatabases(0, 99_999)).isInstanceOf(OutOfRangeException.class);
    assertThatThrownBy(() -> cache().swapDatabases(-1, 0)).isInstanceOf(OutOfRangeException.class);
    assertThat(cache().get("b")).contains("2");
  }

  @Test default void otherCodecs_seeTheSameDatabase() {
    cache().set("k", "v");
    Keyspace<Bytes, Bytes> raw = cache().as(Codecs.bytes(), Codecs.bytes());
    assertThat(raw.get(Bytes.of("k"))).contains(Bytes.of("v"));
    assertThat(raw.as(Codecs.utf8(), Codecs.bytes()).get("k")).contains(Bytes.of("v"));
    assertThat(cache().database(1).as(Codecs.utf8(), Codecs.bytes()).get("k")).isEmpty();
    assertThat(raw.getAll(List.of(Bytes.of("k")))).containsEntry(Bytes.of("k"), Bytes.of("v"));
  }

  @Test default void aCodecThatThrows_isSeenByTheCaller_andHarmsNothing() {
    Keyspace<String, Integer> numbers = cache().as(Codecs.utf8(), new NumberCodec());
    numbers.set("n", 7);
    assertThat(numbers.get("n")).contains(7);
    cache().set("n", "seven");
    assertThatThrownBy(() -> numbers.get("n")).isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> numbers.set("n", -1)).isInstanceOf(IllegalArgumentException.class).hasMessage("negative");
    assertThat(Contract.failureOf(numbers.async().get("n"))).isInstanceOf(NumberFormatException.class);
    assertThat(Contract.failureOf(numbers.pipeline(p -> p.get("n")))).isInstanceOf(NumberFormatException.class);
    assertThat(cache().get("n")).contains("seven");
  }

  /** Numbers as text, but no negative ones. */
  final class NumberCodec implements Codec<Integer> {
    @Override public byte[] encode(Integer value) {
      if (value < 0) {
        throw new IllegalArgumentException("negative");
      }
      return Codecs.utf8().encode(value.toString());
    }

    @Override public Integer decode(byte[] bytes, int from, int length) {
      return Integer.valueOf(Codecs.utf8().decode(bytes, from, length));
    }
  }

  @Test default void null_isRefused() {
    assertThatThrownBy(() -> cache().get(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache().set("k", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache().as(null, Codecs.utf8())).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache().pipeline(null)).isInstanceOf(NullPointerException.class);
    assertThat(cache().keys().size()).isZero();
  }

  @Test default void aClosedCache_refusesEverything_andClosingAgainDoesNothing() {
    QCache cache = cache();
    Keyspace<String, String> first = cache.database(1);
    cache.close();
    cache.close();
    assertThatThrownBy(() -> cache.get("k")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> cache.strings().setAll(Map.of())).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> first.set("k", "v")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> cache.database(2)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(cache::clearAll).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> cache.swapDatabases(0, 1)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(cache::stats).isInstanceOf(ClosedException.class);
    assertThatThrownBy(cache::maxMemory).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> cache.maxMemory(1 << 20)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(cache::evictionPolicy).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> cache.evictionPolicy(EvictionPolicy.NOEVICTION)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> cache.pipeline(p -> p.get("k"))).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> cache.atomically(List.of(), t -> 1)).isInstanceOf(ClosedException.class);
    assertThat(Contract.failureOf(cache.async().get("k"))).isInstanceOf(ClosedException.class);
  }
}
