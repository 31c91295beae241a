"""Turning a pass into a certificate, and issuing one by hand."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from certificates.models import AwardRefusal, AwardRule, Certificate
from certificates.queries.outcomes import passes
from certificates.rules.designs import plain
from certificates.rules.eligibility import LAW, Refusal, refusal
from certificates.services.writing import Pass, local_day, write
from exams.models import Attempt, Sitting
from lianbing.kit import audit
from lianbing.people.models import Officer
from lianbing.people.rules import Actor

STREAM = "certificates"
SHORTEST_REASON = 5


class NotReleased(Exception):
    """Only released results become certificates."""


class NotEligible(Exception):
    """This person gets no certificate under this rule; `why` says which refusal it is."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(refusal_text(why))
        self.why = why


class NoReason(Exception):
    """An act by hand needs a reason of at least five characters."""


@dataclass
class AwardReport:
    """What an award did: numbers newly issued, how many existed already, staff numbers refused with reason."""

    issued: list[str] = field(default_factory=list)
    existing: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)


def refusal_text(why: Refusal) -> str:
    """Why a certificate is refused, for people to read."""
    return {
        Refusal.AUXILIARY: _("Auxiliaries may not hold an enforcement certificate (%(law)s).") % {"law": LAW},
        Refusal.CATEGORY: _("The award rule is not for this category of staff."),
        Refusal.LEFT: _("The person has left the bureau."),
    }[why]


def check_reason(reason: str) -> str:
    """The reason without blanks around it. Raises NoReason when it says nothing."""
    trimmed = reason.strip()
    if len(trimmed) < SHORTEST_REASON:
        raise NoReason(_("Give a reason of at least five characters."))
    return trimmed


def award(*, sitting: Sitting, by: Actor, at: datetime.datetime) -> AwardReport:
    """Give everybody who passed a released sitting what its blueprint's active rules promise.

    May be called any number of times: whoever has the certificate of this attempt gets no second one.
    A rule that is not for somebody's category just does not apply; but an auxiliary who passed what
    certifies officers alone is refused by law, and that is written down once, as is who has left.
    Validity counts from the day of release. Raises NotReleased.
    """
    if sitting.released_at is None or sitting.is_rehearsal:
        raise NotReleased(_("The results of this sitting are not released."))
    report = AwardReport()
    rules = list(AwardRule.objects.filter(blueprint_id=sitting.blueprint_id, active=True).order_by("pk"))
    served = {category for rule in rules for category in rule.categories}
    for rule in rules:
        _award_under(rule, sitting, served, report, by=by, at=at)
    return report


def _award_under(
    rule: AwardRule,
    sitting: Sitting,
    served: set[str],
    report: AwardReport,
    *,
    by: Actor,
    at: datetime.datetime,
) -> None:
    """`served` are the categories for which the sitting has any rule: they are not refused by another's."""
    with transaction.atomic():
        # Locking the rule makes parallel awards take turns; the constraint on (rule, attempt) has the last word.
        AwardRule.objects.select_for_update().get(pk=rule.pk)
        candidates = list(passes(sitting))
        done = set(rule.certificates.filter(sitting=sitting).values_list("attempt_id", flat=True))
        known = set(
            rule.refusals.filter(attempt__candidate__sitting=sitting).values_list("attempt_id", flat=True)
        )
        fresh: list[Pass] = []
        for candidate in candidates:
            if candidate.attempt.pk in done:
                report.existing += 1
                continue
            why = why_not(rule, candidate.officer, at)
            if why is None:
                fresh.append(
                    Pass(
                        candidate.officer,
                        candidate.unit_name,
                        candidate.attempt,
                        sitting,
                        score=plain(candidate.score),
                    )
                )
                continue
            if why is not Refusal.LEFT and (why is Refusal.CATEGORY or candidate.officer.category in served):
                continue
            report.refused.append({"staff_number": candidate.staff_number, "reason": refusal_text(why)})
            if candidate.attempt.pk not in known:
                write_refusal(rule, candidate.officer, candidate.attempt, why, by=by, at=at)
        assert sitting.released_at is not None
        made = write(rule, fresh, valid_from=local_day(sitting.released_at), reason="", by=by, at=at)
        if made:
            numbers = [certificate.number for certificate in made]
            report.issued += numbers
            audit.record(
                stream=STREAM,
                action="awarded",
                by=by,
                at=at,
                subject=sitting,
                rule=rule.title,
                numbers=numbers,
            )


def issue_by_hand(
    *,
    rule: AwardRule,
    officer: Officer,
    valid_from: datetime.date,
    reason: str,
    by: Actor,
    at: datetime.datetime,
) -> Certificate:
    """A certificate without an exam of this system behind it, such as one earned before. Raises NoReason, NotEligible."""
    why = why_not(rule, officer, at)
    if why is not None:
        write_refusal(rule, officer, None, why, by=by, at=at)
        raise NotEligible(why)
    reason = check_reason(reason)
    with transaction.atomic():
        made = write(rule, [Pass(officer)], valid_from=valid_from, reason=reason, by=by, at=at)[0]
        audit.record(stream=STREAM, action="issued_by_hand", by=by, at=at, subject=made, reason=reason)
    return made


def why_not(rule: AwardRule, officer: Officer, at: datetime.datetime) -> Refusal | None:
    """Why this person gets nothing under this rule on the day of `at`, or None."""
    gone = officer.left_on is not None and officer.left_on <= local_day(at)
    return refusal(category=officer.category, allowed=rule.categories, has_left=gone)


def write_refusal(
    rule: AwardRule,
    officer: Officer,
    attempt: Attempt | None,
    why: Refusal,
    *,
    by: Actor,
    at: datetime.datetime,
) -> None:
    """Put a refusal on record; `attempt` is None where it was tried by hand."""
    law = LAW if why is Refusal.AUXILIARY else ""
    AwardRefusal.objects.create(rule=rule, officer=officer, attempt=attempt, code=why.value, law=law, at=at)
    audit.record(
        stream=STREAM,
        action="refused",
        by=by,
        at=at,
        subject=officer,
        reason=refusal_text(why),
        rule=rule.title,
        law=law,
    )
