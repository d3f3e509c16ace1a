package io.qcache.net.option;

/**
 * Options of Redis's whose feature is not here.  The value that says "off" is true, so it is taken and shown; any
 * other, and every value of an option that cannot be off, is refused.
 */
final class Absent {
  /** Name and the value that means off. */
  private static final String[] OFF = {
    "aof-load-truncated", "yes", "aof-timestamp-enabled", "no", "aof-use-rdb-preamble", "yes", "no-appendfsync-on-rewrite", "no",
    "aclfile", "", "activedefrag", "no", "always-show-logo", "no",
    "cluster-enabled", "no",
    "crash-log-enabled", "no", "daemonize", "no", "disable-thp", "no", "enable-debug-command", "no",
    "enable-module-command", "no", "enable-protected-configs", "no", "io-threads", "1", "io-threads-do-reads", "no",
    "latency-monitor-threshold", "0", "latency-tracking", "no", "logfile", "", "masterauth", "", "masteruser", "",
    "min-replicas-to-write", "0",
    "min-slaves-to-write", "0", "oom-score-adj", "no", "replicaof", "",
    "set-proc-title", "no",
    "slaveof", "", "slowlog-log-slower-than", "-1", "supervised", "no", "syslog-enabled", "no", "tls-cluster", "no",
    "tls-replication", "no",
  };

  /** Names without such a value; one that ends in a dash stands for all that begin so. */
  private static final String[] OTHERS = {
    "acl-pubsub-default", "acllog-max-len", "active-defrag-", "active-expire-effort", "activerehashing", "aof-",
    "aof_rewrite_cpulist", "appenddirname", "appendfilename", "bgsave_cpulist",
    "bind-source-addr", "bio_cpulist", "busy-reply-threshold",
    "client-query-buffer-limit",
    "cluster-", "crash-memcheck-enabled", "dynamic-hz", "hll-sparse-max-bytes", "hz",
    "ignore-warnings", "jemalloc-bg-thread", "latency-tracking-info-percentiles", "lazyfree-", "lfu-decay-time",
    "lfu-log-factor", "list-compress-depth", "loadmodule", "locale-collate", "lua-time-limit",
    "maxmemory-eviction-tenacity", "maxmemory-samples", "min-replicas-max-lag", "min-slaves-max-lag",
    "oom-score-adj-values", "pidfile", "proc-title-template", "propagation-error-behavior",
    "rdb-", "rename-command", "repl-", "replica-", "sanitize-dump-payload",
    "server_cpulist", "shutdown-on-sigint", "shutdown-on-sigterm", "shutdown-timeout",
    "slave-",
    "slowlog-max-len", "socket-mark-id", "stream-node-max-", "syslog-facility",
    "syslog-ident", "tls-", "tracking-table-max-keys", "user",
  };

  private Absent() {}

  static boolean isAbsent(String name) {
    return off(name) != null || isOther(name);
  }

  /** The value that is true of a feature that can be off, or null. */
  static String off(String name) {
    for (int i = 0; i < OFF.length; i += 2) {
      if (OFF[i].equalsIgnoreCase(name)) {
        return OFF[i + 1];
      }
    }
    return null;
  }

  /** Names at the even places, their only value behind each. */
  static String[] off() {
    return OFF;
  }

  private static boolean isOther(String name) {
    for (String other : OTHERS) {
      boolean family = other.endsWith("-") && name.regionMatches(true, 0, other, 0, other.length());
      if (family || other.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** Why the value cannot be taken, or null where it says what is so. */
  static String refusal(String name, String value) {
    String off = off(name);
    if (off == null) {
      return "QCache has no such feature";
    }
    return off.equalsIgnoreCase(value) || isNoMaster(name, value) ? null
        : "QCache has no such feature, only '" + off + "' can be said of it";
  }

  private static boolean isNoMaster(String name, String value) {
    return (name.equalsIgnoreCase("replicaof") || name.equalsIgnoreCase("slaveof")) && "no one".equalsIgnoreCase(value);
  }
}
