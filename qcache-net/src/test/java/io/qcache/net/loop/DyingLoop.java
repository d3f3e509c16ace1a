package io.qcache.net.loop;

import java.io.IOException;

/** Makes a loop die, as by a bug of the JDK. */
public final class DyingLoop {
  private DyingLoop() {}

  public static void kill(Loops loops) throws IOException {
    loops.loop(0).selector().close();
  }
}
