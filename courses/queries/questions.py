"""Questions of the bank that a lesson may show or ask: published, open to drills, never reserved for exams."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from courses.queries.checks import PIECES
from lianbing.people.rules import Actor
from question_bank import kinds
from question_bank import permissions as bank_permissions
from question_bank.models import Pool, Question
from question_bank.queries.drawing import in_draw

PICTURE = "!["
MOST_WORDS, LONGEST = 8, 90


@dataclass(frozen=True)
class Usable:
    """The published version of a question. `marks_itself`: a check can ask it and nobody has to read the answer."""

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


def for_checks(found: QuerySet[Question]) -> QuerySet[Question]:
    """Those that can stand in a check: a plain form can ask them, and the machine marks all of the answer."""
    asks = "published_version__content__asks_reason"
    # Not `exclude(asks_reason=True)`: in SQL that leaves out all that say nothing of a reason.
    no_reason = Q(**{f"{asks}__isnull": True}) | Q(**{asks: False})
    return found.filter(no_reason, published_version__kind__in=PIECES)


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
    marks_itself = version.kind in PIECES and not kind.needs_marker(version.content)
    return Usable(version.pk, short(version.content["stem"]), marks_itself)


def short(stem: str) -> str:
    """The first words of a question, for lists."""
    return f"{stem[:LONGEST]}…" if len(stem) > LONGEST else stem
