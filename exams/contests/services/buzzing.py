"""From presses that are stored to an order that stands: settled once, by whichever process comes first.

Presses are rows before anybody looks at them, so a restart between press and settlement loses nothing. The
match's row is locked while one is settled; who comes second finds the turn no longer open.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from exams.contests import state
from exams.contests.models import Match, MatchEvent, MatchTeam, PadPress, Seat
from exams.contests.queries import matches
from exams.contests.rules import buzzer
from exams.contests.rules.match import (
    Event,
    Illegal,
    MatchState,
    TurnPhase,
    player_party,
    team_party,
)
from exams.contests.services import events
from lianbing.people.rules import SYSTEM

LATELY = datetime.timedelta(days=1)
PADS = (Seat.Role.TEAM, Seat.Role.PLAYER)


def due(match: Match) -> datetime.datetime | None:
    """When the presses of the turn that is on may be settled; None while there is nothing to settle.

    A press before the opening waits for nobody: its moment is that of its receipt.
    """
    standing = matches.load_state(match)
    early = _early(match, standing)
    return early[0].received_at if early else _final_at(match, standing, _presses(match, standing))


def settle(*, match: Match, at: datetime.datetime) -> MatchEvent | None:
    """Append what follows from the presses of the turn that is on, as far as it is certain at `at`.

    `early` for every team that pressed before the opening and was not told yet, `pressed` once no press on its
    way can change the order any more. Returns the `pressed` event, or None when there was nothing to order yet.
    """
    if due(match) is None:
        return None
    with transaction.atomic():
        row = events.lock(match)
        tell_early(match=row, at=at)
        standing = matches.load_state(row)
        presses = _presses(row, standing)
        final_at = _final_at(row, standing, presses)
        if final_at is None or at < final_at:
            return None
        return events.append(match=row, kind="pressed", data=_told(presses), at=at, by=SYSTEM)


def tell_early(*, match: Match, at: datetime.datetime) -> None:
    """Append `early` for every team that pressed too soon and was not told. Call it with the match locked."""
    for one in _early(match, matches.load_state(match)):
        # The one before may have ended it for all, or given the question away.
        if _stands(matches.load_state(match), "early", _who(one), at):
            events.append(match=match, kind="early", data=_who(one), at=at, by=SYSTEM)


def settle_waiting(at: datetime.datetime) -> int:
    """Settle what waits in any match that was pressed in today, whoever was to do it; how many orders came of it."""
    lately = Match.objects.filter(phase=Match.Phase.RUNNING, presses__received_at__gte=at - LATELY).distinct()
    return sum(settle(match=one, at=at) is not None for one in lately.select_related("contest"))


def _stands(standing: MatchState, kind: str, data: dict[str, Any], at: datetime.datetime) -> bool:
    """Whether the rules would take the event now: what they refuse is not waited for."""
    try:
        state.apply(standing, Event(standing.seq + 1, kind, at, SYSTEM.name, data))
    except Illegal:
        return False
    return True


def _who(press: PadPress) -> dict[str, Any]:
    return {"team": press.team, "player": press.player}


def _told(presses: Sequence[PadPress]) -> dict[str, Any]:
    measured = [
        {"received_ms": one.received_ms, "correction_ms": one.correction_ms, **_who(one)} for one in presses
    ]
    return {"presses": measured}


def _presses(match: Match, standing: MatchState) -> Sequence[PadPress]:
    """The presses under the opening that is on, while they wait for their order."""
    turn = standing.turn
    if turn is None or turn.phase is not TurnPhase.OPEN or turn.opened is None:
        return []
    rows = PadPress.objects.filter(match=match, turn=turn.id, opened=turn.opened, early=False)
    presses = [one for one in rows.order_by("received_at", "pk") if state.may_press(standing, one.team)]
    if presses and not _stands(standing, "pressed", _told(presses), presses[-1].received_at):
        return []
    return presses


def _final_at(match: Match, standing: MatchState, presses: Sequence[PadPress]) -> datetime.datetime | None:
    """From when on the order of these presses is certain; None without any."""
    if not presses:
        return None
    first = presses[0]
    opened = first.received_at - datetime.timedelta(milliseconds=first.received_ms)
    counted = [buzzer.Press(one.team, one.received_ms, one.correction_ms, one.player) for one in presses]
    # A pad that has not pressed may still be as far away as the cap: rooms of other processes know it, we do not.
    outstanding = None if _waited_for(match, standing) - {one.party for one in presses} else ()
    after = buzzer.final_at_ms(counted, standing.rulebook.buzzer, outstanding)
    return None if after is None else opened + datetime.timedelta(milliseconds=after)


def _waited_for(match: Match, standing: MatchState) -> set[str]:
    """The parties whose pads are taken and may press. Two statements."""
    on_stage = dict(MatchTeam.objects.filter(match=match).values_list("team_id", "seat"))
    taken = Seat.objects.filter(match=match, role__in=PADS, withdrawn_at=None).exclude(secret="")
    return {
        team_party(on_stage[team]) if player is None else player_party(player)
        for team, player in taken.values_list("team_id", "player_id")
        if team in on_stage and state.may_press(standing, on_stage[team])
    }


def _early(match: Match, standing: MatchState) -> list[PadPress]:
    """The first early press of each team in this turn of which there is no event yet, undone ones included."""
    turn = standing.turn
    if turn is None:
        return []
    rows = PadPress.objects.filter(match=match, turn=turn.id, early=True).order_by("received_at", "pk")
    first: dict[int, PadPress] = {}
    for one in rows:
        first.setdefault(one.team, one)
    if first:
        told = MatchEvent.objects.filter(match=match, seq__gt=turn.id, kind="early")
        for data in told.values_list("data", flat=True):
            first.pop(data["team"], None)
    return [one for one in first.values() if _stands(standing, "early", _who(one), one.received_at)]
