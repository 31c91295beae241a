"""Granting certificates in the browser: for a finished class or course, or by hand."""

import datetime
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from certificates.models import AwardRule, Certificate
from certificates.rules.eligibility import Refusal
from certificates.services.issuing import STREAM, check_reason, refusal_text, why_not, write_refusal
from certificates.services.writing import Pass, write
from lianbing.kit import audit
from lianbing.people.rules import Actor

MOST_AT_ONCE = 500


class GrantRefused(Exception):
    """Nothing was issued; the message says why."""


@dataclass
class Granted:
    """What a grant did: certificates issued, people who had theirs already, and who was refused, why."""

    issued: list[Certificate] = field(default_factory=list)
    existing: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def hand_basis(token: uuid.UUID) -> str:
    """The basis of one form filled in by hand: sent twice, it issues once."""
    return f"hand:{token}"


def grant(
    *,
    rule: AwardRule,
    people: Sequence[Pass],
    valid_from: datetime.date,
    reason: str,
    by: Actor,
    at: datetime.datetime,
) -> Granted:
    """Issue certificates to people who all rest on the same basis; whoever has it already gets no second one.

    Who is not eligible is left out and told; an auxiliary under a rule for officers is refused by law and that
    is put on record, once a day. Never to oneself. Raises GrantRefused, NoReason.
    """
    reason = check_reason(reason)
    _check(rule, people, by)
    told = Granted()
    with transaction.atomic():
        # Locking the rule makes parallel grants take turns; the constraint on the basis has the last word.
        held = AwardRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
        done = _holders(held, {one.basis for one in people})
        fresh = []
        for one in people:
            why = why_not(held, one.officer, at)
            if (one.basis, one.officer.pk) in done:
                told.existing += 1
            elif why is None:
                fresh.append(one)
            else:
                told.refused.append((one.officer.name, refusal_text(why)))
                _record_refusal(held, one, why, by, at)
        told.issued = write(held, fresh, valid_from=valid_from, reason=reason, by=by, at=at)
        if told.issued:
            numbers = [one.number for one in told.issued]
            basis = fresh[0].basis_title
            audit.record(
                stream=STREAM,
                action="granted",
                by=by,
                at=at,
                subject=held,
                reason=reason,
                numbers=numbers,
                basis=basis,
            )
    return told


def _check(rule: AwardRule, people: Sequence[Pass], by: Actor) -> None:
    if not rule.active:
        raise GrantRefused(_("This award rule is not in use any more."))
    if not people:
        raise GrantRefused(_("Nobody was chosen."))
    if len(people) > MOST_AT_ONCE:
        raise GrantRefused(_("At most %(most)d people at once.") % {"most": MOST_AT_ONCE})
    if any(not one.basis for one in people):
        raise GrantRefused(_("What is it granted for?"))
    if by.officer_id is not None and any(one.officer.pk == by.officer_id for one in people):
        raise GrantRefused(_("Nobody grants a certificate to oneself; ask a colleague."))


def _holders(rule: AwardRule, bases: Collection[str]) -> set[tuple[str, int]]:
    return set(rule.certificates.filter(basis__in=bases).values_list("basis", "officer_id"))


def _record_refusal(rule: AwardRule, one: Pass, why: Refusal, by: Actor, at: datetime.datetime) -> None:
    """Once a day for each person and rule: pressing the button again adds nothing."""
    since = at - datetime.timedelta(days=1)
    if not rule.refusals.filter(officer=one.officer, code=why.value, at__gt=since, at__lte=at).exists():
        write_refusal(rule, one.officer, None, why, by=by, at=at)
