"""What lives beside the requests: the keeper connection and the ticker, from start-up to shutdown."""

import logging
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from django.db import connection

from lianbing.kit.sqlite.base import keeper
from lianbing.kit.ticker import Ticker

logger = logging.getLogger("lianbing.server")


class Companion(Protocol):
    """What an app runs in the event loop beside the requests."""

    async def start(self) -> None:
        """Begin, in the loop that serves."""

    async def stop(self) -> None:
        """End."""


class Life:
    """Answers ASGI's lifespan protocol."""

    def __init__(self, on_shutdown: Callable[[], None], companions: Sequence[Companion] = ()) -> None:
        self._on_shutdown = on_shutdown
        self._companions = companions
        self._keeper: sqlite3.Connection | None = None
        self._ticker: Ticker | None = None

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[dict[str, Any]]],
        send: Callable[[dict[str, Any]], Awaitable[None]],
    ) -> None:
        del scope
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.start()
                for companion in self._companions:
                    await companion.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                for companion in self._companions:
                    await companion.stop()
                self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def start(self) -> None:
        """Hold the database open and start the ticker."""
        if connection.vendor == "sqlite":
            self._keeper = keeper(str(connection.settings_dict["NAME"]))
        self._ticker = Ticker()
        self._ticker.start()

    def stop(self) -> None:
        """Stop the ticker and close what is open."""
        if self._ticker:
            self._ticker.stop()
        self._on_shutdown()
        if self._keeper:
            self._keeper.close()
