"""Renewing a training certificate: a new number and new dates, the chain and the first day of issue kept."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.models import AwardRule, Certificate
from certificates.services.issuing import STREAM, NotEligible, check_reason, why_not
from certificates.services.writing import Pass, local_day, write
from certificates.state.training import State
from lianbing.kit import audit
from lianbing.people.rules import Actor


class NotRenewable(Exception):
    """This certificate cannot be renewed; the message says why."""


def begins_on(certificate: Certificate, today: datetime.date) -> datetime.date:
    """From when a renewal is good: the day after the old one ends, or today where it has ended."""
    return max(certificate.valid_until + datetime.timedelta(days=1), today)


def check(certificate: Certificate, *, by: Actor, at: datetime.datetime) -> None:
    """Raises NotRenewable with the reason. Load `events` and `renewed_by` with the certificate."""
    day = local_day(at)
    if by.officer_id is not None and certificate.officer_id == by.officer_id:
        raise NotRenewable(_("Nobody renews one's own certificate; ask a colleague."))
    if certificate.state_on(day) == State.REVOKED:
        raise NotRenewable(_("A revoked certificate is not renewed: issue a new one."))
    if certificate.state_on(day) == State.UPCOMING:
        raise NotRenewable(_("It is not valid yet, so there is nothing to renew."))
    if hasattr(certificate, "renewed_by"):
        raise NotRenewable(
            _("It has been renewed already, as %(number)s.") % {"number": certificate.renewed_by.number}
        )
    if not certificate.rule.active:
        raise NotRenewable(_("This award rule is not in use any more."))


def renew(*, certificate: Certificate, reason: str, by: Actor, at: datetime.datetime) -> Certificate:
    """Issue the certificate that takes the place of this one, once. Raises NotRenewable, NotEligible, NoReason.

    Two people renewing at once: the constraint on `renews` lets one through.
    """
    reason = check_reason(reason)
    check(certificate, by=by, at=at)
    officer = certificate.officer.merged_into or certificate.officer
    why = why_not(certificate.rule, officer, at)
    if why is not None:
        raise NotEligible(why)
    printed = certificate.snapshot
    one = Pass(
        officer,
        unit_name=printed["unit"],
        basis_title=printed.get("basis") or printed.get("exam", ""),
        score=printed.get("score", ""),
        hours=printed.get("hours", ""),
        renews=certificate,
    )
    try:
        with transaction.atomic():
            rule = AwardRule.objects.select_for_update(of=("self",)).get(pk=certificate.rule_id)
            first = begins_on(certificate, local_day(at))
            made = write(rule, [one], valid_from=first, reason=reason, by=by, at=at)[0]
            audit.record(
                stream=STREAM,
                action="renewed",
                by=by,
                at=at,
                subject=made,
                reason=reason,
                renews=certificate.number,
            )
    except IntegrityError as error:
        if not Certificate.objects.filter(renews=certificate).exists():
            raise
        raise NotRenewable(_("Somebody renewed it a moment ago. Look at it again.")) from error
    return made
