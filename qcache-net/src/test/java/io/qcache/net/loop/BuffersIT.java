package io.qcache.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.session.Message;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The bound on what all connections hold together. */
@Timeout(60)
class BuffersIT {
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private TestServer server(String... options) throws Exception {
    TestServer server = new TestServer(options);
    open.add(server);
    return server;
  }

  private Wire client(TestServer server) throws Exception {
    int before = server.conversations.size();
    Wire wire = new Wire(server.port(), 64 << 10);
    open.add(0, wire);
    Wire.await("it is served", () -> server.conversations.size() > before);
    return wire;
  }

  private static void sendUntilClosed(Wire wire, byte[] bytes) throws IOException {
    try {
      wire.send(bytes);
    } catch (SocketException closed) {
      // it was cut meanwhile
    }
  }

  @Test void whoHoldsTheMost_isClosed_whenAllHoldTooMuch() throws Exception {
    TestServer server = server("maxmemory-clients", "24mb", "event-loops", "2");
    Wire[] small = {client(server), client(server), client(server)};
    for (Wire wire : small) {
      wire.send(new byte[2 << 20]);
    }
    Wire large = client(server);
    sendUntilClosed(large, new byte[32 << 20]);
    assertThat(large.isClosed()).isTrue();
    Wire.await("it is gone", () -> server.loops.connections() == 3);
    assertThat(server.evicted).hasValue(1);
    assertThat(server.lines.hasOne("maxmemory-clients")).isTrue();
    for (Wire wire : small) {
      assertThat(wire.ask("")).isEqualTo(Integer.toString(2 << 20));
    }
    Wire.await("nothing is held", () -> server.loops.buffers().bytes() == 0);
  }

  @Test void whoIsSpared_stays_andTheNextIsClosed() throws Exception {
    TestServer server = server("maxmemory-clients", "16mb");
    Wire spared = client(server);
    Wire other = client(server);
    server.conversations.get(0).spared = true;
    other.send(new byte[2 << 20]);
    spared.send(new byte[20 << 20]);
    assertThat(other.isClosed()).isTrue();
    assertThat(spared.ask("")).isEqualTo(Integer.toString(20 << 20));
  }

  @Test void aReplyThatIsMoreThanAll_closesItsOwnConnection_andIsNotKept() throws Exception {
    TestServer server = server("maxmemory-clients", "4mb");
    Wire small = client(server);
    small.send("half");
    Wire greedy = client(server);
    greedy.send("big " + (64 << 20) + "\n");
    assertThat(greedy.isClosed()).isTrue();
    assertThat(server.evicted).hasValue(1);
    assertThat(small.ask("")).isEqualTo("4");
  }

  @Test void aReplyBeyondTheHardLimitOfItsClass_closesItsConnection() throws Exception {
    TestServer server = server("client-output-buffer-limit", "normal 4mb 0 0");
    Wire greedy = client(server);
    greedy.send("big " + (64 << 20) + "\n");
    assertThat(greedy.isClosed()).isTrue();
    assertThat(server.lines.hasOne("client-output-buffer-limit")).isTrue();
    assertThat(client(server).ask("echo x")).isEqualTo("x");
  }

  @Test void messagesThatManyWaitFor_countOnce() throws Exception {
    TestServer server = server("maxmemory-clients", "16mb");
    Wire[] wires = new Wire[8];
    for (int i = 0; i < wires.length; i++) {
      wires[i] = client(server);
    }
    Message message = new Message(new byte[8 << 20]);
    for (TestServer.Lines conversation : server.conversations) {
      conversation.peer.push(message);
    }
    Wire.await("all wait", () -> server.conversations.stream().allMatch(each -> each.peer.outputBytes() > 1 << 20));
    assertThat(server.evicted).hasValue(0);
    wires[0].skip(8 << 20);
    Message more = new Message(new byte[9 << 20]);
    for (int i = 1; i < wires.length; i++) {
      server.conversations.get(i).peer.push(more);
    }
    Wire.await("those that held both were cut", () -> server.loops.buffers().bytes() <= 16 << 20);
    assertThat(server.evicted.get()).isBetween(1, 7);
    assertThat(wires[0].ask("echo x")).isEqualTo("x");
  }
}
