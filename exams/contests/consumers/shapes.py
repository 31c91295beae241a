"""What passes between rooms, which live in the event loop, and the source, which works in threads on the database."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from exams.contests.queries.live import Head, Place
from exams.contests.services.acts import Act
from exams.contests.services.answers import Answer, Press, Verdict

DESKS = frozenset({"host", "judge"})
# After these a pad's own result, points or place may be others; the audience learns its own with the key.
FOR_ALL = frozenset({"turn_closed", "undone"})
PERSONAL = FOR_ALL | {"closed", "ruled", "scored", "overridden", "fouled", "pressed"}


@dataclass(frozen=True)
class Frame:
    """A match as it stands at `seq`: the sections everybody sees.

    `kinds` are the kinds of the events since the frame before it, `view_text` is the view as JSON, `matter`
    whatever the source needs to go on from here. `due_at`: when the room's clock runs out, or a press is settled.
    """

    uid: uuid.UUID
    seq: int
    view: dict[str, Any]
    view_text: str
    due_at: datetime.datetime | None = None
    kinds: frozenset[str] = frozenset()
    matter: Any = field(default=None, compare=False, repr=False)


class Source(Protocol):
    """What a room asks of the database. Every method is called in a thread of the pool, never in the loop."""

    def frame(self, uid: uuid.UUID, old: Frame | None) -> Frame | None:
        """The match as it stands now; None when there is no such match."""

    def staff(self, frame: Frame) -> dict[str, Any]:
        """What the desks see beside the view."""

    def places(self, uid: uuid.UUID, pks: Sequence[int]) -> dict[int, Place]:
        """Which of these seats still stand."""

    def yous(self, frame: Frame, places: Sequence[Place]) -> dict[int, dict[str, Any]]:
        """What each of these seats alone may know, by seat."""

    def heads(self, uids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Head]:
        """How far these matches have come."""

    def answers(self, uid: uuid.UUID, batch: Sequence[tuple[Place, Answer]]) -> list[Verdict]:
        """Store answers in one transaction: a verdict for each, in their order."""

    def presses(self, uid: uuid.UUID, batch: Sequence[tuple[Place, Press]]) -> list[Verdict]:
        """Store presses in one transaction: a verdict for each, in their order."""

    def act(self, uid: uuid.UUID, place: Place, act: Act) -> Verdict:
        """Any other act of a pad: choose, decline, score."""

    def due(self, uid: uuid.UUID) -> None:
        """Do what the clock asks for: close a turn whose time is up, settle presses."""
