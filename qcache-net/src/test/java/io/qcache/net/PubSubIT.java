package io.qcache.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.Message;
import io.qcache.QCache;
import io.qcache.Subscription;
import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Publishing and subscribing over sockets, on several loops. */
@Timeout(60)
class PubSubIT {
  private static final String CONFIRMED = "*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private <T extends AutoCloseable> T closing(T one) {
    open.add(0, one);
    return one;
  }

  private QCacheServer server(int loops, String... options) {
    QCacheServer.Builder builder = QCacheServer.builder().port(0).eventLoops(loops).log((level, message) -> { });
    for (int i = 0; i < options.length; i += 2) {
      builder.option(options[i], options[i + 1].split(" "));
    }
    return closing(builder.open());
  }

  private Wire client(QCacheServer server) throws IOException {
    return closing(new Wire(server.port()));
  }

  private Wire subscriber(QCacheServer server, int receiveBytes) throws IOException {
    Wire wire = closing(new Wire(server.port(), receiveBytes));
    assertThat(wire.send("SUBSCRIBE c\r\n").read(CONFIRMED.length())).isEqualTo(CONFIRMED);
    return wire;
  }

  private static String payload(Wire subscriber) throws IOException {
    for (int i = 0; i < 6; i++) {
      subscriber.line();
    }
    return subscriber.line().trim();
  }

  /** Publishes, and fails where somebody is missing. */
  private static void publish(Wire from, String message, int receivers) throws IOException {
    assertThat(from.ask("PUBLISH c " + message)).isEqualTo(":" + receivers + "\r");
  }

  @Test void everySubscriber_getsEverything_inTheOrderOfEachPublisher() throws Exception {
    QCacheServer server = server(3);
    List<Wire> subscribers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      subscribers.add(subscriber(server, 0));
    }
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> publishers = new ArrayList<>();
    for (int p = 0; p < 3; p++) {
      Wire wire = client(server);
      int publisher = p;
      publishers.add(thread(failure, () -> {
        for (int i = 0; i < 1_000; i++) {
          publish(wire, publisher + ":" + i, 30);
        }
      }));
    }
    for (Wire subscriber : subscribers) {
      int[] next = new int[3];
      for (int i = 0; i < 3_000; i++) {
        String[] message = payload(subscriber).split(":");
        assertThat(Integer.parseInt(message[1])).isEqualTo(next[Integer.parseInt(message[0])]++);
      }
    }
    for (Thread publisher : publishers) {
      publisher.join();
    }
    assertThat(failure.get()).isNull();
  }

  private interface Work {
    void run() throws Exception;
  }

  private static Thread thread(AtomicReference<Throwable> failure, Work work) {
    Thread thread = new Thread(() -> {
      try {
        work.run();
      } catch (Throwable thrown) {
        failure.set(thrown);
      }
    });
    thread.start();
    return thread;
  }

  /** A client that has left takes what comes next for its replies. */
  @Test void behindTheReplyThatEndsThem_noMessageComes() throws Exception {
    QCacheServer server = server(3);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> publishers = new ArrayList<>();
    for (int p = 0; p < 2; p++) {
      Wire wire = client(server);
      publishers.add(thread(failure, () -> {
        while (!ended.get()) {
          wire.send("PUBLISH c m\r\n".repeat(50));
          for (int i = 0; i < 50; i++) {
            wire.line();
          }
        }
      }));
    }
    Wire wire = client(server);
    for (int round = 0; round < 500; round++) {
      wire.send("SUBSCRIBE c\r\n");
      assertThat(wire.read(CONFIRMED.length())).isEqualTo(CONFIRMED);
      assertThat(payload(wire)).isEqualTo("m");
      boolean resets = round % 2 == 0;
      wire.send(resets ? "RESET\r\n" : "UNSUBSCRIBE\r\n").send("GET nothing\r\n");
      String last = resets ? "+RESET\r" : ":0\r";
      for (String line = wire.line(); !line.equals(last); line = wire.line()) {
        assertThat(line).isNotEqualTo("$-1\r");
      }
      assertThat(wire.line()).isEqualTo("$-1\r");
    }
    ended.set(true);
    for (Thread publisher : publishers) {
      publisher.join();
    }
    assertThat(failure.get()).isNull();
  }

  /** HELLO's reply is the border between messages of two looks. */
  @Test void messagesLook_asTheProtocolSaysWhereTheyStand() throws Exception {
    QCacheServer server = server(2);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Wire from = client(server);
    Thread publisher = thread(failure, () -> {
      while (!ended.get()) {
        from.ask("PUBLISH c m");
      }
    });
    for (int round = 0; round < 100; round++) {
      Wire wire = closing(new Wire(server.port()));
      wire.send("HELLO 3\r\nSUBSCRIBE c\r\n");
      while (!wire.line().equals("subscribe\r")) {
        continue;
      }
      wire.skip("$1\r\nc\r\n:1\r\n".length());
      wire.send("HELLO 2\r\n");
      String line = wire.line();
      for (; line.equals(">3\r"); line = wire.line()) {
        wire.skip("$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n".length());
      }
      assertThat(line).isEqualTo("*14\r");
      while (!wire.line().equals("modules\r")) {
        continue;
      }
      assertThat(wire.line()).isEqualTo("*0\r");
      assertThat(wire.line()).isEqualTo("*3\r");
      wire.close();
    }
    ended.set(true);
    publisher.join();
    assertThat(failure.get()).isNull();
  }

  @Test void whoNeverReads_isCut_andWhoReadsLosesNothing() throws Exception {
    QCacheServer server = server(2, "client-output-buffer-limit", "pubsub 4mb 2mb 60");
    List<Wire> silent = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      silent.add(subscriber(server, 16 << 10));
    }
    Wire good = subscriber(server, 0);
    Wire publisher = client(server);
    String text = "x".repeat(16 << 10);
    for (int i = 0; i < 1_000; i++) {
      assertThat(publisher.ask("PUBLISH c " + i + text)).startsWith(":");
      assertThat(payload(good)).isEqualTo(i + text);
    }
    Wire.await("the silent ones are gone", () -> publisher.ask("PUBLISH c last").equals(":1\r"));
    for (Wire each : silent) {
      assertThat(each.isClosed()).isTrue();
    }
    assertThat(payload(good)).isNotEmpty();
  }

  @Test void whoDisconnects_isSubscribedNoMore() throws Exception {
    QCacheServer server = server(2);
    Wire other = client(server);
    for (int i = 0; i < 20; i++) {
      Wire wire = subscriber(server, 0);
      wire.send("PSUBSCRIBE c*\r\nSSUBSCRIBE c\r\n");
      Wire.await("it is subscribed", () -> other.ask("SPUBLISH c x").equals(":1\r"));
      publish(other, "x", 2);
      wire.close();
      Wire.await("it is gone", () -> other.ask("PUBLISH c x").equals(":0\r"));
    }
    assertThat(other.ask("PUBSUB NUMPAT")).isEqualTo(":0\r");
    assertThat(other.ask("SPUBLISH c x")).isEqualTo(":0\r");
  }

  @Test void aSubscriber_isNeverIdle() throws Exception {
    QCacheServer server = server(1, "timeout", "1");
    Wire subscriber = subscriber(server, 0);
    Wire idle = client(server);
    assertThat(idle.isClosed()).isTrue();
    publish(client(server), "x", 1);
    assertThat(payload(subscriber)).isEqualTo("x");
  }

  @Test void clientKillTypePubsub_endsSubscribersAlone() throws Exception {
    QCacheServer server = server(2);
    Wire subscriber = subscriber(server, 0);
    Wire other = client(server);
    assertThat(other.ask("CLIENT KILL TYPE pubsub")).isEqualTo(":1\r");
    assertThat(subscriber.isClosed()).isTrue();
    assertThat(other.ask("PING")).isEqualTo("+PONG\r");
  }

  @Test void aHostedCache_andItsClients_shareTheChannels() throws Exception {
    QCache cache = closing(QCache.open());
    QCacheServer server = closing(QCacheServer.builder().port(0).host(cache));
    Wire wire = subscriber(server, 0);
    assertThat(cache.channels().publish("c", "from java")).isEqualTo(1);
    assertThat(payload(wire)).isEqualTo("from java");
    try (Subscription<String, String> inside = cache.channels().subscribePattern("c?")) {
      assertThat(client(server).ask("PUBLISH c1 wire")).isEqualTo(":1\r");
      Message<String, String> message = inside.poll(Duration.ofSeconds(10)).orElseThrow();
      assertThat(message.payload()).isEqualTo("wire");
    }
  }
}
