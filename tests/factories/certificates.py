"""Certificates for tests: award rules, released sittings with marks, certificates on any dates."""

import datetime
import itertools
from dataclasses import replace
from decimal import Decimal

from certificates.models import AwardRule, Certificate, CertificateDesign, CertificateEvent, DesignVersion
from certificates.rules.designs import Design, written
from exams.models import Attempt, Candidate, MarkRecord
from tests.factories import exams, people

TODAY = datetime.date(2026, 11, 20)
AT = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
_serials = itertools.count(1)
NO_EXAM = object()
"""As the blueprint of a rule: it serves classes and grants by hand."""


def rule(blueprint=None, **fields):
    """A rule for officers, valid for 24 months."""
    return AwardRule.objects.create(
        blueprint=None if blueprint is NO_EXAM else blueprint or exams.blueprint(),
        title=fields.pop("title", "岗位执法培训合格证书"),
        valid_months=fields.pop("valid_months", 24),
        categories=fields.pop("categories", ["officer"]),
        number_prefix=fields.pop("number_prefix", "TEST"),
        created_at=AT,
        **fields,
    )


def design(title="", frozen_at=None, number=1, seal=b"", of=None, **look):
    """A version of a design with the usual look but for `look`."""
    of = of or CertificateDesign.objects.create(title=title or f"样式{next(_serials)}", created_at=AT)
    return DesignVersion.objects.create(
        design=of,
        number=number,
        spec=written(replace(Design(), **look)),
        seal=seal,
        saved_at=AT,
        by={"name": "人事"},
        frozen_at=frozen_at,
    )


def released(unit, blueprint=None, **fields):
    """A sitting with pass mark 60 whose results came out a moment ago."""
    fields.setdefault("released_at", AT)
    fields.setdefault("pass_mark", Decimal(60))
    return exams.sitting(unit, blueprint=blueprint, **fields)


def result(sitting, officer, score=None):
    """`officer` as a candidate of a sitting: a score, or None = did not come. Returns the attempt or None."""
    candidate = Candidate.objects.create(
        sitting=sitting,
        officer=officer,
        unit=sitting.unit,
        unit_name=sitting.unit.name,
        name=officer.name,
        staff_number=officer.staff_number,
        category=officer.category,
    )
    if score is None:
        return None
    attempt = Attempt.objects.create(
        candidate=candidate,
        user=officer.user,
        state="submitted",
        started_at=AT,
        deadline=AT,
        submitted_at=AT,
        receipt_number=f"R{candidate.pk}",
    )
    MarkRecord.objects.create(
        attempt=attempt, score=Decimal(score), full_marks=100, marks=[], rule="exact", at=AT, reason="", by={}
    )
    return attempt


def certificate(officer=None, of=None, days_left=400, days_old=100, revoked=False, **fields):
    """A certificate that ends `days_left` days after TODAY; `revoked` adds the event."""
    officer = officer or people.officer(people.unit())
    of = of or AwardRule.objects.first() or rule()
    made = Certificate.objects.create(
        number=f"MADE-2026-{next(_serials):06}",
        officer=officer,
        rule=of,
        issued_at=AT - datetime.timedelta(days=days_old),
        valid_from=TODAY - datetime.timedelta(days=days_old),
        valid_until=TODAY + datetime.timedelta(days=days_left),
        snapshot={
            "title": of.title,
            "name": officer.name,
            "staff_number": officer.staff_number,
            "category": officer.category,
            "unit": "执法一中队",
            "issuer": "测试局",
            "exam": "",
        },
        **fields,
    )
    CertificateEvent.objects.create(
        certificate=made, kind="issued", at=made.issued_at, actor={"name": "系统"}
    )
    if revoked:
        CertificateEvent.objects.create(
            certificate=made,
            kind="revoked",
            at=AT,
            actor={"name": "人事"},
            ground="rules_broken",
            reason="SECRET-REASON",
        )
    return made
