"""Taking a seat at a match: the audience through its gate, teams and players by code or as who they are.

A phone proves its seat with a token; the seat keeps its hash. Whoever takes a seat anew ends the phone
before. Of two phones that reach for one seat the database lets one through.
"""

import datetime
import secrets
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from exams.contests import ports
from exams.contests.models import Match, Player, Seat, Team
from exams.contests.queries import seats
from exams.contests.rules.seats import (
    HALL_CODE,
    MOST_AUDIENCE,
    SEAT_CODE,
    new_code,
    secret_of,
    tidy_name,
)
from lianbing.kit import audit
from lianbing.people.rules import Actor

STREAM = "contests"
OVER = (Match.Phase.FINISHED, Match.Phase.CONFIRMED)


class JoinRefused(Exception):
    """Nobody may sit down: "unknown" code, match "over", audience "full", seat "taken" meanwhile."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Held:
    """A seat and the token its phone keeps from now on."""

    seat: Seat
    token: str


def join_audience(*, code: str, name: str, at: datetime.datetime) -> Held:
    """Sit down in the audience under a nickname, or under a number without one. Raises JoinRefused."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        # The gate is locked, so that the last seat goes to one person.
        gate = (
            Seat.objects.select_for_update(of=("self",))
            .select_related("match__contest")
            .filter(code=code, role=Seat.Role.AUDIENCE, withdrawn_at=None)
            .first()
        )
        if gate is None:
            raise JoinRefused("unknown")
        if gate.match.phase in OVER:
            raise JoinRefused("over")
        came, there = seats.counted(gate.match)
        if there >= MOST_AUDIENCE:
            raise JoinRefused("full")
        made = Seat.objects.create(
            match=gate.match,
            role=Seat.Role.AUDIENCE,
            name=tidy_name(name) or _("Guest %(number)d") % {"number": came + 1},
            secret=secret_of(token),
            taken_at=at,
            created_at=at,
        )
    return Held(made, token)


def take(
    *, seat: Seat, seen: int | None, by: Actor, at: datetime.datetime, leaving: Seat | None = None
) -> Held:
    """Take the seat of a team or a player with this phone; the phone before falls out.

    `seen`: the generation of the seat that the person was shown and agreed to end; None = only if it is free.
    `leaving`: the seat this phone held until now, which becomes free.
    Raises JoinRefused("taken") when it is not free, or somebody else took it since.
    """
    token = secrets.token_urlsafe(32)
    if seat.match.phase in OVER:
        raise JoinRefused("over")
    with transaction.atomic():
        wanted = Seat.objects.filter(pk=seat.pk, withdrawn_at=None).exclude(role=Seat.Role.AUDIENCE)
        wanted = wanted.filter(secret="") if seen is None else wanted.filter(generation=seen)
        changed = wanted.update(secret=secret_of(token), generation=F("generation") + 1, taken_at=at)
        if changed != 1:
            raise JoinRefused("taken")
        if leaving is not None:
            left = Seat.objects.filter(pk=leaving.pk, secret=leaving.secret)
            left.update(secret="", generation=F("generation") + 1, taken_at=None)
        action = "seat_taken" if seen is None else "seat_moved"
        audit.record(stream=STREAM, action=action, by=by, at=at, subject=seat, subject_name=title(seat))
        transaction.on_commit(partial(ports.seat_ended, seat.match.uid, seat.pk))
    seat.refresh_from_db(fields=["secret", "generation", "taken_at"])
    return Held(seat, token)


def withdraw(*, seat: Seat, by: Actor, at: datetime.datetime) -> bool:
    """End a seat: its phone shows so, its code takes nothing any more. False when it had ended already."""
    with transaction.atomic():
        open_seat = Seat.objects.filter(pk=seat.pk, withdrawn_at=None)
        if open_seat.update(withdrawn_at=at, generation=F("generation") + 1) != 1:
            return False
        audit.record(
            stream=STREAM, action="seat_withdrawn", by=by, at=at, subject=seat, subject_name=title(seat)
        )
        transaction.on_commit(partial(ports.seat_ended, seat.match.uid, seat.pk))
    return True


def reissue(*, seat: Seat, by: Actor, at: datetime.datetime) -> Seat:
    """Give a seat (or the gate) a new code and free it: the code before and the phone on it end."""
    length = HALL_CODE if seat.role == Seat.Role.AUDIENCE else SEAT_CODE
    with transaction.atomic():
        Seat.objects.filter(pk=seat.pk).update(
            code=new_code(length, secrets.choice),
            secret="",
            generation=F("generation") + 1,
            taken_at=None,
            withdrawn_at=None,
        )
        audit.record(
            stream=STREAM, action="seat_reissued", by=by, at=at, subject=seat, subject_name=title(seat)
        )
        transaction.on_commit(partial(ports.seat_ended, seat.match.uid, seat.pk))
    seat.refresh_from_db()
    return seat


def lay_seats(*, match: Match, by: Actor, at: datetime.datetime) -> int:
    """Make the seats a match lacks: its gate, one for each team on stage and each of its players. How many were made.

    Teams and players that left before the start lose theirs. May be called again and again.
    """
    with transaction.atomic():
        Match.objects.select_for_update().get(pk=match.pk)
        teams = list(Team.objects.filter(entries__match=match).order_by("entries__seat"))
        if match.phase == Match.Phase.WAITING:
            _drop(seats.of_teams(match).exclude(team__in=teams))
        made = _missing(match, teams, at)
        Seat.objects.bulk_create(made)
        if made:
            audit.record(stream=STREAM, action="seats_laid", by=by, at=at, subject=match, seats=len(made))
    return len(made)


def drop_seats(*, team: Team | None = None, player: Player | None = None) -> None:
    """Take away the pads of a team or a player at matches that have not begun: before either is deleted."""
    waiting = Seat.objects.select_related("match").filter(match__phase=Match.Phase.WAITING)
    _drop(waiting.filter(team=team) if team is not None else waiting.filter(player=player))


def _drop(gone: QuerySet[Seat]) -> None:
    """Delete seats and tell their phones."""
    ended = [(seat.match.uid, seat.pk) for seat in gone]
    Seat.objects.filter(pk__in=[pk for _uid, pk in ended]).delete()
    for uid, pk in ended:
        transaction.on_commit(partial(ports.seat_ended, uid, pk))


def _missing(match: Match, teams: list[Team], at: datetime.datetime) -> list[Seat]:
    """The seats that are to be made, not saved yet."""
    known = set(match.seats.values_list("role", "team_id", "player_id"))
    wanted: list[tuple[Seat.Role, Team, Player | None]] = [(Seat.Role.TEAM, team, None) for team in teams]
    players = Player.objects.filter(team__in=teams).select_related("team").order_by("position", "pk")
    wanted += [(Seat.Role.PLAYER, player.team, player) for player in players]
    made = [
        Seat(
            match=match,
            role=role,
            team=team,
            player=player,
            code=new_code(SEAT_CODE, secrets.choice),
            created_at=at,
        )
        for role, team, player in wanted
        if (role, team.pk, player.pk if player else None) not in known
    ]
    if seats.gate(match) is None:
        code = new_code(HALL_CODE, secrets.choice)
        made.append(Seat(match=match, role=Seat.Role.AUDIENCE, code=code, created_at=at))
    return made


def title(seat: Seat) -> str:
    """What a seat is called: its player, its team, or the nickname of somebody in the audience."""
    if seat.player is not None:
        return seat.player.name
    return seat.team.name if seat.team is not None else seat.name or _("The audience")
