package io.qcache.net.option;

import static io.qcache.net.option.Kind.ADDRESSES;
import static io.qcache.net.option.Kind.BYTES;
import static io.qcache.net.option.Kind.BYTES_OR_PERCENT;
import static io.qcache.net.option.Kind.CHOICE;
import static io.qcache.net.option.Kind.DIRECTORY;
import static io.qcache.net.option.Kind.EVENT_CLASSES;
import static io.qcache.net.option.Kind.FILE_NAME;
import static io.qcache.net.option.Kind.LISTEN_ADDRESS;
import static io.qcache.net.option.Kind.NUMBER;
import static io.qcache.net.option.Kind.OCTAL;
import static io.qcache.net.option.Kind.OUTPUT_LIMITS;
import static io.qcache.net.option.Kind.SAVE_POINTS;
import static io.qcache.net.option.Kind.SWITCH;
import static io.qcache.net.option.Kind.TEXT;
import static io.qcache.net.option.Settable.AT_RUN_TIME;
import static io.qcache.net.option.Settable.AT_START;
import static io.qcache.net.option.Settable.PROTECTED;

/**
 * The option table, one row each: command line, file, CONFIG and {@code --help} read nothing else.  An option is here
 * when it works; names of Redis's whose feature is absent stand in {@link Absent}.
 */
