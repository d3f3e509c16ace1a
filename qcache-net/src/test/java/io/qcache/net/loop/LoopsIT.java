package io.qcache.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopsIT {
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

  private Wire client(TestServer server) throws IOException {
    return client(server, 0);
  }

  private Wire client(TestServer server, int receiveBytes) throws IOException {
    Wire wire = new Wire(server.port(), receiveBytes);
    open.add(0, wire);
    return wire;
  }

  @Test void whatIsSentInPieces_isRunWhenItIsWhole() throws Exception {
    TestServer server = server();
    Wire wire = client(server);
    for (char c : "echo hello\necho wor".toCharArray()) {
      wire.send(String.valueOf(c));
    }
    assertThat(wire.line()).isEqualTo("hello");
    assertThat(wire.send("ld\n").line()).isEqualTo("world");
    assertThat(server.conversations.get(0).peer.inputBytes()).isZero();
  }

  @Test void whatComesTogether_isAnnouncedBeforeAnyOfItIsRun_andOneThatFailsHarmsNoOther() throws Exception {
    TestServer server = server("event-loops", "1");
    Wire holding = client(server);
    List<Wire> others = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      others.add(client(server));
      assertThat(others.get(i).ask("echo ready")).isEqualTo("ready");
    }
    others.get(40).send("echo a part, "); // which is kept: that one is read by itself
    holding.send("wait\n");
    Wire.await("the loop is held", () -> server.held == 1);
    server.announcements.clear();
    for (int i = 0; i < others.size(); i++) {
      others.get(i).send(i == 20 ? "throw\n" : "echo " + i + "\n");
    }
    server.resume();
    assertThat(holding.line()).isEqualTo("waited");
    for (int i = 0; i < others.size(); i++) {
      if (i == 20) {
        assertThat(others.get(i).isClosed()).isTrue();
      } else {
        assertThat(others.get(i).line()).isEqualTo(i == 40 ? "a part, echo 40" : Integer.toString(i));
      }
    }
    assertThat(server.announcements).hasSizeBetween(60, 75).contains("announced", "echo 7\n", "throw\n");
    int first = server.announcements.indexOf("announced");
    assertThat(first).as("%s", server.announcements).isBetween(2, 32);
  }

  @Test void aMessageOfManyReads_arrivesWhole_andItsMemoryIsGivenBack() throws Exception {
    TestServer server = server();
    Wire wire = client(server);
    byte[] megabytes = new byte[20 << 20];
    java.util.Arrays.fill(megabytes, (byte) 'x');
    wire.send(megabytes).send("\necho next\n");
    assertThat(wire.line()).isEqualTo(Integer.toString(megabytes.length));
    assertThat(wire.line()).isEqualTo("next");
    assertThat(server.conversations.get(0).peer.inputBytes()).isZero();
  }

  @Test void aPipelineLongerThanAllBuffers_isAnsweredInOrder() throws Exception {
    TestServer server = server();
    Wire wire = client(server);
    int count = 300_000;
    Thread sender = new Thread(() -> {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < count; i++) {
        text.append("echo ").append(i).append('\n');
      }
      try {
        wire.send(text.toString());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    });
    sender.start();
    for (int i = 0; i < count; i++) {
      assertThat(wire.line()).isEqualTo(Integer.toString(i));
    }
    sender.join();
  }

  @Test void aPeerThatAsksForMuchAndNeverReads_isNotReadAnyMore_andCostsAMegabyteAndAReply() throws Exception {
    TestServer server = server();
    Wire greedy = client(server, 64 << 10);
    StringBuilder asks = new StringBuilder();
    for (int i = 0; i < 256; i++) {
      asks.append("big ").append(1 << 20).append('\n');
    }
    greedy.send(asks.toString());
    Wire other = client(server);
    Wire.await("the greedy one is blocked",
        () -> !server.conversations.isEmpty() && server.conversations.get(0).peer.outputBytes() > 0);
    TestServer.Lines conversation = server.conversations.get(0);
    long most = 0;
    for (int i = 0; i < 2_000; i++) {
      assertThat(other.ask("echo " + i)).isEqualTo(Integer.toString(i));
      most = Math.max(most, conversation.peer.outputBytes());
    }
    assertThat(most).isBetween(1L, (2L << 20) + Chunk.BYTES);
    assertThat(conversation.commands.get()).isLessThan(30);
    greedy.skip(256L << 20);
    assertThat(conversation.commands.get()).isEqualTo(256);
    Wire.await("nothing is unsent", () -> conversation.peer.outputBytes() == 0);
    assertThat(greedy.ask("echo again")).isEqualTo("again");
  }

  @Test void aPeerThatNeverReads_doesNotMakeTheServerKeepWhatItSends() throws Exception {
    TestServer server = server();
    Wire greedy = client(server, 64 << 10);
    greedy.send(("big " + (32 << 20) + "\n"));
    Wire.await("it is blocked",
        () -> !server.conversations.isEmpty() && server.conversations.get(0).peer.outputBytes() > 0);
    Thread sender = new Thread(() -> {
      try {
        for (int i = 0; i < 64; i++) {
          greedy.send(new byte[1 << 20]);
        }
      } catch (IOException closed) {
        // the test is over
      }
    });
    sender.start();
    Wire other = client(server);
    for (int i = 0; i < 500; i++) {
      other.ask("echo " + i);
      assertThat(server.conversations.get(0).peer.inputBytes()).isZero();
    }
    greedy.close();
    sender.join();
  }

  @Test void aConversationThatThrows_isClosed_countedAndLoggedOnce_andTheOthersGoOn() throws Exception {
    TestServer server = server();
    Wire other = client(server);
    assertThat(other.ask("echo before")).isEqualTo("before");
    for (int i = 0; i < 3; i++) {
      Wire wire = client(server);
      wire.send("echo first\nthrow\n");
      assertThat(wire.isClosed()).isTrue();
    }
    assertThat(other.ask("echo after")).isEqualTo("after");
    Wire.await("all are told", () -> server.loops.failures() == 3);
    assertThat(server.lines.stream().filter(line -> line.contains("thrown by throw"))).hasSize(1);
    Wire.await("their conversations are closed", () -> server.closed.get() == 3);
    assertThat(server.loops.connections()).isEqualTo(1);
    assertThat(server.loops.isOpen()).isTrue();
  }

  @Test void memoryThatRunsOut_evenForTheLog_closesNobodyElse() throws Exception {
    TestServer server = server();
    Wire other = client(server);
    assertThat(other.ask("echo before")).isEqualTo("before");
    server.unheard = 1;
    Wire wire = client(server);
    wire.send("throw\n");
    assertThat(wire.isClosed()).isTrue();
    Wire.await("that is told", () -> server.unheard == 0);
    assertThat(other.ask("echo after")).isEqualTo("after");
    assertThat(server.loops.connections()).isEqualTo(1);
  }

  @Test void aLoopThatMemoryFailsOnce_goesOn_andTwiceWithinASecond_ends() throws Exception {
    TestServer server = server();
    Wire wire = client(server);
    EventLoop loop = server.loops.loop(0);
    Mail exhausting = () -> {
      if (Thread.currentThread() == loop) { // mail for a loop that has ended is delivered by who posts it
        throw new OutOfMemoryError("of a test");
      }
    };
    loop.post(exhausting);
    assertThat(wire.ask("echo on")).isEqualTo("on");
    int tick = loop.tick();
    Wire.await("the reserve is there again", () -> loop.tick() >= tick + 2);
    loop.post(exhausting);
    assertThat(wire.ask("echo on")).isEqualTo("on");
    server.unheard = 1; // not even its death can be told
    loop.post(exhausting);
    loop.post(exhausting);
    server.loops.await();
    assertThat(wire.isClosed()).isTrue();
    assertThat(server.loops.isOpen()).isFalse();
    assertThat(server.reason).isInstanceOf(OutOfMemoryError.class);
  }

  @Test void bye_sendsTheReplyAndCloses_thoughMoreWasSentBehind() throws Exception {
    TestServer server = server();
    Wire wire = client(server);
    wire.send("bye\n" + "echo never\n".repeat(1000));
    assertThat(wire.line()).isEqualTo("bye");
    assertThat(wire.isClosed()).isTrue();
    assertThat(server.conversations.get(0).commands.get()).isEqualTo(1);
  }

  @Test void kill_fromAnotherThread_closesTheConnection() throws Exception {
    TestServer server = server();
    Wire wire = client(server);
    assertThat(wire.ask("echo x")).isEqualTo("x");
    server.conversations.get(0).peer.kill();
    assertThat(wire.isClosed()).isTrue();
    Wire.await("it is gone", () -> server.loops.connections() == 0);
    assertThat(server.closed.get()).isEqualTo(1);
    server.conversations.get(0).peer.kill();
  }

  @Test void moreThanMaxclients_areRefused_untilOneLeaves() throws Exception {
    TestServer server = server("maxclients", "2");
    Wire first = client(server);
    Wire second = client(server);
    assertThat(first.ask("echo 1") + second.ask("echo 2")).isEqualTo("12");
    Wire third = client(server);
    assertThat(third.line()).isEqualTo("-ERR max number of clients reached\r");
    assertThat(third.isClosed()).isTrue();
    assertThat(server.rejected.get()).isEqualTo(1);
    first.close();
    Wire.await("the first has left", () -> server.loops.connections() == 1);
    assertThat(client(server).ask("echo 4")).isEqualTo("4");
  }

  @Test void twoLoops_shareTheConnectionsEqually() throws Exception {
    TestServer server = server("event-loops", "2");
    for (int i = 0; i < 20; i++) {
      assertThat(client(server).ask("echo " + i)).isEqualTo(Integer.toString(i));
    }
    Set<Thread> threads = new HashSet<>();
    server.conversations.forEach(conversation -> threads.add(conversation.loop));
    assertThat(threads).hasSize(2);
    assertThat(server.conversations.stream().filter(one -> one.loop == server.loops.loop(0))).hasSize(10);
  }

  @Test void anIdleConnection_isClosedAfterItsTime_andABusyOneIsNot() throws Exception {
    TestServer server = server("timeout", "1");
    Wire idle = client(server);
    Wire busy = client(server);
    assertThat(idle.ask("echo x")).isEqualTo("x");
    Wire.await("the idle one is closed", () -> {
      busy.ask("echo y");
      return server.loops.connections() == 1;
    });
    assertThat(idle.isClosed()).isTrue();
    assertThat(busy.ask("echo z")).isEqualTo("z");
  }

  @Test void halfACommand_ofAPeerThatHasNotLoggedIn_isCutAfterItsTime_thoughItTrickles() throws Exception {
    TestServer server = server("unauthenticated-timeout", "1");
    server.authenticated = false;
    Wire half = client(server);
    Wire silent = client(server);
    half.send("echo ");
    Wire.await("the half one is cut", () -> {
      half.send("x");
      silent.ask("echo whole");
      return server.loops.connections() == 1;
    });
    assertThat(silent.ask("echo still")).isEqualTo("still");
  }

  @Test void halfACommand_ofOneThatHasLoggedIn_mayTakeAnyTime() throws Exception {
    TestServer server = server("unauthenticated-timeout", "1");
    Wire half = client(server);
    half.send("echo ");
    Wire.await("three seconds", () -> server.loops.loop(0).tick() >= 3);
    assertThat(half.ask("late")).isEqualTo("late");
  }

  @Test void close_answersWhatWasRead_andThenCloses() throws Exception {
    TestServer server = server();
    Wire wire = client(server);
    wire.send("wait\n" + "echo x\n".repeat(1000));
    Wire.await("the loop is held", () -> server.held == 1);
    Thread closer = new Thread(server.loops::close);
    closer.start();
    Wire.await("it is closing", () -> !server.loops.isOpen());
    server.resume();
    assertThat(wire.line()).isEqualTo("waited");
    for (int i = 0; i < 1000; i++) {
      assertThat(wire.line()).isEqualTo("x");
    }
    assertThat(wire.isClosed()).isTrue();
    closer.join();
    assertThat(server.closed.get()).isEqualTo(1);
    assertThat(server.loops.connections()).isZero();
  }

  @Test void close_sendsWhatASlowReaderHasStillToGet() throws Exception {
    TestServer server = server();
    Wire slow = client(server, 64 << 10);
    slow.send("big " + (16 << 20) + "\nbig " + (16 << 20) + "\necho end\n");
    Wire.await("it is blocked", () -> !server.conversations.isEmpty()
        && server.conversations.get(0).peer.outputBytes() > 0);
    Thread closer = new Thread(server.loops::close);
    closer.start();
    Wire.await("it is closing", () -> !server.loops.isOpen());
    slow.skip(32L << 20);
    assertThat(slow.line()).isEqualTo("end");
    assertThat(slow.isClosed()).isTrue();
    closer.join();
  }

  @Test void close_doesNotWaitForOneThatNeverReads_longerThanTenSeconds() throws Exception {
    TestServer server = server();
    Wire greedy = client(server, 64 << 10);
    greedy.send("big " + (64 << 20) + "\n");
    Wire.await("it is blocked", () -> !server.conversations.isEmpty()
        && server.conversations.get(0).peer.outputBytes() > 0);
    long start = System.nanoTime();
    server.loops.close();
    assertThat(System.nanoTime() - start).isBetween(1_000_000_000L, 10_000_000_000L);
    assertThat(server.closed.get()).isEqualTo(1);
  }

  @Test void close_withIdleConnections_isAMatterOfMilliseconds_andFreesThePort() throws Exception {
    TestServer server = server("event-loops", "2");
    for (int i = 0; i < 10; i++) {
      client(server).ask("echo x");
    }
    server.loops.close();
    server.loops.close();
    assertThat(server.loops.isOpen()).isFalse();
    try (ServerSocket again = new ServerSocket()) {
      again.setReuseAddress(true);
      again.bind(new InetSocketAddress("127.0.0.1", server.port()));
    }
    assertThat(server.reason).isNull();
  }

  @Test void aLoopThatDies_closesTheServer_andSaysSoOnce() throws Exception {
    TestServer server = server("event-loops", "2");
    List<Wire> clients = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Wire wire = client(server);
      wire.ask("echo x");
      clients.add(wire);
    }
    server.loops.loop(1).selector().close();
    server.loops.await();
    for (Wire wire : clients) {
      assertThat(wire.isClosed()).isTrue();
    }
    assertThat(server.loops.isOpen()).isFalse();
    assertThat(server.reason).isInstanceOf(java.nio.channels.ClosedSelectorException.class);
    assertThat(server.lines).containsOnlyOnce("died qcache-loop-1");
    try (Socket late = new Socket()) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(
          () -> late.connect(new InetSocketAddress("127.0.0.1", server.port()), 1000))).isInstanceOf(IOException.class);
    }
    server.loops.close();
  }

  @Test void aSelectorThatIsReplaced_serves_andAccepts_asBefore() throws Exception {
    TestServer server = server();
    Wire before = client(server);
    before.ask("echo 1");
    EventLoop loop = server.loops.loop(0);
    loop.post(() -> {
      try {
        loop.replaceSelector();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    });
    assertThat(before.ask("echo 2")).isEqualTo("2");
    assertThat(client(server).ask("echo 3")).isEqualTo("3");
    server.conversations.get(0).peer.kill();
    assertThat(before.isClosed()).isTrue();
  }

  @Test void anInterrupt_neitherEndsALoopNorMakesItSpin() throws Exception {
    TestServer server = server();
    Wire wire = client(server);
    wire.ask("echo 1");
    EventLoop loop = server.loops.loop(0);
    loop.interrupt();
    Wire.await("it has taken note", () -> !loop.isInterrupted());
    assertThat(client(server).ask("echo 2")).isEqualTo("2");
    assertThat(server.lines).isEmpty();
  }

  @Test void aThousandConnections_areServed_andGoneWhenTheyClose() throws Exception {
    TestServer server = server();
    List<Wire> clients = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      clients.add(client(server));
    }
    for (int round = 0; round < 3; round++) {
      for (Wire wire : clients) {
        wire.send("echo " + round + "\n");
      }
      for (Wire wire : clients) {
        assertThat(wire.line()).isEqualTo(Integer.toString(round));
      }
    }
    for (Wire wire : clients) {
      wire.close();
    }
    Wire.await("all are gone", () -> server.loops.connections() == 0 && server.closed.get() == 1000);
  }
}
