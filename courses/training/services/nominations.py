"""Sharing out the superior's places, nominating for them, deciding and withdrawing."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from courses.training.models import Nomination, NominationQuota, TrainingClass
from courses.training.permissions import nominations as rights
from courses.training.services import nominated
from courses.training.state import NominationState, nomination_may_move
from lianbing.kit import audit
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import appointment_of, day_of
from lianbing.people.rules import Actor

STREAM = "training"
HOLDING = frozenset({NominationState.NOMINATED, NominationState.APPROVED})
CLOSED_STATES = frozenset({TrainingClass.State.CANCELLED, TrainingClass.State.FINISHED})


class NominationRefused(Exception):
    """It cannot be done; the text says why.

    `code`: right, class, unit, full, places, late, officer, twice, state, reason, enrol.
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def set_quota(
    *,
    course: TrainingClass,
    unit: Unit,
    places: int,
    nominate_by: datetime.date,
    by: Actor,
    at: datetime.datetime,
) -> NominationQuota:
    """Give a unit places in a class of the superior, or change how many. Raises NominationRefused."""
    if not rights.can_share(by, course):
        raise NominationRefused("right", _("You share out the places of your own classes only."))
    if course.origin != TrainingClass.Origin.SUPERIOR or course.state in CLOSED_STATES:
        raise NominationRefused(
            "class", _("People are nominated for classes of the superior that are to come.")
        )
    if not unit.path.startswith(course.unit.path):
        raise NominationRefused("unit", _("That unit does not belong to the unit of the class."))
    if not 1 <= places <= 9999:
        raise NominationRefused("places", _("State between 1 and 9999 places."))
    try:
        with transaction.atomic():
            quota, _new = NominationQuota.objects.update_or_create(
                training_class=course,
                unit=unit,
                defaults={"places": places, "nominate_by": nominate_by},
                create_defaults={"places": places, "nominate_by": nominate_by, "created_at": at},
            )
            audit.record(
                stream=STREAM,
                action="quota_set",
                by=by,
                at=at,
                subject=quota,
                subject_name=f"{course.title} · {unit.name}",
                places=places,
                nominate_by=nominate_by.isoformat(),
            )
    except IntegrityError as error:
        raise NominationRefused("places", _("More people than that stand nominated already.")) from error
    return quota


def nominate(*, quota: NominationQuota, officer: Officer, by: Actor, at: datetime.datetime) -> Nomination:
    """Nominate somebody who serves in the quota's unit or below.

    The last place goes to one alone, whoever else nominates at this moment. Raises NominationRefused.
    """
    today = day_of(at)
    unit = _check_nomination(quota, officer, by, today)
    assert by.user_id is not None, "whoever may nominate has an account"
    try:
        with transaction.atomic():
            _take_place(quota)
            made = Nomination.objects.create(
                quota=quota,
                training_class=quota.training_class,
                officer=officer,
                unit=unit,
                nominated_at=at,
                nominated_by=by.snapshot(),
                nominator_id=by.user_id,
            )
            _record("nominated", made, by, at)
    except IntegrityError as error:
        raise NominationRefused(
            "twice", _("%(name)s is nominated for this class already.") % {"name": officer.name}
        ) from error
    return made


def _check_nomination(quota: NominationQuota, officer: Officer, by: Actor, today: datetime.date) -> Unit:
    if by.user_id is None or not rights.can_nominate(by, quota):
        raise NominationRefused("right", _("The unit's trainer nominates."))
    if quota.training_class.state in CLOSED_STATES:
        raise NominationRefused(
            "class", _("People are nominated for classes of the superior that are to come.")
        )
    if quota.nominate_by < today:
        raise NominationRefused("late", _("The day to nominate by is over."))
    appointment = appointment_of(officer, today)
    gone = officer.merged_into_id is not None or (officer.left_on is not None and officer.left_on <= today)
    if gone or appointment is None or not appointment.unit.path.startswith(quota.unit.path):
        raise NominationRefused(
            "officer",
            _("%(name)s does not serve in %(unit)s.") % {"name": officer.name, "unit": quota.unit.name},
        )
    return appointment.unit


