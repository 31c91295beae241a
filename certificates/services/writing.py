"""Writing certificates: numbers without gaps, what is printed, and the design it is printed in."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from certificates.models import AwardRule, Certificate, CertificateEvent, DesignVersion, NumberSeries
from certificates.rules.numbering import certificate_number
from certificates.rules.validity import last_day
from certificates.services.credentials import sign
from certificates.state.training import Event
from exams.models import Attempt, Sitting
from lianbing.people.models import Appointment, Officer, Unit
from lianbing.people.queries import serving_on
from lianbing.people.rules import Actor


@dataclass(frozen=True)
class Pass:
    """One person to be certified; `attempt` and `sitting` are None for one not earned in an exam.

    `basis` is the key of what it is granted for and `basis_title` its name as printed; `score` and `hours`
    are printed where the design asks for them; `renews` is the certificate whose place it takes.
    """

    officer: Officer
    unit_name: str = ""
    attempt: Attempt | None = None
    sitting: Sitting | None = None
    basis: str = ""
    basis_title: str = ""
    score: str = ""
    hours: str = ""
    renews: Certificate | None = None


def write(
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
    day = local_day(at)
    design = _frozen_design(rule, at)
    serials = _take_numbers(rule.number_prefix, day.year, len(people))
    units = _unit_names([one.officer for one in people], day)
    made = Certificate.objects.bulk_create(
        Certificate(
            number=certificate_number(rule.number_prefix, day.year, serial),
            officer=one.officer,
            rule=rule,
            sitting=one.sitting,
            attempt=one.attempt,
            design=design,
            renews=one.renews,
            basis=one.basis,
            issued_at=at,
            valid_from=valid_from,
            valid_until=last_day(valid_from, rule.valid_months),
            snapshot={
                **_printed(rule, one, *units.get(one.officer.pk, (one.unit_name, ""))),
                "first_issued_on": first_issued_on(one.renews) if one.renews else day.isoformat(),
                "design": [str(design.design.uid), design.number] if design else [],
            },
        )
        for serial, one in zip(serials, people, strict=True)
    )
    CertificateEvent.objects.bulk_create(
        CertificateEvent(
            certificate=certificate, kind=Event.ISSUED.value, at=at, actor=by.snapshot(), reason=reason
        )
        for certificate in made
    )
    sign(made, at=at)
    return made


def first_issued_on(certificate: Certificate) -> str:
    """The day the first certificate of a chain was issued (ISO); it is carried on by every renewal."""
    said: str = certificate.snapshot.get("first_issued_on", "")
    return said or local_day(certificate.issued_at).isoformat()


def _frozen_design(rule: AwardRule, at: datetime.datetime) -> DesignVersion | None:
    """The newest version of the rule's design, frozen from now on: what names it must print the same for ever."""
    if rule.design_id is None:
        return None
    newest = (
        DesignVersion.objects.select_for_update(of=("self",))
        .filter(design=rule.design_id)
        .select_related("design")
        .order_by("-number")
        .first()
    )
    if newest is not None and newest.frozen_at is None:
        DesignVersion.objects.filter(pk=newest.pk, frozen_at=None).update(frozen_at=at)
        newest.frozen_at = at
    return newest


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
        "basis": one.basis_title,
        "score": one.score,
        "hours": one.hours,
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


def local_day(moment: datetime.datetime) -> datetime.date:
    """The date of a moment in the bureau's own time zone."""
    return timezone.localtime(moment).date()
