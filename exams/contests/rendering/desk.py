"""A match as the JSON of the host's and the judges' desks. Holds keys: it never goes to a pad or a screen."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.contests import rounds, state
from exams.contests.queries.facts import ItemFacts, MatchFacts
from exams.contests.queries.pads import Given, shown_turn
from exams.contests.rendering.telling import Teller, verdict_name
from exams.contests.rendering.view import millis
from exams.contests.rendering.words import foul_name, refusal_text, round_title
from exams.contests.rounds import turns
from exams.contests.rules.match import MatchState, Turn, TurnPhase
from exams.contests.rules.settings import plain
from exams.contests.state import Move

ROLES = (state.HOST, state.JUDGE, state.CHIEF)
# What cannot be taken back, or ends something for everybody: the desk asks once more.
CONFIRMED = frozenset({"started", "round_closed", "finished", "confirmed", "tie_break_opened"})
LABELS = {
    "started": gettext_lazy("Begin the match"),
    "round_closed": gettext_lazy("Close the round"),
    "opened": gettext_lazy("Start"),
    "closed": gettext_lazy("Close answering"),
    "declined": gettext_lazy("Declines"),
    "finished": gettext_lazy("End the match"),
    "confirmed": gettext_lazy("Confirm the result"),
    "paused": gettext_lazy("Pause"),
    "resumed": gettext_lazy("Go on with the match"),
    "undone": gettext_lazy("Take back the last step"),
}


def staff(facts: MatchFacts, standing: MatchState, given: Given) -> dict[str, Any]:
    """What the desks show beside the view. Which pads are there is added by whoever holds the connections."""
    turn, _open_book = shown_turn(standing)
    item = facts.items[turn.item] if turn and turn.item is not None and turn.item < len(facts.items) else None
    teller = Teller(facts, standing.rulebook, standing.ledger, marks=False)
    asked = _asked(item)
    return {
        "next": _next(facts, standing),
        "key": asked["key"] if asked else None,
        "explanation": asked["explanation"] if asked else "",
        "reference": asked["reference"] if asked else "",
        "question": asked,
        "judges": _judges(standing.turn, given),
        "max": _most(standing),
        "proposed": _proposed(standing),
        "fouls": [
            {"code": one.code, "label": foul_name(one.code), "points": plain(-one.points)}
            for one in standing.rulebook.fouls
        ],
        "log": _log(teller, standing, given),
        "undo": _undo(teller, standing),
        "may": offered(facts, standing, teller),
        "spares": _spares(standing),
    }


def _asked(item: ItemFacts | None, number: int = 0) -> dict[str, Any] | None:
    """A question with everything that is right about it."""
    if item is None:
        return None
    return {
        "item": item.index,
        "kind": item.kind,
        "face": item.face,
        "number": number,
        "pictures": dict(item.pictures),
        "key": dict(item.key),
        "explanation": item.explanation,
        "reference": str(item.key.get("reference", "")),
        "articles": [{"text": text, "url": url} for text, url in item.articles],
        "value": plain(item.value) if item.value is not None else None,
        "spare": item.spare,
    }


def _next(facts: MatchFacts, standing: MatchState) -> dict[str, Any] | None:
    """The question that would be asked next, while none is on."""
    if standing.round is None or standing.turn is not None or not standing.items:
        return None
    index = turns.next_item(standing)
    return _asked(facts.items[index], standing.round.asked + 1) if index is not None else None


def _spares(standing: MatchState) -> int:
    if standing.round is None:
        return 0
    return sum(one.spare for one in turns.free_items(standing))


def _judges(turn: Turn | None, given: Given) -> list[dict[str, Any]]:
    """Who has marked. What they gave is told to nobody else while they mark (their own: `own.yous`)."""
    panel = turn.panel if turn is not None else {}
    return [{"id": pk, "name": name, "scored": str(pk) in panel} for pk, name in given.judges]


def _most(standing: MatchState) -> str | None:
    """The most points a judge may give in this round."""
    if standing.round is None or standing.round.rules.kind != "scenario":
        return None
    return plain(rounds.get("scenario").value(standing.round.rules, "points"))


def _proposed(standing: MatchState) -> dict[str, str]:
    """What the pads' answers say about the rulings that are due, by the team's seat."""
    turn = standing.turn
    if turn is None or turn.phase is not TurnPhase.CLOSED or turn.by != "pad":
        return {}
    found = {}
    for team in standing.teams:
        asked = turn.team == team.seat or (turn.who == "all" and team.seat in (turns.running(standing).teams))
        if asked:
            result = turn.results.get(f"t{team.seat}")
            found[str(team.seat)] = "timeout" if result is None else "right" if result.share == 1 else "wrong"
    return found


def _log(teller: Teller, standing: MatchState, given: Given) -> list[dict[str, Any]]:
    """The newest events, newest first. What was undone stays in the record and is struck out."""
    newest = standing.last.seq if standing.last is not None else 0
    return [
        {
            "seq": one.seq,
            "words": teller.tell(one),
            "by": one.actor,
            "at": millis(one.at),
            "undoable": one.seq == newest and _may_undo(standing),
            "undone": one.seq in standing.undone,
        }
        for one in reversed(given.events)
    ]


def _undo(teller: Teller, standing: MatchState) -> dict[str, Any] | None:
    """What the undo would take back."""
    if standing.last is None or not _may_undo(standing):
        return None
    return {"seq": standing.last.seq, "words": teller.tell(standing.last)}


def _may_undo(standing: MatchState) -> bool:
    return any(one.kind == "undone" for one in state.legal(standing, state.HOST))


def offered(facts: MatchFacts, standing: MatchState, teller: Teller) -> list[dict[str, Any]]:
    """The moves of all desks, those that the rules refuse now with the reason."""
    found: dict[str, dict[str, Any]] = {}
    for role in ROLES:
        for move in state.offers(standing, role):
            entry = found.setdefault(
                f"{move.kind}{sorted(move.data.items(), key=str)}", _entry(standing, teller, move)
            )
            entry["roles"].append(role)
    return list(found.values())


def _entry(standing: MatchState, teller: Teller, move: Move) -> dict[str, Any]:
    return {
        "action": move.kind,
        "label": label(standing, teller, move),
        "data": dict(move.data),
        "asks": [name for name in move.asks if name != "judge"],
        "reason": "reason" in move.asks,
        "confirm": move.kind in CONFIRMED,
        "why": refusal_text(move.code, move.params or {}) if move.code else "",
        "key": "",
        "roles": [],
    }


def label(standing: MatchState, teller: Teller, move: Move) -> str:
    """What the button of a move says."""
    data = move.data
    if move.kind == "ruled":
        verdict = verdict_name(str(data.get("verdict")))
        turn = standing.turn
        alone = turn is None or turn.who != "all"
        return (
            verdict
            if alone
            else _("%(team)s: %(verdict)s")
            % {
                "team": teller.team(data.get("team")),
                "verdict": verdict,
            }
        )
    if move.kind == "turn_closed":
        return _("Ask another question") if data.get("again") else _("Show what is right")
    return _by_data(standing, teller, move.kind, data) or str(LABELS.get(move.kind, move.kind))


def _by_data(standing: MatchState, teller: Teller, kind: str, data: Mapping[str, Any]) -> str:
    """The words of a button that name a round, a team or a choice; "" for the others."""
    if kind == "round_opened":
        index = data.get("round", 0)
        title = round_title(standing.rulebook.rounds[index]) if index < len(standing.rulebook.rounds) else ""
        return _("Next round: %(title)s") % {"title": title}
    if kind in ("turn_opened", "chosen", "passed", "fouled", "tie_break_opened"):
        return teller.offer(kind, data)
    if kind == "overridden":
        return _("Change the score of %(team)s") % {"team": teller.team(data.get("team"))}
    if kind == "substituted":
        return _("%(team)s: %(in)s for %(out)s") % {
            "team": teller.team(data.get("team")),
            "in": teller.player(data.get("in")),
            "out": teller.player(data.get("out")),
        }
    if kind == "scored":
        return _("Points for %(team)s") % {"team": teller.team(data.get("team"))}
    return ""
