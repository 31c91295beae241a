"""What exams store: blueprints and papers, sittings, attempts with their answer events, marks."""

from exams.models.attempts import AnswerEvent, Attempt
from exams.models.marks import MarkingTask, MarkRecord, WrittenMark
from exams.models.papers import Blueprint, BlueprintLine, BlueprintSection, Paper
from exams.models.sittings import Candidate, Sitting
from exams.models.uses import VersionUse

__all__ = [
    "AnswerEvent",
    "Attempt",
    "Blueprint",
    "BlueprintLine",
    "BlueprintSection",
    "Candidate",
    "MarkRecord",
    "MarkingTask",
    "Paper",
    "Sitting",
    "VersionUse",
    "WrittenMark",
]
