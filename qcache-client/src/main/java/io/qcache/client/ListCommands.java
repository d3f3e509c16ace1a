package io.qcache.client;

import io.qcache.Codec;
import io.qcache.FindOptions;
import io.qcache.ListEnd;
import io.qcache.Millis;
import io.qcache.OutOfRangeException;
import io.qcache.client.wire.Request;
import io.qcache.resp.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations of lists as commands.  Codecs run on the thread that asks, and on the one that takes the reply. */
final class ListCommands<K, V> extends KeyedCommands<K, V> {
  ListCommands(Codec<K> keys, Codec<V> values) {
    super(keys, values);
  }

  private List<V> list(Reply reply) {
    List<V> list = new ArrayList<>();
    if (!reply.isNull()) {
      reply.asList().forEach(each -> list.add(decode(each)));
    }
    return list;
  }

  Command<Long> length(K key) {
    return Command.of(reading("LLEN", key, 0), Reply::asLong);
  }

  Command<Optional<V>> get(K key, long index) {
    return Command.of(reading("LINDEX", key, 1).argument(index), this::optional);
  }

  Command<List<V>> range(K key, long first, long last) {
    return Command.of(reading("LRANGE", key, 2).argument(first).argument(last), this::list);
  }

  Command<Long> indexOf(K key, V element) {
    return Command.of(reading("LPOS", key, 1).argument(value(element)), reply -> reply.isNull() ? -1L : reply.asLong());
  }

  Command<List<Long>> find(K key, V element, FindOptions options) {
    boolean within = options.within() != Long.MAX_VALUE;
    long rank = options.from() == ListEnd.FIRST ? options.skipped() + 1 : -options.skipped() - 1;
    Request request = reading("LPOS", key, within ? 7 : 5).argument(value(element)).argument("RANK").argument(rank)
        .argument("COUNT").argument(options.limit() == Long.MAX_VALUE ? 0 : options.limit());
    if (within) {
      request.argument("MAXLEN").argument(options.within());
    }
    return Command.of(request, reply -> reply.asList().stream().map(Reply::asLong).toList());
  }

  Command<Long> addAll(K key, Collection<? extends V> elements, ListEnd end, boolean ifPresent) {
    List<V> all = List.copyOf(elements);
    if (all.isEmpty()) {
      return length(key);
    }
    Request request = writing((end == ListEnd.FIRST ? "LPUSH" : "RPUSH") + (ifPresent ? "X" : ""), key, all.size());
    all.forEach(each -> request.argument(value(each)));
    return Command.of(request, Reply::asLong);
  }

  private static String pop(ListEnd end) {
    return end == ListEnd.FIRST ? "LPOP" : "RPOP";
  }

  private static String word(ListEnd end) {
    return end == ListEnd.FIRST ? "LEFT" : "RIGHT";
  }

  Command<Optional<V>> poll(K key, ListEnd end) {
    return Command.of(writing(pop(end), key, 0), this::optional);
  }

  Command<List<V>> poll(K key, ListEnd end, long most) {
    require(most >= 0, ">= 0", most);
    return Command.of(writing(pop(end), key, 1).argument(most), this::list);
  }

  private static void require(boolean holds, String what, long most) {
    if (!holds) {
      throw new OutOfRangeException("most must be " + what + ": was " + most);
    }
  }

  Command<Optional<Map.Entry<K, List<V>>>> pollAny(Collection<? extends K> all, ListEnd end, long most) {
    List<K> asked = List.copyOf(all);
    require(most > 0, "> 0", most);
    if (asked.isEmpty()) {
      return Command.known(Optional.empty());
    }
    Request request = new Request("LMPOP", asked.size() + 4).argument(asked.size());
    asked.forEach(each -> request.written(key(each)));
    return Command.of(request.argument(word(end)).argument("COUNT").argument(most), this::entry);
  }

  Command<Optional<Map.Entry<K, List<V>>>> pollAny(
      Collection<? extends K> all, ListEnd end, long most, Duration timeout) {
    List<K> asked = List.copyOf(all);
    require(most > 0, "> 0", most);
    long millis = Millis.positive("timeout", timeout);
    if (asked.isEmpty()) {
      throw new IllegalArgumentException("keys must not be empty");
    }
    Request request = new Request("BLMPOP", asked.size() + 5).argument(Command.seconds(millis)).argument(asked.size());
    asked.forEach(each -> request.written(key(each)));
    return Command.of(request.argument(word(end)).argument("COUNT").argument(most), this::entry).waiting(millis);
  }

  private Optional<Map.Entry<K, List<V>>> entry(Reply reply) {
    if (reply.isNull()) {
      return Optional.empty();
    }
    byte[] key = reply.asList().get(0).asBytes();
    return Optional.of(Map.entry(keys.decode(key, 0, key.length), list(reply.asList().get(1))));
  }

  Command<Optional<V>> move(K from, ListEnd fromEnd, K to, ListEnd toEnd) {
    Request request = writing("LMOVE", from, 3).written(key(to)).argument(word(fromEnd)).argument(word(toEnd));
    return Command.of(request, this::optional);
  }

  Command<Optional<V>> move(K from, ListEnd fromEnd, K to, ListEnd toEnd, Duration timeout) {
    long millis = Millis.positive("timeout", timeout);
    Request request = writing("BLMOVE", from, 4).written(key(to)).argument(word(fromEnd)).argument(word(toEnd));
    return Command.of(request.argument(Command.seconds(millis)), this::optional).waiting(millis);
  }

  Command<Void> set(K key, long index, V element) {
    return Command.of(writing("LSET", key, 2).argument(index).argument(value(element)), Replies::nothing);
  }

  Command<Long> insert(K key, boolean before, V pivot, V element) {
    Request request = writing("LINSERT", key, 3).argument(before ? "BEFORE" : "AFTER").argument(value(pivot));
    return Command.of(request.argument(value(element)), Reply::asLong);
  }

  Command<Long> remove(K key, V element, ListEnd from, long most) {
    require(most > 0, "> 0", most);
    long count = most == Long.MAX_VALUE ? 0 : from == ListEnd.FIRST ? most : -most;
    return Command.of(writing("LREM", key, 2).argument(count).argument(value(element)), Reply::asLong);
  }

  Command<Void> trim(K key, long first, long last) {
    return Command.of(writing("LTRIM", key, 2).argument(first).argument(last), Replies::nothing);
  }
}
