/** The thin server: event loops, sessions and the command table over the engine of {@code io.qcache}. */
module io.qcache.net {
  requires transitive io.qcache;
  requires io.qcache.resp;

  exports io.qcache.net;
}
