"""Hours entered by hand: one person enters them with their evidence, another accepts them."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from courses.training.models import HourClaim, HourEntry
from courses.training.rules.conversion import Activity, Form
from courses.training.services.hours import MOST, HoursRefused, grant
from courses.training.services.locks import STREAM
from lianbing.kit import audit
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

BY_HAND = (
    HourEntry.Kind.IN_PERSON,
    HourEntry.Kind.EXTERNAL,
    HourEntry.Kind.SELF_STUDY,
    HourEntry.Kind.ONLINE,
)


def enter(
    *,
    officer: Officer,
    kind: str,
    category_id: int | None,
    hours: Decimal,
    earned_on: datetime.date,
    title: str,
    evidence: str,
    by: Actor,
    at: datetime.datetime,
) -> HourClaim:
    """Enter hours by hand; they count once a second person has accepted them. Raises HoursRefused."""
    if by.officer_id is not None and by.officer_id == officer.pk:
        raise HoursRefused("own", _("Nobody enters their own hours."))
    if earned_on > day_of(at):
        raise HoursRefused("future", _("Hours are given for days that are over."))
    if not 0 < hours <= MOST:
        raise HoursRefused("figure", _("State the hours, more than 0 and at most 1000."))
    if not evidence.strip() or not title.strip():
        raise HoursRefused("evidence", _("Say what it was and what proves it."))
    with transaction.atomic():
        claim = HourClaim.objects.create(
            officer=officer,
            kind=kind,
            category_id=category_id,
            hours=hours,
            earned_on=earned_on,
            title=title.strip()[:200],
            evidence=evidence.strip()[:300],
            asked_at=at,
            asked_by=by.snapshot(),
        )
        _record("hours_entered", claim, by, at, "")
    return claim


def accept(*, claim: HourClaim, by: Actor, at: datetime.datetime) -> HourEntry:
    """Put hours entered by somebody else into the ledger. Raises HoursRefused, PeriodLocked."""
    _check_second(claim, by)
    activity = Activity(_form_of(claim.kind), claim.earned_on, claim.earned_on)
    with transaction.atomic():
        _decide(claim, True, "", by, at)
        (entry,) = grant(
            officer=claim.officer_id,
            source=f"manual:{claim.uid}",
            activity=activity,
            title=claim.title,
            evidence=claim.evidence,
            category_id=claim.category_id,
            hours=claim.hours,
            kind=HourEntry.Kind(claim.kind),
            by=by,
            at=at,
        )
    return entry


def decline(*, claim: HourClaim, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Refuse hours entered by hand, with a reason; whoever entered them may take them back so too.

    Raises HoursRefused.
    """
    if not reason.strip():
        raise HoursRefused("no_reason", _("Say why."))
    with transaction.atomic():
        _decide(claim, False, reason.strip()[:300], by, at)


def _check_second(claim: HourClaim, by: Actor) -> None:
    if claim.asked_by.get("staff_number") == by.staff_number:
        raise HoursRefused("second", _("Somebody else must accept them: you entered them yourself."))
    if by.officer_id is not None and by.officer_id == claim.officer_id:
        raise HoursRefused("own", _("Nobody accepts their own hours."))


def _decide(claim: HourClaim, accepted: bool, reason: str, by: Actor, at: datetime.datetime) -> None:
    decided = HourClaim.objects.filter(pk=claim.pk, decided_at=None).update(
        decided_at=at, decided_by=by.snapshot(), accepted=accepted, reason=reason
    )
    if decided != 1:
        raise HoursRefused("decided", _("This was decided already."))
    _record("hours_accepted" if accepted else "hours_declined", claim, by, at, reason)


def _form_of(kind: str) -> Form:
    return {
        HourEntry.Kind.EXTERNAL.value: Form.EXTERNAL,
        HourEntry.Kind.SELF_STUDY.value: Form.SELF_STUDY,
        HourEntry.Kind.ONLINE.value: Form.ONLINE,
    }.get(kind, Form.IN_PERSON)


def _record(action: str, claim: HourClaim, by: Actor, at: datetime.datetime, reason: str) -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=claim,
        subject_name=f"{claim.title} {claim.earned_on}",
        reason=reason,
        hours=str(claim.hours),
        officer=claim.officer_id,
    )
