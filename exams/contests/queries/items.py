"""Questions of a match: what is within reach, what each round needs, and what is laid out."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exams.contests.models import Contest, Match, MatchItem
from exams.contests.rules.picking import Lacking, Stocked, Wanted, fitting
from question_bank.models import Pool
from question_bank.queries.drawing import drawable

CHOICES = frozenset({"single_choice", "multiple_choice", "indefinite_choice", "true_false"})
TOLD = frozenset({"case_analysis", "short_answer", "essay"})
LEAST_SPARES = 2
SPARES_PER = 4


@dataclass(frozen=True)
class RoundItems:
    """One round of a match with its questions: those asked in order, the spares, and how many are wanted."""

    index: int
    kind: str
    title: str
    wanted: Wanted
    asked: list[MatchItem]
    spares: list[MatchItem]

    @property
    def missing(self) -> int:
        """How many questions are lacking, spares not counted."""
        return max(self.wanted.items - len(self.asked), 0)


def kinds_for(round_kind: str) -> frozenset[str]:
    """Which question kinds a round asks: cases and texts where judges score, else what a pad can answer."""
    return TOLD if round_kind == "scenario" else CHOICES


def rounds_of(rulebook: dict[str, Any]) -> list[dict[str, Any]]:
    """The rounds of a rulebook in JSON, the tie break last."""
    rounds = list(rulebook.get("rounds", ()))
    return [*rounds, rulebook["tie_break"]] if rulebook.get("tie_break") else rounds


def rulebook_of(match: Match) -> dict[str, Any]:
    """The rules a match is played by: its own once frozen, else those of its contest."""
    found: dict[str, Any] = match.rulebook or match.contest.rulebook
    return found


def wanted_of(match: Match, teams: int) -> list[Wanted]:
    """What each round of a match asks for, with a spare for every four questions and two at least."""
    found = []
    for index, said in enumerate(rounds_of(rulebook_of(match))):
        items = asked_in(said, teams, match)
        spares = max(LEAST_SPARES, -(-items // SPARES_PER))
        found.append(Wanted(index, items, spares, kinds_for(said["kind"])))
    return found


def asked_in(said: dict[str, Any], teams: int, match: Match) -> int:
    """How many questions a round in JSON asks with so many teams."""
    del teams, match
    return int(said["items"])


def stock_of(contest: Contest, at: datetime.datetime, but: Match | None = None) -> list[Stocked]:
    """What a contest may ask at a moment: its pool, without what its other matches ask.

    A question reserved for exams is out of reach: only the pools for contests and, where the contest says
    so, for drills are drawn from. Two statements.
    """
    if contest.bank is None:
        return []
    pools = {Pool.CONTEST, Pool.DRILL} if contest.uses_drill_pool else {Pool.CONTEST}
    elsewhere = MatchItem.objects.filter(match__contest=contest)
    if but is not None:
        elsewhere = elsewhere.exclude(match=but)
    used = set(elsewhere.values_list("version_id", flat=True))
    return [
        Stocked(one.version_id, one.point_id, one.kind, one.difficulty)
        for one in drawable(contest.bank, frozenset(str(pool) for pool in pools), at=at)
        if one.version_id not in used
    ]


def laid_out(match: Match) -> list[RoundItems]:
    """The rounds of a match with their questions, keys and all. For organisers' eyes. Three statements."""
    rows = match.items.select_related("version__knowledge_point").order_by("index")
    by_round: dict[int, list[MatchItem]] = {}
    for row in rows:
        by_round.setdefault(row.round, []).append(row)
    said = rounds_of(rulebook_of(match))
    return [
        RoundItems(
            want.round,
            said[want.round]["kind"],
            said[want.round].get("title", ""),
            want,
            [one for one in by_round.get(want.round, ()) if not one.spare],
            [one for one in by_round.get(want.round, ()) if one.spare],
        )
        for want in wanted_of(match, match.entries.count())
    ]


def lacking(rounds: Sequence[RoundItems]) -> list[Lacking]:
    """The rounds whose questions do not reach, spares not counted."""
    return [Lacking(one.index, one.wanted.items, len(one.asked)) for one in rounds if one.missing]


def reach(stock: Sequence[Stocked], wanted: Wanted) -> int:
    """How many of the stock a round could ask."""
    return len(fitting(stock, wanted.kinds))
