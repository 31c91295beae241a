"""Eligibility and proposals for tests: rules in force, statements, holders of enforcement certificates."""

import datetime

from certificates.models import Attestation, QualifyingRules
from certificates.rules import proposing, qualifying_parts
from certificates.rules.proposing import Policy
from certificates.rules.qualifying_parts import EligibilityRule, Part, PartRule
from certificates.services.enforcement.changing import change
from certificates.state.enforcement import Kind
from lianbing.people.rules import Role
from tests.factories import people

AT = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
TODAY = datetime.date(2026, 11, 20)


def asked(**parts):
    """A rule: the category, and these parts with their parameters."""
    rows = {"category": {}} | parts
    return EligibilityRule(tuple(PartRule(Part(name), params) for name, params in rows.items()))


def rules(policy=None, holds_from=datetime.date(2026, 1, 1), number=None, **parts):
    """A version in force: the public exam by document and 60 hours, unless said otherwise."""
    rule = asked(**(parts or {"public_exam": {}, "hours": {"hours": 60}, "no_block": {}}))
    return QualifyingRules.objects.create(
        number=number or QualifyingRules.objects.count() + 1,
        title="试行",
        holds_from=holds_from,
        parts=qualifying_parts.to_json(rule),
        policy=proposing.to_json(policy or Policy()),
        made_at=AT,
        made_by={"name": "人事"},
    )


def stated(officer, part="public_exam", met=True, on=TODAY, until=None, **fields):
    """What HR states with a document."""
    return Attestation.objects.create(
        officer=officer,
        part=part,
        met=met,
        on=on,
        until=until,
        document_no=fields.pop("document_no", "市司法局〔2026〕8号"),
        at=AT,
        actor={"name": "人事"},
        **fields,
    )


def hr(unit=None):
    """Somebody of HR as services take them."""
    return people.actor(people.staff(Role.HR, unit=unit))


def holder(officer, number="S44010001", since=datetime.date(2025, 1, 1)):
    """An enforcement certificate in force since a day; gives the officer."""
    last = since.replace(year=since.year + 5) - datetime.timedelta(days=1)
    change(
        officer=officer,
        kind=Kind.ENTERED,
        on=since,
        reason_code="older_register",
        data={
            "certificate_no": number,
            "valid_from": since.isoformat(),
            "valid_until": last.isoformat(),
            "last_review_on": "2026-06-01",
        },
        by=hr(),
        at=AT,
        taken_over=True,
    )
    return officer