public enum Option {
  PORT("port", NUMBER, -1, 65_535, "5001", AT_START,
      "TCP port; 0 for none where tls-port or unixsocket is given, otherwise a free one; -1 always takes a free one"),
  LISTEN_ADDR("listenAddr", LISTEN_ADDRESS, 0, 65_535, "", AT_START,
      "bind and port in one: HOST:PORT, or :PORT for every interface"),
  BIND("bind", ADDRESSES, 0, 0, "127.0.0.1 -::1", AT_START,
      "addresses to listen on; * and ::* are all of IPv4 and IPv6, a leading - says that one may be missing"),
  TLS_PORT("tls-port", NUMBER, -1, 65_535, "0", AT_START, "TCP port for TLS; 0 for none, -1 takes a free one"),
  TLS_CERT_FILE("tls-cert-file", TEXT, 0, 0, "", AT_RUN_TIME,
      "the server's certificate and those it goes back to, PEM; set anew, the file is read anew"),
  TLS_KEY_FILE("tls-key-file", TEXT, 0, 0, "", AT_RUN_TIME, "its private key, PEM: PKCS#8, PKCS#1 or SEC1"),
  TLS_KEY_FILE_PASS("tls-key-file-pass", TEXT, 0, 0, "", AT_RUN_TIME, "the password that an encrypted key is under"),
  TLS_CA_CERT_FILE("tls-ca-cert-file", TEXT, 0, 0, "", AT_RUN_TIME, "whom clients' certificates go back to, PEM"),
  TLS_AUTH_CLIENTS("tls-auth-clients", CHOICE, 0, 0, "yes", AT_RUN_TIME,
      "whether TLS clients must show a certificate; optional: a right one or none", "no", "yes", "optional"),
  TLS_PROTOCOLS("tls-protocols", TEXT, 0, 0, "", AT_RUN_TIME, "TLSv1.2, TLSv1.3 or, as without any, both"),
  TLS_CIPHERS("tls-ciphers", TEXT, 0, 0, "", AT_RUN_TIME,
      "suites for TLS 1.2 with colons between them, by OpenSSL's names or the standard's"),
  TLS_CIPHERSUITES("tls-ciphersuites", TEXT, 0, 0, "", AT_RUN_TIME, "suites for TLS 1.3, with colons between them"),
  TLS_PREFER_SERVER_CIPHERS("tls-prefer-server-ciphers", SWITCH, 0, 1, "no", AT_RUN_TIME,
      "whether the order of these counts, and not the client's"),
  TLS_HANDSHAKE_TIMEOUT("tls-handshake-timeout", NUMBER, 1, 3_600, "10", AT_RUN_TIME,
      "seconds that a TLS handshake may take"),
  TLS_MAX_HANDSHAKES("tls-max-handshakes", NUMBER, 1, 65_535, "256", AT_RUN_TIME,
      "TLS handshakes under way at a time; for one more the longest that waits for its client is given up"),
  UNIXSOCKET("unixsocket", TEXT, 0, 0, "", AT_START, "Unix socket to listen on too, a path; empty for none"),
  UNIXSOCKETPERM("unixsocketperm", OCTAL, 0, 0777, "0", AT_START,
      "who may connect to it, in octal digits as for chmod; 0 leaves that to the umask"),
  PROTECTED_MODE("protected-mode", SWITCH, 0, 1, "yes", AT_RUN_TIME,
      "without a password, refuse connections from other machines"),
  REQUIREPASS("requirepass", TEXT, 0, 0, "", AT_RUN_TIME, "password that AUTH must give; empty for none"),
  MAXCLIENTS("maxclients", NUMBER, 1, 4_294_967_295L, "10000", AT_RUN_TIME, "most connections at a time"),
  TIMEOUT("timeout", NUMBER, 0, Integer.MAX_VALUE, "0", AT_RUN_TIME,
      "seconds after which an idle connection is closed; 0 for never"),
  UNAUTHENTICATED_TIMEOUT("unauthenticated-timeout", NUMBER, 0, Integer.MAX_VALUE, "30", AT_RUN_TIME,
      "seconds that a peer has for one command before it has logged in; 0 for any time"),
  TCP_KEEPALIVE("tcp-keepalive", NUMBER, 0, 32_767, "300", AT_RUN_TIME,
      "seconds of silence after which the system asks whether the peer is alive; 0 for never"),
  CLIENT_OUTPUT_BUFFER_LIMIT("client-output-buffer-limit", OUTPUT_LIMITS, 0, 0,
      "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60", AT_RUN_TIME,
      "class, bytes of output that never wait, bytes that wait for so many seconds, those; 0 for any"),
  MAXMEMORY_CLIENTS("maxmemory-clients", BYTES_OR_PERCENT, 0, Long.MAX_VALUE, "0", AT_RUN_TIME,
      "what all connections may hold, bytes or % of maxmemory; 0 for what the heap has left beside that, but an eighth"),
  TCP_BACKLOG("tcp-backlog", NUMBER, 1, Integer.MAX_VALUE, "511", AT_START, "connections that may wait to be accepted"),
  DATABASES("databases", NUMBER, 1, 65_536, "16", AT_START, "number of databases"),
  EVENT_LOOPS("event-loops", NUMBER, 1, 1_024, "", AT_START, "threads that serve connections; by default CPUs - 1"),
  PROTO_MAX_BULK_LEN("proto-max-bulk-len", BYTES, 1 << 20, 512L << 20, "512mb", AT_RUN_TIME,
      "longest argument of a command, and longest string"),
  PROTO_MAX_INLINE_LEN("proto-max-inline-len", BYTES, 1 << 10, 64L << 20, "64kb", AT_RUN_TIME,
      "longest inline command"),
  UNAUTHENTICATED_MAX_BULK_LEN("unauthenticated-max-bulk-len", BYTES, 1 << 10, 512L << 20, "16kb", AT_RUN_TIME,
      "longest argument before login"),
  UNAUTHENTICATED_MAX_ARGUMENTS("unauthenticated-max-arguments", NUMBER, 1, Integer.MAX_VALUE, "10", AT_RUN_TIME,
      "most arguments of a command before login"),
  MAXMEMORY("maxmemory", BYTES, 0, Runtime.getRuntime().maxMemory() / 4 * 3, "0", AT_RUN_TIME,
      "bound on what the keys and values of all databases take; 0 for half of the JVM's heap"),
  MAXMEMORY_POLICY("maxmemory-policy", CHOICE, 0, 0, "noeviction", AT_RUN_TIME, "which keys are dropped when that is full",
      "volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl",
      "allkeys-lru", "allkeys-lfu", "allkeys-random", "noeviction"),
  LIST_MAX_LISTPACK_SIZE("list-max-listpack-size", NUMBER, Integer.MIN_VALUE, Integer.MAX_VALUE, "-2", AT_RUN_TIME,
      "above 0: most elements of a list that is kept in one piece; here that has at most 128 in 1 KiB, whatever this says"),
  HASH_MAX_LISTPACK_ENTRIES("hash-max-listpack-entries", NUMBER, 0, Long.MAX_VALUE, "512", AT_RUN_TIME,
      "most fields of a hash that OBJECT ENCODING calls listpack"),
  HASH_MAX_LISTPACK_VALUE("hash-max-listpack-value", BYTES, 0, Long.MAX_VALUE, "64", AT_RUN_TIME,
      "longest field or value of one"),
  SET_MAX_INTSET_ENTRIES("set-max-intset-entries", NUMBER, 0, Long.MAX_VALUE, "512", AT_RUN_TIME,
      "most members of a set of integers that OBJECT ENCODING calls intset"),
  ZSET_MAX_LISTPACK_ENTRIES("zset-max-listpack-entries", NUMBER, 0, Long.MAX_VALUE, "128", AT_RUN_TIME,
      "most members of a sorted set that OBJECT ENCODING calls listpack"),
  ZSET_MAX_LISTPACK_VALUE("zset-max-listpack-value", BYTES, 0, Long.MAX_VALUE, "64", AT_RUN_TIME,
      "longest member of one"),
  NOTIFY_KEYSPACE_EVENTS("notify-keyspace-events", EVENT_CLASSES, 0, 0, "", AT_RUN_TIME,
      "events that are published: K by key, E by event; g $ l s h z x e t d their classes, A all of these, n new, m missed"),
  DIR("dir", DIRECTORY, 0, 0, "", PROTECTED, "working directory, where files go; by default the current one"),
  DBFILENAME("dbfilename", FILE_NAME, 0, 0, "dump.rdb", PROTECTED, "the file there that snapshots are kept in, as RDB"),
  APPENDONLY("appendonly", SWITCH, 0, 1, "no", AT_RUN_TIME,
      "keep a log there of what is changed, read behind the snapshot at start"),
  APPENDFSYNC("appendfsync", CHOICE, 0, 0, "everysec", AT_RUN_TIME,
      "when it is made safe from a loss of power: before a reply, within a second, when the system likes to",
      "always", "everysec", "no"),
  AUTO_AOF_REWRITE_PERCENTAGE("auto-aof-rewrite-percentage", NUMBER, 0, Integer.MAX_VALUE, "100", AT_RUN_TIME,
      "a snapshot is taken when the log has grown by so much of what that was; 0 for never"),
  AUTO_AOF_REWRITE_MIN_SIZE("auto-aof-rewrite-min-size", BYTES, 0, Long.MAX_VALUE, "64mb", AT_RUN_TIME,
      "but not while both together are smaller"),
  SAVE("save", SAVE_POINTS, 0, 0, "", AT_RUN_TIME,
      "seconds and changes: a snapshot when as much time has gone and as many have been made since the last; also at the end; \"\" for never"),
  RDBCOMPRESSION("rdbcompression", SWITCH, 0, 1, "yes", AT_RUN_TIME, "compress strings in it"),
  RDBCHECKSUM("rdbchecksum", SWITCH, 0, 1, "yes", AT_START, "end it in a checksum"),
  RDB_SKIP_UNSUPPORTED("rdb-skip-unsupported", SWITCH, 0, 1, "no", AT_START,
      "leave out what it holds of Redis's that is not here, such as streams, instead of refusing to start"),
  STOP_WRITES_ON_BGSAVE_ERROR("stop-writes-on-bgsave-error", SWITCH, 0, 1, "yes", AT_RUN_TIME,
      "refuse writes while snapshots are to be saved and the last could not be"),
  IMPORT("import", TEXT, 0, 0, "", AT_START, "an RDB file to start with, of QCache or of any Redis, where the directory has none"),
  LOGLEVEL("loglevel", CHOICE, 0, 0, "notice", AT_RUN_TIME, "least level logged: debug, verbose, notice or warning",
      "debug", "verbose", "notice", "warning");

