"""Recording honours, sanctions, measures and findings, and taking them back."""

import datetime
import hashlib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.ratings.models import Record, RecordWithdrawal
from certificates.ratings.permissions.records import may_keep
from certificates.ratings.queries.records import place_of_record
from certificates.ratings.rules.records import Kind, faults
from lianbing.kit import audit
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import appointment_of, day_of, place_of
from lianbing.people.rules import SYSTEM, Actor

STREAM = "ratings"
MOST_POINTS = Decimal(1000)


class RecordRefused(Exception):
    """It cannot be recorded or taken back; the text says why. `field`: which field is wrong, "" = none."""

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True)
class Draft:
    """What is to be recorded. `officer` None = of the unit as a whole."""

    kind: Kind
    sort: str
    title: str
    on: datetime.date
    officer: Officer | None = None
    unit: Unit | None = None
    for_unit: bool = False
    leader: Officer | None = None
    level: str = ""
    points: Decimal | None = None
    expires_on: datetime.date | None = None
    document_no: str = ""
    issuer: str = ""
    note: str = ""
    source: dict[str, Any] = field(default_factory=dict)


def fault_texts() -> dict[str, str]:
    """What each code of `rules.records.faults` means."""
    return {
        "sort": _("There is no such sort of this kind."),
        "ahead": _("This day is still ahead."),
        "order": _("It would end before it begins."),
        "open": _("A measure always lapses: write until when it holds."),
    }


def record(*, draft: Draft, by: Actor, at: datetime.datetime) -> Record:
    """Write one down. Where the person served on the day is found here. Raises RecordRefused.

    Never about oneself, and only for units in one's hand. The same thing is recorded once.
    """
    found = placed(draft, day_of(at))
    place = _place_now(found, day_of(at))
    if not may_keep(by, place, *(one.pk for one in (draft.officer, draft.leader) if one)):
        raise RecordRefused(_("You record this for the people of your units, and never about yourself."))
    made = row_of(found, by, at)
    before = list(Record.objects.filter(digest=made.digest).values_list("number", "withdrawal"))
    if any(withdrawal is None for _number, withdrawal in before):
        raise RecordRefused(_("The same stands on record already."))
    made.number = len(before) + 1
    try:
        with transaction.atomic():
            made.save()
            audit.record(
                stream=STREAM,
                action="recorded",
                by=by,
                at=at,
                subject=made,
                subject_name=subject_name(made),
                kind=made.kind,
                sort=made.sort,
            )
    except IntegrityError as error:
        raise RecordRefused(_("The same stands on record already.")) from error
    return made


def placed(draft: Draft, today: datetime.date) -> Draft:
    """The draft with the unit where the person served on the day. Raises RecordRefused for what cannot be right."""
    for name, code in faults(
        kind=draft.kind, sort=draft.sort, on=draft.on, expires_on=draft.expires_on, today=today
    ):
        raise RecordRefused(fault_texts()[code], name)
    if draft.points is not None and not 0 <= draft.points <= MOST_POINTS:
        raise RecordRefused(_("Points lie between 0 and 1000."), "points")
    if draft.officer is None:
        return _of_unit(draft)
    if draft.leader is not None and draft.leader.pk == draft.officer.pk:
        raise RecordRefused(_("Nobody answers for themselves: name another person."), "leader")
    served = draft.unit or _served(draft.officer, draft.on)
    if served is None:
        raise RecordRefused(_("%(name)s did not serve here then.") % {"name": draft.officer.name}, "officer")
    return replace(draft, unit=served)


def _of_unit(draft: Draft) -> Draft:
    if draft.unit is None:
        raise RecordRefused(_("Name the person or the unit."), "officer")
    if draft.kind is Kind.MEASURE:
        raise RecordRefused(_("A measure is taken with a person."), "officer")
    return replace(draft, for_unit=True)


def _served(officer: Officer, on: datetime.date) -> Unit | None:
    appointment = appointment_of(officer, on)
    return appointment.unit if appointment else None


def _place_now(draft: Draft, today: datetime.date) -> str:
    assert draft.unit is not None
    return (place_of(draft.officer, today) if draft.officer else "") or draft.unit.path


def digest_of(draft: Draft) -> str:
    """What makes a record the same as another: kind, sort, whom, title, day."""
    whom = f"officer:{draft.officer.pk}" if draft.officer else f"unit:{draft.unit.pk if draft.unit else ''}"
    text = "\n".join([draft.kind, draft.sort, whom, draft.title.strip(), draft.on.isoformat()])
    return hashlib.sha256(text.encode()).hexdigest()


def row_of(draft: Draft, by: Actor, at: datetime.datetime) -> Record:
    """The unsaved row of a placed draft."""
    assert draft.unit is not None
    return Record(
        kind=draft.kind.value,
        sort=draft.sort,
        officer=draft.officer,
        unit=draft.unit,
        for_unit=draft.for_unit,
        leader=draft.leader,
        title=draft.title.strip()[:120],
        level=draft.level,
        points=draft.points,
        on=draft.on,
        expires_on=draft.expires_on,
        document_no=draft.document_no.strip()[:80],
        issuer=draft.issuer.strip()[:100],
        note=draft.note.strip()[:300],
        file=str(draft.source.get("file", ""))[:200],
        row=draft.source.get("row"),
        digest=digest_of(draft),
        recorded_at=at,
        recorder_id=by.user_id,
        by=by.snapshot(),
    )


def subject_name(record: Record) -> str:
    """What the audit trail shows: whom it is about and its title; of a measure only that there is one."""
    whom = str(record.officer) if record.officer else record.unit.name
    what = record.sort_label if record.kind == Kind.MEASURE else record.title
    return f"{whom} · {what}"


def withdraw(*, record: Record, reason: str, by: Actor, at: datetime.datetime) -> RecordWithdrawal:
    """Take a record back: it counts no more from now on and stays readable with the reason. Raises RecordRefused."""
    reason = reason.strip()
    if len(reason) < 5:
        raise RecordRefused(_("Give a reason of at least five characters."), "reason")
    place = place_of_record(record, day_of(at))
    if by != SYSTEM and not may_keep(by, place, record.officer_id, record.leader_id):
        raise RecordRefused(_("You record this for the people of your units, and never about yourself."))
    try:
        with transaction.atomic():
            made = RecordWithdrawal.objects.create(
                record=record, at=at, reason=reason[:300], by=by.snapshot()
            )
            audit.record(
                stream=STREAM,
                action="record_withdrawn",
                by=by,
                at=at,
                subject=record,
                subject_name=subject_name(record),
                reason=reason,
            )
    except IntegrityError as error:
        raise RecordRefused(_("This has been taken back already.")) from error
    return made
