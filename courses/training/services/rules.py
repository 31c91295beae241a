"""Study rules in versions: adopt what the founding documents state, make, change, close; deductions."""

import datetime
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from courses.training.models import StudyDeduction, StudyRule
from courses.training.permissions.rules import can_change
from courses.training.rules.study_presets import PRESETS
from lianbing.kit import audit
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import day_of
from lianbing.people.rules import Actor

STREAM = "training"
STATED = (
    "title",
    "unit",
    "subject",
    "period",
    "count",
    "minimum_minutes",
    "categories",
    "demand",
    "kinds",
    "topical",
    "self_study",
    "late_counts",
    "early_counts",
    "audience",
    "red_days",
    "source",
)


class RuleRefused(Exception):
    """Nothing was saved. `code`: not_allowed, too_early (a version begins after the one before it), closed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _allow(by: Actor, unit: Unit) -> None:
    if not can_change(by, unit.path):
        raise RuleRefused("not_allowed")


def _asks(rule: StudyRule) -> dict[str, Any]:
    """What a version asks, for the audit trail."""
    said = {name: getattr(rule, name) for name in STATED if name not in {"unit", "title", "subject"}}
    return {
        **said,
        "owed_by": rule.subject,
        "unit": rule.unit.name,
        "holds_from": rule.holds_from.isoformat(),
        "number": rule.number,
    }


def _store(rule: StudyRule, action: str, by: Actor, at: datetime.datetime) -> StudyRule:
    rule.created_at, rule.created_by = at, by.snapshot()
    rule.save(force_insert=True)
    audit.record(stream=STREAM, action=action, by=by, at=at, subject=rule, **_asks(rule))
    return rule


def make(*, rule: StudyRule, by: Actor, at: datetime.datetime) -> StudyRule:
    """Save a new rule, which holds from its `holds_from` on; it may have begun in the past."""
    _allow(by, rule.unit)
    with transaction.atomic():
        return _store(rule, "study_rule_made", by, at)


def revise(*, before: StudyRule, rule: StudyRule, by: Actor, at: datetime.datetime) -> StudyRule:
    """Let `rule` follow `before` as the next version from its `holds_from` on; the old one ends the day before.

    Raises RuleRefused: too_early when it does not begin after the old one, closed when that has an end or
    somebody else changed it at this moment.
    """
    _allow(by, before.unit)
    _allow(by, rule.unit)
    if rule.holds_from <= before.holds_from:
        raise RuleRefused("too_early")
    rule.family, rule.number, rule.preset = before.family, before.number + 1, before.preset
    try:
        with transaction.atomic():
            _end(before, rule.holds_from - datetime.timedelta(days=1))
            return _store(rule, "study_rule_changed", by, at)
    except IntegrityError as error:
        raise RuleRefused("closed") from error


def _end(rule: StudyRule, last: datetime.date) -> None:
    if StudyRule.objects.filter(pk=rule.pk, holds_to=None).update(holds_to=last) != 1:
        raise RuleRefused("closed")
    rule.holds_to = last


def close(*, rule: StudyRule, last: datetime.date, by: Actor, at: datetime.datetime) -> None:
    """A rule judges no period that begins after `last`; those that began before it judges as ever."""
    _allow(by, rule.unit)
    if last < rule.holds_from - datetime.timedelta(days=1):
        raise RuleRefused("too_early")
    with transaction.atomic():
        _end(rule, last)
        audit.record(
            stream=STREAM, action="study_rule_closed", by=by, at=at, subject=rule, last=last.isoformat()
        )


def missing_presets(unit: Unit) -> list[str]:
    """The codes of the presets that the unit has not in use."""
    held = StudyRule.objects.filter(unit=unit, holds_to=None).exclude(preset="")
    used = set(held.values_list("preset", flat=True))
    return [preset.code for preset in PRESETS if preset.code not in used]


def adopt(
    *,
    unit: Unit,
    codes: Collection[str],
    by: Actor,
    at: datetime.datetime,
    holds_from: datetime.date | None = None,
) -> list[StudyRule]:
    """Take these presets for a unit, from the first of January unless told; what is in use is left alone."""
    _allow(by, unit)
    since = holds_from or day_of(at).replace(month=1, day=1)
    made = []
    with transaction.atomic():
        wanted = set(codes) & set(missing_presets(unit))
        for preset in PRESETS:
            if preset.code not in wanted:
                continue
            earlier = StudyRule.objects.filter(unit=unit, preset=preset.code)
            last = earlier.aggregate(last=Max("number"))["last"] or 0
            rule = StudyRule(
                preset=preset.code,
                number=last + 1,
                title=preset.title,
                unit=unit,
                subject=preset.subject,
                period=preset.period,
                count=preset.count,
                minimum_minutes=preset.minimum_minutes,
                categories=list(preset.categories),
                demand=preset.demand,
                kinds=list(preset.kinds),
                topical=preset.topical,
                self_study=preset.self_study,
                red_days=preset.red_days,
                holds_from=since,
                source=preset.source,
            )
            made.append(_store(rule, "study_rule_made", by, at))
    return made


def set_deduction(
    *,
    unit: Unit,
    late: Decimal,
    left_early: Decimal,
    absent: Decimal,
    holds_from: datetime.date,
    by: Actor,
    at: datetime.datetime,
) -> StudyDeduction:
    """Say what coming late, leaving early or staying away costs in a unit and below, from a day on."""
    _allow(by, unit)
    with transaction.atomic():
        made = StudyDeduction.objects.create(
            unit=unit,
            late=late,
            left_early=left_early,
            absent=absent,
            holds_from=holds_from,
            recorded_at=at,
            by=by.snapshot(),
        )
        said = {"late": str(late), "left_early": str(left_early), "absent": str(absent)}
        audit.record(
            stream=STREAM,
            action="deduction_set",
            by=by,
            at=at,
            subject=made,
            holds_from=holds_from.isoformat(),
            **said,
        )
    return made


def record_printing(
    *, officer: Officer, as_of: datetime.date | None, by: Actor, at: datetime.datetime
) -> None:
    """Write down that somebody took a personal training file to paper."""
    said = {"as_of": as_of.isoformat() if as_of else ""}
    audit.record(stream=STREAM, action="file_printed", by=by, at=at, subject=officer, **said)
