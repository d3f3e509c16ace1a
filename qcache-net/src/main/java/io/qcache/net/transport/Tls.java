package io.qcache.net.transport;

import io.qcache.Log;
import io.qcache.net.option.Option;
import io.qcache.net.option.OptionCheck;
import io.qcache.net.option.OptionListener;
import io.qcache.net.option.Options;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;

/**
 * What a server's TLS connections have in common: how it shows itself and whom it believes, as the options and their files
 * say, and the threads that calculate for handshakes.  When CONFIG SET names a file again, it is read again and holds for
 * connections from then on; where it cannot be used all stays as it was.  Thread-safe.
 */
final class Tls implements OptionCheck, OptionListener, ThreadFactory {
  static final String TLS_1_3 = "TLSv1.3";

  private static final long IDLE_SECONDS = 10;

  private final Log log;
  private final ThreadPoolExecutor workers;
  private final AtomicInteger threads = new AtomicInteger();
  private volatile TlsSettings settings;
  private volatile TlsSettings next; // found right, and about to be in force

  /** As the options say; an IOException says which of them cannot be. */
  Tls(Options options, Log log) throws IOException {
    this.log = log;
    settings = TlsSettings.of(options, log);
    int count = Runtime.getRuntime().availableProcessors();
    workers = new ThreadPoolExecutor(
        count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this);
    workers.allowCoreThreadTimeOut(true);
    options.check(this);
    options.listen(this);
  }

  /** For a new connection. */
  SSLEngine engine() {
    return settings.engine();
  }

  /** Runs it on another thread; not at all when the server has closed. */
  void execute(Runnable work) {
    try {
      workers.execute(work);
    } catch (RejectedExecutionException closed) {
      // its connection is being closed too
    }
  }

  @Override public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "qcache-tls-" + threads.getAndIncrement());
    thread.setDaemon(true);
    return thread;
  }

  @Override public String refusal(Options wanted, Option changed) {
    if (!TlsSettings.isOne(changed)) {
      return null;
    }
    try {
      next = TlsSettings.of(wanted, log);
      return null;
    } catch (IOException e) {
      log.log(Level.WARNING, "the TLS options stay as they were: " + e.getMessage());
      return "Unable to update TLS configuration. Check server logs.";
    }
  }

  @Override public void changed(Option option) {
    if (TlsSettings.isOne(option)) {
      settings = next;
    }
  }

  void close() {
    workers.shutdown();
  }
}
