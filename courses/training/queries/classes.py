"""Reading classes: which one may see, their batches, people, and what each came to."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses.training.models import Batch, HourEntry, Session, Trainee, TrainingClass
from courses.training.permissions.classes import reading_scopes
from courses.training.queries.occupied import LIVE
from courses.training.queries.self_study import BY_ONESELF
from courses.training.rules import completion
from courses.training.state import ClassState, class_stage
from lianbing.people.models import Officer
from lianbing.people.rules import Actor


def inside(paths: Collection[str], prefix: str = "unit__path") -> Q:
    """The condition that a unit lies in one of these subtrees; nothing when there are none."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{prefix}__startswith": path})
    return found


def _number(rows: QuerySet, of: str) -> Coalesce:
    counted = rows.order_by().values(of).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def visible_classes(actor: Actor) -> QuerySet[TrainingClass]:
    """The classes one may look at: of one's units, and those in which people of one's units are.

    With their unit and category, and with the numbers of batches (`batches_count`) and of people
    (`people_count`). The latest first.
    """
    paths = reading_scopes(actor)
    theirs = Trainee.objects.filter(inside(paths), training_class=OuterRef("pk"))
    people = Trainee.objects.filter(training_class=OuterRef("pk")).exclude(state=Trainee.State.WITHDRAWN)
    return (
        TrainingClass.objects.filter(inside(paths) | Exists(theirs))
        .select_related("unit", "category")
        .annotate(
            batches_count=_number(Batch.objects.filter(training_class=OuterRef("pk")), "training_class"),
            people_count=_number(people, "training_class"),
        )
        .order_by("-starts_on", "-pk")
    )


def stage_of(training_class: TrainingClass, today: datetime.date) -> str:
    """What a class is on a day (draft, open, running, over, finished, cancelled)."""
    return class_stage(training_class.state, training_class.starts_on, training_class.ends_on, today)


def batches_of(training_class: TrainingClass) -> QuerySet[Batch]:
    """The batches of a class with the number of live sessions (`sessions_count`) and closed ones."""
    live = Session.objects.filter(LIVE, batch=OuterRef("pk"))
    closed = Session.objects.filter(batch=OuterRef("pk"), state=Session.State.CLOSED)
    return (
        training_class.batches.select_related("training_class__unit")
        .annotate(sessions_count=_number(live, "batch"), closed_count=_number(closed, "batch"))
        .order_by("number")
    )


def trainees_of(batch: Batch) -> QuerySet[Trainee]:
    """Everybody who is or was in a batch, those who are first, by unit and staff number."""
    rows = batch.trainees.select_related("officer", "unit", "training_class__unit", "replaces__officer")
    here = Q(state=Trainee.State.WITHDRAWN)
    return rows.annotate(gone=here).order_by("gone", "unit__path", "officer__staff_number", "pk")


@dataclass(frozen=True)
class Result:
    """What a class came to for one trainee: hours and minutes earned in it, and the outcome as it stands."""

    trainee: Trainee
    hours: Decimal
    minutes: int
    outcome: str


def results_of(training_class: TrainingClass) -> list[Result]:
    """Everybody not withdrawn with what they have earned in the class. Two statements.

    Hours come from the ledger alone: what its entries for this class sum up to, counter-entries taken off.
    """
    group = f"class:{training_class.uid}"
    entries = HourEntry.objects.filter(Q(group=group) | Q(counters__group=group)).order_by()
    sums = {
        officer: (hours, minutes)
        for officer, hours, minutes in entries.values_list("officer").annotate(
            hours=Sum("hours"), taught=Sum("minutes")
        )
    }
    rows = (
        training_class.trainees.exclude(state=Trainee.State.WITHDRAWN)
        .select_related("officer", "unit", "batch")
        .order_by("batch__number", "unit__path", "officer__staff_number")
    )
    return [
        Result(one, *sums.get(one.officer_id, (Decimal(0), 0)), _outcome(one, training_class)) for one in rows
    ]


def _outcome(trainee: Trainee, training_class: TrainingClass) -> str:
    if trainee.state != Trainee.State.ENROLLED:
        return trainee.state
    return completion.outcome(pass_mark=training_class.pass_mark, score=trainee.score, refused=False)


def held_between(
    paths: Collection[str], since: datetime.date, until: datetime.date
) -> QuerySet[TrainingClass]:
    """Classes of these units that ran on some day between two days and count: neither drafts nor cancelled."""
    counted = [ClassState.OPEN, ClassState.RUNNING, ClassState.FINISHED]
    return TrainingClass.objects.filter(
        inside(paths), state__in=counted, starts_on__lte=until, ends_on__gte=since
    )


def topical_count(paths: Collection[str], year: int) -> dict[str, int]:
    """How many classes of a year were topical, and how many were not (R15: counted apart from R04).

    A class counts in the year it began. Under "topical", "other", and "topics" (different topics).
    """
    rows = held_between(paths, datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    topics: list[str] = []
    other = 0
    for kind, topic, title in rows.filter(starts_on__year=year).values_list("kind", "topic", "title"):
        if kind == TrainingClass.Kind.TOPICAL:
            topics.append(topic or title)
        else:
            other += 1
    return {"topical": len(topics), "topics": len(set(topics)), "other": other}


def running_today(actor: Actor, today: datetime.date) -> QuerySet[Session]:
    """The live sessions of one's units on a day, by time."""
    midnight = timezone.make_aware(datetime.datetime.combine(today, datetime.time()))
    return (
        Session.objects.filter(LIVE, inside(reading_scopes(actor)))
        .exclude(BY_ONESELF)
        .filter(starts_at__gte=midnight, starts_at__lt=midnight + datetime.timedelta(days=1))
        .exclude(batch__training_class__state=ClassState.DRAFT)
        .select_related("unit", "room", "batch__training_class")
        .order_by("starts_at", "pk")
    )


def officers_known(numbers: Collection[str]) -> dict[str, Officer]:
    """Officers by staff number, merged records left out. One statement."""
    rows = Officer.objects.filter(staff_number__in=numbers, merged_into=None)
    return {one.staff_number: one for one in rows}
