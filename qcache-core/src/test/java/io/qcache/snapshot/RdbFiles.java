package io.qcache.snapshot;

import io.qcache.FakeClock;
import io.qcache.disk.MemoryDirectory;
import io.qcache.disk.StoredFile;
import io.qcache.engine.SnapshotContents;
import io.qcache.engine.Engine;
import io.qcache.engine.Engines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** RDB files in memory, for tests: written, loaded, and built by hand. */
final class RdbFiles {
  private RdbFiles() {}

  static byte[] write(Engine engine, int version, boolean compressing, boolean summing) throws IOException {
    MemoryDirectory disk = new MemoryDirectory();
    try (StoredFile file = disk.create("dump.rdb")) {
      RdbWriter writer = new RdbWriter(file, version, compressing, summing);
      writer.begin();
      writer.note("redis-ver", "7.0.15");
      engine.snapshot(writer);
      writer.end();
    }
    return disk.bytes("dump.rdb");
  }

  /** What a file holds, loaded into an engine of its own. */
  static Map<String, List<String>> load(byte[] file) throws IOException {
    return load(file, false);
  }

  static Map<String, List<String>> load(byte[] file, boolean skipping) throws IOException {
    Engine engine = Engine.open(Engines.settings(2, new FakeClock()));
    try {
      load(engine, file, skipping);
      return SnapshotContents.of(engine);
    } finally {
      engine.close();
    }
  }

  static RdbLoader load(Engine engine, byte[] file, boolean skipping) throws IOException {
    MemoryDirectory disk = new MemoryDirectory();
    disk.put("dump.rdb", file);
    RdbLoader loader = new RdbLoader(engine, skipping, false);
    loader.load(disk, "dump.rdb");
    return loader;
  }

  /** A file of version 12 without a checksum: what is given, between the header and the end. */
  static byte[] file(Object... content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("REDIS0012".getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(bytes(content));
    bytes.write(Rdb.EOF);
    bytes.writeBytes(new byte[8]);
    return bytes.toByteArray();
  }

  /** The bytes of integers, one each, of texts, and of arrays, which are strings with their lengths before them. */
  static byte[] bytes(Object... content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object each : content) {
      if (each instanceof Integer b) {
        bytes.write(b);
      } else if (each instanceof String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
      } else {
        byte[] string = (byte[]) each;
        bytes.write(Rdb.BITS_14 | string.length >> 8);
        bytes.write(string.length);
        bytes.writeBytes(string);
      }
    }
    return bytes.toByteArray();
  }

  /** A short key. */
  static byte[] key(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
