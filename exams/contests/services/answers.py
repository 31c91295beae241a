"""Answers and presses of the pads, stored by the batch: one transaction, one insert, a verdict for each.

The first answer of a party counts, whoever sends how many; when it arrived at the server decides, nothing a pad
says. The match's row is held meanwhile, so that closing a turn and storing its answers come one after the other.
"""

import datetime
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction

from exams.contests import ports, state
from exams.contests.models import Match, PadAnswer, PadPress, Seat
from exams.contests.queries import facts, matches
from exams.contests.queries.facts import ItemFacts, MatchFacts
from exams.contests.rendering.words import refusal_text
from exams.contests.rules import buzzer
from exams.contests.rules.match import MatchState, Phase, Turn, TurnPhase
from exams.contests.services import buzzing, events
from exams.contests.services.closing import close_turn, everybody_answered
from exams.contests.services.statements import insert_new
from question_bank import kinds, marking
from question_bank.kinds import BadResponse

RESPONSE_LIMIT = 8_000
EXACT = marking.get("exact")
BUZZER_KINDS = frozenset({"buzzer", "sudden_death"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as a pad sent it, with the moment at which the server received it."""

    client_uid: uuid.UUID
    seat: int
    turn: int
    response: Any
    received_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Press:
    """A press of the buzzer. `opened`: the opening the pad had seen (0 = none yet); `rtt_ms` its shortest round trip."""

    client_uid: uuid.UUID
    seat: int
    turn: int
    opened: int
    received_at: datetime.datetime
    rtt_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one of a batch. `text` says in words why it was refused."""

    client_uid: uuid.UUID
    ok: bool
    code: str = ""
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Place:
    """Who sits on a seat: the party, the team's seat on stage, the player."""

    pk: int
    role: str
    party: str
    team: int | None
    player: int | None


@dataclass(frozen=True, slots=True)
class _Room:
    """What a batch is judged by."""

    standing: MatchState
    places: Mapping[int, _Place]

    def place(self, seat: int) -> _Place:
        """The seat, if it still stands and may send. Raises _No."""
        if seat not in self.places:
            raise _No("no_seat")
        return self.places[seat]

    def turn(self, wanted: int) -> Turn:
        """The turn that is on, if it is the one meant. Raises _No."""
        turn = self.standing.turn
        if self.standing.phase != Phase.RUNNING:
            raise _No("not_running")
        if turn is None or turn.id != wanted:
            raise _No("another_turn")
        if self.standing.paused:
            raise _No("paused")
        return turn


class _No(Exception):
    """One of a batch is refused."""

    def __init__(self, code: str, **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


def _room(match: Match, found: MatchFacts, seats: Iterable[int]) -> _Room:
    on_stage = {side.team: side.seat for side in found.teams}
    rows = Seat.objects.filter(match=match, pk__in=set(seats), withdrawn_at=None)
    places = {}
    for pk, role, team, player in rows.values_list("pk", "role", "team_id", "player_id"):
        side = on_stage.get(team)
        party = {"team": f"t{side}", "player": f"p{player}", "audience": f"a{pk}"}.get(role, "")
        if party and not (role != "audience" and side is None):
            places[pk] = _Place(pk, role, party, side, player)
    return _Room(matches.load_state(match, locked=True), places)


def store_answers(*, match: Match | int, batch: Sequence[Answer], at: datetime.datetime) -> list[Verdict]:
    """Store the answers of a batch, all of one match. One verdict each, in their order; none raises.

    An answer sent again (same `client_uid`) is accepted again and stored once. `data` holds the response that
    counts: the party's first. With the last answer that was waited for, the turn is closed at `at`.
    """
    with transaction.atomic():
        row = events.lock(match)
        found = facts.load_facts(row)
        room, marks = _room(row, found, (one.seat for one in batch)), _Marks(found.items)
        rows, verdicts = [], {}
        for place, one in enumerate(batch):
            try:
                rows.append((place, _answer_row(row, room, marks, one)))
            except _No as no:
                verdicts[place] = _refused(one.client_uid, no)
        verdicts |= _sent_before(row, PadAnswer, batch, verdicts)
        verdicts |= _stored(row, PadAnswer, [(place, batch[place], made) for place, made in rows])
        if rows:
            transaction.on_commit(partial(ports.announce, row.uid, 0))
            if everybody_answered(row, room.standing):
                close_turn(match=row, reason="all", at=at)
    return [verdicts[place] for place in range(len(batch))]


def store_presses(*, match: Match | int, batch: Sequence[Press], at: datetime.datetime) -> list[Verdict]:
    """Store the presses of a batch, all of one match. One verdict each, in their order; none raises.

    Whether a press came early is decided here: it was received before the opening, or its pad had not seen the
    opening yet. What follows from the presses `services.buzzing` settles; an early one is told at once, so that
    an opening in the same moment does not swallow it.
    """
    with transaction.atomic():
        row = events.lock(match)
        room = _room(row, facts.load_facts(row), (one.seat for one in batch))
        rows, verdicts = [], {}
        for place, one in enumerate(batch):
            try:
                rows.append((place, _press_row(row, room, one)))
            except _No as no:
                verdicts[place] = _refused(one.client_uid, no)
        verdicts |= _sent_before(row, PadPress, batch, verdicts)
        verdicts |= _stored(row, PadPress, [(place, batch[place], made) for place, made in rows])
        if any(made.early for _place, made in rows):
            buzzing.tell_early(match=row, at=at)
        if rows:
            transaction.on_commit(partial(ports.announce, row.uid, 0))
    return [verdicts[place] for place in range(len(batch))]


class _Marks:
    """What responses to a question are worth; equal ones are marked once a batch."""

    def __init__(self, items: Sequence[ItemFacts]) -> None:
        self._items = items
        self._known: dict[tuple[int, str], tuple[Any, Decimal | None]] = {}

    def of(self, item: int, raw: Any) -> tuple[Any, Decimal | None]:
        """The canonical response and its share of the marks, None where judges mark it. Raises _No."""
        try:
            text = json.dumps(raw, ensure_ascii=False, sort_keys=True, allow_nan=False)
        except (TypeError, ValueError, RecursionError) as error:
            raise _No("malformed") from error
        if len(text) > RESPONSE_LIMIT:
            raise _No("malformed")
        if (item, text) not in self._known:
            self._known[item, text] = self._marked(self._items[item], raw)
        return self._known[item, text]

    def _marked(self, asked: ItemFacts, raw: Any) -> tuple[Any, Decimal | None]:
        kind, content = kinds.get(asked.kind), dict(asked.content)
        try:
            response = kind.parse(raw, content)
        except BadResponse as error:
            raise _No("malformed") from error
        if kind.is_blank(response):
            raise _No("blank")
        if kind.needs_marker(content):
            return response, None
        share = kind.grade(content, dict(asked.key), response, EXACT, Decimal(1))
        return response, share.quantize(Decimal("0.0001"))


def _since(turn: Turn, received_at: datetime.datetime) -> float:
    """Milliseconds from the opening of a turn to a receipt."""
    assert turn.opened_at is not None
    return (received_at - turn.opened_at).total_seconds() * 1000


def _answer_row(row: Match, room: _Room, marks: _Marks, one: Answer) -> PadAnswer:
    """The answer as it is stored. Raises _No."""
    sender, turn = room.place(one.seat), room.turn(one.turn)
    if turn.phase in (TurnPhase.CHOOSING, TurnPhase.SHOWN):
        raise _No("not_open_yet")
    if turn.phase not in (TurnPhase.OPEN, TurnPhase.ANSWERING):
        raise _No("too_late")
    if turn.item is None or not state.may_answer(room.standing, sender.party):
        raise _No("not_asked")
    if turn.ends_at is not None and one.received_at > turn.ends_at:
        raise _No("too_late")
    response, share = marks.of(turn.item, one.response)
    return PadAnswer(
        match=row,
        turn=turn.id,
        party=_answers_as(sender, turn),
        seat_id=sender.pk,
        response=response,
        share=share,
        received_at=one.received_at,
        ms=max(0, round(_since(turn, one.received_at))),
        client_uid=one.client_uid,
    )


def _answers_as(sender: _Place, turn: Turn) -> str:
    """The party an answer counts for: of the audience everybody, on stage the team, whichever of its pads was first."""
    return sender.party if turn.audience or sender.team is None else f"t{sender.team}"


def _press_row(row: Match, room: _Room, one: Press) -> PadPress:
    """The press as it is stored. Raises _No."""
    sender, turn = room.place(one.seat), room.turn(one.turn)
    if sender.team is None or not state.may_press(room.standing, sender.team):
        raise _No(_no_press(room.standing, turn, sender.team))
    opened = turn.opened if turn.phase == TurnPhase.OPEN else None
    if opened is not None and one.opened not in (0, opened):
        raise _No("too_late")
    early = opened is None or not one.opened or _since(turn, one.received_at) < 0
    cap = room.standing.rulebook.buzzer.cap_ms
    return PadPress(
        match=row,
        turn=turn.id,
        opened=0 if early or opened is None else opened,
        party=sender.party,
        team=sender.team,
        player=sender.player,
        received_at=one.received_at,
        received_ms=0.0 if opened is None else round(_since(turn, one.received_at), 3),
        rtt_ms=one.rtt_ms,
        correction_ms=buzzer.correction_ms(one.rtt_ms, cap),
        early=early,
        client_uid=one.client_uid,
    )


def _no_press(standing: MatchState, turn: Turn, team: int | None) -> str:
    """Why a pad may not press now, as a code."""
    if team is None:
        return "no_seat"
    if standing.round is None or standing.round.rules.kind not in BUZZER_KINDS:
        return "no_buzzer"
    if team in turn.early:
        return "pressed_early"
    if team in turn.tried:
        return "has_tried"
    return "too_late" if turn.phase not in (TurnPhase.SHOWN, TurnPhase.OPEN) else "not_asked"


def _stored(
    row: Match, model: type[PadAnswer] | type[PadPress], sent: Sequence[tuple[int, Any, Any]]
) -> dict[int, Verdict]:
    """Insert what is new and say what became of each, by its place in the batch: theirs, or an earlier one.

    The unique key passes over what a party has sent before; only then the rows that count are looked up.
    """
    made = [one for _place, _said, one in sent]
    clean = insert_new(made) == len(made)
    known = {} if clean else _counting(row, model, made)
    told = {}
    for place, said, one in sent:
        client_uid, data = (said.client_uid, _data(one)) if clean else known[_key(one)]
        mine = client_uid == said.client_uid
        code = "" if mine else ("answered" if model is PadAnswer else "pressed")
        told[place] = Verdict(said.client_uid, mine, code, refusal_text(code) if code else "", data)
    return told


def _sent_before(
    row: Match, model: type[PadAnswer] | type[PadPress], batch: Sequence[Any], verdicts: Mapping[int, Verdict]
) -> dict[int, Verdict]:
    """Of what would be refused now, that which was accepted before: its pad never heard so and sends it again."""
    asked = {place: batch[place] for place, verdict in verdicts.items() if not verdict.ok}
    if not asked:
        return {}
    uids, turns = {one.client_uid for one in asked.values()}, {one.turn for one in asked.values()}
    kept = model._default_manager.filter(match=row, turn__in=turns, client_uid__in=uids)
    data = {(one.client_uid, one.turn): _data(one) for one in kept}
    return {
        place: Verdict(one.client_uid, True, data=data[one.client_uid, one.turn])
        for place, one in asked.items()
        if (one.client_uid, one.turn) in data
    }


def _key(made: Any) -> tuple[int, int, str]:
    return made.turn, getattr(made, "opened", 0), made.party


def _data(made: PadAnswer | PadPress) -> dict[str, Any]:
    """What is told about a row that counts."""
    if isinstance(made, PadAnswer):
        return {"response": made.response}
    return {"early": made.early, "received_ms": made.received_ms}


def _counting(
    row: Match, model: type[PadAnswer] | type[PadPress], made: Sequence[Any]
) -> dict[tuple[int, int, str], tuple[uuid.UUID, dict[str, Any]]]:
    """The rows that count for the parties of these: who sent each, and what is told about it. One statement."""
    turns_sent, parties = {one.turn for one in made}, {one.party for one in made}
    rows: Iterable[Any] = model._default_manager.filter(match=row, turn__in=turns_sent, party__in=parties)
    return {_key(one): (one.client_uid, _data(one)) for one in rows}


def _refused(client_uid: uuid.UUID, no: _No) -> Verdict:
    return Verdict(client_uid, False, no.code, refusal_text(no.code, no.data), no.data)
