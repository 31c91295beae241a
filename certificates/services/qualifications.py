"""Entering a qualification gained outside, and striking one out. Both stay readable for good."""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.models import Qualification
from certificates.services.issuing import STREAM, check_reason
from lianbing.kit import audit
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor


class QualificationRefused(Exception):
    """A qualification cannot be entered or struck out. The text is for the user."""


@dataclass(frozen=True)
class Document:
    """What the document of a qualification says."""

    kind: str
    number: str
    obtained_on: datetime.date
    grade: str = ""
    valid_until: datetime.date | None = None
    issuer: str = ""
    note: str = ""


def enter(*, officer: Officer, document: Document, by: Actor, at: datetime.datetime) -> Qualification:
    """Record a qualification of somebody else. Raises QualificationRefused: one's own, another's number, a day ahead."""
    if by.officer_id is not None and officer.pk == by.officer_id:
        raise QualificationRefused(_("Nobody enters a qualification of their own; ask a colleague."))
    if document.obtained_on > day_of(at):
        raise QualificationRefused(_("A qualification is entered once it has been obtained."))
    try:
        with transaction.atomic():
            made = Qualification.objects.create(
                officer=officer, recorded_at=at, actor=by.snapshot(), **vars(document)
            )
            audit.record(
                stream=STREAM,
                action="qualification_entered",
                by=by,
                at=at,
                subject=officer,
                kind=document.kind,
                number=document.number,
            )
    except IntegrityError as error:
        raise QualificationRefused(_("This document number is in the register already.")) from error
    return made


def strike_out(
    *, qualification: Qualification, reason: str, by: Actor, at: datetime.datetime
) -> Qualification:
    """Say that a qualification counts no longer, and why. Raises QualificationRefused, NoReason."""
    reason = check_reason(reason)
    if by.officer_id is not None and qualification.officer_id == by.officer_id:
        raise QualificationRefused(_("Nobody strikes out a qualification of their own; ask a colleague."))
    with transaction.atomic():
        changed = Qualification.objects.filter(pk=qualification.pk, struck_at=None).update(
            struck_at=at, struck_by=by.snapshot(), struck_reason=reason
        )
        if not changed:
            raise QualificationRefused(_("It has been struck out already."))
        audit.record(
            stream=STREAM,
            action="qualification_struck_out",
            by=by,
            at=at,
            subject=qualification.officer,
            reason=reason,
            kind=qualification.kind,
            number=qualification.number,
        )
    qualification.refresh_from_db()
    return qualification
