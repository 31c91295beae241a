"""Conversion tables: drafted by one person, approved by another, frozen from then on."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from courses.training.models import ConversionTable
from courses.training.queries.tables import approved_tables
from courses.training.rules.conversion import PRESETS, Table, check, to_json
from courses.training.services.locks import STREAM
from lianbing.kit import audit
from lianbing.people.rules import SYSTEM, Actor

FIRST_DAY = datetime.date(2000, 1, 1)


class TableRefused(Exception):
    """A table cannot be changed or approved so. The text says why."""


def ensure_first(at: datetime.datetime) -> None:
    """Put the first preset in force where no table is: a new bureau counts 8 hours a day until it says else."""
    if ConversionTable.objects.exclude(approved_at=None).exists():
        return
    preset = PRESETS[0]
    ConversionTable.objects.get_or_create(
        version=_next_version(),
        defaults={
            "title": preset.title,
            "holds_from": FIRST_DAY,
            "rules": to_json(preset.table),
            "note": preset.source,
            "drafted_at": at,
            "drafted_by": SYSTEM.snapshot(),
            "approved_at": at,
            "approved_by": SYSTEM.snapshot(),
        },
    )


def tables_for_grants(at: datetime.datetime) -> list[ConversionTable]:
    """The approved tables, the one that holds first being first; the first preset where there is none."""
    found = approved_tables()
    if not found:
        ensure_first(at)
        found = approved_tables()
    return found


def draft(
    *, title: str, holds_from: datetime.date, table: Table, note: str, by: Actor, at: datetime.datetime
) -> ConversionTable:
    """A new version, not in force yet. Raises TableError (a figure), TableRefused."""
    check(table)
    try:
        with transaction.atomic():
            made = ConversionTable.objects.create(
                version=_next_version(),
                title=title.strip()[:80],
                holds_from=holds_from,
                rules=to_json(table),
                note=note.strip()[:300],
                drafted_at=at,
                drafted_by=by.snapshot(),
            )
            _record("table_drafted", made, by, at)
    except IntegrityError as error:
        raise TableRefused(_("Somebody drafted a version at the same moment. Try again.")) from error
    return made


def approve(*, table: ConversionTable, by: Actor, at: datetime.datetime) -> None:
    """Put a drafted table in force. Whoever drafted it cannot. Raises TableRefused.

    Hours recorded already keep the table they were counted by; a table never counts backwards by itself.
    """
    if table.drafted_by.get("staff_number") == by.staff_number:
        raise TableRefused(_("Somebody else must approve it: you drafted it yourself."))
    with transaction.atomic():
        approved = ConversionTable.objects.filter(pk=table.pk, approved_at=None).update(
            approved_at=at, approved_by=by.snapshot()
        )
        if approved != 1:
            raise TableRefused(_("This table has been approved already."))
        _record("table_approved", table, by, at)


def discard(*, table: ConversionTable, by: Actor, at: datetime.datetime) -> None:
    """Throw a drafted table away. One that was approved stays for good. Raises TableRefused."""
    with transaction.atomic():
        _record("table_discarded", table, by, at)
        gone, _rows = ConversionTable.objects.filter(pk=table.pk, approved_at=None).delete()
        if not gone:
            raise TableRefused(_("This table has been approved already."))


def _next_version() -> int:
    return (ConversionTable.objects.aggregate(last=Max("version"))["last"] or 0) + 1


def _record(action: str, table: ConversionTable, by: Actor, at: datetime.datetime) -> None:
    audit.record(
        stream=STREAM,
        action=action,
        by=by,
        at=at,
        subject=table,
        holds_from=table.holds_from.isoformat(),
        rules=table.rules,
    )


def install_after_migrate(**kwargs: Any) -> None:
    """Receiver of post_migrate, connected once by the AppConfig: the first table, while there is none."""
    del kwargs
    from lianbing.kit import clock

    ensure_first(clock.now())
