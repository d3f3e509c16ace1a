package io.qcache.client;

import io.qcache.Codec;
import io.qcache.ExpireIf;
import io.qcache.Millis;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.TimeToLive;
import io.qcache.client.wire.Request;
import io.qcache.resp.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operations of hashes as commands.  Codecs run on the thread that asks, and on the one that takes the reply. */
final class HashCommands<K, V> extends KeyedCommands<K, V> {
  HashCommands(Codec<K> keys, Codec<V> values) {
    super(keys, values);
  }

  private K field(Reply reply) {
    byte[] bytes = reply.asBytes();
    return keys.decode(bytes, 0, bytes.length);
  }

  private List<K> fieldList(Reply reply) {
    List<K> fields = new ArrayList<>();
    reply.asList().forEach(each -> fields.add(field(each)));
    return fields;
  }

  private List<Map.Entry<K, V>> entryList(Reply reply) {
    List<Reply> all = inTurn(reply);
    List<Map.Entry<K, V>> entries = new ArrayList<>(all.size() / 2);
    for (int i = 0; i < all.size(); i += 2) {
      entries.add(Map.entry(field(all.get(i)), decode(all.get(i + 1))));
    }
    return entries;
  }

  Command<Optional<V>> get(K key, K field) {
    return Command.of(reading("HGET", key, 1).argument(key(field)), this::optional);
  }

  Command<Map<K, V>> getAll(K key, Collection<? extends K> fields) {
    List<K> asked = new ArrayList<>(fields);
    if (asked.isEmpty()) {
      return Command.of(reading("HLEN", key, 0), reply -> new LinkedHashMap<>());
    }
    Request request = reading("HMGET", key, asked.size());
    asked.forEach(each -> request.argument(key(each)));
    return Command.of(request, reply -> {
      Map<K, V> present = new LinkedHashMap<>();
      for (int i = 0; i < asked.size(); i++) {
        Reply value = reply.asList().get(i);
        if (!value.isNull()) {
          present.put(asked.get(i), decode(value));
        }
      }
      return present;
    });
  }

  Command<Map<K, V>> entries(K key) {
    return Command.of(reading("HGETALL", key, 0), reply -> {
      Map<K, V> entries = new LinkedHashMap<>();
      entryList(reply).forEach(each -> entries.put(each.getKey(), each.getValue()));
      return entries;
    });
  }

  Command<Set<K>> fields(K key) {
    return Command.of(reading("HKEYS", key, 0), reply -> new LinkedHashSet<>(fieldList(reply)));
  }

  Command<List<V>> values(K key) {
    return Command.of(reading("HVALS", key, 0), reply -> {
      List<V> list = new ArrayList<>();
      reply.asList().forEach(each -> list.add(decode(each)));
      return list;
    });
  }

  Command<Long> size(K key) {
    return Command.of(reading("HLEN", key, 0), Reply::asLong);
  }

  Command<Boolean> contains(K key, K field) {
    return Command.of(reading("HEXISTS", key, 1).argument(key(field)), Replies::isOne);
  }

  Command<Long> length(K key, K field) {
    return Command.of(reading("HSTRLEN", key, 1).argument(key(field)), Reply::asLong);
  }

  Command<Optional<K>> random(K key) {
    return Command.of(reading("HRANDFIELD", key, 0),
        reply -> reply.isNull() ? Optional.empty() : Optional.of(field(reply)));
  }

  Command<List<K>> random(K key, long count) {
    ElementReplies.requireCount(count);
    return Command.of(reading("HRANDFIELD", key, 1).argument(count), this::fieldList);
  }

  Command<List<Map.Entry<K, V>>> randomEntries(K key, long count) {
    ElementReplies.requireCount(count);
    long most = Math.min(count, Long.MAX_VALUE / 2); // the server's bound, where each is two
    return Command.of(reading("HRANDFIELD", key, 2).argument(most).argument("WITHVALUES"), this::entryList);
  }

