"""Places: by points, equal points by the tie-break, what is still equal shares a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from exams.contests.rules.match import Crowd, MatchState, RoundState
from lianbing.kit.draws import Draw


@dataclass(frozen=True)
class Place:
    """A team's place: equal ones share the better place and the next place is left out (1, 2, 2, 4)."""

    seat: int
    points: Decimal
    place: int
    out: bool
    through: bool


def standing(state: MatchState) -> dict[int, Decimal]:
    """The points that decide places: without those of a tie-break, which only parts the teams in it."""
    found = state.scores
    for entry in state.ledger:
        if entry.tie_break:
            found[entry.team] -= entry.points
    return found


def places(state: MatchState) -> list[Place]:
    """All teams, best first; equal ones by seat. `through` = within those who qualify, ties included."""
    points = standing(state)
    found: list[Place] = []
    for value in sorted(set(points.values()), reverse=True):
        equal = [team.seat for team in state.teams if points[team.seat] == value]
        for group in _parted(sorted(equal), state.ties):
            place = len(found) + 1
            through = 0 < place <= state.rulebook.qualify
            for seat in group:
                team = state.team(seat)
                found.append(Place(seat, team.score, place, team.out, through))
    return found


def _parted(seats: list[int], ties: tuple[tuple[tuple[int, ...], ...], ...]) -> list[list[int]]:
    """Equal seats, parted by the tie-breaks in which all of them took part, best first."""
    if len(seats) < 2 or not ties:
        return [seats]
    first, rest = ties[0], ties[1:]
    if not set(seats) <= {seat for group in first for seat in group}:
        return _parted(seats, rest)
    groups = [[seat for seat in seats if seat in group] for group in first]
    return [part for group in groups if group for part in _parted(group, rest)]


def settled_by_points(state: MatchState, round_: RoundState) -> tuple[tuple[int, ...], ...]:
    """The order of a tie-break in which points are won: more of them first, equal ones stay equal."""
    gained = dict.fromkeys(round_.teams, Decimal(0))
    for entry in state.ledger:
        if entry.tie_break and entry.turn is not None and entry.turn > round_.opened:
            gained[entry.team] += entry.points
    levels = sorted(set(gained.values()), reverse=True)
    return tuple(tuple(seat for seat in round_.teams if gained[seat] == level) for level in levels)


def open_ties(state: MatchState) -> list[tuple[int, ...]]:
    """Groups of seats that share a place, best first; of one the tie-break has a say about.

    With a number of teams that qualify only the ties at that line matter; without, those for the first three.
    """
    groups: dict[int, list[int]] = {}
    for one in places(state):
        groups.setdefault(one.place, []).append(one.seat)
    line = state.rulebook.qualify
    found = []
    for place, seats in sorted(groups.items()):
        last = place + len(seats) - 1
        matters = place <= line < last if line else place <= 3
        if len(seats) > 1 and matters:
            found.append(tuple(seats))
    return found


def by_score(
    seats: Iterable[int], scores: Mapping[int, Decimal], *, order: str, ties: str, seed: bytes, label: str
) -> list[int]:
    """Seats in the order of asking: "seat", "lowest" or "highest" score first, equal ones by "seat" or "draw".

    The draw depends on the match's seed and `label` alone, so that anybody can recompute it.
    """
    by_seat = sorted(seats)
    if order == "seat":
        return by_seat
    base = Draw(seed, label).shuffled(by_seat) if ties == "draw" else by_seat
    sign = -1 if order == "highest" else 1
    return sorted(base, key=lambda seat: sign * scores[seat])


def crowd_places(crowd: Mapping[str, Crowd]) -> list[tuple[str, Crowd, int]]:
    """The audience, best first: by points, then the shorter time of right answers; equal ones share a place."""
    ordered = sorted(crowd.items(), key=lambda one: (-one[1].points, one[1].ms, one[0]))
    found: list[tuple[str, Crowd, int]] = []
    for number, (party, one) in enumerate(ordered, 1):
        before = found[-1] if found else None
        same = before is not None and (before[1].points, before[1].ms) == (one.points, one.ms)
        found.append((party, one, before[2] if same and before else number))
    return found
