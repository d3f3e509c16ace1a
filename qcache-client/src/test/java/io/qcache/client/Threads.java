package io.qcache.client;

import java.util.List;

/** The threads of clients of a port. */
final class Threads {
  private Threads() {}

  static List<String> of(int port) {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
        .filter(name -> name.startsWith("qcache-client") && name.contains(":" + port + " ")).toList();
  }
}
