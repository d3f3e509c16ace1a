package io.qcache.client;

import io.qcache.Codec;
import io.qcache.SetOptions;
import io.qcache.client.wire.Request;
import io.qcache.resp.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The operations of strings as commands.  Codecs run on the thread that asks, and on the one that takes the reply. */
final class StringCommands<K, V> extends KeyedCommands<K, V> {
  StringCommands(Codec<K> keys, Codec<V> values) {
    super(keys, values);
  }

  Command<V> commonSubsequence(K first, K second) {
    return Command.of(reading("LCS", first, 1).key(key(second)), this::decode);
  }

  Command<Long> commonSubsequenceLength(K first, K second) {
    return Command.of(reading("LCS", first, 2).key(key(second)).argument("LEN"), Reply::asLong);
  }

  Command<Optional<V>> get(K key) {
    return Command.of(reading("GET", key, 0), this::optional);
  }

  /** The value's bytes, or null. */
  Command<byte[]> getBytes(byte[] key) {
    return Command.of(new Request("GET", 1).key(key), reply -> reply.isNull() ? null : reply.asBytes());
  }

  /** Sets what is missing, to live so long; 0 for ever. */
  Command<Boolean> setLoaded(byte[] key, byte[] value, long liveMillis) {
    Request request = new Request("SET", liveMillis > 0 ? 5 : 3).written(key).argument(value).argument("NX");
    return Command.of(liveMillis > 0 ? request.argument("PX").argument(liveMillis) : request, Replies::isDone);
  }

  byte[] encodedKey(K key) {
    return key(key).clone();
  }

  byte[] encoded(V value) {
    return value(value).clone();
  }

  V decoded(byte[] bytes) {
    return values.decode(bytes, 0, bytes.length);
  }

  /** The value's length or -1; its bytes are copied into the array if they fit. */
  Command<Integer> get(K key, byte[] into, int offset) {
    Objects.checkFromIndexSize(offset, 0, into.length);
    return Command.of(reading("GET", key, 0), reply -> {
      if (reply.isNull()) {
        return -1;
      }
      byte[] bytes = reply.asBytes();
      if (bytes.length <= into.length - offset) {
        System.arraycopy(bytes, 0, into, offset, bytes.length);
      }
      return bytes.length;
    });
  }

  Command<Map<K, V>> getAll(Collection<? extends K> all) {
    List<K> asked = new ArrayList<>(all);
    if (asked.isEmpty()) {
      return Command.known(new LinkedHashMap<>());
    }
    Request request = new Request("MGET", asked.size());
    asked.forEach(key -> request.key(key(key)));
    return Command.of(request, reply -> present(asked, reply.asList()));
  }

  private Map<K, V> present(List<K> asked, List<Reply> replies) {
    Map<K, V> present = new LinkedHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      if (!replies.get(i).isNull()) {
        present.put(asked.get(i), decode(replies.get(i)));
      }
    }
    return present;
  }

  Command<Long> length(K key) {
    return Command.of(reading("STRLEN", key, 0), Reply::asLong);
  }

  Command<V> getRange(K key, long first, long last) {
    return Command.of(reading("GETRANGE", key, 2).argument(first).argument(last), this::decode);
  }

  Command<Void> set(K key, V value) {
    return Command.of(writing("SET", key, 1).argument(value(value)), Replies::nothing);
  }

  Command<Void> set(K key, V value, Duration timeToLive) {
    return Command.of(setRequest(key, value, SetOptions.always().expireIn(timeToLive), false), Replies::nothing);
  }

  Command<Boolean> set(K key, V value, SetOptions options) {
    return Command.of(setRequest(key, value, options, false), Replies::isDone);
  }

  Command<Optional<V>> getAndSet(K key, V value, SetOptions options) {
    return Command.of(setRequest(key, value, options, true), this::optional);
  }

  private Request setRequest(K key, V value, SetOptions options, boolean get) {
    boolean conditional = options.condition() != SetOptions.Condition.ALWAYS;
    int more = (conditional ? 1 : 0) + expiryArguments(options) + (get ? 1 : 0);
    Request request = writing("SET", key, 1 + more).argument(value(value));
    if (conditional) {
      request.argument(options.condition() == SetOptions.Condition.IF_ABSENT ? "NX" : "XX");
    }
    expiry(request, options);
    return get ? request.argument("GET") : request;
  }

  private static int expiryArguments(SetOptions options) {
    return switch (options.expiry()) {
      case NONE -> 0;
      case KEEP -> 1;
      case IN, AT -> 2;
    };
  }

  private static void expiry(Request request, SetOptions options) {
    switch (options.expiry()) {
      case NONE -> { }
      case KEEP -> request.argument("KEEPTTL");
      case IN -> request.argument("PX").argument(options.expiryMillis());
      case AT -> request.argument("PXAT").argument(options.expiryMillis());
    }
  }

  Command<Optional<V>> getAndDelete(K key) {
    return Command.of(writing("GETDEL", key, 0), this::optional);
  }

  Command<Optional<V>> getAndExpire(K key, Duration timeToLive) {
    return getAndExpire(key, SetOptions.always().expireIn(timeToLive));
  }

  Command<Optional<V>> getAndExpireAt(K key, Instant deadline) {
    return getAndExpire(key, SetOptions.always().expireAt(deadline));
  }

  private Command<Optional<V>> getAndExpire(K key, SetOptions options) {
    Request request = writing("GETEX", key, 2);
    expiry(request, options);
    return Command.of(request, this::optional);
  }

  Command<Optional<V>> getAndPersist(K key) {
    return Command.of(writing("GETEX", key, 1).argument("PERSIST"), this::optional);
  }

  Command<Void> setAll(Map<? extends K, ? extends V> entries) {
    List<Map.Entry<? extends K, ? extends V>> pairs = List.copyOf(entries.entrySet());
    return pairs.isEmpty() ? Command.known(null) : Command.of(pairs("MSET", pairs), Replies::nothing);
  }

  Command<Boolean> setAllIfAbsent(Map<? extends K, ? extends V> entries) {
    List<Map.Entry<? extends K, ? extends V>> pairs = List.copyOf(entries.entrySet());
    return pairs.isEmpty() ? Command.known(true) : Command.of(pairs("MSETNX", pairs), Replies::isOne);
  }

  private Request pairs(String name, List<Map.Entry<? extends K, ? extends V>> pairs) {
    Request request = new Request(name, 2 * pairs.size());
    for (Map.Entry<? extends K, ? extends V> pair : pairs) {
      request.written(key(pair.getKey())).argument(value(pair.getValue()));
    }
    return request;
  }

  Command<Long> append(K key, V tail) {
    return Command.of(writing("APPEND", key, 1).argument(value(tail)), Reply::asLong);
  }

  Command<Long> setRange(K key, long offset, V bytes) {
    return Command.of(writing("SETRANGE", key, 2).argument(offset).argument(value(bytes)), Reply::asLong);
  }

  Command<Long> increment(K key, long by) {
    return Command.of(writing("INCRBY", key, 1).argument(by), Reply::asLong);
  }

  Command<Long> decrement(K key, long by) {
    return Command.of(writing("DECRBY", key, 1).argument(by), Reply::asLong);
  }

  /** The shortest decimal that is this double and no other, without an exponent, as the embedded door adds it. */
  Command<Double> increment(K key, double by) {
    String text = Double.isFinite(by) ? new BigDecimal(Double.toString(by)).toPlainString() : Double.toString(by);
    return Command.of(writing("INCRBYFLOAT", key, 1).argument(text), reply -> Double.valueOf(reply.asText()));
  }
}
