"""Random matches of legal moves, and what must hold after every move of any match.

`python -m tests.exams.contests.random_matches 10000` plays so many (see docs/reference/contest-rules.md).
"""

import datetime
import json
import random
import sys
import time
from decimal import Decimal

from exams.contests import rounds, state
from exams.contests.rounds.turns import answers
from exams.contests.rules.match import Event, Illegal, Item, Phase, TeamStart, TurnPhase
from exams.contests.rules.presets import PRESETS
from exams.contests.state.legal import candidates
from tests.exams.contests.tables import BEGIN, balanced

ASIDE = {"paused", "undone", "fouled", "overridden", "substituted"}
ENDS = {"round_closed", "finished", "confirmed"}
SCORING = {"ruled", "early", "scored", "fouled", "overridden"}
MOST_MOVES = 400


def rulebook(chance):
    """A preset, or rounds of random kinds with random settings."""
    if chance.random() < 0.3:
        return rounds.parse(PRESETS[chance.choice(list(PRESETS))])
    kinds = [name for name in rounds.names() if name != "sudden_death"]
    chosen = [_round(chance, chance.choice(kinds)) for _ in range(chance.randint(1, 3))]
    tie = _round(chance, chance.choice(["sudden_death", "sudden_death", "risk"]))
    tie["settings"].update({"values": ["10", "20"]} if tie["kind"] == "risk" else {})
    return rounds.parse(
        {
            "name": "随机",
            "base_score": str(chance.choice([0, 50, 100])),
            "on_stage": chance.randint(1, 3),
            "floor": chance.choice([None, "0"]),
            "qualify": chance.randint(0, 2),
            "fouls": [{"code": "prompting", "points": "10"}],
            "buzzer": {"tie_rule": chance.choice(["lower_score", "draw", "earlier", "again"])},
            "rounds": chosen,
            "tie_break": chance.choice([None, tie, tie]),
        }
    )


def _round(chance, kind):
    settings = {one.name: _value(chance, one) for one in rounds.get(kind).settings if chance.random() < 0.7}
    if settings.get("mode") == "together":
        settings.pop("after_miss", None)
    if "each" in settings:
        settings["each"] = chance.randint(1, 2)
    return {"kind": kind, "title": "", "items": chance.randint(1, 5), "settings": settings}


def _value(chance, setting):
    if setting.sort == "choice":
        return chance.choice(setting.options)
    if setting.sort == "flag":
        return chance.random() < 0.5
    if setting.sort == "values":
        return ["10", "20", "30"][: chance.randint(1, 3)]
    least, most = max(setting.least, 0), min(setting.most, 30)
    number = chance.randint(least, most)
    return str(number) if setting.sort == "points" else number


def beginning(chance):
    """A match before its start; one in two has its items laid ready."""
    book = rulebook(chance)
    count = chance.randint(2, 4) if book.on_stage else 0
    teams = [
        TeamStart(n, f"{n}队", tuple(n * 10 + p for p in range(book.on_stage)), (n * 10 + 9,))
        for n in range(1, count + 1)
    ]
    items = _items(chance, book) if chance.random() < 0.6 else []
    return state.start(book, teams, b"%d" % chance.getrandbits(32), items)


def _items(chance, book):
    """Questions for each round, often too few, some with values; a few spares."""
    last = len(book.rounds) + 1
    count = chance.choice([6, 30, 80])
    values = chance.choice([[None], [None], ["10", "20", "30"]])
    made = []
    for index in range(count):
        value = chance.choice(values)
        made.append(Item(index, chance.randrange(last), chance.random() < 0.3, value and Decimal(value)))
    return made


def _filled(chance, match, kind, data):
    """A candidate with what a person, a pad or the service would add to it."""
    if kind in ASIDE or kind == "scored":
        data["reason"] = "记录"
    if kind == "overridden":
        data["points"] = f"{chance.randint(-30, 30)}"
    if kind == "scored":
        limit = int(rounds.get("scenario").most(match.round.rules))
        data.update(judge=str(chance.randint(1, 5)), points=f"{chance.randint(0, limit)}")
    if kind == "pressed":
        data["presses"] = [_press(chance, team.seat) for team in match.teams if chance.random() < 0.8]
    if kind == "closed":
        data["reason"] = chance.choice(["host", "time", "all"])
        data["results"] = _results(chance, match)
    if kind == "opened" and chance.random() < 0.2:
        data["ends_at"] = None
    return data


