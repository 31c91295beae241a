"""The tables of training."""

from courses.training.models.hours import (
    CarryRun,
    ConversionTable,
    HourClaim,
    HourEntry,
    PeriodLock,
    YearTarget,
)

__all__ = [
    "CarryRun",
    "ConversionTable",
    "HourClaim",
    "HourEntry",
    "PeriodLock",
    "YearTarget",
]
