/** The RESP codec: pure functions from bytes to events and back. Needs only the JDK. */
module io.qcache.resp {
  exports io.qcache.resp;
}
