"""What rooms ask of the database. Every method runs in a thread, in the pool of the rooms or in a request."""

import datetime
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exams.contests.consumers.pad import encode
from exams.contests.consumers.shapes import Frame
from exams.contests.models import Match, MatchEvent
from exams.contests.queries import live, matches, pads, rehearsal
from exams.contests.queries.facts import MatchFacts, load_facts
from exams.contests.queries.live import Head, Place, stands
from exams.contests.rendering import desk, own, view
from exams.contests.rules.match import MatchState
from exams.contests.services import acts, answers, buzzing, events, timeouts
from exams.contests.services.acts import Act
from exams.contests.services.answers import Answer, Press, Verdict
from lianbing.kit import clock

FRESH_SECONDS = 0.3
UNKNOWN = frozenset({"absent", "not_measured"})


@dataclass(frozen=True)
class Matter:
    """What a frame was made of. `match` is there for its keys: how far it is says `standing`."""

    match: Match
    facts: MatchFacts
    standing: MatchState


class Database:
    """The source of the rooms of this process: see `shapes.Source`."""

    def __init__(self) -> None:
        self._recent: dict[uuid.UUID, tuple[float, Frame]] = {}

    def frame(self, uid: uuid.UUID, old: Frame | None) -> Frame | None:
        """The match as it stands now; None when there is no such match.

        This is what a question waits for on its way to the pads: nothing is asked that no pad shows.
        """
        match = (
            old.matter.match
            if old and old.seq
            else Match.objects.select_related("contest").filter(uid=uid).first()
        )
        if match is None:
            return None
        standing, facts = matches.load_state(match), load_facts(match)
        shown = view.sections(facts, standing, pads.given(match, standing, desks=False))
        made = Frame(
            uid=uid,
            seq=standing.seq,
            view=shown,
            view_text=encode(shown),
            due_at=_due_at(match, standing),
            kinds=_kinds(match, standing.seq, old),
            matter=Matter(match, facts, standing),
        )
        self._recent[uid] = (time.monotonic(), made)
        return made

    def staff(self, frame: Frame) -> dict[str, Any]:
        """What the desks see beside the view."""
        matter: Matter = frame.matter
        given = pads.given(matter.match, matter.standing)
        told = desk.staff(matter.facts, matter.standing, given)
        return told | {"pads": _pads(matter.match, matter.facts)}

    def recent(self, uid: uuid.UUID) -> Frame | None:
        """The match as it stands now, or as it was shown a moment ago when nothing has happened since."""
        made_at, held = self._recent.get(uid, (0.0, None))
        if held and time.monotonic() - made_at < FRESH_SECONDS:
            head = live.heads([uid]).get(uid)
            if head and head.seq == held.seq:
                return held
        return self.frame(uid, held)

    def places(self, uid: uuid.UUID, pks: Sequence[int]) -> dict[int, Place]:
        """Which of these seats still stand."""
        return live.places(uid, pks)

    def yous(self, frame: Frame, places: Sequence[Place]) -> dict[int, dict[str, Any]]:
        """What each of these seats alone may know, by seat."""
        matter: Matter = frame.matter
        turn, _open_book = pads.shown_turn(matter.standing)
        sent = live.sent(frame.uid, turn.id, turn.opened or 0, places) if turn else {}
        return own.yous(matter.facts, matter.standing, places, sent)

    def heads(self, uids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Head]:
        """How far these matches have come."""
        return live.heads(uids)

    def answers(self, uid: uuid.UUID, batch: Sequence[tuple[Place, Answer]]) -> list[Verdict]:
        """Store answers in one transaction: a verdict for each, in their order."""
        return self._stored(uid, batch, answers.store_answers)

    def presses(self, uid: uuid.UUID, batch: Sequence[tuple[Place, Press]]) -> list[Verdict]:
        """Store presses in one transaction: a verdict for each, in their order."""
        return self._stored(uid, batch, answers.store_presses)

    def _stored(self, uid: uuid.UUID, batch: Sequence[tuple[Place, Any]], store: Any) -> list[Verdict]:
        """What seats that still stand have sent is stored; the others are told that they have ended."""
        found = live.places(uid, [place.pk for place, _ in batch])
        good = [sent for place, sent in batch if stands(place, found.get(place.pk))]
        stored = iter(store(match=Match.objects.get(uid=uid), batch=good, at=clock.now()) if good else ())
        return [
            next(stored) if stands(place, found.get(place.pk)) else acts.refusal("ended", sent.client_uid)
            for place, sent in batch
        ]

    def act(self, uid: uuid.UUID, place: Place, act: Act) -> Verdict:
        """Any other act of a pad: choose, decline, score."""
        if not stands(place, live.places(uid, [place.pk]).get(place.pk)):
            return acts.refusal("ended", act.client_uid)
        match = Match.objects.select_related("contest").get(uid=uid)
        return acts.perform(match=match, place=place, act=act, at=clock.now())

    def due(self, uid: uuid.UUID) -> None:
        """Settle presses that nothing can change any more, then close a turn whose time is up."""
        at = clock.now()
        buzzing.settle(match=Match.objects.select_related("contest").get(uid=uid), at=at)
        timeouts.close_due(match=uid, at=at)


def _pads(match: Match, facts: MatchFacts) -> list[dict[str, Any]]:
    """The pads of the stage; whether they are there the room adds, which holds the connections.

    `fit` is the verdict of the rehearsal, None for a pad that was not measured.
    """
    teams: dict[int | None, str] = {side.team: side.name for side in facts.teams}
    return [
        {
            "seat": row.seat.pk,
            "role": row.seat.role,
            "name": row.seat.name or facts.player_name(row.seat.player_id) or teams.get(row.seat.team_id, ""),
            "online": False,
            "rtt": None,
            "fit": not set(row.verdict.unfit) - UNKNOWN if row.check else None,
        }
        for row in rehearsal.pads(match, clock.now())
    ]


def _due_at(match: Match, standing: MatchState) -> datetime.datetime | None:
    pressed = None
    if standing.round is not None and standing.round.rules.kind in answers.BUZZER_KINDS:
        pressed = buzzing.due(match)
    return min((moment for moment in (events.due_at(standing), pressed) if moment), default=None)


def _kinds(match: Match, seq: int, old: Frame | None) -> frozenset[str]:
    """The kinds of the events since a frame."""
    if old is None or old.seq == seq:
        return frozenset()
    rows = MatchEvent.objects.filter(match=match, seq__gt=old.seq, seq__lte=seq).order_by("seq")
    return frozenset(rows.values_list("kind", flat=True))
