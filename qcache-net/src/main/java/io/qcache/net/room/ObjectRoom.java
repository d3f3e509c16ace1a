package io.qcache.net.room;

import static io.qcache.net.command.Flag.LOADING;
import static io.qcache.net.command.Flag.READONLY;
import static io.qcache.net.command.Flag.STALE;
import static io.qcache.net.command.Keys.range;

import io.qcache.EvictionPolicy;
import io.qcache.engine.KeyOps;
import io.qcache.net.command.Access;
import io.qcache.net.command.Category;
import io.qcache.net.command.CommandTable;
import io.qcache.net.command.Keys;
import io.qcache.net.command.Room;
import io.qcache.net.command.Row;
import io.qcache.net.session.Call;
import io.qcache.net.session.Refusal;

/**
 * OBJECT: what is known of how a key is kept and used.  Uses are a count of up to 3, by which LFU and LRU evict alike; when a key
 * was used last is nowhere written, so IDLETIME is refused rather than made up: who deletes by it would go by nothing.
 */
final class ObjectRoom extends Room {
  private static final int OBJECT = 0, FREQ = 1, IDLETIME = 2, HELP = 3, ENCODING = 4, REFCOUNT = 5;

  ObjectRoom() {
    super(null);
  }

  @Override public void declare(CommandTable table) {
    Keys key = range(2, 2, 1, Access.LOOK);
    Row object = table.command(OBJECT, "OBJECT").arity(-2);
    object.subcommand(ENCODING, "ENCODING").arity(3).flags(READONLY).categories(Category.KEYSPACE).keys(key);
    object.subcommand(REFCOUNT, "REFCOUNT").arity(3).flags(READONLY).categories(Category.KEYSPACE).keys(key);
    object.subcommand(FREQ, "FREQ").arity(3).flags(READONLY).categories(Category.KEYSPACE).keys(key);
    object.subcommand(IDLETIME, "IDLETIME").arity(3).flags(READONLY).categories(Category.KEYSPACE).keys(key);
    object.subcommand(HELP, "HELP").arity(2).flags(LOADING, STALE).categories(Category.KEYSPACE);
  }

  @Override public void run(int op, Call call) {
    switch (op) {
      case ENCODING -> encoding(call);
      case REFCOUNT -> references(call);
      case FREQ -> frequency(call);
      case IDLETIME -> idleTime(call);
      case HELP -> Help.reply(call, "OBJECT",
          "ENCODING <key>", "The name that Redis has for the way in which such a value is kept.",
          "FREQ <key>", "How often it was used lately, from 0 to 3 for three times or more; under an LFU policy.",
          "IDLETIME <key>", "Refused for a key that is there: when it was used last is not known.",
          "REFCOUNT <key>", "1 for a key that is there: no value is shared.");
      default -> throw noSuchRow(op);
    }
  }

  private static void encoding(Call call) {
    String name = KeyOps.encoding(call.db(), call.slice(2));
    if (name == null) {
      call.reply().nil();
    } else {
      call.reply().bulk(name);
    }
  }

  private static void references(Call call) {
    if (KeyOps.encoding(call.db(), call.slice(2)) == null) { // no use of it, and no miss, as asking for its type would be
      call.reply().nil();
    } else {
      call.reply().integer(1);
    }
  }

  private static void frequency(Call call) {
    int frequency = KeyOps.frequency(call.db(), call.slice(2));
    if (frequency < 0) {
      call.reply().nil();
    } else if (isLfu(call)) {
      call.reply().integer(frequency);
    } else {
      throw Refusal.FREQUENCY_NOT_TRACKED;
    }
  }

  private static void idleTime(Call call) {
    if (KeyOps.frequency(call.db(), call.slice(2)) >= 0) {
      throw isLfu(call) ? Refusal.IDLE_TIME_NOT_TRACKED_BY_LFU : Refusal.IDLE_TIME_NOT_TRACKED;
    }
    call.reply().nil();
  }

  private static boolean isLfu(Call call) {
    EvictionPolicy policy = call.host().engine().evictionPolicy();
    return policy == EvictionPolicy.ALLKEYS_LFU || policy == EvictionPolicy.VOLATILE_LFU;
  }
}
