"""The questions of a match as organisers look them over: stem, options, key, point, difficulty."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exams.contests.models import MatchItem
from exams.contests.queries.items import RoundItems
from exams.contests.rendering.words import kind_name
from question_bank import kinds


@dataclass(frozen=True)
class ItemShown:
    """One question to look over. `face` and `kind` go to the template of its kind."""

    row: MatchItem
    stem: str
    options: list[tuple[str, bool]]
    answer: str
    point: str
    difficulty: int


@dataclass(frozen=True)
class RoundShown:
    """One round with its questions to look over."""

    title: str
    kind: str
    wanted: int
    missing: int
    asked: list[ItemShown]
    spares: list[ItemShown]


def shown(rounds: Sequence[RoundItems]) -> list[RoundShown]:
    """The rounds of a match for the page of its questions."""
    return [
        RoundShown(
            one.title or kind_name(one.kind),
            kind_name(one.kind),
            one.wanted,
            one.missing,
            [_item(row) for row in one.asked],
            [_item(row) for row in one.spares],
        )
        for one in rounds
    ]


def _item(row: MatchItem) -> ItemShown:
    version = row.version
    content: dict[str, Any] = version.content
    right = set(version.key.get("options", ()))
    options = [(one["text"], one["id"] in right) for one in content.get("options", ())]
    normal = kinds.get(version.kind).normal(content, version.key) if not options else {}
    return ItemShown(
        row=row,
        stem=str(content.get("stem", "")),
        options=options,
        answer=str(normal.get("reference", "")),
        point=version.knowledge_point.name if version.knowledge_point else "",
        difficulty=version.difficulty,
    )
