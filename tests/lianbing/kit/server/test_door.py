"""The HTTP door: replies whole or streamed, uploads bounded, crowds turned away."""

import asyncio
import threading
from tempfile import SpooledTemporaryFile

import pytest

from lianbing.kit.server.door import WHOLE, Blocks, Door

MEGABYTE = 1024 * 1024


def scope(method="GET", headers=(), **changes):
    return {
        "type": "http",
        "method": method,
        "http_version": "1.1",
        "raw_path": b"/",
        "query_string": b"",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
        "headers": list(headers),
        **changes,
    }


def echo(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["REQUEST_METHOD"].encode(), b" ", str(len(body)).encode()]


class Client:
    """Sends one request's messages and keeps the reply's; leaves after `stay` of them."""

    def __init__(self, *parts, stay=10**9):
        self.parts, self.sent, self.stay = list(parts), [], stay
        self.left = asyncio.Event()

    async def receive(self):
        if self.parts:
            part = self.parts.pop(0)
            if part is None:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": part, "more_body": bool(self.parts)}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)
        if len(self.sent) >= self.stay:
            self.left.set()

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def headers(self):
        return dict(self.sent[0]["headers"])

    @property
    def body(self):
        return b"".join(message.get("body", b"") for message in self.sent[1:])


def ask(app, *parts, method="GET", headers=(), stay=10**9, **options):
    door, client = Door(app, threads=2, **options), Client(*parts, stay=stay)

    async def run():
        await door(scope(method, headers), client.receive, client.send)

    try:
        asyncio.run(run())
    finally:
        door.close()
    return client


def with_length(*parts):
    return [(b"content-length", str(sum(map(len, parts))).encode())]


def test_a_short_reply_is_whole():
    client = ask(echo)
    assert (client.status, client.body, client.headers[b"content-length"]) == (200, b"GET 0", b"5")
    assert len(client.sent) == 2


def test_a_body_in_parts_arrives_whole():
    parts = [b"a" * 10, b"b" * 20]
    assert ask(echo, *parts, method="POST", headers=with_length(*parts)).body == b"POST 30"


def test_a_chunked_body_has_its_length_counted():
    assert (
        ask(echo, b"abc", b"de", method="POST", headers=[(b"transfer-encoding", b"chunked")]).body
        == b"POST 5"
    )


def test_a_large_upload_goes_to_disk():
    seen = []

    def app(environ, start_response):
        seen.append(environ["wsgi.input"])
        return echo(environ, start_response)

    parts = [b"x" * MEGABYTE] * 3
    assert ask(app, *parts, method="POST", headers=with_length(*parts)).body == b"POST 3145728"
    assert isinstance(seen[0], SpooledTemporaryFile)


def test_an_upload_announced_too_large_is_refused_unread():
    client = ask(echo, b"x", method="POST", headers=[(b"content-length", b"11")], body_limit=10)
    assert (client.status, client.headers[b"connection"]) == (413, b"close")
    assert client.parts == [b"x"]


def test_an_upload_that_turns_out_too_large_is_refused():
    headers = [(b"transfer-encoding", b"chunked")]
    assert ask(echo, b"x" * 6, b"x" * 6, method="POST", headers=headers, body_limit=10).status == 413


def test_a_nonsense_length_is_refused():
    assert ask(echo, method="POST", headers=[(b"content-length", b"many")]).status == 400


def test_a_client_that_leaves_while_sending_runs_nothing():
    ran = []
    client = ask(ran.append, b"x", None, method="POST", headers=[(b"content-length", b"9")])
    assert (client.sent, ran) == ([], [])


def test_head_has_headers_and_no_body():
    def app(environ, start_response):
        start_response("200 OK", [("Content-Length", "5")])
        return [b"never"]

    client = ask(app, method="HEAD")
    assert (client.headers[b"content-length"], client.body) == (b"5", b"")


class Endless:
    """A reply without end that knows whether it was closed."""

    closed = False

    def __iter__(self):
        while True:
            yield b"x" * WHOLE

    def close(self):
        self.closed = True


def test_a_long_reply_is_streamed():
    def app(environ, start_response):
        start_response("200 OK", [])
        return (b"x" * 100_000 for _ in range(10))

    client = ask(app)
    assert len(client.body) == 1_000_000
    assert len(client.sent) > 5


def test_streaming_stops_when_the_client_leaves():
    reply = Endless()

    def app(environ, start_response):
        start_response("200 OK", [])
        return reply

    ask(app, stay=4)
    assert reply.closed


def test_an_application_that_breaks_is_a_500():
    def app(environ, start_response):
        raise RuntimeError("secret detail")

    client = ask(app)
    assert client.status == 500
    assert b"secret" not in client.body


def test_a_stream_that_breaks_is_cut_off():
    def blocks():
        yield b"x" * (WHOLE + 1)
        raise RuntimeError("half way")

    def app(environ, start_response):
        start_response("200 OK", [])
        return blocks()

    with pytest.raises(RuntimeError, match="half way"):
        ask(app)


def test_a_crowd_is_turned_away_with_a_time_to_come_back():
    hold = threading.Event()

    def app(environ, start_response):
        hold.wait(10)
        return echo(environ, start_response)

    door = Door(app, threads=1, queue=1)
    clients = [Client() for _ in range(3)]

    async def run():
        asks = [asyncio.create_task(door(scope(), c.receive, c.send)) for c in clients]
        await asks[2]
        hold.set()
        await asyncio.gather(*asks)

    asyncio.run(run())
    door.close()
    assert [client.status for client in clients] == [200, 200, 503]
    assert clients[2].headers[b"retry-after"] == b"2"


def test_files_are_read_in_large_blocks(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x" * 100_000)
    blocks = Blocks(path.open("rb"), 4096)
    assert [len(block) for block in blocks] == [65536, 34464]
    blocks.close()
    assert blocks.file.closed


@pytest.mark.parametrize("where", [{"raw_path": b"/bank/%00/"}, {"query_string": b"q=a%00"}])
def test_a_nul_is_turned_away_with_the_headers_of_a_page(where):
    door, client = Door(echo, threads=1), Client()
    asyncio.run(door(scope(**where), client.receive, client.send))
    door.close()
    assert client.status == 400
    assert client.headers[b"x-content-type-options"] == b"nosniff"
    assert b"content-security-policy" in client.headers
