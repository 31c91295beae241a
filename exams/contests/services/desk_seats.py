"""The seat from which a member of the staff, or the big screen, follows a match."""

import datetime

from django.db import transaction

from exams.contests.models import Match, Seat
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
