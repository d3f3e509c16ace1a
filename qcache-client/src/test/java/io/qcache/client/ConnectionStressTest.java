package io.qcache.client;

import static io.qcache.client.ScriptedServer.bulk;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.ConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads on one connection: each gets its own reply, whatever happens to the connection. */
@Timeout(60)
final class ConnectionStressTest {
  private static final int THREADS = 8;
  private static final int CALLS = 1500;

  @Test void eachThread_getsItsOwnReply() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> peer.say(bulk(command.get(1))));
        QCacheClient client = server.client().connect()) {
      assertThat(lost(client)).isZero();
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test void eachThread_getsItsOwnReplyOrNone_whenConnectionsAreCutAllTheTime() throws Exception {
    AtomicLong clock = new AtomicLong();
    try (ScriptedServer server = ScriptedServer.answering((peer, command) -> {
          String reply = bulk(command.get(1));
          int fate = ThreadLocalRandom.current().nextInt(400);
          peer.say(fate == 0 ? reply.substring(0, ThreadLocalRandom.current().nextInt(reply.length())) : reply);
          if (fate < 2) {
            peer.cut();
          }
        });
        QCacheClient client = server.client().nanoTime(() -> clock.addAndGet(3_000_000_000L)).connect()) {
      long lost = lost(client);
      assertThat(lost).isBetween(1L, (long) THREADS * CALLS / 2);
      assertThat(server.accepted()).isGreaterThan(1);
    }
  }

  /** How many of all calls were lost; fails if one got another's reply. */
  private static long lost(QCacheClient client) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Long>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        all.add(threads.submit(() -> lost(client, thread)));
      }
      long lost = 0;
      for (Future<Long> each : all) {
        lost += each.get();
      }
      return lost;
    } finally {
      threads.shutdownNow();
    }
  }

  private static long lost(QCacheClient client, int thread) {
    long lost = 0;
    for (int i = 0; i < CALLS; i++) {
      String key = thread + ":" + i;
      try {
        assertThat(client.get(key)).contains(key);
      } catch (ConnectionException e) {
        lost++;
      }
    }
    return lost;
  }
}
