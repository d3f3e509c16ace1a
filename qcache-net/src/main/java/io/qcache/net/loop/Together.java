package io.qcache.net.loop;

/**
 * What has been read from several connections and not been run: first all are read, then what they are about is
 * announced, then they are run, in the order in which they were read.  So the cache misses of clients that send one
 * command at a time overlap, as those of a pipeline do.
 *
 * <pre>
 *   inbound's array   │ from the first │ from the second │ … │ room for one more read │
 * </pre>
 *
 * Event loop only.
 */
final class Together {
  private static final int MOST = 32;

  private final Inbound inbound;
  private final Server server;
  private final Connection[] connections = new Connection[MOST];
  private final int[] ends = new int[MOST]; // in the array
  private int count;
  private int next; // to be run: more than 0 only while they are, or where that has failed

  Together(Inbound inbound, Server server) {
    this.inbound = inbound;
    this.server = server;
  }

  private int end() {
    return count == 0 ? 0 : ends[count - 1];
  }

  /** Reads from a connection that has kept nothing; what has come is run with that of others, soon. */
  void read(Connection connection) {
    if (connection.receive(inbound) <= 0) {
      return;
    }
    if (!inbound.fits(end())) {
      run();
    }
    int end = inbound.copy(end());
    connections[count] = connection;
    ends[count++] = end;
    if (count == MOST) {
      run();
    }
  }

  /** Runs all that has been read. */
  void run() {
    if (count == 0) {
      return;
    }
    if (count > 1) {
      announce();
    }
    while (next < count) {
      Connection connection = connections[next];
      connections[next] = null;
      int from = next == 0 ? 0 : ends[next - 1];
      connection.turn(inbound.array(), from, ends[next++]);
    }
    next = 0;
    count = 0;
  }

  private void announce() {
    for (int i = next; i < count; i++) {
      connections[i].announce(inbound.array(), i == 0 ? 0 : ends[i - 1], ends[i]);
    }
    server.announced();
  }
}
