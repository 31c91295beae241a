"""What happens in a match is appended here, one event after the other, under the lock of the match's row.

The rules decide on the state before; the database decides who was first: the event's number is unique, and the
row of the match must still stand at the number before. Screens hear of it after the commit.
"""

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from exams.contests import ports, state
from exams.contests.models import Match, MatchEvent, MatchStart, Seat
from exams.contests.permissions.stage import SERVICE_KINDS, own_unit
from exams.contests.queries import facts, matches
from exams.contests.queries.facts import MatchFacts
from exams.contests.rendering.words import refusal_text
from exams.contests.rules.match import Event, Illegal, MatchState, Phase, TurnPhase
from exams.contests.rules.rulebook import BadRulebook
from exams.contests.services import results
from lianbing.kit import audit
from lianbing.people.rules import SYSTEM, Actor
from question_bank.services.use import UsedIn, record_use

STREAM = "contests"
GRACE = datetime.timedelta(milliseconds=400)
DATA_LIMIT = 8_000
# NUL and half a character: PostgreSQL takes neither, and half a character goes over no wire.
_UNFIT = re.compile(r"[\x00\ud800-\udfff]")
# What stands in the audit trail too, beside the match's own record: decisions of people about a match.
AUDITED = frozenset({"started", "fouled", "overridden", "undone", "substituted", "finished", "confirmed"})
# Several people do these at once; they do not depend on having seen each other's.
SIDE_BY_SIDE = frozenset({"scored", "fouled"})
TEAM_KINDS = frozenset({"chosen", "declined"})


