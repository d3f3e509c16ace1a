package io.qcache.client.wire;

import io.qcache.Bytes;
import io.qcache.resp.GrowingOutput;
import io.qcache.resp.RequestWriter;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * One command in the bytes that go over the wire, and where in them its keys lie.  Each argument is copied at once, so
 * a codec may hand out the same array for the next.  Built by one thread, then only read.
 */
public final class Request {
  private static final int TYPICAL_BYTES = 128;
  private static final int CR_LF = 2;
  private static final long WRITTEN = 1;
  private static final long[] NO_KEYS = {};

  private final String name;
  private final GrowingOutput out = new GrowingOutput(TYPICAL_BYTES);
  private final RequestWriter writer = new RequestWriter(out);
  private long[] keys = NO_KEYS; // each its offset (32 bits), its length (31), and whether it is written
  private int keyCount;
  private boolean writesAnyKey;

  /** A command and how many arguments come behind its name. */
  public Request(String name, int arguments) {
    this.name = name;
    writer.command(1 + arguments);
    writer.argument(name);
  }

  /** A command of texts. */
  public static Request of(String name, String... arguments) {
    Request request = new Request(name, arguments.length);
    for (String argument : arguments) {
      request.argument(argument);
    }
    return request;
  }

  /** The command's name, for messages. */
  public String name() {
    return name;
  }

  public Request argument(byte[] bytes) {
    writer.argument(bytes);
    return this;
  }

  public Request argument(long number) {
    writer.argument(number);
    return this;
  }

  public Request argument(String text) {
    writer.argument(text);
    return this;
  }

  /** An argument that is a key which the command reads. */
  public Request key(byte[] bytes) {
    return key(bytes, 0);
  }

  /** An argument that is a key which the command may change. */
  public Request written(byte[] bytes) {
    return key(bytes, WRITTEN);
  }

  /** Notes that the command may change any key whatever. */
  public Request writesAnyKey() {
    writesAnyKey = true;
    return this;
  }

  private Request key(byte[] bytes, long flag) {
    writer.argument(bytes);
    if (keyCount == keys.length) {
      keys = Arrays.copyOf(keys, Math.max(1, 2 * keyCount));
    }
    long offset = out.size() - CR_LF - bytes.length;
    keys[keyCount++] = offset << 32 | (long) bytes.length << 1 | flag;
    return this;
  }

  public boolean mayWriteAnyKey() {
    return writesAnyKey;
  }

  /** Whether it may change anything that a load brings. */
  public boolean mayWrite() {
    boolean writes = writesAnyKey;
    for (int i = 0; i < keyCount && !writes; i++) {
      writes = (keys[i] & WRITTEN) != 0;
    }
    return writes;
  }

  /** Shows each key, in order. */
  public void forEachKey(Consumer<Bytes> each) {
    for (int i = 0; i < keyCount; i++) {
      each.accept(keyAt(i));
    }
  }

  /** Shows each key that the command may change, in order. */
  public void forEachWritten(Consumer<Bytes> each) {
    for (int i = 0; i < keyCount; i++) {
      if ((keys[i] & WRITTEN) != 0) {
        each.accept(keyAt(i));
      }
    }
  }

  private Bytes keyAt(int i) {
    return Bytes.copyOf(out.array(), (int) (keys[i] >>> 32), (int) keys[i] >>> 1);
  }

  /** How many bytes it takes on the wire. */
  int size() {
    return out.size();
  }

  /**
   * The bytes, as {@code array()[0, size())}.
   *
   * @throws IllegalStateException if arguments are missing: sent like that, the stream would be out of step for good
   */
  byte[] array() {
    if (writer.missing() != 0) {
      throw new IllegalStateException(name + " lacks " + writer.missing() + " arguments");
    }
    return out.array();
  }
}
