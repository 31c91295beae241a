"""What contests store: contests with their teams, matches with their events, and what came from the pads."""

from exams.contests.models.campaigns import Campaign, CampaignActivity, CampaignGoal, CampaignMaterial
from exams.contests.models.contests import Contest, ContestStaff, Player, Team
from exams.contests.models.matches import (
    Match,
    MatchEvent,
    MatchItem,
    MatchStart,
    MatchTeam,
    Seat,
)
from exams.contests.models.pads import PadAnswer, PadCheck, PadPress
from exams.contests.models.quiz import Quiz, QuizGroup, QuizLine, QuizPrize, QuizStop
from exams.contests.models.quiz_guests import (
    QuizAttempt,
    QuizCode,
    QuizDraw,
    QuizGuest,
    QuizList,
    QuizOffer,
)
from exams.contests.models.results import MatchResult

__all__ = [
    "Campaign",
    "CampaignActivity",
    "CampaignGoal",
    "CampaignMaterial",
    "Contest",
    "ContestStaff",
    "Match",
    "MatchEvent",
    "MatchItem",
    "MatchResult",
    "MatchStart",
    "MatchTeam",
    "PadAnswer",
    "PadCheck",
    "PadPress",
    "Player",
    "Quiz",
    "QuizAttempt",
    "QuizCode",
    "QuizDraw",
    "QuizGroup",
    "QuizGuest",
    "QuizLine",
    "QuizList",
    "QuizOffer",
    "QuizPrize",
    "QuizStop",
    "Seat",
    "Team",
]
