package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queues and sessions as well-known libraries keep them. */
@Timeout(60)
class QueuesIT {
  private final List<Wire> wires = new ArrayList<>();
  private QCacheServer server;
  private Wire client;

  @BeforeEach void open() throws IOException {
    server = QCacheServer.builder().port(0).log((level, message) -> { }).open();
    client = connect();
  }

  @AfterEach void close() throws Exception {
    for (Wire each : wires) {
      each.close();
    }
    server.close();
  }

  private Wire connect() throws IOException {
    Wire wire = new Wire(server.port());
    wires.add(wire);
    return wire;
  }

  /** A reply as text: arrays in brackets, nil for nothing. */
  private static String reply(Wire wire) throws IOException {
    String line = wire.line().trim();
    int number = "*$".indexOf(line.charAt(0)) < 0 ? 0 : Integer.parseInt(line.substring(1));
    if (number < 0) {
      return "nil";
    }
    if (line.startsWith("$")) {
      String text = wire.read(number);
      wire.read(2);
      return text;
    }
    if (!line.startsWith("*")) {
      return line;
    }
    List<String> items = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      items.add(reply(wire));
    }
    return items.toString();
  }

  private static String ask(Wire wire, String command) throws IOException {
    return reply(wire.send(command + "\r\n"));
  }

  private void awaitBlocked(int count) throws Exception {
    Wire.await(count + " blocked", () -> ask(client, "INFO clients").contains("blocked_clients:" + count + "\r\n"));
  }

  /** Sidekiq: a fetch over several queues, and the reliable one into a list of one's own. */
  @Test void workers_fetchByBrpop_orMoveJobsToAListOfTheirOwn_fromWhichThoseOfADeadOneComeBack() throws Exception {
    Wire plain = connect();
    plain.send("BRPOP queue:critical queue:default 2\r\n");
    awaitBlocked(1);
    assertThat(ask(client, "MULTI")).isEqualTo("+OK");
    assertThat(ask(client, "SADD queues default")).isEqualTo("+QUEUED");
    assertThat(ask(client, "LPUSH queue:default job1")).isEqualTo("+QUEUED");
    assertThat(ask(client, "EXEC")).isEqualTo("[:1, :1]");
    assertThat(reply(plain)).isEqualTo("[queue:default, job1]");
    Wire dying = connect();
    dying.send("BLMOVE queue:default processing:1 RIGHT LEFT 0\r\n");
    awaitBlocked(1);
    assertThat(ask(client, "LPUSH queue:default job2 job3")).isEqualTo(":2");
    assertThat(reply(dying)).isEqualTo("job2");
    dying.close();
    assertThat(ask(client, "LMOVE processing:1 queue:default RIGHT RIGHT")).isEqualTo("job2");
    assertThat(ask(client, "LMOVE processing:1 queue:default RIGHT RIGHT")).isEqualTo("nil");
    assertThat(ask(plain, "LMOVE queue:default processing:2 RIGHT LEFT")).isEqualTo("job2");
    assertThat(ask(plain, "LREM processing:2 -1 job2")).isEqualTo(":1");
    assertThat(ask(plain, "LRANGE queue:default 0 -1")).isEqualTo("[job3]");
  }

  /** BullMQ: a marker in a sorted set wakes a worker, which moves what is due out of the delayed set. */
  @Test void aWorker_isWokenByAMarker_andTakesWhatIsDueOfADelayedSet() throws Exception {
    Wire worker = connect();
    worker.send("BZPOPMIN bull:marker 5\r\n");
    awaitBlocked(1);
    assertThat(ask(client, "ZADD bull:delayed 1000 soon 2000 later")).isEqualTo(":2");
    assertThat(ask(client, "ZADD bull:marker 1000 1")).isEqualTo(":1");
    assertThat(reply(worker)).isEqualTo("[bull:marker, 1, 1000]");
    assertThat(ask(worker, "ZRANGEBYSCORE bull:delayed 0 1500 LIMIT 0 1000")).isEqualTo("[soon]");
    worker.send("MULTI\r\nZREM bull:delayed soon\r\nLPUSH bull:wait soon\r\nZADD bull:marker 0 0\r\nEXEC\r\n");
    for (String expected : List.of("+OK", "+QUEUED", "+QUEUED", "+QUEUED", "[:1, :1, :1]")) {
      assertThat(reply(worker)).isEqualTo(expected);
    }
    assertThat(ask(worker, "BZPOPMIN bull:marker 5")).isEqualTo("[bull:marker, 0, 0]");
    assertThat(ask(worker, "LMOVE bull:wait bull:active RIGHT LEFT")).isEqualTo("soon");
    assertThat(ask(worker, "BZPOPMIN bull:marker 0.01")).isEqualTo("nil");
    assertThat(ask(worker, "ZRANGE bull:delayed 0 -1 WITHSCORES")).isEqualTo("[later, 2000]");
  }

  /** Spring Session: a hash for the session, and a key beside it whose end is announced while the hash can still be read. */
  @Test void anExpiredSession_isAnnounced_whileWhatItHeldIsThere() throws Exception {
    Wire listener = connect();
    assertThat(ask(client, "CONFIG SET notify-keyspace-events Egx")).isEqualTo("+OK");
    listener.send("PSUBSCRIBE __keyevent@0__:del __keyevent@0__:expired\r\n");
    reply(listener);
    reply(listener);
    for (String id : List.of("a", "b")) {
      assertThat(ask(client, "HSET spring:session:sessions:" + id + " user " + id)).isEqualTo(":1");
      assertThat(ask(client, "PEXPIRE spring:session:sessions:" + id + " 300000")).isEqualTo(":1");
      assertThat(ask(client, "SET spring:session:sessions:expires:" + id + " x")).isEqualTo("+OK");
    }
    assertThat(ask(client, "PEXPIRE spring:session:sessions:expires:a 20")).isEqualTo(":1");
    assertThat(reply(listener)).isEqualTo("[pmessage, __keyevent@0__:expired, __keyevent@0__:expired, "
        + "spring:session:sessions:expires:a]"); // nobody has asked for the key
    assertThat(ask(client, "HGET spring:session:sessions:a user")).isEqualTo("a");
    assertThat(ask(client, "DEL spring:session:sessions:expires:b")).isEqualTo(":1");
    assertThat(reply(listener)).isEqualTo("[pmessage, __keyevent@0__:del, __keyevent@0__:del, "
        + "spring:session:sessions:expires:b]");
  }

  /** Celery: one list a priority, asked for in that order, and results that are stored and published as one. */
  @Test void tasksOfHigherPriority_comeFirst_andAResultIsStoredWithItsMessage() throws Exception {
    Wire worker = connect();
    Wire caller = connect();
    assertThat(ask(client, "LPUSH celery9 late")).isEqualTo(":1");
    assertThat(ask(client, "LPUSH celery urgent")).isEqualTo(":1");
    String fetch = "BRPOP celery celery3 celery6 celery9 1";
    assertThat(ask(worker, fetch)).isEqualTo("[celery, urgent]");
    assertThat(ask(worker, fetch)).isEqualTo("[celery9, late]");
    worker.send(fetch.replace(" 1", " 0") + "\r\n");
    awaitBlocked(1);
    client.send("MULTI\r\nLPUSH celery6 six\r\nLPUSH celery3 three\r\nEXEC\r\n");
    for (String expected : List.of("+OK", "+QUEUED", "+QUEUED", "[:1, :1]")) {
      assertThat(reply(client)).isEqualTo(expected);
    }
    assertThat(reply(worker)).isEqualTo("[celery6, six]"); // which changed first, as in Redis
    assertThat(ask(caller, "SUBSCRIBE celery-task-meta-1")).startsWith("[subscribe");
    worker.send("MULTI\r\nSETEX celery-task-meta-1 86400 done\r\nPUBLISH celery-task-meta-1 done\r\nEXEC\r\n");
    for (String expected : List.of("+OK", "+QUEUED", "+QUEUED", "[+OK, :1]")) {
      assertThat(reply(worker)).isEqualTo(expected);
    }
    assertThat(reply(caller)).isEqualTo("[message, celery-task-meta-1, done]");
    assertThat(ask(client, "GET celery-task-meta-1")).isEqualTo("done");
  }
}
