package io.qcache.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.FakeClock;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import io.qcache.engine.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RDB files in which keys come twice. */
class CheckTest {
  @TempDir Path directory;
  private final List<String> said = new ArrayList<>();
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  CheckTest() {
    text("REDIS0009");
  }

  private void text(String text) {
    file.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void database(int index) {
    file.write(0xfe);
    file.write(index);
  }

  private void dueAt(long millis) {
    file.write(0xfc);
    for (int i = 0; i < Long.BYTES; i++) {
      file.write((int) (millis >>> 8 * i));
    }
  }

  private void key(String key) {
    file.write(0); // a string
    file.write(key.length());
    text(key);
    file.write(1);
    text("v");
  }

  private boolean check() throws IOException {
    file.write(0xff);
    file.writeBytes(new byte[Long.BYTES]); // no checksum
    Path path = directory.resolve("some.rdb");
    Files.write(path, file.toByteArray());
    try (Engine engine = Engine.open(Engines.settings(2, new FakeClock()))) {
      return new Check(engine, "dump.rdb", false, said::add).check(path);
    }
  }

  @Test void aKeyThatComesTwice_isSaid_withItsPlace() throws IOException {
    for (int i = 0; i < 3_000; i++) { // more than what it begins with
      key("k" + i);
    }
    int place = file.size();
    key("k7");
    assertThat(check()).isFalse();
    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains("some.rdb, at byte " + place + ": the same key stands in it twice");
  }

  @Test void aKeyOfTwoDatabases_isTwoKeys() throws IOException {
    key("k");
    database(1);
    key("k");
    assertThat(check()).isTrue();
    assertThat(said.get(1)).contains("2 keys: 2 strings");
  }

  @Test void aKeyWhoseTimeHasCome_mayComeAgain_asAtAStart() throws IOException {
    for (int i = 0; i < 2; i++) {
      dueAt(FakeClock.START - 1);
      key("k");
    }
    key("k");
    assertThat(check()).isTrue();
  }

  @Test void twoKeysOfOneHash_areSuspected_andNotTwice() throws IOException {
    try (Engine engine = Engine.open(Engines.settings(2, new FakeClock()))) {
      SeenKeys seen = new SeenKeys(engine);
      Slice a = Engines.slice("a");
      Slice b = Engines.slice("b");
      long inverse = 1; // of the step between databases
      for (int i = 0; i < 6; i++) {
        inverse *= 2 - SeenKeys.STEP * inverse;
      }
      long database = (engine.hash(a) - engine.hash(b)) * inverse;
      seen.add(0, a);
      seen.add(database, b);
      assertThat(seen.areSuspected()).isTrue();
      assertThat(seen.isTwice(0, a)).isFalse();
      assertThat(seen.isTwice(database, b)).isFalse();
      assertThat(seen.isTwice(database, b)).isTrue();
    }
  }
}
