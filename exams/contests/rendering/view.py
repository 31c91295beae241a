"""A match as the JSON of its screens: what everybody may see, section by section.

What is right stands in `reveal` alone, and only once the turn is closed.
"""

import datetime
from decimal import Decimal
from typing import Any

from exams.contests import rounds, state
from exams.contests.queries.facts import ItemFacts, MatchFacts, TeamFacts
from exams.contests.queries.pads import BEST, Given, shown_turn
from exams.contests.rendering.telling import Teller
from exams.contests.rendering.words import round_title, round_words, undone_text
from exams.contests.rules.match import MatchState, Phase, Team, Turn, TurnPhase
from exams.contests.rules.ranking import crowd_places, places
from exams.contests.rules.settings import plain

Section = dict[str, Any] | None


def sections(facts: MatchFacts, standing: MatchState, given: Given) -> dict[str, Any]:
    """Everything that every screen of a match may show, by section."""
    turn, open_book = shown_turn(standing)
    item = asked_item(facts, turn)
    return {
        "match": _match(facts, standing, given),
        "round": _round(standing),
        "turn": _turn(facts, standing, turn, open_book),
        "question": _question(item, turn),
        "clock": _clock(standing),
        "teams": [_team(side, standing) for side in facts.teams],
        "scores": scores(standing),
        "buzz": _buzz(turn),
        "answers": _answers(standing, turn, given),
        "reveal": _reveal(item, turn, given) if open_book else None,
        "board": _board(standing, given),
        "last": _last(facts, standing),
        "may": state.pad_acts(standing) if standing.phase is Phase.RUNNING else {},
    }


def millis(moment: datetime.datetime) -> int:
    """A moment as milliseconds since 1970, as browsers count."""
    return round(moment.timestamp() * 1000)


def asked_item(facts: MatchFacts, turn: Turn | None) -> ItemFacts | None:
    """The question of a turn, once it may be shown: not while its value is still being chosen."""
    if turn is None or turn.item is None or turn.phase is TurnPhase.CHOOSING or turn.declined:
        return None
    return facts.items[turn.item] if turn.item < len(facts.items) else None


def _match(facts: MatchFacts, standing: MatchState, given: Given) -> dict[str, Any]:
    on_stage = sum(len(team.on_stage) for team in standing.teams)
    return {
        "uid": str(facts.uid),
        "title": facts.name,
        "contest": facts.contest,
        "phase": str(standing.phase),
        "paused": standing.paused,
        "reason": standing.pause_reason,
        "scale": on_stage + given.crowd,
    }


def _round(standing: MatchState) -> Section:
    running = standing.round
    if running is None:
        return None
    rules = running.rules
    planned = rounds.planned(rules, len(running.teams), standing.rulebook.on_stage)
    return {
        "index": running.index,
        "count": len(standing.rulebook.rounds),
        "kind": rules.kind,
        "title": round_title(rules),
        "words": round_words(rules),
        "asked": running.asked,
        "items": planned,
        "tie_break": running.is_tie_break,
    }


def _turn(facts: MatchFacts, standing: MatchState, turn: Turn | None, open_book: bool) -> Section:
    if turn is None:
        return None
    player = {"id": turn.player, "name": facts.player_name(turn.player)} if turn.player is not None else None
    return {
        "id": turn.id,
        "number": turn.number,
        "phase": str(turn.phase),
        "over": open_book,
        "team": turn.team,
        "player": player,
        "value": plain(turn.value) if turn.value is not None else None,
        "choices": list(turn.choices),
        "targets": list(turn.targets),
        "chooser": turn.chooser,
        "tried": list(turn.tried),
        "opened": turn.opened,
        "by": turn.by,
        "who": "audience" if turn.audience else turn.who,
        "among": list(turn.among),
        "restate": turn.restate,
        "declined": turn.declined,
        "verdicts": verdicts(turn),
    }


def verdicts(turn: Turn) -> list[dict[str, Any]]:
    """The rulings of a turn with the points they brought."""
    return [{"seat": one.team, "verdict": one.verdict, "points": plain(one.points)} for one in turn.verdicts]


