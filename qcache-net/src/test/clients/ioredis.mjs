// ioredis with its defaults against a server: node ioredis.mjs HOST PORT, with NODE_PATH naming the folder it is in.
// Exits with 0 if all is as expected, with 1 and a trace if not, with 77 if the library is not there.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const PIPELINED = 10_000;
const require = createRequire(import.meta.url);

function library() {
  try {
    return { Redis: require("ioredis"), version: require("ioredis/package.json").version };
  } catch (missing) {
    if (missing.code !== "MODULE_NOT_FOUND") throw missing;
    console.log(missing.message.split("\n")[0]);
    process.exit(77);
  }
}

async function strings(redis) {
  assert.equal(await redis.set("key", "value"), "OK");
  assert.equal(await redis.get("key"), "value");
  assert.equal(await redis.get("nosuch"), null);
  assert.equal(await redis.set("key", "other", "NX"), null);
  assert.equal(await redis.set("key", "other", "EX", 100, "GET"), "value");
  assert.ok([99, 100].includes(await redis.ttl("key")));
  assert.equal(await redis.incrbyfloat("float", 10.5), "10.5");
  assert.deepEqual(await redis.mget("key", "nosuch"), ["other", null]);
  const binary = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  await redis.set(binary, binary);
  assert.deepEqual(await redis.getBuffer(binary), binary);
}

async function pipelines(redis) {
  const pipeline = redis.pipeline();
  for (let i = 0; i < PIPELINED / 2; i++) pipeline.set(`key${i}`, `value${i}`).get(`key${i}`);
  const replies = await pipeline.exec();
  assert.equal(replies.length, PIPELINED);
  replies.forEach(([error, reply], i) => {
    assert.equal(error, null);
    assert.equal(reply, i % 2 === 0 ? "OK" : `value${(i - 1) / 2}`);
  });
  const found = new Set();
  for await (const keys of redis.scanStream({ match: "key?*", count: 500 })) keys.forEach((key) => found.add(key));
  assert.equal(found.size, PIPELINED / 2);
}

async function transactions(redis) {
  assert.deepEqual(await redis.multi().set("count", 1).incr("count").exec(), [[null, "OK"], [null, 2]]);
  const other = redis.duplicate();
  await redis.watch("count");
  await other.set("count", 7);
  assert.equal(await redis.multi().incr("count").exec(), null);
  assert.equal(await redis.get("count"), "7");
  other.disconnect();
  const mixed = await redis.multi().set("text", "a").incr("text").set("after", "1").exec();
  assert.equal(mixed[1][0].message, "ERR value is not an integer or out of range");
  assert.equal(mixed[2][1], "OK");
}

async function errorsAndFacts(redis) {
  await redis.set("text", "a");
  await assert.rejects(redis.incr("text"), { message: "ERR value is not an integer or out of range" });
  assert.equal(await redis.ping(), "PONG");
  assert.match(await redis.info("server"), /redis_version:7\./);
  assert.deepEqual(await redis.config("GET", "databases"), ["databases", "16"]);
  assert.ok((await redis.client("ID")) > 0);
  assert.ok((await redis.command("COUNT")) > 60);
}

const { Redis, version } = library();
const [host, port] = process.argv.slice(2);
const redis = new Redis(Number(port), host);
try {
  await redis.flushall();
  for (const part of [strings, pipelines, transactions, errorsAndFacts]) {
    await part(redis);
    await redis.flushall();
  }
  console.log(`ioredis ${version}: all as expected`);
} finally {
  redis.disconnect();
}
