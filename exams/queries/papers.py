"""Reading papers: what each position accepts, and what a candidate is shown."""

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from exams.models import Paper
from exams.rules import scoring
from question_bank import kinds
from question_bank.models import QuestionVersion
from question_bank.queries import versions
from question_bank.rules.shares import split

Parser = Callable[[Any], Any]
Parsers = Mapping[int, Parser]

_known: dict[int, Parser] = {}
KNOWN_MOST = 20_000


def forget() -> None:
    """Forget every parser. For a database that was put in the place of another one (tests, a restore)."""
    _known.clear()
    parsers.cache_clear()


def _learn(found: Mapping[int, QuestionVersion]) -> dict[int, Parser]:
    """What reads an answer to each of these versions, kept: a frozen version never changes."""
    if len(_known) > KNOWN_MOST:
        forget()
    learnt: dict[int, Parser] = {}
    for pk, version in found.items():
        kind = kinds.get(version.kind)
        learnt[pk] = partial(kind.parse, content=kind.shape(version.content))
    _known.update(learnt)
    return learnt


@lru_cache(maxsize=4096)
def parsers(items: str) -> Parsers:
    """What reads an answer at each position (1 ...) of a paper, from its items as JSON text.

    Kept in memory, because a frozen paper never changes and every save needs it. Showing the paper has
    brought its versions here already; only a process that never showed them loads them, in one statement.
    """
    wanted = [item[0] for item in json.loads(items)]
    known = _known.copy()
    held = {pk: known[pk] for pk in wanted if pk in known}
    held |= _learn(versions([pk for pk in wanted if pk not in held]))
    return {position: held[pk] for position, pk in enumerate(wanted, start=1)}


def _with_part_marks(face: dict[str, Any], marks: str) -> dict[str, Any]:
    """The face of a question; where it has parts, each with its own marks in place of its share."""
    if "parts" in face:
        shares = [Decimal(part.pop("share")) for part in face["parts"]]
        for part, given in zip(face["parts"], split(Decimal(marks), shares), strict=True):
            part["marks"] = scoring.marks_text(given)
    return face


def stems_of(items: Iterable[Mapping[str, Any]]) -> list[str]:
    """All texts of shown items, parts included, that may show a picture."""
    return [text for item in items for text in [item["stem"], *stems_of(item.get("parts", ()))]]


def shown_items(paper: Paper) -> list[dict[str, Any]]:
    """The paper as its candidate may see it: what each kind asks, options in order. One statement.

    Holds no key, no explanation, no difficulty and no id of a question.
    """
    found = versions([item[0] for item in paper.items])
    _learn(found)
    shown = []
    for position, (version_id, kind, marks, orders, *_) in enumerate(paper.items, start=1):
        face = kinds.get(kind).face(found[version_id].content, orders)
        shown.append({"position": position, "kind": kind, "marks": marks, **_with_part_marks(face, marks)})
    return shown
