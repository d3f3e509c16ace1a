package io.qcache.client.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qcache.Bytes;
import io.qcache.Channels;
import io.qcache.ClosedException;
import io.qcache.Codec;
import io.qcache.Codecs;
import io.qcache.Listening;
import io.qcache.Message;
import io.qcache.MessageListener;
import io.qcache.QCacheException;
import io.qcache.SubscribeOptions;
import io.qcache.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Publishing and subscribing. */
@Timeout(60)
interface ChannelsContract extends Contract {
  SubscribeOptions STANDARD = SubscribeOptions.standard();
  Duration LONG = Duration.ofSeconds(30);

  /** A name that no other test, and no other client of the server, uses. */
  private static String channel() {
    return "channel " + Long.toHexString(System.nanoTime());
  }

  private Channels<String, String> channels() {
    return cache().channels();
  }

  /** Remotely an end is told to the server and not waited for. */
  private void awaitNobody(String channel) {
    long end = System.nanoTime() + LONG.toNanos();
    while (channels().publish(channel, "is anybody there?") > 0) {
      assertThat(System.nanoTime()).as("still subscribed").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  /** What a listener was told, as text. */
  final class Heard implements MessageListener<String, String> {
    final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Override public void message(Message<String, String> message) {
      told.add(message.payload());
    }

    @Override public void missed(long count) {
      told.add("missed " + count);
    }

    String next() throws InterruptedException {
      String next = told.poll(LONG.toSeconds(), TimeUnit.SECONDS);
      assertThat(next).as("was told nothing more").isNotNull();
      return next;
    }
  }

  @Test default void publish_reachesWhoIsSubscribed_andTellsHowMany() {
    String channel = channel();
    assertThat(channels().publish(channel, "to nobody")).isZero();
    try (Subscription<String, String> one = channels().subscribe(channel);
        Subscription<String, String> other = channels().subscribe(channel)) {
      long receivers = channels().publish(channel, "hello");
      assertThat(receivers).isPositive(); // remotely subscriptions of a client are one subscriber
      Message<String, String> message = new Message<>(channel, "hello", Optional.empty());
      assertThat(one.poll(LONG)).contains(message);
      assertThat(other.poll(LONG)).contains(message);
      assertThat(one.poll(Duration.ZERO)).isEmpty();
      assertThat(one.missed() + one.interruptions()).isZero();
    }
    awaitNobody(channel);
  }

  @Test default void messages_areIteratedOver_inTheirOrder() {
    String channel = channel();
    try (Subscription<String, String> subscription = channels().subscribe(channel)) {
      for (int i = 0; i < 2_000; i++) {
        channels().publish(channel, "m" + i);
      }
      int next = 0;
      for (Message<String, String> message : subscription) {
        assertThat(message.payload()).isEqualTo("m" + next++);
        if (next == 2_000) {
          break;
        }
      }
    }
  }

  @Test default void aPattern_bringsWhatItFits_onceForEachThatDoes() {
    String channel = channel();
    try (Subscription<String, String> all =
        channels().subscribePatterns(List.of(channel + "*", channel + ".?"), STANDARD);
        Subscription<String, String> one = channels().subscribePattern(channel + ".[ab]")) {
      channels().publish(channel + ".b", "1");
      channels().publish(channel + ".c", "2");
      channels().publish(channel, "3");
      List<String> came = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Message<String, String> message = all.poll(LONG).orElseThrow();
        came.add(message.payload() + message.channel().substring(channel.length())
            + message.pattern().orElseThrow().substring(channel.length()));
      }
      assertThat(came).containsExactlyInAnyOrder("1.b*", "1.b.?", "2.c*", "2.c.?", "3*");
      assertThat(one.poll(LONG)).contains(new Message<>(channel + ".b", "1", Optional.of(channel + ".[ab]")));
      assertThat(one.poll(Duration.ofMillis(1))).isEmpty();
    }
  }

  @Test default void manyChannels_oneNamedTwiceCountsOnce() {
    String channel = channel();
    try (Subscription<String, String> subscription =
        channels().subscribe(List.of(channel + 1, channel + 2, channel + 1), STANDARD)) {
      channels().publish(channel + 1, "a");
      channels().publish(channel + 2, "b");
      channels().publish(channel + 3, "c");
      channels().publish(channel + 1, "d");
      assertThat(List.of(subscription.poll(LONG), subscription.poll(LONG), subscription.poll(LONG)))
          .extracting(message -> message.orElseThrow().payload()).containsExactly("a", "b", "d");
    }
  }

  @Test default void whoLeavesAChannel_letsOthersStay() {
    String channel = channel();
    try (Subscription<String, String> stays = channels().subscribe(channel)) {
      channels().subscribe(channel).close();
      assertThat(channels().publish(channel, "still")).isEqualTo(1);
      assertThat(stays.poll(LONG).orElseThrow().payload()).isEqualTo("still");
    }
    awaitNobody(channel);
    try (Subscription<String, String> again = channels().subscribe(channel)) {
      assertThat(channels().publish(channel, "again")).isEqualTo(1);
      assertThat(again.poll(LONG).orElseThrow().payload()).isEqualTo("again");
    }
  }

  @Test default void aListener_isToldInOrder_alsoAfterItHasThrown() throws Exception {
    String channel = channel();
    Heard heard = new Heard();
    MessageListener<String, String> throwing = message -> {
      heard.message(message);
      throw new IllegalStateException("of the listener");
    };
    try (Listening one = channels().listen(channel, throwing);
        Listening other = channels().listenToPattern(channel + "*", heard)) {
      channels().publish(channel, "a");
      assertThat(List.of(heard.next(), heard.next())).containsExactly("a", "a");
      channels().publish(channel, "b");
      assertThat(List.of(heard.next(), heard.next())).containsExactly("b", "b");
      assertThat(one.missed() + other.interruptions()).isZero();
    }
    awaitNobody(channel);
    assertThat(heard.told).isEmpty();
  }

  @Test default void aListener_runsOnTheExecutorItIsGiven() throws Exception {
    String channel = channel();
    BlockingQueue<Runnable> runs = new LinkedBlockingQueue<>();
    Heard heard = new Heard();
    SubscribeOptions options = STANDARD.executor(runs::add);
    try (Listening one = channels().listen(List.of(channel), heard, options);
        Listening other = channels().listenToPatterns(List.of(channel), heard, options)) {
      channels().publish(channel, "a");
      runs.poll(LONG.toSeconds(), TimeUnit.SECONDS).run();
      runs.poll(LONG.toSeconds(), TimeUnit.SECONDS).run();
      assertThat(List.of(heard.next(), heard.next())).containsExactly("a", "a");
    }
  }

  @Test default void aSlowListener_isToldWhatItMissed_andPublishersDoNotWait() throws Exception {
    String channel = channel();
    CountDownLatch goOn = new CountDownLatch(1);
    Heard heard = new Heard();
    MessageListener<String, String> slow = new MessageListener<>() {
      @Override public void message(Message<String, String> message) {
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        heard.message(message);
      }

      @Override public void missed(long count) {
        heard.missed(count);
      }
    };
    try (Listening listening = channels().listen(List.of(channel), slow, STANDARD.queueBytes(10_000));
        Subscription<String, String> witness = channels().subscribe(channel)) {
      for (int i = 0; i < 1_000; i++) {
        channels().publish(channel, "m" + i);
      }
      for (int i = 0; i < 1_000; i++) { // then all has come to the other too
        assertThat(witness.poll(LONG)).isPresent();
      }
      goOn.countDown();
      long got = 0;
      long missed = 0;
      for (int next = 0; next < 1_000; ) {
        String told = heard.next();
        if (told.startsWith("missed")) {
          long count = Long.parseLong(told.substring(7));
          missed += count;
          next += (int) count;
        } else {
          got++;
          assertThat(told).isEqualTo("m" + next++);
        }
      }
      assertThat(got).isBetween(10L, 200L);
      assertThat(missed).isEqualTo(1_000 - got).isEqualTo(listening.missed());
      channels().publish(channel, "after");
      assertThat(heard.next()).isEqualTo("after");
    }
  }

  @Test default void aSlowIteration_seesHowManyItMissed() {
    String channel = channel();
    try (Subscription<String, String> slow = channels().subscribe(List.of(channel), STANDARD.queueBytes(10_000));
        Subscription<String, String> witness = channels().subscribe(channel)) {
      for (int i = 0; i < 1_000; i++) {
        channels().publish(channel, "x".repeat(1_000));
      }
      for (int i = 0; i < 1_000; i++) {
        assertThat(witness.poll(LONG)).isPresent();
      }
      long got = 0;
      while (slow.poll(Duration.ZERO).isPresent()) {
        got++;
      }
      assertThat(got).isBetween(5L, 20L);
      assertThat(slow.missed()).isEqualTo(1_000 - got);
    }
  }

  @Test default void aMessageBeyondTheQueue_comesWhereNothingElseWaits() {
    String channel = channel();
    try (Subscription<String, String> small = channels().subscribe(List.of(channel), STANDARD.queueBytes(1_024))) {
      channels().publish(channel, "x".repeat(100_000));
      assertThat(small.poll(LONG).orElseThrow().payload()).hasSize(100_000);
    }
    assertThatThrownBy(() -> STANDARD.queueBytes(10)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10");
  }

  @Test default void otherCodecs_seeTheSameChannels() {
    String channel = channel();
    Channels<Bytes, Bytes> raw = channels().as(Codecs.bytes(), Codecs.bytes());
    Bytes message = Bytes.copyOf(new byte[] {0, -1, '\r', '\n'});
    try (Subscription<Bytes, Bytes> subscription = raw.subscribe(Bytes.of(channel));
        Subscription<String, String> text = channels().subscribe(channel)) {
      raw.publish(Bytes.of(channel), message);
      assertThat(subscription.poll(LONG)).contains(new Message<>(Bytes.of(channel), message, Optional.empty()));
      assertThat(text.poll(LONG).orElseThrow().payload()).isEqualTo("\0\ufffd\r\n");
    }
    Codec<String> reused = new OneArrayCodec();
    try (Subscription<String, String> subscription = channels().as(reused, reused).subscribe("chan")) {
      channels().as(reused, reused).publish("chan", "text");
      assertThat(subscription.poll(LONG)).contains(new Message<>("chan", "text", Optional.empty()));
    }
  }

  @Test default void aCodecThatThrows_isSeenByWhoTakesTheMessage_andTheNextComes() {
    String channel = channel();
    Channels<String, Integer> numbers = channels().as(Codecs.utf8(), new CacheContract.NumberCodec());
    try (Subscription<String, Integer> subscription = numbers.subscribe(channel)) {
      assertThatThrownBy(() -> numbers.publish(channel, -1)).isInstanceOf(IllegalArgumentException.class);
      channels().publish(channel, "seven");
      numbers.publish(channel, 7);
      Iterator<Message<String, Integer>> messages = subscription.iterator();
      assertThatThrownBy(messages::next).isInstanceOf(NumberFormatException.class);
      assertThat(messages.next().payload()).isEqualTo(7);
    }
  }

  @Test default void closing_endsTheIteration() throws Exception {
    Subscription<String, String> subscription = channels().subscribe(channel());
    CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(() -> subscription.iterator().hasNext());
    subscription.close();
    subscription.close();
    assertThat(next.get(30, TimeUnit.SECONDS)).isFalse();
    assertThat(subscription.poll(LONG)).isEmpty();
    assertThatThrownBy(subscription.iterator()::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test default void anInterrupt_endsTheWait_withTheFlagSet_andTheSubscriptionGoesOn() throws Exception {
    String channel = channel();
    try (Subscription<String, String> subscription = channels().subscribe(channel)) {
      AtomicReference<Object> seen = new AtomicReference<>();
      Thread waiting = new Thread(() -> {
        try {
          seen.set(subscription.iterator().hasNext());
        } catch (QCacheException interrupted) {
          seen.set(Thread.currentThread().isInterrupted());
        }
      });
      waiting.start();
      waiting.interrupt();
      waiting.join(LONG.toMillis());
      assertThat(seen).hasValue(true);
      channels().publish(channel, "on");
      assertThat(subscription.poll(LONG).orElseThrow().payload()).isEqualTo("on");
    }
  }

  @Test default void closingTheCache_endsWaiting_whenAllIsTaken() throws Exception {
    String channel = channel();
    Subscription<String, String> subscription = channels().subscribe(channel);
    Listening listening = channels().listen(channel, message -> { });
    channels().publish(channel, "last");
    assertThat(subscription.poll(LONG)).isPresent();
    CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(() -> subscription.iterator().hasNext());
    cache().close();
    assertThatThrownBy(() -> next.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> channels().publish(channel, "x")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> channels().subscribe(channel)).isInstanceOf(ClosedException.class);
    subscription.close();
    listening.close();
  }

  @Test default void nulls_areRefused() {
    assertThatThrownBy(() -> channels().publish(null, "x")).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> channels().publish("x", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> channels().listen("x", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> channels().subscribe((String) null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> channels().as(null, Codecs.bytes())).isInstanceOf(NullPointerException.class);
    try (Subscription<String, String> toNothing = channels().subscribe(List.of(), STANDARD)) {
      assertThat(toNothing.poll(Duration.ZERO)).isEmpty();
    }
  }
}
