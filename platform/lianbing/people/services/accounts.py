"""Accounts: one-time passwords, chosen passwords, disabling, the first three administrators."""

import datetime
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from axes.utils import reset as lift_locks
from django.contrib.auth.hashers import get_hasher
from django.db import transaction
from django.db.models import F

from lianbing.kit import audit
from lianbing.people.hashers import OneTimeCodeHasher
from lianbing.people.models import Officer, PasswordReset, RoleGrant, User
from lianbing.people.permissions import can_disable, can_reset_password
from lianbing.people.queries import day_of, held_roles, serving_on, unit_path_of
from lianbing.people.rules import SYSTEM, Actor, Role, grant_conflict
from lianbing.people.rules.identity import new_code

STREAM = "people"


class AccountRefused(Exception):
    """The change is not allowed. `code` says why: not_allowed, oneself, conflict, taken or unknown."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True)
class Slip:
    """A one-time password to hand out. It exists in memory only; the database keeps its digest."""

    staff_number: str
    name: str
    unit: str
    password: str


def encoded_code() -> tuple[str, str]:
    """A fresh one-time code and the form in which it is stored."""
    hasher = get_hasher(OneTimeCodeHasher.algorithm)
    code = new_code(secrets.choice)
    return code, hasher.encode(code, hasher.salt())


def _give_code(user: User) -> str:
    code, stored = encoded_code()
    User.objects.filter(pk=user.pk).update(
        password=stored, must_change_password=True, auth_epoch=F("auth_epoch") + 1
    )
    return code


def reset_password(*, user: User, reason: str, by: Actor, at: datetime.datetime) -> str:
    """Replace a password by a one-time code and return the code. Ends every session and ticket.

    Raises AccountRefused when `by` may not do this for this person.
    """
    today = day_of(at)
    roles, unit_path = held_roles(user, today), unit_path_of(user, today)
    if not can_reset_password(by, user_id=user.pk, roles=roles, unit_path=unit_path):
        raise AccountRefused("not_allowed")
    with transaction.atomic():
        code = _give_code(user)
        PasswordReset.objects.create(user=user, at=at, actor=by.snapshot(), reason=reason[:200])
        audit.record(stream=STREAM, action="password_reset", by=by, at=at, subject=user, reason=reason)
    lift_locks(username=user.staff_number)
    return code


def reset_many(
    *, officers: Iterable[tuple[Officer, str]], reason: str, by: Actor, at: datetime.datetime
) -> list[Slip]:
    """New one-time codes for many officers at once: (officer with user, name of unit) -> slips."""
    slips, users, resets = [], [], []
    snapshot = by.snapshot()
    for officer, unit in officers:
        code, officer.user.password = encoded_code()
        officer.user.must_change_password = True
        officer.user.auth_epoch += 1
        users.append(officer.user)
        resets.append(PasswordReset(user=officer.user, at=at, actor=snapshot, reason=reason[:200]))
        slips.append(Slip(officer.staff_number, officer.name, unit, code))
    with transaction.atomic():
        User.objects.bulk_update(users, ["password", "must_change_password", "auth_epoch"], batch_size=500)
        PasswordReset.objects.bulk_create(resets, batch_size=500)
        numbers = [user.staff_number for user in users]
        audit.record(
            stream=STREAM, action="passwords_printed", by=by, at=at, reason=reason, staff_numbers=numbers
        )
    return slips


def change_password(*, user: User, password: str, by: Actor, at: datetime.datetime) -> None:
    """Set the password a person chose for themselves. The caller has checked the old one and the strength."""
    with transaction.atomic():
        user.set_password(password)
        user.must_change_password = False
        user.password_changed_at = at
        user.auth_epoch += 1
        user.save(update_fields=["password", "must_change_password", "password_changed_at", "auth_epoch"])
        audit.record(stream=STREAM, action="password_changed", by=by, at=at, subject=user)


def end_tickets(*, user: User) -> None:
    """Raise the epoch at sign-out, so that every ticket given before is dead."""
    User.objects.filter(pk=user.pk).update(auth_epoch=F("auth_epoch") + 1)


def set_active(*, user: User, active: bool, reason: str, by: Actor, at: datetime.datetime) -> None:
    """Disable an account at once (sessions and tickets die) or enable it again."""
    if not can_disable(by, user_id=user.pk):
        raise AccountRefused("not_allowed")
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=active, auth_epoch=F("auth_epoch") + 1)
        action = "account_enabled" if active else "account_disabled"
        audit.record(stream=STREAM, action=action, by=by, at=at, subject=user, reason=reason)


def create_administrator(
    *, role: Role, staff_number: str, name: str, at: datetime.datetime, by: Actor = SYSTEM
) -> tuple[User, str]:
    """One of the first three people of an empty bureau, with a one-time password.

    Run again for the same person and role it gives a new password. Raises AccountRefused: `conflict`
    when the person holds another administrator's role, `taken` when somebody else holds this one.
    """
    today = day_of(at)
    with transaction.atomic():
        user = User.objects.select_for_update().filter(staff_number=staff_number).first()
        held = held_roles(user, today) if user else frozenset()
        if other := grant_conflict(held, role):
            raise AccountRefused("conflict", role=other)
        holders = RoleGrant.objects.filter(serving_on(today), role=role, user__is_active=True)
        if holders.exclude(user__staff_number=staff_number).exists():
            raise AccountRefused("taken")
        if user is None:
            user = User.objects.create_user(staff_number, name=name or staff_number)
        if role not in held:
            RoleGrant.objects.create(user=user, role=role, starts_on=today)
        code = _give_code(user)
        User.objects.filter(pk=user.pk).update(is_active=True)
        audit.record(
            stream=STREAM, action="administrator_created", by=by, at=at, subject=user, role=str(role)
        )
    lift_locks(username=staff_number)
    return user, code


def slips_by_unit(slips: Sequence[Slip]) -> list[tuple[str, list[Slip]]]:
    """The slips of each unit together, in the order in which the units first appear."""
    grouped: dict[str, list[Slip]] = {}
    for slip in slips:
        grouped.setdefault(slip.unit, []).append(slip)
    return list(grouped.items())
