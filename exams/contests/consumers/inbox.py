"""Answers and presses on their way to the database: what arrives within milliseconds goes in one transaction.

One transaction is under way at a time; what arrives meanwhile goes into the next. An acknowledgement leaves only
after the commit.
"""

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from exams.contests.queries.live import Place
from exams.contests.services.answers import Answer, Press, Verdict

logger = logging.getLogger("lianbing.contests")
Sent = TypeVar("Sent", Answer, Press)
Reply = Callable[[Verdict | None], None]
Store = Callable[[uuid.UUID, Sequence[tuple[Place, Sent]]], Awaitable[list[Verdict]]]

MOST_IN_A_BATCH = 500
MOST_WAITING = 20_000
LONGEST_WAIT = 5.0


@dataclass
class Inbox(Generic[Sent]):
    """Collects for `wait` seconds and stores. `stored(match)` is told after each commit.

    Under load the next batch begins no sooner than `apart` seconds after the last: a transaction costs as much
    for one answer as for twenty.
    """

    store: Store[Sent]
    wait: float
    apart: float
    stored: Callable[[uuid.UUID], None]
    waiting: list[tuple[uuid.UUID, Place, Sent, Reply]] = field(default_factory=list)
    working: asyncio.Task[None] | None = None
    began: float = 0.0
    taken: int = 0
    done: int = 0

    def put(self, match: uuid.UUID, place: Place, sent: Sent, reply: Reply) -> bool:
        """Take one in from a seat. `reply` gets the verdict, or None when it could not be stored. False: too many wait."""
        if len(self.waiting) >= MOST_WAITING:
            return False
        self.waiting.append((match, place, sent, reply))
        self.taken += 1
        if self.working is None:
            self.working = asyncio.create_task(self._work())
        return True

    async def taken_in(self) -> None:
        """Come back when everything taken in until now is stored or refused, or after `LONGEST_WAIT` seconds."""
        until, wanted = asyncio.get_running_loop().time() + LONGEST_WAIT, self.taken
        while self.done < wanted and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(self.wait)

    async def drain(self) -> None:
        """Come back when everything taken in is stored."""
        while self.working is not None:
            await asyncio.shield(self.working)

    async def _work(self) -> None:
        try:
            loop = asyncio.get_running_loop()
            while self.waiting:
                await asyncio.sleep(max(self.wait, self.began + self.apart - loop.time()))
                self.began = loop.time()
                batch, self.waiting = self.waiting[:MOST_IN_A_BATCH], self.waiting[MOST_IN_A_BATCH:]
                for match in dict.fromkeys(one[0] for one in batch):
                    await self._store(match, [one for one in batch if one[0] == match])
        finally:
            self.working = None

    async def _store(self, match: uuid.UUID, batch: list[tuple[uuid.UUID, Place, Sent, Reply]]) -> None:
        verdicts: Sequence[Verdict | None]
        try:
            verdicts = await self.store(match, [(place, sent) for _, place, sent, _ in batch])
        except Exception:  # no pad may wait for ever, whatever the store could not do
            logger.exception("%d messages of pads could not be stored; the pads send them again", len(batch))
            verdicts = [None] * len(batch)
        self.done += len(batch)
        for (*_, reply), verdict in zip(batch, verdicts, strict=True):
            reply(verdict)
        self.stored(match)
