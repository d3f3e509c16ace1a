package io.qcache.net;

import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * How the program ends: as its shutdown hook it closes the server and sets the exit code, which the JVM would else make
 * of the signal; a second signal ends it at once.
 */
final class Ending extends Thread implements InvocationHandler {
  private final QCacheServer server;
  private final ServerLog log;
  private volatile int code;

  Ending(QCacheServer server, ServerLog log) {
    super("qcache-end");
    this.server = server;
    this.log = log;
  }

  /** Waits for the server's end; when it has died the program ends too. */
  void await() {
    try {
      if (server.awaitEnd() != null) {
        exit(Main.DIED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever did it wants this thread back; the loops go on
    }
  }

  /** Ends the program with that code. */
  void exit(int with) {
    code = with;
    System.exit(with);
  }

  @Override public void run() {
    onSignal("TERM");
    onSignal("INT");
    if (code == 0) {
      log.log(Level.INFO, "Told to end: answering what was received");
    }
    try {
      server.close();
    } catch (UncheckedIOException e) {
      code = Main.CANNOT_START; // the last snapshot is not safe, as has been logged
    }
    if (code == 0) {
      log.log(Level.INFO, "Bye");
    }
    Runtime.getRuntime().halt(code);
  }

  /**
   * From now on that signal is for us.  By reflection, since the compiler warns of sun.misc.Signal and cannot be told
   * not to; it is an API that the JDK supports, of the module jdk.unsupported.
   */
  private void onSignal(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object own = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, this);
      Object named = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, named, own);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      log.log(Level.DEBUG, "a second signal " + name + " will not end it at once", e);
    }
  }

  /** The second signal. */
  @Override public Object invoke(Object proxy, Method method, Object[] args) {
    Runtime.getRuntime().halt(Main.CANNOT_START);
    return null;
  }
}
