"""Entries of the register of enforcement certificates for tests, as taken over from an older one."""

import datetime
import itertools

from certificates.models import EnforcementCertificate
from certificates.services.enforcement.changing import change
from certificates.state.enforcement import Kind
from lianbing.people.rules import SYSTEM

AT = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
_serials = itertools.count(1)


def held(officer, until="2028-02-29", since="2023-03-01", reviewed="2026-01-10", number=None):
    """A certificate in force, last reviewed on a day (None = never)."""
    data = {
        "certificate_no": number or f"云A{next(_serials):07}",
        "valid_from": since,
        "valid_until": until,
        "first_issued_on": since,
    }
    if reviewed:
        data["last_review_on"] = reviewed
    change(
        officer=officer,
        kind=Kind.ENTERED,
        on=datetime.date.fromisoformat(since),
        reason_code="older_register",
        by=SYSTEM,
        at=AT,
        data=data,
        taken_over=True,
    )
    return EnforcementCertificate.objects.get(officer=officer)


def changed(officer, kind, on="2026-10-01", reason="other", document="云城执〔2026〕1号", at=AT, **data):
    """One more change of somebody's entry."""
    return change(
        officer=officer,
        kind=Kind(kind),
        on=datetime.date.fromisoformat(on),
        reason_code=reason,
        document_no=document,
        by=SYSTEM,
        at=at,
        data=data,
    )