def _question(item: ItemFacts | None, turn: Turn | None) -> Section:
    if item is None or turn is None:
        return None
    return {
        "kind": item.kind,
        "face": item.face,
        "number": turn.number,
        "pictures": dict(item.pictures),
    }


def _clock(standing: MatchState) -> Section:
    turn = standing.turn
    if turn is None or turn.ends_at is None or turn.phase not in (TurnPhase.OPEN, TurnPhase.ANSWERING):
        return None
    since = turn.clock_from or turn.opened_at
    left = turn.ends_at - standing.paused_at if standing.paused_at is not None else None
    return {
        "ends_at": None if standing.paused else millis(turn.ends_at),
        "left": None if left is None else max(0, round(left.total_seconds() * 1000)),
        "total": round((turn.ends_at - since).total_seconds() * 1000) if since is not None else None,
        "starts_by": millis(turn.starts_by) if turn.starts_by is not None and not standing.paused else None,
    }


def _team(side: TeamFacts, standing: MatchState) -> dict[str, Any]:
    now: Team | None = next((one for one in standing.teams if one.seat == side.seat), None)
    on_stage = now.on_stage if now is not None else ()
    return {
        "seat": side.seat,
        "name": side.name,
        "unit": side.unit,
        "players": [
            {"id": one.id, "name": one.name, "on_stage": one.id in on_stage, "leader": one.leader}
            for one in side.players
        ],
    }


def scores(standing: MatchState) -> list[dict[str, Any]]:
    """The score board: all teams, best first."""
    return [
        {
            "seat": one.seat,
            "points": plain(one.points),
            "place": one.place,
            "out": one.out,
            "through": one.through,
        }
        for one in places(standing)
    ]


def _buzz(turn: Turn | None) -> Section:
    if turn is None or not (turn.order or turn.early):
        return None
    settled = turn.order and turn.phase not in (TurnPhase.SHOWN, TurnPhase.OPEN)
    return {
        "order": [
            {"seat": one.team, "player": one.player, "ms": round(one.corrected_ms, 1)} for one in turn.order
        ],
        "early": list(turn.early),
        "winner": turn.order[0].team if settled else None,
        "tied": list(turn.tied),
        "decided": turn.decided,
    }


def _answers(standing: MatchState, turn: Turn | None, given: Given) -> Section:
    if turn is None or turn.by != "pad" or turn.opened is None:
        return None
    return {"given": given.answered, "of": max(given.asked, given.answered), "seats": list(given.seats)}


def _reveal(item: ItemFacts | None, turn: Turn | None, given: Given) -> Section:
    if item is None or turn is None:
        return None
    return {
        "key": dict(item.key),
        "explanation": item.explanation,
        "articles": [{"text": text, "url": url} for text, url in item.articles],
        "verdicts": verdicts(turn),
        "options": dict(given.chosen),
    }


def _board(standing: MatchState, given: Given) -> Section:
    if not standing.crowd:
        return None
    best = crowd_places(standing.crowd)[:BEST]
    top = [
        {"name": given.names.get(party, ""), "points": plain(one.points), "place": place}
        for party, one, place in best
    ]
    return {"top": top, "count": len(standing.crowd)}


def _last(facts: MatchFacts, standing: MatchState) -> Section:
    if standing.seq == 0:
        return None
    if standing.last is None or standing.last.seq != standing.seq:
        return {"seq": standing.seq, "words": undone_text()}
    teller = Teller(facts, standing.rulebook, standing.ledger, marks=False)
    return {"seq": standing.seq, "words": teller.tell(standing.last)}


def earned(standing: MatchState, turn: Turn, party: str) -> Decimal | None:
    """What a member of the audience earned in a turn of an audience round; None where there was nothing to earn."""
    result = turn.results.get(party)
    if result is None or standing.round is None or standing.round.rules.kind != "audience":
        return None
    kind = rounds.get("audience")
    assert isinstance(kind, rounds.audience.Audience)
    return kind.earned(standing.round.rules, result)
