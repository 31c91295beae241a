"""People of the bureau: entering service, moving, leaving, being the same person as another record."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from lianbing.kit import audit, outbox
from lianbing.people.models import Appointment, Officer, Post, RoleGrant, Unit, User
from lianbing.people.permissions import can_keep
from lianbing.people.queries import day_of, place_of, serving_on
from lianbing.people.rules import Actor, timeline
from lianbing.people.rules.timeline import Span
from lianbing.people.services.accounts import STREAM


class OfficerRefused(Exception):
    """The change is not possible. `code`: left, merged, closed_unit, not_allowed, same, no_change, too_early."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def enlist(
    *,
    staff_number: str,
    name: str,
    category: str,
    unit: Unit,
    post: Post,
    starts_on: datetime.date,
    by: Actor,
    at: datetime.datetime,
    password: str = "",
    is_demo: bool = False,
    rank: str = "",
    **fields: Any,
) -> Officer:
    """A new officer with an account and a first appointment.

    `password` is stored as it stands (already encoded); without one the account cannot sign in yet.
    `fields` are further fields of Officer.
    """
    with transaction.atomic():
        user = User(
            staff_number=staff_number,
            name=name,
            password=password,
            must_change_password=True,
            is_demo=is_demo,
        )
        if not password:
            user.set_unusable_password()
        user.save()
        officer = Officer.objects.create(
            user=user, staff_number=staff_number, name=name, category=category, **fields
        )
        Appointment.objects.create(
            officer=officer, unit=unit, post=post, rank=rank.strip(), starts_on=starts_on, recorded_at=at
        )
        audit.record(stream=STREAM, action="officer_enlisted", by=by, at=at, subject=officer, unit=unit.name)
        tell([officer.pk], starts_on, at)
    return officer


def tell(officers: Sequence[int], starts_on: datetime.date, at: datetime.datetime) -> None:
    """Let the apps above know that these people serve elsewhere, otherwise or no longer from a day on.

    One message for many people: a roster of thousands must not queue thousands of messages.
    """
    if officers:
        payload = {"officers": list(officers), "starts_on": starts_on.isoformat()}
        outbox.publish("officer_moved", payload, at=at)


def spans_of(appointments: Sequence[Appointment]) -> list[Span]:
    """The appointments of one officer as the rules see them."""
    return [Span(a.starts_on, a.ends_on, (a.unit_id, a.post_id), a.reason, a.rank) for a in appointments]


def store_spans(
    officer: Officer, old: Sequence[Appointment], new: Sequence[Span], at: datetime.datetime
) -> None:
    """Make the stored appointments of one officer equal to `new`, keeping the rows that did not change.

    What ends is written first, so that at no moment two appointments are open.
    """
    wanted = {span.starts_on: span for span in new}
    for row in old:
        if row.starts_on not in wanted:
            row.delete()
    stored = {row.starts_on: row for row in old if row.starts_on in wanted}
    for span in sorted(new, key=lambda s: s.ends_on is None):
        row = stored.get(span.starts_on) or Appointment(officer=officer, starts_on=span.starts_on)
        state = (row.ends_on, row.unit_id, row.post_id, row.rank)
        if row.pk is None or state != (span.ends_on, *span.place, span.rank):
            row.ends_on, row.reason, row.recorded_at = span.ends_on, span.reason, at
            row.rank = span.rank
            row.unit_id, row.post_id = span.place
            row.save()


def move(
    *,
    officer: Officer,
    unit: Unit,
    post: Post,
    starts_on: datetime.date,
    reason: str,
    by: Actor,
    at: datetime.datetime,
    rank: str | None = None,
) -> None:
    """Move an officer to a unit and post from a day on, which may lie in the past or the future.

    The appointment holds until the next change already recorded. Without a `rank` (职务) they keep the one they
    held on that day. Raises OfficerRefused.
    """
    if officer.merged_into_id:
        raise OfficerRefused("merged")
    if officer.left_on and starts_on >= officer.left_on:
        raise OfficerRefused("left")
    if unit.closed_on and unit.closed_on <= starts_on:
        raise OfficerRefused("closed_unit")
    with transaction.atomic():
        old = list(officer.appointments.select_for_update().select_related("unit"))
        _check_keeper(by, old, unit, day_of(at))
        spans = spans_of(old)
        before = timeline.on_day(spans, starts_on)
        rank = timeline.rank_on(spans, starts_on) if rank is None else rank.strip()[:40]
        if before and (before.place, before.rank) == ((unit.pk, post.pk), rank):
            raise OfficerRefused("no_change")
        new = timeline.placed(
            spans, starts_on=starts_on, place=(unit.pk, post.pk), reason=reason[:200], rank=rank
        )
        if officer.left_on and new[-1].ends_on is None:
            new = timeline.ended(new, on=officer.left_on)
        store_spans(officer, old, new, at)
        audit.record(
            stream=STREAM,
            action="officer_moved",
            by=by,
            at=at,
            subject=officer,
            reason=reason,
            unit=unit.name,
            post=post.name,
            rank=rank,
            starts_on=starts_on.isoformat(),
            before=list(before.place) if before else None,
        )
        tell([officer.pk], starts_on, at)


