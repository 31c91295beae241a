"""Writing down what came of a match, in the transaction of its confirmation."""

import datetime

from exams.contests.models import Match, MatchEvent, MatchResult
from exams.contests.queries.facts import MatchFacts
from exams.contests.rules.match import MatchState
from exams.contests.rules.ranking import places
from lianbing.kit import outbox

TOPIC = "contest_confirmed"


def settle(*, match: Match, facts: MatchFacts, standing: MatchState, at: datetime.datetime) -> None:
    """Keep the places of a confirmed match, and tell who counts contests (topic `contest_confirmed`).

    Call inside the transaction that confirms it. The message holds the ids of match and contest, the stage,
    and each team's place, points and officers who stood on the stage. A match without teams has no places.
    """
    rows = []
    for one in places(standing):
        side = facts.by_seat[one.seat]
        rows.append(
            MatchResult(
                match=match,
                team_id=side.team,
                place=one.place,
                points=one.points,
                through=one.through,
                stood=stood(match, standing, one.seat),
                confirmed_at=at,
            )
        )
    MatchResult.objects.bulk_create(rows)
    outbox.publish(
        TOPIC,
        {
            "match": str(match.uid),
            "contest": str(match.contest.uid),
            "stage": match.stage,
            "rehearsal": match.contest.is_rehearsal,
            "at": at.isoformat(),
            "teams": [
                {
                    "team": row.team_id,
                    "place": row.place,
                    "points": str(row.points),
                    "through": row.through,
                    "players": row.stood,
                }
                for row in rows
            ],
        },
        at=at,
    )


def stood(match: Match, standing: MatchState, seat: int) -> list[int]:
    """The ids of a team's players who stood on the stage at any time: who stands there now, and who left it."""
    rows = MatchEvent.objects.filter(match=match, kind="substituted").exclude(seq__in=standing.undone)
    left = {row.data.get("out") for row in rows if row.data.get("team") == seat}
    return sorted({*standing.team(seat).on_stage, *(one for one in left if isinstance(one, int))})
