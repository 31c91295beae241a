"""Changing what stands in the register of enforcement certificates: one event at a time, by a person."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.models import EnforcementCertificate, EnforcementEvent, EnforcementRefusal
from certificates.queries.enforcement_rules import in_force
from certificates.rules.enforcement import NATIONAL_LAW, ProvinceRules
from certificates.rules.validity import add_months, last_day
from certificates.services.enforcement.words import sentence
from certificates.state.enforcement import GIVING, Event, Holding, Illegal, Kind, apply, day_in, replay
from lianbing.kit import audit, outbox
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

STREAM = "enforcement"
TOPIC = "enforcement_changed"


class Refused(Exception):
    """A change that is not made; the text says why. `code` and `params` as of `state.enforcement.Illegal`."""

    def __init__(self, error: Illegal) -> None:
        super().__init__(sentence(error))
        self.code, self.params = error.code, error.params


class NotEligible(Exception):
    """The person may not hold such a certificate: `code` auxiliary, civilian or left, `law` the articles named."""

    def __init__(self, code: str, law: str) -> None:
        super().__init__(refusal_text(code, law))
        self.code, self.law = code, law


class Oneself(Exception):
    """Nobody changes their own entry."""

    def __init__(self) -> None:
        super().__init__(_("Nobody may change their own entry in the register."))


def refusal_text(code: str, law: str) -> str:
    """Why a person is refused, for people to read."""
    return {
        "auxiliary": _(
            "Auxiliaries may not hold an enforcement certificate (%(law)s). They may have their own training certificate."
        ),
        "civilian": _("Civilian staff may not hold an enforcement certificate (%(law)s)."),
        "left": _("The person has left the bureau."),
    }[code] % {"law": law}


def ineligible(officer: Officer, kind: Kind, day: datetime.date) -> str:
    """Why nothing of this kind may be recorded for a person: "auxiliary", "civilian", "left", or "" = it may.

    What takes a right away may be recorded of anybody: an officer who became an auxiliary keeps nothing.
    """
    if kind not in GIVING:
        return ""
    if officer.category != Officer.Category.OFFICER:
        return str(officer.category)
    return "left" if officer.left_on is not None and officer.left_on <= day else ""


def change(
    *,
    officer: Officer,
    kind: Kind,
    on: datetime.date,
    reason_code: str,
    by: Actor,
    at: datetime.datetime,
    document_no: str = "",
    note: str = "",
    data: Mapping[str, Any] | None = None,
    expected: int | None = None,
    taken_over: bool = False,
) -> EnforcementEvent:
    """Record one change of somebody's enforcement certificate, from the day `on`, which has come.

    `data` as the kind asks for, with ISO days: entered and renewed and issued (certificate_no, valid_from,
    valid_until, first_issued_on, last_review_on), reviewed (year, result "passed" or "failed", hours, exam,
    conduct), transferred (specialist_exam), revoked (blocked_until), corrected. What the rules can say by
    themselves (valid_until, blocked_until) may be left out. `expected` is the number of events the person
    acting has seen. `taken_over` brings in a past of which today's rules are not asked.
    Raises Refused, NotEligible (after writing the refusal down), Oneself; then nothing is changed.
    """
    officer = officer.merged_into or officer
    check_not_oneself(officer, by)
    rules, today = in_force(), day_of(at)
    why = ineligible(officer, kind, on if taken_over else today)
    if why:
        raise refuse(officer=officer, why=why, kind=kind, note=note, by=by, at=at, rules=rules)
    try:
        with transaction.atomic():
            row = _locked(officer)
            if expected is not None and expected != row.event_count:
                raise Illegal("changed")
            if on > today:
                raise Illegal("future", on=on)
            said = completed(kind, on, dict(data or {}), rules, taken_over=taken_over)
            event = Event(kind, on, reason_code, document_no.strip()[:80], said)
            made = _append(row, event, note, taken_over, rules, by=by, at=at)
            _announce(row, made, by=by, at=at)
            return made
    except Illegal as error:
        raise Refused(error) from error
    except IntegrityError as error:
        raise Refused(_collision(officer, data)) from error


def check_not_oneself(officer: Officer, by: Actor) -> None:
    """Raises Oneself when `by` is the holder, under whatever record."""
    own = {officer.pk, *officer.merged_from.values_list("pk", flat=True)}
    if by.officer_id in own:
        raise Oneself


def refuse(
    *,
    officer: Officer,
    why: str,
    kind: Kind,
    note: str,
    by: Actor,
    at: datetime.datetime,
    rules: ProvinceRules | None = None,
) -> NotEligible:
    """Write the refusal of a person down, with the law, and return the exception to raise.

    To be called outside a transaction that the exception would roll back.
    """
    law = "" if why == "left" else (rules or in_force()).laws if why == "auxiliary" else NATIONAL_LAW
    with transaction.atomic():
        EnforcementRefusal.objects.create(
            officer=officer, code=why, kind=kind.value, law=law, at=at, actor=by.snapshot(), note=note[:300]
        )
        audit.record(
            stream=STREAM,
            action="refused",
            by=by,
            at=at,
            subject=officer,
            reason=refusal_text(why, law),
            kind=kind.value,
            law=law,
        )
    return NotEligible(why, law)


def completed(
    kind: Kind, on: datetime.date, data: dict[str, Any], rules: ProvinceRules, *, taken_over: bool
) -> dict[str, Any]:
    """`data` with what the rules can say by themselves, so that the event reads the same for ever."""
    said = {key: value for key, value in data.items() if value not in (None, "")}
    if kind in {Kind.ISSUED, Kind.RENEWED, Kind.ENTERED}:
        said.setdefault("valid_from", on.isoformat())
        if "valid_until" not in said and not taken_over:
            first = day_in(said, "valid_from")
            said["valid_until"] = last_day(first, rules.valid_months).isoformat()
    if kind is Kind.REVOKED and rules.block_months and not taken_over:
        said.setdefault("blocked_until", add_months(on, rules.block_months).isoformat())
    return said


def _locked(officer: Officer) -> EnforcementCertificate:
    """The holding of a person, locked; a first one is made. Of a merged record's, the kept record's comes first."""
    rows = EnforcementCertificate.objects.select_for_update().filter(officer=officer)
    row = rows.first()
    if row is None:
        merged = EnforcementCertificate.objects.select_for_update().filter(officer__merged_into=officer)
        row = merged.order_by("pk").first()
    if row is None:
        row = EnforcementCertificate.objects.create(officer=officer)
    return row


def _append(
    row: EnforcementCertificate,
    event: Event,
    note: str,
    taken_over: bool,
    rules: ProvinceRules,
    *,
    by: Actor,
    at: datetime.datetime,
) -> EnforcementEvent:
    before = replay(one.as_event() for one in row.events.order_by("number"))
    after = apply(before, event, None if taken_over else rules)
    made = EnforcementEvent.objects.create(
        certificate=row,
        number=after.events,
        kind=event.kind.value,
        on=event.on,
        at=at,
        actor=by.snapshot(),
        reason_code=event.reason,
        document_no=event.document,
        note=note.strip()[:300],
        data=dict(event.data),
        taken_over=taken_over,
    )
    project(row, after)
    row.save()
    return made


def project(row: EnforcementCertificate, holding: Holding) -> None:
    """Set the row's fields to what was folded. Does not save."""
    newest = holding.newest
    row.state, row.since = holding.state.value, holding.since
    row.certificate_no = newest.number if newest else ""
    row.valid_from, row.valid_until = (newest.valid_from, newest.valid_until) if newest else (None, None)
    row.covered_from, row.first_issued_on = holding.covered_from, holding.first_issued_on
    row.review_base_on, row.blocked_until = holding.review_base_on, holding.blocked_until
    row.last_on, row.event_count = holding.last_on, holding.events


