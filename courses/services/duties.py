"""Part-time duties (兼职): their kinds, and who carries them from when until when."""

import datetime
import secrets
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, connections, transaction
from django.db.models import Q

from courses.models.duties import DutyHolder, DutyRole
from courses.permissions.duties import can_keep
from courses.rules.duties import PRESETS
from lianbing.kit import audit
from lianbing.people.models import Officer, Unit
from lianbing.people.queries import appointment_of, day_of
from lianbing.people.rules import SYSTEM, Actor
from lianbing.people.services.officers import tell

STREAM = "courses"


class DutyRefused(Exception):
    """Nothing was saved. `code`: not_allowed, held (already), left, nowhere (the person serves nowhere on that
    day), closed, taken (a name), too_early (ends before it begins), ended (already)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def install_after_migrate(using: str, **kwargs: object) -> None:
    """Receiver of post_migrate: the usual duties, while the bureau has none. What it closes stays closed."""
    del kwargs
    if DutyRole._meta.db_table not in connections[using].introspection.table_names():
        return
    rows = DutyRole.objects.using(using)
    if not rows.exists():
        rows.bulk_create(DutyRole(code=code, name=name) for code, name in PRESETS)


def _may(by: Actor, unit_path: str) -> bool:
    return by == SYSTEM or can_keep(by, unit_path)


def add_role(*, name: str, by: Actor, at: datetime.datetime) -> DutyRole:
    """A new kind of duty; its code is drawn and never changes. Raises DutyRefused("taken")."""
    if not _may(by, ""):
        raise DutyRefused("not_allowed")
    try:
        with transaction.atomic():
            made = DutyRole.objects.create(code=f"duty-{secrets.token_hex(4)}", name=name.strip()[:40])
            audit.record(stream=STREAM, action="duty_role_added", by=by, at=at, subject=made)
    except IntegrityError as error:
        raise DutyRefused("taken") from error
    return made


def set_closed(*, role: DutyRole, closed: bool, by: Actor, at: datetime.datetime) -> None:
    """Give a duty no more, or again. Who carries it keeps it."""
    if not _may(by, ""):
        raise DutyRefused("not_allowed")
    with transaction.atomic():
        if DutyRole.objects.filter(pk=role.pk, closed=not closed).update(closed=closed) == 1:
            action = "duty_role_closed" if closed else "duty_role_opened"
            audit.record(stream=STREAM, action=action, by=by, at=at, subject=role)


def give(
    *,
    officer: Officer,
    duty: DutyRole,
    unit: Unit,
    starts_on: datetime.date,
    by: Actor,
    at: datetime.datetime,
    ends_on: datetime.date | None = None,
) -> DutyHolder:
    """Give a duty for a unit to somebody who serves on that day. Raises DutyRefused."""
    _check(officer, duty, unit, starts_on, ends_on, by)
    held = DutyHolder.objects.filter(officer=officer, duty=duty, unit=unit, ends_on=None)
    try:
        with transaction.atomic():
            if held.exists():
                raise DutyRefused("held")
            made = DutyHolder.objects.create(
                officer=officer, duty=duty, unit=unit, starts_on=starts_on, ends_on=ends_on, recorded_at=at
            )
            said: dict[str, Any] = {"duty": duty.name, "unit": unit.name, "starts_on": starts_on.isoformat()}
            audit.record(stream=STREAM, action="duty_given", by=by, at=at, subject=officer, **said)
            tell([officer.pk], starts_on, at)
    except IntegrityError as error:
        raise DutyRefused("held") from error
    return made


def _check(
    officer: Officer,
    duty: DutyRole,
    unit: Unit,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    by: Actor,
) -> None:
    here = appointment_of(officer, starts_on)
    if not _may(by, unit.path) or (here is not None and not _may(by, here.unit.path)):
        raise DutyRefused("not_allowed")
    if duty.closed:
        raise DutyRefused("closed")
    if officer.merged_into_id or (officer.left_on and officer.left_on <= starts_on):
        raise DutyRefused("left")
    if here is None:
        raise DutyRefused("nowhere")
    if ends_on is not None and ends_on <= starts_on:
        raise DutyRefused("too_early")


def end(*, holder: DutyHolder, ends_on: datetime.date, by: Actor, at: datetime.datetime) -> None:
    """Somebody carries a duty no more from `ends_on` on. Raises DutyRefused."""
    if not _may(by, holder.unit.path):
        raise DutyRefused("not_allowed")
    if ends_on <= holder.starts_on:
        raise DutyRefused("too_early")
    with transaction.atomic():
        if not _end(holder, ends_on, by, at):
            raise DutyRefused("ended")
        tell([holder.officer_id], ends_on, at)


def _end(holder: DutyHolder, ends_on: datetime.date, by: Actor, at: datetime.datetime) -> bool:
    """Whether it was still open, and is ended now and on record."""
    if DutyHolder.objects.filter(pk=holder.pk, ends_on=None).update(ends_on=ends_on) != 1:
        return False
    said = {"duty": holder.duty.name, "unit": holder.unit.name, "ends_on": ends_on.isoformat()}
    audit.record(stream=STREAM, action="duty_ended", by=by, at=at, subject=holder.officer, **said)
    return True


@transaction.atomic
def end_departed(officers: Collection[int] | None, at: datetime.datetime) -> int:
    """End the duties of those of these officers (None = everybody) who have left the bureau or whose record was
    merged. Returns how many. Who is to leave later keeps them until then. One statement when there are none.
    """
    today = day_of(at)
    gone = Q(officer__left_on__lte=today) | Q(officer__merged_into__isnull=False)
    held = DutyHolder.objects.filter(gone, ends_on=None, starts_on__lte=today)
    if officers is not None:
        held = held.filter(officer__in=officers)
    count = 0
    for holder in held.select_related("officer", "duty", "unit"):
        left = min(holder.officer.left_on or today, today)
        count += _end(holder, max(left, holder.starts_on + datetime.timedelta(days=1)), SYSTEM, at)
    return count
