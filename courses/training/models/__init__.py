"""The tables of training."""

from courses.training.models.activity_reports import ActivityReport, RecordTemplate
from courses.training.models.attendance import (
    AttendanceEvent,
    LeaveRequest,
    Roll,
    RollEntry,
    SessionFile,
    SignInDevice,
)
from courses.training.models.classes import Batch, RotationCycle, Session, Trainee, TrainingClass
from courses.training.models.external import External, ExternalFile
from courses.training.models.hours import (
    CarryRun,
    ConversionTable,
    HourClaim,
    HourEntry,
    PeriodLock,
    YearTarget,
)
from courses.training.models.nominations import Nomination, NominationQuota
from courses.training.models.plans import LineResult, PlanLine, TrainingPlan
from courses.training.models.records import TakenOver
from courses.training.models.rules import StudyDeduction, StudyRule
from courses.training.models.teaching import Instructor, InstructorRating, Room

__all__ = [
    "ActivityReport",
    "AttendanceEvent",
    "Batch",
    "CarryRun",
    "ConversionTable",
    "External",
    "ExternalFile",
    "HourClaim",
    "HourEntry",
    "Instructor",
    "InstructorRating",
    "LeaveRequest",
    "LineResult",
    "Nomination",
    "NominationQuota",
    "PeriodLock",
    "PlanLine",
    "RecordTemplate",
    "Roll",
    "RollEntry",
    "Room",
    "RotationCycle",
    "Session",
    "SessionFile",
    "SignInDevice",
    "StudyDeduction",
    "StudyRule",
    "TakenOver",
    "Trainee",
    "TrainingClass",
    "TrainingPlan",
    "YearTarget",
]
