"""Yearly targets: what a year asks of whom. A target may change as long as its year is open."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.training.models import YearTarget
from courses.training.rules.periods import whole_year
from courses.training.services.locks import STREAM, check_open
from lianbing.kit import audit
from lianbing.people.rules import Actor


class TargetRefused(Exception):
    """A target cannot be stored so. The text says why."""


def save_target(*, target: YearTarget, by: Actor, at: datetime.datetime) -> YearTarget:
    """Store a new or changed target, with what it says now on record. Raises TargetRefused, PeriodLocked.

    Any closed part of the bureau's year closes its targets: figures reported do not change afterwards.
    """
    new = target.pk is None
    try:
        with transaction.atomic():
            first, last = whole_year(target.year)
            check_open(first, None, until=last)
            target.save()
            _record("target_created" if new else "target_changed", target, by, at)
    except IntegrityError as error:
        raise TargetRefused(_("There is a target of this name in this year already.")) from error
    return target


def remove_target(*, target: YearTarget, by: Actor, at: datetime.datetime) -> None:
    """Take a target away. Raises PeriodLocked."""
    with transaction.atomic():
        first, last = whole_year(target.year)
        check_open(first, None, until=last)
        _record("target_removed", target, by, at)
        YearTarget.objects.filter(pk=target.pk).delete()


def _record(action: str, target: YearTarget, by: Actor, at: datetime.datetime) -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=target,
        audience=target.audience,
        hours=str(target.hours),
        law_hours=str(target.law_hours),
        online_percent=target.online_percent,
        days=str(target.days),
        either=target.either,
        carry_most=str(target.carry_most),
    )