class ContestRefused(Exception):
    """The rules refuse it. `text` names the rule, in the reader's language."""

    def __init__(self, code: str, text: str = "", **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.text = text or refusal_text(code, params)


@dataclass(frozen=True)
class Acting:
    """Who caused an event, as it is stored."""

    name: str
    user: int | None = None


def lock(match: Match | int) -> Match:
    """The match as it stands now, its row held until the commit. Call inside a transaction."""
    pk = match if isinstance(match, int) else match.pk
    rows = Match.objects.select_for_update(no_key=True, of=("self",)).select_related("contest")
    return rows.get(pk=pk)


def append(
    *,
    match: Match,
    kind: str,
    data: Mapping[str, Any],
    at: datetime.datetime,
    by: Actor | None = None,
    seat: Seat | None = None,
    seen: int | None = None,
) -> MatchEvent:
    """Append an event for a person of the staff (`by`), a team's pad (`seat`) or a service (`by=SYSTEM`).

    `seen`: the number of the event the person acted upon; when others have moved on since, it is refused.
    Raises ContestRefused.
    """
    with transaction.atomic():
        row = lock(match)
        found = facts.load_facts(row)
        acting, data = guard(row, found, kind, dict(data), by, seat)
        return write(row, found, kind, data, acting, at=at, by=by, seen=seen)


def guard(
    row: Match,
    found: MatchFacts,
    kind: str,
    data: dict[str, Any],
    by: Actor | None,
    seat: Seat | None,
) -> tuple[Acting, dict[str, Any]]:
    """Who acts, and the data as they may send it. Raises ContestRefused when it is not theirs to do."""
    if by is SYSTEM:
        return Acting(SYSTEM.name), data
    if seat is not None:
        return _guard_seat(row, found, kind, data, seat)
    if by is None or kind in SERVICE_KINDS:
        raise ContestRefused("not_yours")
    acting = staff_acting(row, kind, by)
    team = data.get("team")
    side = found.by_seat.get(team) if isinstance(team, int) else None
    if side is not None and own_unit(by, kind, side.unit_path):
        raise ContestRefused("own_unit", team=side.name)
    if kind == "scored":
        data["judge"] = str(by.user_id)
    return acting, data


def staff_acting(row: Match, kind: str, by: Actor) -> Acting:
    """Somebody of the staff whose roles allow this. Raises ContestRefused."""
    roles = matches.roles_at(row.contest, by)
    if not any(state.may(role, kind) for role in roles):
        raise ContestRefused("not_your_role" if roles else "not_yours")
    return Acting(by.name, by.user_id)


def _guard_seat(
    row: Match, found: MatchFacts, kind: str, data: dict[str, Any], seat: Seat
) -> tuple[Acting, dict[str, Any]]:
    side = next((one for one in found.teams if one.team == seat.team_id), None)
    if kind not in TEAM_KINDS or side is None or seat.match_id != row.pk or seat.withdrawn_at is not None:
        raise ContestRefused("not_yours")
    return Acting(side.name, seat.user_id), {**data, "team": side.seat}


def write(
    row: Match,
    found: MatchFacts,
    kind: str,
    data: Mapping[str, Any],
    acting: Acting,
    *,
    at: datetime.datetime,
    by: Actor | None = None,
    seen: int | None = None,
) -> MatchEvent:
    """Append an event to a match whose row the caller has locked, for somebody who may. Raises ContestRefused."""
    before = _standing(row, found)
    if seen is not None and seen != before.seq and kind not in SIDE_BY_SIDE:
        raise ContestRefused("moved_on")
    at = max(at, before.last.at) if before.last else at
    event = Event(before.seq + 1, kind, at, acting.name, _as_stored(kind, data))
    try:
        after = state.apply(before, event)
    except Illegal as refused:
        raise ContestRefused(refused.code, **refused.params) from refused
    if kind == "started":
        _freeze(row, found, at)
    stored = MatchEvent.objects.create(
        match=row,
        seq=event.seq,
        kind=kind,
        data=event.data,
        actor_name=acting.name[:100],
        user_id=acting.user,
        at=at,
    )
    _move_on(row, before, after, at)
    if kind == "confirmed":
        _settle(row, found, after, at)
    if kind in AUDITED and by is not None:
        _note(row, stored, by)
    transaction.on_commit(partial(_committed, row, after))
    return stored


def _standing(row: Match, found: MatchFacts) -> MatchState:
    """Where the match stands. Raises ContestRefused for one that cannot start as it is laid out."""
    try:
        if not found.started:
            matches.beginning(found)
        return matches.load_state(row, locked=True)
    except BadRulebook as error:
        raise ContestRefused("bad_rulebook") from error
    except Illegal as refused:
        raise ContestRefused(refused.code, **refused.params) from refused


def _as_stored(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data exactly as a replay will read it from the database."""
    own = kind in SERVICE_KINDS
    try:
        text = json.dumps(dict(data), cls=DjangoJSONEncoder, allow_nan=False)
        kept: dict[str, Any] = json.loads(text) if own else _fit(json.loads(text))
    except (TypeError, ValueError, RecursionError) as error:
        raise ContestRefused("malformed") from error
    if not own and len(text) > DATA_LIMIT:
        raise ContestRefused("malformed")
    if isinstance(kept.get("reason"), str):
        kept["reason"] = kept["reason"].strip()
    return kept


def _fit(value: Any) -> Any:
    """JSON without characters that cannot be stored or sent."""
    if isinstance(value, str):
        return _UNFIT.sub("", value)
    if isinstance(value, list):
        return [_fit(one) for one in value]
    if isinstance(value, dict):
        return {_fit(name): _fit(one) for name, one in value.items()}
    return value


def _freeze(row: Match, found: MatchFacts, at: datetime.datetime) -> None:
    """Keep what the match starts from. Teams and questions freeze with `started_at`, set right after."""
    if not found.started:  # an undone start begins anew from what was kept then
        MatchStart.objects.create(
            match=row, rulebook=found.rulebook, teams=facts.line_up(row), seed=found.seed, at=at
        )
    row.rulebook = dict(found.rulebook)


def due_at(standing: MatchState) -> datetime.datetime | None:
    """When the room's clock runs out, with a moment for what is on its way inside the server; None = it stands."""
    turn = standing.turn
    if turn is None or turn.ends_at is None or standing.paused or standing.phase != Phase.RUNNING:
        return None
    return turn.ends_at + GRACE if turn.phase in (TurnPhase.OPEN, TurnPhase.ANSWERING) else None


def _move_on(row: Match, before: MatchState, after: MatchState, at: datetime.datetime) -> None:
    """Write the newest standing into the match's row. Raises ContestRefused when somebody else was first."""
    started = row.started_at or (at if after.phase != Phase.WAITING else None)
    over = after.phase in (Phase.FINISHED, Phase.CONFIRMED)
    moved = Match.objects.filter(pk=row.pk, last_seq=before.seq).update(
        last_seq=after.seq,
        phase=str(after.phase),
        due_at=due_at(after),
        rulebook=row.rulebook,
        started_at=started,
        ended_at=(row.ended_at or at) if over else None,
    )
    if moved != 1:
        raise ContestRefused("moved_on")


def _settle(row: Match, found: MatchFacts, after: MatchState, at: datetime.datetime) -> None:
    """What a confirmed match leaves behind: its places, and that its questions were asked."""
    results.settle(match=row, facts=found, standing=after, at=at)
    asked = [found.items[index].version for index in sorted(after.asked) if index < len(found.items)]
    record_use(asked, at, UsedIn(row.uid, f"{row.contest.title} {row.name}"))


def _note(row: Match, event: MatchEvent, by: Actor) -> None:
    about = {name: value for name, value in event.data.items() if name != "reason"}
    audit.record(
        stream=STREAM,
        action=f"match_{event.kind}",
        by=by,
        at=event.at,
        subject=row,
        subject_name=f"{row.contest.title} {row.name}",
        reason=str(event.data.get("reason", "")),
        seq=event.seq,
        **{f"said_{name}": value for name, value in about.items()},
    )


def _committed(row: Match, after: MatchState) -> None:
    matches.keep(row.uid, after)
    ports.announce(row.uid, after.seq)
