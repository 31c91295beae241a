"""What a match is at one moment, as plain data. Nothing here decides; `rounds` and `state` do.

Every change of a score is an `Entry` of the ledger and names the event behind it: a team's score is the base
score and the sum of its entries, always.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from exams.contests.rules.buzzer import Press
from exams.contests.rules.rulebook import RoundRules, Rulebook

TIE_BREAK = -1
NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Phase(StrEnum):
    """Where a match stands; that it is paused stands beside it."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    CONFIRMED = "confirmed"


class TurnPhase(StrEnum):
    """Where one asked question stands."""

    CHOOSING = "choosing"
    SHOWN = "shown"
    OPEN = "open"
    ANSWERING = "answering"
    CLOSED = "closed"
    RULED = "ruled"


class Illegal(ValueError):
    """A move the rules refuse. `code` names the rule, `params` what is in its words."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Event:
    """One thing that happened. `seq` counts from 1 without gaps; `actor` is a name for the record."""

    seq: int
    kind: str
    at: datetime.datetime
    actor: str = ""
    data: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True)
class TeamStart:
    """A team as it comes on stage: its seat from 1 on, its players on stage in their order, those in reserve."""

    seat: int
    name: str
    players: tuple[int, ...] = ()
    bench: tuple[int, ...] = ()


@dataclass(frozen=True)
class Item:
    """A question laid ready: of which round (None = any), a spare or not, for which value where one is chosen."""

    index: int
    round: int | None = None
    spare: bool = False
    value: Decimal | None = None


@dataclass(frozen=True)
class Team:
    """A team in a match. `early` counts its early presses; `out` = lost in sudden death."""

    seat: int
    name: str
    score: Decimal
    on_stage: tuple[int, ...] = ()
    bench: tuple[int, ...] = ()
    out: bool = False
    early: int = 0
    substitutions: int = 0


@dataclass(frozen=True)
class Entry:
    """One change of a score: the event `seq` behind it, the turn it belongs to, signed points, a code for why."""

    seq: int
    turn: int | None
    team: int
    points: Decimal
    why: str
    tie_break: bool = False


@dataclass(frozen=True)
class Result:
    """What a pad's answer earned: the share of the marks from 0 to 1, and the time it took (ms)."""

    share: Decimal
    ms: int


@dataclass(frozen=True)
class Verdict:
    """A ruling on a team's answer (None = the audience's) and the points it brought."""

    team: int | None
    verdict: str
    points: Decimal
    seq: int


@dataclass(frozen=True)
class Crowd:
    """What one of the audience has gathered: points, time of the right answers (ms), how many were right."""

    points: Decimal = Decimal(0)
    ms: int = 0
    right: int = 0


@dataclass(frozen=True)
class Ask:
    """Whose turn it is: a team's seat (None = all) and, where one player answers, the place on stage from 0."""

    team: int | None = None
    position: int | None = None


@dataclass(frozen=True)
class Turn:
    """One asked question. `id` is the seq of its opening event, `number` its number in the round.

    `team` and `player` answer (None = nobody yet, or all); `by` is "voice" or "pad", `who` is "team", "player",
    "all" or "audience". `chooser` chose the value and, in a designated round, `team`. `tried` have answered,
    `early` have lost the item, `among` (where not empty) alone may press. `opened` is the seq of the
    opening event, `opened_at` its moment, `clock_from` that of the running clock; what the match has stood still
    since moves both on, with `ends_at`.
    """

    id: int
    number: int
    phase: TurnPhase
    item: int | None
    team: int | None = None
    player: int | None = None
    who: str = "team"
    by: str = "voice"
    value: Decimal | None = None
    choices: tuple[str, ...] = ()
    targets: tuple[int, ...] = ()
    chooser: int | None = None
    declined: bool = False
    opened: int | None = None
    opened_at: datetime.datetime | None = None
    clock_from: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    starts_by: datetime.datetime | None = None
    order: tuple[Press, ...] = ()
    tied: tuple[int, ...] = ()
    decided: str = ""
    among: tuple[int, ...] = ()
    early: tuple[int, ...] = ()
    tried: tuple[int, ...] = ()
    audience: bool = False
    restate: bool = False
    results: Mapping[str, Result] = field(default_factory=lambda: NOTHING)
    verdicts: tuple[Verdict, ...] = ()
    panel: Mapping[str, Decimal] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True)
class RoundState:
    """A round that is running: its index (TIE_BREAK for the tie-break), who takes part, whose turns are to come.

    `opened` is the seq of its opening event. `queue` is the rest of this pass, `passes` how many follow. `asked`
    counts turns, `turns` those of each team, `used` how often each value was asked. `won` and `lost` are the places settled in sudden death, best first.
    """

    index: int
    rules: RoundRules
    teams: tuple[int, ...]
    opened: int = 0
    queue: tuple[Ask, ...] = ()
    passes: int = 0
    asked: int = 0
    turns: Mapping[int, int] = field(default_factory=lambda: NOTHING)
    used: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    won: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()

    @property
    def is_tie_break(self) -> bool:
        """Whether this is the tie-break and no round of the contest."""
        return self.index == TIE_BREAK


@dataclass(frozen=True)
class MatchState:
    """A match after event `seq`. `before` is the state before `last`, the newest event that was not undone.

    `revealed` are the items whose answer everybody has seen; undoing does not make them unseen.
    """

    rulebook: Rulebook
    seed: bytes
    teams: tuple[Team, ...]
    items: tuple[Item, ...] = ()
    seq: int = 0
    phase: Phase = Phase.WAITING
    paused_at: datetime.datetime | None = None
    pause_reason: str = ""
    rounds_done: int = 0
    round: RoundState | None = None
    turn: Turn | None = None
    asked: frozenset[int] = frozenset()
    revealed: frozenset[int] = frozenset()
    crowd: Mapping[str, Crowd] = field(default_factory=lambda: NOTHING)
    ledger: tuple[Entry, ...] = ()
    ties: tuple[tuple[tuple[int, ...], ...], ...] = ()
    undone: tuple[int, ...] = ()
    last: Event | None = None
    before: "MatchState | None" = field(default=None, compare=False, repr=False)

    @property
    def paused(self) -> bool:
        """Whether the match stands still."""
        return self.paused_at is not None

    def team(self, seat: int) -> Team:
        """The team at a seat. Raises Illegal where there is none."""
        for one in self.teams:
            if one.seat == seat:
                return one
        raise Illegal("no_such_team", team=seat)

    @property
    def scores(self) -> dict[int, Decimal]:
        """The score of every team by its seat."""
        return {one.seat: one.score for one in self.teams}


def team_party(seat: int) -> str:
    """The party of a team's pad."""
    return f"t{seat}"


def player_party(player: int) -> str:
    """The party of a player's pad."""
    return f"p{player}"
