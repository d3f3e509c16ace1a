package io.qcache.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.option.OutputClass;
import io.qcache.net.session.Message;
import io.qcache.net.session.Peer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that other threads push to connections. */
@Timeout(60)
class MessagesIT {
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

  private Wire client(TestServer server, int receiveBytes) throws Exception {
    int before = server.conversations.size();
    Wire wire = new Wire(server.port(), receiveBytes);
    open.add(0, wire);
    Wire.await("it is served", () -> server.conversations.size() > before);
    return wire;
  }

  private static Peer peer(TestServer server, int i) {
    return server.conversations.get(i).peer;
  }

  private static Message message(String text) {
    return new Message(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] line(int length) {
    byte[] line = new byte[length];
    Arrays.fill(line, (byte) 'm');
    line[length - 1] = '\n';
    return line;
  }

  @Test void messagesOfAThread_comeInItsOrder_alsoBetweenReplies() throws Exception {
    TestServer server = server("event-loops", "2");
    Wire wire = client(server, 0);
    int count = 20_000;
    Thread publisher = new Thread(() -> {
      for (int i = 0; i < count; i++) {
        peer(server, 0).push(message("m" + i + "\n"));
      }
    });
    publisher.start();
    int next = 0;
    for (int asked = 0; asked < 500; asked++) {
      wire.send("echo reply\n");
      String line = wire.line();
      for (; !line.equals("reply"); line = wire.line()) {
        assertThat(line).isEqualTo("m" + next++);
      }
    }
    for (; next < count; next++) {
      assertThat(wire.line()).isEqualTo("m" + next);
    }
    publisher.join();
    assertThat(server.loops.buffers().messages()).hasValue(0);
  }

  @Test void aLongMessage_isSentFromWhereItIs_toEveryone() throws Exception {
    TestServer server = server();
    int clients = 5;
    Wire[] wires = new Wire[clients];
    for (int i = 0; i < clients; i++) {
      wires[i] = client(server, 64 << 10);
    }
    Message message = new Message(line(10 << 20));
    for (int i = 0; i < clients; i++) {
      peer(server, i).push(message);
      peer(server, i).push(message("end\n"));
    }
    Wire.await("all wait", () -> {
      for (int i = 0; i < clients; i++) {
        if (peer(server, i).outputBytes() == 0) {
          return false;
        }
      }
      return true;
    });
    assertThat(server.loops.buffers().messages().get()).isBetween(10L << 20, (10L << 20) + 100);
    for (Wire wire : wires) {
      wire.skip(10 << 20);
      assertThat(wire.line()).isEqualTo("end");
    }
    Wire.await("nothing waits", () -> server.loops.buffers().messages().get() == 0);
  }

  @Test void oneThatNeverReads_isCutAtTheHardLimit_theOthersLoseNothing_andTheMemoryComesBack() throws Exception {
    TestServer server = server("client-output-buffer-limit", "pubsub 8mb 0 0");
    Wire slow = client(server, 64 << 10);
    Wire good = client(server, 0);
    peer(server, 0).outputClass(OutputClass.PUBSUB);
    peer(server, 1).outputClass(OutputClass.PUBSUB);
    int bytes = 16 << 10;
    int messages = 2_000; // four times what may wait
    for (int i = 0; i < messages; i++) {
      Message message = new Message(line(bytes));
      peer(server, 0).push(message);
      peer(server, 1).push(message);
      assertThat(good.line()).hasSize(bytes - 1);
      assertThat(peer(server, 0).outputBytes()).isLessThan((8 << 20) + 2 * bytes);
    }
    Wire.await("the slow one is gone", () -> server.loops.connections() == 1);
    assertThat(server.loops.buffers().messages()).hasValue(0);
    assertThat(peer(server, 0).outputBytes()).isZero();
    assertThat(server.lines.hasOne("client-output-buffer-limit")).isTrue();
    peer(server, 0).push(new Message(line(100)));
    assertThat(server.loops.buffers().messages()).hasValue(0);
    assertThat(good.ask("echo still")).isEqualTo("still");
  }

  @Test void oneWhoseOutputStaysAboveTheSoftLimit_isCutAfterItsTime_andOneThatRecoversIsNot() throws Exception {
    TestServer server = server("client-output-buffer-limit", "normal 0 1mb 2");
    Wire slow = client(server, 64 << 10);
    Wire late = client(server, 64 << 10);
    Message message = new Message(line(10 << 20));
    peer(server, 1).push(message);
    Wire.await("it is too slow", () -> peer(server, 1).outputBytes() > 1 << 20);
    late.skip(10 << 20);
    peer(server, 0).push(message);
    Wire.await("the slow one is cut", () -> server.loops.connections() == 1);
    assertThat(late.ask("echo still")).isEqualTo("still");
    assertThat(slow.isClosed()).isTrue();
  }

  @Test void messagesForOneThatIsBlockedByItsReplies_comeBehindThem() throws Exception {
    TestServer server = server();
    Wire wire = client(server, 64 << 10);
    wire.send("big " + (16 << 20) + "\n");
    Wire.await("it is blocked", () -> peer(server, 0).outputBytes() > 0);
    peer(server, 0).push(message("pushed\n"));
    wire.send("echo next\n");
    wire.skip(16 << 20);
    assertThat(wire.line()).isEqualTo("pushed");
    assertThat(wire.line()).isEqualTo("next");
  }

  @Test void whoLeaves_leavesNoMessageBehind() throws Exception {
    TestServer server = server("event-loops", "2");
    for (int round = 0; round < 20; round++) {
      Wire wire = client(server, 64 << 10);
      Peer peer = peer(server, round);
      Thread publisher = new Thread(() -> {
        for (int i = 0; i < 2_000; i++) {
          peer.push(new Message(line(5_000)));
        }
      });
      publisher.start();
      wire.close();
      publisher.join();
    }
    Wire.await("all have left", () -> server.loops.connections() == 0);
    Wire.await("nothing waits", () -> server.loops.buffers().messages().get() == 0);
  }
}
