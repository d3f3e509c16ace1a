package io.qcache.net.room;

import io.qcache.engine.Engine;
import io.qcache.engine.KeyOps;
import io.qcache.engine.Memory;
import io.qcache.engine.MemoryKind;
import io.qcache.engine.Slice;
import io.qcache.engine.Slices;
import io.qcache.log.WriteLog;
import io.qcache.net.option.Option;
import io.qcache.net.option.Version;
import io.qcache.net.session.Counters;
import io.qcache.net.session.Host;
import io.qcache.net.session.Persistence;
import io.qcache.pubsub.Kind;
import io.qcache.snapshot.RdbLoader;
import io.qcache.snapshot.Snapshots;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The text of INFO: sections of {@code field:value} lines.  Fields have Redis's names where they mean what Redis means,
 * and what has no true value here is not there.
 */
final class Info {
  /** The level of compatibility; QCache's own version is {@code qcache_version}. */
  static final String REDIS_VERSION = "7.0.15";

  private static final String[] SECTIONS =
      {"SERVER", "CLIENTS", "MEMORY", "PERSISTENCE", "STATS", "REPLICATION", "CPU", "ERRORSTATS", "CLUSTER",
          "KEYSPACE"};
  private static final long MILLIS_A_DAY = 86_400_000;

  private final Host host;
  private final Engine engine;
  private final StringBuilder text = new StringBuilder(2048);

  Info(Host host) {
    this.host = host;
    this.engine = host.engine();
  }

  /** The sections that the arguments from {@code from} on name, all where there are none; chars are bytes. */
  String text(Slices args, int from) {
    for (int section = 0; section < SECTIONS.length; section++) {
      if (isWanted(SECTIONS[section], args, from)) {
        if (text.length() > 0) {
          text.append("\r\n");
        }
        append(section);
      }
    }
    return text.toString();
  }

  private static boolean isWanted(String section, Slices args, int from) {
    for (int i = from; i < args.size(); i++) {
      Slice name = args.get(i);
      if (name.is(section) || name.is("DEFAULT") || name.is("ALL") || name.is("EVERYTHING")) {
        return true;
      }
    }
    return args.size() == from;
  }

  private void append(int section) {
    switch (section) {
      case 0 -> server();
      case 1 -> clients();
      case 2 -> memory();
      case 3 -> persistence();
      case 4 -> stats();
      case 5 -> replication();
      case 6 -> cpu();
      case 7 -> errorStats();
      case 8 -> title("Cluster").field("cluster_enabled", 0);
      default -> keyspace();
    }
  }

