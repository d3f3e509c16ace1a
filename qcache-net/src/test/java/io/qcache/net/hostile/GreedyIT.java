package io.qcache.net.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.net.loop.Wire;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who wants more memory, descriptors or time than it gives: the server's own cost stays bounded meanwhile, too. */
class GreedyIT extends Siege {
  private static final int PIECES = 1_000; // commands sent at a time
  private static final int SLOW = 64 << 10; // bytes that a slow reader's system takes

  private static void set(Wire wire, String key, int bytes) throws IOException {
    assertThat(wire.send(Wire.command("SET", key, "v".repeat(bytes))).line()).isEqualTo("+OK\r");
  }

  private void waitFor(int clients) throws Exception {
    Wire.await(clients + " are there", () -> info("connected_clients") == clients + 1);
  }

  // Input

  @Test void lengthsThatAreOnlyAnnounced_costNothing() throws Exception {
    for (int i = 0; i < 64; i++) {
      send(bare(), "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$536870912\r\nabc");
    }
    for (int i = 0; i < 200; i++) {
      send(bare(), "*1000000\r\n$3\r\nDEL\r\n");
      send(bare(), "*2147483647\r\n$536870912\r\n");
    }
    waitFor(464);
    theServerAnswers();
    assertThat(grown()).isLessThan(4L * MEGABYTE);
  }

  @Test void halfArguments_costWhatHasCome_andAreForgottenWithTheirSender() throws Exception {
    String half = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$536870912\r\n" + "h".repeat(MEGABYTE);
    for (int i = 0; i < 16; i++) {
      send(bare(), half);
    }
    waitFor(16);
    theServerAnswers();
    assertThat(grown()).isLessThan(40L * MEGABYTE); // an array is at most twice as long as what is in it
  }

  @Test void argumentsWithoutEnd_costAFewTimesWhatHasCome() throws Exception {
    Socket socket = bare();
    send(socket, "*2147483647\r\n$3\r\nDEL\r\n");
    String more = "$1\r\nk\r\n".repeat(PIECES);
    for (int i = 0; i < 500; i++) {
      send(socket, more); // 3.5 MB
    }
    theServerAnswers();
    assertThat(grown()).isLessThan(24L * MEGABYTE);
  }

  @Test void aTransactionThatIsNeverRun_costsWhatWasSent_andIsForgottenWithItsSender() throws Exception {
    Wire wire = attacker();
    wire.ask("MULTI\r");
    String set = Wire.command("SET", "k", "v".repeat(MEGABYTE));
    for (int i = 0; i < 16; i++) {
      assertThat(wire.send(set).line()).isEqualTo("+QUEUED\r");
    }
    theServerAnswers();
    assertThat(grown()).isLessThan(48L * MEGABYTE);
    assertThat(keys()).isZero();
  }

