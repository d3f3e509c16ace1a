package io.qcache.client;

import io.qcache.Codec;
import io.qcache.CopyOptions;
import io.qcache.ExpireIf;
import io.qcache.Millis;
import io.qcache.ScanOptions;
import io.qcache.ScanPage;
import io.qcache.TimeToLive;
import io.qcache.ValueType;
import io.qcache.client.wire.Request;
import io.qcache.resp.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The operations of keys as commands, for one database. */
final class KeyCommands<K> {
  private final Codec<K> keys;
  private final int database;

  KeyCommands(Codec<K> keys, int database) {
    this.keys = keys;
    this.database = database;
  }

  private byte[] key(K key) {
    return keys.encode(Objects.requireNonNull(key, "key"));
  }

  private Request reading(String name, K key) {
    return new Request(name, 1).key(key(key));
  }

  private Request writing(String name, K key, int more) {
    return new Request(name, 1 + more).written(key(key));
  }

  /** A command over all of the keys, or the known count of none. */
  private Command<Long> count(String name, boolean writes, Collection<? extends K> all) {
    List<K> asked = new ArrayList<>(all);
    if (asked.isEmpty()) {
      return Command.known(0L);
    }
    Request request = new Request(name, asked.size());
    for (K key : asked) {
      if (writes) {
        request.written(key(key));
      } else {
        request.key(key(key));
      }
    }
    return Command.of(request, Reply::asLong);
  }

  Command<Boolean> exists(K key) {
    return Command.of(reading("EXISTS", key), Replies::isOne);
  }

  Command<Long> countExisting(Collection<? extends K> all) {
    return count("EXISTS", false, all);
  }

  Command<Optional<ValueType>> type(K key) {
    return Command.of(reading("TYPE", key), Replies::type);
  }

  Command<TimeToLive> timeToLive(K key) {
    return Command.of(reading("PTTL", key), Replies::timeToLive);
  }

  Command<Optional<Instant>> deadline(K key) {
    return Command.of(reading("PEXPIRETIME", key), Replies::deadline);
  }

  /** UNLINK, which frees a large value when nobody waits for it. */
  Command<Boolean> delete(K key) {
    return Command.of(writing("UNLINK", key, 0), Replies::isOne);
  }

  Command<Long> delete(Collection<? extends K> all) {
    return count("UNLINK", true, all);
  }

  Command<Long> touch(Collection<? extends K> all) {
    return count("TOUCH", false, all);
  }

  Command<Boolean> expire(K key, Duration timeToLive, ExpireIf condition) {
    return deadline("PEXPIRE", key, Millis.of(timeToLive), condition);
  }

  Command<Boolean> expireAt(K key, Instant deadline, ExpireIf condition) {
    return deadline("PEXPIREAT", key, Millis.of(deadline), condition);
  }

  private Command<Boolean> deadline(String name, K key, long millis, ExpireIf condition) {
    List<String> words = words(condition);
    Request request = writing(name, key, 1 + words.size()).argument(millis);
    words.forEach(request::argument);
    return Command.of(request, Replies::isOne);
  }

  private static List<String> words(ExpireIf condition) {
    return switch (condition) {
      case ALWAYS -> List.of();
      case ABSENT -> List.of("NX");
      case PRESENT -> List.of("XX");
      case LATER -> List.of("GT");
      case EARLIER -> List.of("LT");
      case PRESENT_AND_EARLIER -> List.of("XX", "LT");
    };
  }

  Command<Boolean> persist(K key) {
    return Command.of(writing("PERSIST", key, 0), Replies::isOne);
  }

  Command<Void> rename(K from, K to) {
    return Command.of(writing("RENAME", from, 1).written(key(to)), Replies::nothing);
  }

  Command<Boolean> renameIfAbsent(K from, K to) {
    return Command.of(writing("RENAMENX", from, 1).written(key(to)), Replies::isOne);
  }

  Command<Boolean> copy(K from, K to, CopyOptions options) {
    int more = (options.database().isPresent() ? 2 : 0) + (options.replaces() ? 1 : 0);
    Request request = new Request("COPY", 2 + more).key(key(from));
    if (options.database().orElse(database) == database) {
      request.written(key(to));
    } else {
      request.argument(key(to)); // no key of this database
    }
    options.database().ifPresent(index -> request.argument("DB").argument(index));
    if (options.replaces()) {
      request.argument("REPLACE");
    }
    return Command.of(request, Replies::isOne);
  }

  Command<Boolean> move(K key, int to) {
    return Command.of(writing("MOVE", key, 1).argument(to), Replies::isOne);
  }

  Command<Optional<K>> random() {
    return Command.of(new Request("RANDOMKEY", 0),
        reply -> reply.isNull() ? Optional.empty() : Optional.of(decode(reply)));
  }

  Command<ScanPage<K>> scanPage(long cursor, ScanOptions options) {
    int more = 2 + (options.glob().isPresent() ? 2 : 0) + (options.type().isPresent() ? 2 : 0);
    Request request = new Request("SCAN", 1 + more).argument(Long.toUnsignedString(cursor));
    request.argument("COUNT").argument(options.count());
    options.glob().ifPresent(glob -> request.argument("MATCH").argument(glob));
    options.type().ifPresent(type -> request.argument("TYPE").argument(type.wireName()));
    return Command.of(request, this::page);
  }

  private ScanPage<K> page(Reply reply) {
    long next = Long.parseUnsignedLong(reply.asList().get(0).asText());
    return new ScanPage<>(next, List.copyOf(decodeAll(reply.asList().get(1))));
  }

  Command<List<K>> matching(String glob) {
    return Command.of(Request.of("KEYS", glob), this::decodeAll);
  }

  Command<Long> size() {
    return Command.of(new Request("DBSIZE", 0), Reply::asLong);
  }

  Command<Void> clear() {
    return Command.of(new Request("FLUSHDB", 0).writesAnyKey(), Replies::nothing);
  }

  private List<K> decodeAll(Reply reply) {
    List<K> decoded = new ArrayList<>();
    for (Reply element : reply.asList()) {
      decoded.add(decode(element));
    }
    return decoded;
  }

  private K decode(Reply reply) {
    byte[] bytes = reply.asBytes();
    return keys.decode(bytes, 0, bytes.length);
  }
}
