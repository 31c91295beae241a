"""Who sits where: seats by code, by the token of a phone, and all of a match."""

import uuid

from django.db.models import Count, Q, QuerySet

from exams.contests.models import Match, Seat
from exams.contests.rules.seats import secret_of

_WITH = ("match__contest", "team", "player")


def by_code(code: str) -> Seat | None:
    """The seat (or the gate of the audience) that this code takes, with its match and contest."""
    return Seat.objects.select_related(*_WITH).filter(code=code, withdrawn_at=None).exclude(code="").first()


def of_phone(match_uid: uuid.UUID, token: str) -> Seat | None:
    """The seat a phone holds in a match by the token of its cookie, a withdrawn one too; None = none (any more)."""
    if not token:
        return None
    held = Seat.objects.select_related(*_WITH).filter(match__uid=match_uid, secret=secret_of(token))
    return held.first()


def of_officer(match: Match, officer_id: int | None) -> Seat | None:
    """An officer's own seat as a player of this match."""
    if officer_id is None:
        return None
    own = Seat.objects.select_related(*_WITH).filter(
        match=match, role=Seat.Role.PLAYER, player__officer_id=officer_id, withdrawn_at=None
    )
    return own.first()


def gate(match: Match) -> Seat | None:
    """The one seat whose code lets the audience in; no pad itself."""
    return match.seats.filter(role=Seat.Role.AUDIENCE, withdrawn_at=None).exclude(code="").first()


def audience(match: Match) -> QuerySet[Seat]:
    """The people of the audience, the withdrawn too, newest first; without the gate."""
    return match.seats.filter(role=Seat.Role.AUDIENCE, code="").order_by("-pk")


def counted(match: Match) -> tuple[int, int]:
    """How many of the audience ever sat down, and how many of them still sit. One statement."""
    there = Count("pk", filter=Q(withdrawn_at=None))
    found = audience(match).order_by().aggregate(came=Count("pk"), there=there)
    return found["came"], found["there"]


def of_teams(match: Match) -> QuerySet[Seat]:
    """The pads of teams and players in the order of the stage, the team's own first."""
    return (
        match.seats.filter(Q(role=Seat.Role.TEAM) | Q(role=Seat.Role.PLAYER))
        .select_related("match", "team__unit", "player")
        .order_by("team__position", "-role", "player__position", "pk")
    )
