package io.qcache.net.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A redis-server process on a free port of the loopback, in a folder of its own, without persistence. */
final class RedisServer implements AutoCloseable {
  private static final long START_SECONDS = 10;

  private final Path folder;
  private final Process process;
  private final InetSocketAddress address;

  private RedisServer(Path folder, Process process, InetSocketAddress address) {
    this.folder = folder;
    this.process = process;
    this.address = address;
  }

  /**
   * Returns when it answers.
   *
   * @throws AssertionError if there is no such executable, or it does not start
   */
  static RedisServer start(String executable, String... options) throws IOException {
    Path folder = Files.createTempDirectory("redis");
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
    List<String> command = new ArrayList<>(List.of(executable, "--port", Integer.toString(address.getPort()),
        "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder.toString()));
    command.addAll(List.of(options));
    Process process;
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(folder.resolve("output").toFile());
      builder.environment().put("LC_ALL", "C"); // SORT ALPHA goes by it
      process = builder.start();
    } catch (IOException e) {
      throw new AssertionError("no redis-server to compare with: install Redis 7.0, or name it by -Dredis.server=PATH"
          + " (tried " + executable + ")", e);
    }
    RedisServer server = new RedisServer(folder, process, address);
    server.awaitStart();
    return server;
  }

  InetSocketAddress address() {
    return address;
  }

  private void awaitStart() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        String said = Files.readString(folder.resolve("output"));
        close();
        throw new AssertionError("redis-server does not start: " + said);
      }
      Thread.onSpinWait();
    }
  }

  private boolean answers() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, 1000);
      return true;
    } catch (java.net.ConnectException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override public void close() {
    process.destroy();
    try {
      if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
