package io.qcache.change;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where listeners run unless said otherwise: one daemon thread, which comes with the first call and goes when idle. */
public final class ListenerThread implements Executor, AutoCloseable {
  private ThreadPoolExecutor pool; // made at the first call, since most caches have no listener; guarded by this

  @Override public synchronized void execute(Runnable call) {
    if (pool == null) {
      pool = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), ListenerThread::thread);
      pool.allowCoreThreadTimeOut(true);
    }
    pool.execute(call);
  }

  private static Thread thread(Runnable body) {
    Thread thread = new Thread(body, "qcache-listeners");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs what was handed over and ends. */
  @Override public synchronized void close() {
    if (pool != null) {
      pool.shutdown();
    }
  }
}