  private static final Option[] ALL = values();

  final Kind kind;
  final long least;
  final long most;
  final Settable settable;
  final String help;
  final String[] choices;
  private final String name;
  private final String preset;

  Option(
      String name, Kind kind, long least, long most, String preset, Settable settable, String help, String... choices) {
    this.name = name;
    this.kind = kind;
    this.least = least;
    this.most = most;
    this.preset = preset;
    this.settable = settable;
    this.help = help;
    this.choices = choices;
  }

  /** As it is written on the command line behind {@code --}, in files and in CONFIG. */
  public String title() {
    return name;
  }

  /** The name that Redis had for it before 7.0 and still knows, or null. */
  String olderTitle() {
    return name.contains("listpack") ? name.replace("listpack", "ziplist") : null;
  }

  /** The value without any setting, as text to be read like a given one; depends on the machine for two of them. */
  String preset() {
    return switch (this) {
      case EVENT_LOOPS -> Integer.toString(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
      case DIR -> System.getProperty("user.dir");
      default -> preset;
    };
  }

  /** Whether there is a value of its own to show, and not that of others. */
  boolean hasValue() {
    return kind != LISTEN_ADDRESS;
  }

  static Option[] all() {
    return ALL;
  }

  /** The option of that name, older ones included, in any case, or null. */
  static Option named(String name) {
    for (Option option : ALL) {
      if (option.name.equalsIgnoreCase(name) || name.equalsIgnoreCase(option.olderTitle())) {
        return option;
      }
    }
    return null;
  }
}
