"""Contests: every confirmed match of somebody's team, rehearsals left out."""

from collections.abc import Iterator
from decimal import Decimal

from django.urls import reverse

from certificates.ratings.evidence.base import Ask, Found, source
from certificates.ratings.rules.words import Source
from exams.contests.queries.standing import ContestResult, results_of_all
from lianbing.people.queries import day_of

PLACES = {1: "first", 2: "second", 3: "third"}


@source(Source.CONTEST)
def contests(ask: Ask) -> Iterator[Found]:
    """One fact a match: value 1. Kinds: first, second, third, took_part, reserve. Three statements."""
    for one in results_of_all(ask.people):
        if ask.begins <= one.at < ask.ends:
            yield _fact(ask, one)


def _fact(ask: Ask, one: ContestResult) -> Found:
    return Found(
        Source.CONTEST,
        f"contest:{one.match_uid}:{one.officer_id}",
        day_of(one.at),
        Decimal(1),
        kind=PLACES.get(one.place, "took_part") if one.stood else "reserve",
        officer_id=ask.people[one.officer_id],
        label=f"{one.contest} · {one.match}"[:200],
        url=reverse("contests:result", args=[one.match_uid]),
        extra={"place": one.place, "of": one.of, "leader": one.leader, "stage": one.stage},
    )
