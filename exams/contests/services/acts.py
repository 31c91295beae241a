"""What a pad asks for, read from a message of the wire; the same over the socket and over HTTP."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exams.contests.models import Match, MatchEvent, Seat
from exams.contests.queries import matches
from exams.contests.queries.live import Place
from exams.contests.services import events, moves
from exams.contests.services.answers import Answer, Press, Verdict
from lianbing.people.queries import actor_for
from lianbing.people.rules import NOBODY, Actor

LARGEST_NUMBER = 2**31 - 1
NOBODYS = uuid.UUID(int=0)
CHOICES = {"choose": "chosen", "decline": "declined"}
_DESKS = frozenset({Seat.Role.HOST, Seat.Role.JUDGE})


@dataclass(frozen=True, slots=True)
class Act:
    """Anything a pad does that moves the match itself: `kind` of the event and its data."""

    client_uid: uuid.UUID
    kind: str
    turn: int
    data: Mapping[str, Any]


class BadAct(Exception):
    """The message is not what the wire says; the verdict names the fault."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.code)
        self.verdict = verdict


def refusal(code: str, client_uid: uuid.UUID = NOBODYS) -> Verdict:
    """A refusal of the live channel itself, in words for whoever holds the pad."""
    words = {
        "malformed": _("The message could not be read. Load the page again."),
        "too_large": _("The message is too large."),
        "busy": _("The server is busy; the device sends it again by itself."),
        "ended": _("This seat has been withdrawn or has moved to another device."),
    }
    return Verdict(client_uid, ok=False, code=code, text=words[code])


def parse(
    said: Mapping[str, Any], place: Place, *, at: datetime.datetime, rtt_ms: float | None = None
) -> Answer | Press | Act:
    """The act in a message that arrived `at` from a pad that is `rtt_ms` away. Raises BadAct."""
    client_uid, turn = _uid(said.get("id")), _number(said, "turn")
    what = said.get("what")
    if what == "press":
        return Press(client_uid, place.pk, turn, _number(said, "opened"), at, rtt_ms)
    if what == "answer":
        return Answer(client_uid, place.pk, turn, said.get("response"), at)
    if isinstance(what, str) and what in CHOICES:
        named = {name: said[name] for name in ("value", "target") if said.get(name) is not None}
        return Act(client_uid, CHOICES[what], turn, named)
    if what == "score":
        return Act(client_uid, "scored", turn, {"team": said.get("team"), "points": said.get("points")})
    raise BadAct(refusal("malformed", client_uid))


def asked_as(said: Mapping[str, Any]) -> str:
    """The id of a message, under which it is answered; "" where it has none that is text."""
    told = said.get("id")
    return told[:64].encode(errors="replace").decode() if isinstance(told, str) else ""


def _uid(value: object) -> uuid.UUID:
    try:
        return uuid.UUID(value if isinstance(value, str) else "")
    except ValueError:
        raise BadAct(refusal("malformed")) from None


def _number(said: Mapping[str, Any], name: str) -> int:
    value = said.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_NUMBER:
        raise BadAct(refusal("malformed"))
    return value


def perform(*, match: Match, place: Place, act: Act, at: datetime.datetime) -> Verdict:
    """Move the match for a pad. Sent again, it is accepted again and happens once."""
    data = {**act.data, "client": str(act.client_uid)}
    try:
        with transaction.atomic():
            row = events.lock(match)
            if not _has_happened(row, act):
                _check_turn(row, act)
                _append(row, place, act, data, at)
    except events.ContestRefused as refused:
        return Verdict(act.client_uid, ok=False, code=refused.code, text=refused.text)
    return Verdict(act.client_uid, ok=True)


def _has_happened(match: Match, act: Act) -> bool:
    told = MatchEvent.objects.filter(match=match, kind=act.kind, seq__gte=act.turn).values_list(
        "data", flat=True
    )
    return any(data.get("client") == str(act.client_uid) for data in told)


def _check_turn(match: Match, act: Act) -> None:
    """What was on its way for long is not done in another turn. Raises ContestRefused."""
    turn = matches.load_state(match, locked=True).turn
    if turn is not None and turn.id != act.turn:
        raise events.ContestRefused("another_turn")


def _append(match: Match, place: Place, act: Act, data: dict[str, Any], at: datetime.datetime) -> None:
    seat = Seat.objects.select_related("user").get(pk=place.pk)
    if act.kind != "scored":
        moves.choose(match=match, seat=seat, kind=act.kind, data=data, at=at)
        return
    if (
        seat.role not in _DESKS
    ):  # the page of the hall's screen is open to everybody who stands at that machine
        raise events.ContestRefused("no_desk")
    by: Actor = actor_for(seat.user, at.date()) if seat.user else NOBODY
    moves.move(match=match, kind="scored", data=data, by=by, at=at)
