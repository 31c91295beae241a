"""What lives beside the requests: the keeper connection and the ticker, from start-up to shutdown."""

import logging
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from django.db import connection

from lianbing.kit.sqlite.base import keeper
from lianbing.kit.ticker import Ticker

logger = logging.getLogger("lianbing.server")


class Life:
    """Answers ASGI's lifespan protocol."""

    def __init__(self, on_shutdown: Callable[[], None]) -> None:
        self._on_shutdown = on_shutdown
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
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
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
