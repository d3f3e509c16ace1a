package io.qcache.client;

import io.qcache.Codec;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.client.wire.Request;
import io.qcache.resp.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The operations of sets as commands.  Codecs run on the thread that asks, and on the one that takes the reply. */
final class SetCommands<K, V> extends KeyedCommands<K, V> {
  SetCommands(Codec<K> keys, Codec<V> values) {
    super(keys, values);
  }

  private byte[] member(V member) {
    return values.encode(Objects.requireNonNull(member, "member"));
  }

  /** A command that reads all of the keys. */
  private Request readingAll(String name, List<K> all) {
    Request request = new Request(name, all.size());
    all.forEach(each -> request.key(key(each)));
    return request;
  }

  private List<V> list(Reply reply) {
    List<V> list = new ArrayList<>();
    reply.asList().forEach(each -> list.add(decode(each)));
    return list;
  }

  private Set<V> set(Reply reply) {
    return new LinkedHashSet<>(list(reply));
  }

  Command<Long> size(K key) {
    return Command.of(reading("SCARD", key, 0), Reply::asLong);
  }

  Command<Boolean> contains(K key, V member) {
    return Command.of(reading("SISMEMBER", key, 1).argument(member(member)), Replies::isOne);
  }

  Command<Set<V>> present(K key, Collection<? extends V> members) {
    List<V> asked = new ArrayList<>(members);
    if (asked.isEmpty()) {
      return Command.of(reading("SCARD", key, 0), reply -> new LinkedHashSet<>());
    }
    Request request = reading("SMISMEMBER", key, asked.size());
    asked.forEach(each -> request.argument(member(each)));
    return Command.of(request, reply -> {
      Set<V> present = new LinkedHashSet<>();
      for (int i = 0; i < asked.size(); i++) {
        if (Replies.isOne(reply.asList().get(i))) {
          present.add(asked.get(i));
        }
      }
      return present;
    });
  }

  Command<Set<V>> members(K key) {
    return Command.of(reading("SMEMBERS", key, 0), this::set);
  }

  Command<Optional<V>> random(K key) {
    return Command.of(reading("SRANDMEMBER", key, 0), this::optional);
  }

  Command<List<V>> random(K key, long count) {
    ElementReplies.requireCount(count);
    return Command.of(reading("SRANDMEMBER", key, 1).argument(count), this::list);
  }

  Command<ScanPage<V>> scanPage(K key, long cursor, ScanOptions options) {
    return Command.of(ElementReplies.scan("SSCAN", key(key), cursor, options),
        page -> new ScanPage<>(ElementReplies.cursor(page), List.copyOf(list(page.asList().get(1)))));
  }

  // Several sets

  Command<Set<V>> union(Collection<? extends K> all) {
    List<K> asked = new ArrayList<>(all);
    return asked.isEmpty() ? Command.known(new LinkedHashSet<>()) : Command.of(readingAll("SUNION", asked), this::set);
  }

  Command<Set<V>> intersection(Collection<? extends K> all) {
    List<K> asked = new ArrayList<>(all);
    return asked.isEmpty() ? Command.known(new LinkedHashSet<>()) : Command.of(readingAll("SINTER", asked), this::set);
  }

  Command<Set<V>> difference(K from, Collection<? extends K> without) {
    return Command.of(readingAll("SDIFF", first(from, without)), this::set);
  }

  private List<K> first(K from, Collection<? extends K> without) {
    List<K> all = new ArrayList<>();
    all.add(from);
    all.addAll(without);
    return all;
  }

  Command<Long> intersectionSize(Collection<? extends K> all, long most) {
    List<K> asked = new ArrayList<>(all);
    ElementReplies.require(most > 0, "> 0", most);
    if (asked.isEmpty()) {
      return Command.known(0L);
    }
    Request request = new Request("SINTERCARD", asked.size() + 3).argument(asked.size());
    asked.forEach(each -> request.key(key(each)));
    return Command.of(request.argument("LIMIT").argument(most), Reply::asLong);
  }

  Command<Long> storeUnion(K to, Collection<? extends K> all) {
    return storing("SUNIONSTORE", to, requireSome(all));
  }

  Command<Long> storeIntersection(K to, Collection<? extends K> all) {
    return storing("SINTERSTORE", to, requireSome(all));
  }

  Command<Long> storeDifference(K to, K from, Collection<? extends K> without) {
    return storing("SDIFFSTORE", to, first(from, without));
  }

  private List<K> requireSome(Collection<? extends K> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("keys must not be empty");
    }
    return new ArrayList<>(all);
  }

  private Command<Long> storing(String name, K to, List<K> sources) {
    Request request = writing(name, to, sources.size());
    sources.forEach(each -> request.key(key(each)));
    return Command.of(request, Reply::asLong);
  }

  // Writing

  Command<Boolean> add(K key, V member) {
    return Command.of(writing("SADD", key, 1).argument(member(member)), Replies::isOne);
  }

  Command<Long> addAll(K key, Collection<? extends V> members) {
    return each("SADD", key, members);
  }

  private Command<Long> each(String name, K key, Collection<? extends V> members) {
    List<V> all = new ArrayList<>(members);
    if (all.isEmpty()) {
      return Command.known(0L);
    }
    Request request = writing(name, key, all.size());
    all.forEach(each -> request.argument(member(each)));
    return Command.of(request, Reply::asLong);
  }

  Command<Boolean> remove(K key, V member) {
    return Command.of(writing("SREM", key, 1).argument(member(member)), Replies::isOne);
  }

  Command<Long> removeAll(K key, Collection<? extends V> members) {
    return each("SREM", key, members);
  }

  Command<Optional<V>> poll(K key) {
    return Command.of(writing("SPOP", key, 0), this::optional);
  }

  Command<Set<V>> poll(K key, long most) {
    ElementReplies.require(most >= 0, ">= 0", most);
    return Command.of(writing("SPOP", key, 1).argument(most), this::set);
  }

  Command<Boolean> move(K from, K to, V member) {
    return Command.of(writing("SMOVE", from, 2).written(key(to)).argument(member(member)), Replies::isOne);
  }
}
