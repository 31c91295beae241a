"""Making a class and its batches, announcing, cancelling, postponing."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courses.rules.audience import Audience, to_json
from courses.training.models import Batch, Session, TrainingClass
from courses.training.queries import occupied
from courses.training.rules.timetable import DAY, Clash, Slot, clashes, shifted, whole_days
from courses.training.services.holding import hold_people, hold_things
from courses.training.services.locks import check_open
from courses.training.state import CLASS_LIVE, ClassState, class_may_move
from lianbing.kit import audit
from lianbing.people.models import Unit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

STREAM = "training"
CLASS_FIELDS = (
    "title",
    "unit",
    "kind",
    "category",
    "topic",
    "description",
    "starts_on",
    "ends_on",
    "plan_line",
    "cycle",
    "origin",
    "cost",
    "pass_mark",
    "impartial",
)
BATCH_FIELDS = ("number", "starts_on", "ends_on", "capacity")
SESSION_UNBEGUN = Q(state=Session.State.PLANNED)


class ClassRefused(Exception):
    """A class or a batch cannot be changed so. `field` names the field of the form, "" = the whole."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class TimetableClash(Exception):
    """Rooms, instructors or people would be in two places at once. `clashes` say which."""

    def __init__(self, found: list[Clash]) -> None:
        super().__init__(f"{len(found)} clashes")
        self.clashes = found


def save_class(
    *,
    values: dict[str, Any],
    audience: Audience,
    by: Actor,
    at: datetime.datetime,
    training_class: TrainingClass | None = None,
    batches: int = 0,
) -> TrainingClass:
    """Make a class (with so many batches over its days), or change one that is not over.

    `values` holds the fields of CLASS_FIELDS. Raises ClassRefused (days that leave a batch outside,
    a class that is over), PeriodLocked.
    """
    assert set(values) <= set(CLASS_FIELDS), set(values) - set(CLASS_FIELDS)
    with transaction.atomic():
        action = "class_changed" if training_class else "class_made"
        if training_class is None:
            training_class = TrainingClass(created_at=at)
        else:
            training_class = _held(training_class)
            _check_past(training_class.starts_on, training_class.unit, at)
            _fits(training_class, values["starts_on"], values["ends_on"])
        for name, value in values.items():
            setattr(training_class, name, value)
        _check_past(training_class.starts_on, training_class.unit, at)
        training_class.audience = to_json(audience)
        training_class.save()
        for number in range(1, batches + 1):
            Batch.objects.create(
                training_class=training_class,
                number=number,
                starts_on=training_class.starts_on,
                ends_on=training_class.ends_on,
            )
        _record(action, training_class, by, at)
    return training_class


def _check_past(on: datetime.date, unit: Unit, at: datetime.datetime) -> None:
    """A day that is over must be open: what lies in a closed period neither changes nor moves out of it."""
    if on < day_of(at):
        check_open(on, unit)


def _held(training_class: TrainingClass) -> TrainingClass:
    """The class as it stands now, held until the commit. Raises ClassRefused when it is over."""
    rows = TrainingClass.objects.select_for_update(no_key=True, of=("self",)).select_related("unit")
    held = rows.get(pk=training_class.pk)
    if held.state not in CLASS_LIVE:
        raise ClassRefused(_("This class is finished or cancelled."))
    return held


def _fits(training_class: TrainingClass, first: datetime.date, last: datetime.date) -> None:
    outside = training_class.batches.filter(Q(starts_on__lt=first) | Q(ends_on__gt=last)).first()
    if outside is not None:
        raise ClassRefused(
            _("Batch %(number)d runs from %(first)s to %(last)s. Change the batch first.")
            % {"number": outside.number, "first": outside.starts_on, "last": outside.ends_on},
            "starts_on",
        )


def save_batch(
    *,
    training_class: TrainingClass,
    values: dict[str, Any],
    by: Actor,
    at: datetime.datetime,
    batch: Batch | None = None,
) -> Batch:
    """Make a batch, or change its number, days and places. Days outside the class widen the class.

    Raises ClassRefused (fewer places than people, a number there already, sessions outside the days),
    TimetableClash (its people are taken up on the new days), PeriodLocked.
    """
    assert set(values) <= set(BATCH_FIELDS), set(values) - set(BATCH_FIELDS)
    try:
        with transaction.atomic():
            held = _held(training_class)
            if batch is not None:
                batch = Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
                _batch_fits(batch, values)
                _check_past(batch.starts_on, held.unit, at)
            action = "batch_changed" if batch else "batch_made"
            batch = batch or Batch(training_class=held)
            for name, value in values.items():
                setattr(batch, name, value)
            _check_past(batch.starts_on, held.unit, at)
            batch.save()
            _check_people(batch)
            _widen(held, batch)
            _record(action, held, by, at, batch=batch.number)
    except IntegrityError as error:
        raise ClassRefused(_("There is a batch of this number."), "number") from error
    return batch


def _batch_fits(batch: Batch, values: dict[str, Any]) -> None:
    if values["capacity"] and values["capacity"] < batch.taken:
        text = _("%(count)d people are enrolled already.") % {"count": batch.taken}
        raise ClassRefused(text, "capacity")
    first, after = whole_days(values["starts_on"], values["ends_on"], occupied.zone())
    live = batch.sessions.filter(occupied.LIVE)
    if live.filter(Q(starts_at__lt=first) | Q(starts_at__gte=after)).exists():
        raise ClassRefused(_("Sessions of the timetable lie outside these days."), "starts_on")


