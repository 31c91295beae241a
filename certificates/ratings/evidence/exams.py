"""Exams whose results were released: percent of the full marks; absent is 0 and says so."""

from collections.abc import Iterator
from decimal import Decimal

from django.urls import reverse

from certificates.queries.outcomes import ABSENT, released_candidates
from certificates.ratings.evidence.base import Ask, Found, percent, source
from certificates.ratings.rules.words import Source
from lianbing.people.queries import day_of

FIELDS = (
    "uid",
    "officer_id",
    "score",
    "full_marks",
    "outcome",
    "attempt__uid",
    "sitting__uid",
    "sitting__title",
    "sitting__opens_at",
    "sitting__is_qualification",
)


@source(Source.EXAM)
def exams(ask: Ask) -> Iterator[Found]:
    """One fact an exam somebody was invited to. Kinds: passed, failed, absent. One statement."""
    rows = released_candidates().filter(
        officer__in=ask.people,
        sitting__released_at__lte=ask.at,
        sitting__opens_at__gte=ask.begins,
        sitting__opens_at__lt=ask.ends,
    )
    for row in rows.order_by().values_list(*FIELDS).iterator(2000):
        uid, officer, score, full, outcome, attempt, sitting, title, opens_at, qualifies = row
        yield Found(
            Source.EXAM,
            f"exam:{uid}",
            day_of(opens_at),
            percent(score, full) if outcome != ABSENT else Decimal(0),
            kind=outcome,
            officer_id=ask.people[officer],
            label=title[:200],
            url=reverse("exams:result", args=[attempt]) if attempt else reverse("exams:home"),
            extra={
                "sitting": str(sitting),
                "qualification": qualifies,
                "score": None if score is None else f"{score.normalize():f}/{full.normalize():f}",
                "staff": reverse("training:file", args=[ask.people[officer]]),
            },
        )
