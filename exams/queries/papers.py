"""Reading papers: what each position accepts, and what a candidate is shown."""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

from exams.models import Paper
from question_bank import kinds
from question_bank.queries import versions

Parsers = Mapping[int, Callable[[Any], Any]]


@lru_cache(maxsize=20_000)
def _parser(kind: str, options: tuple[str, ...]) -> Callable[[Any], Any]:
    return partial(kinds.get(kind).parse, content={"options": [{"id": one} for one in options]})


@lru_cache(maxsize=4096)
def parsers(items: str) -> Parsers:
    """What reads an answer at each position (1 ...) of a paper, from its items as JSON text.

    Kept in memory, because a frozen paper never changes and every save needs it; papers that ask the
    same question share its parser.
    """
    return {
        position: _parser(kind, tuple(sorted(options)))
        for position, (_, kind, _, options) in enumerate(json.loads(items), start=1)
    }


def shown_items(paper: Paper) -> list[dict[str, Any]]:
    """The paper as its candidate may see it: stems and options in order. One statement.

    Holds no key, no explanation, no difficulty and no id of a question.
    """
    found = versions([item[0] for item in paper.items])
    shown = []
    for position, (version_id, kind, marks, order) in enumerate(paper.items, start=1):
        context = kinds.get(kind).show(found[version_id].content, order).context
        shown.append(
            {
                "position": position,
                "kind": kind,
                "stem": context["stem"],
                "options": [{"id": one["id"], "text": one["text"]} for one in context["options"]],
                "marks": marks,
            }
        )
    return shown
