"""The process `manage.py serve` becomes: uvicorn with both doors, until SIGINT or SIGTERM."""

import asyncio
import contextlib
import http.client
import os
import signal
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import uvicorn
from django.conf import settings

GRACE_SECONDS = 5
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Server(uvicorn.Server):
    """Ends quietly on a signal (uvicorn would raise it again) and says when it really answers."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[int], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._end) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.force_exit = self.should_exit
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            port = self.servers[0].sockets[0].getsockname()[1]
            self._asking = asyncio.create_task(asyncio.to_thread(self._announce, port))

    def _announce(self, port: int) -> None:
        host = self.config.host if self.config.host not in {"0.0.0.0", "::"} else "127.0.0.1"
        if answers(host, port, bool(self.config.is_ssl)):
            self._on_ready(port)


def own_name() -> str:
    """A host name the site answers to: asked under another, it would log a refused request at every start."""
    names = [name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"]
    return names[0] if names else "localhost"


def answers(host: str, port: int, https: bool, tries: int = 50) -> bool:
    """Whether the server at this address answers /healthz; asks for up to ten seconds."""
    for _ in range(tries):
        connection: http.client.HTTPConnection = (
            # Asked on this machine itself: that somebody answers, not who it is.
            http.client.HTTPSConnection(host, port, timeout=5, context=ssl._create_unverified_context())
            if https
            else http.client.HTTPConnection(host, port, timeout=5)
        )
        try:
            connection.request("GET", "/healthz", headers={"Host": own_name()})
            if connection.getresponse().status < 500:
                return True
        except OSError:
            threading.Event().wait(0.2)
        finally:
            connection.close()
    return False


def serve(
    app: Any,
    *,
    host: str,
    port: int,
    certificate: tuple[str, str] | None,
    on_ready: Callable[[int], None],
) -> int:
    """Serve until told to stop. `certificate` is (certificate chain file, key file). Returns the exit code.

    `on_ready` is called with the port (port 0 = one the system chose) once the server answers.
    """
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        lifespan="on",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ws_max_size=64 * 1024,
        # Squeezing every small message anew for every receiver costs more than sending it as it is.
        ws_per_message_deflate=False,
        ssl_certfile=certificate[0] if certificate else None,
        ssl_keyfile=certificate[1] if certificate else None,
    )
    server = Server(config, on_ready)
    server.run()
    return 0 if server.started else 1


def leave(code: int) -> None:
    """End the process now, even if a thread is still at a request that does not end."""
    stuck = [
        t for t in threading.enumerate() if t.name.startswith("http") and t is not threading.main_thread()
    ]
    for thread in stuck:
        thread.join(0.5)
    if any(thread.is_alive() for thread in stuck):
        os._exit(code)
