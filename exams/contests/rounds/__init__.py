"""Kinds of rounds: one file each behind the contract in `base.py`."""

from collections.abc import Mapping
from typing import Any

from exams.contests.rounds import audience, buzzer, compulsory, designated, risk, scenario, sudden_death, team
from exams.contests.rounds.base import Round
from exams.contests.rules.rulebook import RoundRules, Rulebook, read
from exams.contests.rules.settings import Problem, completed

_KINDS: dict[str, Round] = {
    module.kind.name: module.kind
    for module in (compulsory, team, buzzer, risk, scenario, designated, audience, sudden_death)
}


def get(name: str) -> Round:
    """The kind of this name. Raises KeyError for a name nobody knows."""
    return _KINDS[name]


def names() -> list[str]:
    """The names of all kinds, in the order in which an evening usually has them."""
    return list(_KINDS)


def planned(rules: RoundRules, teams: int, on_stage: int) -> int:
    """How many questions a round needs at the most."""
    return get(rules.kind).planned(rules, teams, on_stage)


def parse(document: object) -> Rulebook:
    """The rulebook of a JSON document, with all settings filled in.

    Raises BadRulebook with the field and the code of the first thing that is wrong.
    """
    return read(document, _check, _complete)


def _check(kind: str, settings: object) -> list[Problem]:
    if kind not in _KINDS:
        return [Problem("kind", "unknown")]
    return _KINDS[kind].check(settings)


def _complete(kind: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    return completed(_KINDS[kind].settings, settings)
