"""Who goes on to the final, by the matches that are confirmed."""

from dataclasses import dataclass

from exams.contests.models import Contest, Match, MatchResult


@dataclass(frozen=True)
class Proposed:
    """A team of a confirmed match, with its place there."""

    result: MatchResult
    label: str


def proposed(contest: Contest) -> list[Proposed]:
    """The teams of the confirmed matches before the final: who goes through first, then the others.

    Among each the best points come first, so that seats of the final follow them. One statement.
    """
    rows = MatchResult.objects.filter(match__contest=contest).exclude(match__stage=Match.Stage.FINAL)
    rows = rows.select_related("team", "match").order_by("-through", "place", "-points", "pk")
    seen: set[int] = set()
    found = []
    for row in rows:
        if row.team_id not in seen:
            seen.add(row.team_id)
            found.append(Proposed(row, row.team.name))
    return found
