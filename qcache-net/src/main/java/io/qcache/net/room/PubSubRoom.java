package io.qcache.net.room;

import static io.qcache.net.command.Flag.FAST;
import static io.qcache.net.command.Flag.LOADING;
import static io.qcache.net.command.Flag.NOSCRIPT;
import static io.qcache.net.command.Flag.PUBSUB;
import static io.qcache.net.command.Flag.STALE;

import io.qcache.engine.Glob;
import io.qcache.engine.Slice;
import io.qcache.net.command.Access;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Flag;
import io.qcache.net.command.Keys;
import io.qcache.net.command.Room;
import io.qcache.net.command.Row;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;
import io.qcache.pubsub.Broker;
import io.qcache.pubsub.Kind;
import io.qcache.pubsub.Publication;
import io.qcache.resp.ReplyWriter;
import java.util.List;

/** Publishing and subscribing.  Who is subscribed to what is the engine's broker's, for both doors. */
final class PubSubRoom extends Room {
  private static final int SUBSCRIBE = 0, UNSUBSCRIBE = 1, PSUBSCRIBE = 2, PUNSUBSCRIBE = 3, SSUBSCRIBE = 4,
      SUNSUBSCRIBE = 5, PUBLISH = 6, SPUBLISH = 7, CONTAINER = 8, CHANNELS = 9, NUMPAT = 10, NUMSUB = 11,
      SHARDCHANNELS = 12, SHARDNUMSUB = 13, HELP = 14;

  PubSubRoom() {
    super(null); // its commands are of their category by their flag
  }

