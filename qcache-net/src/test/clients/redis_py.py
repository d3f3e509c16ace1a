"""redis-py with its defaults against a server: redis_py.py HOST PORT.

Exits with 0 if all is as expected, with 1 and a trace if not, with 77 if the library is not there.
"""
import sys

try:
    import redis
except ImportError as missing:
    print(missing)
    sys.exit(77)

PIPELINED = 10_000


def strings(client):
    assert client.set("key", "value") is True
    assert client.get("key") == b"value"
    assert client.get("nosuch") is None
    assert client.set("key", "other", nx=True) is None
    assert client.set("key", "other", ex=100, get=True) == b"value"
    assert 99 <= client.ttl("key") <= 100
    assert client.incrbyfloat("float", 10.5) == 10.5
    assert client.mget("key", "nosuch") == [b"other", None]
    binary = bytes(range(256))
    client.set(binary, binary)
    assert client.get(binary) == binary


def pipelines(client):
    with client.pipeline(transaction=False) as pipeline:
        for i in range(PIPELINED // 2):
            pipeline.set(f"key{i}", f"value{i}").get(f"key{i}")
        replies = pipeline.execute()
    assert replies[0::2] == [True] * (PIPELINED // 2)
    assert replies[1::2] == [f"value{i}".encode() for i in range(PIPELINED // 2)]
    assert len(set(client.scan_iter(match="key?*", count=500))) == PIPELINED // 2


def transactions(client):
    with client.pipeline() as transaction:
        assert transaction.set("count", 1).incr("count").execute() == [True, 2]
    with client.pipeline() as transaction:
        transaction.watch("count")
        client.set("count", 7)
        transaction.multi()
        transaction.incr("count")
        try:
            transaction.execute()
            raise AssertionError("the watched key changed, and the transaction ran")
        except redis.WatchError:
            pass
    assert client.get("count") == b"7"
    with client.pipeline() as transaction:
        transaction.set("text", "a").incr("text").set("after", "1")
        replies = transaction.execute(raise_on_error=False)
    assert replies[0] is True and replies[2] is True
    assert "value is not an integer or out of range" in str(replies[1]), replies[1]


def errors_and_facts(client):
    client.set("text", "a")
    try:
        client.incr("text")
        raise AssertionError("INCR of a text")
    except redis.ResponseError as error:
        assert str(error) == "value is not an integer or out of range", error
    assert client.ping() is True
    assert client.info("server")["redis_version"].startswith("7.")
    assert client.config_get("databases") == {"databases": "16"}
    assert client.client_setname("python") is True
    assert client.client_getname() == "python"
    assert client.client_id() > 0
    assert any(line["name"] == "python" for line in client.client_list())
    assert client.command_count() > 60
    assert client.command()["get"]["arity"] == 2
    assert client.time()[0] > 0


def main(host, port):
    client = redis.Redis(host=host, port=port, socket_timeout=10)
    client.flushall()
    for part in (strings, pipelines, transactions, errors_and_facts):
        part(client)
        client.flushall()
    print(f"redis-py {redis.__version__}: all as expected")


main(sys.argv[1], int(sys.argv[2]))
