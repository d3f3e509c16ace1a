package io.qcache.net.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.command.Row;
import io.qcache.net.option.Option;
import io.qcache.net.session.Client;
import io.qcache.net.session.Harness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Walks the table and calls every row. */
class EveryRowTest {
  /** Arguments for those that want something else than words. */
  private static final Map<String, String> ARGUMENTS = Map.ofEntries(
      Map.entry("setex", "k 10 v"), Map.entry("psetex", "k 10 v"), Map.entry("getrange", "k 0 1"),
      Map.entry("substr", "k 0 1"), Map.entry("setrange", "k 0 v"), Map.entry("incr", "n"), Map.entry("decr", "n"),
      Map.entry("incrby", "n 1"), Map.entry("decrby", "n 1"), Map.entry("incrbyfloat", "n 1"),
      Map.entry("lpush", "l v"), Map.entry("rpush", "l v"), Map.entry("lpushx", "l v"), Map.entry("rpushx", "l v"),
      Map.entry("lpop", "l"), Map.entry("rpop", "l"), Map.entry("llen", "l"), Map.entry("lrange", "l 0 1"),
      Map.entry("lindex", "l 0"), Map.entry("lset", "l 0 v"), Map.entry("linsert", "l before v w"),
      Map.entry("lrem", "l 1 v"), Map.entry("ltrim", "l 0 1"), Map.entry("lpos", "l v"),
      Map.entry("lmove", "l m left right"), Map.entry("rpoplpush", "l m"), Map.entry("lmpop", "1 l left"),
      Map.entry("blpop", "l 1"), Map.entry("brpop", "l 1"), Map.entry("blmove", "l m left right 1"),
      Map.entry("brpoplpush", "l m 1"), Map.entry("blmpop", "1 1 l left"),
      Map.entry("expire", "k 10"), Map.entry("pexpire", "k 10"), Map.entry("expireat", "k 4000000000"),
      Map.entry("pexpireat", "k 4000000000000"), Map.entry("move", "k 1"), Map.entry("sort", "nobody"), Map.entry("sort_ro", "nobody"),
      Map.entry("getbit", "k 1"), Map.entry("setbit", "k 1 0"), Map.entry("bitpos", "k 1"),
      Map.entry("bitop", "and k3 k n"), Map.entry("scan", "0"),
      Map.entry("hset", "h f v"), Map.entry("hsetnx", "h f v"), Map.entry("hmset", "h f v"), Map.entry("hget", "h f"),
      Map.entry("hmget", "h f"), Map.entry("hgetall", "h"), Map.entry("hkeys", "h"), Map.entry("hvals", "h"),
      Map.entry("hlen", "h"), Map.entry("hstrlen", "h f"), Map.entry("hexists", "h f"), Map.entry("hdel", "h f"),
      Map.entry("hincrby", "h n 1"), Map.entry("hincrbyfloat", "h n 1"), Map.entry("hrandfield", "h"),
      Map.entry("hscan", "h 0"), Map.entry("hexpire", "h 9 fields 1 f"), Map.entry("hpexpire", "h 9 fields 1 f"),
      Map.entry("hexpireat", "h 9 fields 1 f"), Map.entry("hpexpireat", "h 9 fields 1 f"), Map.entry("httl", "h fields 1 f"),
      Map.entry("hpttl", "h fields 1 f"), Map.entry("hexpiretime", "h fields 1 f"), Map.entry("hpexpiretime", "h fields 1 f"),
      Map.entry("hpersist", "h fields 1 f"),
      Map.entry("sadd", "s a"), Map.entry("srem", "s a"), Map.entry("sismember", "s a"), Map.entry("smismember", "s a"),
      Map.entry("scard", "s"), Map.entry("smembers", "s"), Map.entry("spop", "s"), Map.entry("srandmember", "s"),
      Map.entry("smove", "s t a"), Map.entry("sinter", "s"), Map.entry("sinterstore", "t s"),
      Map.entry("sintercard", "1 s"), Map.entry("sunion", "s"), Map.entry("sunionstore", "t s"), Map.entry("sdiff", "s"),
      Map.entry("sdiffstore", "t s"), Map.entry("sscan", "s 0"),
      Map.entry("zadd", "z 1 m"), Map.entry("zincrby", "z 1 m"), Map.entry("zrem", "z m"), Map.entry("zcard", "z"),
      Map.entry("zcount", "z 0 1"), Map.entry("zlexcount", "z - +"), Map.entry("zscore", "z m"),
      Map.entry("zmscore", "z m"), Map.entry("zrank", "z m"), Map.entry("zrevrank", "z m"), Map.entry("zrange", "z 0 1"),
      Map.entry("zrangestore", "z2 z 0 1"), Map.entry("zrangebyscore", "z 0 1"), Map.entry("zrevrangebyscore", "z 1 0"),
      Map.entry("zrangebylex", "z - +"), Map.entry("zrevrangebylex", "z + -"), Map.entry("zrevrange", "z 0 1"),
      Map.entry("zremrangebyrank", "z 0 1"), Map.entry("zremrangebyscore", "z 0 1"), Map.entry("zremrangebylex", "z - +"),
      Map.entry("zpopmin", "z"), Map.entry("zpopmax", "z"), Map.entry("zmpop", "1 z MIN"), Map.entry("zrandmember", "z"),
      Map.entry("bzpopmin", "z 1"), Map.entry("bzpopmax", "z 1"), Map.entry("bzmpop", "1 1 z MIN"), Map.entry("client|unblock", "99"),
      Map.entry("zscan", "z 0"), Map.entry("zunion", "1 z"), Map.entry("zinter", "1 z"), Map.entry("zdiff", "1 z"),
      Map.entry("zunionstore", "z2 1 z"), Map.entry("zinterstore", "z2 1 z"), Map.entry("zdiffstore", "z2 1 z"),
      Map.entry("zintercard", "1 z"),
      Map.entry("select", "0"), Map.entry("swapdb", "0 1"), Map.entry("auth", "default x"),
      Map.entry("client|list", ""), Map.entry("client|kill", "ID 99"), Map.entry("client|reply", "ON"),
      Map.entry("client|setinfo", "LIB-NAME x"), Map.entry("client|no-touch", "ON"), Map.entry("client|no-evict", "ON"),
      Map.entry("client|pause", "0"), Map.entry("wait", "0 0"),
      Map.entry("object|freq", "nobody"), Map.entry("object|idletime", "nobody"), Map.entry("config|set", "maxclients 10"),
      Map.entry("command|getkeys", "get k"), Map.entry("command|getkeysandflags", "get k"));

