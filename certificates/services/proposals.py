"""Proposals that follow from failed change exams: made by themselves, decided by a person (PIPL art. 24).

What a confirmed proposal does is an ordinary change of the register; the register's own rules have the last word.
"""

import datetime
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.models import Proposal, ProposalStatement
from certificates.queries.eligibility import in_force
from certificates.queries.proposals import Wanted, open_proposals, wanted
from certificates.rules.proposing import Policy, Proposed, key
from certificates.services.enforcement import changing
from certificates.state.enforcement import Kind
from lianbing.kit import audit
from lianbing.people.models import Officer
from lianbing.people.queries import day_of
from lianbing.people.rules import SYSTEM, Actor

STREAM = "certificates"
SHORTEST_REASON = 5
# What a confirmed proposal records in the register, and the reason it gives.
CHANGES = {
    Proposed.SUSPEND: (Kind.SUSPENDED, "change_exam_failed"),
    Proposed.REINSTATE: (Kind.REINSTATED, "resit_passed"),
    Proposed.WITHDRAW: (Kind.WITHDRAWN, "failed_again"),
    Proposed.REVOKE: (Kind.REVOKED, "failed_again"),
}


class ProposalRefused(Exception):
    """Nothing was decided; the text says why. `code`: decided, own, person, reason, text."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


def review(*, at: datetime.datetime, officers: Collection[int] | None = None) -> int:
    """Let proposals lapse whose ground went away and make those that are due, of these people or of all.

    Returns how many were made. May run any number of times: the same failure proposes the same thing once.
    """
    rules = in_force(day_of(at))
    found = wanted(rules.proposals if rules else Policy(), at, officers)
    waiting = set()
    for proposal in open_proposals(officers):
        if not _still(proposal, found.get(proposal.officer_id, [])):
            _lapse(proposal, at)
        else:
            waiting.add(proposal.officer_id)
    due = {pk: ways for pk, ways in found.items() if pk not in waiting}
    keys = {key(way.proposed, way.cause, pk) for pk, ways in due.items() for way in ways}
    known = set(Proposal.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else set()
    made = 0
    for pk, ways in due.items():
        fresh = next((way for way in ways if key(way.proposed, way.cause, pk) not in known), None)
        made += fresh is not None and _make(pk, fresh, rules.pk if rules else None, at)
    return made


def _still(proposal: Proposal, ways: Collection[Wanted]) -> bool:
    return any(way.proposed == proposal.proposed and way.cause.origin == proposal.cause for way in ways)


def _lapse(proposal: Proposal, at: datetime.datetime) -> None:
    with transaction.atomic():
        mine = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.OPEN)
        if mine.update(state=Proposal.State.LAPSED, decided_at=at, decided_by=SYSTEM.snapshot()) == 1:
            _record("proposal_lapsed", proposal, SYSTEM, at)


def _make(officer_id: int, way: Wanted, rules_id: int | None, at: datetime.datetime) -> bool:
    try:
        with transaction.atomic():
            made = Proposal.objects.create(
                officer_id=officer_id,
                proposed=way.proposed.value,
                cause=way.cause.origin,
                key=key(way.proposed, way.cause, officer_id),
                title=way.cause.title[:200],
                evidence=_evidence(way),
                rules_id=rules_id,
                made_at=at,
            )
            _record("proposal_made", made, SYSTEM, at)
    except IntegrityError:  # another process made it at the same moment
        return False
    return True


def _evidence(way: Wanted) -> dict[str, Any]:
    """What whoever decides reads, as it was known when the proposal was made."""
    cause, out = way.cause, way.suspension
    return {
        "fails": [moment.isoformat() for moment in cause.fails],
        "passed_at": cause.passed_at.isoformat() if cause.passed_at else None,
        "late": cause.late,
        "url": cause.url,
        "suspended_at": out.since.isoformat() if out else None,
        "hours": str(out.hours) if out else None,
    }


def confirm(
    *,
    proposal: Proposal,
    on: datetime.date,
    document_no: str,
    note: str = "",
    by: Actor,
    at: datetime.datetime,
) -> Proposal:
    """Do what is proposed: a person enters it in the register, from the day `on`.

    Raises ProposalRefused (own, person, decided), and what the register raises (`services.enforcement.changing`:
    Refused, NotEligible, Oneself); then nothing is changed.
    """
    _check_person(proposal, by)
    review(at=at, officers=[proposal.officer_id])
    proposed = Proposed(proposal.proposed)
    kind, reason_code = CHANGES[proposed]
    officer = Officer.objects.select_related("merged_into").get(pk=proposal.officer_id)
    why = changing.ineligible(officer, kind, day_of(at))
    if why:  # written down outside the transaction that the refusal rolls back
        raise changing.refuse(officer=officer, why=why, kind=kind, note=note, by=by, at=at)
    with transaction.atomic():
        _decide(
            proposal,
            Proposal.State.CONFIRMED,
            by,
            at,
            decided_on=on,
            document_no=document_no[:64],
            reason=note[:300],
        )
        changing.change(
            officer=officer,
            kind=kind,
            on=on,
            reason_code=reason_code,
            document_no=document_no,
            note=note,
            data={"proposal": str(proposal.uid)},
            by=by,
            at=at,
        )
        _record("proposal_confirmed", proposal, by, at, reason=note, document_no=document_no)
    return proposal


def dismiss(*, proposal: Proposal, reason: str, by: Actor, at: datetime.datetime) -> Proposal:
    """Leave everything as it is, and say why. The same failure is not proposed again.

    Raises ProposalRefused (own, person, reason, decided).
    """
    _check_person(proposal, by)
    said = reason.strip()
    if len(said) < SHORTEST_REASON:
        raise ProposalRefused("reason", _("Give a reason of at least five characters."))
    with transaction.atomic():
        _decide(proposal, Proposal.State.DISMISSED, by, at, reason=said[:300])
        _record("proposal_dismissed", proposal, by, at, reason=said)
    return proposal


def state_case(*, proposal: Proposal, text: str, by: Actor, at: datetime.datetime) -> ProposalStatement:
    """The person concerned is heard, as long as nothing is decided. Raises ProposalRefused (own, text, decided)."""
    if by.officer_id is None or by.officer_id != proposal.officer_id:
        raise ProposalRefused("own", _("Only the person concerned states their case here."))
    said = text.strip()
    if not said or len(said) > 1000:
        raise ProposalRefused("text", _("Write between 1 and 1000 characters."))
    with transaction.atomic():
        now = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if now.state != Proposal.State.OPEN:
            raise _decided()
        made = ProposalStatement.objects.create(proposal=now, text=said, at=at)
        _record("proposal_answered", now, by, at)
    return made


def _check_person(proposal: Proposal, by: Actor) -> None:
    if by.user_id is None:
        raise ProposalRefused("person", _("Only a person decides about a proposal."))
    if by.officer_id is not None and by.officer_id == proposal.officer_id:
        raise ProposalRefused("own", _("Nobody decides about themselves."))


def _decided() -> ProposalRefused:
    return ProposalRefused("decided", _("This proposal is decided already, or its ground has gone."))


def _decide(proposal: Proposal, state: str, by: Actor, at: datetime.datetime, **said: Any) -> None:
    mine = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.OPEN)
    if mine.update(state=state, decided_at=at, decided_by=by.snapshot(), **said) != 1:
        raise _decided()
    proposal.refresh_from_db()


def _record(
    action: str, proposal: Proposal, by: Actor, at: datetime.datetime, reason: str = "", **details: Any
) -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=proposal,
        subject_name=f"{proposal.officer.name} · {proposal.title}",
        reason=reason,
        proposed=proposal.proposed,
        **details,
    )