def _check_people(batch: Batch) -> None:
    """The batch's people must be free where it takes their whole days. Raises TimetableClash."""
    here = occupied.with_sessions([batch.pk])[0]
    _slots, people = occupied.of_batch(here)
    if not people:
        return
    hold_people(people)
    wanted = occupied.batch_slots(here, people)
    since, until = min(slot.starts_at for slot in wanted), max(slot.ends_at for slot in wanted)
    found = clashes(wanted, occupied.of_people(people, since, until, but_batch=batch.pk))
    if found:
        raise TimetableClash(found)


def _widen(training_class: TrainingClass, batch: Batch) -> None:
    first = min(training_class.starts_on, batch.starts_on)
    last = max(training_class.ends_on, batch.ends_on)
    if (first, last) != (training_class.starts_on, training_class.ends_on):
        training_class.starts_on, training_class.ends_on = first, last
        training_class.save(update_fields=["starts_on", "ends_on"])


def announce(*, training_class: TrainingClass, by: Actor, at: datetime.datetime) -> None:
    """Announce a class: its people see it in their calendars from now on. Raises ClassRefused."""
    if not training_class.batches.exists():
        raise ClassRefused(_("Make a batch first."))
    with transaction.atomic():
        _move(training_class, ClassState.OPEN, at=at, announced_at=at)
        _record("class_announced", training_class, by, at)


def cancel(*, training_class: TrainingClass, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Cancel a class with its sessions that have not begun. Hours already earned stay. Raises ClassRefused."""
    with transaction.atomic():
        _move(training_class, ClassState.CANCELLED, at=at, state_reason=reason[:200])
        Session.objects.filter(SESSION_UNBEGUN, batch__training_class=training_class).update(
            state=Session.State.CANCELLED, state_reason=reason[:200]
        )
        _record("class_cancelled", training_class, by, at, reason)


def postpone(
    *, training_class: TrainingClass, days: int, reason: str, by: Actor, at: datetime.datetime
) -> None:
    """Move a class, its batches and its sessions by so many days (back: negative), with a reason.

    Raises ClassRefused once a session has begun, TimetableClash naming who or what is taken up then.
    """
    with transaction.atomic():
        held = _held(training_class)
        mine = Session.objects.filter(batch__training_class=held)
        if mine.exclude(state__in=[Session.State.PLANNED, Session.State.CANCELLED]).exists():
            raise ClassRefused(_("A session of this class has begun. Cancel the others one by one."))
        for first in (held.starts_on, held.starts_on + days * DAY):
            _check_past(first, held.unit, at)
        _shift(held, days)
        found = _all_clashes(held)
        if found:
            raise TimetableClash(found)
        state = ClassState.OPEN if held.state == ClassState.RUNNING else held.state
        TrainingClass.objects.filter(pk=held.pk).update(state=state, state_reason=reason[:200])
        _record("class_postponed", held, by, at, reason, days=days)


def _shift(held: TrainingClass, days: int) -> None:
    held.starts_on += days * DAY
    held.ends_on += days * DAY
    held.save(update_fields=["starts_on", "ends_on"])
    for batch in held.batches.all():
        batch.starts_on += days * DAY
        batch.ends_on += days * DAY
        batch.save(update_fields=["starts_on", "ends_on"])
        for session in batch.sessions.filter(SESSION_UNBEGUN):
            session.starts_at = shifted(session.starts_at, days, occupied.zone())
            session.ends_at = shifted(session.ends_at, days, occupied.zone())
            session.save(update_fields=["starts_at", "ends_at"])


def _all_clashes(held: TrainingClass) -> list[Clash]:
    """Clashes of everything a class plans with what others plan."""
    found: list[Clash] = []
    for batch in occupied.with_sessions(list(held.batches.values_list("pk", flat=True))):
        _own, people = occupied.of_batch(batch)
        rows = Session.objects.filter(pk__in=[one.pk for one in batch.live])  # type: ignore[attr-defined]  # prefetched
        wanted: list[Slot] = [
            occupied.session_slot(one, people=people, instructors=list(one.instructors.all()))
            for one in rows.select_related("unit", "batch__training_class").prefetch_related("instructors")
        ] or occupied.batch_slots(batch, people)
        since, until = min(slot.starts_at for slot in wanted), max(slot.ends_at for slot in wanted)
        rooms = {room for slot in wanted for room in slot.rooms}
        teachers = {one for slot in wanted for one in slot.instructors}
        involved = {one for slot in wanted for one in slot.people}
        hold_things(rooms, teachers, involved)
        taken = occupied.of_people(involved, since, until, but_batch=batch.pk)
        taken += occupied.of_things(rooms, teachers, since, until)
        found += clashes(wanted, {slot.key: slot for slot in taken}.values())
    return found


def _move(training_class: TrainingClass, to: ClassState, *, at: datetime.datetime, **fields: Any) -> None:
    """The one update that decides between two who act at the same moment. Raises ClassRefused."""
    training_class.refresh_from_db()
    was = training_class.state
    if not class_may_move(was, to):
        raise ClassRefused(_("This class is no longer in a state for that. Look at it again."))
    _check_past(training_class.starts_on, training_class.unit, at)
    if TrainingClass.objects.filter(pk=training_class.pk, state=was).update(state=to, **fields) != 1:
        raise ClassRefused(_("Somebody else changed this class a moment ago. Look at it again."))


def start_due(*, at: datetime.datetime) -> int:
    """Let announced classes run whose first day has come. How many those were."""
    return TrainingClass.objects.filter(state=ClassState.OPEN, starts_on__lte=day_of(at)).update(
        state=ClassState.RUNNING
    )


def _record(
    action: str,
    training_class: TrainingClass,
    by: Actor,
    at: datetime.datetime,
    reason: str = "",
    **details: Any,
) -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=training_class,
        subject_name=training_class.title,
        reason=reason,
        **details,
    )
