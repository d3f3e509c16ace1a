package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** A call that has begun to wait for what a key will hold, on a thread of its own. */
public final class Waiting {
  final Thread thread;
  volatile boolean interrupted; // whether the thread was when the call had ended
  private volatile Object result;
  private volatile Throwable failure;

  /** Returns when it is parked: in this JVM it has its place by then, of a client the request is at least queued. */
  public Waiting(Callable<?> call) {
    thread = new Thread(() -> {
      try {
        result = call.call();
      } catch (Throwable thrown) {
        failure = thrown;
      }
      interrupted = Thread.interrupted();
    });
    thread.setDaemon(true);
    thread.start();
    while (!isParked()) {
      assertThat(thread.isAlive()).as("it was to wait: %s %s", result, failure).isTrue();
      Thread.onSpinWait();
    }
  }

  private boolean isParked() {
    Object blocker = LockSupport.getBlocker(thread);
    return blocker instanceof io.qcache.engine.Waiter || blocker instanceof io.qcache.client.wire.Waiter;
  }

  public void interrupt() {
    thread.interrupt();
  }

  public Object result() throws InterruptedException {
    thread.join();
    assertThat(failure).isNull();
    return result;
  }

  public Throwable failure() throws InterruptedException {
    thread.join();
    assertThat(failure).as("but it returned %s", result).isNotNull();
    return failure;
  }
}
