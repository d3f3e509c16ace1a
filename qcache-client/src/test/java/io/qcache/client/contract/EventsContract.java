package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.Bytes;
import io.qcache.Codecs;
import io.qcache.EventListener;
import io.qcache.EventOptions;
import io.qcache.KeyEvent;
import io.qcache.KeyEvent.Cause;
import io.qcache.Listening;
import io.qcache.SetOptions;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to keys, told. */
@Timeout(60)
interface EventsContract extends Contract {
  /** What a listener was told. */
  final class Told<K> implements EventListener<K> {
    private final BlockingQueue<KeyEvent<K>> events = new LinkedBlockingQueue<>();

    @Override public void event(KeyEvent<K> event) {
      events.add(event);
    }

    KeyEvent<K> next() throws InterruptedException {
      KeyEvent<K> next = events.poll(30, TimeUnit.SECONDS);
      assertThat(next).as("was told nothing more").isNotNull();
      return next;
    }
  }

  private static KeyEvent<String> event(String key, String name, Cause cause) {
    return new KeyEvent<>(0, key, name, cause);
  }

  @Test default void whatIsDoneToAKey_isToldInItsOrder() throws Exception {
    Told<String> told = new Told<>();
    try (Listening listening = cache().events().listen(told)) {
      cache().set("a", "1");
      cache().strings().append("a", "2");
      cache().keys().rename("a", "b");
      cache().strings().set("b", "3", Duration.ofDays(1));
      cache().keys().persist("b");
      cache().delete("b");
      assertThat(told.next()).isEqualTo(event("a", "set", Cause.WRITTEN));
      assertThat(told.next()).isEqualTo(event("a", "append", Cause.WRITTEN));
      assertThat(told.next()).isEqualTo(event("a", "rename_from", Cause.DELETED));
      assertThat(told.next()).isEqualTo(event("b", "rename_to", Cause.WRITTEN));
      assertThat(told.next()).isEqualTo(event("b", "set", Cause.WRITTEN));
      assertThat(told.next()).isEqualTo(event("b", "expire", Cause.WRITTEN));
      assertThat(told.next()).isEqualTo(event("b", "persist", Cause.WRITTEN));
      assertThat(told.next()).isEqualTo(event("b", "del", Cause.DELETED));
      assertThat(listening.missed()).isZero();
      assertThat(listening.interruptions()).isZero();
    }
  }

  @Test default void aDeadlineThatHasCome_isToldWithoutTraffic() throws Exception {
    Told<String> told = new Told<>();
    try (Listening listening = cache().events().listen(EventOptions.all().named("expired"), told)) {
      cache().strings().set("session", "1", SetOptions.always().expireIn(Duration.ofMillis(20)));
      assertThat(told.next()).isEqualTo(event("session", "expired", Cause.EXPIRED));
      assertThat(told.events).isEmpty();
    }
  }

  @Test default void onlyWhatTheOptionsAskFor_isTold() throws Exception {
    Told<String> keys = new Told<>();
    Told<String> other = new Told<>();
    Told<String> named = new Told<>();
    Told<String> misses = new Told<>();
    EventOptions all = EventOptions.all();
    try (Listening first = cache().events().listen(all.matching("user:*").executor(Runnable::run), keys);
        Listening second = cache().events().listen(all.database(3).queueEvents(10), other);
        Listening third = cache().events().listen(all.database(0).named("new", "del"), named);
        Listening fourth = cache().events().listen(all.named("keymiss"), misses)) {
      cache().set("visit:1", "a");
      cache().database(3).set("user:1", "b");
      cache().database(3).set("x__:user:2", "c");
      cache().database(3).set("last", "c");
      cache().set("user:9", "d");
      cache().delete("visit:1");
      cache().get("nothing");
      cache().set("user:9", "e");
      assertThat(keys.next()).isEqualTo(new KeyEvent<>(3, "user:1", "set", Cause.WRITTEN));
      assertThat(keys.next()).isEqualTo(event("user:9", "set", Cause.WRITTEN));
      assertThat(keys.next()).isEqualTo(event("user:9", "set", Cause.WRITTEN));
      assertThat(other.next().key()).isEqualTo("user:1");
      assertThat(other.next().key()).isEqualTo("x__:user:2");
      assertThat(other.next()).isEqualTo(new KeyEvent<>(3, "last", "set", Cause.WRITTEN));
      assertThat(named.next()).isEqualTo(event("visit:1", "new", Cause.WRITTEN));
      assertThat(named.next()).isEqualTo(event("user:9", "new", Cause.WRITTEN));
      assertThat(named.next()).isEqualTo(event("visit:1", "del", Cause.DELETED));
      assertThat(misses.next()).isEqualTo(event("nothing", "keymiss", Cause.MISSED));
    }
  }

  @Test default void whatHappensAfterTheEnd_isNotTold() throws Exception {
    Told<Bytes> told = new Told<>();
    Told<String> others = new Told<>();
    try (Listening other = cache().events().listen(others)) {
      Listening listening = cache().events().as(Codecs.bytes()).listen(EventOptions.all(), told);
      cache().set("a", "1");
      assertThat(told.next().key()).isEqualTo(Bytes.of("a"));
      listening.close();
      cache().set("b", "1");
      assertThat(others.next().key()).isEqualTo("a");
      assertThat(others.next().key()).isEqualTo("b");
      assertThat(told.events).isEmpty();
    }
  }

  @Test default void namesThatAreNone_areRefused() {
    assertThatThrownBy(() -> EventOptions.all().named("*")).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'*'");
    assertThatThrownBy(() -> EventOptions.all().database(-1)).hasMessageContaining("-1");
  }
}
