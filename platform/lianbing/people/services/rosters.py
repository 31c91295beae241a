"""Importing a roster: all or nothing, or the good rows alone; the same in the browser and by command."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lianbing.kit import audit
from lianbing.kit.spreadsheets import RowError, Sheet, SpreadsheetError
from lianbing.people.models import Appointment, Officer, Post, Unit, User
from lianbing.people.queries import day_of
from lianbing.people.roster import planning
from lianbing.people.roster.checking import Entry
from lianbing.people.roster.planning import Plan
from lianbing.people.roster.units import Path, Units
from lianbing.people.rules import Actor, timeline
from lianbing.people.services.accounts import STREAM, Slip, encoded_code
from lianbing.people.services.officers import spans_of, store_spans, tell

BATCH = 500


@dataclass
class RosterReport:
    """What an import did, or would do. `slips` are the passwords of new people, never stored."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    new_units: list[Path] = field(default_factory=list)
    new_posts: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The keys of the outside contract and no others."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "errors": [error.as_dict() for error in self.errors],
        }


def import_roster(
    *,
    sheets: Sequence[Sheet],
    by: Actor,
    at: datetime.datetime,
    skip_bad_rows: bool = False,
    dry_run: bool = False,
    deliver: Callable[[list[Slip]], None] | None = None,
) -> RosterReport:
    """Import the roster in these sheets. With errors nothing is saved unless `skip_bad_rows`.

    `deliver` is given the passwords of new people inside the transaction: if it cannot keep them,
    nothing is saved. Raises SpreadsheetError when the sheets hold no roster.
    """
    try:
        return _import(sheets, by, at, skip_bad_rows, dry_run, deliver)
    except IntegrityError as error:
        raise SpreadsheetError(
            _("Somebody else changed the same people at this moment. Import the file again.")
        ) from error


def _import(
    sheets: Sequence[Sheet],
    by: Actor,
    at: datetime.datetime,
    skip_bad_rows: bool,
    dry_run: bool,
    deliver: Callable[[list[Slip]], None] | None,
) -> RosterReport:
    with transaction.atomic():
        plan, units = planning.read(sheets, day_of(at))
        report = RosterReport(
            plan.rows, errors=plan.errors, new_units=plan.new_units, new_posts=plan.new_posts
        )
        if plan.errors and not skip_bad_rows:
            return report
        report.created, report.updated = len(plan.creations), len(plan.updates)
        report.unchanged = len(plan.unchanged)
        if not dry_run:
            report.slips = _apply(plan, units, by, at)
            if deliver and report.slips:
                deliver(report.slips)
    return report


def _apply(plan: Plan, units: Units, by: Actor, at: datetime.datetime) -> list[Slip]:
    places = _Places(units, plan)
    slips = _create(plan.creations, places, at)
    for start in range(0, len(plan.updates), BATCH):
        _update(plan.updates[start : start + BATCH], places, by, at)
    audit.record(
        stream=STREAM,
        action="roster_imported",
        by=by,
        at=at,
        rows=plan.rows,
        created=len(plan.creations),
        updated=len(plan.updates),
        unchanged=len(plan.unchanged),
        refused=len({error.row for error in plan.errors}),
        new_units=["/".join(path) for path in plan.new_units],
        new_posts=plan.new_posts,
    )
    return slips


class _Places:
    """Units by full path and posts by name, made where the plan says so."""

    def __init__(self, units: Units, plan: Plan) -> None:
        self.units = dict(units.known)
        for path in plan.new_units:
            self._grow(path)
        self.posts = {post.name: post for post in Post.objects.all()}
        for name in plan.new_posts:
            self.posts[name] = Post.objects.create(name=name)

    def _grow(self, path: Path) -> None:
        above = self.units.get(path[:-1])
        if above is None:
            self.units[path] = Unit.add_root(name=path[-1])
        else:
            # A node counts its children in memory: read it again before it gets another.
            self.units[path] = Unit.objects.get(pk=above.pk).add_child(name=path[-1])

    def of(self, entry: Entry) -> tuple[int, int]:
        """The ids of the unit and the post of a row."""
        return self.units[entry.unit].pk, self.posts[entry.post].pk


