"""Laying out the questions of a match: drawn over points and difficulty, one swapped, locked when it starts."""

import datetime
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from exams.contests.models import Match, MatchItem
from exams.contests.permissions.authoring import sees_items
from exams.contests.queries import items as reading
from exams.contests.rules.picking import Lacking, Picked, fitting, pick
from exams.contests.services.authoring import guard, hold, note
from exams.contests.services.lineups import waiting
from exams.contests.services.refusals import AuthoringRefused
from lianbing.kit.draws import Draw
from lianbing.people.rules import Actor


def draw_items(*, match: Match, by: Actor, at: datetime.datetime, seed: bytes | None = None) -> list[Lacking]:
    """Lay out the questions of a match anew, with spares; returns the rounds that came out short.

    What the other matches of the contest ask is left out. Raises AuthoringRefused: no bank, started, or
    somebody who plays in it.
    """
    with transaction.atomic():
        contest = hold(match.contest)
        guard(contest, by)
        match = waiting(match)
        _check_eyes(match, by)
        if contest.bank_id is None:
            raise AuthoringRefused(_("Choose the question bank of the contest first."))
        stock = reading.stock_of(contest, max(at, match.planned_at or contest.starts_at), match)
        wanted = reading.wanted_of(match, match.entries.count())
        picked, lacking = pick(stock, wanted, seed or secrets.token_bytes(16))
        _replace(match, picked)
        note("items_drawn", contest, by, at, match=match.name, items=len(picked), short=len(lacking))
    return lacking


def _check_eyes(match: Match, by: Actor) -> None:
    if not sees_items(by, match):
        raise AuthoringRefused(_("You play in this match: somebody else lays out its questions."))


def _replace(match: Match, picked: Sequence[Picked]) -> None:
    for row in match.items.all():
        row.delete()
    MatchItem.objects.bulk_create(
        MatchItem(
            match=match,
            index=index,
            round=one.round,
            version_id=one.version_id,
            spare=one.spare,
            value=one.value,
        )
        for index, one in enumerate(picked)
    )


def swap(*, item: MatchItem, by: Actor, at: datetime.datetime, seed: bytes | None = None) -> MatchItem:
    """Put another question in the place of one, of the same point and difficulty where there is one.

    Raises AuthoringRefused: started, or nothing else is left for that round.
    """
    with transaction.atomic():
        contest = hold(item.match.contest)
        guard(contest, by)
        match = waiting(item.match)
        _check_eyes(match, by)
        here = set(match.items.values_list("version_id", flat=True))
        wanted = reading.wanted_of(match, match.entries.count())
        kinds = next((one.kinds for one in wanted if one.round == item.round), frozenset())
        stock = reading.stock_of(contest, max(at, match.planned_at or contest.starts_at), match)
        free = [one for one in fitting(stock, kinds) if one.version_id not in here]
        if not free:
            raise AuthoringRefused(_("No other question is left for this round."))
        old = item.version
        draw = Draw(seed or secrets.token_bytes(16), "contest-swap")
        best = min(
            draw.shuffled(free),
            key=lambda one: (abs(one.difficulty - old.difficulty), one.point_id != old.knowledge_point_id),
        )
        before = item.version_id
        item.version_id = best.version_id
        item.save(update_fields=["version"])
        note(
            "item_swapped",
            contest,
            by,
            at,
            match=match.name,
            place=item.index,
            before=before,
            now=best.version_id,
        )
    return item
