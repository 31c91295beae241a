"""The result of a match as a page: places, points by round, and every point with the event behind it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from exams.contests.models import Match
from exams.contests.queries.facts import MatchFacts, load_facts
from exams.contests.queries.matches import event_of, events_of, load_state
from exams.contests.rendering.telling import Teller, signed, why_name
from exams.contests.rendering.words import round_title
from exams.contests.rules.match import Entry, Event, MatchState
from exams.contests.rules.ranking import crowd_places, open_ties, places

MOST_OF_CROWD = 20


@dataclass(frozen=True)
class Point:
    """One change of a score: signed points, why, and the event it follows from."""

    seq: int
    points: str
    why: str


@dataclass(frozen=True)
class TeamResult:
    """One team: place, score, points round by round, and each change."""

    seat: int
    name: str
    unit: str
    place: int
    score: Decimal
    out: bool
    through: bool
    rounds: list[str]
    points: list[Point]


@dataclass(frozen=True)
class LogLine:
    """One event in words. `undone`: it was taken back later."""

    seq: int
    at: datetime.datetime
    words: str
    who: str
    undone: bool


@dataclass(frozen=True)
class CrowdLine:
    """One of the audience, best first."""

    place: int
    name: str
    points: Decimal
    right: int


@dataclass(frozen=True)
class MatchPage:
    """Everything the page of a match shows once it has started."""

    base: Decimal
    rounds: list[str]
    teams: list[TeamResult]
    ties: list[str]
    log: list[LogLine]
    crowd: list[CrowdLine]
    crowd_count: int


def match_page(match: Match) -> MatchPage:
    """The page of a match that has started. Five statements or so, however long its record."""
    facts, state = load_facts(match), load_state(match)
    events = [event_of(row) for row in events_of(match)]
    of_event = _rounds_of(events)
    titles = [round_title(one) for one in state.rulebook.rounds]
    index = (
        [*range(len(titles)), -1] if any(one == -1 for one in of_event.values()) else [*range(len(titles))]
    )
    return MatchPage(
        base=state.rulebook.base_score,
        rounds=titles
        + ([round_title(state.rulebook.tie_break)] if -1 in index and state.rulebook.tie_break else []),
        teams=_teams(facts, state, of_event, index),
        ties=["、".join(facts.team_name(seat) for seat in seats) for seats in open_ties(state)],
        log=_log(facts, state, events),
        crowd=_crowd(match, state),
        crowd_count=len(state.crowd),
    )


def _rounds_of(events: Sequence[Event]) -> dict[int, int]:
    """The round every event belongs to, by its seq; -1 = the tie break."""
    found: dict[int, int] = {}
    current = 0
    for event in events:
        if event.kind == "round_opened":
            current = int(event.data.get("round", current))
        elif event.kind == "tie_break_opened":
            current = -1
        found[event.seq] = current
    return found


def _teams(
    facts: MatchFacts, state: MatchState, of_event: dict[int, int], index: Sequence[int]
) -> list[TeamResult]:
    found = []
    for place in places(state):
        mine = [entry for entry in state.ledger if entry.team == place.seat]
        side = facts.by_seat[place.seat]
        found.append(
            TeamResult(
                seat=place.seat,
                name=side.name,
                unit=side.unit,
                place=place.place,
                score=place.points,
                out=place.out,
                through=place.through,
                rounds=[_sum(mine, of_event, one) for one in index],
                points=[Point(one.seq, signed(one.points), why_name(one.why)) for one in mine],
            )
        )
    return found


def _sum(entries: Sequence[Entry], of_event: dict[int, int], index: int) -> str:
    here = [one.points for one in entries if of_event.get(one.seq) == index]
    return signed(sum(here, Decimal(0))) if here else ""


def _log(facts: MatchFacts, state: MatchState, events: Sequence[Event]) -> list[LogLine]:
    teller = Teller(facts, state.rulebook, state.ledger)
    gone = set(state.undone)
    return [
        LogLine(one.seq, one.at, teller.tell(one), one.actor, one.seq in gone)
        for one in events
        if one.kind != "scored"
    ]


def _crowd(match: Match, state: MatchState) -> list[CrowdLine]:
    rows = crowd_places(state.crowd)[:MOST_OF_CROWD]
    seats = {int(party[1:]) for party, _one, _place in rows if party[1:].isdigit()}
    names = dict(match.seats.filter(pk__in=seats).values_list("pk", "name"))
    return [
        CrowdLine(place, names.get(int(party[1:]), "") or party, one.points, one.right)
        for party, one, place in rows
    ]
