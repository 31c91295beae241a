"""Appending facts and closing a gathering: the two doors through which the world comes into ratings."""

import datetime
import hashlib
import json
from collections.abc import Sequence

from django.db import connection, transaction

from certificates.ratings.models import Fact, Gathering, Period, PeriodEvent, Roll, Statement
from certificates.ratings.services.refusals import Refused
from certificates.ratings.state import Act, Illegal, Phase, after
from lianbing.kit import audit
from lianbing.people.rules import Actor

STREAM = "ratings"
BATCH = 500


def append(rows: Sequence[Fact]) -> None:
    """Append facts. `number` and `replaces` are filled in from what is known of the same origin.

    Ids follow the order of commits, because only one appends at a time: so "everything up to this id" means the
    same for ever.
    """
    for start in range(0, len(rows), BATCH):
        with transaction.atomic():
            _lock()
            batch = rows[start : start + BATCH]
            _chain(batch)
            Fact.objects.bulk_create(batch)


def _lock() -> None:
    """One appender at a time until the commit. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'LOCK TABLE "{Fact._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')


def _chain(batch: Sequence[Fact]) -> None:
    """Number each fact after the newest row of its origin."""
    newest: dict[tuple[str, str], tuple[int, Fact | int]] = {}
    known = Fact.objects.filter(
        origin__in={row.origin for row in batch}, source__in={row.source for row in batch}
    )
    for pk, source, origin, number in known.values_list("pk", "source", "origin", "number"):
        if number > newest.get((source, origin), (0, 0))[0]:
            newest[source, origin] = (number, pk)
    for row in batch:
        key = (row.source, row.origin)
        number, before = newest.get(key, (0, None))
        if isinstance(before, Fact):
            raise ValueError(f"two facts of {key} at once")
        row.number, row.replaces_id = number + 1, before
        newest[key] = (number + 1, row)


def close(*, period: Period, rolls: Sequence[Roll], by: Actor, at: datetime.datetime) -> Gathering:
    """End a round of gathering: its rolls, and everything appended so far. Raises Refused.

    `rolls` come without a gathering. In a period that was published it is material for a correction.
    """
    with transaction.atomic():
        row = hold(period)
        try:
            phase = after(Phase(row.phase), Act.GATHERED)
        except Illegal as error:
            raise Refused(f"not_{Act.GATHERED}") from error
        _lock()
        gathering = Gathering.objects.create(
            period=row,
            number=row.gatherings.count() + 1,
            at=at,
            by=by.snapshot(),
            upto=Fact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
            digest=digest_of(rolls),
        )
        for roll in rolls:
            roll.gathering = gathering
        Roll.objects.bulk_create(rolls, batch_size=BATCH)
        move(row, Act.GATHERED, phase, by=by, at=at, gathering=gathering)
    period.phase = row.phase
    return gathering


def digest_of(rolls: Sequence[Roll]) -> str:
    """SHA-256 of the rolls, in the order of units and people."""
    rows = sorted(
        [
            roll.unit_path,
            roll.officer_id or 0,
            roll.unit_id,
            roll.name,
            roll.post_id or 0,
            roll.category,
            roll.excluded,
            roll.approver,
            str(roll.excluded_until or ""),
        ]
        for roll in rolls
    )
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def hold(period: Period) -> Period:
    """The period as it stands now, its row held until the commit. Call inside a transaction."""
    rows = Period.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("scheme", "scheme_version", "unit").get(pk=period.pk)


def move(
    row: Period,
    act: Act,
    phase: Phase,
    *,
    by: Actor,
    at: datetime.datetime,
    gathering: Gathering | None = None,
    statement: Statement | None = None,
    reason: str = "",
) -> PeriodEvent:
    """Write an act down and put the period in its phase. Call with the row locked."""
    row.phase = phase
    row.save(update_fields=["phase", "appeals_until"])
    event = PeriodEvent.objects.create(
        period=row,
        kind=act,
        at=at,
        actor=by.snapshot(),
        gathering=gathering,
        statement=statement,
        reason=reason[:300],
    )
    audit.record(
        stream=STREAM,
        action=f"period_{act}",
        by=by,
        at=at,
        subject=row,
        subject_name=row.scheme.title,
        reason=reason,
        kind=row.kind,
        first=row.first.isoformat(),
        unit=row.unit.path,
        **({"number": statement.number, "digest": statement.digest} if statement else {}),
    )
    return event
