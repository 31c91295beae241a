"""What a match is played with: its teams, players and questions. Kept in memory once it has started."""

import threading
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from django.db import transaction

from exams.contests.models import Match, MatchItem, MatchStart, MatchTeam
from question_bank import kinds
from question_bank.models import Citation, QuestionVersion
from question_bank.queries.pictures import carried
from question_bank.rules.rich import pictures_in

KEPT_MOST = 64
_kept: OrderedDict[uuid.UUID, "MatchFacts"] = OrderedDict()
_mutex = threading.Lock()


@dataclass(frozen=True, slots=True)
class PlayerFacts:
    """A player by the id that events use."""

    id: int
    name: str
    leader: bool
    substitute: bool


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """A team on its seat. `unit_path` tells whose judges may not judge it ("" = a guest team)."""

    seat: int
    team: int
    name: str
    unit: str
    unit_path: str
    players: tuple[PlayerFacts, ...]


@dataclass(frozen=True)
class ItemFacts:
    """A question of the match with its key: never to be shown as it is. `face` is what may be shown."""

    index: int
    round: int
    spare: bool
    value: Decimal | None
    version: int
    kind: str
    content: Mapping[str, Any]
    key: Mapping[str, Any]
    explanation: str
    articles: tuple[tuple[str, str], ...]
    pictures: Mapping[str, str]

    @cached_property
    def face(self) -> dict[str, Any]:
        """What is asked, in an order of options that says nothing about the key; the same on every screen."""
        return kinds.get(self.kind).face(dict(self.content))


@dataclass(frozen=True)
class MatchFacts:
    """Everything about a match that no event changes once it has started. `rulebook` is JSON."""

    pk: int
    uid: uuid.UUID
    name: str
    stage: str
    contest: str
    seed: str
    started: bool
    rulebook: Mapping[str, Any]
    teams: tuple[TeamFacts, ...]
    items: tuple[ItemFacts, ...]
    by_seat: Mapping[int, TeamFacts] = field(default_factory=dict)
    players: Mapping[int, PlayerFacts] = field(default_factory=dict)

    def item(self, index: int) -> ItemFacts:
        """The question that events call `index`."""
        return self.items[index]

    def team_name(self, seat: int | None) -> str:
        """The name of the team on a seat; "" for none."""
        side = self.by_seat.get(seat) if seat is not None else None
        return side.name if side is not None else ""

    def player_name(self, player: int | None) -> str:
        """The name of a player; "" for none."""
        known = self.players.get(player) if player is not None else None
        return known.name if known is not None else ""


def forget() -> None:
    """Forget every match. For a database that was put in the place of another one (tests, a restore)."""
    with _mutex:
        _kept.clear()


def load_facts(match: Match) -> MatchFacts:
    """What this match is played with. Five statements, none once kept.

    What is read inside a transaction is kept once that is committed: it may still be rolled back.
    """
    with _mutex:
        held = _kept.get(match.uid)
        if held is not None:
            _kept.move_to_end(match.uid)
            return held
    beginning = MatchStart.objects.filter(match=match).first()
    made = _build(match, beginning)
    if beginning is not None:
        transaction.on_commit(partial(keep, made))
    return made


def keep(facts: MatchFacts) -> None:
    """Keep what a started match is played with."""
    with _mutex:
        _kept[facts.uid] = facts
        while len(_kept) > KEPT_MOST:
            _kept.popitem(last=False)


def _build(match: Match, beginning: MatchStart | None) -> MatchFacts:
    teams = beginning.teams if beginning else line_up(match)
    rulebook = beginning.rulebook if beginning else match.rulebook or match.contest.rulebook
    sides = tuple(_team(one) for one in teams)
    return MatchFacts(
        pk=match.pk,
        uid=match.uid,
        name=match.name,
        stage=match.stage,
        contest=match.contest.title,
        seed=beginning.seed if beginning else match.seed,
        started=beginning is not None,
        rulebook=rulebook,
        teams=sides,
        items=_items(match),
        by_seat={one.seat: one for one in sides},
        players={player.id: player for one in sides for player in one.players},
    )


def _team(one: Mapping[str, Any]) -> TeamFacts:
    players = tuple(
        PlayerFacts(player["id"], player["name"], player["leader"], player["substitute"])
        for player in one["players"]
    )
    return TeamFacts(one["seat"], one["team"], one["name"], one["unit"], one["unit_path"], players)


def line_up(match: Match) -> list[dict[str, Any]]:
    """The teams of a match as `MatchStart.teams` keeps them, from the tables as they are now. Two statements."""
    entries = (
        MatchTeam.objects.filter(match=match)
        .select_related("team__unit")
        .prefetch_related("team__players")
        .order_by("seat")
    )
    return [
        {
            "seat": entry.seat,
            "team": entry.team_id,
            "name": entry.team.name,
            "unit": entry.team.unit.name if entry.team.unit else "",
            "unit_path": entry.team.unit.path if entry.team.unit else "",
            "players": [
                {
                    "id": player.pk,
                    "name": player.name,
                    "leader": player.leader,
                    "substitute": player.substitute,
                }
                for player in entry.team.players.all()
            ],
        }
        for entry in entries
    ]


def _items(match: Match) -> tuple[ItemFacts, ...]:
    rows = list(MatchItem.objects.filter(match=match).select_related("version").order_by("index"))
    articles = _articles([row.version_id for row in rows])
    pictures = carried(text for row in rows for text in _stems(row.version))
    return tuple(
        ItemFacts(
            index=row.index,
            round=row.round,
            spare=row.spare,
            value=row.value,
            version=row.version_id,
            kind=row.version.kind,
            content=row.version.content,
            key=row.version.key,
            explanation=row.version.explanation,
            articles=tuple(articles.get(row.version_id, ())),
            pictures={
                uid: address
                for uid, address in pictures.items()
                if any(uid in pictures_in(text) for text in _stems(row.version))
            },
        )
        for row in rows
    )


def _stems(version: QuestionVersion) -> list[str]:
    parts = version.content.get("parts", ())
    return [str(version.content.get("stem", "")), *(str(part.get("stem", "")) for part in parts)]


def _articles(versions: list[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    rows = Citation.objects.filter(version__in=versions).select_related("article__edition__law")
    for row in rows.order_by("version", "position", "pk"):
        address = row.article.get_absolute_url() if row.article else ""
        found.setdefault(row.version_id, []).append((row.text, address))
    return found
