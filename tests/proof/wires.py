"""Many WebSocket clients in one process, as bare as can be: what is measured is the server, not the client."""

import asyncio
import base64
import json
import os
import struct
import time
from collections.abc import Callable, Coroutine
from typing import Any

KEY = base64.b64encode(b"lianbing-bench-0").decode()
MASK = bytes(4)  # a mask of zeros is a legal mask, and costs nothing


def framed(text: str) -> bytes:
    """One masked text frame."""
    body = text.encode()
    size = len(body)
    if size < 126:
        head = struct.pack("!BB", 0x81, 0x80 | size)
    elif size < 65536:
        head = struct.pack("!BBH", 0x81, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", 0x81, 0x80 | 127, size)
    return head + MASK + body


class Wire(asyncio.Protocol):
    """One client. `heard(wire, text bytes, moment in ns)` is called for every message."""

    def __init__(self, path: str, port: int, heard: Callable[["Wire", bytes, int], None]) -> None:
        self.path, self.port, self.heard = path, port, heard
        self.buffer = b""
        self.open = asyncio.get_running_loop().create_future()
        self.closed = False
        self.hello = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        host = f"127.0.0.1:{self.port}"
        transport.write(
            (
                f"GET {self.path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Origin: http://{host}\r\nSec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n"
            ).encode()
        )

    def data_received(self, data: bytes) -> None:
        at = time.monotonic_ns()
        self.buffer += data
        if not self.open.done():
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            self.open.set_result(head.partition(b"\r\n")[0].decode())
            self.buffer = rest
        while self._one(at):
            pass

    def _one(self, at: int) -> bool:
        """Take one frame off the buffer; False when there is none whole."""
        buffer = self.buffer
        if len(buffer) < 2:
            return False
        size, start = buffer[1] & 127, 2
        if size == 126:
            if len(buffer) < 4:
                return False
            size, start = struct.unpack_from("!H", buffer, 2)[0], 4
        elif size == 127:
            if len(buffer) < 10:
                return False
            size, start = struct.unpack_from("!Q", buffer, 2)[0], 10
        if len(buffer) < start + size:
            return False
        kind, body = buffer[0] & 15, buffer[start : start + size]
        self.buffer = buffer[start + size :]
        if kind == 1:
            self.heard(self, body, at)
        elif kind == 9:
            self.transport.write(struct.pack("!BB", 0x8A, 0x80 | len(body)) + MASK + body)
        return True

    def connection_lost(self, error: Exception | None) -> None:
        del error
        self.closed = True

    def say(self, **message: Any) -> None:
        """Send a message."""
        self.transport.write(framed(json.dumps(message, separators=(",", ":"))))


async def connect(
    count: int, path: Callable[[int], str], port: int, heard: Callable[[Wire, bytes, int], None]
) -> list[Wire]:
    """So many clients, fifty at a time; `path(number)` is where each goes. Raises OSError."""
    loop = asyncio.get_running_loop()
    wires: list[Wire] = []
    for start in range(0, count, 50):
        some: list[Coroutine[Any, Any, Any]] = [
            loop.create_connection(lambda n=number: Wire(path(n), port, heard), "127.0.0.1", port)
            for number in range(start, min(start + 50, count))
        ]
        made = [wire for _transport, wire in await asyncio.gather(*some)]
        replies = set(await asyncio.gather(*(wire.open for wire in made)))
        if not all(" 101 " in reply for reply in replies):
            raise OSError(f"the server did not take every connection: {replies}")
        wires += made
    return wires


def raise_the_limit(wanted: int) -> str:
    """Let this process and its children hold `wanted` open files; "" or why that cannot be."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= wanted:
        return ""
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, max(hard, wanted)))
    except (ValueError, OSError):
        return f"needs {wanted} open files, the system allows {hard} (uid {os.getuid()})"
    return ""


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of them do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
