"""What one seat alone may know of a match: what it sent, what came of it, where it stands."""

import threading
import uuid
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from exams.contests import state
from exams.contests.queries.facts import MatchFacts
from exams.contests.queries.live import NOTHING as NOTHING_SENT
from exams.contests.queries.live import Place, Sent
from exams.contests.queries.pads import shown_turn
from exams.contests.rendering.view import earned
from exams.contests.rules.match import Crowd, MatchState, Turn
from exams.contests.rules.ranking import crowd_places, places
from exams.contests.rules.settings import plain

KEPT_MOST = 32
Standings = Mapping[str, tuple[Decimal, int]]
_kept: OrderedDict[uuid.UUID, tuple[Mapping[str, Crowd], Standings]] = OrderedDict()
_mutex = threading.Lock()


def yous(
    facts: MatchFacts, standing: MatchState, there: Sequence[Place], sent: Mapping[int, Sent]
) -> dict[int, dict[str, Any]]:
    """What each of these seats may know for itself, by seat. The crowd is ranked once a state."""
    turn, open_book = shown_turn(standing)
    may = state.pad_acts(standing)
    teams = {f"t{one.seat}": (one.points, one.place) for one in places(standing)}
    crowd = _crowd(facts.uid, standing)
    return {
        place.pk: _you(
            facts,
            standing,
            place,
            sent.get(place.pk, NOTHING_SENT),
            turn,
            open_book,
            may.get("audience" if place.role == "audience" else place.party, []),
            teams.get(f"t{place.team}") if place.team is not None else crowd.get(place.party),
        )
        for place in there
    }


def _you(
    facts: MatchFacts,
    standing: MatchState,
    place: Place,
    sent: Sent,
    turn: Turn | None,
    open_book: bool,
    may: Sequence[str],
    stands: tuple[Decimal, int] | None,
) -> dict[str, Any]:
    barred = {"answer"} if sent.answered else set()
    barred |= {"press"} if sent.pressed else set()
    return {
        "role": place.role,
        "seat": place.team,
        "player": place.player,
        "name": facts.player_name(place.player) or place.name,
        "team": facts.team_name(place.team),
        "answered": {"turn": turn.id, "response": sent.response} if turn and sent.answered else None,
        "pressed": turn.id if turn and sent.pressed else None,
        "result": _result(standing, place, turn, open_book),
        "may": [one for one in may if one not in barred],
        "points": plain(stands[0]) if stands else None,
        "place": stands[1] if stands else None,
        **_own_mark(place, turn),
    }


def _own_mark(place: Place, turn: Turn | None) -> dict[str, str]:
    """What a judge gave in this turn: the judge alone is told."""
    mark = turn.panel.get(str(place.user)) if turn is not None and place.user is not None else None
    return {"given": plain(mark)} if mark is not None else {}


def _result(standing: MatchState, place: Place, turn: Turn | None, open_book: bool) -> dict[str, Any] | None:
    """What came of a seat's answer: the ruling on its team; in the audience, only once the key is shown to all."""
    if turn is None:
        return None
    if place.team is not None:
        own = [one for one in turn.verdicts if one.team == place.team]
        return {"verdict": own[-1].verdict, "points": plain(own[-1].points)} if own else None
    result = turn.results.get(place.party)
    if result is None or not open_book:
        return None
    verdict = "right" if result.share == 1 else "partial" if result.share else "wrong"
    points = earned(standing, turn, place.party)
    return {"verdict": verdict, "points": plain(points) if points is not None else None}


def _crowd(uid: uuid.UUID, standing: MatchState) -> Standings:
    """Points and place of everybody in the audience. Kept while the crowd is the same."""
    with _mutex:
        held = _kept.get(uid)
        if held is not None and held[0] is standing.crowd:
            return held[1]
    ranked = {party: (one.points, place) for party, one, place in crowd_places(standing.crowd)}
    with _mutex:
        _kept[uid] = (standing.crowd, ranked)
        _kept.move_to_end(uid)
        while len(_kept) > KEPT_MOST:
            _kept.popitem(last=False)
    return ranked
