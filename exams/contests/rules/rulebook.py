"""The rules of a match as plain data: what a contest decides before its first question is asked.

A rulebook is frozen into a match when the match starts. It is kept as JSON; points are decimal text there.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from exams.contests.rules.buzzer import TIE_RULES, BuzzerRules
from exams.contests.rules.settings import NO_SETTINGS, Problem, amount, plain

MOST_ROUNDS, MOST_ITEMS, MOST_FOULS = 20, 200, 12
MOST_TEAMS, MOST_ON_STAGE, MOST_SUBSTITUTIONS = 16, 8, 10
MOST_CAP_MS, MOST_WINDOW_MS = 150, 500
TITLE_LENGTH = 40
_CODE = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)
_KNOWN = {
    "name",
    "base_score",
    "on_stage",
    "most_substitutions",
    "floor",
    "qualify",
    "fouls",
    "buzzer",
    "rounds",
    "tie_break",
}


class BadRulebook(ValueError):
    """A document that is no sound rulebook: `field` says where ("rounds.2.settings.points"), `code` why."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


@dataclass(frozen=True)
class Foul:
    """A foul (a code) and what it costs the team, as an amount that is taken away."""

    code: str
    points: Decimal


@dataclass(frozen=True)
class RoundRules:
    """One round: its kind, what it is called, at most how many items (0 = as many as its order asks), settings."""

    kind: str
    title: str
    items: int = 0
    settings: Mapping[str, Any] = field(default_factory=lambda: NO_SETTINGS)


@dataclass(frozen=True)
class Rulebook:
    """All rules of a match. `floor`: no score falls below it (None = no floor). `qualify`: how many go through."""

    name: str
    base_score: Decimal = Decimal(100)
    on_stage: int = 3
    most_substitutions: int = 2
    floor: Decimal | None = None
    qualify: int = 0
    fouls: tuple[Foul, ...] = ()
    buzzer: BuzzerRules = field(default_factory=BuzzerRules)
    rounds: tuple[RoundRules, ...] = ()
    tie_break: RoundRules | None = None


Check = Callable[[str, object], list[Problem]]
Complete = Callable[[str, Mapping[str, Any]], dict[str, Any]]


def read(document: object, check: Check, complete: Complete) -> Rulebook:
    """A rulebook of its JSON. `check` and `complete` know the settings of a kind of round; see `rounds.parse`.

    Raises BadRulebook for the first thing that is wrong.
    """
    data = _object(document, "")
    for name in data:
        if name not in _KNOWN:
            raise BadRulebook(str(name)[:32], "unknown")
    rounds = _list(data.get("rounds"), "rounds", MOST_ROUNDS)
    if not rounds:
        raise BadRulebook("rounds", "missing")
    tie_break = data.get("tie_break")
    book = Rulebook(
        name=_text(data.get("name"), "name"),
        base_score=_points(data.get("base_score", "100"), "base_score"),
        on_stage=_whole(data.get("on_stage", 3), "on_stage", 0, MOST_ON_STAGE),
        most_substitutions=_whole(
            data.get("most_substitutions", 2), "most_substitutions", 0, MOST_SUBSTITUTIONS
        ),
        floor=None if data.get("floor") is None else _points(data["floor"], "floor"),
        qualify=_whole(data.get("qualify", 0), "qualify", 0, MOST_TEAMS),
        fouls=_fouls(data.get("fouls", [])),
        buzzer=_buzzer(data.get("buzzer", {})),
        rounds=tuple(_round(one, f"rounds.{n}", check, complete) for n, one in enumerate(rounds)),
        tie_break=None if tie_break is None else _round(tie_break, "tie_break", check, complete),
    )
    _whole_sense(book)
    return book


def to_json(book: Rulebook) -> dict[str, Any]:
    """The rulebook as JSON; `read` of it gives the same rulebook."""
    return {
        "name": book.name,
        "base_score": plain(book.base_score),
        "on_stage": book.on_stage,
        "most_substitutions": book.most_substitutions,
        "floor": None if book.floor is None else plain(book.floor),
        "qualify": book.qualify,
        "fouls": [{"code": one.code, "points": plain(one.points)} for one in book.fouls],
        "buzzer": {
            "cap_ms": book.buzzer.cap_ms,
            "tie_window_ms": book.buzzer.tie_window_ms,
            "tie_rule": book.buzzer.tie_rule,
        },
        "rounds": [_round_json(one) for one in book.rounds],
        "tie_break": None if book.tie_break is None else _round_json(book.tie_break),
    }


