package io.qcache.net;

import static io.qcache.net.loop.Wire.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.EvictionPolicy;
import io.qcache.QCache;
import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QCacheServerIT {
  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
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

  private QCacheServer.Builder builder() {
    return QCacheServer.builder().port(0).log((level, message) -> lines.add(level + " " + message));
  }

  private QCacheServer server() {
    return closing(builder().open());
  }

  private Wire client(QCacheServer server) throws IOException {
    return closing(new Wire(server.port()));
  }

  @Test void aFreePort_isTold_andTheUriNamesIt() throws Exception {
    QCacheServer server = server();
    assertThat(server.port()).isPositive();
    assertThat(server.uri()).isEqualTo("redis://127.0.0.1:" + server.port());
    assertThat(server.isOpen()).isTrue();
    assertThat(client(server).ask("PING\r")).isEqualTo("+PONG\r");
    String port = Integer.toString(server.port());
    String reply = command("port", port);
    assertThat(client(server).send(command("CONFIG", "GET", "port")).read(reply.length())).isEqualTo(reply);
  }

  @Test void theConversationOfATelnet_isAnswered() throws Exception {
    Wire wire = client(server());
    assertThat(wire.send("SET hello world\r\n").line()).isEqualTo("+OK\r");
    assertThat(wire.send("GET hello\r\n").read(11)).isEqualTo("$5\r\nworld\r\n");
  }

  @Test void aHostedCache_seesWhatClientsDo_andStaysOpenWhenTheServerCloses() throws Exception {
    QCache cache = closing(QCache.builder().databases(3).open());
    QCacheServer server = closing(builder().host(cache));
    cache.set("from", "java");
    Wire wire = client(server);
    assertThat(wire.send("GET from\r\n").read(10)).isEqualTo("$4\r\njava\r\n");
    assertThat(wire.send("SET to java\r\n").line()).isEqualTo("+OK\r");
    assertThat(cache.get("to")).contains("java");
    assertThat(wire.send("CONFIG GET databases\r\n").read(26)).isEqualTo("*2\r\n$9\r\ndatabases\r\n$1\r\n3\r\n");
    server.close();
    assertThat(server.isOpen()).isFalse();
    assertThat(wire.isClosed()).isTrue();
    assertThat(cache.get("to")).contains("java");
  }

  @Test void aPipelineOf100000Commands_isAnsweredInOrder() throws Exception {
    Wire wire = client(server());
    int count = 100_000;
    StringBuilder pipeline = new StringBuilder();
    for (int i = 0; i < count; i++) {
      pipeline.append(command("INCR", "counter"));
    }
    Thread sender = new Thread(() -> {
      try {
        wire.send(pipeline.toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    sender.start();
    for (int i = 1; i <= count; i++) {
      assertThat(wire.line()).isEqualTo(":" + i + "\r");
    }
    sender.join();
  }

  @Test void aValueOf64Megabytes_comesBackAsItWas() throws Exception {
    Wire wire = client(server());
    byte[] value = new byte[64 << 20];
    new Random(7).nextBytes(value);
    wire.send("*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$" + value.length + "\r\n").send(value).send("\r\n");
    assertThat(wire.line()).isEqualTo("+OK\r");
    wire.send("GET big\r\nPING\r\n");
    assertThat(wire.line()).isEqualTo("$" + value.length + "\r");
    assertThat(wire.read(value.length).equals(new String(value, StandardCharsets.ISO_8859_1))).isTrue();
    assertThat(wire.line()).isEqualTo("\r");
    assertThat(wire.line()).isEqualTo("+PONG\r");
  }

  @Test void halfACommandEach_of200Connections_thenTheOtherHalf_isAnswered() throws Exception {
    QCacheServer server = server();
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      wires.add(client(server).send("*2\r\n$4\r\nECHO\r\n$3\r\na"));
    }
    assertThat(client(server).ask("PING\r")).isEqualTo("+PONG\r");
    for (Wire wire : wires) {
      assertThat(wire.send("bc\r\n").read(9)).isEqualTo("$3\r\nabc\r\n");
    }
  }

  @Test void twoLoops_countWithoutLosingOne() throws Exception {
    QCacheServer server = closing(builder().eventLoops(2).open());
    List<Wire> wires = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      wires.add(client(server).send("INCR n\r\n".repeat(1000)));
    }
    for (Wire wire : wires) {
      for (int i = 0; i < 1000; i++) {
        assertThat(wire.line()).startsWith(":");
      }
    }
    assertThat(wires.get(0).send("GET n\r\n").read(11)).isEqualTo("$5\r\n10000\r\n");
  }

  @Test void aProtocolError_isRepliedBeforeTheConnectionIsClosed_whateverElseWasSent() throws Exception {
    Wire wire = client(server());
    wire.send("*3\r\n$-7\r\n" + "x".repeat(10_000));
    assertThat(wire.line()).isEqualTo("-ERR Protocol error: invalid bulk length\r");
    assertThat(wire.isClosed()).isTrue();
  }

  @Test void clientKill_closesAnotherLoopsConnection() throws Exception {
    QCacheServer server = closing(builder().eventLoops(2).open());
    Wire victim = client(server);
    assertThat(victim.ask("PING\r")).isEqualTo("+PONG\r");
    Wire killer = client(server);
    int port = victim.socket.getLocalPort();
    assertThat(killer.send("CLIENT KILL ADDR 127.0.0.1:" + port + "\r\n").line()).isEqualTo(":1\r");
    assertThat(victim.isClosed()).isTrue();
    Wire.await("only the killer is left", () -> server.loops().connections() == 1);
  }

  @Test void clientList_tellsWhereAClientIs() throws Exception {
    QCacheServer server = server();
    Wire wire = client(server);
    String length = wire.send("CLIENT LIST\r\n").line();
    String list = wire.read(Integer.parseInt(length.substring(1).trim()));
    assertThat(list).contains(" addr=127.0.0.1:" + wire.socket.getLocalPort() + " ")
        .contains(" laddr=127.0.0.1:" + server.port() + " ");
  }

  @Test void aPassword_isAskedFor_andLargeArgumentsBeforeItAreRefused() throws Exception {
    QCacheServer server = closing(builder().requirePass("sécret").open());
    Wire wire = client(server);
    assertThat(wire.ask("GET x\r")).isEqualTo("-NOAUTH Authentication required.\r");
    String utf8 = new String("sécret".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(wire.send(command("AUTH", utf8)).line()).isEqualTo("+OK\r");
    assertThat(wire.ask("PING\r")).isEqualTo("+PONG\r");
    Wire stranger = client(server).send("*2\r\n$3\r\nGET\r\n$1000000\r\n");
    assertThat(stranger.line()).isEqualTo("-ERR Protocol error: unauthenticated bulk length\r");
    assertThat(stranger.isClosed()).isTrue();
  }

  @Test void aPeerFromAnotherAddress_isDenied_untilThereIsAPassword() throws Exception {
    InetAddress far = notLoopback();
    Assumptions.assumeTrue(far != null, "this computer has no other address");
    QCacheServer server = closing(builder().bind("*", "-::*").open());
    assertThat(greeting(far, server.port())).startsWith("-DENIED ").contains("port " + server.port());
    Wire near = client(server);
    assertThat(near.ask("CONFIG SET requirepass secret\r")).isEqualTo("+OK\r");
    assertThat(greeting(far, server.port())).startsWith("-NOAUTH ");
    assertThat(near.ask("CONFIG SET requirepass \"\" protected-mode no\r")).isEqualTo("+OK\r");
    assertThat(greeting(far, server.port())).startsWith("+PONG");
  }

  private static InetAddress notLoopback() throws IOException {
    for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(one.getInetAddresses())) {
        if (!address.isLoopbackAddress() && !address.isLinkLocalAddress() && address.getAddress().length == 4) {
          return address;
        }
      }
    }
    return null;
  }

  private static String greeting(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket(address, port)) {
      socket.setSoTimeout(Wire.PATIENCE_MILLIS);
      try {
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException refused) {
        // what was said before is still to be read
      }
      byte[] reply = new byte[2000];
      int count = socket.getInputStream().read(reply);
      return new String(reply, 0, Math.max(0, count), StandardCharsets.US_ASCII);
    }
  }

  @Test void configSet_takesEffectAtOnce() throws Exception {
    QCacheServer server = server();
    Wire wire = client(server);
    assertThat(wire.ask("CONFIG SET maxclients 1 proto-max-bulk-len 1mb\r")).isEqualTo("+OK\r");
    assertThat(client(server).line()).isEqualTo("-ERR max number of clients reached\r");
    wire.send("*2\r\n$3\r\nGET\r\n$1048577\r\n");
    assertThat(wire.line()).isEqualTo("-ERR Protocol error: invalid bulk length\r");
  }

  @Test void aBoundOf2Megabytes_under100000Writes_holdsByEviction_andRefusesNone() throws Exception {
    QCacheServer server = closing(builder().maxMemory(2 << 20).evictionPolicy(EvictionPolicy.ALLKEYS_LRU).open());
    Wire wire = client(server);
    String value = "v".repeat(100);
    for (int sent = 0; sent < 100_000; sent += 500) {
      StringBuilder batch = new StringBuilder();
      for (int i = sent; i < sent + 500; i++) {
        batch.append(command("SET", "key" + i, value));
      }
      wire.send(batch.toString());
      assertThat(wire.read(500 * 5)).isEqualTo("+OK\r\n".repeat(500));
    }
    Map<String, String> info = info(wire);
    int aPageAStripe = (2 << 20) / 64; // at most: pages have a 128th of a stripe's part, or 512 bytes
    assertThat(Integer.parseInt(info.get("used_memory"))).isBetween((2 << 20) / 10 * 8, (2 << 20) + aPageAStripe);
    assertThat(Long.parseLong(info.get("evicted_keys"))).isGreaterThan(50_000);
    assertThat(info).containsEntry("maxmemory", "2097152").containsEntry("maxmemory_policy", "allkeys-lru");
  }

  @Test void aFullStoreWithoutEviction_refusesWrites_butReadsAndDeletes() throws Exception {
    Wire wire = client(closing(builder().maxMemory(2 << 20).open()));
    String value = "v".repeat(10_000);
    String reply = "+OK\r";
    for (int i = 0; i < 300 && reply.equals("+OK\r"); i++) {
      reply = wire.send(command("SET", "key" + i, value)).line();
    }
    assertThat(reply).isEqualTo("-OOM command not allowed when used memory > 'maxmemory'.\r");
    assertThat(wire.send(command("GET", "key0")).read(10_010)).isEqualTo("$10000\r\n" + value + "\r\n");
    assertThat(wire.send(command("DEL", "key0", "key1", "key2")).line()).isEqualTo(":3\r");
    assertThat(wire.send(command("SET", "key0", value)).line()).isEqualTo("+OK\r");
    assertThat(info(wire)).containsEntry("evicted_keys", "0").containsEntry("maxmemory_policy", "noeviction");
  }

  @Test void aLoweredBound_isReached_withoutAnybodyWriting() throws Exception {
    Wire wire = client(closing(builder().maxMemory(8 << 20).evictionPolicy(EvictionPolicy.ALLKEYS_LFU).open()));
    for (int i = 0; i < 600; i++) {
      assertThat(wire.send(command("SET", "key" + i, "v".repeat(10_000))).line()).isEqualTo("+OK\r");
    }
    assertThat(wire.ask("CONFIG SET maxmemory 2mb\r")).isEqualTo("+OK\r");
    Wire.await("the bound is reached", () -> Long.parseLong(info(wire).get("used_memory")) <= 2 << 20);
  }

  @Test void aHostedCache_hasOneBoundAndOnePolicy_whicheverDoorSetsThem() throws Exception {
    QCache cache = closing(QCache.builder().maxMemory(4 << 20).evictionPolicy(EvictionPolicy.VOLATILE_LRU).open());
    Wire wire = client(closing(builder().maxMemory(3 << 20).host(cache)));
    String told = "*2\r\n$16\r\nmaxmemory-policy\r\n$12\r\nvolatile-lru\r\n";
    assertThat(wire.send("CONFIG GET maxmemory-policy\r\n").read(told.length())).isEqualTo(told);
    assertThat(info(wire)).containsEntry("maxmemory", "4194304");
    assertThat(wire.ask("CONFIG SET maxmemory 5mb maxmemory-policy volatile-ttl\r")).isEqualTo("+OK\r");
    assertThat(cache.maxMemory()).isEqualTo(5 << 20);
    assertThat(cache.evictionPolicy()).isSameAs(EvictionPolicy.VOLATILE_TTL);
    cache.evictionPolicy(EvictionPolicy.VOLATILE_LFU);
    assertThat(wire.send("CONFIG GET maxmemory-policy\r\n").read(told.length())).endsWith("volatile-lfu\r\n");
  }

  private static Map<String, String> info(Wire wire) throws IOException {
    String length = wire.send("INFO\r\n").line();
    String text = wire.read(Integer.parseInt(length.substring(1).trim()) + 2);
    Map<String, String> fields = new HashMap<>();
    for (String line : text.split("\r\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return fields;
  }

  @Test void close_answersWhatWasRead_andASecondCloseDoesNothing() throws Exception {
    QCacheServer server = server();
    Wire wire = client(server);
    assertThat(wire.ask("PING\r")).isEqualTo("+PONG\r");
    server.close();
    server.close();
    assertThat(wire.isClosed()).isTrue();
    assertThat(lines).isEmpty();
    assertThatThrownBy(() -> new Wire(server.port())).isInstanceOf(IOException.class);
  }

  @Test void aBusyPort_isRefusedNamingIt_andLeavesNothingBehind() {
    QCacheServer server = server();
    assertThatThrownBy(() -> builder().port(server.port()).open()).isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("could not listen on 127.0.0.1:" + server.port() + ": Address already in use");
  }

  @Test void theBuilder_refusesWhatCannotBe_namingIt() {
    assertThatThrownBy(() -> builder().port(65_536)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port '65536': argument must be between -1 and 65535 inclusive");
    assertThatThrownBy(() -> builder().eventLoops(0)).hasMessageStartingWith("event-loops '0': ");
    assertThatThrownBy(() -> builder().maxClients(-1)).hasMessageStartingWith("maxclients '-1': ");
    assertThatThrownBy(() -> builder().databases(0)).hasMessageStartingWith("databases '0': ");
    assertThatThrownBy(() -> builder().bind()).hasMessageStartingWith("bind: ");
    assertThatThrownBy(() -> builder().option("nosuch", "1")).hasMessage("unknown option nosuch '1'");
    assertThatThrownBy(() -> builder().log(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> QCacheServer.host(null)).isInstanceOf(RuntimeException.class);
  }
}
