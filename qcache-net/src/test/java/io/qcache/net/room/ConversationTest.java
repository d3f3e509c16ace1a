package io.qcache.net.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.qcache.engine.Engine;
import io.qcache.net.option.Option;
import io.qcache.net.room.Conversations.Conversation;
import io.qcache.net.room.Conversations.Step;
import io.qcache.net.session.Client;
import io.qcache.net.session.Harness;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * We answer as redis-server 7.0.15 did.  With {@code -Dqcache.reference=HOST:PORT} of such a server, which is emptied,
 * the conversations are held with that one too: they must be what it says.
 */
class ConversationTest {
  private static final List<String> OPEN = List.of("strings.txt", "bits.txt", "lists.txt", "sortedsets.txt", "sort.txt", "keys.txt", "connection.txt",
      "transactions.txt", "eviction.txt", "pubsub.txt");

  @TestFactory Stream<DynamicTest> weAnswerAsRedisDid() {
    return OPEN.stream().flatMap(resource -> conversations(resource, ""));
  }

  @TestFactory Stream<DynamicTest> weAnswerAsRedisDid_whereAPasswordIsAskedFor() {
    return conversations("password.txt", "sesame");
  }

  @TestFactory Stream<DynamicTest> weAnswerAsRedisDid_withASingleStripe() {
    return OPEN.stream().flatMap(resource -> Conversations.of(resource).stream()
        .map(each -> dynamicTest(resource + " " + each.title(),
            () -> hold(each, new Engine.Settings().stripes(1), ""))));
  }

  private static Stream<DynamicTest> conversations(String resource, String password) {
    return Conversations.of(resource).stream()
        .map(each -> dynamicTest(resource + " " + each.title(), () -> hold(each, new Engine.Settings(), password)));
  }

  private static void hold(Conversation conversation, Engine.Settings settings, String password) {
    try (Harness harness = new Harness(settings)) {
      harness.set(Option.REQUIREPASS, password);
      Map<Integer, Client> clients = new HashMap<>();
      for (Step step : conversation.steps()) {
        Client client = clients.computeIfAbsent(step.client(), number -> harness.client());
        assertThat(withoutId(client.feed(step.sent()))).as("line %d: %s", step.line(), step.sent())
            .isEqualTo(step.replied());
        assertThat(client.session.isClosing()).as("closing at line %d", step.line()).isEqualTo(step.closed());
      }
    }
  }

  /** HELLO tells the connection's number, which the recordings have as 0. */
  private static String withoutId(String replied) {
    return replied.replaceAll("\\$2\r\nid\r\n:\\d+\r\n", "\\$2\r\nid\r\n:0\r\n");
  }

  @EnabledIfSystemProperty(named = "qcache.reference", matches = ".+")
  @TestFactory Stream<DynamicTest> theReferenceAnswersSo() {
    return OPEN.stream().flatMap(resource -> Conversations.of(resource).stream()
        .map(each -> dynamicTest(resource + " " + each.title(), () -> holdWithReference(each))));
  }

  private static void holdWithReference(Conversation conversation) throws IOException {
    Map<Integer, Socket> clients = new HashMap<>();
    try {
      exchange(clients, new Step(0, 9, "FLUSHALL\r\n", "+OK\r\n", false));
      for (Step step : conversation.steps()) {
        exchange(clients, step);
      }
    } finally {
      for (Socket socket : clients.values()) {
        socket.close();
      }
    }
  }

  private static void exchange(Map<Integer, Socket> clients, Step step) throws IOException {
    Socket socket = clients.get(step.client());
    if (socket == null) {
      String[] address = System.getProperty("qcache.reference").split(":");
      socket = new Socket(address[0], Integer.parseInt(address[1]));
      socket.setSoTimeout(5_000);
      clients.put(step.client(), socket);
    }
    socket.getOutputStream().write(step.sent().getBytes(StandardCharsets.ISO_8859_1));
    InputStream in = socket.getInputStream();
    StringBuilder got = new StringBuilder();
    while (withoutId(got.toString()).length() < step.replied().length()) {
      int b = in.read();
      assertThat(b).as("end of stream").isNotNegative();
      got.append((char) b);
    }
    assertThat(withoutId(got.toString())).as("line %d: %s", step.line(), step.sent()).isEqualTo(step.replied());
    if (step.closed() && in.read() >= 0) {
      fail("line " + step.line() + ": not closed");
    }
  }
}
