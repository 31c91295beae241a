"""Who is in a batch: enrolling, withdrawing, substituting. One batch a class, and nobody in two places."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.training.models import Batch, Trainee
from courses.training.queries import occupied
from courses.training.rules.timetable import clashes
from courses.training.services.holding import hold_people
from courses.training.services.locks import check_open
from courses.training.state import CLASS_LIVE
from lianbing.kit import audit
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import appointments_in, day_of
from lianbing.people.rules import Actor

STREAM = "training"


class EnrolRefused(Exception):
    """Somebody cannot be enrolled. `texts` say who and why, one sentence each."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(" ".join(texts))
        self.texts = list(texts)


@dataclass(frozen=True)
class Enrolled:
    """What came of enrolling several: the new rows, and why the others were left out, by officer."""

    trainees: list[Trainee]
    left_out: dict[int, str] = field(default_factory=dict)


def enrol(
    *,
    batch: Batch,
    officers: Sequence[Officer],
    source: str,
    by: Actor,
    at: datetime.datetime,
    skip: bool = False,
) -> Enrolled:
    """Put people into a batch, all of them or none; with `skip`, as many as can be, by the order given.

    Raises EnrolRefused naming each: not serving, in a batch of the class already (R12), taken up by
    another class or session at the same time (both are named), no place left, class over or its period
    closed. The people's rows are held until the commit, so that of two trainers who enrol the same
    person into classes that overlap one is refused.
    """
    with transaction.atomic():
        batch = _held(batch, officers)
        _check_class(batch, day_of(at))
        units = _units_of(officers, day_of(at))
        reasons = _reasons(batch, officers, units)
        if reasons and not skip:
            raise EnrolRefused([reasons[one.pk] for one in officers if one.pk in reasons])
        wanted = [one for one in officers if one.pk not in reasons]
        free = _free(batch)
        if free is not None and len(wanted) > free:
            if not skip:
                raise EnrolRefused([_full(batch, free)])
            reasons |= {one.pk: _full(batch, 0) for one in wanted[free:]}
            wanted = wanted[:free]
        made = _create(batch, wanted, units, source, at)
        for one in made:
            _record("trainee_enrolled", one, by, at)
    return Enrolled(made, reasons)


def _held(batch: Batch, officers: Sequence[Officer]) -> Batch:
    """Hold the batch's row and the people's until the commit; the batch as it stands now."""
    rows = Batch.objects.select_for_update(no_key=True, of=("self",))
    held = rows.select_related("training_class__unit").get(pk=batch.pk)
    hold_people({one.pk for one in officers})
    return held


def _check_class(batch: Batch, today: datetime.date) -> None:
    """Raises EnrolRefused for a class that is over, PeriodLocked for one whose period is closed."""
    if batch.training_class.state not in CLASS_LIVE:
        raise EnrolRefused([_("This class is finished or cancelled.")])
    if batch.starts_on < today:
        check_open(batch.starts_on, batch.training_class.unit)


def _units_of(officers: Sequence[Officer], on: datetime.date) -> dict[int, Unit]:
    rows = appointments_in([""], on).filter(officer__in=officers)
    return {row.officer_id: row.unit for row in rows}


def _reasons(batch: Batch, officers: Sequence[Officer], units: Mapping[int, Unit]) -> dict[int, str]:
    """Why each of these cannot come, for those who cannot."""
    names = {one.pk: one.name for one in officers}
    reasons = {
        pk: _("%(name)s serves nowhere at present.") % {"name": names[pk]} for pk in names if pk not in units
    }
    there = (
        Trainee.objects.filter(training_class=batch.training_class_id, officer__in=names)
        .exclude(state=Trainee.State.WITHDRAWN)
        .select_related("batch")
    )
    for one in there:
        reasons.setdefault(
            one.officer_id,
            _("%(name)s is in batch %(number)d of this class already.")
            % {"name": names[one.officer_id], "number": one.batch.number},
        )
    return _overlaps(batch, {pk: name for pk, name in names.items() if pk not in reasons}) | reasons


def _overlaps(batch: Batch, names: Mapping[int, str]) -> dict[int, str]:
    if not names:
        return {}
    here = occupied.with_sessions([batch.pk])[0]
    wanted = occupied.batch_slots(here, frozenset(names))
    since, until = min(slot.starts_at for slot in wanted), max(slot.ends_at for slot in wanted)
    found: dict[int, str] = {}
    for clash in clashes(wanted, occupied.of_people(names.keys(), since, until, but_batch=batch.pk)):
        text = _("%(name)s cannot be at both: “%(one)s” and “%(other)s”.") % {
            "name": names.get(clash.who, ""),
            "one": clash.one.label,
            "other": clash.other.label,
        }
        found.setdefault(clash.who, text)
    return found


