package io.qcache.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.Bytes;
import io.qcache.ListEnd;
import io.qcache.QCache;
import io.qcache.Scored;
import io.qcache.TimedOutException;
import io.qcache.client.contract.Waiting;
import io.qcache.net.QCacheServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One cache with both doors open, and who waits at one for what comes through the other. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
final class WaitingClientIT {
  private static final Duration LONG = Duration.ofDays(1); // no wait ends by itself within the limit above

  private final QCache cache = QCache.open();
  private final QCacheServer server = QCacheServer.builder().port(0).host(cache);
  private QCacheClient client = QCacheClient.connect(server.uri());

  @AfterEach void close() {
    client.close();
    server.close();
    cache.close();
  }

  /** Until so many connections wait at the server. */
  private void awaitBlocked(int count) {
    while (blocked() != count) {
      Thread.onSpinWait();
    }
  }

  private int blocked() {
    String info = client.execute("INFO", Bytes.of("clients")).asText();
    return Integer.parseInt(info.replaceAll("(?s).*blocked_clients:(\\d+).*", "$1"));
  }

  @Test void aPushThroughEitherDoor_servesWhoWaitsAtTheOther() throws Exception {
    Waiting remote = new Waiting(() -> client.lists().pollFirst("l", LONG));
    awaitBlocked(1);
    cache.lists().addLast("l", "from Java");
    assertThat(remote.result()).isEqualTo(Optional.of("from Java"));

    Waiting embedded = new Waiting(() -> cache.lists().pollFirst("l", LONG));
    client.lists().addLast("l", "from afar");
    assertThat(embedded.result()).isEqualTo(Optional.of("from afar"));

    Waiting least = new Waiting(() -> client.sortedSets().pollFirst("z", LONG));
    awaitBlocked(1);
    cache.sortedSets().add("z", "m", 0.5);
    assertThat(least.result()).isEqualTo(Optional.of(new Scored<>("m", 0.5)));
    assertThat(cache.keys().size()).isZero();
  }

  @Test void whoCameFirst_isServedFirst_throughWhicheverDoor() throws Exception {
    Waiting first = new Waiting(() -> cache.lists().pollFirst("l", LONG));
    Waiting second = new Waiting(() -> client.lists().move("l", ListEnd.FIRST, "to", ListEnd.LAST, LONG));
    awaitBlocked(1);
    Waiting third = new Waiting(() -> cache.lists().pollLast("l", LONG));
    client.lists().addAllLast("l", List.of("1", "2", "3", "4"));
    assertThat(first.result()).isEqualTo(Optional.of("1"));
    assertThat(second.result()).isEqualTo(Optional.of("2"));
    assertThat(third.result()).isEqualTo(Optional.of("4"));
    assertThat(cache.lists().getAll("l")).containsExactly("3");
    assertThat(cache.lists().getAll("to")).containsExactly("2");
  }

  @Test void nothingIsTakenForWhoIsGone() throws Exception {
    Waiting embedded = new Waiting(() -> cache.lists().pollFirst("l", LONG));
    Waiting remote = new Waiting(() -> client.lists().pollFirst("l", LONG));
    awaitBlocked(1);
    embedded.interrupt();
    remote.interrupt();
    embedded.failure();
    remote.failure();
    awaitBlocked(0);
    cache.lists().addLast("l", "stays");
    assertThat(cache.lists().getAll("l")).containsExactly("stays");
    assertThat(client.lists().pollFirst("l", LONG)).contains("stays");
  }

  @Test void whatIsOfAnotherType_isWaitedOver() throws Exception {
    Waiting embedded = new Waiting(() -> cache.lists().pollFirst("k", LONG));
    Waiting remote = new Waiting(() -> client.lists().pollFirst("k", LONG));
    awaitBlocked(1);
    cache.set("k", "text");
    client.delete("k");
    client.sortedSets().add("k", "not for them", 1);
    cache.delete("k");
    client.lists().addAllLast("k", List.of("a", "b"));
    assertThat(embedded.result()).isEqualTo(Optional.of("a"));
    assertThat(remote.result()).isEqualTo(Optional.of("b"));
  }

  @Test void aWaitMayTakeLongerThanACommandMay() {
    client.close();
    client = QCacheClient.builder().address(server.uri()).commandTimeout(Duration.ofMillis(200)).connect();
    assertThat(client.lists().pollFirst("l", Duration.ofMillis(500))).isEmpty();
  }

  @Test void whenAllOfThePoolWait_theSharedConnectionGoesOn_andTheNextIsToldThatThereIsNone() throws Exception {
    client.close();
    client = QCacheClient.builder().address(server.uri()).poolSize(2).commandTimeout(Duration.ofSeconds(1)).connect();
    List<Waiting> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      all.add(new Waiting(() -> client.lists().pollFirst("l", LONG)));
    }
    awaitBlocked(2);
    client.set("k", "v");
    assertThat(client.get("k")).contains("v");
    try {
      client.lists().pollFirst("l", LONG);
      throw new AssertionError("there was a third");
    } catch (TimedOutException none) {
      assertThat(none).hasMessageContaining("one of 2 pooled connections");
    }
    client.lists().addAllLast("l", List.of("a", "b"));
    assertThat(List.of(all.get(0).result(), all.get(1).result())).containsExactlyInAnyOrder(Optional.of("a"), Optional.of("b"));
    client.lists().addLast("l", "c");
    assertThat(client.lists().pollFirst("l", LONG)).contains("c");
  }
}
