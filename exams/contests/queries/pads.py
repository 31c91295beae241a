"""What stands beside the state of a match: who has answered, what the crowd chose, who judges, the newest events."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q

from exams.contests.models import Match, MatchEvent, PadAnswer, Seat
from exams.contests.queries.matches import event_of, judges_of
from exams.contests.rules.match import Crowd, Event, MatchState, Turn
from exams.contests.rules.ranking import crowd_places

BEST = 10
NEWEST = 40


@dataclass(frozen=True)
class Given:
    """What the pads have given, and what desks show besides.

    `answered` of `asked` parties have answered the turn shown; `seats` are the teams among them. `chosen` says
    how many chose each option (filled once the key may be shown), `crowd` how many pads the audience has taken,
    `names` how the best of it call themselves, by party. `judges` are (account, name), `events` the newest,
    oldest first.
    """

    answered: int = 0
    asked: int = 0
    seats: tuple[int, ...] = ()
    chosen: Mapping[str, int] = field(default_factory=dict)
    crowd: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    judges: tuple[tuple[int, str], ...] = ()
    events: tuple[Event, ...] = ()


def shown_turn(state: MatchState) -> tuple[Turn | None, bool]:
    """The turn that screens show, and whether what is right may be shown.

    That is the turn that is on; once it is closed it stays on the screens until the next one or the round ends.
    """
    if state.turn is not None:
        return state.turn, False
    step: MatchState | None = state
    while step is not None and step.last is not None and step.round is not None:
        if step.last.kind == "turn_closed":
            closed = step.before.turn if step.before is not None else None
            again = bool(step.last.data.get("again"))
            return (None, False) if again or closed is None or closed.item is None else (closed, True)
        if step.last.kind in ("round_opened", "tie_break_opened"):
            break
        step = step.before
    return None, False


def given(match: Match, state: MatchState, desks: bool = True) -> Given:
    """What stands beside this state. Six statements at most, whatever the number of pads.

    Without `desks`, what only they show is left out (judges and events): two statements fewer.
    """
    turn, open_book = shown_turn(state)
    there = Seat.objects.filter(match=match, role=Seat.Role.AUDIENCE, code="", withdrawn_at=None).count()
    answered: int = 0
    seats: tuple[int, ...] = ()
    chosen: dict[str, int] = {}
    if turn is not None:
        answered, seats = _answered(match, turn)
        chosen = _chosen(match, turn) if open_book else {}
    crowd = turn is not None and (turn.audience or turn.who == "audience")
    return Given(
        answered=answered,
        asked=there if crowd else _teams_asked(state, turn),
        seats=seats,
        chosen=chosen,
        crowd=there,
        names=_names(match, state.crowd),
        judges=tuple(judges_of(match.contest)) if desks else (),
        events=_newest(match, state) if desks else (),
    )


def _newest(match: Match, state: MatchState) -> tuple[Event, ...]:
    rows = MatchEvent.objects.filter(match=match, seq__lte=state.seq).order_by("-seq")[:NEWEST]
    return tuple(event_of(row) for row in reversed(rows))


def _teams_asked(state: MatchState, turn: Turn | None) -> int:
    if turn is None:
        return 0
    if turn.who != "all":
        return 1
    return len(state.round.teams) if state.round is not None else len(state.teams)


def _answered(match: Match, turn: Turn) -> tuple[int, tuple[int, ...]]:
    rows = PadAnswer.objects.filter(match=match, turn=turn.id)
    if turn.audience or turn.who == "audience":
        return rows.filter(party__startswith="a").count(), ()
    parties = rows.exclude(party__startswith="a").values_list("party", flat=True)
    seats = tuple(sorted(int(party[1:]) for party in parties if party.startswith("t")))
    return len(seats), seats


def _chosen(match: Match, turn: Turn) -> dict[str, int]:
    """How many answers name each option: equal answers are counted by the database."""
    audience = turn.audience or turn.who == "audience"
    rows = PadAnswer.objects.filter(Q(party__startswith="a") if audience else ~Q(party__startswith="a"))
    equal = rows.filter(match=match, turn=turn.id).values("response").annotate(count=Count("pk")).order_by()
    found: Counter[str] = Counter()
    for one in equal:
        response = one["response"]
        if isinstance(response, list):
            found.update({option: one["count"] for option in response if isinstance(option, str)})
    return dict(found)


def _names(match: Match, crowd: Mapping[str, Crowd]) -> dict[str, str]:
    best = [party for party, _one, _place in crowd_places(crowd)[:BEST]] if crowd else []
    return seat_names(match, best)


def seat_names(match: Match, parties: Iterable[str]) -> dict[str, str]:
    """How these members of the audience call themselves, by party; who gave no name is left out."""
    pks = [int(party[1:]) for party in parties if party.startswith("a")]
    if not pks:
        return {}
    rows = Seat.objects.filter(match=match, pk__in=pks).exclude(name="")
    return {f"a{pk}": name for pk, name in rows.values_list("pk", "name")}
