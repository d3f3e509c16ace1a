package io.qcache.net;

import io.qcache.net.loop.DyingLoop;
import io.qcache.net.option.Options;

/** The program, but for a loop that dies soon after its start. */
final class DyingMain {
  private DyingMain() {}

  public static void main(String[] args) {
    ServerLog log = new ServerLog(new Options(), System.out, 1);
    QCacheServer server = QCacheServer.builder().port(0).log(log).open();
    new Thread(() -> {
      try {
        System.in.read();
        DyingLoop.kill(server.loops());
      } catch (java.io.IOException e) {
        throw new IllegalStateException(e);
      }
    }).start();
    Main.run(server, log, 1);
  }
}
