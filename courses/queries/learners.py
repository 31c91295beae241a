"""How far the people of a unit are in a course. Their notes are nobody's business and are not read here."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from courses.models import Enrolment, Progress
from courses.permissions.learning import FOLLOWERS
from courses.rules.states import State, state_of
from lianbing.people.models import Appointment
from lianbing.people.queries import appointments_in, unit_names
from lianbing.people.rules import Actor


@dataclass(frozen=True)
class Row:
    """One person where they serve today. `done` of `lessons` lessons, in edition `number`."""

    unit: str
    staff_number: str
    name: str
    state: State
    number: int
    done: int
    lessons: int
    started_at: datetime.datetime | None
    completed_at: datetime.datetime | None


@dataclass(frozen=True)
class Tally:
    """The numbers of one unit: who serves there, has begun, has completed."""

    unit: str
    people: int
    begun: int
    completed: int

    @property
    def missing(self) -> int:
        return self.people - self.completed


def _enrolled(course_pk: int) -> QuerySet[Enrolment]:
    """The enrolments of the person of an appointment, theirs by a record merged into it too."""
    own = Q(officer=OuterRef("officer")) | Q(officer__merged_into=OuterRef("officer"))
    return Enrolment.objects.filter(own, course=course_pk, left_at=None)


def people(actor: Actor, course_pk: int, on: datetime.date) -> QuerySet[Appointment]:
    """Everybody this person looks after, with `begun` and `completed`, by unit and staff number."""
    found = appointments_in(actor.scopes(*FOLLOWERS), on).filter(officer__user__is_rehearsal=False)
    enrolled = _enrolled(course_pk)
    return found.annotate(
        begun=Exists(enrolled), completed=Exists(enrolled.filter(completed_at__isnull=False))
    )


def narrowed(found: QuerySet[Appointment], unit_path: str, state: str) -> QuerySet[Appointment]:
    """Only those of a unit with everything below it, and only those in a state ("" = whatever)."""
    if unit_path:
        found = found.filter(unit__path__startswith=unit_path)
    conditions = {
        State.COMPLETED: Q(completed=True),
        State.LEARNING: Q(begun=True, completed=False),
        State.NOT_BEGUN: Q(begun=False),
    }
    wanted = conditions.get(State(state)) if state in set(State) else None
    return found.filter(wanted) if wanted is not None else found


def tallies(found: QuerySet[Appointment]) -> list[Tally]:
    """The numbers of each unit, in the order of the tree. Two statements."""
    counted = (
        found.order_by()
        .values_list("unit__path")
        .annotate(
            all=Count("pk"),
            with_begun=Count("pk", filter=Q(begun=True)),
            with_completed=Count("pk", filter=Q(completed=True)),
        )
    )
    rows = sorted(counted)
    names = unit_names({row[0] for row in rows})
    return [Tally(names[path], *numbers) for path, *numbers in rows]


def rows_of(appointments: Iterable[Appointment], course_pk: int) -> list[Row]:
    """How far each of these is: completed where they ever did, else where they are now. Four statements."""
    chosen = list(appointments)
    latest = _latest([one.officer_id for one in chosen], course_pk)
    done = _done([one.pk for one in latest.values()])
    names = unit_names({one.unit.path for one in chosen})
    return [_row(one, names[one.unit.path], latest.get(one.officer_id), done) for one in chosen]


def _latest(officers: Sequence[int], course_pk: int) -> dict[int, Enrolment]:
    """The enrolment that counts for each person: the newest completed, else the open one."""
    own = Q(officer__in=officers) | Q(officer__merged_into__in=officers)
    rows = Enrolment.objects.filter(own, course=course_pk, left_at=None)
    rows = rows.select_related("edition", "officer").annotate(
        lessons=Count("edition__lessons", distinct=True)
    )
    found: dict[int, Enrolment] = {}
    for row in sorted(rows, key=lambda one: (one.completed_at is not None, one.enrolled_at)):
        found[row.officer.merged_into_id or row.officer_id] = row
    return found


def _done(enrolments: Sequence[int]) -> dict[int, int]:
    rows = Progress.objects.filter(enrolment__in=enrolments, done_at__isnull=False).order_by()
    return dict(rows.values_list("enrolment").annotate(count=Count("pk")))


def _row(one: Appointment, unit: str, made: Enrolment | None, done: dict[int, int]) -> Row:
    return Row(
        unit=unit,
        staff_number=one.officer.staff_number,
        name=one.officer.name,
        state=state_of(made is not None, made is not None and made.completed_at is not None),
        number=made.edition.number if made else 0,
        done=done.get(made.pk, 0) if made else 0,
        lessons=getattr(made, "lessons", 0) if made else 0,
        started_at=made.started_at if made else None,
        completed_at=made.completed_at if made else None,
    )
