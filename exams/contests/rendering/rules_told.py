"""The rules of a contest in words, for everybody before the start, and the rulebooks one may begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from exams.contests import rounds
from exams.contests.rendering.words import kind_name, round_title, round_words, rulebook_words
from exams.contests.rules import presets
from exams.contests.rules.rulebook import BadRulebook, RoundRules, Rulebook


@dataclass(frozen=True)
class RoundTold:
    """One round in words. `number` from 1, 0 for the tie break; `items` is what the rules fix (0 = by the turns)."""

    number: int
    title: str
    kind: str
    items: int
    lines: list[str]


@dataclass(frozen=True)
class Told:
    """A whole rulebook in words."""

    name: str
    general: list[str]
    rounds: list[RoundTold]
    tie_break: RoundTold | None


@dataclass(frozen=True)
class PresetCard:
    """A rulebook to begin with: its key, its own name, what it is for, and its rounds."""

    name: str
    title: str
    text: str | Promise
    rounds: list[str]


PRESET_TEXTS = {
    "bureau": gettext_lazy(
        "Individual and team questions, buzzer, risk; sudden death breaks ties. 100 points to begin with."
    ),
    "provincial_final": gettext_lazy(
        "Four on the stage; a scenario before judges, designated questions, higher stakes."
    ),
    "heat_and_stage": gettext_lazy(
        "A written exam decides who comes; groups meet on the stage, the best two of each go to the final."
    ),
    "classroom": gettext_lazy(
        "No teams: everybody in the room answers on their phone, for being right and for being fast."
    ),
}


def told(document: Mapping[str, Any]) -> Told | None:
    """A rulebook (JSON) in words; None while it cannot be read (a draft without rounds)."""
    try:
        return _told(rounds.parse(document))
    except BadRulebook:
        return None


def _told(book: Rulebook) -> Told:
    parts = [_round(number, one) for number, one in enumerate(book.rounds, start=1)]
    tie = _round(0, book.tie_break) if book.tie_break else None
    return Told(book.name, rulebook_words(book), parts, tie)


def _round(number: int, rules: RoundRules) -> RoundTold:
    return RoundTold(number, round_title(rules), kind_name(rules.kind), rules.items, round_words(rules))


def preset_cards() -> list[PresetCard]:
    """The rulebooks one may begin with."""
    return [
        PresetCard(
            key,
            document["name"],
            PRESET_TEXTS.get(key, ""),
            [round_title(one) for one in rounds.parse(document).rounds],
        )
        for key, document in presets.PRESETS.items()
    ]