def _round_json(one: RoundRules) -> dict[str, Any]:
    return {"kind": one.kind, "title": one.title, "items": one.items, "settings": dict(one.settings)}


def _whole_sense(book: Rulebook) -> None:
    """What no field shows alone."""
    if book.floor is not None and book.floor > book.base_score:
        raise BadRulebook("floor", "floor_above_base")
    if book.tie_break is not None and book.tie_break.kind not in ("sudden_death", "risk"):
        raise BadRulebook("tie_break.kind", "no_tie_break")
    for n, one in enumerate(book.rounds):
        if one.kind == "sudden_death":
            raise BadRulebook(f"rounds.{n}.kind", "only_tie_break")
        if one.kind != "audience" and not book.on_stage:
            raise BadRulebook("on_stage", "nobody_on_stage")
        if one.kind in ("buzzer", "audience") and not one.items:
            raise BadRulebook(f"rounds.{n}.items", "missing")


def _round(document: object, where: str, check: Check, complete: Complete) -> RoundRules:
    data = _object(document, where)
    for name in data:
        if name not in ("kind", "title", "items", "settings"):
            raise BadRulebook(f"{where}.{str(name)[:32]}", "unknown")
    kind = data.get("kind")
    settings = data.get("settings", {})
    if not isinstance(kind, str):
        raise BadRulebook(f"{where}.kind", "missing")
    for one in check(kind, settings):
        at = {"kind": ".kind", "": ".settings"}.get(one.field, f".settings.{one.field}")
        raise BadRulebook(f"{where}{at}", one.code)
    return RoundRules(
        kind=kind,
        title=_text(data.get("title", ""), f"{where}.title", may_be_blank=True),
        items=_whole(data.get("items", 0), f"{where}.items", 0, MOST_ITEMS),
        settings=complete(kind, settings),
    )


def _fouls(value: object) -> tuple[Foul, ...]:
    found: list[Foul] = []
    for n, one in enumerate(_list(value, "fouls", MOST_FOULS)):
        data = _object(one, f"fouls.{n}")
        code = data.get("code")
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            raise BadRulebook(f"fouls.{n}.code", "malformed")
        if code in {foul.code for foul in found}:
            raise BadRulebook(f"fouls.{n}.code", "twice")
        found.append(Foul(code, _points(data.get("points"), f"fouls.{n}.points")))
    return tuple(found)


def _buzzer(value: object) -> BuzzerRules:
    data = _object(value, "buzzer")
    usual = BuzzerRules()
    rule = data.get("tie_rule", usual.tie_rule)
    if not isinstance(rule, str) or rule not in TIE_RULES:
        raise BadRulebook("buzzer.tie_rule", "unknown")
    return BuzzerRules(
        cap_ms=_whole(data.get("cap_ms", usual.cap_ms), "buzzer.cap_ms", 0, MOST_CAP_MS),
        tie_window_ms=_whole(
            data.get("tie_window_ms", usual.tie_window_ms), "buzzer.tie_window_ms", 0, MOST_WINDOW_MS
        ),
        tie_rule=rule,
    )


def _object(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadRulebook(where, "malformed")
    return value


def _list(value: object, where: str, most: int) -> list[Any]:
    if not isinstance(value, list):
        raise BadRulebook(where, "missing" if value is None else "malformed")
    if len(value) > most:
        raise BadRulebook(where, "too_many")
    return value


def _text(value: object, where: str, *, may_be_blank: bool = False) -> str:
    if not isinstance(value, str):
        raise BadRulebook(where, "missing" if value is None else "malformed")
    text = value.strip()
    if not text and not may_be_blank:
        raise BadRulebook(where, "missing")
    if len(text) > TITLE_LENGTH:
        raise BadRulebook(where, "too_long")
    return text


def _whole(value: object, where: str, least: int, most: int) -> int:
    if type(value) is not int:
        raise BadRulebook(where, "malformed")
    if not least <= value <= most:
        raise BadRulebook(where, "too_small" if value < least else "too_large")
    return value


def _points(value: object, where: str) -> Decimal:
    number = amount(value)
    if number is None:
        raise BadRulebook(where, "malformed")
    return number
