/** The store: {@code io.qcache} is the Java door, {@code io.qcache.engine} the surface that both doors stand on. */
module io.qcache {
  exports io.qcache;
  exports io.qcache.engine to io.qcache.net;
  exports io.qcache.change to io.qcache.client;
  exports io.qcache.load to io.qcache.client;
  exports io.qcache.disk to io.qcache.net;
  exports io.qcache.log to io.qcache.net;
  exports io.qcache.snapshot to io.qcache.net;
  exports io.qcache.offline to io.qcache.net;
  exports io.qcache.tls to io.qcache.net, io.qcache.client;
  exports io.qcache.pubsub to io.qcache.net, io.qcache.client;
}
