package io.qcache.snapshot;

import java.io.IOException;

/** What Redis has and QCache has not: called by its name, and left out whole.  For one thread. */
final class Unsupported {
  private static final String NAMES = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final int STREAM_ID_BYTES = 16;
  private static final int MOMENT_BYTES = 8;

  private final RdbInput in;

  Unsupported(RdbInput in) {
    this.in = in;
  }

  /** What a value of that type is, null where it is not one of these. */
  String name(int type) throws IOException {
    return switch (type) {
      case Rdb.STREAM, Rdb.STREAM_2, Rdb.STREAM_3 -> "a stream";
      case Rdb.MODULE_2 -> "a value of a module";
      case Rdb.MODULE_PRE_GA, Rdb.HASH_DEADLINES_PRE_GA, Rdb.HASH_LISTPACK_DEADLINES_PRE_GA ->
          throw in.unsupported("a value of the type " + type + ", of a format that no release has had");
      default -> null;
    };
  }

  /** Leaves out the value of such a type. */
  void skip(int type) throws IOException {
    switch (type) {
      case Rdb.STREAM -> skipStream(1);
      case Rdb.STREAM_2 -> skipStream(2);
      case Rdb.STREAM_3 -> skipStream(3);
      default -> {
        in.readLength(); // the module
        skipModuleValues();
      }
    }
  }

  /** The name of a module, from the 64 bits that a file has for it: nine characters of six bits, and its version. */
  String moduleName() throws IOException {
    long id = in.readLength();
    StringBuilder name = new StringBuilder();
    for (int shift = Long.SIZE - 6; shift >= 10; shift -= 6) {
      name.append(NAMES.charAt((int) (id >>> shift) & 0x3f));
    }
    return name.toString();
  }

  /** Leaves out what a module wrote, each thing behind its kind, up to the end that it has. */
  void skipModuleValues() throws IOException {
    for (long kind = in.readLength(); kind != 0; kind = in.readLength()) {
      if (kind == 1 || kind == 2) {
        in.readLength();
      } else if (kind == 3 || kind == 4) {
        in.skip(kind == 3 ? Float.BYTES : Double.BYTES);
      } else if (kind == 5) {
        in.skipString();
      } else {
        throw in.damaged("something of a module's of the kind " + kind);
      }
    }
  }

  private void skipStream(int version) throws IOException {
    for (long left = in.readCount(); left > 0; left--) {
      in.skipString();
      in.skipString();
    }
    skipLengths(version == 1 ? 3 : 8); // how many entries, the last ID; the first, the greatest deleted, how many ever
    for (long groups = in.readCount(); groups > 0; groups--) {
      in.skipString();
      skipLengths(version == 1 ? 2 : 3);
      for (long pending = in.readCount(); pending > 0; pending--) {
        in.skip(STREAM_ID_BYTES + MOMENT_BYTES);
        in.readLength();
      }
      for (long consumers = in.readCount(); consumers > 0; consumers--) {
        in.skipString();
        in.skip(version == 3 ? 2 * MOMENT_BYTES : MOMENT_BYTES);
        for (long pending = in.readCount(); pending > 0; pending--) {
          in.skip(STREAM_ID_BYTES);
        }
      }
    }
  }

  private void skipLengths(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      in.readLength();
    }
  }
}