  @Test void watchesAndSubscriptionsByTheThousand_goWithTheirOwner() throws Exception {
    Wire wire = attacker();
    StringBuilder keys = new StringBuilder();
    StringBuilder channels = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      keys.append(Wire.command("WATCH", "key" + i));
      channels.append(Wire.command(i % 2 == 0 ? "SUBSCRIBE" : "PSUBSCRIBE", "channel" + i));
    }
    wire.send(keys.toString());
    for (int i = 0; i < 20_000; i++) {
      assertThat(wire.line()).isEqualTo("+OK\r");
    }
    wire.send(channels.toString());
    wire.skip(1 << 19);
    Wire.await("it is subscribed", () -> info("pubsub_channels") == 10_000 && info("pubsub_patterns") == 10_000);
    theServerAnswers();
    wire.close();
    Wire.await("it is not any more", () -> info("pubsub_channels") == 0 && info("pubsub_patterns") == 0);
  }

  // Output

  @Test void repliesOf256Megabytes_thatNobodyReads_costAFewOfThem() throws Exception {
    set(attacker(), "big", MEGABYTE);
    Wire slow = attacker(SLOW);
    slow.send("GET big\r\n".repeat(256));
    isHeldBack(slow);
    slow.skip(256L * ("$1048576\r\n\r\n".length() + MEGABYTE) - 1);
    assertThat(slow.ask("PING\r")).isEqualTo("+PONG\r");
  }

  @Test void oneMgetOf256Megabytes_thatNobodyReads_costsAFewOfItsValues() throws Exception {
    set(attacker(), "big", MEGABYTE);
    Wire slow = attacker(SLOW);
    slow.send("MGET" + " big".repeat(256) + "\r\n");
    isHeldBack(slow);
    slow.skip("256\r\n".length() + 256L * ("$1048576\r\n\r\n".length() + MEGABYTE));
    assertThat(slow.ask("PING\r")).isEqualTo("+PONG\r");
  }

  @Test void aTransactionThatReads256Megabytes_whichNobodyReads_costsAFewOfItsValues() throws Exception {
    set(attacker(), "big", MEGABYTE);
    Wire slow = attacker(SLOW);
    slow.send("MULTI\r\n" + ("MGET" + " big".repeat(16) + "\r\n").repeat(16) + "EXEC\r\n");
    isHeldBack(slow);
  }

  @Test void valuesThatAreReplacedWhileASlowOneGetsThem_areKeptOnlyAsOftenAsItWaitsForThem() throws Exception {
    Wire writer = attacker();
    set(writer, "big", 4 * MEGABYTE);
    Wire slow = attacker(SLOW);
    slow.send("GET big\r\n".repeat(50));
    isHeldBack(slow);
    for (int i = 0; i < 10; i++) {
      set(writer, "big", 4 * MEGABYTE);
    }
    isStillHeldBack();
  }

  @Test void namesOf20000Keys_thatNobodyReads_costATurnOfThem() throws Exception {
    Wire writer = attacker();
    String name = "k".repeat(100);
    for (int sent = 0; sent < 20_000; sent += PIECES) {
      StringBuilder piece = new StringBuilder();
      for (int i = 0; i < PIECES; i++) {
        piece.append(Wire.command("SET", name + (sent + i), ""));
      }
      writer.send(piece.toString()).skip(5L * PIECES);
    }
    long keys = grown();
    Wire slow = attacker(SLOW);
    slow.send("KEYS *\r\n".repeat(200)); // 440 MB
    theServerAnswers();
    Wire.await("what was made on the way has gone", () -> grown() - keys < 8L * MEGABYTE);
  }

  @Test void aPipelineWhoseRepliesNobodyReads_isNotReadEither() throws Exception {
    Wire slow = attacker(SLOW);
    Thread sender = new Thread(() -> {
      try {
        byte[] pipeline = Wire.command("ECHO", "e".repeat(10_000)).repeat(PIECES).getBytes();
        for (int i = 0; i < 20; i++) {
          slow.send(pipeline);
        }
      } catch (IOException closed) {
        // when the case is over
      }
    });
    sender.start();
    for (int i = 0; i < 20; i++) {
      theServerAnswers();
    }
    assertThat(grown()).isLessThan(48L * MEGABYTE); // 20 of them the sender's
    slow.close();
    sender.join();
  }

  /** The server answers others, and holds no more than a few megabytes for the slow one, itself and its value included. */
  private void isHeldBack(Wire slow) throws IOException {
    assertThat(slow.read(1)).isNotEmpty(); // it has begun
    isStillHeldBack();
  }

  private void isStillHeldBack() throws IOException {
    for (int i = 0; i < 5; i++) {
      theServerAnswers();
    }
    assertThat(grown()).isLessThan(24L * MEGABYTE);
  }

  // Connections

  @Test void idleConnections_ownNoBuffer_alsoAfterUse() throws Exception {
    int count = 1_000;
    List<Socket> idle = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      idle.add(bare());
    }
    byte[] pong = new byte[7];
    for (Socket socket : idle) {
      send(socket, "*2\r\n$4\r\nPI");
      send(socket, "NG\r\n$7\r\n+PONG\r\n\r\n");
      assertThat(socket.getInputStream().readNBytes(pong, 0, 4)).isEqualTo(4);
    }
    theServerAnswers();
    assertThat(grown()).isLessThan(count * 8L << 10); // about 3 KiB are of this side
  }

  @Test void aStormOfConnections_thatSendHalfAndReset_isWeathered() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      try (Socket socket = bare()) {
        send(socket, i % 3 == 0 ? "*2\r\n$4\r\nECHO\r\n$1000000\r\nhalf" : i % 3 == 1 ? "PING\r\n".repeat(50) : "");
        socket.setSoLinger(i % 2 == 0, 0); // a reset, with replies under way
      } catch (SocketException full) {
        continue;
      }
    }
    theServerAnswers();
  }

  @Test void whoResetsInTheMiddleOfLongReplies_leavesNothingPinned() throws Exception {
    set(attacker(), "big", 2 * MEGABYTE);
    for (int i = 0; i < 50; i++) {
      try (Socket socket = bare()) {
        send(socket, "MGET" + " big".repeat(20) + "\r\nGET big\r\nKEYS *\r\nMULTI\r\nGET big\r\nEXEC\r\n");
        assertThat(socket.getInputStream().read()).isEqualTo('*');
        socket.setSoLinger(true, 0);
      }
    }
    theServerAnswers();
  }
}
