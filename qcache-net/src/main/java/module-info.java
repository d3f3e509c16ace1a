/** The thin server: event loops, sessions and the command table over the engine of {@code io.qcache}. */
module io.qcache.net {
  requires transitive io.qcache;
  requires io.qcache.resp;
  requires jdk.net;         // how long a silent connection may be
  requires jdk.unsupported; // a second signal

  exports io.qcache.net;
}
