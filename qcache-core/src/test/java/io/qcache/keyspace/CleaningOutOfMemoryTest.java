package io.qcache.keyspace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.engine.Database;
import io.qcache.engine.Deadline;
import io.qcache.engine.Engine;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.engine.StringOps;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CleaningOutOfMemoryTest {
  private final Engine engine = Engine.open(new Engine.Settings().databases(1).stripes(1).maxBytes(64 << 10));
  private final Database db = engine.database(0);

  private static byte[] key(int number) {
    return ("key" + (char) ('a' + number)).getBytes(US_ASCII);
  }

  private boolean set(int number) {
    return StringOps.set(db, new Slice().wrap(key(number)), new Slice().wrap(new byte[100]), StringOps.If.ALWAYS,
        Deadline.NONE, null);
  }

  @Test void memoryThatFailsWhileAPageIsCleaned_leavesTheDeleteDone_andTheStripeFree() throws Exception {
    for (int i = 0; i < 12; i++) {
      set(i); // three pages of four, all full, so that cleaning needs another
    }
    boolean failed = false;
    for (int i = 1; i < 8; i++) {
      Slices keys = new Slices();
      keys.add(key(i));
      Allocation.failAfter(0);
      assertThat(KeyOps.delete(db, keys, 0)).isEqualTo(1);
      failed |= Allocation.hasFailed();
      Allocation.failAfter(-1);
      CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> set(0));
      assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(failed).as("an allocation was made while cleaning").isTrue();
    assertThat(KeyOps.size(db)).isEqualTo(5);
  }
}