def _free(batch: Batch) -> int | None:
    return max(batch.capacity - batch.taken, 0) if batch.capacity else None


def _full(batch: Batch, free: int) -> str:
    if not free:
        return _("Batch %(number)d is full.") % {"number": batch.number}
    return ngettext(
        "Batch %(number)d has only %(count)d place left.",
        "Batch %(number)d has only %(count)d places left.",
        free,
    ) % {"number": batch.number, "count": free}


def _create(
    batch: Batch,
    officers: Sequence[Officer],
    units: Mapping[int, Unit],
    source: str,
    at: datetime.datetime,
) -> list[Trainee]:
    """The rows, and the places they take. The conditional update decides who gets the last place."""
    room = Q(capacity=0) | Q(capacity__gte=F("taken") + len(officers))
    if Batch.objects.filter(room, pk=batch.pk).update(taken=F("taken") + len(officers)) != 1:
        raise EnrolRefused([_full(batch, 0)])
    rows = [
        Trainee(
            batch=batch,
            training_class=batch.training_class,
            officer=one,
            unit=units[one.pk],
            source=source,
            enrolled_at=at,
        )
        for one in officers
    ]
    try:
        with transaction.atomic():
            return Trainee.objects.bulk_create(rows)
    except IntegrityError as error:  # the constraint: somebody enrolled one of them a moment ago
        raise EnrolRefused([_("Somebody enrolled one of them a moment ago. Look at the list.")]) from error


def withdraw(*, trainee: Trainee, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Take somebody out of a batch with a reason; the row stays. Raises EnrolRefused, PeriodLocked."""
    reason = reason.strip()
    if not reason:
        raise EnrolRefused([_("Say why.")])
    with transaction.atomic():
        batch = Batch.objects.select_related("training_class__unit").get(pk=trainee.batch_id)
        _check_class(batch, day_of(at))
        gone = Trainee.objects.filter(pk=trainee.pk, state=Trainee.State.ENROLLED).update(
            state=Trainee.State.WITHDRAWN, reason=reason[:200], withdrawn_at=at
        )
        if gone != 1:
            raise EnrolRefused([_("This person is not enrolled any more.")])
        Batch.objects.filter(pk=batch.pk, taken__gt=0).update(taken=F("taken") - 1)
        _record("trainee_withdrawn", trainee, by, at, reason=reason)


def substitute(
    *, trainee: Trainee, officer: Officer, reason: str, by: Actor, at: datetime.datetime
) -> Trainee:
    """Send somebody else in place of a trainee. Both or nothing. Raises EnrolRefused, PeriodLocked."""
    with transaction.atomic():
        withdraw(trainee=trainee, reason=reason, by=by, at=at)
        done = enrol(batch=trainee.batch, officers=[officer], source=Trainee.Source.SUBSTITUTE, by=by, at=at)
        made = done.trainees[0]
        made.replaces = trainee
        made.save(update_fields=["replaces"])
    return made


def move(*, trainee: Trainee, batch: Batch, by: Actor, at: datetime.datetime) -> Trainee:
    """Move somebody to another batch of the same class. Both or nothing.

    Raises EnrolRefused (another class, the same batch, full, taken up at that time), PeriodLocked.
    """
    if batch.training_class_id != trainee.training_class_id or batch.pk == trainee.batch_id:
        raise EnrolRefused([_("Choose another batch of this class.")])
    reason = _("Moved to batch %(number)d") % {"number": batch.number}
    with transaction.atomic():
        # Both batches in one order, then the person, so that two who move people to and fro follow each other.
        both = Batch.objects.select_for_update(no_key=True).filter(pk__in=[batch.pk, trainee.batch_id])
        list(both.order_by("pk").values_list("pk"))
        hold_people([trainee.officer_id])
        withdraw(trainee=trainee, reason=reason, by=by, at=at)
        done = enrol(batch=batch, officers=[trainee.officer], source=trainee.source, by=by, at=at)
    return done.trainees[0]


def _record(action: str, trainee: Trainee, by: Actor, at: datetime.datetime, reason: str = "") -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=trainee,
        subject_name=f"{trainee.officer.name} · {occupied.batch_label(trainee.batch)}",
        reason=reason,
        source=trainee.source,
    )