  private void server() {
    long now = engine.nowMillis();
    long upMillis = Math.max(0, now - host.startMillis());
    title("Server");
    field("redis_version", REDIS_VERSION);
    field("redis_mode", "standalone");
    field("qcache_version", Version.text());
    field("os", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
        + System.getProperty("os.arch"));
    field("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    field("process_id", ProcessHandle.current().pid());
    field("run_id", host.runId());
    field("tcp_port", host.port());
    field("server_time_usec", now * 1000);
    field("uptime_in_seconds", upMillis / 1000);
    field("uptime_in_days", upMillis / MILLIS_A_DAY);
  }

  private void clients() {
    title("Clients");
    field("connected_clients", host.sessionCount());
    field("maxclients", host.options().number(Option.MAXCLIENTS));
    field("blocked_clients", host.waitingCount());
  }

  private void memory() {
    Runtime jvm = Runtime.getRuntime();
    Memory memory = host.engine().memory();
    title("Memory");
    bytes("used_memory", memory.usedBytes());
    byKind();
    long resident = ProcessFigures.residentBytes();
    if (resident >= 0) {
      bytes("used_memory_rss", resident);
    }
    long system = ProcessFigures.systemBytes();
    if (system >= 0) {
      bytes("total_system_memory", system);
    }
    bytes("jvm_heap_used", jvm.totalMemory() - jvm.freeMemory());
    bytes("jvm_heap_committed", jvm.totalMemory());
    bytes("jvm_heap_max", jvm.maxMemory());
    bytes("maxmemory", memory.maxBytes());
    field("maxmemory_policy", engine.evictionPolicy().redisName());
  }

  /** What the memory is used for; counted one stripe after the other, so the sum may be another than used_memory. */
  private void byKind() {
    long[] bytes = engine.bytesByKind();
    long records = bytes[MemoryKind.PAGES.ordinal()] + bytes[MemoryKind.LARGE_VALUES.ordinal()];
    long overhead = -records;
    for (long each : bytes) {
      overhead += each;
    }
    field("used_memory_overhead", overhead);
    field("used_memory_dataset", records);
    for (MemoryKind kind : MemoryKind.values()) {
      field("used_memory_".concat(kind.name().toLowerCase(Locale.ROOT)), bytes[kind.ordinal()]);
    }
  }

  /** Of copies on write there is nothing to tell, since nothing is forked. */
  private void persistence() {
    Persistence persistence = host.persistence();
    Snapshots snapshots = persistence.snapshotsOrNull();
    long now = engine.nowMillis();
    title("Persistence");
    field("loading", persistence.isLoading() ? 1 : 0);
    field("async_loading", 0);
    field("current_cow_peak", 0);
    field("current_cow_size", 0);
    field("current_cow_size_age", 0);
    long total = snapshots == null ? 0 : snapshots.keysTotal();
    field("current_fork_perc", total == 0 ? "0.00" : hundredths(snapshots.keysDone() * 10_000 / total));
    field("current_save_keys_processed", snapshots == null ? 0 : snapshots.keysDone());
    field("current_save_keys_total", total);
    field("rdb_changes_since_last_save", snapshots == null ? engine.changesMade() : snapshots.changes());
    field("rdb_bgsave_in_progress", snapshots != null && snapshots.isSaving() && !snapshots.isRewriting() ? 1 : 0);
    field("rdb_last_save_time", persistence.savedMillis() / 1_000);
    field("rdb_last_bgsave_status", snapshots != null && snapshots.hasFailed() ? "err" : "ok");
    field("rdb_last_bgsave_time_sec", snapshots == null ? -1 : inSeconds(snapshots.durationMillis()));
    long since = snapshots == null ? -1 : snapshots.startMillis();
    boolean rewriting = snapshots != null && snapshots.isRewriting();
    field("rdb_current_bgsave_time_sec", since < 0 || rewriting ? -1 : inSeconds(now - since));
    field("rdb_saves", snapshots == null ? 0 : snapshots.saves());
    field("rdb_last_cow_size", 0);
    RdbLoader loader = snapshots == null ? null : snapshots.loader();
    field("rdb_last_load_keys_expired", loader == null ? 0 : loader.due());
    field("rdb_last_load_keys_loaded", loader == null ? 0 : loader.keys() - loader.due());
    if (persistence.isLoading() && loader != null) {
      loading(loader, now);
    }
    log(snapshots, since < 0 || !rewriting ? -1 : inSeconds(now - since));
  }

  private void log(Snapshots snapshots, long rewriteSeconds) {
    WriteLog log = snapshots == null ? null : snapshots.log();
    field("aof_enabled", log == null ? 0 : 1);
    field("aof_rewrite_in_progress", snapshots != null && snapshots.isRewriting() ? 1 : 0);
    field("aof_rewrite_scheduled", snapshots != null && snapshots.isRewriteScheduled() ? 1 : 0);
    field("aof_last_rewrite_time_sec", snapshots == null || snapshots.rewriteMillis() < 0 ? -1 : inSeconds(snapshots.rewriteMillis()));
    field("aof_current_rewrite_time_sec", rewriteSeconds);
    field("aof_last_bgrewrite_status", snapshots == null || snapshots.failedRewrites() == 0 ? "ok" : "err");
    field("aof_rewrites", snapshots == null ? 0 : snapshots.rewrites());
    field("aof_rewrites_consecutive_failures", snapshots == null ? 0 : snapshots.failedRewrites());
    field("aof_last_write_status", log == null || log.failure() == null ? "ok" : "err");
    field("aof_last_cow_size", 0);
    field("module_fork_in_progress", 0);
    field("module_fork_last_cow_size", 0);
    if (log != null) {
      field("aof_current_size", snapshots.snapshotBytes() + log.bytes());
      field("aof_base_size", snapshots.snapshotBytes());
      field("aof_pending_rewrite", 0);
      field("aof_buffer_length", log.queuedBytes());
      field("aof_pending_bio_fsync", log.isForcing() ? 1 : 0);
      field("aof_delayed_fsync", log.delayedWrites());
    }
  }

  private void loading(RdbLoader loader, long now) {
    long done = loader.bytes();
    long left = loader.totalBytes() - done;
    field("loading_start_time", loader.startMillis() / 1_000);
    field("loading_total_bytes", loader.totalBytes());
    field("loading_rdb_used_mem", 0);
    field("loading_loaded_bytes", done);
    field("loading_loaded_perc", hundredths(loader.totalBytes() == 0 ? 0 : done * 10_000 / loader.totalBytes()));
    field("loading_eta_seconds", done == 0 ? 1 : left * (now - loader.startMillis()) / done / 1_000);
  }

  private static long inSeconds(long millis) {
    return millis < 0 ? -1 : millis / 1_000;
  }

  private static String hundredths(long number) {
    return number / 100 + "." + Long.toString(100 + number % 100).substring(1);
  }

  private void stats() {
    Counters counters = host.counters();
    title("Stats");
    field("total_connections_received", counters.connections());
    field("total_commands_processed", counters.commands());
    field("total_net_input_bytes", counters.inputBytes());
    field("rejected_connections", counters.rejectedConnections());
    field("evicted_clients", counters.evictedClients());
    Counters.Keyspace keyspace = counters.keyspace();
    field("expired_subkeys", keyspace.expiredFields()); // the fields of hashes, as Redis 7.4 calls them
    field("expired_keys", keyspace.expired());
    field("evicted_keys", keyspace.evicted());
    field("keyspace_hits", keyspace.hits());
    field("keyspace_misses", keyspace.misses());
    field("pubsub_channels", engine.broker().count(Kind.CHANNEL));
    field("pubsub_patterns", engine.broker().count(Kind.PATTERN));
    field("pubsubshard_channels", engine.broker().count(Kind.SHARD));
    field("total_error_replies", counters.errors());
    field("internal_errors", counters.failures());
  }

  private void replication() {
    title("Replication");
    field("role", "master");
    field("connected_slaves", 0);
  }

  private void cpu() {
    title("CPU");
    long[] micros = ProcessFigures.cpuMicros();
    if (micros != null) {
      seconds("used_cpu_sys", micros[1]);
      seconds("used_cpu_user", micros[0]);
    }
  }

  private void errorStats() {
    title("Errorstats");
    for (Map.Entry<String, LongAdder> each : new TreeMap<>(host.counters().errorsByCode()).entrySet()) {
      text.append("errorstat_").append(each.getKey()).append(":count=").append(each.getValue().sum()).append("\r\n");
    }
  }

  /** A line for each database that has keys.  The mean time to live is not measured: 0, Redis's word for that. */
  private void keyspace() {
    title("Keyspace");
    for (int i = 0; i < engine.databases(); i++) {
      long size = KeyOps.size(engine.database(i));
      if (size > 0) {
        text.append("db").append(i).append(":keys=").append(size)
            .append(",expires=").append(KeyOps.sizeWithDeadline(engine.database(i))).append(",avg_ttl=0\r\n");
      }
    }
  }

  private Info title(String section) {
    text.append("# ").append(section).append("\r\n");
    return this;
  }

  private void field(String name, String value) {
    text.append(name).append(':').append(value).append("\r\n");
  }

  private void field(String name, long value) {
    text.append(name).append(':').append(value).append("\r\n");
  }

  private void bytes(String name, long value) {
    field(name, value);
    field(name.concat("_human"), human(value));
  }

  private void seconds(String name, long micros) {
    String fraction = Long.toString(1_000_000 + micros % 1_000_000).substring(1);
    text.append(name).append(':').append(micros / 1_000_000).append('.').append(fraction).append("\r\n");
  }

  /** As Redis prints it: two digits behind the point, of the largest unit that leaves a whole part. */
  static String human(long bytes) {
    if (bytes < 1024) {
      return bytes + "B";
    }
    int unit = Math.min(5, (63 - Long.numberOfLeadingZeros(bytes)) / 10);
    long hundredths = Math.round(bytes * 100.0 / (1L << 10 * unit));
    return hundredths / 100 + "." + Long.toString(100 + hundredths % 100).substring(1) + "KMGTP".charAt(unit - 1);
  }
}
