"""The HTTP door: an ASGI application that runs a WSGI one in a fixed pool of threads.

Django behind ASGI costs three to six times the CPU and opens a database connection per request; here every
thread keeps its own. A reply that is whole at once crosses back to the event loop in one step; a long one is
streamed, waiting for a slow client and stopping for one who has left.
"""

import asyncio
import io
import logging
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from lianbing.kit.server.environ import Network, build

logger = logging.getLogger("lianbing.server")
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = list[tuple[str, str]]

IN_MEMORY = 1024 * 1024
BLOCK = 64 * 1024
WHOLE = 256 * 1024
BODY_SECONDS = 30
SEND_SECONDS = 60


# A refusal at the door never meets the middlewares, so it brings the headers of a page itself.
PLAIN = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Connection", "close"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
]


class Refused(Exception):
    """The request is answered at the door with this status."""

    def __init__(self, status: int, text: str, retry_after: int = 0) -> None:
        super().__init__(text)
        self.status, self.text, self.retry_after = status, text, retry_after


class Gone(Exception):
    """The client left before its request was whole."""


class Blocks:
    """What Django hands a file to (`wsgi.file_wrapper`): 64 kB at a time instead of its own 4 kB."""

    def __init__(self, file: IO[bytes], size: int = BLOCK) -> None:
        del size
        self.file = file

    def __iter__(self) -> Iterator[bytes]:
        while block := self.file.read(BLOCK):
            yield block

    def close(self) -> None:
        self.file.close()


@dataclass
class Reply:
    """One reply on its way from a thread to the event loop."""

    loop: asyncio.AbstractEventLoop
    send: Send
    receive: Receive
    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)
    streaming: bool = False

    def start(self, status: str, headers: Headers, exc_info: object = None) -> None:
        """WSGI's start_response."""
        del exc_info
        self.status = int(status[:3])
        self.headers = [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers]

    async def give(self, body: bytes) -> None:
        """Send a reply that is whole."""
        if self.status not in {204, 304} and not any(n == b"content-length" for n, _ in self.headers):
            self.headers.append((b"content-length", str(len(body)).encode()))
        await self.send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await self.send({"type": "http.response.body", "body": body})

    def stream(self, blocks: Iterable[bytes]) -> None:
        """Send block after block from the thread, each once the client has room for it."""
        self.streaming = True
        asyncio.run_coroutine_threadsafe(self._watch(), self.loop)
        self._push({"type": "http.response.start", "status": self.status, "headers": self.headers})
        for block in blocks:
            if self.gone.is_set():
                return
            self._push({"type": "http.response.body", "body": block, "more_body": True})
        self._push({"type": "http.response.body", "body": b""})

    def _push(self, message: dict[str, Any]) -> None:
        asyncio.run_coroutine_threadsafe(self._send(message), self.loop).result(SEND_SECONDS)

    async def _send(self, message: dict[str, Any]) -> None:
        await self.send(message)

    async def _watch(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass
        self.gone.set()


class Door:
    """`app` is the WSGI application; `threads` run it; `queue` requests may wait for one of them."""

    def __init__(
        self,
        app: Callable[..., Any],
        *,
        threads: int = 12,
        queue: int = 2000,
        body_limit: int = 200 * 1024 * 1024,
        trusted: Iterable[Network] = (),
    ) -> None:
        self.app = app
        self.room = threads + queue
        self.body_limit = body_limit
        self.trusted = list(trusted)
        self.inside = 0
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="http")

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        reply = Reply(asyncio.get_running_loop(), send, receive)
        try:
            _check_nul(scope)
            body, length = await self._body(scope, receive)
            with body:
                await self._answer(build(scope, body, length, self.trusted), reply)
        except Gone:
            pass
        except Refused as refused:
            reply.start(str(refused.status), PLAIN)
            if refused.retry_after:
                reply.headers.append((b"retry-after", str(refused.retry_after).encode()))
            await reply.give(refused.text.encode())

    async def _answer(self, environ: dict[str, Any], reply: Reply) -> None:
        if self.inside >= self.room:
            raise Refused(503, "服务器繁忙，请稍后重试。", retry_after=2)
        self.inside += 1
        try:
            whole = await reply.loop.run_in_executor(self.pool, self._run, environ, reply)
        except Exception:
            logger.exception("%s %s failed", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            if reply.streaming:
                raise  # the server cuts the connection, so that half a file does not look whole
            raise Refused(500, "服务器出错。") from None
        finally:
            self.inside -= 1
        if whole is not None:
            await reply.give(whole)

    def _run(self, environ: dict[str, Any], reply: Reply) -> bytes | None:
        """In a thread: the whole body of a short reply, or None when it has been streamed."""
        environ["wsgi.file_wrapper"] = Blocks
        response = self.app(environ, reply.start)
        try:
            if environ["REQUEST_METHOD"] == "HEAD":
                return b""
            blocks = iter(response)
            first = b""
            for block in blocks:
                first += block
                if len(first) > WHOLE:
                    reply.stream(_chain(first, blocks))
                    return None
            return first
        finally:
            if hasattr(response, "close"):
                response.close()

    async def _body(self, scope: dict[str, Any], receive: Receive) -> tuple[IO[bytes], int]:
        """The whole body, on disk when it is large, and its length. Raises Refused or Gone."""
        declared = _declared_length(scope)
        if declared is not None and declared > self.body_limit:
            raise Refused(413, "上传的内容过大。")
        small = declared is not None and declared <= IN_MEMORY
        body: IO[bytes] = io.BytesIO() if small else SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- the caller closes it
        length, more = 0, declared != 0
        while more:
            try:
                message = await asyncio.wait_for(receive(), BODY_SECONDS)
            except TimeoutError:
                body.close()
                raise Refused(408, "上传超时。") from None
            if message["type"] == "http.disconnect":
                body.close()
                raise Gone
            length += len(message.get("body", b""))
            if length > self.body_limit:
                body.close()
                raise Refused(413, "上传的内容过大。")
            body.write(message.get("body", b""))
            more = message.get("more_body", False)
        body.seek(0)
        return body, length

    def close(self) -> None:
        """Take no more requests; threads end with the request they are at."""
        self.pool.shutdown(wait=False, cancel_futures=True)


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _check_nul(scope: dict[str, Any]) -> None:
    """No name and no search holds a NUL, and PostgreSQL takes none: refused before anybody looks it up."""
    if b"%00" in scope["raw_path"] or b"%00" in scope["query_string"]:
        raise Refused(400, "请求无效。")


def _declared_length(scope: dict[str, Any]) -> int | None:
    """Content-Length; 0 when the request announces no body; None when it comes in chunks."""
    names = dict(scope["headers"])
    if b"transfer-encoding" in names:
        return None
    try:
        return int(names.get(b"content-length", b"0"))
    except ValueError:
        raise Refused(400, "请求无效。") from None
