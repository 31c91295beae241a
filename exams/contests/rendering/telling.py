"""What happened in a match, event by event, each as one line for people."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.contests.queries.facts import MatchFacts
from exams.contests.rendering.words import foul_name, round_title
from exams.contests.rules.match import Entry, Event
from exams.contests.rules.rulebook import Rulebook
from exams.contests.rules.settings import plain

VERDICTS = {
    "right": gettext_lazy("Right"),
    "wrong": gettext_lazy("Wrong"),
    "timeout": gettext_lazy("Out of time"),
    "void": gettext_lazy("Void"),
    "scored": gettext_lazy("Judging closed"),
}
WHY = {
    "right": gettext_lazy("Right"),
    "wrong": gettext_lazy("Wrong"),
    "timeout": gettext_lazy("Out of time"),
    "scored": gettext_lazy("Judges' points"),
    "early": gettext_lazy("Pressed too early"),
    "override": gettext_lazy("Changed by the chief referee"),
}
Tell = Callable[["Teller", Mapping[str, Any]], str]


def signed(points: Decimal) -> str:
    """Points with their sign: +10, -20, 0."""
    return f"+{plain(points)}" if points > 0 else plain(points)


def verdict_name(verdict: str) -> str:
    """The name of a ruling."""
    return str(VERDICTS.get(verdict, verdict))


def why_name(why: str) -> str:
    """Why a score changed."""
    return foul_name(why.removeprefix("foul.")) if why.startswith("foul.") else str(WHY.get(why, why))


class Teller:
    """Tells the events of one match. `entries` is the ledger of all events that may be told.

    Without `marks` it keeps to itself what a judge gave, so that no judge leans on another while they mark.
    """

    def __init__(
        self, facts: MatchFacts, book: Rulebook, entries: Iterable[Entry] = (), *, marks: bool = True
    ) -> None:
        self.facts = facts
        self.book = book
        self.marks = marks
        self._entries: dict[int, list[Entry]] = {}
        for one in entries:
            self._entries.setdefault(one.seq, []).append(one)

    def tell(self, event: Event) -> str:
        """One line for an event, with what it changed of the scores."""
        words = _TELL[event.kind](self, event.data) if event.kind in _TELL else event.kind
        changed = [
            _("%(team)s %(points)s") % {"team": self.team(one.team), "points": signed(one.points)}
            for one in self._entries.get(event.seq, ())
        ]
        return (
            _("%(words)s (%(points)s)") % {"words": words, "points": ", ".join(changed)} if changed else words
        )

    def offer(self, kind: str, data: Mapping[str, Any]) -> str:
        """The words of a move that may be made: what its event would say, without a reason."""
        if kind == "fouled":
            foul = {"team": self.team(data.get("team")), "foul": foul_name(str(data.get("code", "")))}
            return _("Foul of %(team)s: %(foul)s") % foul
        return _TELL[kind](self, data)

    def team(self, seat: Any) -> str:
        """A team by its seat; the audience for none."""
        return self.facts.team_name(seat) or _("The audience")

    def player(self, player: Any) -> str:
        """A player by id; "" for none."""
        return self.facts.player_name(player)

    def someone(self, data: Mapping[str, Any]) -> str:
        """Team and player of an event."""
        player = self.player(data.get("player"))
        team = self.team(data.get("team"))
        return f"{team} {player}" if player else team


def _round(teller: Teller, data: Mapping[str, Any]) -> str:
    index = data.get("round")
    known = isinstance(index, int) and 0 <= index < len(teller.book.rounds)
    title = round_title(teller.book.rounds[index]) if known and isinstance(index, int) else ""
    return _("Round opened: %(title)s") % {"title": title}


def _turn(teller: Teller, data: Mapping[str, Any]) -> str:
    if data.get("team") is None:
        return _("Question to all")
    return _("Question for %(whom)s") % {"whom": teller.someone(data)}


def _chosen(teller: Teller, data: Mapping[str, Any]) -> str:
    said = {"team": teller.team(data.get("team")), "value": data.get("value", "")}
    if data.get("target") is not None:
        return _("%(team)s sets a question of %(value)s points for %(target)s") % {
            **said,
            "target": teller.team(data["target"]),
        }
    return _("%(team)s plays for %(value)s points") % said


def _pressed(teller: Teller, data: Mapping[str, Any]) -> str:
    seats = list(dict.fromkeys(one.get("team") for one in data.get("presses", ())))
    return _("Buzzer pressed by %(teams)s") % {"teams": "、".join(teller.team(seat) for seat in seats)}


def _closed(teller: Teller, data: Mapping[str, Any]) -> str:
    reasons = {
        "time": _("Time is up"),
        "all": _("Everybody has answered"),
        "host": _("Answering closed by the host"),
    }
    words, given = reasons.get(str(data.get("reason")), _("Answering closed")), len(data.get("results") or {})
    return _("%(words)s, %(count)s answers") % {"words": words, "count": given} if given else words


def _ruled(teller: Teller, data: Mapping[str, Any]) -> str:
    return _("%(team)s: %(verdict)s") % {
        "team": teller.team(data.get("team")),
        "verdict": verdict_name(str(data.get("verdict"))),
    }


def _scored(teller: Teller, data: Mapping[str, Any]) -> str:
    if not teller.marks:
        return _("A judge has marked %(team)s") % {"team": teller.team(data.get("team"))}
    return _("A judge gives %(team)s %(points)s points") % {
        "team": teller.team(data.get("team")),
        "points": data.get("points", ""),
    }


def _passed(teller: Teller, data: Mapping[str, Any]) -> str:
    to = data.get("to")
    whom = _("the audience") if to == "audience" else teller.team(to)
    return _("The question goes to %(whom)s") % {"whom": whom}


def _fouled(teller: Teller, data: Mapping[str, Any]) -> str:
    return _("Foul of %(team)s: %(foul)s. %(reason)s") % {
        "team": teller.team(data.get("team")),
        "foul": foul_name(str(data.get("code", ""))),
        "reason": data.get("reason", ""),
    }


def _overridden(teller: Teller, data: Mapping[str, Any]) -> str:
    try:
        points = signed(Decimal(str(data.get("points", "0"))))
    except InvalidOperation:
        points = ""
    return _("The chief referee changes the score of %(team)s by %(points)s: %(reason)s") % {
        "team": teller.team(data.get("team")),
        "points": points,
        "reason": data.get("reason", ""),
    }


def _substituted(teller: Teller, data: Mapping[str, Any]) -> str:
    return _("%(team)s: %(in)s comes in for %(out)s. %(reason)s") % {
        "team": teller.team(data.get("team")),
        "in": teller.player(data.get("in")),
        "out": teller.player(data.get("out")),
        "reason": data.get("reason", ""),
    }


def _undone(teller: Teller, data: Mapping[str, Any]) -> str:
    return _("Number %(seq)s undone: %(reason)s") % {"seq": data.get("seq"), "reason": data.get("reason", "")}


def _tie_break(teller: Teller, data: Mapping[str, Any]) -> str:
    return _("Tie-break between %(teams)s") % {
        "teams": "、".join(teller.team(seat) for seat in data.get("teams", ()))
    }


_TELL: dict[str, Tell] = {
    "started": lambda teller, data: _("The match begins"),
    "round_opened": _round,
    "turn_opened": _turn,
    "chosen": _chosen,
    "declined": lambda teller, data: _("%(team)s declines") % {"team": teller.team(data.get("team"))},
    "opened": lambda teller, data: _("Start: answers count from now on"),
    "pressed": _pressed,
    "early": lambda teller, data: _("%(whom)s pressed too early") % {"whom": teller.someone(data)},
    "closed": _closed,
    "ruled": _ruled,
    "scored": _scored,
    "passed": _passed,
    "turn_closed": lambda teller, data: (
        _("Void: another question is asked") if data.get("again") else _("The question is over")
    ),
    "fouled": _fouled,
    "overridden": _overridden,
    "substituted": _substituted,
    "paused": lambda teller, data: _("Paused: %(reason)s") % {"reason": data.get("reason", "")},
    "resumed": lambda teller, data: _("The match goes on"),
    "undone": _undone,
    "round_closed": lambda teller, data: _("The round is over"),
    "tie_break_opened": _tie_break,
    "finished": lambda teller, data: _("The match is over"),
    "confirmed": lambda teller, data: _("The result is confirmed"),
}
