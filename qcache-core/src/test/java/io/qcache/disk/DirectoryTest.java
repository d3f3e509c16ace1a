package io.qcache.disk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What both directories do alike, that of the file system and that of tests, and what the latter can do beyond. */
class DirectoryTest {
  @TempDir Path temporary;

  private List<Directory> both() {
    return List.of(Directory.at(temporary), new MemoryDirectory());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }

  private static String read(Directory directory, String name) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer part = ByteBuffer.allocate(3);
    try (StoredFile file = directory.read(name)) {
      while (file.read(part) >= 0) {
        all.write(part.array(), 0, part.position());
        part.clear();
      }
    }
    return all.toString(US_ASCII);
  }

  @Test void aFileIsWrittenReadAppendedTruncatedAndReplaced() throws IOException {
    for (Directory directory : both()) {
      assertThat(directory.has("a")).isFalse();
      try (StoredFile file = directory.create("a")) {
        file.write(bytes("hello "));
        file.write(new ByteBuffer[] {bytes("wor"), bytes(""), bytes("ld"), bytes("never")}, 3);
        file.force();
        assertThat(file.size()).isEqualTo(11);
      }
      assertThat(read(directory, "a")).isEqualTo("hello world");
      try (StoredFile file = directory.append("a")) {
        file.truncate(5);
        file.write(bytes("!"));
      }
      assertThat(read(directory, "a")).isEqualTo("hello!");
      directory.create("a").close();
      assertThat(read(directory, "a")).isEmpty();
    }
  }

  @Test void namesAreListedInOrder_renamedOverOthers_andDeleted() throws IOException {
    for (Directory directory : both()) {
      for (String name : List.of("c", "a", "b")) {
        try (StoredFile file = directory.create(name)) {
          file.write(bytes(name));
        }
      }
      assertThat(directory.names()).containsExactly("a", "b", "c");
      directory.rename("c", "a");
      directory.delete("b");
      directory.delete("b");
      directory.force();
      assertThat(directory.names()).containsExactly("a");
      assertThat(read(directory, "a")).isEqualTo("c");
      assertThatThrownBy(() -> directory.read("b")).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> directory.append("b")).isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> directory.rename("b", "a")).isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test void aLockHasOneOwner() throws IOException {
    for (Directory directory : both()) {
      Closeable first = directory.lock("qcache.lock");
      assertThatThrownBy(() -> directory.lock("qcache.lock")).isInstanceOf(DirectoryInUseException.class)
          .hasMessageContaining(directory.path()).hasMessageContaining("qcache.lock");
      first.close();
      directory.lock("qcache.lock").close();
    }
  }

  @Test void withoutPowerOnlyTheForcedIsLeft() throws IOException {
    MemoryDirectory disk = new MemoryDirectory();
    try (StoredFile file = disk.create("a")) {
      file.write(bytes("safe"));
      file.force();
      file.write(bytes(" lost"));
    }
    assertThat(disk.afterPowerLoss().names()).isEmpty();
    assertThat(read(disk.afterKill(), "a")).isEqualTo("safe lost");
    disk.force();
    assertThat(read(disk.afterPowerLoss(), "a")).isEqualTo("safe");
    disk.rename("a", "b");
    assertThat(disk.afterPowerLoss().names()).containsExactly("a");
  }

  @Test void anyOperationCanFail_wholeOrByHalf() throws IOException {
    for (boolean half : new boolean[] {false, true}) {
      for (int n = 1; n <= 5; n++) {
        MemoryDirectory disk = new MemoryDirectory();
        disk.failAt(n, half);
        assertThatThrownBy(() -> {
          try (StoredFile file = disk.create("a")) {
            file.write(bytes("1234"));
            file.force();
          }
          disk.rename("a", "b");
          disk.force();
        }).isInstanceOf(IOException.class);
        assertThat(disk.operations()).isEqualTo(n);
        assertThat(disk.names()).isEqualTo(n == 1 && !half ? List.of() : List.of(n > 4 || n == 4 && half ? "b" : "a"));
        if (n == 2) {
          assertThat(read(disk, "a")).isEqualTo(half ? "12" : "");
        }
      }
    }
  }
}