def _check_keeper(by: Actor, appointments: Sequence[Appointment], unit: Unit, today: datetime.date) -> None:
    """Whoever moves must look after both the old unit and the new one (somebody nowhere is anybody's)."""
    here = [
        a.unit.path for a in appointments if a.starts_on <= today and (not a.ends_on or a.ends_on > today)
    ]
    if by.user_id is not None and not all(can_keep(by, path) for path in [*here, unit.path]):
        raise OfficerRefused("not_allowed")


def _check_place(by: Actor, officer: Officer, today: datetime.date) -> None:
    if by.user_id is not None and not can_keep(by, place_of(officer, today)):
        raise OfficerRefused("not_allowed")


def leave(*, officer: Officer, left_on: datetime.date, reason: str, by: Actor, at: datetime.datetime) -> None:
    """End an officer's service: no appointment from `left_on` on; the account closes on that day."""
    _check_place(by, officer, day_of(at))
    first = officer.appointments.order_by("starts_on").first()
    if first and left_on <= first.starts_on:
        raise OfficerRefused("too_early", since=first.starts_on)
    with transaction.atomic():
        if Officer.objects.filter(pk=officer.pk, left_on=None, merged_into=None).update(left_on=left_on) != 1:
            raise OfficerRefused("left")
        officer.left_on = left_on
        old = list(officer.appointments.select_for_update())
        store_spans(officer, old, timeline.ended(spans_of(old), on=left_on), at)
        if left_on <= day_of(at):
            close_account(officer.user_id, left_on)
        audit.record(
            stream=STREAM,
            action="officer_left",
            by=by,
            at=at,
            subject=officer,
            reason=reason,
            left_on=left_on.isoformat(),
        )
        tell([officer.pk], left_on, at)


def close_account(user_id: int, on: datetime.date) -> None:
    """Disable an account and withdraw its roles: whoever has left acts no more."""
    User.objects.filter(pk=user_id).update(is_active=False, auth_epoch=F("auth_epoch") + 1)
    RoleGrant.objects.filter(user_id=user_id, ends_on=None).update(ends_on=on)


def close_departed(at: datetime.datetime) -> int:
    """Close the accounts of those whose last day has passed. Returns how many."""
    today = day_of(at)
    due = Officer.objects.filter(left_on__lte=today, user__is_active=True).values_list("user_id", "left_on")
    for user_id, left_on in due:
        close_account(user_id, left_on or today)
    return len(due)


def merge(*, duplicate: Officer, keep: Officer, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Declare two records to be one person. The duplicate keeps its history, signs in no more and points
    at the record that stays; what that record lacks is taken over. Raises OfficerRefused.
    """
    if duplicate.pk == keep.pk:
        raise OfficerRefused("same")
    for record in (duplicate, keep):
        _check_place(by, record, day_of(at))
    with transaction.atomic():
        rows = {o.pk: o for o in Officer.objects.select_for_update().filter(pk__in=[duplicate.pk, keep.pk])}
        duplicate, keep = rows[duplicate.pk], rows[keep.pk]
        if duplicate.merged_into_id or keep.merged_into_id:
            raise OfficerRefused("merged")
        today = day_of(at)
        if RoleGrant.objects.filter(serving_on(today), user_id=duplicate.user_id).exists():
            raise OfficerRefused("has_roles")
        Officer.objects.filter(merged_into=duplicate).update(merged_into=keep)
        for name in ("badge_number", "id_number_masked", "id_number_digest", "joined_on"):
            if not getattr(keep, name):
                setattr(keep, name, getattr(duplicate, name))
        keep.save()
        duplicate.merged_into = keep
        duplicate.save(update_fields=["merged_into"])
        Appointment.objects.filter(officer=duplicate, ends_on=None, starts_on__lt=today).update(ends_on=today)
        close_account(duplicate.user_id, today)
        audit.record(
            stream=STREAM,
            action="officers_merged",
            by=by,
            at=at,
            subject=keep,
            reason=reason,
            duplicate=duplicate.staff_number,
        )
        outbox.publish("officers_merged", {"kept": keep.pk, "merged": duplicate.pk}, at=at)