  /** These need files, or end the server: PersistenceIT and LogIT call them. */
  private static final Set<String> APART = Set.of("save", "bgsave", "bgrewriteaof", "shutdown");

  private static List<Row> rows(Harness harness) {
    List<Row> rows = new ArrayList<>();
    for (Row row : harness.host.commands().rows()) {
      if (row.subcommands() == null || row.accepts(1)) {
        rows.add(row);
      }
      if (row.subcommands() != null) {
        rows.addAll(row.subcommands().rows());
      }
    }
    return rows;
  }

  private static String call(Row row) {
    StringBuilder call = new StringBuilder(row.name().replace('|', ' '));
    String given = ARGUMENTS.get(row.name());
    if (given != null) {
      return call.append(' ').append(given).toString().trim();
    }
    int named = row.container() == null ? 1 : 2;
    for (int i = named; i < Math.abs(row.arity()); i++) {
      call.append(" k").append(i == named ? "" : i);
    }
    return call.toString();
  }

  @Test void everyRow_answersItsLeastCall_withAReplyThatIsNoError() {
    try (Harness harness = new Harness()) {
      for (Row row : rows(harness)) {
        if (APART.contains(row.name())) {
          continue;
        }
        Client client = harness.client();
        client.send("mset k 1 n 1\r\nflushdb\r\nmset k 1 n 1\r\nrpush l v v v\r\nzadd z 1 m");
        if (row.name().equals("exec") || row.name().equals("discard")) {
          client.send("multi");
        }
        String reply = client.send(call(row));
        assertThat(reply).as(call(row)).isNotEmpty().doesNotStartWith("-");
        assertThat(client.session.lastRow()).isSameAs(row);
        client.disconnect();
      }
    }
  }

  @Test void everyRow_runsInsideExec_withItsStripesHeld() {
    try (Harness harness = new Harness()) {
      for (Row row : rows(harness)) {
        if (!row.isQueued() || APART.contains(row.name())) {
          continue;
        }
        Client client = harness.client();
        client.send("mset k 1 n 1\r\nrpush l v v v\r\nzadd z 1 m");
        assertThat(client.send("multi\r\n" + call(row) + "\r\nping")).isEqualTo("+OK\r\n+QUEUED\r\n+QUEUED\r\n");
        String reply = client.send("exec");
        String pong = client.session.isSubscribed() ? "*2\r\n$4\r\npong\r\n$0\r\n\r\n" : "+PONG\r\n";
        assertThat(reply).as(call(row)).startsWith("*2\r\n").endsWith(pong).doesNotStartWith("*2\r\n-");
        client.disconnect();
      }
      assertThat(harness.logged).isEmpty();
    }
  }

  @Test void everyRow_ofTheWrongArity_isRefusedByItsFullName() {
    try (Harness harness = new Harness()) {
      for (Row row : rows(harness)) {
        int named = row.container() == null ? 1 : 2;
        int wrong = row.arity() < 0 ? -row.arity() - 1 : row.arity() + 1;
        if (wrong < named) {
          continue; // takes any number
        }
        String call = row.name().replace('|', ' ') + " x".repeat(wrong - named);
        String error = "ERR wrong number of arguments for '" + row.name() + "' command\r\n";
        String expected = row.name().equals("exec")
            ? "-EXECABORT Transaction discarded because of: " + error.substring(4) : "-" + error;
        assertThat(harness.client().send(call)).as(call).isEqualTo(expected);
      }
    }
  }

  @Test void everyRow_butThoseForAnybody_wantsAuthentication() {
    try (Harness harness = new Harness()) {
      harness.set(Option.REQUIREPASS, "sesame");
      for (Row row : rows(harness)) {
        String reply = harness.client().send(call(row));
        switch (row.name()) {
          case "quit", "reset" -> assertThat(reply).startsWith("+");
          case "auth" -> assertThat(reply).startsWith("-WRONGPASS");
          case "hello" -> assertThat(reply).startsWith("-NOAUTH HELLO must");
          case "exec" -> assertThat(reply).startsWith("-EXECABORT");
          default -> assertThat(reply).as(call(row)).isEqualTo("-NOAUTH Authentication required.\r\n");
        }
      }
    }
  }

  @Test void everyRow_inRespThree_answers() {
    try (Harness harness = new Harness()) {
      for (Row row : rows(harness)) {
        if (APART.contains(row.name())) {
          continue;
        }
        Client client = harness.client();
        client.send("hello 3\r\nmset k 1 n 1\r\nrpush l v v v\r\nzadd z 1 m");
        if (row.name().equals("exec") || row.name().equals("discard")) {
          client.send("multi");
        }
        assertThat(client.send(call(row))).as(call(row)).isNotEmpty().doesNotStartWith("-")
            .doesNotContain("$-1", "*-1");
        client.disconnect();
      }
    }
  }
}
