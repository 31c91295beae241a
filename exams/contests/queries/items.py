"""Questions of a match: what is within reach, what each round needs, and what is laid out."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exams.contests import rounds
from exams.contests.models import Contest, Match, MatchItem
from exams.contests.rules.picking import Stocked, Wanted, level_of
from exams.contests.rules.rulebook import RoundRules
from question_bank.models import Pool
from question_bank.queries.drawing import drawable

CHOICES = frozenset({"single_choice", "multiple_choice", "indefinite_choice", "true_false"})
TOLD = frozenset({"case_analysis", "short_answer", "essay"})
LEAST_SPARES = 2
SPARES_PER = 4
TIE_BREAK_ITEMS = 5


@dataclass(frozen=True)
class RoundItems:
    """One round of a match with its questions: those asked in order, the spares, and how many are wanted."""

    index: int
    kind: str
    title: str
    wanted: int
    asked: list[MatchItem]
    spares: list[MatchItem]

    @property
    def missing(self) -> int:
        """How many questions are lacking, spares not counted."""
        return max(self.wanted - len(self.asked), 0)


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
    """What each round of a match asks for, with a spare for every four questions and two at least.

    Where teams choose what a question is worth, every value has as many as may choose it, and harder ones are
    worth more. The questions of the tie break all stand as spares: nobody knows how many it takes.
    """
    said = rulebook_of(match)
    book = rounds.parse(said)
    found: list[Wanted] = []
    for index, rules in enumerate(book.rounds):
        kinds = kinds_for(rules.kind)
        items = rounds.planned(rules, teams, book.on_stage)
        values = _values(rules)
        if not values:
            found.append(Wanted(index, items, max(LEAST_SPARES, -(-items // SPARES_PER)), kinds))
        for place, value in enumerate(values):
            each = int(rules.settings.get("per_value") or 0) or items
            found.append(Wanted(index, each, 1, kinds, value, level_of(place, len(values))))
    if book.tie_break is not None:
        found.append(Wanted(len(book.rounds), 0, TIE_BREAK_ITEMS, kinds_for(book.tie_break.kind)))
    return found


def _values(rules: RoundRules) -> list[Decimal]:
    """The values a round lets teams choose from, the smallest first; [] where there is nothing to choose."""
    return sorted(Decimal(one) for one in rules.settings.get("values", ()))


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
    counts: dict[int, int] = {}
    for want in wanted_of(match, match.entries.count()):
        counts[want.round] = counts.get(want.round, 0) + want.items
    said = rounds_of(rulebook_of(match))
    return [
        RoundItems(
            index,
            said[index]["kind"],
            said[index].get("title", ""),
            wanted,
            [one for one in by_round.get(index, ()) if not one.spare],
            [one for one in by_round.get(index, ()) if one.spare],
        )
        for index, wanted in counts.items()
    ]