def _press(chance, seat):
    return {
        "team": seat,
        "player": chance.choice([None, seat * 10]),
        "received_ms": chance.randint(0, 900),
        "correction_ms": chance.randint(0, 150),
    }


def _results(chance, match):
    parties = [f"a{n}" for n in range(5)]
    parties += [f"t{team.seat}" for team in match.teams]
    parties += [f"p{player}" for team in match.teams for player in team.on_stage]
    chosen = [one for one in parties if answers(match, one) and chance.random() < 0.7]
    return {
        one: {"share": chance.choice(["0", "0.5", "1"]), "ms": chance.randint(0, 40000)} for one in chosen
    }


def moves(chance, match):
    """The moves that might be legal now, in random order; those that lead on first, ends last, mostly."""
    found = candidates(match)
    chance.shuffle(found)
    aside, end = chance.random() < 0.15, chance.random() < 0.05
    return sorted(found, key=lambda one: ((one[0] in ASIDE) != aside, (one[0] in ENDS) != end))


def play(chance, most=MOST_MOVES, visit=lambda before, event, after: None):
    """Plays a match to its confirmed end (or `most` moves): its beginning, its events, its last state."""
    begin = match = beginning(chance)
    events, at = [], BEGIN
    while match.phase is not Phase.CONFIRMED and len(events) < most:
        at += datetime.timedelta(milliseconds=chance.randint(1, 40000))
        for kind, data in moves(chance, match):
            filled = json.loads(json.dumps(_filled(chance, match, kind, dict(data))))
            event = Event(match.seq + 1, kind, at, "随机", filled)
            try:
                after = state.apply(match, event)
            except Illegal:
                continue
            break
        else:
            raise AssertionError(f"nothing is legal in {match}")
        visit(match, event, after)
        events.append(event)
        match = after
    return begin, events, match


def hold(before, event, after):
    """The invariants of every match, after every move. Raises AssertionError."""
    assert balanced(after)
    assert after.seq == event.seq == before.seq + 1
    floor = after.rulebook.floor
    assert floor is None or all(team.score >= floor for team in after.teams)
    for team in after.teams:
        assert team.substitutions <= after.rulebook.most_substitutions
        assert len(set(team.on_stage) | set(team.bench)) == len(team.on_stage) + len(team.bench)
    if after.ledger[len(before.ledger) :]:
        assert event.kind in SCORING
        assert {entry.seq for entry in after.ledger[len(before.ledger) :]} == {event.seq}
    if event.kind != "undone":
        assert after.ledger[: len(before.ledger)] == before.ledger
        assert before.asked <= after.asked or event.kind == "declined"
    assert all(one.points >= 0 and one.right >= 0 for one in after.crowd.values())
    turn = after.turn
    if turn is None:
        return
    assert after.round is not None
    assert turn.id <= after.seq
    assert (turn.phase is TurnPhase.RULED) <= (bool(turn.verdicts) or turn.who == "audience")
    if turn.phase is TurnPhase.ANSWERING:
        assert turn.audience != (turn.team is not None)
        assert turn.team is None or not after.team(turn.team).out
    assert not set(turn.early) & set(turn.tried)
    assert turn.ends_at is None or turn.phase in (TurnPhase.OPEN, TurnPhase.ANSWERING)


def main(count):
    """Plays `count` matches from the seeds 0, 1, ... and replays each; prints what was met."""
    began, moved, met, ended = time.monotonic(), 0, set(), 0
    for seed in range(count):
        begin, events, last = play(random.Random(seed), visit=hold)
        assert state.replay(begin, events) == last
        moved += len(events)
        met |= {event.kind for event in events}
        ended += last.phase is Phase.CONFIRMED
    seconds = time.monotonic() - began
    print(f"{count} matches, {moved} moves, {ended} confirmed, {len(met)} kinds of moves, {seconds:.0f} s")
    print("never met:", sorted(set(state.MOVERS) - met) or "none")


if __name__ == "__main__":
    main(int(sys.argv[1]))
