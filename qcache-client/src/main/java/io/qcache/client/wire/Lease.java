package io.qcache.client.wire;

import io.qcache.resp.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A pooled connection in the hands of one caller.  To be closed; a connection that did not answer as it should is not
 * used again.  For one thread at a time.
 */
public final class Lease implements AutoCloseable {
  private final Pool pool;
  private final Settings settings;
  private final Connection connection;
  private final AtomicBoolean returned = new AtomicBoolean();
  private volatile boolean reusable = true;

  Lease(Pool pool, Settings settings, Connection connection) {
    this.pool = pool;
    this.settings = settings;
    this.connection = connection;
  }

  /** Sends the requests in one step and waits for their replies, errors among them. */
  public List<Reply> ask(int database, List<Request> requests) {
    boolean answered = false;
    try {
      List<Reply> replies = exchange(database, requests);
      answered = true;
      return replies;
    } finally {
      reusable &= answered;
    }
  }

  private List<Reply> exchange(int database, List<Request> requests) {
    String operation = requests.get(requests.size() - 1).name();
    List<Connection.Sent> sent = new ArrayList<>(requests.size());
    List<Waiter> waiters = new ArrayList<>(requests.size());
    for (Request request : requests) {
      Waiter waiter = Waiter.of(operation);
      waiters.add(waiter);
      sent.add(new Connection.Sent(request, waiter));
    }
    connection.send(database, sent);
    // The last first: should it be lost, whether that one may have run is what counts (EXEC behind what it runs).
    waiters.get(waiters.size() - 1).await(operation, settings.commandTimeout());
    List<Reply> replies = new ArrayList<>(requests.size());
    for (Waiter waiter : waiters) {
      replies.add(waiter.await(operation, settings.commandTimeout()));
    }
    return replies;
  }

  /** Sends a request whose reply nobody needs, if the connection is to be used again. */
  public void tell(int database, Request request) {
    if (reusable) {
      connection.send(database, request, new Ignored());
    }
  }

  /** Sends a command that may block for as long as it likes. */
  public void sendPatiently(int database, Request request, Call call) {
    connection.expectSilence(true);
    reusable = false; // until its reply has come
    connection.send(database, request, call);
  }

  /** The reply to what was sent patiently has come. */
  public void answered() {
    connection.expectSilence(false);
    reusable = true;
  }

  @Override public void close() {
    if (returned.compareAndSet(false, true)) {
      pool.giveBack(connection, reusable);
    }
  }

  private static final class Ignored implements Call {
    @Override public void reply(Reply reply) {}

    @Override public void lost(Loss why, boolean mayHaveRun) {}
  }
}
