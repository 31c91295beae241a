"""Questions of the bank that a lesson may show or ask: published, open to drills, never reserved for exams."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from lianbing.people.rules import Actor
from question_bank import kinds
from question_bank import permissions as bank_permissions
from question_bank.models import Pool, Question
from question_bank.queries.drawing import in_draw

PICTURE = "!["
MOST_WORDS, LONGEST = 8, 90


@dataclass(frozen=True)
class Usable:
    """The published version of a question. `marks_itself`: nobody has to read what was answered."""

    version: int
    words: str
    marks_itself: bool


def offered(actor: Actor, at: datetime.datetime, words: str = "") -> QuerySet[Question]:
    """What this person may put into a lesson, narrowed by words of the question, newest change first.

    Questions with pictures are not offered: their pictures are shown to staff alone.
    """
    pools = {str(Pool.DRILL)} & bank_permissions.pools_for(actor)
    found = _shown(at, pools)
    for word in words.casefold().split()[:MOST_WORDS]:
        found = found.filter(search_text__contains=word)
    return found.select_related("bank", "published_version").order_by("-changed_at", "-pk")


def usable(pks: Collection[int], at: datetime.datetime) -> dict[int, Usable]:
    """Those of the questions that may stand in a lesson at a moment, by their pk. One statement."""
    if not pks:
        return {}
    rows = _shown(at, {str(Pool.DRILL)}).filter(pk__in=set(pks)).select_related("published_version")
    return {one.pk: _usable(one) for one in rows}


def _shown(at: datetime.datetime, pools: Collection[str]) -> QuerySet[Question]:
    return in_draw(None, pools, at).exclude(published_version__content__stem__icontains=PICTURE)


def _usable(question: Question) -> Usable:
    version = question.published_version
    assert version is not None
    kind = kinds.get(version.kind)
    return Usable(version.pk, short(version.content["stem"]), not kind.needs_marker(version.content))


def short(stem: str) -> str:
    """The first words of a question, for lists."""
    return f"{stem[:LONGEST]}…" if len(stem) > LONGEST else stem
