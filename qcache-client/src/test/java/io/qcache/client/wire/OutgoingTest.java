package io.qcache.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes go out in order, however little the socket takes, and are counted. */
final class OutgoingTest {
  /** Takes so many bytes a call, from a sequence that ends in a refusal. */
  private static final class Stubborn implements WritableByteChannel {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    int takes;

    @Override public int write(ByteBuffer source) throws IOException {
      if (takes < 0) {
        throw new IOException("broken");
      }
      int count = Math.min(takes, source.remaining());
      for (int i = 0; i < count; i++) {
        taken.write(source.get());
      }
      return count;
    }

    @Override public boolean isOpen() {
      return true;
    }

    @Override public void close() {}
  }

  @Test void everythingGoesOutInOrder_whateverTheSocketTakes() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Outgoing outgoing = new Outgoing();
    Stubborn socket = new Stubborn();
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    boolean done = false;
    for (int i = 0; i < 2000 || !done; i++) {
      if (i < 2000) {
        byte[] bytes = new byte[random.nextInt(100) == 0 ? 200_000 : random.nextInt(50)];
        random.nextBytes(bytes);
        outgoing.append(bytes, bytes.length);
        given.writeBytes(bytes);
      }
      socket.takes = random.nextInt(4) == 0 ? 0 : random.nextInt(20_000);
      done = outgoing.writeTo(socket) && !outgoing.swap();
      assertThat(outgoing.offered()).as("seed " + seed).isEqualTo(socket.taken.size());
    }
    assertThat(socket.taken.toByteArray()).as("seed " + seed).isEqualTo(given.toByteArray());
    assertThat(outgoing.appended()).isEqualTo(given.size());
  }

  @Test void aWriteThatFails_countsAllThatTheSocketMayHaveTaken() {
    Outgoing outgoing = new Outgoing();
    Stubborn socket = new Stubborn();
    outgoing.append(new byte[100], 100);
    outgoing.swap();
    outgoing.append(new byte[50], 50);
    socket.takes = -1;
    assertThatThrownBy(() -> outgoing.writeTo(socket)).isInstanceOf(IOException.class);
    assertThat(outgoing.offered()).isEqualTo(100);
    assertThat(outgoing.appended()).isEqualTo(150);
  }
}
