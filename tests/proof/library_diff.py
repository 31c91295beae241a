"""What comparing two editions costs: a whole code against itself and against a version reworded throughout.

`rows()` is called by bench_library.py with the laws brought in. Milliseconds are CPU of this process.
"""

import time
from dataclasses import dataclass
from typing import Any

BUDGET_MS = 2000
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class _Article:
    label: str
    anchor: str
    text: str


def _row(what: str, measured: Any, budget: float = BUDGET_MS) -> dict[str, Any]:
    ok = None if isinstance(measured, str) else measured <= budget
    return {"what": what, "measured": measured, "budget": budget, "unit": "ms", "ok": ok}


def _code(title: str) -> list[_Article]:
    """Every article of a law, over all its parts, once."""
    from lianbing.library.models import Article, LawEdition

    editions = LawEdition.objects.filter(law__title=title).order_by("law__subtitle", "-published_on", "-pk")
    newest = {edition.law_id: edition.pk for edition in reversed(list(editions.defer("source_text")))}
    found = Article.objects.filter(edition__in=newest.values()).order_by("number", "suffix", "position")
    return [_Article(a.label, a.anchor, a.text) for a in found]


def _reworded(articles: list[_Article]) -> list[_Article]:
    """The same law with a new first article and some words changed in nearly every article."""
    changes = str.maketrans({"的": "之", "应": "须"})
    return [
        _Article("第一条", "art-new", "为了适应新的情况，制定本法。"),
        *(_Article(a.label, a.anchor, a.text.translate(changes)) for a in articles),
    ]


def _milliseconds(old: list[_Article], new: list[_Article]) -> float:
    from lianbing.library.rules import diff

    began = time.process_time()
    diff.compare(old, new)
    return round((time.process_time() - began) * 1000)


def rows() -> Rows:
    """The rows of the comparison over what this database holds."""
    made: Rows = []
    for name in ("刑法", "民法典"):
        articles = _code(f"中华人民共和国{name}")
        for what, new in (("against itself", articles), ("reworded throughout", _reworded(articles))):
            words = f"comparison, {name} {what}, {len(articles)} articles"
            made.append(_row(words, _milliseconds(articles, new) if articles else "the law is not there"))
    return made