def _announce(
    row: EnforcementCertificate, made: EnforcementEvent, *, by: Actor, at: datetime.datetime
) -> None:
    audit.record(
        stream=STREAM,
        action=made.kind,
        by=by,
        at=at,
        subject=row,
        subject_name=f"{row.officer.name} {row.certificate_no}".strip(),
        reason=made.reason_code,
        on=made.on.isoformat(),
        document_no=made.document_no,
        note=made.note,
        data=made.data,
        taken_over=made.taken_over,
    )
    outbox.publish(TOPIC, message(row, made), at=at)


def message(row: EnforcementCertificate, made: EnforcementEvent) -> dict[str, Any]:
    """What the outbox says of a change."""
    return {
        "certificate": str(row.uid),
        "officer": row.officer_id,
        "event": made.number,
        "kind": made.kind,
        "state": row.state,
        "on": made.on.isoformat(),
    }


def _collision(officer: Officer, data: Mapping[str, Any] | None) -> Illegal:
    """Why the database refused: a number of somebody else's, or another change at the same moment."""
    number = str((data or {}).get("certificate_no") or "").strip()
    taken = EnforcementCertificate.objects.filter(certificate_no=number).exclude(officer=officer)
    if number and taken.exists():
        return Illegal("number_taken", number=number)
    return Illegal("changed")
