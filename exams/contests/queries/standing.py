"""What contests say about people: for the personal file, and for ratings that count contests."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from exams.contests.models import MatchResult, Player
from lianbing.people.models import Officer
from lianbing.people.queries import identities


@dataclass(frozen=True)
class ContestResult:
    """One officer in one confirmed match. `of` = how many teams met; `stood` = was on the stage, not only in reserve."""

    officer_id: int
    contest: str
    contest_uid: str
    match: str
    match_uid: str
    stage: str
    team: str
    place: int
    of: int
    points: Decimal
    stood: bool
    leader: bool
    at: datetime.datetime


def results_of(officer: Officer) -> list[ContestResult]:
    """Every confirmed match of an officer, newest first; rehearsals are not among them. Three statements."""
    return results_of_all(identities(officer))


def results_of_all(officers: Iterable[int]) -> list[ContestResult]:
    """The same for several officers, by their ids. Two statements whatever their number."""
    players = list(
        Player.objects.filter(officer__in=list(officers), team__contest__is_rehearsal=False).select_related(
            "team"
        )
    )
    rows = (
        MatchResult.objects.filter(team__in={one.team_id for one in players})
        .select_related("match__contest", "team")
        .order_by("-confirmed_at", "-pk")
    )
    entered = _entered(rows)
    by_team: dict[int, list[Player]] = {}
    for player in players:
        by_team.setdefault(player.team_id, []).append(player)
    return [
        ContestResult(
            officer_id=player.officer_id or 0,
            contest=row.match.contest.title,
            contest_uid=str(row.match.contest.uid),
            match=row.match.name,
            match_uid=str(row.match.uid),
            stage=row.match.stage,
            team=row.team.name,
            place=row.place,
            of=entered[row.match_id],
            points=row.points,
            stood=player.pk in row.stood,
            leader=player.leader,
            at=row.confirmed_at,
        )
        for row in rows
        for player in by_team.get(row.team_id, ())
    ]


def _entered(rows: Iterable[MatchResult]) -> dict[int, int]:
    """How many teams met in each match."""
    counts: dict[int, int] = {}
    matches = {row.match_id for row in rows}
    for match in MatchResult.objects.filter(match__in=matches).order_by().values_list("match_id", flat=True):
        counts[match] = counts.get(match, 0) + 1
    return counts
