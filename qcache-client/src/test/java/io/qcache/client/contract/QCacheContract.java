package io.qcache.client.contract;

import io.qcache.QCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What a {@link QCache} does, whichever door it came through: each subclass opens one, and runs all of it.  Nothing
 * here waits for time to pass: deadlines lie far ahead, or behind.
 */
abstract class QCacheContract
    implements StringsContract, BitsContract, ListsContract, HashesContract, SetsContract, SortedSetsContract, LoadContract,
    KeysContract, CacheContract, AsyncContract, AtomicallyContract, EvictionContract, ChannelsContract, EventsContract, WaitingContract {
  private final Recorder recorder = new Recorder();
  private QCache cache;

  /** A cache without keys, or whose keys may be deleted.  It is closed after the test. */
  abstract QCache open() throws Exception;

  @BeforeEach final void openIt() throws Exception {
    cache = recorder.wrap(QCache.class, open());
    cache.clearAll();
  }

  @AfterEach final void closeIt() {
    cache.close();
  }

  @Override public final QCache cache() {
    return cache;
  }

  /** What the tests run on this instance have and have not called. */
  final Recorder recorder() {
    return recorder;
  }
}