def _create(entries: Sequence[Entry], places: _Places, at: datetime.datetime) -> list[Slip]:
    slips: list[Slip] = []
    for start in range(0, len(entries), BATCH):
        slips += _create_batch(entries[start : start + BATCH], places, at)
    return slips


def _create_batch(entries: Sequence[Entry], places: _Places, at: datetime.datetime) -> list[Slip]:
    numbers = [entry.staff_number for entry in entries]
    users = {user.staff_number: user for user in User.objects.filter(staff_number__in=numbers)}
    slips, fresh = [], []
    for entry in entries:
        if entry.staff_number not in users:
            code, stored = encoded_code()
            slips.append(Slip(entry.staff_number, entry.name, "/".join(entry.unit), code))
            fresh.append(
                User(
                    staff_number=entry.staff_number,
                    name=entry.name,
                    password=stored,
                    must_change_password=True,
                )
            )
    users.update((user.staff_number, user) for user in User.objects.bulk_create(fresh))
    officers = Officer.objects.bulk_create(
        Officer(
            user=users[entry.staff_number],
            staff_number=entry.staff_number,
            name=entry.name,
            category=entry.category,
            badge_number=entry.badge_number,
            id_number_masked=entry.id_number_masked,
            id_number_digest=entry.id_number_digest,
            joined_on=entry.joined_on,
        )
        for entry in entries
    )
    Appointment.objects.bulk_create(
        _first_appointment(officer, entry, places, at)
        for officer, entry in zip(officers, entries, strict=True)
    )
    tell([officer.pk for officer in officers], day_of(at), at)
    return slips


def _first_appointment(officer: Officer, entry: Entry, places: _Places, at: datetime.datetime) -> Appointment:
    unit_id, post_id = places.of(entry)
    return Appointment(
        officer=officer,
        unit_id=unit_id,
        post_id=post_id,
        rank=entry.rank,
        starts_on=entry.starts_on or entry.joined_on or day_of(at),
        recorded_at=at,
    )


def _update(
    updates: Sequence[tuple[Officer, Entry]], places: _Places, by: Actor, at: datetime.datetime
) -> None:
    today = day_of(at)
    rows = Appointment.objects.filter(officer__in=[officer for officer, _entry in updates])
    appointments: dict[int, list[Appointment]] = {}
    for row in rows.select_related("post"):
        appointments.setdefault(row.officer_id, []).append(row)
    for officer, entry in updates:
        before = {name: str(getattr(officer, name)) for name in planning.differs(officer, entry)}
        _change_fields(officer, entry, list(before))
        old = appointments.get(officer.pk, [])
        moved = planning.moves(entry, places.units.get(entry.unit), old, today)
        if moved:
            spans = timeline.placed(
                spans_of(old),
                starts_on=entry.starts_on or today,
                place=places.of(entry),
                reason="",
                rank=entry.rank or None,
            )
            store_spans(officer, old, spans, at)
        before.pop("id_number_digest", None)
        audit.record(
            stream=STREAM,
            action="officer_changed_by_roster",
            by=by,
            at=at,
            subject=officer,
            before=before,
            moved_to="/".join(entry.unit) if moved else "",
        )
    tell([officer.pk for officer, _entry in updates], today, at)


def _change_fields(officer: Officer, entry: Entry, names: list[str]) -> None:
    if not names:
        return
    for name in names:
        setattr(officer, name, getattr(entry, name))
    if "id_number_digest" in names:
        officer.id_number_masked = entry.id_number_masked
    officer.save()
    if "name" in names:
        User.objects.filter(pk=officer.user_id).update(name=officer.name)
