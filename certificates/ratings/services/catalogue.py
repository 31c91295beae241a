"""Changing the catalogue of indicators. What assesses income from fines is refused, and that is written down."""

import datetime
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from certificates.ratings.models import Indicator, IndicatorVersion
from certificates.ratings.rules import catalogue, reading
from certificates.ratings.rules import indicators as rules
from certificates.ratings.rules.problems import Problem
from lianbing.kit import audit
from lianbing.people.rules import Actor

STREAM = "ratings"
BY_LAW = ("fine_income", "money")


class IndicatorRefused(Exception):
    """The rules refuse an indicator: `problems` say why and where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


class CatalogueBusy(Exception):
    """Somebody else was faster; the text says so."""


def save(*, indicator: rules.Indicator, by: Actor, at: datetime.datetime) -> IndicatorVersion:
    """Store an indicator: a new code, the draft of a known one, or a further version beside a frozen one.

    What has been used by an adopted scheme stays as it is. Raises IndicatorRefused, CatalogueBusy.
    """
    if problems := catalogue.check(indicator):
        _note_refusal(indicator, problems, by, at)
        raise IndicatorRefused(problems)
    try:
        with transaction.atomic():
            known, _made = Indicator.objects.get_or_create(code=indicator.code, defaults={"created_at": at})
            version = _stored(known, reading.indicator_spec(indicator), by, at)
            audit.record(
                stream=STREAM,
                action="indicator_saved",
                by=by,
                at=at,
                subject=version,
                code=indicator.code,
                version=version.number,
                spec=version.spec,
            )
    except IntegrityError as error:
        raise CatalogueBusy(_("Somebody changed this indicator at the same moment. Look again.")) from error
    return version


def retire(*, indicator: Indicator, by: Actor, at: datetime.datetime, back: bool = False) -> None:
    """Take an indicator out of the catalogue, or put it `back`. Schemes that use it go on."""
    with transaction.atomic():
        Indicator.objects.filter(pk=indicator.pk).update(retired_at=None if back else at)
        audit.record(
            stream=STREAM,
            action="indicator_restored" if back else "indicator_retired",
            by=by,
            at=at,
            subject=indicator,
        )


def _stored(
    indicator: Indicator, spec: dict[str, object], by: Actor, at: datetime.datetime
) -> IndicatorVersion:
    newest = indicator.versions.order_by("-number").first()
    if newest is not None and newest.frozen_at is None:
        newest.spec, newest.created_at, newest.created_by = spec, at, by.snapshot()
        newest.save(update_fields=["spec", "created_at", "created_by"])
        return newest
    if newest is not None and newest.spec == spec:
        return newest
    return IndicatorVersion.objects.create(
        indicator=indicator,
        number=newest.number + 1 if newest else 1,
        spec=spec,
        created_at=at,
        created_by=by.snapshot(),
    )


def _note_refusal(
    indicator: rules.Indicator, problems: Sequence[Problem], by: Actor, at: datetime.datetime
) -> None:
    """What the law forbids is on record even though nothing was saved."""
    unlawful = [problem for problem in problems if problem.code in BY_LAW]
    if unlawful:
        audit.record(
            stream=STREAM,
            action="indicator_refused",
            by=by,
            at=at,
            subject_name=indicator.title,
            reason=str(unlawful[0].params.get("law", "")),
            fields=sorted({problem.field for problem in unlawful}),
        )
