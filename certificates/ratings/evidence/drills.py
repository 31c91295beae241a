"""Drills: how much of the must-know list of one's post is mastered, and how many sets were finished.

What is mastered, never points: points say that somebody practises, and nothing rests on them.
"""

import calendar
import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _

from certificates.ratings.evidence.base import Ask, Found, percent, source
from certificates.ratings.rules.words import Source
from courses.drills.models import DrillSet, Memory
from courses.drills.queries.mastery import lists

MASTERY, FINISHED = "mastery", "finished"


@source(Source.DRILL)
def mastery(ask: Ask) -> Iterator[Found]:
    """The part of one's must-know list mastered at the end of the last day, in percent. Kind: mastery."""
    at = ask.ends
    known = lists(at)
    wanted = Q(question__in=known.common)
    for own in known.own.values():
        wanted |= Q(question__in=own)
    mastered: dict[int, set[int]] = {}
    rows = Memory.objects.filter(wanted, officer__in=ask.people, mastered_until__gte=at).order_by()
    for officer, question in rows.values_list("officer_id", "question_id").iterator(2000):
        mastered.setdefault(ask.people[officer], set()).add(question)
    for person, post in ask.posts.items():
        asked = known.common | known.own.get(post or 0, frozenset())
        if not asked:
            continue
        part = len(mastered.get(person, set()) & asked)
        yield Found(
            Source.DRILL,
            f"drill:mastery:{person}@{ask.last}",
            ask.last,
            percent(part, len(asked)),
            kind=MASTERY,
            officer_id=person,
            label=_("%(part)d of %(all)d questions of the must-know mastered")
            % {"part": part, "all": len(asked)},
            url=reverse("drills:mastery"),
            extra={"mastered": part, "asked": len(asked), "staff": reverse("drills:mastery_units")},
        )


@source(Source.DRILL)
def finished(ask: Ask) -> Iterator[Found]:
    """How many sets of the day, week and month somebody finished in each month. Kind: finished."""
    rows: Any = (
        DrillSet.objects.filter(officer__in=ask.people, finished_at__gte=ask.begins, finished_at__lt=ask.ends)
        .order_by()
        .annotate(month=TruncMonth("finished_at"))
        .values_list("officer_id", "month")
        .annotate(count=Count("pk"))
    )
    for officer, month, count in rows.iterator(2000):
        last = calendar.monthrange(month.year, month.month)[1]
        yield Found(
            Source.DRILL,
            f"drill:finished:{officer}:{month:%Y-%m}",
            datetime.date(month.year, month.month, last),
            Decimal(count),
            kind=FINISHED,
            officer_id=ask.people[officer],
            label=_("%(count)d sets finished, %(month)s") % {"count": count, "month": f"{month:%Y-%m}"},
            url=reverse("drills:home"),
            extra={"staff": reverse("drills:mastery_units")},
        )
