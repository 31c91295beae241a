"""Granting and withdrawing roles."""

import datetime

from django.db import transaction
from django.db.models import F

from lianbing.kit import audit
from lianbing.people.models import RoleGrant, Unit, User
from lianbing.people.permissions import can_grant
from lianbing.people.queries import day_of, held_roles, serving_on
from lianbing.people.rules import ADMINISTRATORS, GRANTABLE, Actor, Role, grant_conflict
from lianbing.people.services.accounts import STREAM, AccountRefused


def grant_role(*, user: User, role: Role, unit: Unit | None, by: Actor, at: datetime.datetime) -> RoleGrant:
    """Give a role over a unit's subtree (None = the whole bureau). Raises AccountRefused.

    Codes: not_allowed (also for oneself), conflict (the three administrators are three people), whole
    (an administrator's role has no unit), taken (already held there), unknown.
    """
    if role not in GRANTABLE:
        raise AccountRefused("unknown")
    if by.user_id is not None and not can_grant(by, user_id=user.pk):
        raise AccountRefused("not_allowed")
    if role in ADMINISTRATORS and unit is not None:
        raise AccountRefused("whole")
    today = day_of(at)
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        if not user.is_active:
            raise AccountRefused("inactive")
        if other := grant_conflict(held_roles(user, today), role):
            raise AccountRefused("conflict", role=other)
        if user.role_grants.filter(serving_on(today), role=role, unit=unit).exists():
            raise AccountRefused("taken")
        grant = RoleGrant.objects.create(user=user, role=role, unit=unit, starts_on=today)
        audit.record(
            stream=STREAM,
            action="role_granted",
            by=by,
            at=at,
            subject=user,
            role=str(role),
            unit=unit.name if unit else "",
        )
    return grant


def withdraw_role(*, grant: RoleGrant, by: Actor, at: datetime.datetime) -> None:
    """End a role at once. Raises AccountRefused: not_allowed (also for oneself), unknown (already ended)."""
    if not can_grant(by, user_id=grant.user_id):
        raise AccountRefused("not_allowed")
    with transaction.atomic():
        if RoleGrant.objects.filter(pk=grant.pk, ends_on=None).update(ends_on=day_of(at)) != 1:
            raise AccountRefused("unknown")
        User.objects.filter(pk=grant.user_id).update(auth_epoch=F("auth_epoch") + 1)
        audit.record(
            stream=STREAM, action="role_withdrawn", by=by, at=at, subject=grant.user, role=str(grant.role)
        )
