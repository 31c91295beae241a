"""Who and what is taken up when: the slots that `rules.timetable` compares."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.training.models import Batch, Instructor, RollEntry, Session, Trainee, TrainingClass
from courses.training.rules.timetable import Slot, whole_days
from courses.training.state import ClassState

Moment = datetime.datetime
LIVE = ~Q(state=Session.State.CANCELLED)


def zone() -> datetime.tzinfo:
    """The bureau's time zone."""
    return timezone.get_default_timezone()


def batch_label(batch: Batch) -> str:
    """A batch in words: the class and the number of the batch."""
    return _("%(title)s, batch %(number)d") % {
        "title": batch.training_class.title,
        "number": batch.number,
    }


def session_label(session: Session) -> str:
    """A session in words: its class or unit, its topic, its time."""
    local, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    where = batch_label(session.batch) if session.batch else session.unit.name
    until = f"{end:%H:%M}" if end.date() == local.date() else f"{end:%m-%d %H:%M}"
    return f"{where} · {session.topic} · {local:%Y-%m-%d %H:%M}–{until}"


def session_slot(
    session: Session,
    *,
    people: Iterable[int] = (),
    instructors: Collection[Instructor] = (),
    key: str = "",
) -> Slot:
    """The slot of a session, saved or not, with whom it takes up."""
    teachers = {one.officer_id for one in instructors if one.officer_id}
    return Slot(
        key=key or f"session:{session.pk}",
        label=session_label(session),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        people=frozenset({*people, *teachers}),
        rooms=frozenset({session.room_id} if session.room_id else ()),
        instructors=frozenset(one.pk for one in instructors),
    )


def batch_slots(batch: Batch, people: frozenset[int]) -> list[Slot]:
    """What a batch takes of its people's time: its sessions, or its whole days.

    The days where it has no timetable yet, and for full-time training, which frees its people from
    duty for the whole of it. The sessions must be prefetched as `live`.
    """
    live: list[Session] = batch.live  # type: ignore[attr-defined]  # prefetched by `_with_sessions`
    if live and batch.training_class.kind != TrainingClass.Kind.FULL_TIME:
        return [session_slot(session, people=people) for session in live]
    starts_at, ends_at = whole_days(batch.starts_on, batch.ends_on, zone())
    label = f"{batch_label(batch)} · {batch.starts_on:%Y-%m-%d}–{batch.ends_on:%m-%d}"
    return [Slot(f"batch:{batch.pk}", label, starts_at, ends_at, people)]


def with_sessions(batches: Collection[int]) -> list[Batch]:
    """These batches with their class and their live sessions. Two statements."""
    sessions = Session.objects.filter(LIVE).select_related("unit", "batch__training_class")
    return list(
        Batch.objects.filter(pk__in=batches)
        .select_related("training_class")
        .prefetch_related(Prefetch("sessions", queryset=sessions, to_attr="live"))
    )


def of_people(
    officers: Collection[int], since: Moment, until: Moment, *, but_batch: int | None = None
) -> list[Slot]:
    """When these people are taken up between two moments, one slot for each batch or session.

    By the batches they are enrolled in (`but_batch` left out), the sessions without a batch where they
    are expected, and the sessions they teach. Five statements whatever the number of people.
    """
    first, last = timezone.localtime(since).date(), timezone.localtime(until).date()
    enrolled = (
        Trainee.objects.filter(officer__in=officers, batch__starts_on__lte=last, batch__ends_on__gte=first)
        .exclude(state=Trainee.State.WITHDRAWN)
        .exclude(training_class__state=ClassState.CANCELLED)
        .exclude(batch=but_batch)
    )
    by_batch: dict[int, set[int]] = defaultdict(set)
    for batch, officer in enrolled.order_by().values_list("batch", "officer"):
        by_batch[batch].add(officer)
    slots = [
        slot
        for batch in with_sessions(by_batch.keys())
        for slot in batch_slots(batch, frozenset(by_batch[batch.pk]))
    ]
    return [*slots, *_expected(officers, since, until), *_teaching(officers, since, until)]


def _expected(officers: Collection[int], since: Moment, until: Moment) -> list[Slot]:
    rows = (
        RollEntry.objects.filter(officer__in=officers, expected=True, session__batch=None)
        .filter(session__starts_at__lt=until, session__ends_at__gt=since)
        .exclude(session__state=Session.State.CANCELLED)
        .exclude(state="leave")
        .select_related("session__unit")
    )
    people: dict[int, set[int]] = defaultdict(set)
    sessions: dict[int, Session] = {}
    for row in rows:
        people[row.session_id].add(row.officer_id)
        sessions[row.session_id] = row.session
    return [session_slot(session, people=people[pk]) for pk, session in sessions.items()]


def _teaching(officers: Collection[int], since: Moment, until: Moment) -> list[Slot]:
    rows = (
        Session.objects.filter(
            LIVE, instructors__officer__in=officers, starts_at__lt=until, ends_at__gt=since
        )
        .select_related("unit", "batch__training_class")
        .distinct()
        .prefetch_related("instructors")
    )
    return [session_slot(session, instructors=list(session.instructors.all())) for session in rows]


def of_things(
    rooms: Collection[int], instructors: Collection[int], since: Moment, until: Moment
) -> list[Slot]:
    """The live sessions between two moments that use one of these rooms or instructors. Two statements."""
    rows = (
        Session.objects.filter(LIVE, Q(room__in=rooms) | Q(instructors__in=instructors))
        .filter(starts_at__lt=until, ends_at__gt=since)
        .select_related("unit", "batch__training_class")
        .distinct()
        .prefetch_related("instructors")
    )
    return [session_slot(session, instructors=list(session.instructors.all())) for session in rows]


def of_batch(batch: Batch, but: Sequence[int] = ()) -> tuple[list[Slot], frozenset[int]]:
    """The live sessions of a batch (without some) as slots of its people, and who they are. Two statements."""
    people = frozenset(
        batch.trainees.exclude(state=Trainee.State.WITHDRAWN).order_by().values_list("officer", flat=True)
    )
    rows = batch.sessions.filter(LIVE).exclude(pk__in=but).select_related("unit", "batch__training_class")
    return [session_slot(session, people=people) for session in rows], people
