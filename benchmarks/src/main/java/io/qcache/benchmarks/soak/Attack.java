package io.qcache.benchmarks.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a server must be able to take, each a fraction of a second long.  Wants a value of a mebibyte at the key big. */
enum Attack {
  ANNOUNCE {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      many(address, 64, "*1000000\r\n$536870912\r\nabc");
    }
  },
  HALF_AN_ARGUMENT {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      many(address, 8, "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$536870912\r\n" + "h".repeat(1 << 20));
    }
  },
  ARGUMENTS_WITHOUT_END {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      many(address, 2, "*2147483647\r\n" + "$1\r\na\r\n".repeat(200_000));
    }
  },
  MALFORMED {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      for (String bytes : new String[] {
          "*-5\r\n", "*1\r\n$-9\r\n", "*1\r\n*1\r\n", "%1\r\n", "PI\0NG\r\n", "ECHO 'a\r\n", "POST / HTTP/1.1\r\n",
          "*" + "9".repeat(70_000), "x".repeat(70_000)}) {
        try (Peer peer = new Peer(address)) {
          peer.send(bytes + "\r\nQUIT\r\n"); // for a server to which that is a command
          peer.readAll();
        }
      }
    }
  },
  NOISE {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      byte[] bytes = new byte[4_000];
      for (int i = 0; i < 20; i++) {
        random.nextBytes(bytes);
        bytes[0] = '*';
        try (Peer peer = new Peer(address)) {
          peer.send(bytes);
        }
      }
    }
  },
  NEVER_READS {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      greedy(address, "GET big\r\n".repeat(64));
    }
  },
  NEVER_READS_ITS_MGET {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      greedy(address, "MGET" + " big".repeat(64) + "\r\n");
    }
  },
  NEVER_READS_ITS_TRANSACTION {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      greedy(address, "MULTI\r\n" + "GET big\r\n".repeat(64) + "EXEC\r\n");
    }
  },
  NEVER_READS_KEYS {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      greedy(address, "KEYS *\r\nKEYS *\r\n");
    }
  },
  NEVER_RUNS_ITS_TRANSACTION {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      many(address, 4, "MULTI\r\n" + "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100000\r\n".concat("v".repeat(100_000) + "\r\n").repeat(10));
    }
  },
  SILENT_SUBSCRIBERS {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      List<Peer> silent = new ArrayList<>();
      try (Peer publisher = new Peer(address)) {
        for (int i = 0; i < 8; i++) {
          silent.add(new Peer(address, SLOW_BYTES));
          silent.get(i).send("SUBSCRIBE c\r\nPSUBSCRIBE c*\r\n");
          silent.get(i).readOne();
        }
        publisher.send(("*3\r\n$7\r\nPUBLISH\r\n$1\r\nc\r\n$60000\r\n" + "m".repeat(60_000) + "\r\n").repeat(50));
        publisher.readOne();
      } finally {
        close(silent);
      }
    }
  },
  WATCHES_AND_SUBSCRIBES_TO_THOUSANDS {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 3_000; i++) {
        all.append("WATCH key:").append(random.nextInt(200_000)).append("\r\n");
      }
      for (int i = 0; i < 3_000; i++) {
        all.append("SUBSCRIBE channel:").append(i).append("\r\n");
      }
      many(address, 2, all.toString());
    }
  },
  REPLACES_LARGE_VALUES {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      try (Peer peer = new Peer(address)) {
        for (int i = 0; i < 10; i++) {
          peer.set("large:" + random.nextInt(20), new byte[random.nextInt(1 << 20)]);
        }
      }
    }
  },
  /** For {@link Soak} to repeat: a connection comes, says something or nothing, and goes this way or that. */
  STORM {
    @Override void on(InetSocketAddress address, Random random) throws IOException {
      Peer peer = new Peer(address);
      peer.send(switch (random.nextInt(3)) {
        case 0 -> "*2\r\n$4\r\nECHO\r\n$1000000\r\nhalf";
        case 1 -> "PING\r\n".repeat(50);
        default -> "";
      });
      if (random.nextBoolean()) {
        peer.reset();
      } else {
        peer.close();
      }
    }
  };

  private static final int SLOW_BYTES = 64 << 10;

  abstract void on(InetSocketAddress address, Random random) throws IOException;

  /** So many that send that and go, all at once. */
  private static void many(InetSocketAddress address, int count, String bytes) throws IOException {
    List<Peer> peers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        peers.add(new Peer(address));
        peers.get(i).send(bytes);
      }
    } finally {
      close(peers);
    }
  }

  /** Four that ask for much, take a byte of it, and are gone. */
  private static void greedy(InetSocketAddress address, String bytes) throws IOException {
    List<Peer> peers = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        Peer peer = new Peer(address, SLOW_BYTES);
        peers.add(peer);
        peer.send(bytes);
        peer.readOne();
      }
    } finally {
      for (Peer peer : peers) {
        peer.reset();
      }
    }
  }

  private static void close(List<Peer> peers) throws IOException {
    for (Peer peer : peers) {
      peer.close();
    }
  }
}
