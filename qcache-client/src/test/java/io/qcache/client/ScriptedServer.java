package io.qcache.client;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of a few lines that answers what a test tells it to: each command read is handed to the script with the peer
 * it came from.  Greetings are answered by itself.  A thread a connection.
 */
final class ScriptedServer implements AutoCloseable {
  static final String OK = "+OK\r\n";

  /** Answers a command, at once, later, or never. */
  interface Script {
    void answer(Peer peer, List<String> command) throws IOException;
  }

  /** One connection, seen from the server; its number counts from 1. */
  static final class Peer {
    final int number;
    final Socket socket;

    Peer(int number, Socket socket) {
      this.number = number;
      this.socket = socket;
    }

    /** Sends bytes as they are, a character a byte. */
    void say(String raw) {
      try {
        socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void cut() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What was heard, each command as its words, those of greetings too; with the number of its connection before it. */
  final List<String> heard = new CopyOnWriteArrayList<>();
  final List<Peer> peers = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final ServerSocket listener;
  private final boolean greets;
  private volatile Script script;

  private ScriptedServer(Script script, boolean greets) throws IOException {
    this.script = script;
    this.greets = greets;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("scripted accept", this::accept);
  }

  static ScriptedServer answering(Script script) throws IOException {
    return new ScriptedServer(script, true);
  }

  /** Leaves the answers to HELLO and what else a greeting says to the script. */
  static ScriptedServer answeringAll(Script script) throws IOException {
    return new ScriptedServer(script, false);
  }

  static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  void script(Script next) {
    script = next;
  }

  int port() {
    return listener.getLocalPort();
  }

  int accepted() {
    return accepted.get();
  }

  /** A builder whose address is this server's. */
  ClientBuilder client() {
    return QCacheClient.builder().host("127.0.0.1").port(port());
  }

  /** What was heard but for greetings. */
  List<String> heardCommands() {
    return heard.stream().filter(line -> !isGreeting(line.substring(line.indexOf(' ') + 1))).toList();
  }

  private static boolean isGreeting(String command) {
    return command.startsWith("HELLO") || command.startsWith("CLIENT SET");
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        Peer peer = new Peer(accepted.incrementAndGet(), socket);
        peers.add(peer);
        start("scripted peer " + peer.number, () -> serve(peer));
      }
    } catch (IOException closed) {
      // By the test.
    }
  }

  private void serve(Peer peer) {
    try {
      InputStream in = new BufferedInputStream(peer.socket.getInputStream());
      while (true) {
        List<String> command = read(in);
        String line = String.join(" ", command);
        heard.add(peer.number + " " + line);
        if (greets && isGreeting(line)) {
          peer.say(command.get(0).equals("HELLO") ? "%1\r\n+proto\r\n:3\r\n" : OK);
        } else {
          script.answer(peer, command);
        }
      }
    } catch (IOException | UncheckedIOException gone) {
      // The client, or the test.
    }
  }

  private static List<String> read(InputStream in) throws IOException {
    int count = Integer.parseInt(line(in).substring(1));
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = Integer.parseInt(line(in).substring(1));
      words.add(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
      line(in);
    }
    return words;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  /** Stops listening; connections that are there stay. */
  void refuse() throws IOException {
    listener.close();
  }

  @Override public void close() throws IOException {
    listener.close();
    peers.forEach(Peer::cut);
  }
}
