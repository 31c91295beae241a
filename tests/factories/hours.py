"""Training hours for tests."""

import datetime
from decimal import Decimal

from courses.training.models import ConversionTable, YearTarget
from courses.training.rules.conversion import Activity, Form, Table, to_json
from courses.training.services.hours import grant
from lianbing.people.rules import SYSTEM

DAY = datetime.date(2026, 6, 10)
AT = datetime.datetime(2026, 11, 20, 1, 0, tzinfo=datetime.UTC)
HR = {"staff_number": "H1", "name": "人事", "roles": ["hr"], "unit": ""}


def session(on=DAY, minutes=360, **fields):
    """A day in a class-room."""
    return Activity(Form.IN_PERSON, on, on, minutes=minutes, **fields)


def granted(officer, source, activity=None, *, at=AT, by=SYSTEM, **fields):
    """One entry of the ledger for an officer."""
    fields = {"title": "法制教育"} | fields
    return grant(officer=officer, source=source, activity=activity or session(), by=by, at=at, **fields)[0]


def table(rules=None, *, holds_from=datetime.date(2000, 1, 2), approved=True, version=None):
    """A conversion table, in force unless said otherwise."""
    last = ConversionTable.objects.order_by("-version").first()
    return ConversionTable.objects.create(
        version=version or (last.version + 1 if last else 1),
        title="试行",
        holds_from=holds_from,
        rules=to_json(rules or Table()),
        drafted_at=AT,
        drafted_by=HR,
        approved_at=AT if approved else None,
        approved_by=HR if approved else None,
    )


def target(year=2026, **fields):
    """A yearly target, for everybody and 60 hours unless said otherwise."""
    return YearTarget.objects.create(year=year, **({"title": "全员", "hours": Decimal(60)} | fields))
