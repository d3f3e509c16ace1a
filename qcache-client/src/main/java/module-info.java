/** The interfaces of {@code io.qcache} over a socket. */
module io.qcache.client {
  requires transitive io.qcache;
  requires transitive io.qcache.resp;

  exports io.qcache.client;
}
