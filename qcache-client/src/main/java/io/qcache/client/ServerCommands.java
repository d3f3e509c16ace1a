package io.qcache.client;

import io.qcache.EvictionPolicy;
import io.qcache.QCacheException;
import io.qcache.ServerException;
import io.qcache.Stats;
import io.qcache.client.wire.Request;
import io.qcache.resp.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The operations of a cache as a whole as commands. */
final class ServerCommands {
  private ServerCommands() {}

  static Command<Void> swap(int one, int other) {
    return Command.of(new Request("SWAPDB", 2).argument(one).argument(other), Replies::nothing);
  }

  static Command<Stats> stats() {
    return Command.of(Request.of("INFO", "memory", "stats", "keyspace"), reply -> {
      Map<String, String> fields = fields(reply);
      return new Stats(number(fields, "keyspace_hits"), number(fields, "keyspace_misses"),
          number(fields, "evicted_keys"), number(fields, "expired_keys"), entries(fields),
          number(fields, "used_memory"), number(fields, "maxmemory"));
    });
  }

  static Command<Long> maxMemory() {
    return Command.of(Request.of("INFO", "memory"), reply -> number(fields(reply), "maxmemory"));
  }

  static Command<Void> maxMemory(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("maxMemory must be >= 0: was " + bytes);
    }
    return configure("maxmemory", Long.toString(bytes));
  }

  static Command<EvictionPolicy> evictionPolicy() {
    return Command.of(Request.of("INFO", "memory"), reply -> policy(text(fields(reply), "maxmemory_policy")));
  }

  static Command<Void> evictionPolicy(EvictionPolicy policy) {
    return configure("maxmemory-policy", Objects.requireNonNull(policy, "evictionPolicy").redisName());
  }

  private static Command<Void> configure(String option, String value) {
    return Command.of(Request.of("CONFIG", "SET", option, value), Replies::nothing);
  }

  /** Sends what configures the server: what it says of a value that cannot be, the embedded door says so too. */
  static void configure(Door door, Command<Void> setting) {
    try {
      door.call(setting);
    } catch (ServerException refused) {
      if (refused.text().startsWith("CONFIG SET failed") && refused.text().contains(" - argument")) {
        throw new IllegalArgumentException(refused.getMessage(), refused);
      }
      throw refused;
    }
  }

  // INFO

  /** The lines {@code field:value}. */
  private static Map<String, String> fields(Reply reply) {
    Map<String, String> fields = new HashMap<>();
    for (String line : reply.asText().split("\r\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return fields;
  }

  private static String text(Map<String, String> fields, String name) {
    String text = fields.get(name);
    if (text == null) {
      throw new QCacheException("the server's INFO does not tell " + name);
    }
    return text;
  }

  private static long number(Map<String, String> fields, String name) {
    return number(name, text(fields, name));
  }

  private static long number(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException none) {
      throw new QCacheException("the server's INFO tells no number for " + name + ": " + text);
    }
  }

  /** The sum of lines such as {@code db0:keys=2,expires=1,avg_ttl=0}. */
  private static long entries(Map<String, String> fields) {
    long sum = 0;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String value = field.getValue();
      if (field.getKey().startsWith("db") && value.startsWith("keys=")) {
        int comma = value.indexOf(',');
        sum += number(field.getKey(), value.substring("keys=".length(), comma < 0 ? value.length() : comma));
      }
    }
    return sum;
  }

  private static EvictionPolicy policy(String name) {
    try {
      return EvictionPolicy.of(name);
    } catch (IllegalArgumentException unknown) {
      throw new QCacheException("the server has an eviction policy that this client does not know: " + name);
    }
  }
}
