package io.qcache.net.loop;

/** What another thread has to say to a loop; run by the loop between two connections' turns. */
interface Mail {
  void deliver();
}
