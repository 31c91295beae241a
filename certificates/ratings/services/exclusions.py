"""Who is out of the base of their unit for a while: recorded with reason, approver and last day; taken back."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from certificates.ratings.models import Exclusion
from certificates.ratings.permissions.records import may_keep
from certificates.ratings.queries.records import whereabouts
from certificates.ratings.services.records import STREAM, RecordRefused
from lianbing.kit import audit
from lianbing.people.models import Officer
from lianbing.people.queries import day_of, place_of
from lianbing.people.rules import Actor

LONGEST_DAYS = 1100


def exclude(
    *,
    officer: Officer,
    reason: str,
    approver: str,
    from_on: datetime.date,
    until_on: datetime.date,
    document_no: str = "",
    by: Actor,
    at: datetime.datetime,
) -> Exclusion:
    """Leave somebody out of the base from one day to another, both inside. Raises RecordRefused.

    Never oneself, never without an end, and one exclusion at a time: who is out stands there by name.
    """
    if until_on < from_on:
        raise RecordRefused(_("It would end before it begins."), "until_on")
    if (until_on - from_on).days > LONGEST_DAYS:
        raise RecordRefused(_("At most three years at a time; record it anew then."), "until_on")
    if len(reason.strip()) < 2 or len(approver.strip()) < 2:
        raise RecordRefused(_("Say why, and who approved it."), "reason")
    if not may_keep(by, place_of(officer, day_of(at)), officer.pk):
        raise RecordRefused(_("You record this for the people of your units, and never about yourself."))
    with transaction.atomic():
        Officer.objects.select_for_update().get(pk=officer.pk)
        at_once = Exclusion.objects.filter(officer=officer, withdrawn_at=None)
        if at_once.filter(from_on__lte=until_on, until_on__gte=from_on).exists():
            raise RecordRefused(_("This person is out of the base in some of these days already."), "officer")
        made = Exclusion.objects.create(
            officer=officer,
            reason=reason.strip()[:200],
            approver=approver.strip()[:100],
            document_no=document_no.strip()[:60],
            from_on=from_on,
            until_on=until_on,
            recorded_at=at,
            recorded_by=by.snapshot(),
        )
        audit.record(
            stream=STREAM,
            action="excluded",
            by=by,
            at=at,
            subject=made,
            subject_name=str(officer),
            reason=made.reason,
            approver=made.approver,
            from_on=from_on.isoformat(),
            until_on=until_on.isoformat(),
        )
    return made


def withdraw_exclusion(*, exclusion: Exclusion, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Count somebody in the base again; periods gathered before keep their roll. Raises RecordRefused."""
    officer = exclusion.officer
    if not may_keep(by, whereabouts(officer, day_of(at)), officer.pk):
        raise RecordRefused(_("You record this for the people of your units, and never about yourself."))
    with transaction.atomic():
        rows = Exclusion.objects.filter(pk=exclusion.pk, withdrawn_at=None)
        if rows.update(withdrawn_at=at) != 1:
            raise RecordRefused(_("This has been taken back already."))
        audit.record(
            stream=STREAM,
            action="exclusion_withdrawn",
            by=by,
            at=at,
            subject=exclusion,
            subject_name=str(officer),
            reason=reason,
        )
