package io.qcache.resp;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes random replies, and writes them as a server may: by the writer, or with streaming and attributes by itself. */
final class RandomReplies {
  private final Random random;

  RandomReplies(Random random) {
    this.random = random;
  }

  Reply any(int depth) {
    int kinds = depth == 0 ? 9 : 13;
    return switch (random.nextInt(kinds)) {
      case 0 -> new Reply.Text(line());
      case 1 -> new Reply.ErrorReply("ERR " + line());
      case 2 -> new Reply.Int(random.nextLong() >> random.nextInt(64));
      case 3 -> Reply.Null.NULL;
      case 4 -> new Reply.Bool(random.nextBoolean());
      case 5 -> new Reply.DoubleReply(number());
      case 6 -> new Reply.BigNumber(new BigInteger(random.nextInt(200), random).negate());
      case 7 -> new Reply.Verbatim(random.nextBoolean() ? "txt" : "mkd", bytes());
      case 8 -> new Reply.Bulk(bytes());
      case 9 -> new Reply.ArrayReply(some(depth, 1));
      case 10 -> new Reply.SetReply(some(depth, 1));
      case 11 -> new Reply.Push(some(depth, 1));
      default -> new Reply.MapReply(some(depth, 2));
    };
  }

  private List<Reply> some(int depth, int each) {
    List<Reply> elements = new ArrayList<>();
    for (int i = each * random.nextInt(4); i > 0; i--) {
      elements.add(any(depth - 1));
    }
    return elements;
  }

  private double number() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(1000);
      case 1 -> random.nextGaussian();
      case 2 -> Double.longBitsToDouble(random.nextLong());
      default -> new double[] {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0
      }[random.nextInt(4)];
    };
  }

  private byte[] bytes() {
    return Bytes.random(random, random.nextInt(random.nextInt(10) == 0 ? 300 : 10));
  }

  private String line() {
    return "t\u00e9xt \ud83d\ude00 line".substring(0, random.nextInt(3)) + random.nextInt();
  }

  /** By the writer. */
  static void write(Reply reply, ReplyWriter to) {
    if (reply instanceof Reply.Text text) {
      to.simple(text.text());
    } else if (reply instanceof Reply.ErrorReply error) {
      to.error(error.line());
    } else if (reply instanceof Reply.Int number) {
      to.integer(number.value());
    } else if (reply instanceof Reply.Null) {
      to.nil();
    } else if (reply instanceof Reply.Bool bool) {
      to.bool(bool.value());
    } else if (reply instanceof Reply.DoubleReply number) {
      to.doubleNumber(number.value());
    } else if (reply instanceof Reply.BigNumber number) {
      to.bigNumber(number.value());
    } else if (reply instanceof Reply.Verbatim text) {
      to.verbatim(text.format(), text.bytes(), 0, text.bytes().length);
    } else if (reply instanceof Reply.Bulk bulk) {
      to.bulk(bulk.bytes());
    } else {
      header(reply, to);
      reply.asList().forEach(element -> write(element, to));
    }
  }

  private static void header(Reply reply, ReplyWriter to) {
    int size = reply.asList().size();
    if (reply instanceof Reply.ArrayReply) {
      to.array(size);
    } else if (reply instanceof Reply.SetReply) {
      to.set(size);
    } else if (reply instanceof Reply.Push) {
      to.push(size);
    } else {
      to.map(size / 2);
    }
  }

  /** What a reader gets of it in RESP2. */
  static Reply inTwo(Reply reply) {
    if (reply instanceof Reply.Null) {
      return Reply.Null.BULK;
    }
    if (reply instanceof Reply.Bool bool) {
      return new Reply.Int(bool.value() ? 1 : 0);
    }
    if (reply instanceof Reply.DoubleReply || reply instanceof Reply.BigNumber || reply instanceof Reply.Verbatim) {
      return new Reply.Bulk(reply.asBytes());
    }
    if (reply instanceof Reply.ArrayReply || reply instanceof Reply.SetReply || reply instanceof Reply.Push
        || reply instanceof Reply.MapReply) {
      return new Reply.ArrayReply(reply.asList().stream().map(RandomReplies::inTwo).toList());
    }
    return reply;
  }

  /** RESP3 with everything a server may do: attributes before values, streamed strings and aggregates, bulk errors. */
  String fancy(Reply reply) {
    String attribute = "";
    while (random.nextInt(8) == 0) {
      attribute += random.nextBoolean() ? "|1\r\n+ttl\r\n" + fancy(any(1)) : "|?\r\n$1\r\nk\r\n:1\r\n.\r\n";
    }
    return attribute + fancyValue(reply);
  }

  private String fancyValue(Reply reply) {
    if (reply instanceof Reply.Bulk bulk && random.nextBoolean()) {
      return streamed(Bytes.text(bulk.bytes()));
    }
    if (reply instanceof Reply.ErrorReply error && random.nextBoolean()) {
      byte[] bytes = error.line().getBytes(StandardCharsets.UTF_8);
      return "!" + bytes.length + "\r\n" + Bytes.text(bytes) + "\r\n";
    }
    if (reply instanceof Reply.ArrayReply array) {
      return aggregate("*", 1, array.elements());
    }
    if (reply instanceof Reply.SetReply set) {
      return aggregate("~", 1, set.elements());
    }
    if (reply instanceof Reply.Push push) {
      return aggregate(">", 1, push.elements());
    }
    if (reply instanceof Reply.MapReply map) {
      return aggregate("%", 2, map.keysAndValues());
    }
    GrowingOutput out = new GrowingOutput();
    ReplyWriter writer = new ReplyWriter(out);
    writer.protocol(3);
    write(reply, writer);
    return Bytes.text(out.toByteArray());
  }

  private String aggregate(String type, int each, List<Reply> elements) {
    boolean isStreamed = random.nextBoolean();
    StringBuilder all = new StringBuilder(type + (isStreamed ? "?" : elements.size() / each) + "\r\n");
    elements.forEach(element -> all.append(fancy(element)));
    return all + (isStreamed ? ".\r\n" : "");
  }

  private String streamed(String whole) {
    StringBuilder all = new StringBuilder("$?\r\n");
    for (int at = 0; at < whole.length();) {
      int to = Math.min(whole.length(), at + 1 + random.nextInt(20));
      all.append(';').append(to - at).append("\r\n").append(whole, at, to).append("\r\n");
      at = to;
    }
    return all + ";0\r\n";
  }
}
