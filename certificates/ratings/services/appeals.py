"""Appeals against published results: filed by the person (or for a unit by its leader), decided by somebody else."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.ratings.models import Appeal, AppealEvent, PeriodEvent, Result
from certificates.ratings.permissions.pages import READERS, speaks_for_unit
from certificates.ratings.state import Act
from lianbing.kit import audit
from lianbing.people.models import Officer
from lianbing.people.queries import day_of, identities
from lianbing.people.rules import Actor

STREAM = "ratings"
SHORTEST_TEXT = 5


class AppealRefused(Exception):
    """What was asked about an appeal cannot be done; the text says why."""


def file(*, result: Result, text: str, by: Actor, at: datetime.datetime) -> Appeal:
    """Appeal against a result, once per result and while appeals are open. Raises AppealRefused."""
    text = text.strip()
    if why := why_not(result=result, by=by, at=at):
        raise AppealRefused(why)
    if len(text) < SHORTEST_TEXT:
        raise AppealRefused(_("Say in a sentence what you do not agree with."))
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(result=result, text=text[:2000], by=by.snapshot(), at=at)
            _note(appeal, Appeal.State.FILED, text, by, at)
            _record("appeal_filed", appeal, by, at)
    except IntegrityError as error:
        raise AppealRefused(_("An appeal against this result waits for a decision already.")) from error
    return appeal


def why_not(*, result: Result, by: Actor, at: datetime.datetime) -> str:
    """Why `by` cannot appeal against this result just now, in words; "" when they can. A few statements."""
    period = result.statement.period
    if not concerns(result, by):
        return _("Only the person a result is about can appeal against it.")
    if period.appeals_until is None or day_of(at) > period.appeals_until:
        return _("The days for appeals are over.")
    if any(one.state != Appeal.State.WITHDRAWN for one in result.appeals.all()):
        return _("You have appealed against this result already.")
    published = PeriodEvent.objects.filter(period=period, kind=Act.PUBLISHED).order_by("pk").last()
    if published is None or published.statement_id != result.statement_id:
        return _("This result is not the one in force. Appeal against the newest.")
    return ""


def withdraw(*, appeal: Appeal, by: Actor, at: datetime.datetime) -> None:
    """Take one's own appeal back before it is decided. Raises AppealRefused."""
    if not concerns(appeal.result, by):
        raise AppealRefused(_("Only the person a result is about can appeal against it."))
    with transaction.atomic():
        _close(appeal, Appeal.State.WITHDRAWN)
        _note(appeal, Appeal.State.WITHDRAWN, "", by, at)
        _record("appeal_withdrawn", appeal, by, at)


def decide(*, appeal: Appeal, upheld: bool, decision: str, by: Actor, at: datetime.datetime) -> None:
    """Uphold or reject an appeal, with a reason its author reads. Never in one's own matter, and never by
    the person who confirmed the result. An appeal upheld changes no points by itself: the record behind them
    is put right and the period corrected. Raises AppealRefused.
    """
    decision = decision.strip()
    if why := why_not_decide(appeal=appeal, by=by):
        raise AppealRefused(why)
    if len(decision) < SHORTEST_TEXT:
        raise AppealRefused(_("Give the reasons in a sentence; the person reads them."))
    state = Appeal.State.UPHELD if upheld else Appeal.State.REJECTED
    with transaction.atomic():
        _close(appeal, state, decided_at=at, decided_by=by.snapshot(), decision=decision[:2000])
        _note(appeal, state, decision, by, at)
        _record("appeal_upheld" if upheld else "appeal_rejected", appeal, by, at, decision)


def why_not_decide(*, appeal: Appeal, by: Actor) -> str:
    """Why `by` may not decide about an appeal, in words; "" when they may."""
    if concerns(appeal.result, by) or by.staff_number == appeal.by.get("staff_number"):
        return _("Nobody decides about their own result.")
    if not by.covers(appeal.result.roll.unit_path, *READERS):
        return _("You do not decide about results of this unit.")
    if by.staff_number in _confirmed_by(appeal.result):
        return _("You confirmed this result: somebody else decides about the appeal.")
    return ""


def concerns(result: Result, by: Actor) -> bool:
    """Whether a result is about this person, or about a unit this person leads."""
    if result.officer_id is None:
        return speaks_for_unit(by, result.roll.unit_path)
    if by.officer_id is None:
        return False
    return by.officer_id == result.officer_id or result.officer_id in identities(Officer(pk=by.officer_id))


def _confirmed_by(result: Result) -> set[str]:
    rows = PeriodEvent.objects.filter(statement=result.statement_id, kind=Act.CONFIRMED)
    return {str(actor.get("staff_number")) for actor in rows.values_list("actor", flat=True)}


def _close(appeal: Appeal, state: str, **values: object) -> None:
    """Exactly one decision: whoever comes second is told so."""
    changed = Appeal.objects.filter(pk=appeal.pk, state=Appeal.State.FILED).update(state=state, **values)
    if changed != 1:
        raise AppealRefused(_("This appeal has been decided or withdrawn already."))
    appeal.refresh_from_db()


def _note(appeal: Appeal, kind: str, text: str, by: Actor, at: datetime.datetime) -> None:
    AppealEvent.objects.create(appeal=appeal, kind=kind, at=at, actor=by.snapshot(), text=text)


def _record(action: str, appeal: Appeal, by: Actor, at: datetime.datetime, reason: str = "") -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=appeal,
        subject_name=appeal.result.roll.name,
        reason=reason,
        result=str(appeal.result.uid),
    )
