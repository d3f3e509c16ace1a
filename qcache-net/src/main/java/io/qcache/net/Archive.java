package io.qcache.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code --make-archive FILE}: what a start loads and checks, loaded and checked once for all.  A program like this one,
 * of the same JVM with the same options, serves a conversation with most of what clients begin with, ends, and leaves
 * its classes in the file: as a CDS archive, or from JDK 25 on as an AOT cache.
 */
final class Archive {
  private static final int FIRST_WITH_CACHE = 25;
  private static final int PATIENCE_SECONDS = 120;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final String PORT = ", port ";

  /** Ends with QUIT, so that the replies end too. */
  private static final String CONVERSATION = String.join("\r\n",
      "PING", "SET key value", "GET key", "*2\r\n$3\r\nGET\r\n$3\r\nkey", "MSET a 1 b 2 c 3", "MGET a b c d",
      "INCR a", "INCRBYFLOAT a 1.5", "APPEND key more", "EXPIRE key 100", "TTL key", "PERSIST key", "EXISTS key",
      "TYPE key", "SCAN 0", "KEYS *", "DBSIZE", "DEL a b c", "MULTI", "SET key value", "GET key", "EXEC", "NOSUCH",
      "COMMAND", "CONFIG GET *", "CLIENT SETNAME archive", "CLIENT LIST", "INFO", "HELLO 3", "SUBSCRIBE channel",
      "PUBLISH channel message", "UNSUBSCRIBE channel", "RESET", "FLUSHALL", "QUIT", "");

  private final Path file;
  private final StringBuilder said = new StringBuilder(); // by the program in training

  private Archive(Path file) {
    this.file = file;
  }

  /**
   * Makes it, in a matter of seconds; what there was is replaced at the end.  Returns the line that says how to use it.
   *
   * @throws IOException with a line that says why there is none
   */
  static String make(String name) throws IOException, InterruptedException {
    Path file = Path.of(name).toAbsolutePath();
    if (!Files.isDirectory(file.getParent())) {
      throw new IOException("there is no folder " + file.getParent());
    }
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      new Archive(fresh).train();
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    return "made " + file + ", " + Files.size(file) / 1024 + " kB; start with it by  java "
        + (hasCache() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file + " -jar " + jar();
  }

  private static boolean hasCache() {
    return Runtime.version().feature() >= FIRST_WITH_CACHE;
  }

  private static String jar() throws IOException {
    String path = System.getProperty("java.class.path", "");
    if (!path.endsWith(".jar") || !Files.isRegularFile(Path.of(path))) {
      throw new IOException("an archive is made of the runnable jar alone:  java -jar qcache-net.jar --make-archive FILE");
    }
    return path;
  }

  private void train() throws IOException, InterruptedException {
    Files.deleteIfExists(file);
    Process program = new ProcessBuilder(command()).redirectErrorStream(true).start();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
      talk(readyPort(output));
      program.toHandle().destroy(); // SIGTERM, which ends it well; Process.destroy would close its output too
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.append(line).append('\n');
      }
      boolean ended = program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended || program.exitValue() != 0 || !Files.exists(file)) {
        throw new IOException("this JVM has made no archive:\n" + said);
      }
    } finally {
      program.destroyForcibly();
    }
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String word : ProcessHandle.current().info().arguments().orElse(new String[0])) {
      if (word.equals("-jar")) {
        break;
      }
      if (word.startsWith("-X") && !word.contains("Archive") && !word.contains("AOT") && !word.startsWith("-Xlog")) {
        command.add(word);
      }
    }
    command.add((hasCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file);
    command.addAll(List.of("-jar", jar(), "--bind", "127.0.0.1", "--port", "-1"));
    return command;
  }

  /** The port that it says, when it is ready. */
  private int readyPort(BufferedReader output) throws IOException {
    int port = 0;
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      int at = line.indexOf(PORT);
      if (at >= 0) {
        port = Integer.parseInt(line.substring(at + PORT.length()).split("\\D", 2)[0]);
      } else if (line.endsWith("Ready to accept connections")) {
        return port;
      }
    }
    throw new IOException("the program that was to be trained has not started:\n" + said);
  }

  private static void talk(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(CONVERSATION.getBytes(StandardCharsets.US_ASCII));
      InputStream replies = socket.getInputStream();
      replies.readAllBytes();
    }
  }
}
