"""Study rules as they hold on a day, ready to be applied."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils import timezone

from courses.queries.categories import Known, known
from courses.rules.audience import Audience, from_json
from courses.training.models import StudyRule
from courses.training.rules import study
from courses.training.rules.study_periods import Period, period_of


@dataclass(frozen=True)
class Applied:
    """A version of a rule with the period it judges, ready to be applied on the day `on`."""

    row: StudyRule
    rule: study.Rule
    period: Period
    audience: Audience
    on: datetime.date

    @property
    def key(self) -> int:
        return self.row.pk or 0


def prepared(row: StudyRule, categories: Known) -> study.Rule:
    """A stored version as the pure rule takes it: categories with what is below them, states that count."""
    if row.demand == StudyRule.Demand.CATEGORY and row.categories:
        parts = tuple(study.Part(categories.name(code), categories.below([code])) for code in row.categories)
    else:
        name = "、".join(categories.name(code) for code in row.categories)
        parts = (study.Part(name, categories.below(row.categories)),)
    states = {study.PRESENT, study.MADE_UP}
    states |= {study.LATE} if row.late_counts else set()
    states |= {study.LEFT_EARLY} if row.early_counts else set()
    return study.Rule(
        count=row.count,
        parts=parts,
        minimum_minutes=row.minimum_minutes,
        kinds=frozenset(row.kinds),
        topical=row.topical,
        self_study=row.self_study,
        states=frozenset(states),
        per_topic=row.demand == StudyRule.Demand.TOPIC,
        red_days=row.red_days,
    )


def applied(row: StudyRule, categories: Known, on: datetime.date) -> Applied:
    """A version for the period that holds the day."""
    return Applied(row, prepared(row, categories), period_of(row.period, on), from_json(row.audience), on)


def holding(
    on: datetime.date,
    *,
    scopes: Sequence[str],
    subjects: Collection[str],
    period: str = "",
    categories: Known | None = None,
) -> list[Applied]:
    """The rules that judge the periods holding `on` and touch these subtrees, by title. One statement, and one for
    the categories where a rule needs them and the caller has not read them.

    A period is judged by the version that held on its first day. `period` narrows to one kind of period.
    """
    rows = StudyRule.objects.filter(subject__in=subjects, holds_from__lte=on).select_related("unit")
    if period:
        rows = rows.filter(period=period)
    stored = list(rows.order_by("title", "pk"))
    if not stored:
        return []
    names = categories or known()
    found = [applied(row, names, on) for row in stored]
    return [
        one
        for one in found
        if one.row.holds_from <= one.period.first
        and (one.row.holds_to is None or one.period.first <= one.row.holds_to)
        and any(one.row.unit.path.startswith(path) or path.startswith(one.row.unit.path) for path in scopes)
    ]


def midnight(day: datetime.date) -> datetime.datetime:
    """The first moment of a day in the bureau's own time."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