def _take_place(quota: NominationQuota) -> None:
    taken = NominationQuota.objects.filter(pk=quota.pk, taken__lt=F("places")).update(taken=F("taken") + 1)
    if taken != 1:
        raise NominationRefused("full", _("All places of %(unit)s are taken.") % {"unit": quota.unit.name})


def decide(*, nomination: Nomination, approve: bool, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Approve a nomination, or refuse it with a reason and free the place.

    Who is approved stands in a batch of the class; who cannot be there (another class or session at that time, a
    full batch) is not approved. Raises NominationRefused.
    """
    if not rights.can_decide(by, nomination):
        raise NominationRefused(
            "right", _("The personnel office or a leader decides, and nobody on whom they nominated.")
        )
    reason = reason.strip()
    if not approve and not reason:
        raise NominationRefused("reason", _("Say why."))
    to = NominationState.APPROVED if approve else NominationState.REFUSED
    with transaction.atomic():
        _move(nomination, to, decided_at=at, decided_by=by.snapshot(), reason=reason[:300])
        if approve:
            _stand_in_batch(nomination, by, at)
        _record("nomination_approved" if approve else "nomination_refused", nomination, by, at, reason)


def withdraw(*, nomination: Nomination, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Take somebody off, with a reason; the place is free again. Raises NominationRefused."""
    if not rights.can_withdraw(by, nomination):
        raise NominationRefused("right", _("The staff of the unit take somebody off."))
    reason = reason.strip()
    if not reason:
        raise NominationRefused("reason", _("Say why."))
    take_off(nomination=nomination, reason=reason, by=by, at=at)


def take_off(*, nomination: Nomination, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Take somebody off and out of the batch; who may do so was looked at before. Raises NominationRefused."""
    with transaction.atomic():
        try:
            nominated.leave_batch(nomination=nomination, reason=reason, by=by, at=at)
        except nominated.REFUSALS as error:
            raise NominationRefused("enrol", str(error)) from error
        _move(
            nomination,
            NominationState.WITHDRAWN,
            decided_at=at,
            decided_by=by.snapshot(),
            reason=reason[:300],
        )
        _record("nomination_withdrawn", nomination, by, at, reason)


def _stand_in_batch(nomination: Nomination, by: Actor, at: datetime.datetime) -> None:
    try:
        nominated.stand_in_batch(nomination=nomination, by=by, at=at)
    except nominated.REFUSALS as error:
        raise NominationRefused("enrol", str(error)) from error


def came_back(*, nomination: Nomination, by: Actor, at: datetime.datetime) -> None:
    """Note that somebody's result was entered. Called by the entry of the external record, in its transaction."""
    _move(nomination, NominationState.RETURNED)
    _record("nomination_returned", nomination, by, at)


def result_taken_off(*, nomination: Nomination, by: Actor, at: datetime.datetime) -> None:
    """Note that the result entered was refused or taken back: another may be entered. In its transaction."""
    _move(nomination, NominationState.APPROVED)
    _record("nomination_reopened", nomination, by, at)


def _move(nomination: Nomination, to: NominationState, **values: Any) -> None:
    """Take a nomination to another state, and free its place where it gives it up."""
    stale = NominationRefused("state", _("The nomination has changed meanwhile. Look at it again."))
    nomination.refresh_from_db(fields=["state"])
    before = NominationState(nomination.state)
    if not nomination_may_move(before, to):
        raise stale
    moved = Nomination.objects.filter(pk=nomination.pk, state=before.value).update(state=to.value, **values)
    if moved != 1:
        raise stale
    nomination.state = to.value
    if before in HOLDING and to in (NominationState.REFUSED, NominationState.WITHDRAWN):
        NominationQuota.objects.filter(pk=nomination.quota_id).update(taken=F("taken") - 1)


def _record(action: str, nomination: Nomination, by: Actor, at: datetime.datetime, reason: str = "") -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=nomination,
        subject_name=f"{nomination.training_class.title} · {nomination.officer.name}",
        reason=reason,
    )
