"""Turning a pass into a certificate, and issuing one by hand."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.models import AwardRefusal, AwardRule, Certificate, CertificateEvent, NumberSeries
from certificates.queries.outcomes import passes
from certificates.rules.eligibility import LAW, Refusal, refusal
from certificates.rules.numbering import certificate_number
from certificates.rules.validity import last_day
from certificates.state.training import Event
from exams.models import Attempt, Sitting
from lianbing.kit import audit
from lianbing.people.models import Appointment, Officer, Unit
from lianbing.people.queries import serving_on
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


@dataclass(frozen=True)
class Pass:
    """One person to be certified; `attempt` and `sitting` are None for one issued by hand."""

    officer: Officer
    unit_name: str = ""
    attempt: Attempt | None = None
    sitting: Sitting | None = None


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
            why = _why_not(rule, candidate.officer, at)
            if why is None:
                fresh.append(Pass(candidate.officer, candidate.unit_name, candidate.attempt, sitting))
                continue
            if why is not Refusal.LEFT and (why is Refusal.CATEGORY or candidate.officer.category in served):
                continue
            report.refused.append({"staff_number": candidate.staff_number, "reason": refusal_text(why)})
            if candidate.attempt.pk not in known:
                _write_refusal(rule, candidate.officer, candidate.attempt, why, by=by, at=at)
        assert sitting.released_at is not None
        made = _issue(rule, fresh, valid_from=_local_day(sitting.released_at), reason="", by=by, at=at)
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
    why = _why_not(rule, officer, at)
    if why is not None:
        _write_refusal(rule, officer, None, why, by=by, at=at)
        raise NotEligible(why)
    reason = check_reason(reason)
    with transaction.atomic():
        made = _issue(rule, [Pass(officer)], valid_from=valid_from, reason=reason, by=by, at=at)[0]
        audit.record(stream=STREAM, action="issued_by_hand", by=by, at=at, subject=made, reason=reason)
    return made


def _why_not(rule: AwardRule, officer: Officer, at: datetime.datetime) -> Refusal | None:
    gone = officer.left_on is not None and officer.left_on <= _local_day(at)
    return refusal(category=officer.category, allowed=rule.categories, has_left=gone)


def _write_refusal(
    rule: AwardRule,
    officer: Officer,
    attempt: Attempt | None,
    why: Refusal,
    *,
    by: Actor,
    at: datetime.datetime,
) -> None:
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


def _issue(
    rule: AwardRule,
    people: Sequence[Pass],
    *,
    valid_from: datetime.date,
    reason: str,
    by: Actor,
    at: datetime.datetime,
) -> list[Certificate]:
    """Insert certificates with their first event. Must run inside a transaction: the numbers leave no gap."""
    if not people:
        return []
    day = _local_day(at)
    serials = _take_numbers(rule.number_prefix, day.year, len(people))
    units = _unit_names([one.officer for one in people], day)
    made = Certificate.objects.bulk_create(
        Certificate(
            number=certificate_number(rule.number_prefix, day.year, serial),
            officer=one.officer,
            rule=rule,
            sitting=one.sitting,
            attempt=one.attempt,
            issued_at=at,
            valid_from=valid_from,
            valid_until=last_day(valid_from, rule.valid_months),
            snapshot=_printed(rule, one, *units.get(one.officer.pk, (one.unit_name, ""))),
        )
        for serial, one in zip(serials, people, strict=True)
    )
    CertificateEvent.objects.bulk_create(
        CertificateEvent(
            certificate=certificate, kind=Event.ISSUED.value, at=at, actor=by.snapshot(), reason=reason
        )
        for certificate in made
    )
    return made


def _printed(rule: AwardRule, one: Pass, unit_name: str, bureau: str) -> dict[str, str]:
    """What the certificate says, apart from its dates: a later change of name or unit alters nothing."""
    return {
        "title": rule.title,
        "name": one.officer.name,
        "staff_number": one.officer.staff_number,
        "category": one.officer.category,
        "unit": unit_name,
        "issuer": bureau,
        "exam": one.sitting.title if one.sitting else "",
    }


def _take_numbers(prefix: str, year: int, count: int) -> Iterable[int]:
    series, _made = NumberSeries.objects.get_or_create(prefix=prefix, year=year)
    NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + count)
    series.refresh_from_db()
    return range(series.last - count + 1, series.last + 1)


def _unit_names(officers: list[Officer], on: datetime.date) -> dict[int, tuple[str, str]]:
    """Officer -> the names of the unit they serve in and of the bureau above it."""
    rows = Appointment.objects.filter(serving_on(on), officer__in=officers)
    bureaus = dict(Unit.get_root_nodes().values_list("path", "name"))
    return {
        officer: (name, bureaus.get(path[: Unit.steplen], ""))
        for officer, name, path in rows.values_list("officer_id", "unit__name", "unit__path")
    }


def _local_day(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment).date()
