package io.qcache.benchmarks.soak;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Does a server that is used, attacked and stormed all the time go on costing what it did?  Rounds of a quarter of a
 * minute: load, every {@link Attack} in turn, and connections that come and go, together; then a roll call, with nobody
 * there, of its resident memory, descriptors and threads.  After a fifth of the time as warm-up the first roll calls
 * are compared with the last.  Any server that speaks RESP on this Linux machine will do.
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.qcache.benchmarks.soak.Soak HOST:PORT [minutes]
 * }</pre>
 */
public final class Soak {
  private static final int ROUND_SECONDS = 15;
  private static final int LOADERS = 2;
  private static final int PIPELINE = 16;
  private static final long PIPELINE_NANOS = 1_600_000; // so each loader asks for 10,000 operations a second
  private static final long STORM_NANOS = 2_000_000;
  private static final int KEYS = 200_000;

  private final InetSocketAddress address;
  private final List<RollCall> calls = new ArrayList<>();
  private volatile boolean pausing;
  private volatile long worstNanos; // of the watcher's, in this round; written by it alone
  private int round;

  private record RollCall(double mebibytes, double descriptors, double threads, double worstMillis) {}

  private Soak(InetSocketAddress address) {
    this.address = address;
  }

  public static void main(String[] args) throws Exception {
    if (args.length < 1 || args.length > 2) {
      System.err.println("usage: Soak HOST:PORT [minutes]");
      System.exit(2);
    }
    int colon = args[0].lastIndexOf(':');
    InetSocketAddress address =
        new InetSocketAddress(args[0].substring(0, colon), Integer.parseInt(args[0].substring(colon + 1)));
    new Soak(address).run(args.length > 1 ? Double.parseDouble(args[1]) : 20);
  }

  private void run(double minutes) throws Exception {
    long end = System.nanoTime() + (long) (minutes * 60e9);
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Peer good = new Peer(address)) {
      Path process = Path.of("/proc", good.info("process_id"));
      good.set("big", new byte[1 << 20]);
      System.out.println("  minute  resident MiB  descriptors  threads  worst PING ms");
      long start = System.nanoTime();
      while (System.nanoTime() < end) {
        round(threads, good);
        RollCall call = rollCall(good, process);
        calls.add(call);
        System.out.printf("%8.1f  %12.1f  %11.0f  %7.0f  %13.1f%n", (System.nanoTime() - start) / 60e9,
            call.mebibytes, call.descriptors, call.threads, call.worstMillis);
      }
    } finally {
      threads.shutdown();
    }
    tell();
  }

  // A round

  private void round(ExecutorService threads, Peer good) throws Exception {
    pausing = false;
    worstNanos = 0;
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < LOADERS; i++) {
      int loader = i;
      all.add(threads.submit(() -> load(new Random(round * 31L + loader))));
    }
    all.add(threads.submit(this::attack));
    all.add(threads.submit(this::storm));
    long end = System.nanoTime() + ROUND_SECONDS * 1_000_000_000L;
    while (System.nanoTime() < end) {
      watch(good);
    }
    pausing = true;
    for (Future<?> one : all) {
      one.get(60, TimeUnit.SECONDS); // what went wrong there is thrown here
    }
    round++;
  }

  private void watch(Peer good) throws IOException {
    long start = System.nanoTime();
    good.expect("PING\r\n", "+PONG");
    worstNanos = Math.max(worstNanos, System.nanoTime() - start);
    LockSupport.parkNanos(1_000_000);
  }

  /** Half reads, half writes, of values of all sizes up to 1,000 bytes; a tenth of the keys are left to expire. */
  private Void load(Random random) throws IOException {
    try (Peer peer = new Peer(address)) {
      byte[] value = new byte[1_000];
      Arrays.fill(value, (byte) 'v');
      for (long next = System.nanoTime(); !pausing; next += PIPELINE_NANOS) {
        for (int i = 0; i < PIPELINE; i++) {
          String key = "key:" + random.nextInt(KEYS);
          if (random.nextBoolean()) {
            peer.queue("GET " + key + "\r\n");
          } else {
            peer.queueSet(key, value, random.nextInt(value.length), random.nextInt(10) == 0 ? 5_000 : 0);
          }
        }
        peer.sendQueued();
        peer.skipReplies(PIPELINE);
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }
    return null;
  }

  private Void attack() throws Exception {
    Random random = new Random(round);
    for (int i = 0; !pausing; i++) {
      Attack attack = Attack.values()[i % Attack.values().length];
      try {
        attack.on(address, random);
      } catch (IOException e) {
        // the server has cut it off, as it may
      }
    }
    return null;
  }

  private Void storm() throws Exception {
    Random random = new Random(round);
    while (!pausing) {
      try {
        Attack.STORM.on(address, random);
      } catch (IOException e) {
        // as above
      }
      LockSupport.parkNanos(STORM_NANOS);
    }
    return null;
  }

  // The roll call

  private RollCall rollCall(Peer good, Path process) throws Exception {
    for (int i = 0; !good.info("connected_clients").equals("1"); i++) {
      if (i > 1_000) {
        throw new IOException("connected_clients is " + good.info("connected_clients") + " ten seconds after all have left");
      }
      Thread.sleep(10);
    }
    String status = Files.readString(process.resolve("status"), StandardCharsets.ISO_8859_1);
    String[] descriptors = process.resolve("fd").toFile().list();
    return new RollCall(number(status, "VmRSS:") / 1024.0, descriptors == null ? 0 : descriptors.length,
        number(status, "Threads:"), worstNanos / 1e6);
  }

  private static long number(String status, String field) {
    int at = status.indexOf(field) + field.length();
    return Long.parseLong(status.substring(at, status.indexOf('\n', at)).replace("kB", "").strip());
  }

  private void tell() {
    List<RollCall> counted = calls.subList(calls.size() / 5, calls.size());
    int part = Math.max(1, counted.size() / 5);
    List<RollCall> first = counted.subList(0, part);
    List<RollCall> last = counted.subList(counted.size() - part, counted.size());
    System.out.printf("%d of %d roll calls after warm-up; medians of the first %d and the last %d%n",
        counted.size(), calls.size(), part, part);
    tell("resident MiB", median(first, 0), median(last, 0));
    tell("descriptors", median(first, 1), median(last, 1));
    tell("threads", median(first, 2), median(last, 2));
    System.out.printf("worst PING in any round: %.1f ms%n", calls.stream().mapToDouble(call -> call.worstMillis).max().orElse(0));
  }

  private static void tell(String what, double before, double after) {
    System.out.printf("%-12s  %.1f -> %.1f  %+.2f %%%n", what, before, after, 100 * (after - before) / before);
  }

  private static double median(List<RollCall> calls, int field) {
    double[] values = calls.stream().mapToDouble(call -> switch (field) {
      case 0 -> call.mebibytes;
      case 1 -> call.descriptors;
      default -> call.threads;
    }).sorted().toArray();
    return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
  }
}