  @Override public void declare(CommandTable table) {
    Flag[] subscribing = {PUBSUB, NOSCRIPT, LOADING, STALE};
    Flag[] publishing = {PUBSUB, LOADING, STALE, FAST};
    Flag[] asking = {PUBSUB, LOADING, STALE};
    Keys shards = Keys.all(Access.NOT_A_KEY);
    table.command(SUBSCRIBE, "SUBSCRIBE").arity(-2).flags(subscribing).whileSubscribed();
    table.command(UNSUBSCRIBE, "UNSUBSCRIBE").arity(-1).flags(subscribing).whileSubscribed();
    table.command(PSUBSCRIBE, "PSUBSCRIBE").arity(-2).flags(subscribing).whileSubscribed();
    table.command(PUNSUBSCRIBE, "PUNSUBSCRIBE").arity(-1).flags(subscribing).whileSubscribed();
    table.command(SSUBSCRIBE, "SSUBSCRIBE").arity(-2).flags(subscribing).keys(shards).whileSubscribed();
    table.command(SUNSUBSCRIBE, "SUNSUBSCRIBE").arity(-1).flags(subscribing).keys(shards).whileSubscribed();
    table.command(PUBLISH, "PUBLISH").arity(3).flags(publishing).telling();
    table.command(SPUBLISH, "SPUBLISH").arity(3).flags(publishing).keys(Keys.one(Access.NOT_A_KEY)).telling();
    Row pubsub = table.command(CONTAINER, "PUBSUB").arity(-2);
    pubsub.subcommand(CHANNELS, "CHANNELS").arity(-2).flags(asking);
    pubsub.subcommand(NUMPAT, "NUMPAT").arity(2).flags(asking);
    pubsub.subcommand(NUMSUB, "NUMSUB").arity(-2).flags(asking);
    pubsub.subcommand(SHARDCHANNELS, "SHARDCHANNELS").arity(-2).flags(asking);
    pubsub.subcommand(SHARDNUMSUB, "SHARDNUMSUB").arity(-2).flags(asking);
    pubsub.subcommand(HELP, "HELP").arity(2).flags(LOADING, STALE);
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case SUBSCRIBE -> subscribe(call, Kind.CHANNEL, "subscribe");
      case UNSUBSCRIBE -> unsubscribe(call, Kind.CHANNEL, "unsubscribe");
      case PSUBSCRIBE -> subscribe(call, Kind.PATTERN, "psubscribe");
      case PUNSUBSCRIBE -> unsubscribe(call, Kind.PATTERN, "punsubscribe");
      case SSUBSCRIBE -> subscribe(call, Kind.SHARD, "ssubscribe");
      case SUNSUBSCRIBE -> unsubscribe(call, Kind.SHARD, "sunsubscribe");
      case PUBLISH -> publish(call, call.host().engine().broker().publish(call.slice(1), call.slice(2)));
      case SPUBLISH -> publish(call, call.host().engine().broker().publishToShard(call.slice(1), call.slice(2)));
      case CHANNELS -> channels(call, Kind.CHANNEL);
      case NUMPAT -> call.reply().integer(call.host().engine().broker().count(Kind.PATTERN));
      case NUMSUB -> counts(call, Kind.CHANNEL);
      case SHARDCHANNELS -> channels(call, Kind.SHARD);
      case SHARDNUMSUB -> counts(call, Kind.SHARD);
      case HELP -> help(call);
      default -> throw noSuchRow(op);
    }
  }

  // Subscribing: a reply for each name, which no CLIENT REPLY keeps back

  private static void subscribe(Call call, Kind kind, String word) {
    for (int i = 1; i < call.count(); i++) {
      call.session().subscriptions().add(kind, call.slice(i));
      confirm(call, kind, word, call.slice(i));
    }
  }

  private static void unsubscribe(Call call, Kind kind, String word) {
    if (call.count() > 1) {
      for (int i = 1; i < call.count(); i++) {
        unsubscribe(call, kind, word, call.slice(i));
      }
      return;
    }
    List<Slice> names = call.session().subscriptions().names(kind);
    for (Slice name : names) {
      unsubscribe(call, kind, word, name);
    }
    if (names.isEmpty()) {
      confirm(call, kind, word, null);
    }
  }

  private static void unsubscribe(Call call, Kind kind, String word, Slice name) {
    call.session().subscriptions().remove(kind, name);
    call.session().givePushed();
    confirm(call, kind, word, name);
  }

  private static void confirm(Call call, Kind kind, String word, Slice name) {
    ReplyWriter reply = call.session().pushes();
    reply.push(3);
    reply.bulk(word);
    if (name == null) {
      reply.nil();
    } else {
      reply.bulk(name.array(), name.offset(), name.length());
    }
    reply.integer(call.session().subscribed(kind));
  }

  // Publishing

  private static void publish(Call call, Publication publication) {
    call.session().published().add(publication, (long) call.slice(1).length() + call.slice(2).length());
    call.reply().integer(publication.receivers());
  }

  // Asking

  private static void channels(Call call, Kind kind) {
    if (call.count() > 3) {
      throw Refusal.unknownOrWrongArity(call.slice(1), "PUBSUB");
    }
    Glob glob = call.count() == 3 ? Glob.of(call.slice(2)) : null;
    Collected names = new Collected();
    call.host().engine().broker().forEach(kind, glob,
        name -> names.value(name.array(), name.offset(), name.length()));
    names.replyTo(call.reply());
  }

  private static void counts(Call call, Kind kind) {
    Broker broker = call.host().engine().broker();
    call.reply().array(2L * (call.count() - 2));
    for (int i = 2; i < call.count(); i++) {
      Slice name = call.slice(i);
      call.reply().bulk(name.array(), name.offset(), name.length());
      call.reply().integer(broker.subscribers(kind, name));
    }
  }

  private static void help(Call call) {
    Help.reply(call, "PUBSUB",
        "CHANNELS [<pattern>]", "The channels that somebody is subscribed to by their names.",
        "NUMPAT", "How many patterns somebody is subscribed to.",
        "NUMSUB [<channel> ...]", "How many are subscribed to each channel by its name.",
        "SHARDCHANNELS [<pattern>]", "The shard channels that somebody is subscribed to.",
        "SHARDNUMSUB [<shardchannel> ...]", "How many are subscribed to each shard channel.");
  }
}
