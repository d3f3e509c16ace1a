package io.qcache.client;

import io.qcache.BitField;
import io.qcache.BitOperation;
import io.qcache.BitOverflow;
import io.qcache.BitRange;
import io.qcache.BitStep;
import io.qcache.Codec;
import io.qcache.client.wire.Request;
import io.qcache.resp.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** The operations of bits as commands. */
final class BitCommands<K> {
  private final Codec<K> keys;

  BitCommands(Codec<K> keys) {
    this.keys = keys;
  }

  private byte[] key(K key) {
    return keys.encode(Objects.requireNonNull(key, "key"));
  }

  Command<Boolean> get(K key, long offset) {
    return Command.of(new Request("GETBIT", 2).key(key(key)).argument(offset), Replies::isOne);
  }

  Command<Long> count(K key, BitRange range) {
    Request request = new Request("BITCOUNT", range == BitRange.all() ? 1 : range.isInBits() ? 4 : 3).key(key(key));
    if (range != BitRange.all()) {
      request.argument(range.first()).argument(range.last());
      if (range.isInBits()) {
        request.argument("BIT");
      }
    }
    return Command.of(request, Reply::asLong);
  }

  Command<OptionalLong> find(K key, boolean bit, BitRange range) {
    int arguments = range == BitRange.all() ? 2 : !range.ends() ? 3 : range.isInBits() ? 5 : 4;
    Request request = new Request("BITPOS", arguments).key(key(key)).argument(bit ? 1 : 0);
    if (arguments > 2) {
      request.argument(range.first());
    }
    if (arguments > 3) {
      request.argument(range.last());
    }
    if (arguments > 4) {
      request.argument("BIT");
    }
    return Command.of(request,
        reply -> reply.asLong() < 0 ? OptionalLong.empty() : OptionalLong.of(reply.asLong()));
  }

  Command<Long> getField(K key, BitField field) {
    Request request = new Request("BITFIELD_RO", 4).key(key(key)).argument("GET");
    return Command.of(place(request, field), reply -> reply.asList().get(0).asLong());
  }

  Command<Boolean> set(K key, long offset, boolean bit) {
    return Command.of(new Request("SETBIT", 3).written(key(key)).argument(offset).argument(bit ? 1 : 0), Replies::isOne);
  }

  Command<Long> combine(BitOperation operation, K target, Collection<? extends K> sources) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("sources must be one or more: there is none");
    }
    if (operation == BitOperation.NOT && sources.size() != 1) {
      throw new IllegalArgumentException("NOT is of one source: there are " + sources.size());
    }
    Request request = new Request("BITOP", 2 + sources.size()).argument(operation.name()).written(key(target));
    sources.forEach(source -> request.key(key(source)));
    return Command.of(request, Reply::asLong);
  }

  Command<List<OptionalLong>> fields(K key, List<BitStep> steps) {
    int arguments = 1;
    for (BitStep step : steps) {
      arguments += step.kind() == BitStep.Kind.GET ? 3 : 6;
    }
    Request request = new Request("BITFIELD", arguments).written(key(key));
    for (BitStep step : steps) {
      add(request, step);
    }
    return Command.of(request, BitCommands::results);
  }

  private static void add(Request request, BitStep step) {
    if (step.kind() == BitStep.Kind.GET) {
      place(request.argument("GET"), step.field());
      return;
    }
    request.argument("OVERFLOW").argument(step.overflow() == BitOverflow.SATURATE ? "SAT" : step.overflow().name());
    request.argument(step.kind() == BitStep.Kind.SET ? "SET" : "INCRBY");
    place(request, step.field()).argument(step.operand());
  }

  private static Request place(Request request, BitField field) {
    return request.argument((field.signed() ? "i" : "u") + field.bits()).argument(field.offset());
  }

  private static List<OptionalLong> results(Reply reply) {
    List<OptionalLong> results = new ArrayList<>();
    for (Reply each : reply.asList()) {
      results.add(each.isNull() ? OptionalLong.empty() : OptionalLong.of(each.asLong()));
    }
    return results;
  }
}
