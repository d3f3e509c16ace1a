package io.qcache.net.loop;

import io.qcache.Log;
import io.qcache.net.option.OptionException;
import io.qcache.net.option.Options;
import io.qcache.net.session.Peer;
import io.qcache.resp.Output;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server whose conversations are of lines, to try the loops alone: {@code echo x} replies x, {@code big n} replies n
 * bytes, {@code bye} closes after its reply, {@code throw} throws, {@code wait} holds the loop until {@link #resume()}.
 */
final class TestServer implements Server, AutoCloseable {
  final Options options = new Options();
  final Queue lines = new Queue();
  final List<Lines> conversations = new CopyOnWriteArrayList<>();
  final AtomicInteger rejected = new AtomicInteger();
  final List<String> announcements = new CopyOnWriteArrayList<>();
  final AtomicInteger evicted = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  final Loops loops;
  volatile Throwable reason;
  volatile boolean authenticated = true;
  private final Object gate = new Object();
  private boolean gateOpen;
  volatile int held;
  volatile int unheard; // how many lines more the log has no memory for; by one loop

  static final class Queue extends ConcurrentLinkedQueue<String> {
    boolean hasOne(String part) {
      return stream().anyMatch(line -> line.contains(part));
    }
  }

  TestServer(String... namesAndValues) throws Exception {
    set("port", "0");
    set("bind", "127.0.0.1");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      set(namesAndValues[i], namesAndValues[i + 1]);
    }
    loops = Loops.open(this);
    loops.start();
  }

  private void set(String name, String value) throws OptionException {
    options.setNamed(name, "--", value);
  }

  int port() {
    return loops.port();
  }

  void resume() {
    synchronized (gate) {
      gateOpen = true;
      gate.notifyAll();
    }
  }

  private void hold() {
    synchronized (gate) {
      held++;
      try {
        while (!gateOpen) {
          gate.wait();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override public Options options() {
    return options;
  }

  @Override public Log log() {
    return new Log() {
      @Override public void log(Level level, String message) {
        if (unheard > 0) {
          unheard--;
          throw new OutOfMemoryError("of the log");
        }
        lines.add(level + " " + message);
      }
    };
  }

  @Override public Conversation open(Peer peer, Output output) {
    Lines conversation = new Lines(peer, output);
    conversations.add(conversation);
    return conversation;
  }

  @Override public void announced() {
    announcements.add("announced");
  }

  @Override public void rejected() {
    rejected.incrementAndGet();
  }

  @Override public void evicted() {
    evicted.incrementAndGet();
  }

  @Override public void died(Throwable why, String loop) {
    reason = why;
    lines.add("died " + loop);
  }

  @Override public void close() {
    resume();
    loops.close();
  }

  final class Lines implements Conversation {
    final Peer peer;
    final Thread loop = Thread.currentThread();
    final AtomicInteger commands = new AtomicInteger();
    private final Output output;
    private boolean closing;
    volatile boolean spared;

    Lines(Peer peer, Output output) {
      this.peer = peer;
      this.output = output;
    }

    @Override public int feed(byte[] array, int from, int to) {
      int at = from;
      for (int i = from; i < to && !closing && !peer.isFull(); i++) {
        if (array[i] == '\n') {
          run(new String(array, at, i - at, StandardCharsets.ISO_8859_1));
          at = i + 1;
        }
      }
      return at - from;
    }

    private void run(String line) {
      commands.incrementAndGet();
      if (line.startsWith("echo ")) {
        write(line.substring(5) + "\n");
      } else if (line.startsWith("big ")) {
        byte[] bytes = new byte[Integer.parseInt(line.substring(4))];
        Arrays.fill(bytes, (byte) 'b');
        output.bytes(bytes, 0, bytes.length);
      } else if (line.startsWith("bye")) {
        write("bye\n");
        closing = true;
      } else if (line.startsWith("throw")) {
        write("half a reply");
        throw new IllegalStateException("thrown by " + line);
      } else if (line.startsWith("wait")) {
        hold();
        write("waited\n");
      } else {
        write(line.length() + "\n");
      }
    }

    private void write(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      output.bytes(bytes, 0, bytes.length);
    }

    @Override public void announce(byte[] array, int from, int to) {
      announcements.add(new String(array, from, to - from, StandardCharsets.ISO_8859_1));
    }

    @Override public long replies() {
      return commands.get();
    }

    @Override public boolean isReplying() {
      return false;
    }

    @Override public boolean isWaiting() {
      return false;
    }

    @Override public boolean isSubscribed() {
      return false;
    }

    @Override public boolean isClosing() {
      return closing;
    }

    @Override public long heldBytes() {
      return 0;
    }

    @Override public boolean isSpared() {
      return spared;
    }

    @Override public boolean isAuthenticated() {
      return authenticated;
    }

    @Override public void close() {
      closed.incrementAndGet();
    }
  }
}
