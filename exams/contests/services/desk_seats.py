"""The seat from which a member of the staff, or the big screen, follows a match."""

import datetime
from functools import partial

from django.db import transaction
from django.db.models import F

from exams.contests import ports
from exams.contests.models import Contest, ContestStaff, Match, Seat
from exams.contests.permissions import desks
from lianbing.people.models import User
from lianbing.people.rules import Actor


def take(*, match: Match, role: Seat.Role, by: Actor, at: datetime.datetime) -> Seat:
    """The seat of `by` in this role, made at the first time. All devices of one person share it.

    Whether `by` may have it is the caller's to decide (permissions.desks). What a desk may do is decided anew
    with every move, by the roles at the contest and not by the seat.
    """
    assert by.user_id is not None, "the desks stand behind the sign-in"
    with transaction.atomic():
        Match.objects.select_for_update().get(pk=match.pk)
        seat, _made = Seat.objects.select_related("user").get_or_create(
            match=match,
            role=role,
            user_id=by.user_id,
            withdrawn_at=None,
            defaults={"name": by.name[:40], "created_at": at, "taken_at": at},
        )
    return seat


def end(*, contest: Contest, user: User, at: datetime.datetime) -> None:
    """End the desks that `user` may no longer sit at by the roles left: they show keys. Call inside a transaction."""
    roles = set(ContestStaff.objects.filter(contest=contest, user=user).values_list("role", flat=True))
    stays = {
        Seat.Role.HOST: desks.sits_at_host_desk(roles),
        Seat.Role.JUDGE: desks.sits_at_judges_desk(roles),
    }
    gone = [role for role, may_stay in stays.items() if not may_stay]
    held = Seat.objects.filter(match__contest=contest, user=user, role__in=gone, withdrawn_at=None)
    for uid, pk in list(held.values_list("match__uid", "pk")):
        Seat.objects.filter(pk=pk).update(withdrawn_at=at, generation=F("generation") + 1)
        transaction.on_commit(partial(ports.seat_ended, uid, pk))
