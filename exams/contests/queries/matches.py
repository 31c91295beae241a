"""Where a match stands: the fold of its events, continued from what this process folded last."""

import threading
import uuid
from collections import OrderedDict
from collections.abc import Iterable
from decimal import Decimal
from functools import partial

from django.db import transaction

from exams.contests import rounds, state
from exams.contests.models import Contest, ContestStaff, Match, MatchEvent
from exams.contests.queries import facts
from exams.contests.queries.facts import MatchFacts, load_facts
from exams.contests.rules.match import TIE_BREAK, Event, Illegal, Item, MatchState, Team, TeamStart
from exams.contests.rules.rulebook import BadRulebook, Rulebook
from lianbing.people.rules import Actor

KEPT_MOST = 64
_kept: OrderedDict[uuid.UUID, MatchState] = OrderedDict()
_mutex = threading.Lock()


def forget() -> None:
    """Forget every match. For a database that was put in the place of another one (tests, a restore)."""
    facts.forget()
    with _mutex:
        _kept.clear()


def keep(uid: uuid.UUID, standing: MatchState) -> None:
    """Keep a committed state to continue from. An older one never takes the place of a newer one."""
    with _mutex:
        held = _kept.get(uid)
        if held is None or held.seq < standing.seq:
            _kept[uid] = standing
        _kept.move_to_end(uid)
        while len(_kept) > KEPT_MOST:
            _kept.popitem(last=False)


def beginning(found: MatchFacts) -> MatchState:
    """The state before the first event. Raises rules.rulebook.BadRulebook."""
    teams = [
        TeamStart(
            seat=side.seat,
            name=side.name,
            players=tuple(one.id for one in side.players if not one.substitute),
            bench=tuple(one.id for one in side.players if one.substitute),
        )
        for side in found.teams
    ]
    book = rounds.parse(found.rulebook)
    items = [
        Item(one.index, TIE_BREAK if one.round >= len(book.rounds) else one.round, one.spare, one.value)
        for one in found.items
    ]
    return state.start(book, teams, bytes.fromhex(found.seed), items)


def _first(found: MatchFacts) -> MatchState:
    """The state before the first event; of a match not yet started, also of one whose line-up does not fit.

    The start refuses such a match in words; until then its desk and its page must show it.
    """
    if found.started:
        return beginning(found)
    try:
        return beginning(found)
    except (BadRulebook, Illegal):
        teams = tuple(Team(side.seat, side.name, Decimal(0)) for side in found.teams)
        return MatchState(Rulebook(found.name), bytes.fromhex(found.seed), teams)


def event_of(row: MatchEvent) -> Event:
    """A stored event as the fold takes it."""
    return Event(row.seq, row.kind, row.at, row.actor_name, row.data)


def load_state(match: Match, *, locked: bool = False) -> MatchState:
    """Where the match stands by its events. One statement while this process has followed it, more the first time.

    `locked`: the row was read under its lock and nothing was appended since, so that `last_seq` is certain; then
    none where nothing is new.
    What is read inside a transaction is kept once that is committed: it may still be rolled back.
    """
    with _mutex:
        held = _kept.get(match.uid)
    if locked and held is not None:
        if held.seq == match.last_seq:
            return held
        if held.seq > match.last_seq:  # an older database was put in the place of this one
            forget()
            held = None
    standing = held if held is not None else _first(load_facts(match))
    rows = MatchEvent.objects.filter(match=match.pk, seq__gt=standing.seq).order_by("seq")
    standing = state.replay(standing, (event_of(row) for row in rows))
    if standing.seq and standing is not held:
        transaction.on_commit(partial(keep, match.uid, standing))
    return standing


def events_of(match: Match) -> list[MatchEvent]:
    """Everything that happened in a match, in order. One statement."""
    return list(MatchEvent.objects.filter(match=match.pk).order_by("seq"))


def roles_at(contest: Contest, actor: Actor) -> frozenset[str]:
    """The roles somebody serves in at a contest: host, judge, chief_referee. One statement."""
    if actor.user_id is None:
        return frozenset()
    rows = ContestStaff.objects.filter(contest=contest, user_id=actor.user_id)
    return frozenset(rows.values_list("role", flat=True))


def judges_of(contest: Contest) -> list[tuple[int, str]]:
    """Who judges at a contest, the chief referee too: (account, name), each once. One statement."""
    roles: Iterable[str] = (ContestStaff.Role.JUDGE, ContestStaff.Role.CHIEF_REFEREE)
    rows = ContestStaff.objects.filter(contest=contest, role__in=roles).order_by("user__staff_number")
    return list(dict.fromkeys(rows.values_list("user_id", "user__name")))
