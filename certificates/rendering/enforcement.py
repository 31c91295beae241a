"""The history of an enforcement certificate in words."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from certificates.models import EnforcementEvent
from certificates.models.enforcement_labels import KIND_LABELS, REASON_LABELS
from certificates.state.enforcement import FAIL, Kind


@dataclass(frozen=True)
class Told:
    """One line of the history. `facts` are sentences; `note` and `by` are empty for the holder's own eyes."""

    label: Any
    on: datetime.date
    at: datetime.datetime
    reason: Any
    document_no: str
    facts: list[str]
    note: str
    by: str
    taken_over: bool


def told(event: EnforcementEvent, *, own: bool) -> Told:
    """An event in the reader's language. The holder reads what was decided and why, not who typed it."""
    return Told(
        label=KIND_LABELS[Kind(event.kind)],
        on=event.on,
        at=event.at,
        reason=REASON_LABELS.get(event.reason_code, event.reason_code),
        document_no=event.document_no,
        facts=facts(event),
        note="" if own else event.note,
        by="" if own else str(event.actor.get("name", "")),
        taken_over=event.taken_over,
    )


def facts(event: EnforcementEvent) -> list[str]:
    """What the event itself says: numbers, days, result."""
    said = event.data
    lines = []
    if said.get("certificate_no"):
        lines.append(_("Certificate %(number)s") % {"number": said["certificate_no"]})
    if said.get("valid_from") or said.get("valid_until"):
        span = {"begins": said.get("valid_from", "…"), "ends": said.get("valid_until", "…")}
        lines.append(_("Valid from %(begins)s to %(ends)s") % span)
    if said.get("first_issued_on"):
        lines.append(_("First issued on %(day)s") % {"day": said["first_issued_on"]})
    if said.get("blocked_until"):
        lines.append(_("No new application until %(day)s") % {"day": said["blocked_until"]})
    if said.get("specialist_exam"):
        lines.append(_("Specialist paper: %(exam)s") % {"exam": said["specialist_exam"]})
    return lines + (_review(said) if event.kind == Kind.REVIEWED else [])


def _review(said: dict[str, Any]) -> list[str]:
    lines = [
        _("Review of %(year)s: %(result)s")
        % {"year": said.get("year"), "result": _("not passed") if said.get("result") == FAIL else _("passed")}
    ]
    if said.get("hours"):
        lines.append(_("%(hours)s training hours") % {"hours": said["hours"]})
    if said.get("exam"):
        lines.append(_("Exam passed"))
    if said.get("conduct"):
        lines.append(_("Conduct without blame"))
    return lines
