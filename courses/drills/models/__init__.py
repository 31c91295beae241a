"""The tables of drills."""

from courses.drills.models.answers import DrillAnswer
from courses.drills.models.change import ChangeTask, ChangeTraining
from courses.drills.models.goals import Goal, GoalOfficer
from courses.drills.models.memory import Memory
from courses.drills.models.mistakes import Bookmark, Mistake
from courses.drills.models.must_know import MasteryProof, MustKnow
from courses.drills.models.points import PointDay, PointEntry
from courses.drills.models.rest import RestDay
from courses.drills.models.sets import DayQuestion, DrillSet

__all__ = [
    "Bookmark",
    "ChangeTask",
    "ChangeTraining",
    "DayQuestion",
    "DrillAnswer",
    "DrillSet",
    "Goal",
    "GoalOfficer",
    "MasteryProof",
    "Memory",
    "Mistake",
    "MustKnow",
    "PointDay",
    "PointEntry",
    "RestDay",
]
