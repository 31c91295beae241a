"""What contests store: contests with their teams, matches with their events, and what came from the pads."""

from exams.contests.models.contests import Contest, ContestStaff, Player, Team
from exams.contests.models.matches import (
    Match,
    MatchEvent,
    MatchItem,
    MatchStart,
    MatchTeam,
    Seat,
)
from exams.contests.models.pads import PadAnswer, PadPress

__all__ = [
    "Contest",
    "ContestStaff",
    "Match",
    "MatchEvent",
    "MatchItem",
    "MatchStart",
    "MatchTeam",
    "PadAnswer",
    "PadPress",
    "Player",
    "Seat",
    "Team",
]
