"""A match on the table: a fold that one can talk to, for tests of rules."""

import datetime
from decimal import Decimal

from exams.contests import rounds, state
from exams.contests.rules.match import Event, Illegal, TeamStart
from exams.contests.rules.settings import plain

BEGIN = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=datetime.UTC)


class Table:
    """A match of one round (or of a whole rulebook), a second between two moves."""

    def __init__(self, *rules, teams=3, on_stage=3, items=(), seed=b"seed", **book):
        document = {"name": "规则", "on_stage": on_stage, "rounds": list(rules), **book}
        self.book = rounds.parse(document)
        starts = [
            TeamStart(n, f"{n}队", tuple(n * 10 + p for p in range(1, on_stage + 1)), (n * 10 + 9,))
            for n in range(1, teams + 1)
        ]
        self.begin = state.start(self.book, starts, seed, items)
        self.state = self.begin
        self.events = []
        self.at = BEGIN

    @classmethod
    def running(cls, kind, items=0, tie_break=None, teams=3, on_stage=3, book=None, **settings):
        """A match in its only round."""
        rules = {"kind": kind, "title": kind, "items": items, "settings": settings}
        table = cls(rules, teams=teams, on_stage=on_stage, tie_break=tie_break, **(book or {}))
        table.go("started")
        table.go("round_opened", round=0)
        return table

    def go(self, kind, later=1, **data):
        """One move `later` seconds after the one before."""
        self.at += datetime.timedelta(seconds=later)
        event = Event(self.state.seq + 1, kind, self.at, "主持人", data)
        self.state = state.apply(self.state, event)
        self.events.append(event)
        return self.state.seq

    def refused(self, kind, **data):
        """The code with which a move is refused; the state stays as it is."""
        before = self.state
        try:
            self.go(kind, **data)
        except Illegal as illegal:
            assert self.state is before
            return illegal.code
        raise AssertionError(f"{kind} {data} was taken")

    def asked(self, **data):
        """A question shown to whom the order names, with the next item."""
        return self.go("turn_opened", item=len(self.state.asked), **data)

    def opened(self, **data):
        """A question shown and opened."""
        turn = self.asked(**data)
        self.go("opened")
        return turn

    def pressed(self, *presses):
        """Presses as (team, received) or (team, received, correction)."""
        self.go("pressed", presses=[_press(*one) for one in presses])

    def ruled(self, verdict, team=None):
        """A ruling on whoever answers, and the end of the turn."""
        self.go("ruled", team=self.turn.team if team is None else team, verdict=verdict)
        self.go("turn_closed")

    @property
    def turn(self):
        return self.state.turn

    @property
    def scores(self):
        """The scores by seat, whole ones as integers, others as text."""
        return [int(one) if "." not in one else one for one in (plain(t.score) for t in self.state.teams)]


def _press(team, received, correction=0):
    return {"team": team, "player": None, "received_ms": received, "correction_ms": correction}


def balanced(match):
    """Whether every score is the base and the sum of its entries."""
    return all(
        one.score
        == match.rulebook.base_score + sum((e.points for e in match.ledger if e.team == one.seat), Decimal(0))
        for one in match.teams
    )


def amount_of(text):
    """Points of their text."""
    return Decimal(text)
