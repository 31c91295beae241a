"""Deciding reviews: one by one or a list at once, always by a person, each with its evidence."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from certificates.models import EnforcementCertificate
from certificates.queries.reviewing import Line
from certificates.rules.reviewing import Exam
from certificates.services.enforcement.changing import NotEligible, Oneself, Refused, change
from certificates.state.enforcement import FAIL, PASS, Kind
from lianbing.people.rules import Actor


class NoDocument(Exception):
    """What takes a right away is decided on paper: the number of its document is missing."""


@dataclass
class Decided:
    """What became of a list: how many entries were written, and who was left as they were, and why."""

    written: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def decide(
    *,
    lines: Sequence[Line],
    year: int,
    passed: bool,
    on: datetime.date,
    document_no: str,
    note: str,
    expected: dict[Any, int],
    by: Actor,
    at: datetime.datetime,
) -> Decided:
    """Record the review of a year for these people, with the evidence that was looked at.

    Not passed means withdrawn and needs a document number; raises NoDocument. Somebody whose evidence does not
    bear a pass, who has changed since the list was shown (`expected`: entry uid -> number of events) or who is
    oneself is left out and named.
    """
    if not passed and not document_no.strip():
        raise NoDocument(_("A decision that takes a right away needs the number of its document."))
    done = Decided()
    for line in lines:
        data = {"year": year, "result": PASS if passed else FAIL, **said(line)}
        _one(
            done,
            line.holding,
            kind=Kind.REVIEWED,
            on=on,
            reason_code="periodic",
            document_no=document_no,
            note=note,
            data=data,
            expected=expected.get(line.holding.uid),
            by=by,
            at=at,
        )
    return done


def said(line: Line) -> dict[str, Any]:
    """The evidence as the entry keeps it."""
    return {
        "hours": format(line.evidence.hours.normalize(), "f"),
        "exam": line.evidence.exam is Exam.PASSED,
        "conduct": not line.evidence.grave,
    }


def withdraw_unit(
    *,
    holdings: Iterable[EnforcementCertificate],
    on: datetime.date,
    document_no: str,
    note: str,
    by: Actor,
    at: datetime.datetime,
) -> Decided:
    """Withdraw the certificates of a unit that ran no training, for a time: each is reinstated by itself later.

    Raises NoDocument.
    """
    if not document_no.strip():
        raise NoDocument(_("A decision that takes a right away needs the number of its document."))
    done = Decided()
    for row in holdings:
        _one(
            done,
            row,
            kind=Kind.WITHDRAWN,
            on=on,
            reason_code="unit_without_training",
            document_no=document_no,
            note=note,
            data={},
            expected=row.event_count,
            by=by,
            at=at,
        )
    return done


def _one(done: Decided, row: EnforcementCertificate, **said: Any) -> None:
    """One entry, in a transaction of its own: one refusal does not take back the others."""
    try:
        change(officer=row.officer, **said)
    except (Refused, NotEligible, Oneself) as error:
        done.refused.append((row.officer.name, str(error)))
    else:
        done.written += 1
