package io.qcache.engine;

/**
 * What can happen to a key, under the names of Redis's keyspace notifications, each with the letter of its class there
 * ({@code $} string, {@code l} list, {@code h} hash, {@code s} set, {@code z} sorted set, {@code g} generic, {@code x} expired,
 * {@code e} evicted, {@code n} new, {@code m} missed).
 */
public enum Event {
  SET("set", '$'),
  APPEND("append", '$'),
  SETRANGE("setrange", '$'),
  SETBIT("setbit", '$'),
  INCRBY("incrby", '$'),
  INCRBYFLOAT("incrbyfloat", '$'),
  LPUSH("lpush", 'l'),
  RPUSH("rpush", 'l'),
  LPOP("lpop", 'l'),
  RPOP("rpop", 'l'),
  LSET("lset", 'l'),
  LINSERT("linsert", 'l'),
  SORTSTORE("sortstore", 'l'),
  LREM("lrem", 'l'),
  LTRIM("ltrim", 'l'),
  HSET("hset", 'h'),
  HDEL("hdel", 'h'),
  HINCRBY("hincrby", 'h'),
  HINCRBYFLOAT("hincrbyfloat", 'h'),
  HEXPIRE("hexpire", 'h'),
  HPERSIST("hpersist", 'h'),
  HEXPIRED("hexpired", 'h'),
  SADD("sadd", 's'),
  SREM("srem", 's'),
  SPOP("spop", 's'),
  SINTERSTORE("sinterstore", 's'),
  SUNIONSTORE("sunionstore", 's'),
  SDIFFSTORE("sdiffstore", 's'),
  ZADD("zadd", 'z'),
  ZINCR("zincr", 'z'),
  ZREM("zrem", 'z'),
  ZREMRANGEBYRANK("zremrangebyrank", 'z'),
  ZREMRANGEBYSCORE("zremrangebyscore", 'z'),
  ZREMRANGEBYLEX("zremrangebylex", 'z'),
  ZPOPMIN("zpopmin", 'z'),
  ZPOPMAX("zpopmax", 'z'),
  ZRANGESTORE("zrangestore", 'z'),
  ZUNIONSTORE("zunionstore", 'z'),
  ZINTERSTORE("zinterstore", 'z'),
  ZDIFFSTORE("zdiffstore", 'z'),
  DEL("del", 'g'),
  EXPIRE("expire", 'g'),
  PERSIST("persist", 'g'),
  RENAME_FROM("rename_from", 'g'),
  RENAME_TO("rename_to", 'g'),
  COPY_TO("copy_to", 'g'),
  MOVE_FROM("move_from", 'g'),
  MOVE_TO("move_to", 'g'),
  EXPIRED("expired", 'x'),
  EVICTED("evicted", 'e'),
  NEW("new", 'n'),
  /** A read found no such key. */
  KEYMISS("keymiss", 'm'),
  /** All keys of a database are gone; Redis has no event for it, nor a class. */
  FLUSH("flush", '-'),
  /** A database has another's contents; Redis has no event for it, nor a class. */
  SWAP("swap", '-');

  private final String wireName;
  private final char group;

  Event(String wireName, char group) {
    this.wireName = wireName;
    this.group = group;
  }

  /** The name of the event as Redis notifies it. */
  public String wireName() {
    return wireName;
  }

  /** The letter of its class in {@code notify-keyspace-events}. */
  public char group() {
    return group;
  }
}
