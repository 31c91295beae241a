"""Versions of the eligibility rules, what HR states with a document, and handing the list out."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from certificates.models import Attestation, QualifyingRules
from certificates.queries.eligible import Filter, Line, lines
from certificates.reports.eligibility import eligibility_workbook
from certificates.rules import proposing, qualifying_parts
from certificates.rules.proposing import BOUNDS, Policy
from certificates.rules.qualifying_parts import ATTESTABLE, EligibilityRule, Part, Problem
from lianbing.kit import audit
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

STREAM = "certificates"


class RulesRefused(Exception):
    """The rules cannot stand; `problems` says what is wrong with them, part by part."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{one.part}.{one.name}: {one.code}" for one in problems))
        self.problems = problems


class StatementRefused(Exception):
    """A statement that is not taken; the text says why. `code`: own, document, part, future, ends, withdrawn."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def save_rules(
    *,
    title: str,
    holds_from: datetime.date,
    rule: EligibilityRule,
    policy: Policy,
    source: str = "",
    by: Actor,
    at: datetime.datetime,
) -> QualifyingRules:
    """Put a new version in force from a day on. What was there before stays readable. Raises RulesRefused.

    A day that has passed is refused: what people were told they needed then does not change afterwards.
    """
    problems = qualifying_parts.check(rule) + _policy_problems(policy)
    if holds_from < day_of(at):
        problems.append(Problem("", "holds_from", "past"))
    if problems:
        raise RulesRefused(problems)
    try:
        with transaction.atomic():
            last = QualifyingRules.objects.aggregate(last=Max("number"))["last"] or 0
            made = QualifyingRules.objects.create(
                number=last + 1,
                title=title,
                source=source,
                holds_from=holds_from,
                parts=qualifying_parts.to_json(rule),
                policy=proposing.to_json(policy),
                made_at=at,
                made_by=by.snapshot(),
            )
            audit.record(
                stream=STREAM,
                action="eligibility_rules_made",
                by=by,
                at=at,
                subject=made,
                holds_from=holds_from.isoformat(),
                parts=made.parts,
                policy=made.policy,
            )
    except IntegrityError as error:  # another version was stored at the same moment
        raise RulesRefused([Problem("", "", "again")]) from error
    return made


def _policy_problems(policy: Policy) -> list[Problem]:
    return [
        Problem("policy", name, "value")
        for name, (low, high) in BOUNDS.items()
        if not low <= getattr(policy, name) <= high
    ]


def attest(
    *,
    officer: Officer,
    part: Part,
    met: bool,
    on: datetime.date,
    until: datetime.date | None,
    document_no: str,
    note: str = "",
    by: Actor,
    at: datetime.datetime,
) -> Attestation:
    """State with a document that a part is met, or (conduct) that something stands against somebody.

    Raises StatementRefused: nobody for themselves, not without a document, not for a day to come.
    """
    number = document_no.strip()
    _check(officer, by)
    if not number:
        raise StatementRefused("document", _("Name the document this rests on."))
    if part not in ATTESTABLE or (not met and part is not Part.CONDUCT):
        raise StatementRefused("part", _("This cannot be stated by hand."))
    if on > day_of(at):
        raise StatementRefused("future", _("The day has not come yet."))
    if until is not None and until < on:
        raise StatementRefused("ends", _("It ends before it begins."))
    with transaction.atomic():
        made = Attestation.objects.create(
            officer=officer,
            part=part.value,
            met=met,
            on=on,
            until=until,
            document_no=number[:64],
            note=note.strip()[:200],
            at=at,
            actor=by.snapshot(),
        )
        _record("attested", made, by, at)
    return made


def take_back(*, statement: Attestation, reason: str, by: Actor, at: datetime.datetime) -> Attestation:
    """Take a statement back; it stays readable and counts no longer. Raises StatementRefused (own, reason, withdrawn)."""
    _check(statement.officer, by)
    said = reason.strip()
    if len(said) < 5:
        raise StatementRefused("reason", _("Give a reason of at least five characters."))
    if statement.withdraws_id is not None:
        raise StatementRefused("withdrawn", _("This statement was taken back already."))
    try:
        with transaction.atomic():
            made = Attestation.objects.create(
                officer=statement.officer,
                part=statement.part,
                met=statement.met,
                on=statement.on,
                until=statement.until,
                document_no=statement.document_no,
                note=said[:200],
                withdraws=statement,
                at=at,
                actor=by.snapshot(),
            )
            _record("attestation_withdrawn", statement, by, at, reason=said)
    except IntegrityError as error:
        raise StatementRefused("withdrawn", _("This statement was taken back already.")) from error
    return made


def _check(officer: Officer, by: Actor) -> None:
    if by.officer_id is not None and by.officer_id in {officer.pk, officer.merged_into_id}:
        raise StatementRefused("own", _("Nobody states anything for themselves."))


def _record(action: str, statement: Attestation, by: Actor, at: datetime.datetime, reason: str = "") -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=statement,
        subject_name=f"{statement.officer.name} · {statement.get_part_display()}",
        reason=reason,
        officer=statement.officer.staff_number,
        **statement.said,
    )


def export(*, asked: Filter, by: Actor, at: datetime.datetime) -> tuple[bytes, int]:
    """The workbook of everybody asked for, and how many rows it holds. Who took it and what is recorded."""
    found: list[Line] = lines(asked, at).shown
    book = eligibility_workbook(found, day_of(at))
    audit.record(
        stream=STREAM,
        action="exported",
        by=by,
        at=at,
        rows=len(found),
        units=list(asked.unit_paths),
        what="eligibility",
        standing=asked.standing,
    )
    return book, len(found)