  Command<ScanPage<Map.Entry<K, V>>> scanPage(K key, long cursor, ScanOptions options) {
    return Command.of(ElementReplies.scan("HSCAN", key(key), cursor, options),
        page -> new ScanPage<>(ElementReplies.cursor(page), List.copyOf(entryList(page.asList().get(1)))));
  }

  // Writing

  Command<Boolean> set(K key, K field, V value) {
    return Command.of(writing("HSET", key, 2).argument(key(field)).argument(value(value)), Replies::isOne);
  }

  Command<Long> setAll(K key, Map<? extends K, ? extends V> entries) {
    if (entries.isEmpty()) {
      return Command.known(0L);
    }
    Request request = writing("HSET", key, 2 * entries.size());
    entries.forEach((field, value) -> request.argument(key(field)).argument(value(value)));
    return Command.of(request, Reply::asLong);
  }

  Command<Boolean> setIfAbsent(K key, K field, V value) {
    return Command.of(writing("HSETNX", key, 2).argument(key(field)).argument(value(value)), Replies::isOne);
  }

  Command<Boolean> delete(K key, K field) {
    return Command.of(writing("HDEL", key, 1).argument(key(field)), Replies::isOne);
  }

  Command<Long> delete(K key, Collection<? extends K> fields) {
    List<K> all = new ArrayList<>(fields);
    if (all.isEmpty()) {
      return Command.known(0L);
    }
    Request request = writing("HDEL", key, all.size());
    all.forEach(each -> request.argument(key(each)));
    return Command.of(request, Reply::asLong);
  }

  Command<Long> increment(K key, K field, long by) {
    return Command.of(writing("HINCRBY", key, 2).argument(key(field)).argument(by), Reply::asLong);
  }

  Command<Double> increment(K key, K field, double by) {
    String text = Double.isFinite(by) ? new BigDecimal(Double.toString(by)).toPlainString() : Double.toString(by);
    return Command.of(writing("HINCRBYFLOAT", key, 2).argument(key(field)).argument(text),
        reply -> Double.valueOf(reply.asText()));
  }

  // Deadlines of fields

  private Request ofField(Request request, K field) {
    return request.argument("FIELDS").argument(1).argument(key(field));
  }

  private static Reply only(Reply reply) {
    return reply.asList().get(0);
  }

  Command<TimeToLive> timeToLive(K key, K field) {
    return Command.of(ofField(reading("HPTTL", key, 3), field), reply -> Replies.timeToLive(only(reply)));
  }

  Command<Optional<Instant>> deadline(K key, K field) {
    return Command.of(ofField(reading("HPEXPIRETIME", key, 3), field), reply -> Replies.deadline(only(reply)));
  }

  Command<Boolean> expire(K key, K field, Duration timeToLive, ExpireIf condition) {
    return expire("HPEXPIRE", key, field, Millis.of(timeToLive), condition);
  }

  Command<Boolean> expireAt(K key, K field, Instant deadline, ExpireIf condition) {
    return expire("HPEXPIREAT", key, field, Millis.of(deadline), condition);
  }

  private Command<Boolean> expire(String name, K key, K field, long millis, ExpireIf condition) {
    String word = word(condition);
    Request request = writing(name, key, word.isEmpty() ? 4 : 5).argument(Math.max(0, millis));
    if (!word.isEmpty()) {
      request.argument(word);
    }
    return Command.of(ofField(request, field), reply -> Replies.isOne(only(reply)));
  }

  private static String word(ExpireIf condition) {
    return switch (condition) {
      case ALWAYS -> "";
      case ABSENT -> "NX";
      case PRESENT -> "XX";
      case LATER -> "GT";
      case EARLIER -> "LT";
      case PRESENT_AND_EARLIER -> throw new IllegalArgumentException("not a condition for fields: " + condition);
    };
  }

  Command<Boolean> persist(K key, K field) {
    return Command.of(ofField(writing("HPERSIST", key, 3), field), reply -> Replies.isOne(only(reply)));
  }
}
