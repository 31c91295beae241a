"""What certificates can be granted for: finished classes and completed courses, and who earned them."""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from certificates.models import AwardRule, Certificate
from certificates.rules.designs import plain
from certificates.rules.eligibility import Refusal, refusal
from courses.models import CoursePage, Enrolment
from courses.training.models import Trainee, TrainingClass
from courses.training.queries.classes import inside, results_of
from lianbing.people.models import Officer
from lianbing.people.queries import latest_appointments, officers_in

CLASS, COURSE = "class", "course"
MOST_COURSES = 100


@dataclass(frozen=True)
class Basis:
    """Something a certificate can be granted for. `key` is what certificates keep of it."""

    kind: str
    uid: str
    title: str
    unit: str
    on: datetime.date | None
    completed: int
    issued: int = 0

    @property
    def key(self) -> str:
        """How a certificate names it."""
        return f"{self.kind}:{self.uid}"


@dataclass(frozen=True)
class Earner:
    """Somebody who completed it. `number`: the certificate held for it already; `why`: why there is none."""

    officer: Officer
    unit: str
    score: str
    hours: str
    number: str = ""
    why: Refusal | None = None


def finished_classes(unit_paths: Collection[str], words: str = "") -> QuerySet[TrainingClass]:
    """Finished classes of these units with `completed`, how many completed them; the latest first."""
    return (
        TrainingClass.objects.filter(inside(unit_paths), state=TrainingClass.State.FINISHED)
        .filter(title__icontains=words)
        .select_related("unit")
        .annotate(completed=Count("trainees", filter=Q(trainees__state=Trainee.State.FINISHED)))
        .order_by("-ends_on", "-pk")
    )


def as_bases(classes: Collection[TrainingClass]) -> list[Basis]:
    """Classes as what a certificate can rest on, with how many were issued for each. One statement."""
    issued = issued_for({f"{CLASS}:{one.uid}" for one in classes})
    return [
        Basis(
            CLASS,
            str(one.uid),
            one.title,
            one.unit.name,
            one.ends_on,
            one.completed,  # type: ignore[attr-defined]  # annotated by finished_classes
            issued.get(f"{CLASS}:{one.uid}", 0),
        )
        for one in classes
    ]


def completed_courses(unit_paths: Collection[str], day: datetime.date, words: str = "") -> list[Basis]:
    """Courses that people who serve in these units completed, the most completed first. Two statements."""
    served = officers_in(list(unit_paths), day).values("pk")
    rows = (
        Enrolment.objects.filter(officer__in=served, completed_at__isnull=False)
        .filter(course__title__icontains=words)
        .values("course", "course__title", "course__translation_key")
        .annotate(completed=Count("officer", distinct=True))
        .order_by("-completed", "course__title")[:MOST_COURSES]
    )
    found = list(rows)
    issued = issued_for({f"{COURSE}:{row['course__translation_key']}" for row in found})
    return [
        Basis(
            COURSE,
            str(row["course__translation_key"]),
            row["course__title"],
            "",
            None,
            row["completed"],
            issued.get(f"{COURSE}:{row['course__translation_key']}", 0),
        )
        for row in found
    ]


def issued_for(keys: Collection[str]) -> dict[str, int]:
    """How many certificates were issued for each basis. One statement."""
    rows = Certificate.objects.filter(basis__in=keys).order_by().values_list("basis")
    return dict(rows.annotate(n=Count("pk")))


def finished_class(uid: uuid.UUID) -> TrainingClass | None:
    """A finished class with its unit, or None."""
    return (
        TrainingClass.objects.filter(uid=uid, state=TrainingClass.State.FINISHED)
        .select_related("unit")
        .first()
    )


def course_of(uid: uuid.UUID) -> CoursePage | None:
    """A course by the key that stays with it, or None."""
    return CoursePage.objects.filter(translation_key=uid).first()


def earners_of_class(found: TrainingClass) -> list[Earner]:
    """Everybody who completed a class, by batch, unit and staff number."""
    return [
        Earner(
            row.trainee.officer.merged_into or row.trainee.officer,
            row.trainee.unit.name,
            plain(row.trainee.score),
            plain(row.hours or None),
        )
        for row in results_of(found)
        if row.trainee.state == Trainee.State.FINISHED
    ]


def earners_of_course(course: CoursePage, unit_paths: Collection[str], day: datetime.date) -> list[Earner]:
    """Everybody who serves in these units and completed a course, by staff number."""
    done = Enrolment.objects.filter(course=course, completed_at__isnull=False)
    own = Q(pk__in=done.values("officer")) | Q(pk__in=done.values("officer__merged_into"))
    officers = list(officers_in(list(unit_paths), day).filter(own))
    places = latest_appointments(officers, day)
    return [Earner(one, places[one.pk].unit.name if one.pk in places else "", "", "") for one in officers]


def under_rule(earners: Collection[Earner], rule: AwardRule, key: str, day: datetime.date) -> list[Earner]:
    """The same people with what they hold for it under a rule, and who is not eligible. One statement."""
    rows = Certificate.objects.filter(rule=rule, basis=key).values_list("officer", "number")
    numbers = dict(rows)
    return [
        Earner(
            one.officer,
            one.unit,
            one.score,
            one.hours,
            numbers.get(one.officer.pk, ""),
            refusal(
                category=one.officer.category,
                allowed=rule.categories,
                has_left=one.officer.left_on is not None and one.officer.left_on <= day,
            ),
        )
        for one in earners
    ]
