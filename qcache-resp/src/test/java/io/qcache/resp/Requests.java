package io.qcache.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.qcache.resp.ReferenceRequests.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;

/** Plays the connection that feeds a parser: keeps what is unconsumed, and moves it about between the calls. */
final class Requests {
  final RequestParser parser;
  final List<Event> events = new ArrayList<>();
  long failedAt = -1; // in the whole stream
  private final Random random = new Random(1);
  private long consumed;

  Requests(Limits limits) {
    parser = new RequestParser(limits);
  }

  static Requests whole(byte[] stream, Limits limits) {
    return new Requests(limits).feed(stream, () -> Integer.MAX_VALUE, false);
  }

  static Requests byteByByte(byte[] stream, Limits limits) {
    return new Requests(limits).feed(stream, () -> 1, true);
  }

  static Requests cutAt(byte[] stream, int cut, Limits limits) {
    int[] sizes = {cut, Integer.MAX_VALUE};
    int[] i = {0};
    return new Requests(limits).feed(stream, () -> sizes[Math.min(i[0]++, 1)], true);
  }

  static Requests randomly(byte[] stream, Random random, Limits limits) {
    return new Requests(limits).feed(stream, () -> 1 + random.nextInt(12), true);
  }

  static List<Event> parse(String stream) {
    return whole(Bytes.of(stream), Limits.DEFAULT).events;
  }

  /** Feeds the stream in all ways and demands the same from each. */
  static List<Event> everyWay(byte[] stream, Limits limits) {
    Requests whole = whole(stream, limits);
    whole.mustEqual(byteByByte(stream, limits), "byte by byte");
    for (int cut = 1; cut < stream.length; cut++) {
      whole.mustEqual(cutAt(stream, cut, limits), "cut at " + cut);
    }
    return whole.events;
  }

  void mustEqual(Requests other, String how) {
    assertThat(other.events).as(how).isEqualTo(events);
    assertThat(other.failedAt).as(how + ", offset of the failure").isEqualTo(failedAt);
  }

  private Requests feed(byte[] stream, IntSupplier sizes, boolean move) {
    byte[] array = new byte[0];
    int from = 0;
    int to = 0;
    int sent = 0;
    while (sent < stream.length) {
      int part = Math.min(Math.max(0, sizes.getAsInt()), stream.length - sent);
      int start = move ? random.nextInt(5) : 0;
      byte[] next = new byte[start + to - from + part + (move ? random.nextInt(3) : 0)];
      random.nextBytes(next);
      System.arraycopy(array, from, next, start, to - from);
      System.arraycopy(stream, sent, next, start + to - from, part);
      to = start + to - from + part;
      from = start;
      array = next;
      sent += part;
      from = drain(array, from, to);
      if (from < 0) {
        return this;
      }
    }
    return this;
  }

  private int drain(byte[] array, int from, int to) {
    int at = from;
    try {
      while (true) {
        int outcome = parser.parse(array, at, to);
        if (outcome == RequestParser.NEED_MORE) {
          return at;
        }
        add(outcome, array, at);
        at += parser.consumed();
        consumed += parser.consumed();
      }
    } catch (ProtocolException e) {
      events.add(new Event(e.getMessage(), List.of()));
      failedAt = consumed + e.offset();
      return -1;
    }
  }

  private void add(int outcome, byte[] array, int from) {
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < parser.count(); i++) {
      arguments.add(Bytes.text(parser.array(array), parser.base(from) + parser.offset(i), parser.length(i)));
    }
    events.add(new Event(
        outcome == RequestParser.EMPTY ? "EMPTY" : parser.isInline() ? "INLINE" : "COMMAND", arguments));
  }
}
