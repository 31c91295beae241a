"""What rooms look at: how far a match has come, which seats still stand, and what a seat has sent already."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exams.contests.models import Match, MatchTeam, PadAnswer, PadPress, Seat


@dataclass(frozen=True, slots=True)
class Head:
    """How far a match has come: its newest event, and when its clock runs out next (None = it stands)."""

    seq: int
    due_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Place:
    """A seat as a room knows it. `team` is the team's seat on the stage, `epoch` that of its account (0 = none)."""

    pk: int
    role: str
    team: int | None
    player: int | None
    user: int | None
    name: str
    generation: int
    epoch: int

    @property
    def party(self) -> str:
        """The name its answers and presses go under: team seat, player or member of the audience."""
        if self.role == Seat.Role.PLAYER:
            return f"p{self.player}"
        return f"t{self.team}" if self.role == Seat.Role.TEAM else f"a{self.pk}"

    @property
    def answers_as(self) -> tuple[str, ...]:
        """The parties under which what it answers may stand: on stage its team answers, whoever holds the pad."""
        return (self.party,) if self.team is None else (self.party, f"t{self.team}")


def stands(place: Place, found: Place | None) -> bool:
    """Whether a seat is still what it was when its device came in."""
    return found is not None and (found.generation, found.epoch) == (place.generation, place.epoch)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a seat has sent in the turn that is on: its answer (None = nothing yet), and whether it pressed."""

    response: object = None
    answered: bool = False
    pressed: bool = False


NOTHING = Sent()


def heads(uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Head]:
    """How far these matches have come; who is not in it does not exist."""
    rows = Match.objects.filter(uid__in=list(uids)).values_list("uid", "last_seq", "due_at")
    return {uid: Head(seq, due_at) for uid, seq, due_at in rows}


def places(match: uuid.UUID, pks: Iterable[int]) -> dict[int, Place]:
    """Those of these seats of a match that still stand. Two statements at most."""
    found = Seat.objects.filter(match__uid=match, withdrawn_at=None, pk__in=list(pks))
    rows = list(
        found.values_list(
            *("pk", "role", "team_id", "player_id", "user_id", "name", "generation"),
            *("user__auth_epoch", "user__is_active"),
        )
    )
    on_stage = any(row[2] for row in rows)
    entries = MatchTeam.objects.filter(match__uid=match) if on_stage else MatchTeam.objects.none()
    seats = dict(entries.values_list("team_id", "seat"))
    return {
        pk: Place(pk, role, seats.get(team), player, user, name, generation, epoch or 0)
        for pk, role, team, player, user, name, generation, epoch, active in rows
        if user is None or active
    }


def sent(match: uuid.UUID, turn: int, opened: int, seats: Sequence[Place]) -> dict[int, Sent]:
    """What these seats have sent in a turn, by seat; who has sent nothing is not in it. Two statements at most."""
    parties = {party for place in seats for party in place.answers_as}
    answers = PadAnswer.objects.filter(match__uid=match, turn=turn, party__in=parties)
    given = dict(answers.values_list("party", "response"))
    presses = PadPress.objects.filter(match__uid=match, turn=turn, opened=opened, party__in=parties)
    pressed = set(presses.values_list("party", flat=True)) if opened else set()
    found = {}
    for place in seats:
        party = next((one for one in place.answers_as if one in given), None)
        if party or place.party in pressed:
            found[place.pk] = Sent(given.get(party or ""), party is not None, place.party in pressed)
    return found
